import Documents
import SourceText

/// What alternatives ask for at first sight: types, constants, and constants of members.
private struct AlternativeTraits {
  var types: TypeSet?
  var values: [Constant]?
  var members: [(name: MemberName, values: [Constant])] = []
}

/// What tells alternatives apart, and what a value has of it.
struct AlternativeChoice {
  /// What none of the alternatives takes.
  enum Mismatch {
    /// The value's type; these are taken.
    case type(TypeSet)
    /// The value; these are taken.
    case value([Constant])
    /// The value of a member, at a node; these are taken.
    case member(MemberName, NodeID, [Constant])
  }

  /// What the value has that no alternative takes.
  var mismatch: Mismatch?
  /// The alternatives that the value's members name; nil where they name none.
  var meant: Set<Int>?

  /// Whether an alternative is one that the value may be meant for.
  func isMeant(_ position: Int) -> Bool { meant?.contains(position) ?? true }
}

extension SchemaChecker {
  /// How many schemas the traits of an alternative are read from.
  private static let traitBudget = 32
  /// How many alternatives are compared; of more, none is told apart.
  private static let alternativeLimit = 256

  /// Finds what tells alternatives apart that a value satisfies none of.
  @inline(never)
  mutating func choice(
    _ index: Int, _ node: NodeID, in request: Request
  ) -> AlternativeChoice {
    let branches = program.schemaLists[index]
    guard branches.count > 1, branches.count <= Self.alternativeLimit else {
      return AlternativeChoice()
    }
    let traits = branches.map { branch in
      var budget = Self.traitBudget
      var traits = AlternativeTraits()
      addTraits(of: branch, to: &traits, &budget)
      return traits
    }
    steps += branches.count
    let types = traits.compactMap(\.types)
    if types.count == branches.count {
      let union = types.reduce(into: TypeSet()) { $0.formUnion($1) }
      if !holds(.types(union), node, in: request, of: branches[0]) {
        return AlternativeChoice(mismatch: .type(union))
      }
    }
    let values = traits.compactMap(\.values)
    if values.count == branches.count,
      case let all = values.flatMap({ $0 }), !isAmong(all, node, in: request)
    {
      return AlternativeChoice(mismatch: .value(all))
    }
    // An alternative for values of other types has no part in what members say.
    var eligible: [Int] = []
    for (position, branch) in branches.enumerated() {
      if let types = traits[position].types,
        !holds(.types(types), node, in: request, of: branch)
      {
        continue
      }
      eligible.append(position)
    }
    return memberChoice(traits, among: eligible, node, in: request)
  }

  /// Finds members whose constants tell alternatives apart, as `kind` or `type` do.
  private mutating func memberChoice(
    _ traits: [AlternativeTraits], among eligible: [Int], _ node: NodeID, in request: Request
  ) -> AlternativeChoice {
    guard request.kind(of: node) == .object, let first = eligible.first, eligible.count > 1 else {
      return AlternativeChoice()
    }
    var choice = AlternativeChoice()
    for (name, _) in traits[first].members {
      var constants: [(position: Int, values: [Constant])] = []
      for position in eligible {
        guard let member = traits[position].members.first(where: { $0.name.symbol == name.symbol })
        else { break }
        constants.append((position, member.values))
      }
      guard constants.count == eligible.count,
        let nameNode = request.name(of: name.symbol, in: node)
      else { continue }
      let value = NodeID(nameNode.index + 1)
      var matching: Set<Int> = []
      for (position, values) in constants where isAmong(values, value, in: request) {
        matching.insert(position)
      }
      if matching.isEmpty {
        return AlternativeChoice(mismatch: .member(name, value, constants.flatMap(\.values)))
      }
      guard matching.count < eligible.count else { continue }
      let narrowed = choice.meant.map { $0.intersection(matching) } ?? matching
      if !narrowed.isEmpty { choice.meant = narrowed }
    }
    return choice
  }

  private mutating func isAmong(
    _ constants: [Constant], _ node: NodeID, in request: Request
  ) -> Bool {
    for constant in constants where equals(constant, node, in: request) { return true }
    return false
  }

  private func addTraits(
    of schema: SchemaID, to traits: inout AlternativeTraits, _ budget: inout Int
  ) {
    budget -= 1
    guard budget >= 0 else { return }
    for index in program.schemas[schema.index].instructions {
      switch program.instructions[index] {
      case .types(let types): traits.types = traits.types ?? types
      case .constant(let index): traits.values = traits.values ?? [program.constants[index]]
      case .enumeration(let index):
        traits.values = traits.values ?? program.enumerations[index].values
      case .reference(let target): addTraits(of: target, to: &traits, &budget)
      case .allOf(let list):
        for branch in program.schemaLists[list] { addTraits(of: branch, to: &traits, &budget) }
      case .members(let table):
        for entry in program.memberTables[table].named {
          var inner = AlternativeTraits()
          addTraits(of: entry.schema, to: &inner, &budget)
          if let values = inner.values { traits.members.append((entry.name, values)) }
        }
      default: break
      }
    }
  }

  /// Adds what no alternative takes; whether there is such a thing.
  @inline(never)
  mutating func addChoice(
    _ choice: AlternativeChoice, _ keyword: String, _ node: NodeID, in request: Request,
    into result: inout Explanation
  ) -> Bool {
    switch choice.mismatch {
    case nil: return false
    case .type(let types):
      let message =
        "expected \(types.words), found \(result.values.typedWords(for: node, in: request))"
      result.add(keyword, node, message, leaf: .init(node, message))
    case .value(let constants):
      let message = mismatchWords(constants, node, in: request, result.values)
      result.add(keyword, node, message, leaf: .init(node, message))
    case .member(let name, let value, let constants):
      let spelled = result.spelled(name)
      let message =
        "no alternative matches \"\(spelled)\": "
        + mismatchWords(constants, value, in: request, result.values)
      result.add(
        keyword, node, message, related: [.init(value, "this member selects the alternative")],
        leaf: .init(node, message))
    }
    return true
  }

  private func mismatchWords(
    _ constants: [Constant], _ node: NodeID, in request: Request, _ values: ValueText
  ) -> String {
    var words: [String] = []
    var names: [String] = []
    for constant in constants {
      let text = text(of: constant)
      if words.contains(where: { $0.utf8.elementsEqual(text.utf8) }) { continue }
      words.append(text)
      if let string = constant.string { names.append(String(decoding: string, as: UTF8.self)) }
    }
    let shown = values.subject(for: node, in: request)
    let message =
      words.count == 1
      ? "\(shown) is not \(words[0])" : "\(shown) is not one of \(Self.shortList(words) { $0 })"
    guard request.kind(of: node).isText, !values.isSensitive(node, in: request),
      let nearest = NearestName.nearest(to: request.text(of: node), among: names)
    else { return message }
    return message + Suggestion.words(for: nearest)
  }
}
