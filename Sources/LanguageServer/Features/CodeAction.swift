import Findings
import Linting
import SourceText

/// A change that the editor offers at a place.
struct CodeAction {
  /// The kind of actions that make all fixes of a document.
  static let fixAllKind = "source.fixAll.requisite"

  var title: String
  var kind: String
  var isPreferred = false
  /// The reports that it resolves, as they were sent.
  var diagnostics: [OutgoingValue] = []
  var edit: OutgoingValue?
  /// What the server does instead of an edit.
  var command: OutgoingValue?
  /// By what the edit is made once a person has chosen the action.
  var data: OutgoingValue?

  var outgoing: OutgoingValue {
    var members: [(name: String, value: OutgoingValue)] = [
      ("title", .string(title)), ("kind", .string(kind)),
    ]
    if !diagnostics.isEmpty { members.append(("diagnostics", .array(diagnostics))) }
    if isPreferred { members.append(("isPreferred", true)) }
    if let edit { members.append(("edit", edit)) }
    if let command { members.append(("command", command)) }
    if let data { members.append(("data", data)) }
    return .object(members)
  }
}

extension LanguageServer {
  /// The changes that are offered for a range of a document.
  func codeActions(_ document: OpenDocument, _ parameters: IncomingValue) -> OutgoingValue {
    guard case .request(let syntax) = document.kind,
      let range = TextPosition.range(parameters["range"])
    else { return [] }
    let only = parameters["context"]?["only"].map(\.strings)
    func isWanted(_ kind: String) -> Bool {
      only?.contains { kind == $0 || kind.hasPrefix($0 + ".") } ?? true
    }
    var actions: [CodeAction] = []
    let encoding = client.diagnostics.encoding
    let start = document.buffer.offset(of: range.start, encoding)
    let end = max(document.buffer.offset(of: range.end, encoding), start)
    if isWanted("quickfix") {
      let entries = fixableEntries(of: document, syntax, from: start, to: end)
      let file =
        entries.isEmpty ? nil : withWorkspace(of: document) { $0.suppressionTarget(of: document) }
      for (index, entry) in entries.enumerated() {
        if isInterrupted { return [] }
        if let action = fix(entry, of: document) { actions.append(action) }
        if let action = suggestion(entry, of: document) { actions.append(action) }
        let isOffered = client.resolvesActions || index < Self.mostIgnored
        actions += ignoring(entry, of: document, in: isOffered ? file : nil)
      }
    }
    // The edit may be as large as the text, and editors ask for actions at each move of the cursor.
    if only != nil, isWanted(CodeAction.fixAllKind), let action = fixAll(document, syntax) {
      actions.append(action)
    }
    return .array(actions.map(\.outgoing))
  }

  /// How many findings actions are offered for at once, at most.
  static var mostActed: Int { 100 }

  /// The first findings in a range, with fixes.
  private func fixableEntries(
    of document: OpenDocument, _ syntax: Syntax, from start: Int, to end: Int
  ) -> [DocumentReport.Entry] {
    func entries(_ fixes: FixMode) -> [DocumentReport.Entry] {
      let found = withWorkspace(of: document) { workspace in
        requestReport(of: document, syntax, in: &workspace, fixes: fixes)
      }
      let met = (found?.report.entries ?? []).lazy.filter { entry in
        entry.finding != nil && entry.region.start.offset <= end
          && start <= entry.region.end.offset
      }
      return Array(met.prefix(Self.mostActed))
    }
    return entries(.none).isEmpty ? [] : entries(.attach)
  }

  /// The fix of a finding.
  private func fix(_ entry: DocumentReport.Entry, of document: OpenDocument) -> CodeAction? {
    guard let fix = entry.finding?.fix else { return nil }
    let edits = fix.edits.map { edit -> OutgoingValue in
      ["range": edit.region.outgoing(client.diagnostics.encoding), "newText": .string(edit.text)]
    }
    return CodeAction(
      title: fix.isSafe ? "Fix: \(fix.description)" : "Unsafe fix: \(fix.description)",
      kind: "quickfix", isPreferred: fix.isSafe,
      diagnostics: [DocumentReport.outgoing(entry, client.diagnostics)],
      edit: workspaceEdit([(document, edits)]))
  }

  /// The name or value that a finding suggests, in place of the one that is there.
  private func suggestion(
    _ entry: DocumentReport.Entry, of document: OpenDocument
  ) -> CodeAction? {
    // An explanation is the detail where the rule has a message of its own.
    guard let finding = entry.finding, finding.fix == nil,
      let word = Suggestion.name(in: finding.detail ?? finding.message)
    else { return nil }
    let text = document.buffer.bytes
    let (start, end) = (finding.region.start.offset, finding.region.end.offset)
    guard start < end, end <= text.count,
      let new = Self.replacement(
        of: String(decoding: text[start..<end], as: UTF8.self), with: word, document.syntax)
    else { return nil }
    let edit: OutgoingValue = [
      "range": finding.region.outgoing(client.diagnostics.encoding), "newText": .string(new),
    ]
    return CodeAction(
      title: "Replace with \"\(word)\"", kind: "quickfix",
      diagnostics: [DocumentReport.outgoing(entry, client.diagnostics)],
      edit: workspaceEdit([(document, [edit])]))
  }

  /// A string like another one in a text, quoted in the same way; nil where it is not near to that one.
  private static func replacement(
    of token: String, with word: String, _ syntax: Syntax
  ) -> String? {
    let quote = token.first.flatMap { "\"'".contains($0) ? $0 : nil }
    let isPlain = word.allSatisfy {
      $0.isASCII && ($0.isLetter || $0.isNumber || "-_./:+ ".contains($0))
    }
    guard isPlain else { return nil }
    if let quote {
      let inner = token.dropFirst().dropLast()
      guard token.count > 1, token.last == quote, syntax == .yaml || quote == "\"",
        NearestName.nearest(to: String(inner), among: [word]) != nil
      else { return nil }
      return "\(quote)\(word)\(quote)"
    }
    guard syntax == .yaml, NearestName.nearest(to: token, among: [word]) != nil else { return nil }
    return CompletionProvider.isPlain(word) ? word : "\"\(word)\""
  }

  /// What `check --fix` makes of the document.
  private func fixAll(_ document: OpenDocument, _ syntax: Syntax) -> CodeAction? {
    let fixed = withWorkspace(of: document) { $0.fixed(document, syntax, in: files) }
    guard let fixed else { return nil }
    let edits = document.buffer.edits(to: fixed, client.diagnostics.encoding)
    guard !edits.isEmpty else { return nil }
    return CodeAction(
      title: "Fix all findings that have a safe fix", kind: CodeAction.fixAllKind,
      edit: workspaceEdit([(document, edits)]))
  }

  /// Edits of open documents.
  func workspaceEdit(_ edits: [(document: OpenDocument, edits: [OutgoingValue])]) -> OutgoingValue {
    guard client.versionsEdits else {
      return [
        "changes": .object(edits.map { (name: $0.document.uri.text, value: .array($0.edits)) })
      ]
    }
    return [
      "documentChanges": .array(
        edits.map { document, edits -> OutgoingValue in
          let version = document.version.map { OutgoingValue.integer($0) } ?? .null
          return [
            "textDocument": ["uri": document.uri.outgoing, "version": version],
            "edits": .array(edits),
          ]
        })
    ]
  }
}

extension TextBuffer {
  /// The edits that make another text of this one: whole lines.
  func edits(to other: [UInt8], _ encoding: PositionEncoding) -> [OutgoingValue] {
    let (old, new) = (LineDifference.lines(of: bytes), LineDifference.lines(of: other))
    func range(_ lines: [TextRange], _ part: Range<Int>, _ count: Int) -> TextRange {
      let start = part.lowerBound < lines.count ? lines[part.lowerBound].lowerBound : count
      let end = part.isEmpty ? start : lines[part.upperBound - 1].upperBound
      return TextRange(start, end)
    }
    return LineDifference.changes(from: bytes, old, to: other, new).map { change in
      let gone = range(old, change.old, bytes.count)
      let come = range(new, change.new, other.count)
      let ends: OutgoingValue = [
        "start": position(of: gone.lowerBound, encoding).outgoing,
        "end": position(of: gone.upperBound, encoding).outgoing,
      ]
      let text = String(decoding: other[come.lowerBound..<come.upperBound], as: UTF8.self)
      return ["range": ends, "newText": .string(text)]
    }
  }
}
