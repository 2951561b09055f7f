import Documents
import SourceText

extension PackParts {
  // MARK: - Mappings

  /// The fields of a mapping; unknown ones are errors.
  mutating func fields<Field>(
    of node: NodeID, _ owner: Mistake.Owner
  ) -> Fields<Field> {
    let fields = Fields<Field>(of: node, in: document)
    for member in fields.unknown {
      if hasMoreMistakes { break }
      let text = shownText(member.name)
      report(
        .unknownField(
          text, owner: owner, nearest: Fields<Field>.nearest(to: text), known: Fields<Field>.names),
        at: member.name)
    }
    return fields
  }

  /// Whether a field is a mapping; anything else is an error.
  mutating func isMapping(_ member: Document.Member, _ expected: String) -> Bool {
    if document.kind(of: member.value) == .object { return true }
    wrongType(member, expected)
    return false
  }

  // MARK: - Texts

  /// The node of a field that is a text and not empty.
  mutating func text(_ member: Document.Member?) -> NodeID? {
    guard let member else { return nil }
    return text(member.value, what: "'\(shownText(member.name))'")
  }

  /// The node itself if it is a text and not empty.
  mutating func text(_ node: NodeID, what: String) -> NodeID? {
    guard document.kind(of: node) == .string else {
      wrongType(node, what: what, "a string")
      return nil
    }
    guard !document.utf8(of: node).isEmpty else {
      report(.empty(what: what), at: node)
      return nil
    }
    return node
  }

  /// A field that is a text, together with its place.
  mutating func located(_ member: Document.Member?) -> Located<String>? {
    text(member).map { Located(document.text(of: $0), at: $0) }
  }

  /// A field that is a text or a list of texts.
  mutating func texts(_ member: Document.Member, _ expected: String) -> [Located<String>] {
    let node = member.value
    switch document.kind(of: node) {
    case .string: return located(member).map { [$0] } ?? []
    case .array: return elements(member).map { Located(document.text(of: $0), at: $0) }
    case .null, .boolean, .number, .object, .name, .absent:
      wrongType(member, expected)
      return []
    }
  }

  /// The texts of a field that is a list of them; an empty list is an error.
  mutating func elements(_ member: Document.Member) -> [NodeID] {
    let what = "'\(shownText(member.name))'"
    var texts: [NodeID] = []
    for element in document.elements(of: member.value) {
      if let node = text(element, what: "an item of \(what)") { texts.append(node) }
    }
    if document.childCount(of: member.value) == 0 { report(.empty(what: what), at: member.value) }
    return texts
  }

  /// The node of a field that is an absolute URL of the web.
  mutating func address(_ member: Document.Member?) -> NodeID? {
    guard let member, let node = text(member) else { return nil }
    if !TextForms.isWebAddress(document.utf8(of: node)) {
      report(
        .notAnAddress(what: "'\(shownText(member.name))'", text: shownText(node)), at: node)
      return nil
    }
    return node
  }

  /// The case that a field names.
  mutating func choice<Choice>(_ member: Document.Member?) -> Choice?
  where Choice: RawRepresentable & CaseIterable, Choice.RawValue == String {
    guard let member else { return nil }
    // YAML reads `false` as a boolean, which may mean the choice `off`.
    let isWord =
      document.kind(of: member.value) == .boolean
      && Choice.allCases.contains { $0.rawValue == "off" }
    guard let node = isWord ? member.value : text(member) else { return nil }
    let bytes = isWord ? [] : document.utf8(of: node)
    if let choice = Choice.allCases.first(where: { bytes.elementsEqual($0.rawValue.utf8) }) {
      return choice
    }
    let choices = Choice.allCases.map(\.rawValue)
    let text = isWord ? shown(node) : shownText(node)
    report(
      .unknownChoice(
        what: "'\(shownText(member.name))'", text: text, choices: choices,
        nearest: NearestName.nearest(to: text, among: choices)), at: node)
    return nil
  }

  // MARK: - Saying what was found

  mutating func wrongType(_ member: Document.Member, _ expected: String) {
    wrongType(member.value, what: "'\(shownText(member.name))'", expected)
  }

  mutating func wrongType(_ node: NodeID, what: String, _ expected: String) {
    let isUnquoted: Bool
    switch document.kind(of: node) {
    // What could not be read was reported.
    case .absent: return
    case .number, .boolean: isUnquoted = true
    case .null, .string, .array, .object, .name: isUnquoted = false
    }
    report(
      .wrongType(
        what: what, expected: expected, found: shown(node),
        hint: isUnquoted && expected == "a string" ? "put it in quotes" : nil), at: node)
  }

  /// A node in words: its kind, and its text where that is short.
  func shown(_ node: NodeID) -> String {
    switch document.kind(of: node) {
    case .null: "nothing"
    case .boolean: document.isTrue(node) ? "true" : "false"
    case .number: "a number (\(shownText(node)))"
    case .string: "a string (\"\(shownText(node))\")"
    case .array: document.childCount(of: node) == 0 ? "an empty list" : "a list"
    case .object: document.childCount(of: node) == 0 ? "an empty mapping" : "a mapping"
    case .name: "a name"
    case .absent: "an unreadable value"
    }
  }

  /// The text of a scalar or name, cut where it is long.
  func shownText(_ node: NodeID) -> String {
    let bytes = document.utf8(of: node)
    guard bytes.count > 80 else { return String(decoding: bytes, as: UTF8.self) }
    var end = bytes.startIndex + 60
    while end > bytes.startIndex, bytes[end] & 0xC0 == 0x80 { end -= 1 }
    return String(decoding: bytes[..<end], as: UTF8.self) + "…"
  }
}
