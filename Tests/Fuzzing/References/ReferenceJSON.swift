/// JSON by the grammar of RFC 8259, rule by rule: the reference for both readers.
struct ReferenceJSON {
  private let bytes: [UInt8]
  private var index = 0
  private let depthLimit: Int

  /// The value of a text, or nil where it is not well formed or nests too deep.
  static func parse(_ text: [UInt8], depthLimit: Int = 512) -> Value? {
    guard isUTF8(text) else { return nil }
    var parser = ReferenceJSON(bytes: text, depthLimit: depthLimit)
    if text.starts(with: [0xEF, 0xBB, 0xBF]) { parser.index = 3 }
    guard let value = parser.value(depth: 0), parser.index == text.count else { return nil }
    return value
  }

  private init(bytes: [UInt8], depthLimit: Int) {
    self.bytes = bytes
    self.depthLimit = depthLimit
  }

  /// Whether bytes are UTF-8.
  static func isUTF8(_ bytes: [UInt8]) -> Bool {
    var decoder = UTF8()
    var iterator = bytes.makeIterator()
    while true {
      switch decoder.decode(&iterator) {
      case .scalarValue: continue
      case .emptyInput: return true
      case .error: return false
      }
    }
  }

  private var next: UInt8? { index < bytes.count ? bytes[index] : nil }

  private mutating func take(_ byte: Character) -> Bool {
    guard next == byte.asciiValue else { return false }
    index += 1
    return true
  }

  private mutating func skipBlank() {
    while let byte = next, [0x20, 0x09, 0x0A, 0x0D].contains(byte) { index += 1 }
  }

  private mutating func value(depth: Int) -> Value? {
    skipBlank()
    defer { skipBlank() }
    switch next {
    case UInt8(ascii: "{"): return depth < depthLimit ? object(depth: depth) : nil
    case UInt8(ascii: "["): return depth < depthLimit ? array(depth: depth) : nil
    case UInt8(ascii: "\""): return string().map { .string($0) }
    case UInt8(ascii: "t"): return word("true") ? .boolean(true) : nil
    case UInt8(ascii: "f"): return word("false") ? .boolean(false) : nil
    case UInt8(ascii: "n"): return word("null") ? .null : nil
    default: return number()
    }
  }

  private mutating func word(_ word: String) -> Bool {
    guard bytes[index...].starts(with: Array(word.utf8)) else { return false }
    index += word.utf8.count
    return true
  }

  private mutating func array(depth: Int) -> Value? {
    index += 1
    skipBlank()
    if take("]") { return .array([]) }
    var elements: [Value] = []
    repeat {
      guard let element = value(depth: depth + 1) else { return nil }
      elements.append(element)
    } while take(",")
    return take("]") ? .array(elements) : nil
  }

  private mutating func object(depth: Int) -> Value? {
    index += 1
    skipBlank()
    if take("}") { return .object([Value.Member]()) }
    var members: [Value.Member] = []
    repeat {
      skipBlank()
      guard next == UInt8(ascii: "\""), let name = string() else { return nil }
      skipBlank()
      guard take(":"), let value = value(depth: depth + 1) else { return nil }
      members.append(Value.Member(name: name, value: value))
    } while take(",")
    return take("}") ? .object(members) : nil
  }

  private mutating func digits() -> Bool {
    let start = index
    while let byte = next, (0x30...0x39).contains(byte) { index += 1 }
    return index > start
  }

  private mutating func number() -> Value? {
    let start = index
    _ = take("-")
    if !take("0") {
      guard digits() else { return nil }
    }
    if take(".") {
      guard digits() else { return nil }
    }
    if take("e") || take("E") {
      if !take("+") { _ = take("-") }
      guard digits() else { return nil }
    }
    return .number(String(decoding: bytes[start..<index], as: UTF8.self))
  }

  private mutating func string() -> [UInt8]? {
    index += 1
    var units: [UInt8] = []
    while let byte = next {
      index += 1
      switch byte {
      case UInt8(ascii: "\""): return units
      case 0..<0x20: return nil
      case UInt8(ascii: "\\"):
        guard let scalar = escape() else { return nil }
        units += Array(String(scalar).utf8)
      default: units.append(byte)
      }
    }
    return nil
  }

  private mutating func escape() -> Unicode.Scalar? {
    guard let byte = next else { return nil }
    index += 1
    switch Unicode.Scalar(byte) {
    case "\"": return "\""
    case "\\": return "\\"
    case "/": return "/"
    case "b": return "\u{8}"
    case "f": return "\u{C}"
    case "n": return "\n"
    case "r": return "\r"
    case "t": return "\t"
    case "u":
      guard let unit = unit() else { return nil }
      guard (0xD800..<0xE000).contains(unit) else { return Unicode.Scalar(unit) }
      guard unit < 0xDC00, take("\\"), take("u"), let low = self.unit(),
        (0xDC00..<0xE000).contains(low)
      else { return nil }
      return Unicode.Scalar(0x10000 + (unit - 0xD800) << 10 + (low - 0xDC00))
    default: return nil
    }
  }

  private mutating func unit() -> UInt32? {
    var unit: UInt32 = 0
    for _ in 0..<4 {
      guard let byte = next, let digit = Character(Unicode.Scalar(byte)).hexDigitValue, byte < 0x80
      else { return nil }
      index += 1
      unit = unit * 16 + UInt32(digit)
    }
    return unit
  }
}
