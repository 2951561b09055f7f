import CEL
import Documents
import RequestDecoding

/// Makes the table of places of a plan.
///
/// Three steps. First the places are laid out, each with all that the model and the rules ask of the
/// values there: a place that is reached by names alone occurs once in a request and is one of its own;
/// places below elements, or below members of any name, are the same where the same is asked. Then
/// constraints that are flat are merged, which gives each place its numbers. Last, whatever is left
/// becomes steps over the places, or a check for the plain evaluator.
final class PlaceTableCompiler {
  let plan: Plan
  let program: SchemaProgram
  let schedule: RuleSchedule
  var drafts: [Draft] = []
  /// Places that are not reached by names alone, by what is asked there.
  private var shared: [[Int]: Int] = [:]
  /// The paths of the schedule's entries, then those that expressions read, for which places are laid out.
  private var paths: [[Symbol]] = []
  /// The rules that paths are read for.
  private var pathOwners: [Int] = []
  /// For each entry of the schedule, those of its paths that begin at the value it is about.
  private var selfPaths: [[Int]] = []
  var table = PlaceTable()
  /// The forms of texts that there are steps for, by pattern and class.
  var forms: [[Int]: Int] = [:]
  /// The classes of characters in the table, by their number in the plan.
  var classStarts: [Int: Int32] = [:]
  /// How many steps of the plain evaluator schemas stand for.
  private var costs: [Int: Int] = [:]
  /// Whose check becomes steps.
  var owner = PlaceTable.Owner.model
  /// For places of elements, who relies on their marks.
  var elementReaders: [Int: Set<PlaceTable.Owner>] = [:]
  /// Whether a place that may occur often is asked the same twice.
  private var isManifold = false
  var hasTooManySteps = false

  /// A place that is being laid out.
  struct Draft {
    /// What names mean there.
    var shape: Int
    var items: [Item]
    /// Whether it is reached by names alone, and how.
    var path: [Symbol]?
    var title: String
    var place = PlaceTable.Place()
    var members: [DraftMember] = []
    /// Where a name is in `members`.
    var memberPlaces: [UInt32: Int] = [:]
    /// The strings that values are compared with.
    var constants: [[UInt8]] = []
    /// The classes of characters that names are of.
    var nameClasses: [Int] = []
    /// What is not flat.
    var checks: [DraftCheck] = []
    var nameChecks: [DraftCheck] = []
  }

  struct DraftMember {
    var symbol: Symbol
    var isListed: Bool
    var place = 0
  }

  /// Something that is asked at a place, or on the way to one.
  enum Item {
    /// A schema has to hold.
    case schema(SchemaID, PlaceTable.Owner)
    /// Places of a schema are asked about, which does not have to hold.
    case mention(SchemaID, PlaceTable.Owner)
    /// A path of the compiler leads on from a step.
    case path(Int, step: Int)
    /// A rule of the schedule leads on from a step.
    case rule(Int, step: Int)
    /// A rule of the schedule is about the value.
    case check(Int)
  }

  /// A check that has no steps yet.
  struct DraftCheck {
    var owner: PlaceTable.Owner
    var form: Form

    enum Form {
      /// An instruction of a schema.
      case instruction(Int, of: SchemaID)
      /// A rule of the schedule.
      case rule(Int)
    }
  }

  /// How many places a table has at most.
  static let placeLimit = 2_000
  /// How many places there may be of those that are reached by names alone, and how long the paths are.
  static let (ownPlaceLimit, ownPathLimit) = (600, 8)

  /// The table of a plan; nil where the plan is one for the plain evaluator.
  static func table(of plan: Plan) -> PlaceTable? {
    // What dynamic references mean depends on the way to them.
    guard !plan.program.hasDynamicReferences else { return nil }
    let compiler = PlaceTableCompiler(plan)
    guard compiler.layOut() else { return nil }
    compiler.finish()
    return compiler.hasTooManySteps ? nil : compiler.table
  }

  private init(_ plan: Plan) {
    self.plan = plan
    program = plan.program
    schedule = RuleSchedule(plan.ruleTable.rules)
  }

  // MARK: - Places

  /// Lays out all places; false where there are too many.
  private func layOut() -> Bool {
    drafts.append(Draft(shape: 0, items: [], path: nil, title: "anything"))
    let root = plan.ruleTable.model.shapes.root
    drafts.append(Draft(shape: root, items: rootItems(), path: [], title: "$"))
    // Without a word about the type, only objects look like a request.
    if plan.ruleTable.detect != nil, plan.ruleTable.detectsObjectsOnly {
      drafts[1].place.kinds = TypeSet.object.rawValue
    }
    var next = 0
    while next < drafts.count {
      guard drafts.count <= Self.placeLimit, !isManifold else { return false }
      merge(at: next)
      layOutChildren(of: next)
      next += 1
    }
    return true
  }

  /// All that is asked, as seen from the request.
  private func rootItems() -> [Item] {
    var items: [Item] = []
    if let detect = plan.ruleTable.detect { items.append(.schema(detect, .detect)) }
    if let model = plan.ruleTable.modelSchema { items.append(.schema(model, .model)) }
    for (index, entry) in schedule.entries.enumerated() {
      let path = entry.path.map { schedule.symbols(of: $0) } ?? []
      paths.append(path)
      // Of a query, the plain evaluator finds the nodes; it is asked at the request.
      let isHere = entry.path == nil || path.isEmpty && !entry.thenEach
      items.append(isHere ? .check(index) : .rule(index, step: 0))
    }
    pathOwners = schedule.entries.map(\.rule)
    for entry in schedule.entries {
      for path in readPaths(of: entry, variable: Self.rootVariable) where !path.isEmpty {
        items.append(.path(paths.count, step: 0))
        paths.append(path)
        pathOwners.append(entry.rule)
      }
    }
    for entry in schedule.entries {
      var numbers: [Int] = []
      for path in readPaths(of: entry, variable: Self.selfVariable) where !path.isEmpty {
        numbers.append(paths.count)
        paths.append(path)
        pathOwners.append(entry.rule)
      }
      selfPaths.append(numbers)
    }
    return items
  }

  /// The variables of expressions, by their numbers.
  static let (selfVariable, rootVariable) = (0, 1)

  /// The paths from a variable that a rule's expressions read.
  private func readPaths(of entry: RuleSchedule.Entry, variable: Int) -> [[Symbol]] {
    var found: [[Symbol]] = []
    for check in [entry.condition, entry.assertion] {
      guard case .expression(let index) = check else { continue }
      plan.expressions.programs[index].outline.forEachPath { path in
        if path.variable == variable { found.append(path.members) }
      }
    }
    return found
  }

  /// Merges what is flat of a place's items, and finds its members and checks.
  private func merge(at index: Int) {
    let shape = plan.ruleTable.model.shapes.shapes[drafts[index].shape]
    if shape.kind == .structure {
      drafts[index].place.isStructure = true
      for member in shape.members { addMember(member.symbol, at: index, isListed: true) }
    }
    var seen: Set<Int> = []
    for item in drafts[index].items {
      switch item {
      case .schema(let schema, let owner): merge(schema, owner, at: index)
      case .mention(let schema, _): mention(schema, at: index, &seen)
      case .path(let path, let step):
        if step < paths[path].count { addMember(paths[path][step], at: index) }
      case .rule(let entry, let step):
        if step < paths[entry].count { addMember(paths[entry][step], at: index) }
      case .check(let entry): mergeRule(entry, at: index, &seen)
      }
    }
  }

  /// Merges what a rule asks of the value at hand.
  private func mergeRule(_ number: Int, at index: Int, _ seen: inout Set<Int>) {
    let entry = schedule.entries[number]
    if let schema = entry.unconditionalSchema {
      return merge(schema, .rule(entry.rule), at: index)
    }
    for check in [entry.condition, entry.assertion] {
      if case .schema(let schema) = check { mention(schema, at: index, &seen) }
    }
    for path in selfPaths[number] { addMember(paths[path][0], at: index) }
    drafts[index].checks.append(DraftCheck(owner: .rule(entry.rule), form: .rule(number)))
  }

  /// Merges a schema that has to hold.
  private func merge(_ schema: SchemaID, _ owner: PlaceTable.Owner, at index: Int) {
    for number in program.schemas[schema.index].instructions {
      switch program.instructions[number] {
      case .reference(let target): merge(target, owner, at: index)
      case .allOf(let list):
        for branch in program.schemaLists[list] { merge(branch, owner, at: index) }
      case .propertyNames(let names): mergeNames(names, owner, at: index)
      case let instruction:
        if isFlat(instruction, owner, at: index), mergeFlat(instruction, at: index) { continue }
        var seen: Set<Int> = []
        mention(instruction, at: index, &seen)
        drafts[index].checks.append(
          DraftCheck(owner: owner, form: .instruction(number, of: schema)))
      }
    }
  }

  /// Whether an instruction is better a flat constraint than a check.
  ///
  /// What a flat constraint is asked by, only the plain evaluator can tell once it fails. Missing members
  /// are the most common failure, and a check of them is one step.
  private func isFlat(
    _ instruction: Instruction, _ owner: PlaceTable.Owner, at index: Int
  ) -> Bool {
    guard case .required = instruction, case .rule = owner else { return true }
    return drafts[index].path == nil
  }

  /// Merges what is asked of names.
  private func mergeNames(
    _ schema: SchemaID, _ owner: PlaceTable.Owner, at index: Int
  ) {
    for number in program.schemas[schema.index].instructions {
      switch program.instructions[number] {
      case .reference(let target): mergeNames(target, owner, at: index)
      case .types(let types) where types.contains(.string): continue
      case .minLength(let count):
        let known = drafts[index].place.minNameLength
        drafts[index].place.minNameLength = max(known, Int32(clamping: count))
      case .maxLength(let count):
        let known = drafts[index].place.maxNameLength
        drafts[index].place.maxNameLength = min(known, Int32(clamping: count))
      case .characters(let number): drafts[index].nameClasses.append(number)
      default:
        drafts[index].nameChecks.append(
          DraftCheck(owner: owner, form: .instruction(number, of: schema)))
      }
    }
  }

  /// Adds the members that a schema asks about, of the value at hand.
  private func mention(_ schema: SchemaID, at index: Int, _ seen: inout Set<Int>) {
    guard seen.insert(schema.index).inserted else { return }
    for number in program.schemas[schema.index].instructions {
      mention(program.instructions[number], at: index, &seen)
    }
  }

  private func mention(
    _ instruction: Instruction, at index: Int, _ seen: inout Set<Int>
  ) {
    switch instruction {
    case .members(let table):
      for entry in program.memberTables[table].named {
        addMember(entry.name.symbol, at: index)
      }
    case .required(let list):
      for name in program.nameLists[list] { addMember(name.symbol, at: index) }
    case .presence(let list):
      for name in program.presences[list].names { addMember(name.symbol, at: index) }
    case .dependentRequired(let list):
      for entry in program.dependentNames[list] {
        addMember(entry.name.symbol, at: index)
        for name in entry.required { addMember(name.symbol, at: index) }
      }
    default: break
    }
    for schema in program.sameValueSchemas(of: instruction) { mention(schema, at: index, &seen) }
  }

  /// Adds a member, unless it is there or the model knows no such one.
  func addMember(_ symbol: Symbol, at index: Int, isListed: Bool = false) {
    guard drafts[index].memberPlaces[symbol.id] == nil,
      isListed || !drafts[index].place.isStructure
    else { return }
    drafts[index].memberPlaces[symbol.id] = drafts[index].members.count
    drafts[index].members.append(DraftMember(symbol: symbol, isListed: isListed))
  }

  // MARK: - Children

  /// Finds the places of a value's members and elements.
  private func layOutChildren(of index: Int) {
    let shape = plan.ruleTable.model.shapes.shapes[drafts[index].shape]
    for place in drafts[index].members.indices {
      let symbol = drafts[index].members[place].symbol
      let items = items(under: index, symbol)
      let childShape: Int =
        switch shape.kind {
        case .structure:
          plan.ruleTable.model.shapes.member(symbol, in: drafts[index].shape).map {
            shape.members[$0].shape
          } ?? 0
        case .map: shape.child
        case .list, .anything: 0
        }
      let path = drafts[index].path.map { $0 + [symbol] }
      let title = "\(drafts[index].title).\(program.symbols.name(of: symbol))"
      drafts[index].members[place].place = child(childShape, items, path: path, title)
    }
    // Whatever type the value should have: where it is another one, rules still ask about what it holds.
    let title = drafts[index].title
    let other = shape.kind == .map ? shape.child : 0
    drafts[index].place.other = Int32(
      child(other, items(under: index, nil), path: nil, "\(title).*"))
    let element = shape.kind == .list ? shape.child : 0
    drafts[index].place.item = Int32(
      child(element, elementItems(of: index), path: nil, "\(title)[*]"))
  }

  /// The number of a place, which is laid out later if it is new.
  private func child(
    _ shape: Int, _ items: [Item], path: [Symbol]?, _ title: String
  ) -> Int {
    if items.isEmpty, shape == 0 { return 0 }
    if let path, path.count <= Self.ownPathLimit, drafts.count < Self.ownPlaceLimit {
      drafts.append(Draft(shape: shape, items: items, path: path, title: title))
      return drafts.count - 1
    }
    let rows = rows(of: items)
    let key = key(shape, rows)
    if let known = shared[key] { return known }
    // What is asked twice of each value of a recursive request may be asked a million times.
    if rows.count < items.count { isManifold = true }
    shared[key] = drafts.count
    drafts.append(Draft(shape: shape, items: items, path: nil, title: title))
    return drafts.count - 1
  }

  /// What is asked of the value of a member, or of any member that has no place of its own.
  private func items(under index: Int, _ symbol: Symbol?) -> [Item] {
    var found: [Item] = []
    forEachSchema(at: index) { schema, owner, isAsserted in
      for number in program.schemas[schema.index].instructions {
        guard case .members(let number) = program.instructions[number] else { continue }
        let table = program.memberTables[number]
        if isAsserted, !table.patterns.isEmpty { continue }
        if let named = symbol.flatMap({ table.schema(for: $0) }) {
          found.append(isAsserted ? .schema(named, owner) : .mention(named, owner))
        } else if isAsserted, let additional = table.additional {
          found.append(.schema(additional, owner))
        }
      }
    }
    for item in drafts[index].items {
      switch item {
      case .path(let path, let step):
        if step < paths[path].count, paths[path][step] == symbol {
          found.append(.path(path, step: step + 1))
        }
      case .rule(let entry, let step): found += next(of: entry, step, along: symbol)
      case .check(let entry):
        for number in selfPaths[entry] where paths[number].first == symbol {
          found.append(.path(number, step: 1))
        }
      case .schema, .mention: break
      }
    }
    return found
  }

  /// A rule that leads on along a name, or that is about every member.
  private func next(of entry: Int, _ step: Int, along symbol: Symbol?) -> [Item] {
    let path = paths[entry]
    guard step < path.count else { return schedule.entries[entry].thenEach ? [.check(entry)] : [] }
    guard path[step] == symbol else { return [] }
    let isLast = step + 1 == path.count
    return isLast && !schedule.entries[entry].thenEach
      ? [.check(entry)] : [.rule(entry, step: step + 1)]
  }

  /// What is asked of elements.
  private func elementItems(of index: Int) -> [Item] {
    var found: [Item] = []
    forEachSchema(at: index) { schema, owner, isAsserted in
      guard isAsserted else { return }
      for number in program.schemas[schema.index].instructions {
        guard case .items(let number) = program.instructions[number],
          program.itemsTable[number].prefix.isEmpty, let rest = program.itemsTable[number].rest
        else { continue }
        found.append(.schema(rest, owner))
      }
    }
    for item in drafts[index].items {
      guard case .rule(let entry, let step) = item, step == paths[entry].count,
        schedule.entries[entry].thenEach
      else { continue }
      found.append(.check(entry))
    }
    return found
  }

  /// Calls `body` with each schema of the value at hand, who asks it, and whether it has to hold.
  private func forEachSchema(
    at index: Int, _ body: (SchemaID, PlaceTable.Owner, _ isAsserted: Bool) -> Void
  ) {
    var seen: Set<Int> = []
    func mention(_ schema: SchemaID, _ owner: PlaceTable.Owner) {
      guard seen.insert(schema.index).inserted else { return }
      body(schema, owner, false)
      for number in program.schemas[schema.index].instructions {
        for inner in program.sameValueSchemas(of: program.instructions[number]) {
          mention(inner, owner)
        }
      }
    }
    func assert(_ schema: SchemaID, _ owner: PlaceTable.Owner) {
      body(schema, owner, true)
      for number in program.schemas[schema.index].instructions {
        switch program.instructions[number] {
        case .reference(let target): assert(target, owner)
        case .allOf(let list): for branch in program.schemaLists[list] { assert(branch, owner) }
        case let other:
          for inner in program.sameValueSchemas(of: other) { mention(inner, owner) }
        }
      }
    }
    for item in drafts[index].items {
      seen.removeAll(keepingCapacity: true)
      switch item {
      case .schema(let schema, let owner): assert(schema, owner)
      case .mention(let schema, let owner): mention(schema, owner)
      case .check(let number):
        let entry = schedule.entries[number]
        if let schema = entry.unconditionalSchema {
          assert(schema, .rule(entry.rule))
          continue
        }
        for check in [entry.condition, entry.assertion] {
          if case .schema(let schema) = check { mention(schema, .rule(entry.rule)) }
        }
      case .path, .rule: break
      }
    }
  }

  /// Who asks anything of the values at a place, or reads them for a check.
  func owners(at index: Int) -> [PlaceTable.Owner] {
    var owners = elementReaders[index] ?? []
    for item in drafts[index].items {
      switch item {
      case .schema(_, let owner), .mention(_, let owner): owners.insert(owner)
      case .path(let path, _): owners.insert(.rule(pathOwners[path]))
      case .check(let entry): owners.insert(.rule(schedule.entries[entry].rule))
      case .rule: break
      }
    }
    return owners.sorted { number(of: $0) < number(of: $1) }
  }

  /// What tells a place from others.
  private func key(_ shape: Int, _ rows: Set<[Int]>) -> [Int] {
    [shape] + rows.sorted { $0.lexicographicallyPrecedes($1) }.flatMap { [$0.count] + $0 }
  }

  /// What is asked, once each, as numbers.
  private func rows(of items: [Item]) -> Set<[Int]> {
    var rows: Set<[Int]> = []
    for item in items {
      switch item {
      case .schema(let schema, let owner): rows.insert([0, schema.index, number(of: owner)])
      case .mention(let schema, let owner): rows.insert([1, schema.index, number(of: owner)])
      case .path(let path, let step): rows.insert([2, path, step])
      case .rule(let entry, let step): rows.insert([3, entry, step])
      case .check(let entry): rows.insert([4, entry])
      }
    }
    return rows
  }

  private func number(of owner: PlaceTable.Owner) -> Int {
    switch owner {
    case .detect: -2
    case .model: -1
    case .rule(let rule): rule
    }
  }

  // MARK: - Costs

  /// How many steps the plain evaluator takes for a value at most, whatever place it is at; as many again
  /// for each eight bytes of it.
  func totalCost() -> Int {
    var total = 1
    for index in program.schemas.indices { total = min(total + cost(of: SchemaID(index)), 1 << 30) }
    // Beside each step there may be a look at the members of a node, or a text to go through.
    for program in plan.expressions.programs { total += 4 * program.instructionCount }
    return total
  }

  /// How many schemas lead to one another at most that are all applied to one value.
  func longestChain() -> Int {
    var lengths: [Int: Int] = [:]
    func length(of schema: SchemaID) -> Int {
      if let known = lengths[schema.index] { return known }
      // A schema within itself is another value's.
      lengths[schema.index] = 1
      var longest = 0
      for number in program.schemas[schema.index].instructions {
        for next in program.sameValueSchemas(of: program.instructions[number]) {
          longest = max(longest, length(of: next))
        }
      }
      lengths[schema.index] = longest + 1
      return longest + 1
    }
    return program.schemas.indices.map { length(of: SchemaID($0)) }.max() ?? 1
  }

  private func cost(of schema: SchemaID) -> Int {
    if let known = costs[schema.index] { return known }
    // A schema within itself is another value's.
    costs[schema.index] = 1
    var cost = 1
    for number in program.schemas[schema.index].instructions {
      cost = min(cost + self.cost(of: program.instructions[number]), 1 << 30)
    }
    costs[schema.index] = cost
    return cost
  }

  private func cost(of instruction: Instruction) -> Int {
    var cost = 4
    switch instruction {
    case .enumeration(let index): cost += program.enumerations[index].values.count
    case .containsAll(let index): cost += program.valueLists[index].count
    case .required(let index): cost += program.nameLists[index].count
    default: break
    }
    for schema in program.sameValueSchemas(of: instruction) {
      cost = min(cost + self.cost(of: schema), 1 << 30)
    }
    return cost
  }
}

extension RuleSchedule.Entry {
  /// The schema that has to hold of each node, where nothing else is asked and a path leads there.
  fileprivate var unconditionalSchema: SchemaID? {
    guard path != nil, case .none = condition, case .schema(let schema) = assertion else {
      return nil
    }
    return schema
  }
}

extension SchemaProgram {
  /// The schemas that an instruction applies to the very value that it is asked of.
  func sameValueSchemas(of instruction: Instruction) -> [SchemaID] {
    switch instruction {
    case .allOf(let index), .anyOf(let index), .oneOf(let index): schemaLists[index]
    case .not(let schema), .reference(let schema): [schema]
    case .conditional(let index):
      [conditionals[index].condition]
        + [conditionals[index].consequence, conditionals[index].alternative].compactMap { $0 }
    case .dependentSchemas(let index): dependentSchemas[index].map(\.schema)
    default: []
    }
  }
}
