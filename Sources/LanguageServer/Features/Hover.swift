import Findings
import Linting
import RulePacks
import SourceText

extension LanguageServer {
  /// A rule that a place of a document means, as people are told of it.
  struct RuleReference {
    var description: RuleDescription
    var packs: [LoadedPack]
    /// The characters that name it, if any do.
    var range: TextRange?
  }

  /// The packs whose rules a document may name.
  func packs(of document: OpenDocument) -> [LoadedPack] {
    withWorkspace(of: document) { workspace in
      switch document.kind {
      case .request(let syntax): workspace.packs(for: document, syntax) ?? []
      case .pack: workspace.loading(packAt: document.path).packs
      case .configuration, .suppressions: workspace.packsInUse(near: document.path)
      case .baseline, .other: []
      }
    }
  }

  /// The rule whose id, or whose name under `rules` of a pack, is at an offset.
  func namedRule(at offset: Int, of document: OpenDocument) -> RuleReference? {
    let text = document.buffer.bytes
    let range = Self.ruleName(around: offset, in: text)
    let word = String(decoding: text[range.lowerBound..<range.upperBound], as: UTF8.self)
    guard !word.isEmpty else { return nil }
    let packs = packs(of: document)
    let all = packs.ruleDescriptions + ReadingRule.descriptions
    if word.contains("/"), let found = all.first(where: { $0.id.description == word }) {
      return RuleReference(description: found, packs: packs, range: range)
    }
    guard document.kind == .pack,
      let place = CursorContext(at: offset, in: text, document.syntax), place.role == .name,
      place.path == [.name("rules")]
    else { return nil }
    let named = all.filter { $0.id.rule == word }
    let own = packs.last?.pack.name.value
    guard let found = named.first(where: { $0.id.pack == own }) ?? named.first else { return nil }
    return RuleReference(description: found, packs: packs, range: range)
  }

  /// The characters around an offset that may be of a rule's id.
  private static func ruleName(around offset: Int, in text: [UInt8]) -> TextRange {
    func isPart(_ byte: UInt8) -> Bool {
      byte >= 0x80 || "-/$_".utf8.contains(byte) || 0x30...0x39 ~= byte || 0x41...0x5A ~= byte
        || 0x61...0x7A ~= byte
    }
    var (start, end) = (offset, offset)
    while start > 0, isPart(text[start - 1]) { start -= 1 }
    while end < text.count, isPart(text[end]) { end += 1 }
    return TextRange(start, end)
  }

  /// The findings at an offset of a request.
  func findings(at offset: Int, of document: OpenDocument) -> [Finding] {
    guard case .request(let syntax) = document.kind else { return [] }
    let found = withWorkspace(of: document) { workspace in
      requestReport(of: document, syntax, in: &workspace, fixes: .none)
    }
    return (found?.report.entries ?? []).compactMap(\.finding).filter { finding in
      finding.region.start.offset <= offset && offset <= finding.region.end.offset
    }
  }

  /// The schemas that speak of the values of a document: of a model, or of our own formats.
  func schemas(of document: OpenDocument) -> [SchemaCursor] {
    switch document.kind {
    case .request:
      packs(of: document).compactMap {
        $0.pack.request?.schema.map { SchemaCursor($0.file.document) }
      }
    case .pack: Self.format("pack")
    case .configuration: Self.format("config")
    case .suppressions: Self.format("ignore")
    case .baseline, .other: []
    }
  }

  private static func format(_ name: String) -> [SchemaCursor] {
    FormatSchemas.file(named: name).map { [SchemaCursor($0.document)] } ?? []
  }

  // MARK: - Hover

  /// What a rule, or a member, at a position is.
  func hover(_ document: OpenDocument, _ parameters: IncomingValue) -> OutgoingValue {
    guard let position = TextPosition(parameters["position"]) else { return .null }
    let encoding = client.diagnostics.encoding
    let offset = document.buffer.offset(of: position, encoding)
    var texts: [String] = []
    var range: TextRange?
    if let rule = namedRule(at: offset, of: document) {
      texts.append(Self.markdown(rule.description))
      range = rule.range
    } else {
      if let (text, token) = member(at: offset, of: document) {
        texts.append(text)
        range = token
      }
      var seen: Set<RuleID> = []
      let found = findings(at: offset, of: document).filter { seen.insert($0.rule).inserted }
      if !found.isEmpty {
        let all = packs(of: document).ruleDescriptions + ReadingRule.descriptions
        texts += found.compactMap { finding in
          all.first { $0.id == finding.rule }.map(Self.markdown)
        }
      }
    }
    guard !texts.isEmpty else { return .null }
    var members: [(name: String, value: OutgoingValue)] = [
      (
        "contents",
        ["kind": "markdown", "value": .string(texts.joined(separator: "\n\n---\n\n"))]
      )
    ]
    if let range, range.count > 0 {
      members.append(("range", document.buffer.outgoing(range, encoding)))
    }
    return .object(members)
  }

  private func member(
    at offset: Int, of document: OpenDocument
  ) -> (text: String, token: TextRange)? {
    let text = document.buffer.bytes
    guard let place = CursorContext(at: offset, in: text, document.syntax) else { return nil }
    let target = place.target(in: text)
    guard case .name(let name)? = target.last(where: { $0 != .element }) else { return nil }
    for schema in schemas(of: document) {
      let parent = schema.at(Array(target[..<(target.lastIndex(of: .name(name)) ?? 0)]))
      let isRequired = target.last == .name(name) && parent.required.contains(name)
      if let text = schema.at(target).markdown(name, isRequired: isRequired) {
        return (text, place.token)
      }
    }
    return nil
  }

  private static func markdown(_ rule: RuleDescription) -> String {
    var text = "**\(SchemaCursor.code(rule.id.description))** (\(rule.severity?.rawValue ?? "off"))"
    text += "\n\n" + rule.summary
    if !rule.help.isEmpty { text += "\n\n" + rule.help }
    if let url = rule.url { text += "\n\n<\(url)>" }
    return text
  }
}

extension OpenDocument {
  /// How the text is read.
  var syntax: Syntax {
    if case .request(let syntax) = kind { return syntax }
    return Syntax(path: path) ?? .yaml
  }
}

extension TextBuffer {
  /// A range as it is sent.
  func outgoing(_ range: TextRange, _ encoding: PositionEncoding) -> OutgoingValue {
    [
      "start": position(of: range.lowerBound, encoding).outgoing,
      "end": position(of: range.upperBound, encoding).outgoing,
    ]
  }
}
