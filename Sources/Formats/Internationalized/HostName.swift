/// Host names of labels and dots (RFC 1123, section 2.1), and those beyond ASCII (RFC 5890).
enum HostName {
  /// What is asked of a name beyond its grammar.
  struct Rules: Sendable {
    /// Whether labels beyond ASCII, U-labels, may occur.
    var allowsUnicode: Bool
    /// Whether a label that starts with `xn--` has to stand for a U-label.
    var checksALabels: Bool
    /// Whether the other full stops of RFC 3490, section 3.1, part labels too.
    var allowsOtherDots: Bool
    /// Whether U-labels have to be in normalization form C.
    var requiresNormalForm: Bool

    static let hostname = Rules(
      allowsUnicode: false, checksALabels: true, allowsOtherDots: false, requiresNormalForm: true)
    static let idnHostname = Rules(
      allowsUnicode: true, checksALabels: true, allowsOtherDots: true, requiresNormalForm: true)
    /// The grammar of `Domain` (RFC 5321, section 4.1.2) knows no A-labels.
    static let mailDomain = Rules(
      allowsUnicode: false, checksALabels: false, allowsOtherDots: false, requiresNormalForm: true)
    /// Labels need no normal form, which mail software makes; the suite of JSON Schema has it so.
    static let idnMailDomain = Rules(
      allowsUnicode: true, checksALabels: false, allowsOtherDots: false, requiresNormalForm: false)
  }

  /// Octets of a label, and of a whole name as text (RFC 1034, section 3.1).
  private static let labelLimit = 63
  private static let nameLimit = 253

  /// Checks a part of a text.
  static func check(
    _ text: Span<UInt8>, in range: Range<Int>, by rules: Rules
  ) throws(FormatFault) {
    guard !range.isEmpty else {
      throw FormatFault(at: range.lowerBound, "expected a host name")
    }
    var index = range.lowerBound
    var length = 0
    var isBidirectional = false
    var bidiFault: FormatFault?
    while true {
      let start = index
      let label = try takeLabel(text, at: &index, end: range.upperBound, rules)
      length += label.encodedLength
      guard length <= nameLimit else {
        throw FormatFault(
          at: rules.allowsUnicode ? start : range.lowerBound + nameLimit,
          rules.allowsUnicode
            ? "name is longer than 253 characters in its ASCII form"
            : "name is longer than 253 characters")
      }
      // RFC 5893, section 2: one right-to-left label binds every label of the name.
      isBidirectional = isBidirectional || label.isRightToLeft
      if bidiFault == nil, let fault = label.bidiFault {
        bidiFault = FormatFault(at: fault.offset, fault.message)
      }
      guard index < range.upperBound else { break }
      index += dotLength(text, at: index, rules) ?? 1
      length += 1
    }
    if isBidirectional, let bidiFault { throw bidiFault }
  }

  /// What a name needs to know of a label.
  private struct Label {
    /// Its length in the ASCII form.
    var encodedLength: Int
    var isRightToLeft = false
    /// How it breaks the rules for names with right-to-left labels.
    var bidiFault: FormatFault?
  }

  /// How many bytes a dot at an index takes; nil where there is none.
  private static func dotLength(_ text: Span<UInt8>, at index: Int, _ rules: Rules) -> Int? {
    guard let first = text.byte(at: index) else { return nil }
    if first == UInt8(ascii: ".") { return 1 }
    guard rules.allowsOtherDots, index + 2 < text.count else { return nil }
    switch (first, text[index + 1], text[index + 2]) {
    // U+3002, U+FF0E and U+FF61.
    case (0xE3, 0x80, 0x82), (0xEF, 0xBC, 0x8E), (0xEF, 0xBD, 0xA1): return 3
    default: return nil
    }
  }

  /// Steps over a label, up to a dot or the end.
  private static func takeLabel(
    _ text: Span<UInt8>, at index: inout Int, end: Int, _ rules: Rules
  ) throws(FormatFault) -> Label {
    let start = index
    while index < end, text[index] < 0x80, text[index] != UInt8(ascii: ".") {
      let byte = text[index]
      guard byte.isLetter || byte.isDigit || byte == UInt8(ascii: "-") else {
        throw FormatFault(at: index, "expected a letter, a digit or a hyphen")
      }
      guard index > start || byte != UInt8(ascii: "-") else {
        throw FormatFault(at: index, "label starts with a hyphen")
      }
      guard index - start < labelLimit else {
        throw FormatFault(at: index, "label is longer than 63 characters")
      }
      index += 1
    }
    guard index == end || dotLength(text, at: index, rules) != nil else {
      guard rules.allowsUnicode else {
        throw FormatFault(at: index, "expected an ASCII letter, a digit or a hyphen")
      }
      index = start
      return try takeULabel(text, at: &index, end: end, rules)
    }
    guard index > start else {
      throw FormatFault(
        at: index,
        index == end ? "name ends in a dot" : "expected a label before the dot")
    }
    guard !text.has("-", at: index - 1) else {
      throw FormatFault(at: index - 1, "label ends in a hyphen")
    }
    if rules.checksALabels, isALabel(text, start..<index) {
      return try aLabel(text, start..<index)
    }
    var label = Label(encodedLength: index - start)
    if !text[start].isLetter {
      label.bidiFault = FormatFault(at: start, BidiRule.firstCharacterMessage)
    }
    return label
  }

  /// Steps over a label that has characters beyond ASCII.
  private static func takeULabel(
    _ text: Span<UInt8>, at index: inout Int, end: Int, _ rules: Rules
  ) throws(FormatFault) -> Label {
    let start = index
    var scalars: [Unicode.Scalar] = []
    while index < end, dotLength(text, at: index, rules) == nil {
      let (scalar, length) = try text.scalar(at: index)
      // The ASCII form is never shorter than the label itself.
      guard scalars.count < labelLimit else {
        throw FormatFault(at: index, "label is longer than 63 characters")
      }
      scalars.append(scalar)
      index += length
    }
    let label = ULabel(scalars)
    if let fault = label.fault(requiresNormalForm: rules.requiresNormalForm) {
      throw FormatFault(at: start + label.utf8Offset(of: fault.index), fault.message)
    }
    guard let encoded = Punycode.encode(scalars), encoded.count + 4 <= labelLimit else {
      throw FormatFault(at: start, "label is longer than 63 characters in its ASCII form")
    }
    return Label(
      encodedLength: encoded.count + 4, isRightToLeft: BidiRule.isRightToLeft(scalars),
      bidiFault: BidiRule.fault(in: scalars).map {
        FormatFault(at: start + label.utf8Offset(of: $0.index), $0.message)
      })
  }

  // MARK: - A-labels (RFC 5890, section 2.3.2.1)

  private static func isALabel(_ text: Span<UInt8>, _ range: Range<Int>) -> Bool {
    let start = range.lowerBound
    return range.count >= 4 && text[start] | 0x20 == UInt8(ascii: "x")
      && text[start + 1] | 0x20 == UInt8(ascii: "n") && text.has("-", at: start + 2)
      && text.has("-", at: start + 3)
  }

  /// Checks that a label is what a valid U-label is encoded as (RFC 5891, section 5.4).
  private static func aLabel(
    _ text: Span<UInt8>, _ range: Range<Int>
  ) throws(FormatFault) -> Label {
    let start = range.lowerBound
    var encoded: [UInt8] = []
    for index in (start + 4)..<range.upperBound {
      let byte = text[index]
      encoded.append(byte.isLetter ? byte | 0x20 : byte)
    }
    guard let scalars = Punycode.decode(encoded) else {
      throw FormatFault(at: start, "text after 'xn--' is not Punycode (RFC 3492)")
    }
    guard scalars.contains(where: { !$0.isASCII }) else {
      throw FormatFault(at: start, "'xn--' label decodes to ASCII characters only")
    }
    if let fault = ULabel(scalars).fault(requiresNormalForm: true) {
      throw FormatFault(at: start, "in the decoded label, " + fault.message)
    }
    guard Punycode.encode(scalars) == encoded else {
      throw FormatFault(at: start, "text after 'xn--' is not canonical Punycode")
    }
    return Label(
      encodedLength: range.count, isRightToLeft: BidiRule.isRightToLeft(scalars),
      bidiFault: BidiRule.fault(in: scalars).map { FormatFault(at: start, $0.message) })
  }
}
