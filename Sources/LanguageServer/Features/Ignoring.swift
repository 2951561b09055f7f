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
    let (edit, command) = entryChange(finding, of: document)
    if edit != nil || command != nil {
      actions.append(
        CodeAction(
          title: "Ignore \(finding.rule) here", kind: "quickfix", diagnostics: diagnostics,
          edit: edit, command: command))
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

  /// What adds an entry, as `requisite ignore` does: an edit or, for an editor whose edits make no files, a
  /// command; neither where none can be added.
  private func entryChange(
    _ finding: Finding, of document: OpenDocument
  ) -> (edit: WireValue?, command: WireValue?) {
    let target = withWorkspace(of: document) { $0.suppressionTarget(of: document) }
    guard let target else { return (nil, nil) }
    let pointer = (finding.stablePointer ?? finding.pointer).map { PointerPattern.text(of: $0) }
    let rule = finding.rule.description
    guard
      let new = try? target.adding(rule, at: pointer, reason: Self.openReason)
    else { return (nil, nil) }
    let uri = uri(ofFile: target.path)
    if documents[uri]?.isOutOfSync ?? false { return (nil, nil) }
    guard let source = target.source else {
      guard client.createsFiles else {
        return (nil, client.runsCommands ? Self.command(rule, at: pointer, of: document) : nil)
      }
      let edit: WireValue = [
        "documentChanges": [
          ["kind": "create", "uri": .string(uri), "options": ["ignoreIfExists": true]],
          edits(of: uri, version: nil, [insertion(String(decoding: new, as: UTF8.self))]),
        ]
      ]
      return (edit, nil)
    }
    let changes = TextBuffer(source.bytes).edits(to: new, client.diagnostics.encoding)
    guard client.versionsEdits else {
      return (["changes": .object([(name: uri, value: .array(changes))])], nil)
    }
    let edit: WireValue = [
      "documentChanges": [edits(of: uri, version: documents[uri]?.version, changes)]
    ]
    return (edit, nil)
  }

  // MARK: - Command

  /// The command that writes an entry into a file that does not exist.
  static var ignoreCommand: String { "requisite.ignore" }

  private static func command(
    _ rule: String, at pointer: String?, of document: OpenDocument
  ) -> WireValue {
    let place: WireValue = [
      "uri": .string(document.uri), "rule": .string(rule),
      "pointer": pointer.map { .string($0) } ?? .null,
    ]
    return [
      "title": .string("Ignore \(rule) here"), "command": .string(ignoreCommand),
      "arguments": [place],
    ]
  }

  /// Does what a person chose among the actions.
  ///
  /// - Throws: `invalidParameters`, or `requestFailed` for a file that cannot be written.
  func execute(_ parameters: ReceivedValue?) throws(ResponseError) -> WireValue {
    guard parameters?["command"]?.string == Self.ignoreCommand else {
      throw ResponseError(.invalidParameters, "command is not supported")
    }
    guard let place = parameters?["arguments"]?.elements.first,
      let rule = place["rule"]?.string,
      let document = place["uri"]?.string.flatMap({ documents[$0] })
    else { throw ResponseError(.invalidParameters, "command names no rule of an open document") }
    let found = withWorkspace(of: document) { $0.suppressionTarget(of: document) }
    guard let found else { throw ResponseError(.requestFailed, "document has no suppressions") }
    let lock = files.lockFolder(ofFileAt: found.path) {}
    defer { withExtendedLifetime(lock) {} }
    do {
      // Another run may have made the file before this one had the lock.
      guard let target = withWorkspace(of: document, { $0.suppressionTarget(of: document) }) else {
        throw Diagnostic("suppression/cannot-add", "suppressions cannot be used")
      }
      let new = try target.adding(rule, at: place["pointer"]?.string, reason: Self.openReason)
      let file = try files.beginFile(at: target.path, makingFolders: false)
      do {
        try file.write(new)
        try file.commit()
      } catch {
        file.discard()
        throw error
      }
    } catch {
      let reason = (error as? Diagnostic)?.message ?? "\(error)"
      throw ResponseError(.requestFailed, "suppression was not written: \(reason)")
    }
    refresh()
    return .null
  }

  // MARK: - Edits

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

    /// The text of the file with one more entry.
    ///
    /// - Throws: `suppression/cannot-add` for a file with errors.
    func adding(
      _ rule: String, at pointer: String?, reason: String
    ) throws(Diagnostic) -> [UInt8] {
      let entry = SuppressionText(
        rule: rule, path: SuppressionText.pattern(ofPath: inputPath), pointer: pointer,
        reason: reason)
      // A file without any text is as good as none.
      guard let source, !source.bytes.allSatisfy({ " \t\r\n".utf8.contains($0) }) else {
        return SuppressionWriter.newFile(entry, schema: SuppressionWriter.schemaAddress)
      }
      return try SuppressionWriter.adding(entry, to: source)
    }
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
