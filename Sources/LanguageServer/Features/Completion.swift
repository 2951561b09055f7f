import Documents
import Findings
import Linting
import SourceText

extension LanguageServer {
  /// What may stand at a position: members, values, rules and fields.
  func completion(_ document: OpenDocument, _ parameters: ReceivedValue) -> WireValue {
    guard let position = TextPosition(parameters["position"]) else { return [] }
    let text = document.buffer.bytes
    let offset = document.buffer.offset(of: position, client.diagnostics.encoding)
    guard let place = TextPlace(at: offset, in: text, document.syntax) else { return [] }
    let maker = CompletionMaker(document, place, client.diagnostics.encoding)
    if let rules = rules(for: place, in: document) {
      return .array(
        rules.map { maker.item($0.name, kind: 20, detail: $0.summary, isName: place.role == .name) }
      )
    }
    for schema in schemas(of: document) {
      let cursor = schema.at(place.path)
      switch place.role {
      case .name:
        let required = cursor.required
        let members = cursor.members.filter { member in
          !place.siblings.contains(maker.spelled(member.name))
        }
        if members.isEmpty { continue }
        return .array(
          members.map { name, cursor in
            maker.item(
              maker.spelled(name), kind: 10,
              detail: cursor.types.joined(separator: " or ")
                + (required.contains(name) ? ", required" : ""),
              help: cursor.description, isName: true, isFirst: required.contains(name))
          })
      case .value:
        if cursor.values.isEmpty { continue }
        return .array(cursor.values.map { maker.value($0) })
      }
    }
    return []
  }

  /// The rules that may be named at a place; nil where none is named.
  private func rules(
    for place: TextPlace, in document: OpenDocument
  ) -> [(name: String, summary: String)]? {
    let isMeant: Bool
    switch document.kind {
    case .suppressions: isMeant = place.role == .value && place.path.last == .name("rule")
    case .configuration:
      isMeant =
        place.role == .name && place.path.last == .name("rules")
        || place.role == .value && place.path.last == .name("rule")
    case .pack: isMeant = place.role == .name && place.path == [.name("rules")]
    case .request, .baseline, .other: return nil
    }
    guard isMeant else { return nil }
    let rules = packs(of: document).ruleDescriptions
    if document.kind == .pack {
      return rules.map { ($0.id.rule, $0.summary) }.filter { !place.siblings.contains($0.0) }
    }
    return (document.kind == .suppressions ? rules + ReadingRule.descriptions : rules)
      .map { ($0.id.description, $0.summary) }.filter { !place.siblings.contains($0.0) }
  }
}

/// Makes the entries of a list of completions.
private struct CompletionMaker {
  private let document: OpenDocument
  private let place: TextPlace
  private let range: WireValue
  private let isJSON: Bool
  private let casing: Casing
  /// Whether a colon follows the name that is there.
  private let hasColon: Bool

  init(_ document: OpenDocument, _ place: TextPlace, _ encoding: PositionEncoding) {
    self.document = document
    self.place = place
    isJSON = document.syntax != .yaml
    range = document.buffer.wire(place.token, encoding)
    var spellings: [String] = Array(place.siblings)
    for case .name(let name) in place.path { spellings.append(name) }
    let isRequest = if case .request = document.kind { true } else { false }
    if !isRequest || spellings.contains(where: { $0.first?.isUppercase ?? false }) {
      casing = .wire
    } else if spellings.contains(where: { $0.contains("_") }) {
      casing = .snake
    } else {
      casing = spellings.contains { $0.first?.isLowercase ?? false } ? .camel : .wire
    }
    let behind = document.buffer.bytes[place.token.upperBound...].first { $0 != 0x20 }
    hasColon = behind == UInt8(ascii: ":")
  }

  func spelled(_ name: String) -> String { casing.spelling(of: name) }

  func item(
    _ name: String, kind: Int, detail: String, help: String? = nil, isName: Bool,
    isFirst: Bool = false
  ) -> WireValue {
    var text = isJSON ? String(decoding: WireValue.string(name).json, as: UTF8.self) : name
    if isName, !hasColon { text += ": " }
    return item(
      name, kind: kind, text: text, detail: detail, help: help,
      order: (isFirst ? "0" : "1") + name)
  }

  /// A value, given as JSON text.
  func value(_ json: String) -> WireValue {
    var text = json
    // In YAML, a plain word needs no quotes, unless it would be read as something else.
    if !isJSON, json.hasPrefix("\""), !json.contains("\\") {
      let word = json.dropFirst().dropLast()
      let isPlain =
        word.first?.isLetter ?? false
        && word.allSatisfy { $0.isLetter || $0.isNumber || "-_./".contains($0) }
      if isPlain, !["true", "false", "null", "yes", "no", "on", "off"].contains(word.lowercased()) {
        text = String(word)
      }
    }
    return item(text, kind: 12, text: text, detail: "", help: nil, order: text)
  }

  private func item(
    _ label: String, kind: Int, text: String, detail: String, help: String?, order: String
  ) -> WireValue {
    let typed = document.buffer.bytes[place.token.lowerBound..<place.token.upperBound]
    var members: [(name: String, value: WireValue)] = [
      ("label", .string(label)), ("kind", .integer(kind)), ("sortText", .string(order)),
      ("filterText", .string(typed.first == UInt8(ascii: "\"") ? "\"\(label)\"" : label)),
      ("textEdit", ["range": range, "newText": .string(text)]),
    ]
    if !detail.isEmpty { members.append(("detail", .string(detail))) }
    if let help {
      members.append(("documentation", ["kind": "markdown", "value": .string(help)]))
    }
    return .object(members)
  }
}
