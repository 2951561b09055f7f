import Documents
import RequisitePatterns
package import SourceText

/// The small changes to an expression that its tests should notice.
///
/// Comparisons lose or gain the equal case, rows of conditions lose one or change between `&&` and
/// `||`, numbers move by one, texts change, lists lose an item. A change may give an expression that
/// does not compile.
package enum CELAlterations {
  /// The changes to an expression, in the order of its text; none for one that cannot be read.
  ///
  /// `parameters` are the numbers that `params.NAME` stands for, moved by one as if written out.
  package static func all(
    of text: String, parameters: [String: Int64] = [:]
  ) -> [TextAlteration] {
    guard text.utf8.count <= TextAlteration.textLimit, let parsed = try? Parser.parse(text),
      let tokens = try? Lexer.tokens(of: text)
    else {
      return []
    }
    var scan = AlterationScan(
      text: Array(text.utf8), tree: parsed.tree, root: parsed.root, tokens: tokens,
      parameters: parameters)
    scan.run()
    var seen: Set<TextAlteration> = []
    return scan.alterations.filter { seen.insert($0).inserted }.sorted { $0.range < $1.range }
  }

  /// The texts and numbers that an expression mentions, and the names that it selects.
  package static func mentions(of text: String) -> CELMentions {
    var mentions = CELMentions()
    guard let parsed = try? Parser.parse(text) else { return mentions }
    for node in parsed.tree.nodes {
      switch node.kind {
      case .literal(.string(let text)): mentions.texts.append(text)
      case .literal(.integer(let number)): mentions.numbers.append(number)
      case .call(let name, _, let arguments) where CELFunction.takesPattern(name.text):
        if let last = arguments.last, case .literal(.string(let text)) = parsed.tree[last].kind {
          mentions.patterns.append(text)
        }
      case .select(_, let name, _), .presence(_, let name, _):
        mentions.names.append(Array(name.text.utf8))
      default: break
      }
    }
    return mentions
  }
}

/// What an expression mentions.
package struct CELMentions: Sendable {
  /// The texts written in it, decoded.
  package var texts: [[UInt8]] = []
  /// Those of the texts that are patterns.
  package var patterns: [[UInt8]] = []
  /// The integers written in it.
  package var numbers: [Int64] = []
  /// The names of members that it selects.
  package var names: [[UInt8]] = []
}

private struct AlterationScan {
  let text: [UInt8]
  let tree: SyntaxTree
  let root: ExpressionID
  let tokens: [Token]
  let parameters: [String: Int64]
  var alterations: [TextAlteration] = []
  /// For each expression, the one that it is part of.
  private var parents: [ExpressionID?]

  init(
    text: [UInt8], tree: SyntaxTree, root: ExpressionID, tokens: [Token],
    parameters: [String: Int64]
  ) {
    self.text = text
    self.tree = tree
    self.root = root
    self.tokens = tokens
    self.parameters = parameters
    var parents = [ExpressionID?](repeating: nil, count: tree.nodes.count)
    for (id, node) in tree.nodes.enumerated() { node.kind.forEachChild { parents[$0] = id } }
    self.parents = parents
  }

  private mutating func add(_ range: TextRange, _ replacement: String, _ summary: String? = nil) {
    alterations.append(TextAlteration(range, in: text, to: replacement, summary: summary))
  }

  private func string(_ range: TextRange) -> String {
    String(decoding: text[range.lowerBound..<range.upperBound], as: UTF8.self)
  }

  mutating func run() {
    for id in tree.nodes.indices { alter(id) }
    switch tree[root].kind {
    case .call, .select, .index, .comprehension, .presence, .identifier: negate(root)
    default: break
    }
    alterMacros()
  }

  private mutating func alter(_ id: ExpressionID) {
    let node = tree[id]
    switch node.kind {
    case .literal(let value): alter(value, id, node.range)
    case .binary(let operation, _, _, let place): alter(operation, id, at: place)
    case .logical(let isAnd, let operands): alterRow(isAnd: isAnd, operands, node.range)
    case .unary(.not, _):
      add(TextRange(node.range.lowerBound, afterNots(node.range.lowerBound)), "", "without !")
    case .unary(.negate, _), .object, .binding, .optionalMap, .comprehension, .index: break
    case .conditional(let condition, let first, let second):
      for (branch, truth) in [(first, "true"), (second, "false")] {
        add(
          node.range, "(\(string(tree[branch].range)))",
          "with \(string(tree[condition].range)) always \(truth)")
      }
    case .list(let items): alterItems(items.map(\.value), of: node.range)
    case .map(let items): alterItems(items.map(\.key), of: node.range)
    case .presence: if !isNegated(id) { negate(id) }
    case .select(let operand, let name, _):
      guard case .identifier(let owner, _) = tree[operand].kind, owner.text == "params",
        let number = parameters[name.text]
      else { break }
      addNumber(number, node.range)
    case .call(let name, let target, _): alterCall(name, target)
    case .identifier: break
    }
  }

  // MARK: - Operators

  private mutating func alter(_ operation: BinaryOperator, _ id: ExpressionID, at place: TextRange)
  {
    let other: String? =
      switch operation {
      case .less: "<="
      case .lessOrEqual: "<"
      case .greater: ">="
      case .greaterOrEqual: ">"
      case .equal: "!="
      case .notEqual: "=="
      case .add: "-"
      case .subtract: "+"
      case .multiply: "/"
      case .divide: "*"
      case .remainder: "*"
      case .contains: nil
      }
    if let other {
      add(place, other)
    } else if !isNegated(id) {
      negate(id)
    }
  }

  private mutating func negate(_ id: ExpressionID) {
    let range = tree[id].range
    add(range, "!(\(string(range)))", "negated: !(\(string(range)))")
  }

  private func isNegated(_ id: ExpressionID) -> Bool {
    if let parent = parents[id], case .unary(.not, _) = tree[parent].kind { return true }
    return false
  }

  /// The end of a row of exclamation marks: of all but one, where they are many.
  private func afterNots(_ start: Int) -> Int {
    var count = 0
    var end = start
    for token in tokens where token.range.lowerBound >= start {
      guard token.kind == .symbol(.not) else { break }
      count += 1
      end = token.range.upperBound
    }
    return count.isMultiple(of: 2) ? start + 1 : end
  }

  private mutating func alterRow(isAnd: Bool, _ operands: [ExpressionID], _ range: TextRange) {
    let marks = places(of: isAnd ? .and : .or, in: range)
    guard marks.count == operands.count - 1, let first = marks.first, let last = marks.last else {
      return
    }
    // All marks of the row at once: one alone would change how the others bind.
    var joined = ""
    var position = first.lowerBound
    for mark in marks {
      joined += string(TextRange(position, mark.lowerBound)) + (isAnd ? "||" : "&&")
      position = mark.upperBound
    }
    add(
      TextRange(first.lowerBound, last.upperBound), joined, isAnd ? "&& → ||" : "|| → &&")
    for number in operands.indices {
      let part =
        number == 0
        ? TextRange(range.lowerBound, first.upperBound)
        : TextRange(
          marks[number - 1].lowerBound,
          number < marks.count ? marks[number].lowerBound : range.upperBound)
      add(part, "", "without \(string(tree[operands[number]].range))")
    }
  }

  /// The places of a mark within a range, but not within brackets.
  private func places(of mark: Punctuation, in range: TextRange) -> [TextRange] {
    var depth = 0
    var places: [TextRange] = []
    for token in tokens where range.contains(token.range) {
      guard case .symbol(let symbol) = token.kind else { continue }
      switch symbol {
      case .openParenthesis, .openBracket, .openBrace: depth += 1
      case .closeParenthesis, .closeBracket, .closeBrace: depth -= 1
      default: if symbol == mark, depth == 0 { places.append(token.range) }
      }
    }
    return places
  }

  // MARK: - Values

  private mutating func alter(_ value: CELValue, _ id: ExpressionID, _ range: TextRange) {
    switch value {
    case .boolean(let value): add(range, value ? "false" : "true")
    case .integer(let number): addNumber(number, range)
    case .string(let bytes):
      // Leaving an item out of its list is the same change.
      if let parent = parents[id] {
        if case .list(let items) = tree[parent].kind, items.count > 1 { return }
        if case .map(let items) = tree[parent].kind, items.count > 1,
          items.contains(where: { $0.key == id })
        {
          return
        }
      }
      if alterPattern(bytes, id, range) { return }
      add(range, Self.quoted(bytes + [UInt8(ascii: "~")]))
    default: break
    }
  }

  private mutating func addNumber(_ number: Int64, _ range: TextRange) {
    for change: Int64 in [-1, 1] {
      let (moved, overflows) = number.addingReportingOverflow(change)
      if !overflows { add(range, String(moved), "\(number) → \(moved)") }
    }
  }

  /// Changes a pattern that `matches` is given in its own ways.
  private mutating func alterPattern(_ bytes: [UInt8], _ id: ExpressionID, _ range: TextRange)
    -> Bool
  {
    guard let parent = parents[id],
      case .call(let name, let target, let arguments) = tree[parent].kind,
      CELFunction.takesPattern(name.text), arguments.last == id,
      arguments.count == (target == nil ? 2 : 1)
    else { return false }
    for change in PatternAlterations.all(of: String(decoding: bytes, as: UTF8.self)) {
      add(range, Self.quoted(Array(change.applied(to: bytes).utf8)), change.summary)
    }
    return true
  }

  private mutating func alterItems(_ items: [ExpressionID], of range: TextRange) {
    let inner = TextRange(range.lowerBound + 1, max(range.lowerBound + 1, range.upperBound - 1))
    let commas = places(of: .comma, in: inner)
    guard items.count > 1, commas.count >= items.count - 1 else { return }
    for (number, item) in items.enumerated() {
      let part =
        number == 0
        ? TextRange(inner.lowerBound, commas[0].upperBound)
        : TextRange(
          commas[number - 1].lowerBound,
          number < commas.count ? commas[number].lowerBound : inner.upperBound)
      add(part, "", "without \(string(tree[item].range))")
    }
  }

  private static func quoted(_ bytes: [UInt8]) -> String {
    var text = "'"
    for scalar in String(decoding: bytes, as: UTF8.self).unicodeScalars {
      switch scalar {
      case "'", "\\": text += "\\" + String(scalar)
      case "\0"..<" ":
        let digits = String(scalar.value, radix: 16)
        text += "\\u" + String(repeating: "0", count: 4 - digits.count) + digits
      default: text.unicodeScalars.append(scalar)
      }
    }
    return text + "'"
  }

  // MARK: - Calls

  private mutating func alterCall(_ name: Name, _ target: ExpressionID?) {
    guard target != nil else { return }
    for function in CELFunction.all where function.name == name.text {
      if let other = function.mutation { add(name.range, other) }
    }
  }

  /// `all` and `exists` are gone from the tree, but not from the text.
  private mutating func alterMacros() {
    for index in tokens.indices.dropFirst().dropLast() {
      guard case .identifier(let name) = tokens[index].kind, name == "all" || name == "exists",
        tokens[index - 1].kind == .symbol(.dot),
        tokens[index + 1].kind == .symbol(.openParenthesis)
      else { continue }
      add(tokens[index].range, name == "all" ? "exists" : "all")
    }
  }
}
