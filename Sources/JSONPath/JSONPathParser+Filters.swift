import RequisitePatterns
import SourceText

// Conditions of filters, and the functions with their types (RFC 9535, sections 2.3.5 and 2.4).
extension JSONPathParser {
  /// Reads alternatives joined by `||`.
  mutating func parseLogical() throws(JSONPathError) -> LogicalExpression {
    try enter()
    var parts = [try parseConjunction()]
    while skipOperator("||") { parts.append(try parseConjunction()) }
    depth -= 1
    return parts.count == 1 ? parts[0] : .or(parts)
  }

  /// Reads conditions joined by `&&`.
  private mutating func parseConjunction() throws(JSONPathError) -> LogicalExpression {
    var parts = [try parseCondition()]
    while skipOperator("&&") { parts.append(try parseCondition()) }
    return parts.count == 1 ? parts[0] : .and(parts)
  }

  /// Skips an operator and the white space around it, if it comes next.
  private mutating func skipOperator(_ token: StaticString) -> Bool {
    let begin = index
    skipWhiteSpace()
    guard skip(token) else {
      index = begin
      return false
    }
    skipWhiteSpace()
    return true
  }

  /// Reads a condition in parentheses, a comparison or a test.
  private mutating func parseCondition() throws(JSONPathError) -> LogicalExpression {
    let begin = index
    if peek() == UInt8(ascii: "!") {
      index += 1
      skipWhiteSpace()
      let condition =
        peek() == UInt8(ascii: "(") ? try parseParentheses() : try parseTest(negatedAt: begin)
      return .not(condition)
    }
    return peek() == UInt8(ascii: "(") ? try parseParentheses() : try parseTest(negatedAt: nil)
  }

  private mutating func parseParentheses() throws(JSONPathError) -> LogicalExpression {
    index += 1
    skipWhiteSpace()
    let condition = try parseLogical()
    skipWhiteSpace()
    guard peek() == UInt8(ascii: ")") else { throw expected("an operator or ')'") }
    index += 1
    return condition
  }

  /// What is at one side of an operator, or alone.
  private enum Operand {
    case value(ValueExpression)
    /// A query, which alone is a test for existence.
    case query(JSONPathQuery)
    /// `match` or `search`, which cannot be compared.
    case test(PatternTest, function: String)
  }

  private mutating func parseTest(
    negatedAt negation: Int?
  ) throws(JSONPathError) -> LogicalExpression {
    let begin = index
    let left = try parseOperand("a query, a comparison, a function or '('")
    let end = index
    guard let comparison = parseComparisonOperator() else {
      switch left {
      case .query(let query): return .exists(query)
      case .test(let test, _): return .matches(test)
      case .value(.literal): throw error(.literalAsTest, from: begin, to: end)
      case .value(.length): throw error(.valueAsTest(function: "length"), from: begin, to: end)
      case .value(.count): throw error(.valueAsTest(function: "count"), from: begin, to: end)
      case .value(.value): throw error(.valueAsTest(function: "value"), from: begin, to: end)
      case .value(.query(let query)): return .exists(query)
      }
    }
    if let negation { throw error(.negatedComparison, from: negation, to: negation + 1) }
    let first = try comparable(left, from: begin, to: end)
    let rightBegin = index
    let right = try parseOperand("a literal, a query or a function")
    return .comparison(first, comparison, try comparable(right, from: rightBegin, to: index))
  }

  private func comparable(
    _ operand: Operand, from begin: Int, to end: Int
  ) throws(JSONPathError) -> ValueExpression {
    switch operand {
    case .value(let value): return value
    case .query(let query):
      guard query.isSingular else { throw error(.pluralComparison, from: begin, to: end) }
      return .query(query)
    case .test(_, let function):
      throw error(.testAsValue(function: function), from: begin, to: end)
    }
  }

  private mutating func parseComparisonOperator() -> ComparisonOperator? {
    if skipOperator("==") { return .equal }
    if skipOperator("!=") { return .notEqual }
    if skipOperator("<=") { return .lessOrEqual }
    if skipOperator(">=") { return .greaterOrEqual }
    if skipOperator("<") { return .less }
    return skipOperator(">") ? .greater : nil
  }

  private mutating func parseOperand(_ what: String) throws(JSONPathError) -> Operand {
    switch peek() {
    case UInt8(ascii: "@"), UInt8(ascii: "$"): return .query(try parseQuery())
    case UInt8(ascii: "'"), UInt8(ascii: "\""): return .value(.literal(.string(try parseString())))
    case let byte? where byte == UInt8(ascii: "-") || byte.isDigit:
      return .value(.literal(.number(try parseNumber())))
    case let byte? where byte.isLowercase: return try parseWord(what)
    default: throw expected(what)
    }
  }

  // MARK: - Functions

  private static let functions = ["length", "count", "match", "search", "value"]

  /// Reads `true`, `false`, `null` or a function with its arguments.
  private mutating func parseWord(_ what: String) throws(JSONPathError) -> Operand {
    let begin = index
    var end = index
    while end < text.count, text[end].isLowercase || text[end].isDigit || text[end] == 0x5F {
      end += 1
    }
    let word = String(decoding: text[begin..<end], as: UTF8.self)
    guard end < text.count, text[end] == UInt8(ascii: "(") else {
      let literal: ValueExpression.Literal? =
        switch word {
        case "true": .boolean(true)
        case "false": .boolean(false)
        case "null": .null
        default: nil
        }
      if let literal {
        index = end
        return .value(.literal(literal))
      }
      if Self.functions.contains(word) {
        index = end
        throw expected("'(' right after \(word)")
      }
      throw error(.expected(what, found: shown(begin, end)), from: begin, to: end)
    }
    guard Self.functions.contains(word) else {
      let nearest = NearestName.nearest(to: word, among: Self.functions)
      throw error(.unknownFunction(word, nearest: nearest), from: begin, to: end)
    }
    index = end + 1
    try enter()
    let operand = try parseCall(of: word, from: begin)
    depth -= 1
    return operand
  }

  private mutating func parseCall(
    of function: String, from begin: Int
  ) throws(JSONPathError) -> Operand {
    let count = function == "match" || function == "search" ? 2 : 1
    var queries: [JSONPathQuery] = []
    var values: [ValueExpression] = []
    var ranges: [TextRange] = []
    skipWhiteSpace()
    while peek() != UInt8(ascii: ")") {
      if !ranges.isEmpty {
        guard peek() == UInt8(ascii: ",") else { throw expected("',' or ')'") }
        index += 1
        skipWhiteSpace()
      }
      let start = index
      let operand = try parseOperand("a literal, a query or a function as argument of \(function)")
      ranges.append(TextRange(start, index))
      if function == "count" || function == "value" {
        guard case .query(let query) = operand else {
          throw error(.queryArgument(function: function), from: start, to: index)
        }
        queries.append(query)
      } else {
        values.append(try argument(operand, of: function, from: start))
      }
      skipWhiteSpace()
    }
    index += 1
    guard ranges.count == count else {
      throw error(
        .argumentCount(function: function, expected: count, found: ranges.count), from: begin,
        to: index)
    }
    switch function {
    case "length": return .value(.length(values[0]))
    case "count": return .value(.count(queries[0]))
    case "value": return .value(.value(queries[0]))
    default:
      let test = patternTest(
        values[0], values[1], isWhole: function == "match", patternRange: ranges[1])
      return .test(test, function: function)
    }
  }

  private func argument(
    _ operand: Operand, of function: String, from begin: Int
  ) throws(JSONPathError) -> ValueExpression {
    switch operand {
    case .value(let value): return value
    case .query(let query):
      guard query.isSingular else {
        throw error(.pluralArgument(function: function), from: begin, to: index)
      }
      return .query(query)
    case .test(_, let inner): throw error(.testAsValue(function: inner), from: begin, to: index)
    }
  }

  private mutating func patternTest(
    _ subject: ValueExpression, _ pattern: ValueExpression, isWhole: Bool, patternRange: TextRange
  ) -> PatternTest {
    var test = PatternTest(
      subject: subject, pattern: pattern, isWhole: isWhole, number: patternCount,
      patternRange: patternRange)
    patternCount += 1
    if case .literal(.string(let source)) = pattern {
      do throws(PatternError) {
        test.compiled = try RegularExpressions.compile(
          String(decoding: source, as: UTF8.self), isWhole: isWhole)
      } catch {
        test.patternError = error
      }
    }
    return test
  }
}
