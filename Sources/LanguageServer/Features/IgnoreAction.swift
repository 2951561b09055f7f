import Findings
import Linting
import RequisiteFiles
import SourceText
import Suppressions

extension LanguageServer {
  /// The most findings whose actions carry the edits that suppress them.
  static var mostIgnored: Int { 10 }

  /// Actions that suppress a finding: by an entry of a file and, in YAML, by a comment.
  func ignoring(
    _ entry: DocumentReport.Entry, of document: OpenDocument, in file: Workspace.SuppressionFile?
  ) -> [CodeAction] {
    guard let finding = entry.finding, document.isFile else { return [] }
    let diagnostics = [DocumentReport.outgoing(entry, client.diagnostics)]
    var actions: [CodeAction] = []
    var action = CodeAction(
      title: Self.title(finding.rule.description, in: document), kind: "quickfix",
      diagnostics: diagnostics)
    if let file, addChange(of: finding, in: document, file, to: &action) { actions.append(action) }
    if !ReadingRule.endsChecks(finding.rule), let lines = suppressedLines(of: document) {
      let edit = comment(
        "ignore \(finding.rule) \(SuppressionText.openReason)",
        above: lines.lines(at: finding.region.start.offset), of: document)
      actions.append(
        CodeAction(
          title: "Ignore \(finding.rule) with a comment", kind: "quickfix",
          diagnostics: diagnostics, edit: workspaceEdit([(document, [edit])])))
    }
    return actions
  }

  /// The edit that puts a comment above lines, indented and ended as they are.
  private func comment(
    _ text: String, above lines: TextRange, of document: OpenDocument
  ) -> OutgoingValue {
    let start = lines.lowerBound
    let indentation = document.buffer.bytes[start...].prefix { $0 == 0x20 }.count
    let line =
      String(repeating: " ", count: indentation) + "# requisite: \(text)"
      + document.buffer.lineBreak(near: start)
    return [
      "range": document.buffer.outgoing(TextRange(at: start), client.diagnostics.encoding),
      "newText": .string(line),
    ]
  }

  /// What an entry suppresses: in a log, it is about the same value of each line.
  private static func title(_ rule: String, in document: OpenDocument) -> String {
    document.kind == .request(.jsonLines)
      ? "Ignore \(rule) here in all lines" : "Ignore \(rule) here"
  }

  /// Gives an action what adds an entry, as `requisite ignore` does; false where none can be added.
  ///
  /// It is an edit or, for an editor that asks for it later, the place that the edit is for. An editor
  /// whose edits make no files has a command.
  private func addChange(
    of finding: Finding, in document: OpenDocument, _ file: Workspace.SuppressionFile,
    to action: inout CodeAction
  ) -> Bool {
    if documents[uri(ofFile: file.path)]?.isOutOfSync ?? false { return false }
    let pointer = (finding.stablePointer ?? finding.pointer).map { PointerPattern.text(of: $0) }
    let rule = finding.rule.description
    if file.source == nil, !client.createsFiles {
      guard client.runsCommands else { return false }
      action.command = Self.command(rule, at: pointer, of: document)
    } else if client.resolvesActions {
      action.data = Self.place(rule, at: pointer, of: document)
    } else {
      action.edit = try? edit(of: file, adding: rule, at: pointer)
      return action.edit != nil
    }
    return true
  }

  /// The edit that adds an entry to a file.
  ///
  /// - Throws: `suppression/cannot-add` for a layout that has no place for it.
  private func edit(
    of file: Workspace.SuppressionFile, adding rule: String, at pointer: String?
  ) throws(Diagnostic) -> OutgoingValue {
    let new = try file.adding(rule, at: pointer, reason: SuppressionText.openReason)
    let uri = uri(ofFile: file.path)
    guard let source = file.source else {
      return [
        "documentChanges": [
          ["kind": "create", "uri": uri.outgoing, "options": ["ignoreIfExists": true]],
          edits(of: uri, version: nil, [insertion(String(decoding: new, as: UTF8.self))]),
        ]
      ]
    }
    let changes = TextBuffer(source.bytes).edits(to: new, client.diagnostics.encoding)
    guard client.versionsEdits else {
      return ["changes": .object([(name: uri.text, value: .array(changes))])]
    }
    return ["documentChanges": [edits(of: uri, version: documents[uri]?.version, changes)]]
  }

  /// Gives an action the edit that suppresses a finding.
  ///
  /// - Throws: `invalidParameters`, `contentModified`, or `requestFailed` where no entry can be added.
  func resolve(_ action: IncomingValue?) throws(ResponseError) -> OutgoingValue {
    guard let action, let place = action["data"], let rule = place["rule"]?.string,
      let document = place["uri"]?.uri.flatMap({ documents[$0] })
    else { throw ResponseError(.invalidParameters, "action names no rule of an open document") }
    let file = withWorkspace(of: document) { $0.suppressionTarget(of: document) }
    guard let file else { throw ResponseError(.requestFailed, "suppressions cannot be used") }
    if documents[uri(ofFile: file.path)]?.isOutOfSync ?? false {
      throw ResponseError(.contentModified, "suppressions are out of sync")
    }
    do throws(Diagnostic) {
      let edit = try edit(of: file, adding: rule, at: place["pointer"]?.string)
      let members = action.members.filter { $0.name != "edit" }
      return .object(
        members.map { (name: $0.name, value: .verbatim($0.value.jsonText)) } + [("edit", edit)])
    } catch {
      throw ResponseError(.requestFailed, error.message)
    }
  }

  // MARK: - Command

  /// The command that writes an entry into a file that does not exist.
  static var ignoreCommand: String { "requisite.ignore" }

  /// The place of a finding, for a later request.
  private static func place(
    _ rule: String, at pointer: String?, of document: OpenDocument
  ) -> OutgoingValue {
    [
      "uri": document.uri.outgoing, "rule": .string(rule),
      "pointer": pointer.map { .string($0) } ?? .null,
    ]
  }

  private static func command(
    _ rule: String, at pointer: String?, of document: OpenDocument
  ) -> OutgoingValue {
    [
      "title": .string(title(rule, in: document)), "command": .string(ignoreCommand),
      "arguments": [place(rule, at: pointer, of: document)],
    ]
  }

  /// Does what a person chose among the actions.
  ///
  /// - Throws: `invalidParameters`, or `requestFailed` for a file that cannot be written.
  func execute(_ parameters: IncomingValue?) throws(ResponseError) -> OutgoingValue {
    guard parameters?["command"]?.string == Self.ignoreCommand else {
      throw ResponseError(.invalidParameters, "command is not supported")
    }
    guard let place = parameters?["arguments"]?.elements.first,
      let rule = place["rule"]?.string,
      let document = place["uri"]?.uri.flatMap({ documents[$0] })
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
      let new = try target.adding(
        rule, at: place["pointer"]?.string, reason: SuppressionText.openReason)
      try files.write(new, to: target.path)
    } catch {
      let reason = (error as? Diagnostic)?.message ?? "\(error)"
      throw ResponseError(.requestFailed, "suppression was not written: \(reason)")
    }
    refresh()
    return .null
  }

  // MARK: - Edits

  private func insertion(_ text: String) -> OutgoingValue {
    let start = TextPosition(line: 0, character: 0).outgoing
    return ["range": ["start": start, "end": start], "newText": .string(text)]
  }

  private func edits(of uri: DocumentURI, version: Int?, _ edits: [OutgoingValue]) -> OutgoingValue
  {
    [
      "textDocument": [
        "uri": uri.outgoing, "version": version.map { .integer($0) } ?? .null,
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
    /// What was read of it; nil for a file without any text, which is as good as none.
    var target: SuppressionWriter.Target?
    /// The path of the document in its project.
    var inputPath: String

    /// The text of the file with one more entry.
    ///
    /// - Throws: `suppression/cannot-add` for a layout that has no place for it.
    func adding(
      _ rule: String, at pointer: String?, reason: String
    ) throws(Diagnostic) -> [UInt8] {
      let entry = SuppressionText(
        rule: rule, path: SuppressionText.pattern(ofPath: inputPath), pointer: pointer,
        reason: reason)
      guard let target else {
        return SuppressionWriter.newFile(entry, schema: SuppressionWriter.schemaAddress)
      }
      return try target.adding(entry)
    }
  }

  /// Finds that file; nil where the document belongs to no project, or the file cannot be used.
  func suppressionTarget(of document: OpenDocument) -> SuppressionFile? {
    var loader = loader()
    let place = root.location(of: document.path, workingFolder: folder)
    guard let project = loader.root(ofFolder: Paths.parent(of: place) ?? "/"),
      let inputPath = Paths.relativePath(of: place, below: project.folder)
    else { return nil }
    let file = loader.suppressionsFile(at: project)
    guard loader.isInside(file.path, project, namedAt: nil) else { return nil }
    if root.files.kind(of: file.path) == .missing {
      // Through a link that leads nowhere, a file would be made elsewhere.
      if root.files.isLink(file.path) { return nil }
      return SuppressionFile(path: file.path, inputPath: inputPath)
    }
    guard let source = try? loader.source(at: file.path) else { return nil }
    var target: SuppressionWriter.Target?
    if !source.bytes.allSatisfy({ " \t\r\n".utf8.contains($0) }) {
      guard let read = try? SuppressionWriter.Target(source) else { return nil }
      target = read
    }
    return SuppressionFile(path: file.path, source: source, target: target, inputPath: inputPath)
  }
}
