import SourceText

/// The macros: calls that the parser replaces (cel-spec, "Macros", and cel-go's extensions).
enum Macro {
  enum Expansion {
    case node(SyntaxKind)
    case block(values: [ExpressionID], body: ExpressionID)
    /// `list.sortBy(name, key)`.
    case sorted(ExpressionID, Name, key: ExpressionID)
  }

  /// The names of the macros that are called on a value, or of those that are not.
  static func names(isMember: Bool) -> [String] {
    all.filter { $0.isMember == isMember && !$0.name.utf8.starts(with: "cel.".utf8) }.map(\.name)
  }

  /// What a call stands for, or nil where it is no macro.
  static func expansion(
    of name: Name, target: ExpressionID?, _ arguments: [ExpressionID], in tree: SyntaxTree
  ) throws(CELError) -> Expansion? {
    guard let target else {
      guard name.text == "has", arguments.count == 1 else { return nil }
      guard case .select(let operand, let member, let isOptional) = tree[arguments[0]].kind else {
        throw CELError(
          .macroArgument(macro: "has", needs: "a member, as in has(self.name)", hint: nil),
          tree[arguments[0]].range)
      }
      return .node(.presence(operand, member, isOptional: isOptional))
    }
    if case .identifier(let namespace, isAbsolute: false) = tree[target].kind,
      namespace.text == "cel"
    {
      return try celMacro(name, arguments, in: tree)
    }
    return try receiverMacro(name, target, arguments, in: tree)
  }

  private static func receiverMacro(
    _ name: Name, _ target: ExpressionID, _ arguments: [ExpressionID], in tree: SyntaxTree
  ) throws(CELError) -> Expansion? {
    func comprehension(
      _ kind: Comprehension.Kind, variables: Int, hasCondition: Bool = false
    ) throws(CELError) -> Expansion {
      let first = try variable(arguments[0], of: name, in: tree)
      let second = variables == 2 ? try variable(arguments[1], of: name, in: tree) : nil
      if let second, second.text == first.text {
        throw CELError(
          .macroArgument(macro: name.text, needs: "two different variables", hint: nil),
          second.range)
      }
      let body = arguments[arguments.count - 1]
      let condition: ExpressionID? =
        switch kind {
        case .filter: body
        case .all, .exists, .existsOne, .list, .map, .entries:
          hasCondition ? arguments[arguments.count - 2] : nil
        }
      return .node(
        .comprehension(
          Comprehension(
            kind: kind, range: target, first: first, second: second, condition: condition,
            body: body)))
    }
    switch (name.text, arguments.count) {
    case ("all", 2): return try comprehension(.all, variables: 1)
    case ("all", 3): return try comprehension(.all, variables: 2)
    case ("exists", 2): return try comprehension(.exists, variables: 1)
    case ("exists", 3): return try comprehension(.exists, variables: 2)
    case ("exists_one", 2), ("existsOne", 2): return try comprehension(.existsOne, variables: 1)
    case ("exists_one", 3), ("existsOne", 3): return try comprehension(.existsOne, variables: 2)
    case ("map", 2): return try comprehension(.list, variables: 1)
    case ("map", 3): return try comprehension(.list, variables: 1, hasCondition: true)
    case ("filter", 2): return try comprehension(.filter, variables: 1)
    case ("transformList", 3): return try comprehension(.list, variables: 2)
    case ("transformList", 4): return try comprehension(.list, variables: 2, hasCondition: true)
    case ("transformMap", 3): return try comprehension(.map, variables: 2)
    case ("transformMap", 4): return try comprehension(.map, variables: 2, hasCondition: true)
    case ("transformMapEntry", 3): return try comprehension(.entries, variables: 2)
    case ("transformMapEntry", 4):
      return try comprehension(.entries, variables: 2, hasCondition: true)
    case ("sortBy", 2):
      return .sorted(target, try variable(arguments[0], of: name, in: tree), key: arguments[1])
    case ("optMap", 2), ("optFlatMap", 2):
      return .node(
        .optionalMap(
          target, try variable(arguments[0], of: name, in: tree), body: arguments[1],
          isFlat: name.text == "optFlatMap"))
    default: return nil
    }
  }

  private static func celMacro(
    _ name: Name, _ arguments: [ExpressionID], in tree: SyntaxTree
  ) throws(CELError) -> Expansion? {
    switch (name.text, arguments.count) {
    case ("bind", 3):
      return .node(
        .binding(
          try variable(arguments[0], of: name, in: tree), arguments[1], body: arguments[2]))
    case ("block", 2):
      guard case .list(let items) = tree[arguments[0]].kind else {
        throw CELError(
          .macroArgument(macro: "cel.block", needs: "a list of values first", hint: nil),
          tree[arguments[0]].range)
      }
      return .block(values: items.map(\.value), body: arguments[1])
    case ("index", 1):
      guard case .literal(.integer(let position)) = tree[arguments[0]].kind else { break }
      let variable = Name(text: blockVariable(Int(position)), range: name.range)
      return .node(.identifier(variable, isAbsolute: false))
    case ("iterVar", 2):
      guard case .literal(.integer(let depth)) = tree[arguments[0]].kind,
        case .literal(.integer(let position)) = tree[arguments[1]].kind
      else { break }
      let variable = Name(text: "@variable:\(depth):\(position)", range: name.range)
      return .node(.identifier(variable, isAbsolute: false))
    default: return nil
    }
    throw CELError(
      .macroArgument(macro: "cel.\(name.text)", needs: "numbers written out", hint: nil), name.range
    )
  }

  /// The variable that a sorted list is bound to; no expression can write such a name.
  static let sortedVariable = "@list"

  /// The variable of a block's value; no expression can write such a name.
  static func blockVariable(_ position: Int) -> String { "@value:\(position)" }

  private static func variable(
    _ id: ExpressionID, of macro: Name, in tree: SyntaxTree
  ) throws(CELError) -> Name {
    guard case .identifier(let name, isAbsolute: false) = tree[id].kind else {
      throw CELError(
        .macroArgument(
          macro: macro.text, needs: "a plain name as variable, as in \(macro.text)(x, …)", hint: nil
        ),
        tree[id].range)
    }
    return name
  }
}
