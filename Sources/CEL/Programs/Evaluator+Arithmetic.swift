import Documents
import SourceText

// Arithmetic. Overflow of integers is a fault (cel-spec, "Overflow"). Numbers of different types are
// added and so on as doubles, since a request may have 10 where another has 10.5; what an expression
// writes out itself is held to one type when it is compiled.

extension CELEvaluator {
  /// The value with its number read, which counts as content of the result.
  mutating func takeNumber(
    _ value: CELValue, _ request: Request
  ) throws(Fault) -> CELValue {
    guard case .node(let node) = value else { return value }
    let read = try read(value, request)
    if recordsTouched {
      if case .node = read { return read }
      touched.append(node)
    }
    return read
  }

  /// The value with a null, boolean or number of the document read; a long number costs its length.
  mutating func read(_ value: CELValue, _ request: Request) throws(Fault) -> CELValue {
    guard case .node(let node) = value else { return value }
    if request.kind(of: node) == .number {
      let length = request.range(of: node).count
      if length > 24 { try charge(length / 8) }
    }
    return value.read(in: request)
  }

  /// The text of a string; one that must be decoded costs its length.
  mutating func readText(
    _ value: CELValue, _ request: Request, _ symbols: SymbolTable
  ) throws(Fault) -> ArraySlice<UInt8>? {
    if case .node(let node) = value, request.kind(of: node) == .string,
      !request.isVerbatim(node)
    {
      try charge(request.range(of: node).count / 16)
    }
    return value.text(in: request, symbols)
  }

  /// The text of a string whose content goes into a new value.
  mutating func takeText(
    _ value: CELValue, _ request: Request, _ symbols: SymbolTable
  ) throws(Fault) -> ArraySlice<UInt8>? {
    let text = try readText(value, request, symbols)
    if recordsTouched, text != nil {
      switch value {
      case .node(let node), .name(let node): touched.append(node)
      default: break
      }
    }
    return text
  }

  mutating func negated(
    _ operand: CELValue, _ request: Request
  ) throws(Fault) -> CELValue {
    switch try takeNumber(operand, request) {
    case .integer(let value):
      let (result, overflows) = (0 as Int64).subtractingReportingOverflow(value)
      if overflows { throw fault(.overflow) }
      return .integer(result)
    case .double(let value): return .double(-value)
    case .duration(let value):
      let (result, overflows) = (0 as Int64).subtractingReportingOverflow(value)
      if overflows { throw fault(.overflow) }
      return .duration(nanoseconds: result)
    default: throw fault(.unsupported)
    }
  }

  mutating func arithmetic(
    _ operation: BinaryOperator, _ left: CELValue, _ right: CELValue, _ request: Request,
    _ symbols: SymbolTable
  ) throws(Fault) -> CELValue {
    let isOfRequest = left.isNode || right.isNode
    let left = try takeNumber(left, request)
    let right = try takeNumber(right, request)
    switch (left, right) {
    case (.integer(let left), .integer(let right)):
      return .integer(try integer(operation, left, right))
    case (.unsigned(let left), .unsigned(let right)):
      return .unsigned(try integer(operation, left, right))
    case (.double(let left), .double(let right)):
      // A request may have 10 where another has 10.5; between doubles of one's own, CEL has no '%'.
      if operation == .remainder, !isOfRequest { throw fault(.mismatch(.double, .double)) }
      return .double(try double(operation, left, right))
    case (.integer(let left), .double(let right)):
      return .double(try double(operation, Double(left), right))
    case (.double(let left), .integer(let right)):
      return .double(try double(operation, left, Double(right)))
    case (.unsigned(let left), .double(let right)):
      return .double(try double(operation, Double(left), right))
    case (.double(let left), .unsigned(let right)):
      return .double(try double(operation, left, Double(right)))
    case (.duration(let left), .duration(let right)):
      guard operation == .add || operation == .subtract else {
        throw fault(.mismatch(.duration, .duration))
      }
      return .duration(nanoseconds: try integer(operation, left, right))
    case (.timestamp(let time), .duration(let span)):
      switch operation {
      case .add: return try shifted(time, by: span)
      case .subtract: return try shifted(time, by: try integer(.subtract, 0, span))
      default: throw fault(.unsupported)
      }
    case (.duration(let span), .timestamp(let time)) where operation == .add:
      return try shifted(time, by: span)
    case (.timestamp(let left), .timestamp(let right)) where operation == .subtract:
      guard let span = left.nanoseconds(since: right) else { throw fault(.overflow) }
      return .duration(nanoseconds: span)
    default:
      guard operation == .add else {
        throw fault(.mismatch(left.kind(in: request), right.kind(in: request)))
      }
      return try concatenated(left, right, request, symbols)
    }
  }

  private func shifted(_ time: CELTimestamp, by span: Int64) throws(Fault) -> CELValue {
    guard let result = time.adding(nanoseconds: span) else {
      throw fault(.invalid(.timestampRange))
    }
    return .timestamp(result)
  }

  func integer<T: FixedWidthInteger>(
    _ operation: BinaryOperator, _ left: T, _ right: T
  ) throws(Fault) -> T {
    let result: (partialValue: T, overflow: Bool)
    switch operation {
    case .add: result = left.addingReportingOverflow(right)
    case .subtract: result = left.subtractingReportingOverflow(right)
    case .multiply: result = left.multipliedReportingOverflow(by: right)
    case .divide:
      if right == 0 { throw fault(.divisionByZero) }
      result = left.dividedReportingOverflow(by: right)
    case .remainder:
      if right == 0 { throw fault(.divisionByZero) }
      result = left.remainderReportingOverflow(dividingBy: right)
    case .equal, .notEqual, .less, .lessOrEqual, .greater, .greaterOrEqual, .contains:
      throw fault(.unsupported)
    }
    if result.overflow { throw fault(.overflow) }
    return result.partialValue
  }

  private func double(
    _ operation: BinaryOperator, _ left: Double, _ right: Double
  ) throws(Fault) -> Double {
    switch operation {
    case .add: return left + right
    case .subtract: return left - right
    case .multiply: return left * right
    case .divide: return left / right
    case .remainder: return left.truncatingRemainder(dividingBy: right)
    case .equal, .notEqual, .less, .lessOrEqual, .greater, .greaterOrEqual,
      .contains:
      throw fault(.unsupported)
    }
  }

  private mutating func concatenated(
    _ left: CELValue, _ right: CELValue, _ request: Request, _ symbols: SymbolTable
  ) throws(Fault) -> CELValue {
    if case .bytes(let left) = left, case .bytes(let right) = right {
      try charge((left.count + right.count) / 10)
      return .bytes(left + right)
    }
    if let first = try takeText(left, request, symbols) {
      guard let second = try takeText(right, request, symbols) else {
        throw fault(.mismatch(.string, right.kind(in: request)))
      }
      try charge((first.count + second.count) / 10)
      return .string(Array(first + second))
    }
    guard let first = try elements(of: left, request),
      let second = try elements(of: right, request)
    else { throw fault(.mismatch(left.kind(in: request), right.kind(in: request))) }
    return try limited(.list(CELList(first + second)))
  }

  /// The elements of a list as an array, charged for; nil for any other value.
  mutating func elements(
    of value: CELValue, _ request: Request
  ) throws(Fault) -> [CELValue]? {
    if case .list(let list) = value {
      try charge(list.elements.count)
      return list.elements
    }
    guard var cursor = ListCursor(value, in: request) else { return nil }
    try charge(4 * (value.elementCount(in: request) ?? 0))
    var elements: [CELValue] = []
    while let element = cursor.next(in: request) { elements.append(element) }
    return elements
  }
}
