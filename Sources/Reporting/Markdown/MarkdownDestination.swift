/// The part of a link in parentheses: an address and, if it has one, a title.
enum MarkdownDestination {
  /// How deep parentheses of an address may nest.
  private static let nestingLimit = 32

  /// Reads `(address "title")` at an index; nil where nothing of this form is.
  static func read(_ bytes: [UInt8], at start: Int) -> (address: String, end: Int)? {
    guard start < bytes.count, bytes[start] == UInt8(ascii: "(") else { return nil }
    var index = skipBlanks(bytes, from: start + 1)
    guard let address = address(bytes, from: &index) else { return nil }
    let next = skipBlanks(bytes, from: index)
    if next > index, next < bytes.count, let end = title(bytes, at: next) {
      index = skipBlanks(bytes, from: end)
    } else {
      index = next
    }
    guard index < bytes.count, bytes[index] == UInt8(ascii: ")") else { return nil }
    return (MarkdownReference.resolved(bytes[address]), index + 1)
  }

  private static func skipBlanks(_ bytes: [UInt8], from start: Int) -> Int {
    var index = start
    while index < bytes.count, bytes[index].isMarkdownBlank || bytes[index] == UInt8(ascii: "\n") {
      index += 1
    }
    return index
  }

  private static func address(_ bytes: [UInt8], from index: inout Int) -> Range<Int>? {
    let start = index
    if index < bytes.count, bytes[index] == UInt8(ascii: "<") {
      index += 1
      while index < bytes.count {
        switch bytes[index] {
        case UInt8(ascii: ">"):
          defer { index += 1 }
          return (start + 1)..<index
        case UInt8(ascii: "<"), UInt8(ascii: "\n"): return nil
        case UInt8(ascii: "\\"): index += 2
        default: index += 1
        }
      }
      return nil
    }
    var nesting = 0
    while index < bytes.count, bytes[index] > 0x20, bytes[index] != 0x7F {
      switch bytes[index] {
      case UInt8(ascii: "("):
        nesting += 1
        if nesting > nestingLimit { return nil }
      case UInt8(ascii: ")"):
        if nesting == 0 { return start..<index }
        nesting -= 1
      case UInt8(ascii: "\\")
      where index + 1 < bytes.count && bytes[index + 1].isMarkdownPunctuation:
        index += 1
      default: break
      }
      index += 1
    }
    return nesting == 0 ? start..<index : nil
  }

  /// The end of a title at an index.
  private static func title(_ bytes: [UInt8], at start: Int) -> Int? {
    let close: UInt8
    switch bytes[start] {
    case UInt8(ascii: "\""), UInt8(ascii: "'"): close = bytes[start]
    case UInt8(ascii: "("): close = UInt8(ascii: ")")
    default: return nil
    }
    var index = start + 1
    while index < bytes.count {
      if bytes[index] == close { return index + 1 }
      if bytes[index] == UInt8(ascii: "("), close == UInt8(ascii: ")") { return nil }
      index += bytes[index] == UInt8(ascii: "\\") ? 2 : 1
    }
    return nil
  }
}

/// References to characters, as `&amp;` and `&#8230;`.
enum MarkdownReference {
  /// The longest reference: `&#1114111;`.
  private static let lengthLimit = 10

  /// The named references that are read.
  private static let named: [String: Unicode.Scalar] = [
    "amp": "&", "lt": "<", "gt": ">", "quot": "\"", "apos": "'", "nbsp": "\u{A0}", "copy": "©",
    "ndash": "–", "mdash": "—", "hellip": "…", "times": "×", "rarr": "→", "larr": "←", "le": "≤",
    "ge": "≥", "ne": "≠", "deg": "°", "middot": "·", "bull": "•",
  ]

  /// The character of the reference at an index, and its end; the ampersand alone where there is none.
  static func read(_ bytes: [UInt8], at start: Int) -> (text: [UInt8], end: Int) {
    let limit = min(bytes.count, start + lengthLimit)
    guard start + 1 < limit, let end = bytes[start..<limit].firstIndex(of: UInt8(ascii: ";")),
      let scalar = scalar(String(decoding: bytes[(start + 1)..<end], as: UTF8.self))
    else { return ([bytes[start]], start + 1) }
    return (Array(String(scalar).utf8), end + 1)
  }

  private static func scalar(_ name: String) -> Unicode.Scalar? {
    guard name.hasPrefix("#") else { return named[name] }
    let isHexadecimal = name.hasPrefix("#x") || name.hasPrefix("#X")
    let digits = name.dropFirst(isHexadecimal ? 2 : 1)
    guard digits.first != "+", digits.first != "-",
      let value = UInt32(digits, radix: isHexadecimal ? 16 : 10)
    else { return nil }
    return value == 0 ? "\u{FFFD}" : Unicode.Scalar(value) ?? "\u{FFFD}"
  }

  /// A text with its escapes and references resolved.
  static func resolved(_ bytes: ArraySlice<UInt8>) -> String {
    let bytes = Array(bytes)
    var result: [UInt8] = []
    var index = 0
    while index < bytes.count {
      switch bytes[index] {
      case UInt8(ascii: "\\")
      where index + 1 < bytes.count && bytes[index + 1].isMarkdownPunctuation:
        result.append(bytes[index + 1])
        index += 2
      case UInt8(ascii: "&"):
        let (text, end) = read(bytes, at: index)
        result += text
        index = end
      default:
        result.append(bytes[index])
        index += 1
      }
    }
    return String(decoding: result, as: UTF8.self)
  }
}
