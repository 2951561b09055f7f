import Documents

// Conversions between types, and size (cel-spec, "List of Standard Definitions").

extension CELEvaluator {
  mutating func size(
    _ value: CELValue, _ document: Document, _ symbols: SymbolTable
  ) throws(Fault) -> CELValue {
    if let count = value.elementCount(in: document) {
      if case .node = value { try charge(count) }
      return .integer(Int64(count))
    }
    if case .bytes(let bytes) = value { return .integer(Int64(bytes.count)) }
    guard let text = try readText(value, document, symbols) else { throw fault(.unsupported) }
    try charge(text.count / 10)
    return .integer(Int64(text.scalarCount))
  }

  mutating func int(
    _ value: CELValue, _ document: Document, _ symbols: SymbolTable
  ) throws(Fault) -> CELValue {
    switch try takeNumber(value, document) {
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
      guard let text = try takeText(value, document, symbols) else { throw fault(.unsupported) }
      try charge(text.count / 10)
      guard let result = Int64(String(decoding: text, as: UTF8.self)) else {
        throw fault(.conversion(.integer))
      }
      return .integer(result)
    }
  }

  mutating func uint(
    _ value: CELValue, _ document: Document, _ symbols: SymbolTable
  ) throws(Fault) -> CELValue {
    switch try takeNumber(value, document) {
    case .unsigned(let value): return .unsigned(value)
    case .integer(let value):
      guard let result = UInt64(exactly: value) else { throw fault(.overflow) }
      return .unsigned(result)
    case .double(let value):
      guard value > -1, value < 0x1p64 else { throw fault(.overflow) }
      return .unsigned(UInt64(value))
    default:
      guard let text = try takeText(value, document, symbols) else { throw fault(.unsupported) }
      try charge(text.count / 10)
      guard let result = UInt64(String(decoding: text, as: UTF8.self)) else {
        throw fault(.conversion(.unsigned))
      }
      return .unsigned(result)
    }
  }

  mutating func double(
    _ value: CELValue, _ document: Document, _ symbols: SymbolTable
  ) throws(Fault) -> CELValue {
    switch try takeNumber(value, document) {
    case .double(let value): return .double(value)
    case .integer(let value): return .double(Double(value))
    case .unsigned(let value): return .double(Double(value))
    default:
      guard let text = try takeText(value, document, symbols) else { throw fault(.unsupported) }
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
    _ value: CELValue, _ document: Document, _ symbols: SymbolTable
  ) throws(Fault) -> CELValue {
    switch value {
    case .string: return value
    case .node(let node) where document.kind(of: node) == .string: return value
    case .name: return value
    case .bytes(let bytes):
      try charge(bytes.count / 10)
      guard String(validating: bytes, as: UTF8.self) != nil else { throw fault(.invalid(.utf8)) }
      return .string(bytes)
    default: break
    }
    switch try takeNumber(value, document) {
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

  mutating func bytes(
    _ value: CELValue, _ document: Document, _ symbols: SymbolTable
  ) throws(Fault) -> CELValue {
    if case .bytes = value { return value }
    guard let text = try takeText(value, document, symbols) else { throw fault(.unsupported) }
    try charge(text.count / 10)
    return .bytes(Array(text))
  }

  mutating func bool(
    _ value: CELValue, _ document: Document, _ symbols: SymbolTable
  ) throws(Fault) -> CELValue {
    if let isTrue = value.truth(in: document) { return .boolean(isTrue) }
    guard let text = try takeText(value, document, symbols) else { throw fault(.unsupported) }
    switch String(decoding: text.prefix(6), as: UTF8.self) {
    case "1", "t", "T", "true", "TRUE", "True": return .boolean(true)
    case "0", "f", "F", "false", "FALSE", "False": return .boolean(false)
    default: throw fault(.conversion(.boolean))
    }
  }

  mutating func timestamp(
    _ value: CELValue, _ document: Document, _ symbols: SymbolTable
  ) throws(Fault) -> CELValue {
    switch try takeNumber(value, document) {
    case .timestamp: return value
    case .integer(let seconds):
      guard let time = CELTimestamp(seconds: seconds) else {
        throw fault(.invalid(.timestampRange))
      }
      return .timestamp(time)
    default:
      guard let text = try takeText(value, document, symbols) else { throw fault(.unsupported) }
      try charge(text.count / 10)
      guard let time = TimeText.timestamp(text) else { throw fault(.conversion(.timestamp)) }
      return .timestamp(time)
    }
  }

  mutating func duration(
    _ value: CELValue, _ document: Document, _ symbols: SymbolTable
  ) throws(Fault) -> CELValue {
    switch try takeNumber(value, document) {
    case .duration: return value
    case .integer(let seconds):
      let (span, overflows) = seconds.multipliedReportingOverflow(by: 1_000_000_000)
      if overflows { throw fault(.overflow) }
      return .duration(nanoseconds: span)
    default:
      guard let text = try takeText(value, document, symbols) else { throw fault(.unsupported) }
      try charge(text.count / 10)
      guard let span = TimeText.duration(text) else { throw fault(.conversion(.duration)) }
      return .duration(nanoseconds: span)
    }
  }
}

extension ArraySlice<UInt8> {
  /// How many code points the UTF-8 bytes make.
  var scalarCount: Int {
    var count = 0
    for byte in self where byte & 0xC0 != 0x80 { count += 1 }
    return count
  }
}
