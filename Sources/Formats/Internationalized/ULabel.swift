/// A label with characters beyond ASCII, as people read it (RFC 5890, section 2.3.2.1).
struct ULabel {
  let scalars: [Unicode.Scalar]

  /// What is wrong with a label, and at which of its characters.
  struct Fault {
    let index: Int
    let message: String

    init(at index: Int, _ message: String) {
      self.index = index
      self.message = message
    }
  }

  init(_ scalars: [Unicode.Scalar]) {
    self.scalars = scalars
  }

  /// The byte offset of a character in the label's UTF-8.
  func utf8Offset(of index: Int) -> Int {
    var offset = 0
    for scalar in scalars[..<index] { offset += UTF8.width(scalar) }
    return offset
  }

  /// What breaks the rules of RFC 5891, section 4.2, but for the Bidi rule and the length.
  func fault(requiresNormalForm: Bool) -> Fault? {
    guard let first = scalars.first, let last = scalars.last else {
      return Fault(at: 0, "label is empty")
    }
    if first == "-" { return Fault(at: 0, "label starts with a hyphen") }
    switch first.properties.generalCategory {
    case .nonspacingMark, .spacingMark, .enclosingMark:
      return Fault(at: 0, "label starts with a combining mark")
    default: break
    }
    if scalars.count >= 4, scalars[2] == "-", scalars[3] == "-" {
      return Fault(
        at: 2, "'--' is not allowed as third and fourth character of a label beyond ASCII")
    }
    for index in scalars.indices {
      if let message = message(at: index) { return Fault(at: index, message) }
    }
    if last == "-" {
      return Fault(at: scalars.count - 1, "label ends in a hyphen")
    }
    if requiresNormalForm, let index = NormalForm.firstFault(in: scalars) {
      return Fault(at: index, "text is not in normalization form C (NFC)")
    }
    return nil
  }

  /// What is wrong with one character where it stands.
  private func message(at index: Int) -> String? {
    let scalar = scalars[index]
    switch LabelProperty(scalar) {
    case .valid: return nil
    case .contextual: return contextMessage(at: index)
    case .disallowed:
      return scalar.properties.changesWhenLowercased
        ? "capital letters are not allowed in a label beyond ASCII"
        : "character is not allowed in a host name"
    case .unassigned: return "code point is not assigned in Unicode"
    }
  }

  /// RFC 5892, appendix A.
  private func contextMessage(at index: Int) -> String? {
    let before = index > 0 ? scalars[index - 1] : nil
    let after = index + 1 < scalars.count ? scalars[index + 1] : nil
    switch scalars[index].value {
    case 0x200C:
      return before.map(Self.isVirama) ?? false || isBetweenJoiners(index)
        ? nil
        : "zero-width non-joiner is only allowed after a virama or between joining letters"
    case 0x200D:
      return before.map(Self.isVirama) ?? false
        ? nil : "zero-width joiner is only allowed after a virama"
    case 0xB7:
      return before == "l" && after == "l" ? nil : "middle dot is only allowed between two 'l'"
    case 0x375:
      return after.map(Script.greek.contains) ?? false
        ? nil : "Greek keraia is only allowed before a Greek letter"
    case 0x5F3, 0x5F4:
      return before.map(Script.hebrew.contains) ?? false
        ? nil : "Hebrew geresh and gershayim are only allowed after a Hebrew letter"
    case 0x30FB:
      for scalar in scalars where Script.japanese.contains(scalar) { return nil }
      return "katakana middle dot is only allowed in a label with Hiragana, Katakana or Han"
    case 0x660...0x669:
      return scalars.contains { (0x6F0...0x6F9).contains($0.value) } ? Self.mixedDigits : nil
    default:
      return scalars.contains { (0x660...0x669).contains($0.value) } ? Self.mixedDigits : nil
    }
  }

  private static let mixedDigits =
    "Arabic-Indic and extended Arabic-Indic digits are mixed in one label"

  /// Whether a character's canonical combining class is Virama, 9.
  private static func isVirama(_ scalar: Unicode.Scalar) -> Bool {
    scalar.properties.canonicalCombiningClass == .virama
  }

  /// The second way of appendix A.1: letters that join, with transparent marks between.
  private func isBetweenJoiners(_ index: Int) -> Bool {
    var start = index - 1
    while start >= 0, JoiningType(scalars[start]) == .transparent { start -= 1 }
    var end = index + 1
    while end < scalars.count, JoiningType(scalars[end]) == .transparent { end += 1 }
    guard start >= 0, end < scalars.count else { return false }
    return JoiningType(scalars[start]).joinsFollowing && JoiningType(scalars[end]).joinsPreceding
  }
}
