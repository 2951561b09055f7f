import Linting
package import RequisiteFiles
import SourceText

/// A server of the Language Server Protocol (3.17) for requests, packs, configurations and suppressions.
///
/// It takes one message after another. What takes time, such as checking a document after an edit, is done
/// in `work`, one document at a time: between two of them, the caller hands on what has arrived.
package final class LanguageServer {
  /// Where the connection is.
  private enum State { case new, running, shutDown }

  let settings: LanguageServerSettings
  private let send: ([UInt8]) -> Void
  private var state = State.new
  /// The open documents.
  private(set) var documents: [DocumentURI: OpenDocument] = [:]
  /// What is known of their reports.
  private var reporting: [DocumentURI: Reporting] = [:]
  /// The files, with the texts of documents in place of theirs.
  private(set) var files: OverlayFileSystem
  /// Whether what documents are checked by may have changed since the folders were made ready.
  private var isStale = false
  /// The folders that are ready, by their paths.
  private var workspaces: [ExactText: Workspace] = [:]
  /// The folders that the editor works in.
  private(set) var folders: [String] = []
  /// The documents whose reports are old, the one to check first at the end.
  private var waiting: [DocumentURI] = []
  /// Tells the time.
  package var now: () -> ContinuousClock.Instant = { .now }
  /// What the editor understands.
  private(set) var client = ClientCapabilities()
  /// Ids of requests to the editor.
  private var requestCount = 0
  /// Ends what is done at hand once its result is no longer wanted.
  private var interruption: Interruption?

  /// What takes time, and may no longer be wanted before it is done.
  package enum Operation: Sendable {
    /// Checking a document.
    case report(DocumentURI)
    /// Answering a request, by the JSON text of its id.
    case answer([UInt8])
  }

  /// Asked during an operation, again and again, whether its result is no longer wanted.
  package var isUnwanted: ((Operation) -> Bool)?

  /// The code to end the process with, once the editor asked for that.
  package private(set) var exitCode: Int32?

  /// Creates a server; `send` takes the content of each message to the editor.
  package init(
    _ settings: LanguageServerSettings, in files: any FileSystem,
    send: @escaping ([UInt8]) -> Void
  ) {
    self.settings = settings
    self.files = OverlayFileSystem(over: files)
    self.send = send
  }

  // MARK: - Messages

  /// Takes a message; requests in `cancelled`, by the JSON text of their ids, are not done any more.
  package func receive(_ message: Message, cancelled: Set<[UInt8]> = []) {
    switch message {
    case .malformed(let error, let id): post(Outgoing.error(error, of: id))
    case .response: break
    case .request(let id, let method, let parameters):
      do throws(ResponseError) {
        // Without an answer to that one, the process ends with an error.
        if cancelled.contains(id), method != "shutdown" {
          throw ResponseError(.requestCancelled, "request was cancelled")
        }
        let (result, isWhole) = try interruptible(.answer(id)) { () throws(ResponseError) in
          try answer(method, parameters)
        }
        guard isWhole else {
          throw ResponseError(.requestCancelled, "request was cancelled")
        }
        post(Outgoing.result(result, of: id))
      } catch {
        post(Outgoing.error(error, of: id))
      }
    case .notification(let method, let parameters): take(method, parameters)
    }
  }

  /// Says that what arrived is no message.
  package func reject(_ error: ResponseError) { post(Outgoing.error(error, of: nil)) }

  private func post(_ message: OutgoingValue) { send(message.json) }

  private func answer(
    _ method: String, _ parameters: IncomingValue?
  ) throws(ResponseError) -> OutgoingValue {
    switch (state, method) {
    case (.new, "initialize"):
      state = .running
      return initialize(parameters)
    case (.new, _):
      throw ResponseError(.serverNotInitialized, "request came before 'initialize'")
    case (.shutDown, _): throw ResponseError(.invalidRequest, "request came after 'shutdown'")
    case (.running, "initialize"):
      throw ResponseError(.invalidRequest, "'initialize' came twice")
    case (.running, "shutdown"):
      state = .shutDown
      return .null
    case (.running, "workspace/executeCommand"): return try execute(parameters)
    case (.running, "codeAction/resolve"): return try resolve(parameters)
    case (.running, _):
      guard let feature = Self.features[method] else {
        throw ResponseError(.methodNotFound, "method is not supported")
      }
      guard let uri = parameters?["textDocument"]?["uri"]?.uri else {
        throw ResponseError(.invalidParameters, "request names no document")
      }
      guard let parameters, let document = documents[uri] else {
        throw ResponseError(.invalidParameters, "document is not open")
      }
      guard !document.isOutOfSync else {
        throw ResponseError(.contentModified, "document is out of sync")
      }
      return feature(self)(document, parameters)
    }
  }

  /// What is done for requests about documents.
  private typealias Feature = (LanguageServer) -> (OpenDocument, IncomingValue) -> OutgoingValue

  private static var features: [String: Feature] {
    [
      "textDocument/codeAction": LanguageServer.codeActions,
      "textDocument/completion": LanguageServer.completion,
      "textDocument/definition": LanguageServer.definition,
      "textDocument/hover": LanguageServer.hover,
    ]
  }

  private func take(_ method: String, _ parameters: IncomingValue?) {
    if method == "exit" {
      exitCode = state == .shutDown ? 0 : 1
      return
    }
    guard state == .running, let parameters = parameters ?? IncomingValue.empty else { return }
    switch method {
    case "initialized": watchFiles()
    case "textDocument/didOpen": open(parameters)
    case "textDocument/didChange": change(parameters)
    case "textDocument/didClose": close(parameters)
    case "textDocument/didSave":
      if !client.watchesFiles { refresh() }
    case "workspace/didChangeWatchedFiles":
      if concernsWorkspaces(parameters) { refresh() }
    case "workspace/didChangeWorkspaceFolders":
      changeFolders(
        adding: parameters["event"]?["added"], removing: parameters["event"]?["removed"])
    default: break
    }
  }

  // MARK: - Lifecycle

  private func initialize(_ parameters: IncomingValue?) -> OutgoingValue {
    client = ClientCapabilities(parameters?["capabilities"])
    let named = parameters?["workspaceFolders"]?.elements.compactMap { $0["uri"]?.uri } ?? []
    let root = parameters?["rootUri"]?.uri ?? parameters?["rootPath"]?.uri
    folders = (named.isEmpty ? [root].compactMap(\.self) : named).compactMap(folder)
    var capabilities: [(name: String, value: OutgoingValue)] = [
      ("positionEncoding", .string(client.diagnostics.encoding.rawValue)),
      ("textDocumentSync", ["openClose": true, "change": 2, "save": ["includeText": false]]),
      (
        "codeActionProvider",
        [
          "codeActionKinds": ["quickfix", .string(CodeAction.fixAllKind)],
          "resolveProvider": .boolean(client.resolvesActions),
        ]
      ),
      ("hoverProvider", true), ("definitionProvider", true),
      ("completionProvider", ["triggerCharacters": ["\"", ":", "/"]]),
      ("workspace", ["workspaceFolders": ["supported": true, "changeNotifications": true]]),
    ]
    // Some editors register commands globally, so that a second server with the same command fails.
    if client.runsCommands, !client.createsFiles {
      capabilities.append(
        ("executeCommandProvider", ["commands": [.string(Self.ignoreCommand)]]))
    }
    return [
      "capabilities": .object(capabilities),
      "serverInfo": ["name": "requisite", "version": .string(settings.version)],
    ]
  }

  private func folder(_ uri: DocumentURI) -> String? {
    let path = uri.path ?? (uri.text.hasPrefix("/") ? uri.text : nil)
    return path.map { files.realPath($0) ?? $0 }
  }

  private func watchFiles() {
    guard client.watchesFiles else { return }
    requestCount += 1
    // Packs, schemas and baselines may have any of these names, and so may requests.
    let patterns = ["**/*.{yaml,yml,json,jsonl}", "**/.requisite*"]
    let watchers = patterns.map { pattern -> OutgoingValue in ["globPattern": .string(pattern)] }
    let registration: OutgoingValue = [
      "id": "files", "method": "workspace/didChangeWatchedFiles",
      "registerOptions": ["watchers": .array(watchers)],
    ]
    post(
      Outgoing.request(
        "client/registerCapability", ["registrations": [registration]],
        id: "requisite-\(requestCount)"))
  }

  private func changeFolders(adding added: IncomingValue?, removing removed: IncomingValue?) {
    func named(_ values: IncomingValue?) -> [String] {
      values?.elements.compactMap { $0["uri"]?.uri }.compactMap(folder) ?? []
    }
    let gone = Set(named(removed).map(ExactText.init))
    folders.removeAll { gone.contains(ExactText($0)) }
    for folder in named(added) where !folders.contains(where: folder.hasSameBytes) {
      folders.append(folder)
    }
    refresh()
  }

  /// Whether a folder that is ready depends on files that changed on the disk.
  ///
  /// Open documents have the texts of the editor.
  private func concernsWorkspaces(_ parameters: IncomingValue?) -> Bool {
    let uris = parameters?["changes"]?.elements.compactMap { $0["uri"]?.uri } ?? []
    let open = Set(documents.values.map { ExactText($0.path) })
    let paths = uris.compactMap(\.path).filter { !open.contains(ExactText($0)) }
    return paths.contains { path in workspaces.values.contains { $0.dependsOn(path) } }
  }

  // MARK: - Documents

  private func open(_ parameters: IncomingValue) {
    guard let item = parameters["textDocument"], let uri = item["uri"]?.uri,
      let text = item["text"]?.utf8
    else { return }
    let path = uri.path
    let folder = folders.first ?? files.workingFolder
    guard let place = path ?? Self.pathOfUnsaved(uri.text, folder) else { return }
    if let other = documents.removeValue(forKey: uri) { files.remove(other.handle) }
    let document = OpenDocument(
      uri: uri, path: place, isFile: path != nil, handle: files.add(text, at: place),
      language: item["languageId"]?.string, version: item["version"]?.integer, text: text)
    documents[uri] = document
    schedule(document, refreshing: concernsOthers(document) || !client.watchesFiles)
  }

  /// The path of a document that was never saved; nil for what is no text that a person edits.
  private static func pathOfUnsaved(_ uri: String, _ folder: String) -> String? {
    guard uri.hasPrefix("untitled:") else { return nil }
    let name = uri.dropFirst("untitled:".count).split(separator: "/").last.map(String.init)
    return Paths.joined(folder, name ?? "untitled")
  }

  private func change(_ parameters: IncomingValue) {
    guard let item = parameters["textDocument"], let uri = item["uri"]?.uri,
      var document = documents[uri]
    else { return }
    let concernedOthers = concernsOthers(document)
    // With a second owner, each change would copy the text.
    documents[uri] = nil
    files.set([], for: document.handle)
    do throws(ResponseError) {
      try document.change(
        parameters["contentChanges"]?.elements ?? [], version: item["version"]?.integer,
        client.diagnostics.encoding)
    } catch {
      warn("change of '\(uri.text)' cannot be made: \(error.message)")
    }
    documents[uri] = document
    files.set(document.buffer.bytes, for: document.handle)
    schedule(document, refreshing: concernedOthers || document.kind.concernsOthers)
    if case .request = document.kind { scheduleSuppressions(for: document) }
  }

  private func close(_ parameters: IncomingValue) {
    guard let uri = parameters["textDocument"]?["uri"]?.uri,
      let document = documents.removeValue(forKey: uri)
    else { return }
    files.remove(document.handle)
    waiting.removeAll { $0 == uri }
    if let known = reporting.removeValue(forKey: uri), known.isShown {
      post(Self.publication(of: DocumentReport(), uri, version: nil, client.diagnostics))
    }
    if concernsOthers(document) { refresh() }
    // The file has the text of another document again, or its own.
    if case .request = document.kind { scheduleSuppressions(for: document) }
  }

  /// Whether what other documents report may depend on a document, by what it is or by who has read it.
  private func concernsOthers(_ document: OpenDocument) -> Bool {
    document.kind.concernsOthers || workspaces.values.contains { $0.isMadeOf(document.path) }
  }

  /// Notes that a document is to be checked, and all others, too, if they depend on it.
  private func schedule(_ document: OpenDocument, refreshing: Bool) {
    if refreshing { refresh() }
    noteOld([document.uri])
    reporting[document.uri]?.kept = nil
    reporting[document.uri]?.suppressedLines = nil
    reporting[document.uri]?.textNumber += 1
    waiting.removeAll { $0 == document.uri }
    waiting.append(document.uri)
  }

  /// Notes that what open suppressions do may be different now that a request is; that is looked at last.
  private func scheduleSuppressions(for document: OpenDocument) {
    let others = documents.values.filter { $0.kind.isJudged && !waiting.contains($0.uri) }
    for key in workspaces.keys { workspaces[key]?.judgeAgain(afterChangeOf: document.path) }
    waiting = others.map(\.uri).sorted { $0.text.bytesPrecede($1.text) } + waiting
  }

  /// Has everything read anew that documents are checked by, once that is needed.
  func refresh() { isStale = true }

  /// Does what `refresh` asked for, however often.
  private func renew() {
    guard isStale else { return }
    isStale = false
    workspaces = [:]
    for uri in reporting.keys { reporting[uri]?.kept = nil }
    let known = Set(waiting)
    let others = documents.keys.filter { !known.contains($0) }
    waiting = others.sorted { $0.text.bytesPrecede($1.text) } + waiting
    noteOld(others)
  }

  private func noteOld(_ uris: [DocumentURI]) {
    for uri in uris where reporting[uri]?.oldSince == nil {
      reporting[uri, default: Reporting()].oldSince = now()
    }
  }

  func warn(_ message: String) {
    post(
      Outgoing.notification(
        "window/logMessage", ["type": 2, "message": .string("requisite: \(message)")]))
  }

  /// Runs something in the folder that a document belongs to.
  func withWorkspace<Result>(
    of document: OpenDocument, _ body: (inout Workspace) -> Result
  ) -> Result {
    renew()
    let parent = Paths.parent(of: document.path) ?? "/"
    let real = files.realFolder(parent)
    let folder =
      folders.filter { Paths.isPath(real, inside: $0) }.max { $0.utf8.count < $1.utf8.count }
      ?? real
    let key = ExactText(folder)
    var workspace = workspaces[key] ?? Workspace(folder, settings, in: files)
    workspace.interruption = interruption
    defer { workspaces[key] = workspace }
    return body(&workspace)
  }

  // MARK: - Reports

  /// Whether a report is old.
  package var hasWork: Bool { isStale && !documents.isEmpty || !waiting.isEmpty }

  /// Checks one document and publishes its report.
  package func work() {
    renew()
    guard let uri = waiting.popLast(), let document = documents[uri] else { return }
    let (report, isWhole) = interruptible(.report(uri)) { () -> DocumentReport in
      self.report(of: document)
    }
    if isWhole {
      reporting[uri]?.oldSince = nil
    } else {
      // What interrupted it is done first.
      waiting.append(uri)
      // Of a new text, what is known without the files that it is about is shown once.
      guard document.kind.isJudged, isOverdue(uri), let known = reporting[uri],
        known.shownNumber != known.textNumber
      else { return }
    }
    reporting[uri]?.noteShown(report)
    post(Self.publication(of: report, uri, version: document.version, client.diagnostics))
  }

  /// What comes of an operation, and whether it is whole: it is not where it was no longer wanted.
  private func interruptible<Result, Failure: Error>(
    _ operation: Operation, _ body: () throws(Failure) -> Result
  ) throws(Failure) -> (Result, isWhole: Bool) {
    let current = isUnwanted.map { isUnwanted in Interruption { isUnwanted(operation) } }
    interruption = current
    defer { interruption = nil }
    let result = try body()
    return (result, !(current?.hasHappened ?? false))
  }

  /// Whether a message that was not taken yet makes the result of an operation unwanted.
  package func isUnwanted(_ operation: Operation, after message: Message) -> Bool {
    switch (operation, message) {
    case (_, .notification("exit", _)), (.report, .request(_, "shutdown", _)): return true
    case (.answer(let id), .notification("$/cancelRequest", let parameters)):
      return parameters?["id"]?.idText == id
    case (.report(let uri), .request): return documents[uri]?.kind.isJudged ?? false
    case (.report(let uri), .notification(let method, let parameters)):
      switch method {
      case "textDocument/didChange", "textDocument/didClose":
        guard let changed = parameters?["textDocument"]?["uri"]?.uri else { return false }
        if documents[uri]?.kind.isJudged ?? false { return true }
        // While a person types, a report of what was typed a moment ago is better than none.
        if method == "textDocument/didChange", isOverdue(uri) { return false }
        return changed == uri || documents[changed].map(concernsOthers) ?? false
      case "workspace/didChangeWatchedFiles":
        return !isOverdue(uri) && concernsWorkspaces(parameters)
      case "workspace/didChangeWorkspaceFolders": return true
      default: return false
      }
    default: return false
    }
  }

  /// Whether a pack detected a request in a document since it was opened; then it is one however broken it is.
  func isKnownRequest(_ document: OpenDocument) -> Bool {
    reporting[document.uri]?.isKnownRequest ?? false
  }

  /// Whether the published report of a document has been old for so long that the next one is finished.
  private func isOverdue(_ uri: DocumentURI) -> Bool {
    reporting[uri]?.oldSince.map { now() - $0 >= .milliseconds(500) } ?? false
  }

  private func report(of document: OpenDocument) -> DocumentReport {
    if document.isOutOfSync { return .outOfSync }
    return withWorkspace(of: document) { workspace in
      var report = DocumentReport()
      switch document.kind {
      case .request(let syntax):
        guard let found = requestReport(of: document, syntax, in: &workspace, fixes: .none) else {
          return report
        }
        if found.isRequest { reporting[document.uri]?.isKnownRequest = true }
        report = found.report
      case .pack:
        report.add(workspace.packDiagnostics(at: document.path), of: document, in: workspace)
      case .configuration:
        report.add(
          workspace.configurationDiagnostics(at: document.path, in: files), of: document,
          in: workspace)
      case .suppressions:
        report.add(
          workspace.suppressionDiagnostics(at: document.path, in: files), of: document,
          in: workspace)
      case .baseline, .other: break
      }
      return report
    }
  }

  /// The report of a request, which is checked again only if anything that it depends on has changed.
  func requestReport(
    of document: OpenDocument, _ syntax: Syntax, in workspace: inout Workspace, fixes: FixMode
  ) -> KeptReport? {
    if let known = reporting[document.uri]?.kept, known.hasFixes || fixes == .none { return known }
    let isKnown = isKnownRequest(document)
    let found = DocumentReport.of(
      document, syntax, isKnown: isKnown, in: &workspace, files, fixes: fixes)
    guard let found else { return nil }
    let kept = KeptReport(
      report: found.report, isRequest: found.isRequest, hasFixes: fixes != .none)
    if !isInterrupted { reporting[document.uri]?.kept = kept }
    return kept
  }

  /// The lines of a request that suppression comments are about; nil where it has no comments.
  func suppressedLines(of document: OpenDocument) -> SuppressedLines? {
    guard case .request(let syntax) = document.kind else { return nil }
    if let known = reporting[document.uri]?.suppressedLines { return known }
    let lines = syntax.suppressedLines(in: document.buffer.bytes)
    reporting[document.uri]?.suppressedLines = lines
    return lines
  }

  /// Asks whether the result of what is done at hand is no longer wanted.
  var isInterrupted: Bool { interruption?.isDue() ?? false }

  private static func publication(
    of report: DocumentReport, _ uri: DocumentURI, version: Int?,
    _ capabilities: DocumentReport.Capabilities
  ) -> OutgoingValue {
    var parameters: [(name: String, value: OutgoingValue)] = [("uri", uri.outgoing)]
    if let version { parameters.append(("version", .integer(version))) }
    parameters.append(("diagnostics", report.outgoing(capabilities)))
    return Outgoing.notification("textDocument/publishDiagnostics", .object(parameters))
  }
}

/// What is known of the report of an open document.
private struct Reporting {
  /// Counts the texts that the document has had.
  var textNumber = 0
  /// The text that the published report is of; nil before the first one.
  var shownNumber: Int?
  /// The lines of the text that comments are about, once they were asked for.
  var suppressedLines: SuppressedLines?
  /// Since when the published report is old.
  var oldSince: ContinuousClock.Instant?
  /// Whether a pack was seen to be about the document.
  var isKnownRequest = false
  /// Whether the published report has something, so that an empty one has to replace it.
  var isShown = false
  /// The report of a request as it and all that it depends on are now.
  var kept: KeptReport?
}

extension Reporting {
  /// Notes that a report of the text is published.
  fileprivate mutating func noteShown(_ report: DocumentReport) {
    shownNumber = textNumber
    isShown = !report.entries.isEmpty
  }
}

/// The report of a request, kept for questions about it.
struct KeptReport {
  var report: DocumentReport
  /// Whether the document is a request for sure.
  var isRequest: Bool
  /// Whether findings have their fixes.
  var hasFixes: Bool
}

/// What the editor understands.
struct ClientCapabilities {
  /// What it understands of diagnostics, and how it counts characters.
  var diagnostics = DocumentReport.Capabilities()
  /// Whether it tells of files that change on the disk.
  var watchesFiles = false
  /// Whether an edit may make a file.
  var createsFiles = false
  /// Whether it can have the server do something.
  var runsCommands = false
  /// Whether it asks for the edit of an action once a person has chosen it.
  var resolvesActions = false
  /// Whether edits of several documents may say which versions they are for.
  var versionsEdits = false
  /// Whether it knows completions that insert a text, and those that replace one.
  var replacesCompletions = false

  init() {}

  init(_ capabilities: IncomingValue?) {
    let encodings = capabilities?["general"]?["positionEncodings"]?.strings ?? []
    // The first one that it names is the one that it likes best.
    let encoding = encodings.lazy.compactMap { PositionEncoding(rawValue: $0) }.first
    diagnostics.encoding = encoding ?? .utf16
    let published = capabilities?["textDocument"]?["publishDiagnostics"]
    diagnostics.showsRelated = published?["relatedInformation"]?.boolean ?? false
    diagnostics.showsCodeDescription = published?["codeDescriptionSupport"]?.boolean ?? false
    let item = capabilities?["textDocument"]?["completion"]?["completionItem"]
    replacesCompletions = item?["insertReplaceSupport"]?.boolean ?? false
    let action = capabilities?["textDocument"]?["codeAction"]
    resolvesActions =
      action?["dataSupport"]?.boolean ?? false
      && action?["resolveSupport"]?["properties"]?.strings.contains("edit") ?? false
    let workspace = capabilities?["workspace"]
    watchesFiles = workspace?["didChangeWatchedFiles"]?["dynamicRegistration"]?.boolean ?? false
    let edits = workspace?["workspaceEdit"]
    versionsEdits = edits?["documentChanges"]?.boolean ?? false
    // Neovim 0.7 makes files and knows documentChanges without announcing the latter.
    createsFiles = edits?["resourceOperations"]?.strings.contains("create") ?? false
    runsCommands = workspace?["executeCommand"]?.isObject ?? false
  }
}
