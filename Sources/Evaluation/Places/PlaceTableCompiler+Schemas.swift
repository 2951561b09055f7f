import Documents
import RequisitePatterns

/// Schemas as propositions.
extension PlaceTableCompiler {
  /// Where the value is that a schema is asked of.
  struct Subject {
    /// Its place.
    var place: Int
    /// The slot that it is kept in.
    var slot: Int32
  }

  /// The value at a place as a subject; nil for one of which there may be several, unless it is at hand.
  func subject(_ place: Int) -> Subject? {
    guard place != 0, drafts[place].path != nil else { return nil }
    if drafts[place].place.slot < 0 {
      drafts[place].place.slot = Int32(table.slotCount)
      table.slotCount += 1
    }
    return Subject(place: place, slot: drafts[place].place.slot)
  }

  /// What a schema asks, as far as steps can tell; nil where they cannot.
  func proposition(_ schema: SchemaID, _ subject: Subject) -> Proposition? {
    var operands: [Proposition] = []
    for number in program.schemas[schema.index].instructions {
      guard let operand = proposition(program.instructions[number], subject) else { return nil }
      operands.append(operand)
    }
    return Proposition.all(operands).simplified
  }

  func proposition(_ instruction: Instruction, _ subject: Subject) -> Proposition? {
    switch instruction {
    case .never: return .no
    case .types(let types): return kind(types.kinds, subject)
    case .reference(let schema): return proposition(schema, subject)
    case .not(let schema): return proposition(schema, subject).map { .not($0) }
    case .allOf(let list): return branches(list, subject).map { .all($0) }
    case .anyOf(let list): return branches(list, subject).map { .any($0) }
    case .oneOf(let list): return branches(list, subject).flatMap(Self.exactlyOne)
    case .conditional(let index): return conditional(index, subject)
    case .constant, .enumeration, .minLength, .maxLength, .pattern, .characters:
      return text(instruction, subject)
    case .minimum, .maximum: return number(instruction, subject)
    case .contains, .containsAll, .uniqueItems: return elements(instruction, subject)
    case .required, .presence, .members, .dependentRequired, .dependentSchemas:
      return object(instruction, subject)
    case .minItems(let count):
      return unless(.array, subject, .not(size(count - 1, subject.slot)))
    case .maxItems(let count): return unless(.array, subject, size(count, subject.slot))
    case .minProperties(let count):
      return unless(.object, subject, .not(size(count - 1, subject.slot)))
    case .maxProperties(let count): return unless(.object, subject, size(count, subject.slot))
    case .integerWidth, .multipleOf, .minBytes, .maxBytes, .format, .content, .items,
      .propertyNames, .minTotalBytes, .maxTotalBytes, .dynamicReference, .unevaluatedItems,
      .unevaluatedProperties, .custom:
      return nil
    }
  }

  // MARK: - Schemas for the value itself

  private func branches(_ list: Int, _ subject: Subject) -> [Proposition]? {
    var operands: [Proposition] = []
    for schema in program.schemaLists[list] {
      guard let operand = proposition(schema, subject) else { return nil }
      operands.append(operand)
    }
    return operands
  }

  private static func exactlyOne(_ operands: [Proposition]) -> Proposition? {
    guard operands.count <= 4 else { return nil }
    return .any(
      operands.indices.map { chosen in
        .all(operands.indices.map { $0 == chosen ? operands[$0] : .not(operands[$0]) })
      })
  }

  private func conditional(_ index: Int, _ subject: Subject) -> Proposition? {
    let conditional = program.conditionals[index]
    guard let condition = proposition(conditional.condition, subject) else { return nil }
    var branches: [Proposition] = []
    for branch in [conditional.consequence, conditional.alternative] {
      guard let branch else {
        branches.append(.yes)
        continue
      }
      guard let translated = proposition(branch, subject) else { return nil }
      branches.append(translated)
    }
    return .choice(condition, branches[0], branches[1])
  }

  // MARK: - Types

  /// Whether the value is of some kinds, as far as its place does not say.
  func kind(_ kinds: UInt8, _ subject: Subject) -> Proposition {
    let known = drafts[subject.place].place.kinds
    if known & ~kinds == 0 { return .yes }
    if known & kinds == 0 { return .no }
    return .ask(.isOfKind, slot: subject.slot, operand: UInt64(kinds), missing: .no)
  }

  func kind(_ type: TypeSet, _ subject: Subject) -> Proposition { kind(type.kinds, subject) }

  /// A proposition that is one about a type only, since a schema asks nothing of others.
  private func unless(
    _ type: TypeSet, _ subject: Subject, _ proposition: Proposition
  ) -> Proposition? {
    .any([.not(kind(type, subject)), proposition])
  }

  /// Whether the value is of a type and has marks.
  func marked(
    _ operation: PlaceTable.Operation, _ marks: UInt64, _ type: TypeSet, _ subject: Subject
  ) -> Proposition {
    .all([
      kind(type, subject),
      .ask(operation, slot: subject.slot, operand: marks, missing: .no),
    ])
  }

  /// Whether a string, an array or an object has so many characters, elements or members at most.
  private func size(_ count: Int, _ slot: Int32) -> Proposition {
    count < 0
      ? .no : .ask(.sizeIsAtMost, slot: slot, operand: UInt64(count), missing: .no)
  }

  // MARK: - Scalars

  private func text(_ instruction: Instruction, _ subject: Subject) -> Proposition? {
    let place = drafts[subject.place].place
    switch instruction {
    case .constant(let index):
      return marks(of: [program.constants[index]], at: subject.place).map {
        marked(.hasAnyMark, $0, .string, subject)
      }
    case .enumeration(let index):
      return marks(of: program.enumerations[index].values, at: subject.place).map {
        marked(.hasAnyMark, $0, .string, subject)
      }
    case .minLength(let count):
      if count <= Int(place.minLength) { return .yes }
      return unless(.string, subject, .not(size(count - 1, subject.slot)))
    case .maxLength(let count):
      if count >= Int(place.maxLength) { return .yes }
      return unless(.string, subject, size(count, subject.slot))
    case .pattern(let index):
      return pattern(index, subject.slot).flatMap { unless(.string, subject, $0) }
    case .characters(let index):
      return unless(.string, subject, characters(index, subject.slot))
    default: return nil
    }
  }

  /// Whether the text in a slot matches a pattern, which is one of a plain form.
  func pattern(_ index: Int, _ slot: Int32) -> Proposition? {
    guard let form = program.patterns[index].plainForm else { return nil }
    let key = [0, index]
    if forms[key] == nil {
      forms[key] = appendForm(form)
    }
    return forms[key].map { .ask(.hasForm, slot: slot, operand: UInt64($0), missing: .no) }
  }

  private func appendForm(_ form: PlainForm) -> Int {
    let rest = form.rest.map { appendClass($0) } ?? -1
    table.forms.append(
      PlaceTable.TextForm(
        prefix: append(form.prefix), rest: rest, lower: Int32(clamping: form.lower),
        upper: Int32(clamping: form.upper)))
    return table.forms.count - 1
  }

  /// Adds a text to the table.
  func append(_ text: [UInt8]) -> PlaceTable.Text {
    table.bytes += text
    return PlaceTable.Text(
      start: Int32(table.bytes.count - text.count), count: Int32(text.count))
  }

  /// Whether all characters of the text in a slot are of a class.
  func characters(_ index: Int, _ slot: Int32) -> Proposition {
    let key = [1, index]
    let number = forms[key] ?? table.forms.count
    if forms[key] == nil {
      forms[key] = number
      table.forms.append(
        PlaceTable.TextForm(
          prefix: .init(start: 0, count: 0), rest: start(ofClass: index), lower: 0, upper: .max))
    }
    return .ask(.hasForm, slot: slot, operand: UInt64(number), missing: .no)
  }

  /// Where a class of the plan begins in the table.
  func start(ofClass index: Int) -> Int32 {
    if let known = classStarts[index] { return known }
    let start = appendClass(program.classes[index].test.ascii)
    classStarts[index] = start
    return start
  }

  private func appendClass(_ members: [Bool]) -> Int32 {
    table.classes += members.map { $0 ? 1 : 0 }
    return Int32(table.classes.count - 128)
  }

  private func number(_ instruction: Instruction, _ subject: Subject) -> Proposition? {
    let place = drafts[subject.place].place
    let bound: Proposition
    switch instruction {
    case .minimum(let index, let isExclusive):
      guard case .integer(let value) = program.numbers[index], value < .max else { return nil }
      let least = Self.bound(isExclusive ? value + 1 : value)
      if least <= place.minimum { return .yes }
      bound = .ask(
        .isAtLeast, slot: subject.slot, operand: UInt64(bitPattern: least), missing: .no)
    case .maximum(let index, let isExclusive):
      guard case .integer(let value) = program.numbers[index], value > .min else { return nil }
      let most = Self.bound(isExclusive ? value - 1 : value)
      if most >= place.maximum { return .yes }
      bound = .ask(
        .isAtMost, slot: subject.slot, operand: UInt64(bitPattern: most), missing: .no)
    default: return nil
    }
    return unless(.number, subject, bound)
  }

  // MARK: - Arrays

  private func elements(_ instruction: Instruction, _ subject: Subject) -> Proposition? {
    let item = Int(drafts[subject.place].place.item)
    switch instruction {
    case .contains(let index):
      let contains = program.containsTable[index]
      guard contains.minimum == 1, contains.maximum == nil,
        let strings = strings(of: contains.schema), let marks = marks(of: strings, at: item)
      else { return nil }
      return unless(.array, subject, marked(.hasAnyMark, marks, .array, subject))
    case .containsAll(let index):
      guard let marks = marks(of: program.valueLists[index], at: item) else { return nil }
      return unless(.array, subject, marked(.hasAllMarks, marks, .array, subject))
    case .uniqueItems:
      guard marksAllElements(of: subject.place) else { return nil }
      // Of an element that has no mark, nothing is told.
      elementReaders[item, default: []].insert(owner)
      return unless(
        .array, subject,
        .ask(.hasNoRepeatedMark, slot: subject.slot, operand: 0, missing: .no))
    default: return nil
    }
  }

  /// The strings that alone satisfy a schema; nil where others may.
  private func strings(of schema: SchemaID) -> [Constant]? {
    var found: [Constant]?
    for number in program.schemas[schema.index].instructions {
      switch program.instructions[number] {
      case .types(let types) where types.contains(.string): continue
      case .constant(let index) where found == nil: found = [program.constants[index]]
      case .enumeration(let index) where found == nil:
        found = program.enumerations[index].values
      default: return nil
      }
    }
    return found
  }

  // MARK: - Objects

  private func object(_ instruction: Instruction, _ subject: Subject) -> Proposition? {
    switch instruction {
    case .required(let list):
      let names = program.nameLists[list]
      // What the model does not list is there in no request that is told of here.
      guard !names.contains(where: { isForeign($0.symbol, at: subject.place) }) else {
        return .not(kind(.object, subject))
      }
      guard let marks = marks(of: names, at: subject.place) else { return nil }
      let open = marks & ~drafts[subject.place].place.required
      return unless(
        .object, subject, open == 0 ? .yes : marked(.hasAllMarks, open, .object, subject))
    case .presence(let list): return presence(program.presences[list], subject)
    case .members(let table): return members(program.memberTables[table], subject)
    case .dependentRequired(let list):
      var operands: [Proposition] = []
      for entry in program.dependentNames[list]
      where !isForeign(entry.name.symbol, at: subject.place) {
        guard let mark = marks(of: [entry.name], at: subject.place) else { return nil }
        guard !entry.required.contains(where: { isForeign($0.symbol, at: subject.place) }),
          let others = marks(of: entry.required, at: subject.place)
        else { return nil }
        operands.append(
          .any([
            .not(marked(.hasAnyMark, mark, .object, subject)),
            marked(.hasAllMarks, others, .object, subject),
          ]))
      }
      return unless(.object, subject, .all(operands))
    case .dependentSchemas(let list):
      var operands: [Proposition] = []
      for entry in program.dependentSchemas[list]
      where !isForeign(entry.name.symbol, at: subject.place) {
        guard let mark = marks(of: [entry.name], at: subject.place),
          let schema = proposition(entry.schema, subject)
        else { return nil }
        operands.append(.any([.not(marked(.hasAnyMark, mark, .object, subject)), schema]))
      }
      return unless(.object, subject, .all(operands))
    default: return nil
    }
  }

  /// Whether a name is no member that the model lists, where it lists all that it knows.
  func isForeign(_ symbol: Symbol, at place: Int) -> Bool {
    drafts[place].place.isStructure && drafts[place].memberPlaces[symbol.id] == nil
  }

  private func presence(_ presence: Presence, _ subject: Subject) -> Proposition? {
    let names = presence.names.filter { !isForeign($0.symbol, at: subject.place) }
    guard let marks = marks(of: names, at: subject.place) else { return nil }
    let some = marked(.hasAnyMark, marks, .object, subject)
    let few = marked(.hasAtMostOneMark, marks, .object, subject)
    switch presence.keyword {
    case .atLeastOneOf: return unless(.object, subject, some)
    case .atMostOneOf: return unless(.object, subject, few)
    case .exactlyOneOf: return unless(.object, subject, .all([some, few]))
    }
  }

  private func members(_ table: MemberTable, _ subject: Subject) -> Proposition? {
    guard table.patterns.isEmpty, table.additional == nil else { return nil }
    var operands: [Proposition] = []
    for entry in table.named where !isForeign(entry.name.symbol, at: subject.place) {
      guard let place = drafts[subject.place].memberPlaces[entry.name.symbol.id],
        let member = self.subject(drafts[subject.place].members[place].place),
        let operand = proposition(entry.schema, member)
      else { return nil }
      let isPresent = Proposition.ask(.isPresent, slot: member.slot, operand: 0, missing: .no)
      operands.append(.any([.not(isPresent), operand]))
    }
    return .all(operands)
  }
}

/// Schemas of names as propositions: the name is in the slot of the value at hand.
extension PlaceTableCompiler {
  private static let nameSlot: Int32 = 0

  /// What a schema asks of a name, as far as steps can tell.
  func nameProposition(_ schema: SchemaID) -> Proposition? {
    var operands: [Proposition] = []
    for number in program.schemas[schema.index].instructions {
      guard let operand = nameProposition(program.instructions[number]) else { return nil }
      operands.append(operand)
    }
    return Proposition.all(operands).simplified
  }

  func nameProposition(_ instruction: Instruction) -> Proposition? {
    switch instruction {
    case .never: return .no
    case .types(let types): return types.contains(.string) ? .yes : .no
    case .reference(let schema): return nameProposition(schema)
    case .not(let schema): return nameProposition(schema).map { .not($0) }
    case .allOf(let list): return nameBranches(list).map { .all($0) }
    case .anyOf(let list): return nameBranches(list).map { .any($0) }
    case .conditional(let index):
      let conditional = program.conditionals[index]
      guard let condition = nameProposition(conditional.condition) else { return nil }
      var branches: [Proposition] = []
      for branch in [conditional.consequence, conditional.alternative] {
        guard let proposition = branch.map({ nameProposition($0) }) ?? .yes else { return nil }
        branches.append(proposition)
      }
      return .choice(condition, branches[0], branches[1])
    case .minLength(let count): return .not(size(count - 1, Self.nameSlot))
    case .maxLength(let count): return size(count, Self.nameSlot)
    case .pattern(let index): return pattern(index, Self.nameSlot)
    case .characters(let index): return characters(index, Self.nameSlot)
    case .constant(let index): return names([program.constants[index]])
    case .enumeration(let index): return names(program.enumerations[index].values)
    default: return nil
    }
  }

  private func nameBranches(_ list: Int) -> [Proposition]? {
    var operands: [Proposition] = []
    for schema in program.schemaLists[list] {
      guard let operand = nameProposition(schema) else { return nil }
      operands.append(operand)
    }
    return operands
  }

  /// Whether a name is one of a few.
  private func names(_ values: [Constant]) -> Proposition? {
    guard values.count <= 16 else { return nil }
    var operands: [Proposition] = []
    for value in values {
      guard let string = value.string else { continue }
      let form = PlainForm(prefix: string, rest: [Bool](repeating: false, count: 128), upper: 0)
      operands.append(
        .ask(
          .hasForm, slot: Self.nameSlot, operand: UInt64(appendForm(form)), missing: .no))
    }
    return .any(operands)
  }
}
