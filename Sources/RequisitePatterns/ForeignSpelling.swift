/// What patterns of other dialects have, and how ECMA-262 spells it.
enum ForeignSpelling {
  /// What to write instead of a backslash with a letter that ECMA-262 gives no meaning.
  static func advice(forEscape letter: UInt32, isInClass: Bool) -> String? {
    guard let scalar = Unicode.Scalar(letter) else { return nil }
    let instead = isInClass ? membersForEscape(scalar) : termForEscape(scalar)
    return instead.map { "write \($0)" } ?? advice(forEscape: scalar)
  }

  private static func termForEscape(_ letter: Unicode.Scalar) -> String? {
    switch letter {
    case "A": "'^' for the start of the text"
    case "z", "Z": "'$' for the end of the text"
    case "h": #"'[ \t]' for a space or tab, or '\s' for any white space"#
    case "H": #"'[^ \t]' for anything but a space or tab"#
    case "R": #"'\r?\n' for a line break"#
    case "N": #"'[^\n]' for anything but a line feed"#
    case "V": #"'[^\n\r]' for anything but a line break"#
    case "X": #"'\P{M}\p{M}*' for a character with its marks"#
    case "C": "'.' for any character"
    case "y", "m", "M": #"'\b' for the edge of a word"#
    case "Y": #"'\B' for a place that is not the edge of a word"#
    case "i": #"'[\p{L}_:]' for the first character of an XML name"#
    case "I": #"'[^\p{L}_:]' for anything but the first character of an XML name"#
    default: membersForEscape(letter)
    }
  }

  /// What is also allowed in brackets.
  private static func membersForEscape(_ letter: Unicode.Scalar) -> String? {
    switch letter {
    case "a": #"'\x07' for the bell"#
    case "e": #"'\x1B' for the escape character"#
    case "h": #"' \t' for a space or tab, or '\s' for any white space"#
    case "R": #"'\r\n' for the characters of a line break"#
    case "i": #"'\p{L}_:' for the first character of an XML name"#
    case "o": #"'\u{…}' with the character's code point in hexadecimal"#
    case "U": #"'\u{…}' with the character's code point"#
    default: nil
    }
  }

  private static func advice(forEscape letter: Unicode.Scalar) -> String? {
    switch letter {
    case "G": "remove it, or write '^' for the start of the text"
    case "K": "write a lookbehind, '(?<=…)', around what is before it"
    case "Q", "E": #"write a backslash before each special character, as in '\.'"#
    case "g": "write the text of the group out"
    case "A", "z", "Z", "B", "N", "V", "X", "C", "H":
      "inside brackets only characters and classes of characters are allowed"
    default: nil
    }
  }

  /// What to write instead of a backslash with digits: an octal number where it can be one.
  static func advice(forOctal number: Int) -> String {
    var value = 0
    let digits = String(number)
    for digit in digits.utf8 {
      guard digit < UInt8(ascii: "8"), digits.utf8.count <= 3 else {
        return "no group has this number"
      }
      value = value * 8 + Int(digit - UInt8(ascii: "0"))
    }
    guard value <= 0xFF else { return "no group has this number" }
    let code = (value < 16 ? "0" : "") + String(value, radix: 16, uppercase: true)
    return #"write '\x\#(code)' for the character; no group has this number"#
  }

  /// What to write instead of `(?` and the characters that follow it.
  static func advice(forGroup first: UInt32, _ second: UInt32?) -> String? {
    let isDigit = { (value: UInt32?) in value.map { (0x30...0x39).contains($0) } ?? false }
    if isDigit(first) || first == 0x2D && isDigit(second) { return callAdvice }
    guard let letter = Unicode.Scalar(first) else { return nil }
    switch letter {
    case "'": return "write '(?<name>'"
    case "P": return second == 0x3C ? "write '(?<name>'" : callAdvice
    case "&", "R", "+": return callAdvice
    case ">", "|": return "write '(?:'"
    case "#": return "remove comments"
    case "(": return "write the alternatives with '|' and lookaheads"
    case "x":
      return
        "remove the flag 'x', and the white space and comments that it ignores"
    case "^", "a"..."z", "A"..."Z":
      return "only the flags 'm' and 's' can be set, as in '(?s:'"
    default: return nil
    }
  }

  private static let callAdvice =
    "groups cannot be called; write the pattern of the group out"

  /// The members of a POSIX class, as they are in brackets; nil where there is no such class.
  static func posixMembers(of name: String) -> String? {
    switch name {
    case "alnum": "A-Za-z0-9"
    case "alpha": "A-Za-z"
    case "ascii": #"\x00-\x7F"#
    case "blank": #" \t"#
    case "cntrl": #"\x00-\x1F\x7F"#
    case "digit": "0-9"
    case "graph": "!-~"
    case "lower": "a-z"
    case "print": " -~"
    case "punct": #"!-\/:-@\[-`{-~"#
    case "space": #"\s"#
    case "upper": "A-Z"
    case "word": #"\w"#
    case "xdigit": "0-9A-Fa-f"
    default: nil
    }
  }

  /// What to write instead of `\p{name}` where other dialects know the name.
  static func instead(ofProperty name: String, isNegated: Bool, isInClass: Bool) -> String? {
    if name.utf8.first == UInt8(ascii: "^") {
      let rest = String(name.dropFirst())
      return UnicodeProperty.set(for: rest) == nil
        ? nil : (isNegated ? "\\p" : "\\P") + "{\(rest)}"
    }
    if name == "L&" { return (isNegated ? "\\P" : "\\p") + "{LC}" }
    let folded = String(
      decoding: name.utf8.map { (0x41...0x5A).contains($0) ? $0 | 0x20 : $0 }, as: UTF8.self)
    guard let members = posixMembers(of: folded), !(isNegated && isInClass) else { return nil }
    return isInClass ? members : isNegated ? "[^\(members)]" : "[\(members)]"
  }
}
