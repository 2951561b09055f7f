import CEL
import Documents
import RequisitePatterns

/// Turning drafts into the table.
extension PlaceTableCompiler {
  /// Gives checks their steps, and lays out what places refer to.
  func finish() {
    table.valueCost = totalCost()
    // A value, or a name in it, may be one level deeper than the containers.
    table.depthLimit = SchemaChecker.depthLimit / longestChain() - 2
    for index in drafts.indices { mergeUnconditional(at: index) }
    finishChecks()
    for index in drafts.indices {
      finishMembers(at: index)
      finishConstants(at: index)
      finishNames(at: index)
    }
    table.places = drafts.map { draft in
      var place = draft.place
      place.asksNames =
        place.minNameLength > 0 || place.maxNameLength < .max || place.nameClass >= 0
        || place.nameProgram >= 0
      place.isKept = place.slot >= 0 || place.program >= 0
      return place
    }
    dropUnusedSteps()
    table.titles = drafts.map(\.title)
    table.owners = drafts.indices.map { owners(at: $0) }
    table.bytes += [UInt8](repeating: 0, count: PlaceTable.padding)
    if table.hashes.isEmpty { table.hashes = [0] }
  }

  // MARK: - Checks

  /// A check with what it is as a proposition, as far as it is one.
  private struct Decision {
    var check: PlaceTable.Check
    /// A condition under which nothing is asked; nil for none.
    var condition: Proposition?
    /// Nil where the plain evaluator has to tell.
    var assertion: Proposition?
    /// The slot that must hold a value, or -1.
    var guardSlot: Int32
  }

  /// Merges rules whose condition is implied by what else is asked of the value.
  private func mergeUnconditional(at index: Int) {
    var checks = drafts[index].checks
    checks.removeAll { check in
      guard case .rule(let number) = check.form, schedule.entries[number].path != nil,
        case .schema(let condition) = schedule.entries[number].condition,
        case .schema(let assertion) = schedule.entries[number].assertion,
        isImplied(condition, at: index)
      else { return false }
      let instructions = program.schemas[assertion.index].instructions.map {
        program.instructions[$0]
      }
      guard instructions.allSatisfy(\.leadsNoFurther) else { return false }
      return instructions.allSatisfy { mergeFlat($0, at: index) }
    }
    drafts[index].checks = checks
  }

  /// Whether a schema of types and lengths holds of every value that is as flat constraints have it.
  private func isImplied(_ schema: SchemaID, at index: Int) -> Bool {
    let place = drafts[index].place
    return program.schemas[schema.index].instructions.allSatisfy { number in
      switch program.instructions[number] {
      case .types(let types): place.kinds & ~types.kinds == 0
      case .minLength(let count): count <= Int(place.minLength)
      case .maxLength(let count): count >= Int(place.maxLength)
      default: false
      }
    }
  }

  /// Checks of places that occur once run when all is read, the others behind their value.
  private func finishChecks() {
    var atEnd: [Decision] = []
    for index in drafts.indices where !drafts[index].checks.isEmpty {
      let isOnce = drafts[index].path != nil
      guard let subject = isOnce ? self.subject(index) : Subject(place: index, slot: 0) else {
        continue
      }
      let checks = drafts[index].checks
      var decisions = checks.map { decision($0, subject) }
      if isOnce {
        for place in decisions.indices where index != Int(PlaceTable.root) {
          decisions[place].guardSlot = subject.slot
        }
        atEnd += decisions
      } else {
        drafts[index].place.program = emit(decisions)
      }
    }
    // The request itself has its checks, and those of all places that occur once, behind it.
    drafts[Int(PlaceTable.root)].place.program = emit(atEnd)
  }

  /// Appends the steps of checks, one after the other.
  private func emit(_ decisions: [Decision]) -> Int32 {
    var next = PlaceTable.Step.end
    for decision in decisions.reversed() {
      let number = UInt64(table.checks.count)
      table.checks.append(decision.check)
      let slot = max(decision.guardSlot, 0)
      let asks = append(
        PlaceTable.Step(operation: .asksPlain, slot: slot, operand: number, onTrue: next))
      var entry = asks
      if let assertion = decision.assertion {
        let fails = append(
          PlaceTable.Step(operation: .fails, slot: slot, operand: number, onTrue: next))
        entry = emit(
          assertion.simplified,
          Exits(onTrue: next, onFalse: fails, onAbsent: fails, onUndecided: asks))
      }
      if let condition = decision.condition {
        entry = emit(
          condition.simplified,
          Exits(onTrue: entry, onFalse: next, onAbsent: next, onUndecided: asks))
      }
      if decision.guardSlot >= 0, entry != next {
        if table.steps[Int(entry)].slot == decision.guardSlot {
          // The first question says itself whether there is a value.
          table.steps[Int(entry)].onMissing = next
        } else {
          entry = append(
            PlaceTable.Step(
              operation: .isPresent, slot: decision.guardSlot, onTrue: entry, onFalse: next,
              onMissing: next))
        }
      }
      next = entry
    }
    return next
  }

  /// Drops the steps that no other leads to.
  private func dropUnusedSteps() {
    var isUsed = [Bool](repeating: false, count: table.steps.count)
    for place in table.places {
      for first in [place.program, place.nameProgram] where first >= 0 { isUsed[Int(first)] = true }
    }
    // Steps lead to those before them.
    for number in isUsed.indices.reversed() where isUsed[number] {
      for next in table.steps[number].exits where next >= 0 { isUsed[Int(next)] = true }
    }
    var numbers: [Int32] = []
    var kept: [PlaceTable.Step] = []
    for number in isUsed.indices {
      numbers.append(isUsed[number] ? Int32(kept.count) : PlaceTable.Step.end)
      guard isUsed[number] else { continue }
      var step = table.steps[number]
      step.exits = step.exits.map { $0 < 0 ? $0 : numbers[Int($0)] }
      kept.append(step)
    }
    table.steps = kept
    for index in table.places.indices {
      let place = table.places[index]
      if place.program >= 0 { table.places[index].program = numbers[Int(place.program)] }
      if place.nameProgram >= 0 {
        table.places[index].nameProgram = numbers[Int(place.nameProgram)]
      }
    }
  }

  private func decision(_ draft: DraftCheck, _ subject: Subject) -> Decision {
    owner = draft.owner
    switch draft.form {
    case .instruction(let number, let schema):
      let instruction = program.instructions[number]
      return Decision(
        check: PlaceTable.Check(
          owner: draft.owner, plain: .schema(schema), readsNames: readsNames(schema),
          failsAlike: instruction.requiresOneMember(in: program) && hasConstantWords(owner)),
        assertion: proposition(instruction, subject), guardSlot: -1)
    case .rule(let number): return ruleDecision(number, draft.owner, subject)
    }
  }

  /// Whether what is said of a failure holds nothing of the request, apart from what a keyword says.
  private func hasConstantWords(_ owner: PlaceTable.Owner) -> Bool {
    guard case .rule(let rule) = owner, let message = plan.ruleTable.rules[rule].message else {
      return true
    }
    return message.constant != nil
  }

  private func ruleDecision(
    _ number: Int, _ owner: PlaceTable.Owner, _ subject: Subject
  ) -> Decision {
    let entry = schedule.entries[number]
    let whole = PlaceTable.Check(
      owner: owner,
      plain: entry.path == nil
        ? .entry(number) : .rule(condition: entry.condition, assertion: entry.assertion),
      readsNames: true)
    var decision = Decision(check: whole, guardSlot: -1)
    guard entry.path != nil else { return decision }
    if case .none = entry.condition {
    } else {
      guard let condition = proposition(entry.condition, subject) else { return decision }
      decision.condition = condition
    }
    decision.assertion = proposition(entry.assertion, subject)
    return decision
  }

  private func proposition(
    _ check: RuleSchedule.Check, _ subject: Subject
  ) -> Proposition? {
    switch check {
    case .none: .yes
    case .schema(let schema): proposition(schema, subject)
    case .expression(let index):
      proposition(plan.expressions.programs[index].outline, subject)
    }
  }

  /// Whether the plain evaluator reads names within a value that it asks a schema of.
  private func readsNames(_ schema: SchemaID) -> Bool {
    var work = [schema]
    var seen: Set<Int> = []
    while let next = work.popLast() {
      guard seen.insert(next.index).inserted else { continue }
      for number in program.schemas[next.index].instructions {
        switch program.instructions[number] {
        case .never, .types, .integerWidth, .constant, .enumeration, .minimum, .maximum,
          .multipleOf, .minLength, .maxLength, .minBytes, .maxBytes, .pattern, .characters,
          .format, .content, .minItems, .maxItems:
          break
        case .allOf, .anyOf, .oneOf, .not, .conditional, .reference:
          work += program.sameValueSchemas(of: program.instructions[number])
        default: return true
        }
      }
    }
    return false
  }

  // MARK: - Names

  private func finishMembers(at index: Int) {
    let members = drafts[index].members
    drafts[index].place.firstMember = Int32(table.members.count)
    drafts[index].place.memberCount = Int32(members.count)
    guard !members.isEmpty else { return }
    let first = table.members.count
    for (number, member) in members.enumerated() {
      let name = Array(program.symbols.bytes(of: member.symbol))
      let text = append(name + [UInt8(ascii: "\"")])
      table.members.append(
        PlaceTable.Member(
          name: PlaceTable.Text(start: text.start, count: text.count - 1),
          place: Int32(member.place), mark: number < PlaceTable.markLimit ? Int32(number) : -1,
          symbol: member.symbol.id, isListed: member.isListed,
          isPlain: name.allSatisfy { byte in
            (0x20..<0x80).contains(byte) && byte != UInt8(ascii: "\"") && byte != UInt8(ascii: "\\")
          }))
    }
    // At most half of the slots are taken.
    var size = 2
    while size < 2 * members.count { size *= 2 }
    let firstHash = table.hashes.count
    table.hashes += [Int32](repeating: 0, count: size)
    for number in members.indices {
      let name = table.members[first + number].name
      let bytes = Array(table.bytes[Int(name.start)..<Int(name.start + name.count)])
      let hash = unsafe bytes.withUnsafeBufferPointer { unsafe NameHash.hash($0, seed: 0) }
      var slot = Int(truncatingIfNeeded: hash) & (size - 1)
      while table.hashes[firstHash + slot] != 0 { slot = (slot + 1) & (size - 1) }
      table.hashes[firstHash + slot] = Int32(first + number + 1)
    }
    drafts[index].place.firstHash = Int32(firstHash)
    drafts[index].place.hashMask = Int32(size - 1)
  }

  private func finishConstants(at index: Int) {
    drafts[index].place.firstConstant = Int32(table.constants.count)
    drafts[index].place.constantCount = Int32(drafts[index].constants.count)
    for constant in drafts[index].constants {
      let text = append(constant)
      table.constants.append(text)
    }
  }

  /// The class of a place's names and the steps of what else is asked of them.
  private func finishNames(at index: Int) {
    if let only = drafts[index].nameClasses.first {
      let start = start(ofClass: only)
      if drafts[index].nameClasses.count == 1 {
        drafts[index].place.nameClass = start
      } else {
        var all = [UInt8](repeating: 1, count: 128)
        for number in drafts[index].nameClasses {
          for (place, isIn) in program.classes[number].test.ascii.enumerated() where !isIn {
            all[place] = 0
          }
        }
        drafts[index].place.nameClass = Int32(table.classes.count)
        table.classes += all
      }
    }
    let nameChecks = drafts[index].nameChecks
    let decisions = nameChecks.map { check in
      guard case .instruction(let number, let schema) = check.form else {
        // Rules are about values.
        return decision(check, Subject(place: index, slot: 0))
      }
      return Decision(
        check: PlaceTable.Check(owner: check.owner, plain: .schema(schema), readsNames: false),
        assertion: nameProposition(program.instructions[number]), guardSlot: -1)
    }
    drafts[index].place.nameProgram = emit(decisions)
  }
}

extension Instruction {
  /// Whether the instruction asks for one member, and nothing else.
  fileprivate func requiresOneMember(in program: SchemaProgram) -> Bool {
    if case .required(let list) = self { program.nameLists[list].count == 1 } else { false }
  }

  /// Whether the instruction asks about a value alone, not about its members or elements.
  fileprivate var leadsNoFurther: Bool {
    switch self {
    case .types, .constant, .enumeration, .integerWidth, .minimum, .maximum, .minLength, .maxLength,
      .minItems, .maxItems, .minProperties, .maxProperties, .maxTotalBytes:
      true
    default: false
    }
  }
}
