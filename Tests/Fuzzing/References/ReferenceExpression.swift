/// An expression of CEL as a tree: the reference for operators, their precedence and their errors.
indirect enum ReferenceExpression {
  case integer(Int64)
  case boolean(Bool)
  case string(String)
  /// Any other primary expression, which the reference does not evaluate.
  case other(String)
  case negate(ReferenceExpression)
  case not(ReferenceExpression)
  case binary(String, ReferenceExpression, ReferenceExpression)
  case conditional(ReferenceExpression, ReferenceExpression, ReferenceExpression)
  case list([ReferenceExpression])
  case index(ReferenceExpression, ReferenceExpression)
  case size(ReferenceExpression)

  /// What an expression gives.
  indirect enum Outcome: Equatable {
    case integer(Int64)
    case boolean(Bool)
    case string(String)
    case list([Outcome])
    case error
    case unknown
  }
}

// MARK: - Evaluating

extension ReferenceExpression {
  var outcome: Outcome {
    switch self {
    case .integer(let value): return .integer(value)
    case .boolean(let value): return .boolean(value)
    case .string(let value): return .string(value)
    case .other: return .unknown
    case .negate(let operand):
      switch operand.outcome {
      case .integer(let value): return Self.checked(Int64(0).subtractingReportingOverflow(value))
      case .unknown: return .unknown
      default: return .error
      }
    case .not(let operand):
      switch operand.outcome {
      case .boolean(let value): return .boolean(!value)
      case .unknown: return .unknown
      default: return .error
      }
    case .binary("&&", let left, let right): return Self.logical(left, right, decisive: false)
    case .binary("||", let left, let right): return Self.logical(left, right, decisive: true)
    case .binary(let operation, let left, let right):
      return Self.binary(operation, left.outcome, right.outcome)
    case .conditional(let condition, let first, let second):
      switch condition.outcome {
      case .boolean(let value): return value ? first.outcome : second.outcome
      case .unknown: return .unknown
      default: return .error
      }
    case .list(let items):
      let outcomes = items.map(\.outcome)
      if outcomes.contains(.unknown) { return .unknown }
      return outcomes.contains(.error) ? .error : .list(outcomes)
    case .index(let operand, let index):
      switch (operand.outcome, index.outcome) {
      case (.unknown, _), (_, .unknown): return .unknown
      case (.list(let items), .integer(let index)):
        return index >= 0 && index < Int64(items.count) ? items[Int(index)] : .error
      default: return .error
      }
    case .size(let operand):
      switch operand.outcome {
      case .string(let text): return .integer(Int64(text.unicodeScalars.count))
      case .list(let items): return .integer(Int64(items.count))
      case .unknown: return .unknown
      default: return .error
      }
    }
  }

  private static func checked(_ result: (partialValue: Int64, overflow: Bool)) -> Outcome {
    result.overflow ? .error : .integer(result.partialValue)
  }

  /// An operand that decides the result counts whatever the other one is.
  private static func logical(
    _ left: ReferenceExpression, _ right: ReferenceExpression, decisive: Bool
  ) -> Outcome {
    let outcomes = [left.outcome, right.outcome]
    if outcomes.contains(.boolean(decisive)) { return .boolean(decisive) }
    if outcomes.contains(.unknown) { return .unknown }
    return outcomes.allSatisfy { $0 == .boolean(!decisive) } ? .boolean(!decisive) : .error
  }

  private static func binary(_ operation: String, _ left: Outcome, _ right: Outcome) -> Outcome {
    if left == .unknown || right == .unknown { return .unknown }
    if left == .error || right == .error { return .error }
    switch (operation, left, right) {
    case ("==", _, _): return .boolean(left == right)
    case ("!=", _, _): return .boolean(left != right)
    case ("in", _, .list(let items)): return .boolean(items.contains(left))
    case ("+", .string(let left), .string(let right)): return .string(left + right)
    case ("+", .list(let left), .list(let right)): return .list(left + right)
    case ("+", .integer(let left), .integer(let right)):
      return checked(left.addingReportingOverflow(right))
    case ("-", .integer(let left), .integer(let right)):
      return checked(left.subtractingReportingOverflow(right))
    case ("*", .integer(let left), .integer(let right)):
      return checked(left.multipliedReportingOverflow(by: right))
    case ("/", .integer(let left), .integer(let right)):
      return right == 0 ? .error : checked(left.dividedReportingOverflow(by: right))
    case ("%", .integer(let left), .integer(let right)):
      if left == .min, right == -1 { return .unknown }
      return right == 0 ? .error : checked(left.remainderReportingOverflow(dividingBy: right))
    case (_, .integer(let left), .integer(let right)): return ordered(operation, left, right)
    case (_, .boolean(let left), .boolean(let right)):
      return ordered(operation, left ? 1 : 0, right ? 1 : 0)
    case (_, .string(let left), .string(let right)): return ordered(operation, left, right)
    default: return .error
    }
  }

  private static func ordered<Element: Comparable>(
    _ operation: String, _ left: Element, _ right: Element
  ) -> Outcome {
    switch operation {
    case "<": .boolean(left < right)
    case "<=": .boolean(left <= right)
    case ">": .boolean(left > right)
    case ">=": .boolean(left >= right)
    default: .error
    }
  }
}

extension ReferenceExpression.Outcome {
  /// The outcome as the program shows values.
  func text(isNested: Bool = false) -> String {
    switch self {
    case .integer(let value): "\(value)"
    case .boolean(let value): "\(value)"
    case .string(let value): isNested ? "\"\(value)\"" : value
    case .list(let items):
      "[" + items.map { $0.text(isNested: true) }.joined(separator: ", ") + "]"
    case .error: "error"
    case .unknown: "unknown"
    }
  }
}

// MARK: - Making and writing

extension ReferenceExpression {
  /// Makes an expression by choice; with `isPlain`, only what the reference evaluates.
  static func make(_ choices: inout Choices, isPlain: Bool, depth: Int = 0) -> ReferenceExpression {
    switch choices.below(depth < 5 ? 16 : 4) {
    case 0: return .integer(choices.pick([0, 1, 2, -1, 3, 10, .max, -.max, 1 << 32]))
    case 1: return .boolean(choices.once(in: 2))
    case 2: return .string(choices.pick(["", "a", "b", "ab"]))
    case 3: return isPlain ? .integer(1) : .other(choices.pick(others))
    case 4: return .negate(make(&choices, isPlain: isPlain, depth: depth + 1))
    case 5: return .not(make(&choices, isPlain: isPlain, depth: depth + 1))
    case 6:
      return .conditional(
        make(&choices, isPlain: isPlain, depth: depth + 1),
        make(&choices, isPlain: isPlain, depth: depth + 1),
        make(&choices, isPlain: isPlain, depth: depth + 1))
    case 7:
      let count = choices.below(4)
      return .list((0..<count).map { _ in make(&choices, isPlain: isPlain, depth: depth + 1) })
    case 8:
      return .index(
        make(&choices, isPlain: isPlain, depth: depth + 1),
        make(&choices, isPlain: isPlain, depth: depth + 1))
    case 9: return .size(make(&choices, isPlain: isPlain, depth: depth + 1))
    default:
      let operation = choices.pick([
        "+", "-", "*", "/", "%", "==", "!=", "<", "<=", ">", ">=", "in", "&&", "||", "+", "&&",
      ])
      return .binary(
        operation, make(&choices, isPlain: isPlain, depth: depth + 1),
        make(&choices, isPlain: isPlain, depth: depth + 1))
    }
  }

  private static let others = [
    "self", "self.a", "root.b.c", "self[0]", "1.5", "2u", "'a'.matches('^a+$')", "b'\\x00\\xff'",
    "null", "has(self.a)", "self.?a", "timestamp('2020-01-01T00:00:00Z')", "duration('1.5s')",
    "{'a': 1, 'b': [2]}", "self.all(x, x == 1)", "self.map(x, x)", "[1, 2].exists(x, x > 1)",
    "type(self)", "dyn(1)", "'é👋'.charAt(1)", "string(self)", "double('1e400')", "int(1e300)",
    "lists.range(3)", "'%d %s'.format([1, 'a'])", "math.abs(-9223372036854775807)", "self.a.b",
    "9223372036854775807", "'é👋b'.substring(1)", "[3, 1, 2].sort()", "'a,b'.split(',')",
    "uint(-1)", "cel.bind(x, self, x)", "self.filter(x, x in [1])", "[1, [2]].flatten()",
    "sum(self)", "max(self.a)", "min([1, 2.5])", "totalBytes(self)", "'a'.replace('', 'b')",
    "[].first()", "duration('9223372036s')", "timestamp('9999-12-31T23:59:59Z')", "self['a']",
    "[1,2,3].slice(1, 9)", "'abc'.lastIndexOf('')", "base64.decode('YQ==')", "ip('1.2.3.4')",
    "sets.contains([1], [1.0])", "1e308", "-1e308", "0.0", "18446744073709551615u",
  ]

  /// How tightly an expression binds.
  private var level: Int {
    switch self {
    case .conditional: 0
    case .binary("||", _, _): 1
    case .binary("&&", _, _): 2
    case .binary(let operation, _, _):
      switch operation {
      case "+", "-": 4
      case "*", "/", "%": 5
      default: 3
      }
    case .negate, .not: 6
    case .integer(let value): value < 0 ? 6 : 8
    case .other(let text): text.hasPrefix("-") ? 6 : 8
    case .boolean, .string, .list, .index, .size: 8
    }
  }

  /// The expression with no more parentheses than it needs, or with all.
  func source(isExplicit: Bool) -> String {
    func part(_ expression: ReferenceExpression, _ level: Int) -> String {
      let text = expression.source(isExplicit: isExplicit)
      let isBare = expression.level >= (isExplicit ? 8 : level)
      return isBare ? text : "(\(text))"
    }
    switch self {
    case .integer(let value): return "\(value)"
    case .boolean(let value): return "\(value)"
    case .string(let value): return "'\(value)'"
    case .other(let text): return text
    case .negate(let operand): return "-" + part(operand, 7)
    case .not(let operand): return "!" + part(operand, 7)
    case .binary(let operation, let left, let right):
      return part(left, level) + " \(operation) " + part(right, level + 1)
    case .conditional(let condition, let first, let second):
      return part(condition, 1) + " ? " + part(first, 1) + " : " + part(second, 0)
    case .list(let items):
      return "[" + items.map { part($0, 0) }.joined(separator: ", ") + "]"
    case .index(let operand, let index): return part(operand, 8) + "[" + part(index, 0) + "]"
    case .size(let operand): return "size(" + part(operand, 0) + ")"
    }
  }
}
