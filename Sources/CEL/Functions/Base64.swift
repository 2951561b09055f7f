import Documents

// The encoders extension (RFC 4648, section 4).

extension CELFunction {
  static let base64Encode = CELFunction(
    "base64.encode", "The bytes in base64.",
    [.global([.bytes], .string)],
    cases: ["base64.encode(b'hello') == 'aGVsbG8='", "base64.encode(b'') == ''"]
  ) { evaluator, arguments, _, _ throws(Fault) in
    guard case .bytes(let bytes) = arguments.first else { throw evaluator.fault(.unsupported) }
    try evaluator.charge(bytes.count / 7)
    return .string(Base64.encoded(bytes))
  }

  static let base64Decode = CELFunction(
    "base64.decode", "The bytes of a string in base64.",
    [.global([.string], .bytes)],
    cases: ["base64.decode('aGVsbG8=') == b'hello'", "base64.decode('aGVsbG8') == b'hello'"]
  ) { evaluator, arguments, document, symbols throws(Fault) in
    let text = try evaluator.subject(arguments, document, symbols)
    guard let bytes = Base64.decoded(text) else { throw evaluator.fault(.invalid(.base64)) }
    return .bytes(bytes)
  }
}

enum Base64 {
  private static let alphabet = Array(
    "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/".utf8)

  static func encoded(_ bytes: [UInt8]) -> [UInt8] {
    var result: [UInt8] = []
    result.reserveCapacity((bytes.count + 2) / 3 * 4)
    var index = 0
    while index < bytes.count {
      let rest = bytes[index..<min(index + 3, bytes.count)]
      var group: UInt32 = 0
      for byte in rest { group = group << 8 | UInt32(byte) }
      group <<= UInt32(8 * (3 - rest.count))
      for position in 0..<4 {
        let digit = Int(group >> UInt32(18 - 6 * position)) & 0x3F
        result.append(position <= rest.count ? alphabet[digit] : UInt8(ascii: "="))
      }
      index += 3
    }
    return result
  }

  /// The bytes of a text with or without its padding; nil where it is not base64.
  static func decoded(_ text: ArraySlice<UInt8>) -> [UInt8]? {
    var digits = text
    if text.count % 4 == 0 {
      for _ in 0..<2 where digits.last == UInt8(ascii: "=") { digits.removeLast() }
    }
    guard digits.count % 4 != 1 else { return nil }
    var result: [UInt8] = []
    result.reserveCapacity(digits.count / 4 * 3 + 2)
    var group: UInt32 = 0
    var bits: UInt32 = 0
    for byte in digits {
      guard let value = value(of: byte) else { return nil }
      group = group << 6 | value
      bits += 6
      if bits >= 8 {
        bits -= 8
        result.append(UInt8(truncatingIfNeeded: group >> bits))
        group &= 1 << bits - 1
      }
    }
    return group == 0 ? result : nil
  }

  private static func value(of byte: UInt8) -> UInt32? {
    switch byte {
    case UInt8(ascii: "A")...UInt8(ascii: "Z"): UInt32(byte - UInt8(ascii: "A"))
    case UInt8(ascii: "a")...UInt8(ascii: "z"): UInt32(byte - UInt8(ascii: "a")) + 26
    case UInt8(ascii: "0")...UInt8(ascii: "9"): UInt32(byte - UInt8(ascii: "0")) + 52
    case UInt8(ascii: "+"): 62
    case UInt8(ascii: "/"): 63
    default: nil
    }
  }
}
