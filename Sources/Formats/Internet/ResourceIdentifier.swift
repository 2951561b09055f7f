import SourceText

/// URIs (RFC 3986, appendix A) and IRIs (RFC 3987, section 2.2), and references to them.
enum ResourceIdentifier {
  static func check(
    _ text: Span<UInt8>, isInternational: Bool, isReference: Bool
  ) throws(FormatFault) {
    var index = try schemeEnd(text, isReference: isReference)
    if text.has("/", at: index), text.has("/", at: index + 1) {
      index += 2
      try takeAuthority(text, at: &index, isInternational: isInternational)
    }
    try take(Characters.path, text, at: &index, isInternational: isInternational)
    if text.take("?", at: &index) {
      try take(
        Characters.query, text, at: &index, isInternational: isInternational,
        allowsPrivate: true)
    }
    if text.take("#", at: &index) {
      try take(Characters.query, text, at: &index, isInternational: isInternational)
    }
    try expectEnd(text, at: index, isInternational: isInternational)
  }

  /// The characters of each part, beside `%` and those beyond ASCII.
  private enum Characters {
    static let scheme = ByteSet.lettersAndDigits.union(ByteSet("+-."))
    static let unreserved = ByteSet.lettersAndDigits.union(ByteSet("-._~"))
    /// `unreserved / sub-delims`: a registered name.
    static let name = unreserved.union(ByteSet("!$&'()*+,;="))
    /// Those of a name, and `:`.
    static let user = name.union(ByteSet(":"))
    /// `pchar`, and `/` between segments.
    static let path = user.union(ByteSet("@/"))
    /// `pchar`, `/` and `?`; of a fragment too.
    static let query = path.union(ByteSet("?"))
  }

  /// The offset after the scheme and its colon; 0 where a reference has none.
  private static func schemeEnd(
    _ text: Span<UInt8>, isReference: Bool
  ) throws(FormatFault) -> Int {
    var index = 0
    while let byte = text.byte(at: index), Characters.scheme.contains(byte) { index += 1 }
    let startsWithLetter = text.byte(at: 0)?.isLetter ?? false
    if text.has(":", at: index), startsWithLetter { return index + 1 }
    guard isReference else {
      if index > 0, !startsWithLetter {
        throw FormatFault(at: 0, "scheme must start with a letter")
      }
      throw FormatFault(
        at: index,
        index > 0
          ? "expected ':' after the scheme"
          : "expected a scheme, such as 'https:', at the start")
    }
    // RFC 3986, section 4.2: the first segment of a relative path has no colon.
    scan: while let byte = text.byte(at: index) {
      switch byte {
      case UInt8(ascii: ":"):
        throw FormatFault(
          at: index, "missing scheme before ':'; write './' before a path with ':'")
      case UInt8(ascii: "/"), UInt8(ascii: "?"), UInt8(ascii: "#"): break scan
      default:
        // What no segment may hold is a fault of its own.
        guard byte >= 0x80 || byte == UInt8(ascii: "%") || Characters.path.contains(byte) else {
          break scan
        }
        index += 1
      }
    }
    return 0
  }

  /// RFC 3986, section 3.2.
  private static func takeAuthority(
    _ text: Span<UInt8>, at index: inout Int, isInternational: Bool
  ) throws(FormatFault) {
    var end = index
    var userEnd: Int?
    scan: while let byte = text.byte(at: end) {
      switch byte {
      case UInt8(ascii: "/"), UInt8(ascii: "?"), UInt8(ascii: "#"): break scan
      case UInt8(ascii: "@") where userEnd == nil: userEnd = end
      default: break
      }
      end += 1
    }
    if let userEnd {
      try take(Characters.user, text, at: &index, isInternational: isInternational)
      guard index == userEnd else {
        throw FormatFault(
          at: index, "character must be percent-encoded in the user information")
      }
      index += 1
    }
    if text.has("[", at: index) {
      try takeLiteral(text, at: &index, end: end)
    } else {
      try take(Characters.name, text, at: &index, isInternational: isInternational)
    }
    if text.take(":", at: &index) {
      while let byte = text.byte(at: index), byte.isDigit { index += 1 }
      guard index == end else {
        throw FormatFault(at: index, "expected only digits of the port after ':'")
      }
    }
    guard index == end else {
      if text.has("@", at: index) {
        throw FormatFault(at: index, "second '@' before the host; write '%40'")
      }
      return try expectEnd(text, at: index, isInternational: isInternational)
    }
  }

  /// `IP-literal` (RFC 3986, section 3.2.2); `[` is at the index.
  private static func takeLiteral(
    _ text: Span<UInt8>, at index: inout Int, end: Int
  ) throws(FormatFault) {
    let start = index + 1
    var close = start
    while close < end, !text.has("]", at: close) { close += 1 }
    guard close < end else {
      throw FormatFault(at: close, "expected ']' after the address")
    }
    if text.has("v", at: start) || text.has("V", at: start) {
      index = start + 1
      while let byte = text.byte(at: index), byte.isHexadecimalDigit { index += 1 }
      guard index > start + 1 else {
        throw FormatFault(at: index, "expected the hexadecimal version of the address after 'v'")
      }
      guard text.take(".", at: &index) else {
        throw FormatFault(at: index, "expected '.' after the version of the address")
      }
      let address = index
      while let byte = text.byte(at: index), Characters.user.contains(byte) { index += 1 }
      guard index == close, index > address else {
        throw FormatFault(at: index, "expected the address, up to ']'")
      }
    } else {
      try IPAddress.checkVersion6(text, in: start..<close)
    }
    index = close + 1
    guard index == end || text.has(":", at: index) else {
      throw FormatFault(at: index, "expected ':' and the port, or the path, after ']'")
    }
  }

  /// Steps over characters of a set, percent-encodings and, in an IRI, what goes beyond ASCII.
  private static func take(
    _ set: ByteSet, _ text: Span<UInt8>, at index: inout Int, isInternational: Bool,
    allowsPrivate: Bool = false
  ) throws(FormatFault) {
    while let byte = text.byte(at: index) {
      if set.contains(byte) {
        index += 1
      } else if byte == UInt8(ascii: "%") {
        try text.takePercentEncoding(at: &index)
      } else if byte >= 0x80, isInternational {
        let (scalar, length) = try text.scalar(at: index)
        guard isInternational, scalar.isIRICharacter || allowsPrivate && scalar.isIRIPrivate else {
          return
        }
        index += length
      } else {
        return
      }
    }
  }

  private static func expectEnd(
    _ text: Span<UInt8>, at index: Int, isInternational: Bool
  ) throws(FormatFault) {
    guard let byte = text.byte(at: index) else { return }
    let message =
      switch byte {
      case UInt8(ascii: "\\"): "backslash is not allowed; write '/' or '%5C'"
      case UInt8(ascii: " "): "space is not allowed; write '%20'"
      case UInt8(ascii: "#"): "second '#' is not allowed; write '%23'"
      case UInt8(ascii: "["), UInt8(ascii: "]"):
        "brackets are only allowed around the address of a host"
      case 0x80... where !isInternational: "non-ASCII character must be percent-encoded"
      default: "character must be percent-encoded"
      }
    throw FormatFault(at: index, message)
  }
}

extension Unicode.Scalar {
  /// `ucschar` (RFC 3987, section 2.2).
  var isIRICharacter: Bool {
    switch value {
    case 0xA0...0xD7FF, 0xF900...0xFDCF, 0xFDF0...0xFFEF: true
    case 0x10000...0xDFFFF: value & 0xFFFF <= 0xFFFD
    case 0xE1000...0xEFFFD: true
    default: false
    }
  }

  /// `iprivate` (RFC 3987, section 2.2).
  var isIRIPrivate: Bool {
    switch value {
    case 0xE000...0xF8FF, 0xF0000...0xFFFFD, 0x100000...0x10FFFD: true
    default: false
    }
  }
}
