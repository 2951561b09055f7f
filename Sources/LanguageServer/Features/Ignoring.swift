import Findings
import Linting
import RequisiteFiles
import SourceText
import Suppressions

extension LanguageServer {
  /// What a suppression gives as its reason until a person writes a better one.
  private static var openReason: String { "say why this finding is accepted" }

  /// Actions that suppress a finding: by an entry of a file and, in YAML, by a comment.
  func ignoring(_ entry: DocumentReport.Entry, of document: OpenDocument) -> [CodeAction] {
    guard let finding = entry.finding, document.isFile else { return [] }
    let diagnostics = [DocumentReport.wire(entry, client.diagnostics)]
    var actions: [CodeAction] = []
    if let edit = entryEdit(finding, of: document) {
      actions.append(
        CodeAction(
          title: "Ignore \(finding.rule) here", kind: "quickfix", diagnostics: diagnostics,
          edit: edit))
    }
    if case .request(.yaml) = document.kind, !ReadingRule.endsChecks(finding.rule) {
      let line = finding.region.start.line - 1
      let start = document.buffer.offset(of: TextPosition(line: line, character: 0), .utf8)
      let indentation = document.buffer.bytes[start...].prefix { $0 == 0x20 }.count
      let text =
        String(repeating: " ", count: indentation)
        + "# requisite: ignore \(finding.rule) \(Self.openReason)\n"
      let edit: WireValue = [
        "range": document.buffer.wire(TextRange(at: start), client.diagnostics.encoding),
        "newText": .string(text),
      ]
      actions.append(
        CodeAction(
          title: "Ignore \(finding.rule) with a comment", kind: "quickfix",
          diagnostics: diagnostics, edit: workspaceEdit([(document, [edit])])))
    }
    return actions
  }

  /// The edit that adds an entry, as `requisite ignore` does; nil where none can be added.
  private func entryEdit(_ finding: Finding, of document: OpenDocument) -> WireValue? {
    let target = withWorkspace(of: document) { $0.suppressionTarget(of: document) }
    guard let target else { return nil }
    let text = SuppressionText(
      rule: finding.rule.description, path: SuppressionText.pattern(ofPath: target.inputPath),
      pointer: (finding.stablePointer ?? finding.pointer).map { PointerPattern.text(of: $0) },
      reason: Self.openReason)
    let uri = uri(ofFile: target.path)
    guard let source = target.source else {
      guard client.createsFiles else { return nil }
      let new = SuppressionWriter.newFile(text, schema: SuppressionWriter.schemaAddress)
      return [
        "documentChanges": [
          ["kind": "create", "uri": .string(uri), "options": ["ignoreIfExists": true]],
          edits(of: uri, version: nil, [insertion(String(decoding: new, as: UTF8.self))]),
        ]
      ]
    }
    guard let new = try? SuppressionWriter.adding(text, to: source) else { return nil }
    let buffer = TextBuffer(source.bytes)
    let changes = buffer.edits(to: new, client.diagnostics.encoding)
    guard client.versionsEdits else {
      return ["changes": .object([(name: uri, value: .array(changes))])]
    }
    return ["documentChanges": [edits(of: uri, version: documents[uri]?.version, changes)]]
  }

  private func insertion(_ text: String) -> WireValue {
    let start = TextPosition(line: 0, character: 0).wire
    return ["range": ["start": start, "end": start], "newText": .string(text)]
  }

  private func edits(of uri: String, version: Int?, _ edits: [WireValue]) -> WireValue {
    [
      "textDocument": [
        "uri": .string(uri), "version": version.map { .integer($0) } ?? .null,
      ],
      "edits": .array(edits),
    ]
  }
}

extension Workspace {
  /// The file that a suppression of a document's findings goes into.
  struct SuppressionFile {
    /// The absolute path.
    var path: String
    /// The file as it is; nil where there is none.
    var source: SourceFile?
    /// The path of the document in its project.
    var inputPath: String
  }

  /// Finds that file; nil where the document belongs to no project, or the file cannot be used.
  func suppressionTarget(of document: OpenDocument) -> SuppressionFile? {
    var loader = suppressionLoader()
    let place = root.location(of: document.path, workingFolder: folder)
    guard let project = loader.root(ofFolder: Paths.parent(of: place) ?? "/"),
      let inputPath = Paths.relativePath(of: place, below: project.folder)
    else { return nil }
    let file = loader.suppressionsFile(at: project)
    guard loader.isInside(file.path, project, namedAt: nil) else { return nil }
    if root.files.kind(of: file.path) == .missing {
      return SuppressionFile(path: file.path, inputPath: inputPath)
    }
    guard let source = try? loader.source(at: file.path) else { return nil }
    return SuppressionFile(path: file.path, source: source, inputPath: inputPath)
  }
}
