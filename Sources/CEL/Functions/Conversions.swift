import Documents

// Conversions between types (cel-spec, "List of Standard Definitions").

extension CELFunction {
  static let int = CELFunction(
    "int", "The value as a 64-bit integer; a fraction is cut off, a time is in seconds.",
    foreignNames: ForeignNames("parseInt", "toInt", "integer", use: "int(x)"),
    CELOverload.globals([.integer, .unsigned, .double, .string, .timestamp], .integer),
    cases: [
      "int(1) == 1",
      "int(2u) == 2",
      "int(-1.9) == -1",
      "int('-12') == -12",
      "int(timestamp('1970-01-01T00:01:00Z')) == 60",
    ]
  ) { evaluator, arguments, request, symbols throws(Fault) in
    try evaluator.int(arguments.first, request, symbols)
  }

  static let uint = CELFunction(
    "uint", "The value as an unsigned 64-bit integer; a fraction is cut off.",
    CELOverload.globals([.unsigned, .integer, .double, .string], .unsigned),
    cases: [
      "uint(1u) == 1u",
      "uint(2) == 2u",
      "uint(2.9) == 2u",
      "uint('12') == 12u",
    ]
  ) { evaluator, arguments, request, symbols throws(Fault) in
    try evaluator.uint(arguments.first, request, symbols)
  }

  static let double = CELFunction(
    "double", "The value as a double.",
    foreignNames: ForeignNames("parseFloat", "toFloat", "float", "number", use: "double(x)"),
    CELOverload.globals([.double, .integer, .unsigned, .string], .double),
    cases: [
      "double(1.5) == 1.5",
      "double(2) / 4.0 == 0.5",
      "double(2u) / 4.0 == 0.5",
      "double('1e-1') == 0.1",
    ]
  ) { evaluator, arguments, request, symbols throws(Fault) in
    try evaluator.double(arguments.first, request, symbols)
  }

  static let string = CELFunction(
    "string", "The value as a string.",
    foreignNames: ForeignNames("str", "toString", use: "string(x)"),
    CELOverload.globals(
      [
        .string, .boolean, .integer, .unsigned, .double, .bytes, .timestamp, .duration, .address,
        .network,
      ], .string),
    cases: [
      "string('a') == 'a'",
      "string(true) == 'true'",
      "string(-1) == '-1'",
      "string(2u) == '2'",
      "string(1.5) == '1.5'",
      "string(b'a') == 'a'",
      "string(timestamp('2024-02-29T12:00:00Z')) == '2024-02-29T12:00:00Z'",
      "string(duration('1m')) == '60s'",
      "string(ip('0::1')) == '::1'",
      "string(cidr('10.0.0.0/8')) == '10.0.0.0/8'",
    ]
  ) { evaluator, arguments, request, symbols throws(Fault) in
    try evaluator.string(arguments.first, request, symbols)
  }

  static let bytes = CELFunction(
    "bytes", "The UTF-8 bytes of the string.",
    CELOverload.globals([.bytes, .string], .bytes),
    cases: [
      "bytes(b'a') == b'a'",
      "bytes('é').size() == 2",
    ]
  ) { evaluator, arguments, request, symbols throws(Fault) in
    try evaluator.bytes(arguments.first, request, symbols)
  }

  static let bool = CELFunction(
    "bool", "The value as a boolean.",
    CELOverload.globals([.boolean, .string], .boolean),
    cases: [
      "bool(true)",
      "bool('true')",
      "!bool('f')",
    ]
  ) { evaluator, arguments, request, symbols throws(Fault) in
    try evaluator.bool(arguments.first, request, symbols)
  }

  static let timestamp = CELFunction(
    "timestamp", "The time of an RFC 3339 string, or of a number of seconds since 1970.",
    CELOverload.globals([.string, .integer, .timestamp], .timestamp),
    cases: [
      "timestamp('1970-01-01T00:01:00Z') == timestamp(60)",
      "timestamp(timestamp(0)) == timestamp(0)",
    ]
  ) { evaluator, arguments, request, symbols throws(Fault) in
    try evaluator.timestamp(arguments.first, request, symbols)
  }

  static let duration = CELFunction(
    "duration", "The duration of a string such as '1h30m', or of a number of seconds.",
    CELOverload.globals([.string, .integer, .duration], .duration),
    cases: [
      "duration('1h30m') == duration(5400)",
      "duration(duration('1s')) == duration(1)",
    ]
  ) { evaluator, arguments, request, symbols throws(Fault) in
    try evaluator.duration(arguments.first, request, symbols)
  }
}

extension CELEvaluator {
  fileprivate mutating func int(
    _ value: CELValue, _ request: Request, _ symbols: SymbolTable
  ) throws(Fault) -> CELValue {
    switch try takeNumber(value, request) {
    case .integer(let value): return .integer(value)
    case .unsigned(let value):
      guard let result = Int64(exactly: value) else { throw fault(.overflow) }
      return .integer(result)
    case .double(let value):
      // The bounds themselves are refused, since doubles there stand for whole ranges.
      guard value > -0x1p63, value < 0x1p63 else { throw fault(.overflow) }
      return .integer(Int64(value))
    case .timestamp(let time): return .integer(time.seconds)
    case .duration(let span): return .integer(span / 1_000_000_000)
    default:
      guard let text = try takeText(value, request, symbols) else { throw fault(.unsupported) }
      try charge(text.count / 10)
      guard let result = Int64(String(decoding: text, as: UTF8.self)) else {
        throw fault(.conversion(.integer))
      }
      return .integer(result)
    }
  }

  fileprivate mutating func uint(
    _ value: CELValue, _ request: Request, _ symbols: SymbolTable
  ) throws(Fault) -> CELValue {
    switch try takeNumber(value, request) {
    case .unsigned(let value): return .unsigned(value)
    case .integer(let value):
      guard let result = UInt64(exactly: value) else { throw fault(.overflow) }
      return .unsigned(result)
    case .double(let value):
      guard value > -1, value < 0x1p64 else { throw fault(.overflow) }
      return .unsigned(UInt64(value))
    default:
      guard let text = try takeText(value, request, symbols) else { throw fault(.unsupported) }
      try charge(text.count / 10)
      guard let result = UInt64(String(decoding: text, as: UTF8.self)) else {
        throw fault(.conversion(.unsigned))
      }
      return .unsigned(result)
    }
  }

  fileprivate mutating func double(
    _ value: CELValue, _ request: Request, _ symbols: SymbolTable
  ) throws(Fault) -> CELValue {
    switch try takeNumber(value, request) {
    case .double(let value): return .double(value)
    case .integer(let value): return .double(Double(value))
    case .unsigned(let value): return .double(Double(value))
    default:
      guard let text = try takeText(value, request, symbols) else { throw fault(.unsupported) }
      try charge(text.count / 10)
      guard let result = Self.double(text) else { throw fault(.conversion(.double)) }
      return .double(result)
    }
  }

  /// The number that a text writes in decimal, or by one of the names of what is no number.
  private static func double(_ text: ArraySlice<UInt8>) -> Double? {
    let string = String(decoding: text, as: UTF8.self)
    switch string {
    case "NaN", "nan": return .nan
    case "Infinity", "+Infinity", "Inf", "+Inf", "inf", "+inf", "infinity", "+infinity":
      return .infinity
    case "-Infinity", "-Inf", "-inf", "-infinity": return -.infinity
    default:
      for byte in text {
        switch byte {
        case UInt8(ascii: "0")...UInt8(ascii: "9"), UInt8(ascii: "+"), UInt8(ascii: "-"),
          UInt8(ascii: "."), UInt8(ascii: "e"), UInt8(ascii: "E"):
          break
        default: return nil
        }
      }
      // Swift's reading decides what a number is; its value is the nearest, however long it is.
      guard Double(string) != nil else { return nil }
      let value = ExactNumber(text).double
      guard value.isFinite else { return nil }
      return value == 0 && text.first == UInt8(ascii: "-") ? -0.0 : value
    }
  }

  mutating func string(
    _ value: CELValue, _ request: Request, _ symbols: SymbolTable
  ) throws(Fault) -> CELValue {
    switch value {
    case .string: return value
    case .node(let node) where request.kind(of: node) == .string: return value
    case .name: return value
    case .bytes(let bytes):
      try charge(bytes.count / 10)
      guard String(validating: bytes, as: UTF8.self) != nil else { throw fault(.invalid(.utf8)) }
      return .string(bytes)
    default: break
    }
    switch try takeNumber(value, request) {
    case .boolean(let value): return CELValue(value ? "true" : "false")
    case .integer(let value): return CELValue(String(value))
    case .unsigned(let value): return CELValue(String(value))
    case .double(let value): return CELValue(NumberText.shortest(value))
    case .timestamp(let time): return CELValue(TimeText.text(of: time))
    case .duration(let span): return CELValue(TimeText.text(ofDuration: span))
    case .address(let address): return CELValue(AddressText.text(of: address))
    case .network(let network): return CELValue(AddressText.text(ofNetwork: network))
    default: throw fault(.conversion(.string))
    }
  }

  fileprivate mutating func bytes(
    _ value: CELValue, _ request: Request, _ symbols: SymbolTable
  ) throws(Fault) -> CELValue {
    if case .bytes = value { return value }
    guard let text = try takeText(value, request, symbols) else { throw fault(.unsupported) }
    try charge(text.count / 10)
    return .bytes(Array(text))
  }

  fileprivate mutating func bool(
    _ value: CELValue, _ request: Request, _ symbols: SymbolTable
  ) throws(Fault) -> CELValue {
    if let isTrue = value.truth(in: request) { return .boolean(isTrue) }
    guard let text = try takeText(value, request, symbols) else { throw fault(.unsupported) }
    switch String(decoding: text.prefix(6), as: UTF8.self) {
    case "1", "t", "T", "true", "TRUE", "True": return .boolean(true)
    case "0", "f", "F", "false", "FALSE", "False": return .boolean(false)
    default: throw fault(.conversion(.boolean))
    }
  }

  fileprivate mutating func timestamp(
    _ value: CELValue, _ request: Request, _ symbols: SymbolTable
  ) throws(Fault) -> CELValue {
    switch try takeNumber(value, request) {
    case .timestamp: return value
    case .integer(let seconds):
      guard let time = CELTimestamp(seconds: seconds) else {
        throw fault(.invalid(.timestampRange))
      }
      return .timestamp(time)
    default:
      guard let text = try takeText(value, request, symbols) else { throw fault(.unsupported) }
      try charge(text.count / 10)
      guard let time = TimeText.timestamp(text) else { throw fault(.conversion(.timestamp)) }
      return .timestamp(time)
    }
  }

  fileprivate mutating func duration(
    _ value: CELValue, _ request: Request, _ symbols: SymbolTable
  ) throws(Fault) -> CELValue {
    switch try takeNumber(value, request) {
    case .duration: return value
    case .integer(let seconds):
      let (span, overflows) = seconds.multipliedReportingOverflow(by: 1_000_000_000)
      if overflows { throw fault(.overflow) }
      return .duration(nanoseconds: span)
    default:
      guard let text = try takeText(value, request, symbols) else { throw fault(.unsupported) }
      try charge(text.count / 10)
      guard let span = TimeText.duration(text) else { throw fault(.conversion(.duration)) }
      return .duration(nanoseconds: span)
    }
  }
}
