import Documents
import SourceText

/// Parses the text of an expression into a syntax tree (cel-spec, "Syntax"), macros expanded.
struct Parser {
  /// How deep expressions may nest.
  static let depthLimit = 250
  /// How many tokens an expression may have.
  static let tokenLimit = 100_000

  private let tokens: [Token]
  private var index = 0
  private var depth = 0
  private(set) var tree = SyntaxTree()

  private init(_ tokens: [Token]) {
    self.tokens = tokens
  }

  /// The tree of an expression; its root is the second value.
  static func parse(_ text: String) throws(CELError) -> (tree: SyntaxTree, root: ExpressionID) {
    let tokens = try Lexer.tokens(of: text)
    guard tokens.count <= tokenLimit else {
      throw CELError(
        .invalidArgument("expression has more than \(tokenLimit) tokens"),
        tokens[tokenLimit].range)
    }
    var parser = Parser(tokens)
    let root = try parser.expression()
    guard parser.token.kind == .end else {
      throw parser.unexpected("an operator or the end of the expression")
    }
    return (parser.tree, root)
  }

  // MARK: Tokens

  private var token: Token { tokens[min(index, tokens.count - 1)] }

  private mutating func advance() {
    if index < tokens.count - 1 { index += 1 }
  }

  private func isAt(_ punctuation: Punctuation) -> Bool { token.kind == .symbol(punctuation) }

  private mutating func skip(_ punctuation: Punctuation) -> Bool {
    guard isAt(punctuation) else { return false }
    advance()
    return true
  }

  @discardableResult
  private mutating func take(
    _ punctuation: Punctuation, _ wanted: String
  ) throws(CELError) -> TextRange {
    guard isAt(punctuation) else { throw unexpected(wanted) }
    let range = token.range
    advance()
    return range
  }

  private func unexpected(_ wanted: String) -> CELError {
    var hint: String?
    if index > 0, case .identifier("not") = tokens[index - 1].kind {
      hint = "use '!' instead of 'not'"
    }
    if index > 0, case .symbol(.less) = tokens[index - 1].kind, isAt(.greater) {
      hint = "use '!=' instead of '<>'"
    }
    if case .identifier(let word) = token.kind {
      switch word {
      case "and": hint = "use '&&' instead of 'and'"
      case "or": hint = "use '||' instead of 'or'"
      case "not": hint = "use '!' instead of 'not', as in !(x in list)"
      case "is": hint = "use '==' instead of 'is'"
      default: break
      }
    }
    return CELError(.expected(wanted, found: token.description, hint: hint), token.range)
  }

  private mutating func add(
    _ kind: SyntaxKind, from start: Int
  ) throws(CELError) -> ExpressionID {
    let end = index > 0 ? tokens[index - 1].range.upperBound : 0
    return try add(kind, TextRange(start, end))
  }

  private mutating func add(
    _ kind: SyntaxKind, _ range: TextRange
  ) throws(CELError) -> ExpressionID {
    try tree.add(kind, range, limit: Self.depthLimit)
  }

  // MARK: Operators

  private mutating func expression() throws(CELError) -> ExpressionID {
    depth += 1
    defer { depth -= 1 }
    if depth > Self.depthLimit {
      throw CELError(.tooDeep(limit: Self.depthLimit), token.range)
    }
    let start = token.range.lowerBound
    let condition = try logical(isAnd: false)
    guard skip(.question) else { return condition }
    let first = try logical(isAnd: false)
    try take(.colon, "':' and the value for the other case")
    let second = try expression()
    return try add(.conditional(condition, first, second), from: start)
  }

  /// A row of operands between `||`, or between `&&`.
  private mutating func logical(isAnd: Bool) throws(CELError) -> ExpressionID {
    let start = token.range.lowerBound
    var operands = [isAnd ? try binary(1) : try logical(isAnd: true)]
    while skip(isAnd ? .and : .or) {
      operands.append(isAnd ? try binary(1) : try logical(isAnd: true))
    }
    if operands.count == 1 { return operands[0] }
    return try add(.logical(isAnd: isAnd, operands), from: start)
  }

  private mutating func binary(_ precedence: Int) throws(CELError) -> ExpressionID {
    let start = token.range.lowerBound
    var left = try unary()
    while let operation = binaryOperator(), operation.precedence >= precedence {
      let place = token.range
      advance()
      let right = try binary(operation.precedence + 1)
      left = try add(.binary(operation, left, right, at: place), from: start)
    }
    return left
  }

  private func binaryOperator() -> BinaryOperator? {
    switch token.kind {
    case .symbol(let punctuation): BinaryOperator(rawValue: punctuation.rawValue)
    case .identifier("in"): .contains
    default: nil
    }
  }

  private mutating func unary() throws(CELError) -> ExpressionID {
    let start = token.range.lowerBound
    var count = 0
    if isAt(.not) {
      while skip(.not) { count += 1 }
      return try apply(.not, count: count, to: try member(), from: start)
    }
    while isAt(.minus) {
      // The last minus belongs to a number that follows, so that the least int can be written.
      if isNumber(tokens[min(index + 1, tokens.count - 1)].kind) { break }
      advance()
      count += 1
    }
    return try apply(.negate, count: count, to: try member(), from: start)
  }

  private func isNumber(_ kind: Token.Kind) -> Bool {
    switch kind {
    case .integer, .double: true
    default: false
    }
  }

  /// Applies an operator as often as two times; a longer row comes to the same.
  private mutating func apply(
    _ operation: UnaryOperator, count: Int, to operand: ExpressionID, from start: Int
  ) throws(CELError) -> ExpressionID {
    var result = operand
    for _ in 0..<(count < 2 ? count : 2 - count % 2) {
      result = try add(.unary(operation, result), from: start)
    }
    return result
  }

  // MARK: Members

  private mutating func member() throws(CELError) -> ExpressionID {
    let start = token.range.lowerBound
    var operand = try primary()
    while true {
      if skip(.dot) {
        operand = try selection(of: operand, from: start)
      } else if skip(.openBracket) {
        let isOptional = skip(.question)
        let key = try expression()
        try take(.closeBracket, "']'")
        operand = try add(.index(operand, key, isOptional: isOptional), from: start)
      } else if isAt(.openBrace), let name = qualifiedName(operand) {
        operand = try object(name, from: start)
      } else {
        return operand
      }
    }
  }

  private mutating func selection(
    of operand: ExpressionID, from start: Int
  ) throws(CELError) -> ExpressionID {
    let isOptional = skip(.question)
    let name = Name(text: try memberName(), range: tokens[index - 1].range)
    if !isOptional, isAt(.openParenthesis), case .identifier = tokens[index - 1].kind {
      let arguments = try arguments()
      return try call(name, target: operand, arguments, from: start)
    }
    return try add(.select(operand, name, isOptional: isOptional), from: start)
  }

  private mutating func memberName() throws(CELError) -> String {
    switch token.kind {
    case .identifier(let name), .quotedIdentifier(let name):
      advance()
      return name
    default: throw unexpected("the name of a member")
    }
  }

  /// The items between parentheses.
  private mutating func arguments() throws(CELError) -> [ExpressionID] {
    try take(.openParenthesis, "'('")
    var arguments: [ExpressionID] = []
    while !isAt(.closeParenthesis) {
      arguments.append(try expression())
      if !skip(.comma) { break }
    }
    try take(.closeParenthesis, "',' or ')'")
    return arguments
  }

  private mutating func primary() throws(CELError) -> ExpressionID {
    let start = token.range.lowerBound
    switch token.kind {
    case .symbol(.openParenthesis):
      advance()
      let inner = try expression()
      try take(.closeParenthesis, "')'")
      return inner
    case .symbol(.openBracket): return try list()
    case .symbol(.openBrace): return try map()
    case .symbol(.dot):
      advance()
      guard case .identifier(let name) = token.kind else { throw unexpected("a name") }
      return try identifier(name, isAbsolute: true, from: start)
    case .symbol(.minus):
      advance()
      return try literal(sign: "-", from: start)
    case .identifier(let name):
      switch name {
      case "true", "false":
        advance()
        return try add(.literal(.boolean(name == "true")), from: start)
      case "null":
        advance()
        return try add(.literal(.null), from: start)
      default: return try identifier(name, isAbsolute: false, from: start)
      }
    case .integer, .unsigned, .double, .string, .bytes: return try literal(sign: "", from: start)
    case .symbol, .quotedIdentifier, .end: throw unexpected("a value")
    }
  }

  private mutating func identifier(
    _ text: String, isAbsolute: Bool, from start: Int
  ) throws(CELError) -> ExpressionID {
    if Self.isReserved(text) {
      if text == "in" { throw unexpected("a value") }
      throw CELError(.reservedWord(text), token.range)
    }
    let name = Name(text: text, range: token.range)
    advance()
    if isAt(.openParenthesis) {
      let arguments = try arguments()
      return try call(name, target: nil, arguments, from: start)
    }
    return try add(.identifier(name, isAbsolute: isAbsolute), from: start)
  }

  private mutating func literal(sign: String, from start: Int) throws(CELError) -> ExpressionID {
    let range = token.range
    let value: CELValue?
    var text = ""
    switch token.kind {
    case .integer(let digits):
      text = sign + digits
      value = Self.integer(digits, isNegative: sign == "-").map { .integer($0) }
    case .unsigned(let digits):
      text = digits + "u"
      value = Self.unsigned(digits).map { .unsigned($0) }
    case .double(let digits):
      text = sign + digits
      let number = ExactNumber(Array(digits.utf8)[...]).double
      value = number.isFinite ? .double(sign == "-" ? -number : number) : nil
    case .string(let bytes): value = .string(bytes)
    case .bytes(let bytes): value = .bytes(bytes)
    case .identifier, .quotedIdentifier, .symbol, .end: throw unexpected("a value")
    }
    advance()
    guard let value else { throw CELError(.badNumber(text), range) }
    return try add(.literal(value), from: start)
  }

  private static func unsigned(_ digits: String) -> UInt64? {
    digits.hasPrefix("0x") || digits.hasPrefix("0X")
      ? UInt64(digits.dropFirst(2), radix: 16) : UInt64(digits)
  }

  private static func integer(_ digits: String, isNegative: Bool) -> Int64? {
    guard let magnitude = unsigned(digits) else { return nil }
    if !isNegative { return Int64(exactly: magnitude) }
    return magnitude == 1 << 63 ? .min : Int64(exactly: magnitude).map { -$0 }
  }

  // MARK: Lists and maps

  private mutating func list() throws(CELError) -> ExpressionID {
    let start = try take(.openBracket, "'['").lowerBound
    var items: [ListItem] = []
    while !isAt(.closeBracket) {
      let isOptional = skip(.question)
      items.append(ListItem(value: try expression(), isOptional: isOptional))
      if !skip(.comma) { break }
    }
    try take(.closeBracket, "',' or ']'")
    return try add(.list(items), from: start)
  }

  private mutating func map() throws(CELError) -> ExpressionID {
    let start = try take(.openBrace, "'{'").lowerBound
    var items: [MapItem] = []
    while !isAt(.closeBrace) {
      let isOptional = skip(.question)
      let key = try expression()
      try take(.colon, "':' and the key's value")
      items.append(MapItem(key: key, value: try expression(), isOptional: isOptional))
      if !skip(.comma) { break }
    }
    try take(.closeBrace, "',' or '}'")
    return try add(.map(items), from: start)
  }

  /// `Name{field: value}`, which is parsed so that it can be refused in words.
  private mutating func object(_ name: String, from start: Int) throws(CELError) -> ExpressionID {
    try take(.openBrace, "'{'")
    while !isAt(.closeBrace) {
      _ = skip(.question)
      _ = try memberName()
      try take(.colon, "':' and the field's value")
      _ = try expression()
      if !skip(.comma) { break }
    }
    try take(.closeBrace, "',' or '}'")
    return try add(.object(name), from: start)
  }

  /// The text of `a.b.c` where an expression is nothing but names.
  private func qualifiedName(_ id: ExpressionID) -> String? {
    switch tree[id].kind {
    case .identifier(let name, _): name.text
    case .select(let operand, let name, isOptional: false):
      qualifiedName(operand).map { "\($0).\(name.text)" }
    default: nil
    }
  }

  // MARK: Calls

  private mutating func call(
    _ name: Name, target: ExpressionID?, _ arguments: [ExpressionID], from start: Int
  ) throws(CELError) -> ExpressionID {
    let end = tokens[max(index - 1, 0)].range.upperBound
    let range = TextRange(start, end)
    switch try Macro.expansion(of: name, target: target, arguments, in: tree) {
    case .node(let node): return try add(node, range)
    case .block(let values, var body):
      // A block is a row of bindings, each within the one before it.
      for (position, value) in values.enumerated().reversed() {
        let variable = Name(text: Macro.blockVariable(position), range: tree[value].range)
        body = try add(.binding(variable, value, body: body), range)
      }
      return body
    case .sorted(let list, let variable, let key):
      return try sorted(list, by: key, of: variable, name, range)
    case nil: break
    }
    return try add(.call(name, target: target, arguments), range)
  }

  /// `list.sortBy(x, key)`: the list bound to a variable, then sorted by the list of its keys.
  private mutating func sorted(
    _ list: ExpressionID, by key: ExpressionID, of variable: Name, _ name: Name,
    _ range: TextRange
  ) throws(CELError) -> ExpressionID {
    let bound = Name(text: Macro.sortedVariable, range: tree[list].range)
    let elements = try add(.identifier(bound, isAbsolute: false), bound.range)
    let again = try add(.identifier(bound, isAbsolute: false), bound.range)
    let keys = try add(
      .comprehension(
        Comprehension(
          kind: .list, range: again, first: variable, second: nil, condition: nil, body: key)),
      range)
    let call = try add(
      .call(Name(text: "@sortBy", range: name.range), target: elements, [keys]), range)
    return try add(.binding(bound, list, body: call), range)
  }

  /// Whether a word cannot be the name of a variable.
  private static func isReserved(_ word: String) -> Bool {
    switch word {
    case "as", "break", "const", "continue", "else", "false", "for", "function", "if", "import",
      "in", "let", "loop", "namespace", "null", "package", "return", "true", "var", "void",
      "while":
      true
    default: false
    }
  }
}
