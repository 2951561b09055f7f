import Foundation
import LanguageServer
import Linting
import RequisiteFiles
import SourceText
import Testing

/// An editor with a server of its own, over files in memory.
final class Editor {
  private let server: LanguageServer
  private let system: InMemoryFileSystem
  private let outbox: Outbox
  private var requestCount = 0
  private var versions: [ExactText: Int] = [:]

  private final class Outbox {
    var messages: [[String: Any]] = []
  }

  /// What most editors announce of edits.
  static var standardEdits: [String: Any] {
    ["documentChanges": true, "resourceOperations": ["create"]]
  }

  /// The folder that the editor works in.
  static let folder = "/work"

  /// Starts a server for files by their paths below the folder; it is initialized unless told otherwise.
  init(
    _ files: [String: String] = [:], encodings: [String] = ["utf-16"], initializes: Bool = true,
    replacesCompletions: Bool = false, edits: [String: Any] = standardEdits,
    executesCommands: Bool = false, resolvesActions: Bool = false, cacheFolder: String? = nil
  ) throws {
    let system = InMemoryFileSystem(
      files.mapValues { Array($0.utf8) }, workingFolder: Self.folder)
    self.system = system
    let outbox = Outbox()
    self.outbox = outbox
    let today = try #require(CalendarDate("2027-01-15".utf8))
    server = LanguageServer(
      LanguageServerSettings(version: "1", cacheFolder: cacheFolder, today: { today }), in: system
    ) { content in
      let message = try? JSONSerialization.jsonObject(with: Data(content)) as? [String: Any]
      outbox.messages.append(message ?? ["unreadable": String(decoding: content, as: UTF8.self)])
    }
    guard initializes else { return }
    var workspace: [String: Any] = [
      "workspaceEdit": edits, "didChangeWatchedFiles": ["dynamicRegistration": true],
    ]
    if executesCommands { workspace["executeCommand"] = ["dynamicRegistration": false] }
    var textDocument: [String: Any] = [
      "publishDiagnostics": ["relatedInformation": true, "codeDescriptionSupport": true],
      "completion": ["completionItem": ["insertReplaceSupport": replacesCompletions]],
    ]
    if resolvesActions {
      textDocument["codeAction"] = [
        "dataSupport": true, "resolveSupport": ["properties": ["edit"]],
      ]
    }
    let capabilities: [String: Any] = [
      "general": ["positionEncodings": encodings], "textDocument": textDocument,
      "workspace": workspace,
    ]
    try request(
      "initialize",
      [
        "capabilities": capabilities,
        "workspaceFolders": [["uri": "file://\(Self.folder)", "name": "work"]],
      ])
    try notify("initialized", [:])
  }

  /// The code that the process would end with.
  var exitCode: Int32? { server.exitCode }

  /// What the server said besides answers and diagnostics.
  var otherMessages: [[String: Any]] {
    outbox.messages.filter {
      $0["method"] != nil && $0["method"] as? String != "textDocument/publishDiagnostics"
    }
  }

  static func uri(_ name: String) -> String { "file://\(folder)/\(name)" }

  // MARK: - Messages

  func post(_ message: [String: Any], cancelled: Set<[UInt8]> = []) throws {
    let data = try JSONSerialization.data(withJSONObject: message)
    server.receive(Message(Array(data)), cancelled: cancelled)
  }

  /// The whole answer to a request.
  @discardableResult
  func request(
    _ method: String, _ parameters: [String: Any]?, isCancelled: Bool = false
  ) throws -> [String: Any] {
    requestCount += 1
    var message: [String: Any] = ["jsonrpc": "2.0", "id": requestCount, "method": method]
    message["params"] = parameters
    try post(message, cancelled: isCancelled ? [Array("\(requestCount)".utf8)] : [])
    return try #require(outbox.messages.last { $0["id"] as? Int == requestCount })
  }

  /// The code of the error that a request is answered with.
  func errorCode(_ method: String, _ parameters: [String: Any]?, isCancelled: Bool = false) throws
    -> Int?
  {
    let answer = try request(method, parameters, isCancelled: isCancelled)
    return (answer["error"] as? [String: Any])?["code"] as? Int
  }

  func notify(_ method: String, _ parameters: [String: Any]?) throws {
    var message: [String: Any] = ["jsonrpc": "2.0", "method": method]
    message["params"] = parameters
    try post(message)
  }

  // MARK: - Documents

  func close(_ name: String) throws {
    try notify("textDocument/didClose", ["textDocument": ["uri": Self.uri(name)]])
  }

  func open(_ name: String, _ text: String, language: String? = nil) throws {
    versions[ExactText(name)] = 1
    let standard = name.hasSuffix("json") ? "json" : "yaml"
    try notify(
      "textDocument/didOpen",
      [
        "textDocument": [
          "uri": Self.uri(name), "languageId": language ?? standard, "version": 1, "text": text,
        ]
      ])
  }

  /// Replaces all of a text, or a range of it.
  func change(
    _ name: String, _ text: String, from start: (Int, Int)? = nil, to end: (Int, Int)? = nil
  ) throws {
    var change: [String: Any] = ["text": text]
    if let start, let end {
      change["range"] = [
        "start": ["line": start.0, "character": start.1],
        "end": ["line": end.0, "character": end.1],
      ]
    }
    try self.change(name, by: [change])
  }

  /// Sends changes as they are.
  func change(_ name: String, by changes: [[String: Any]]) throws {
    versions[ExactText(name), default: 0] += 1
    try notify(
      "textDocument/didChange",
      [
        "textDocument": ["uri": Self.uri(name), "version": versions[ExactText(name)] ?? 0],
        "contentChanges": changes,
      ])
  }

  /// Decides, each time that the server asks, whether what it does is still wanted; nil for always.
  var isUnwanted: ((LanguageServer.Operation) -> Bool)? {
    get { server.isUnwanted }
    set { server.isUnwanted = newValue }
  }

  /// The time as the server has it; nil for the real one.
  func setNow(_ now: ContinuousClock.Instant) { server.now = { now } }

  /// Writes a file on the disk, and says so unless told otherwise.
  func write(_ name: String, _ text: String) throws {
    #expect(system.add(Array(text.utf8), at: "\(Self.folder)/\(name)"))
    try notifyOfFiles([name])
  }

  /// The text of a file on the disk, by its path.
  func text(at path: String) -> String? {
    (try? system.bytes(of: path, limit: 1 << 20)).map { String(decoding: $0, as: UTF8.self) }
  }

  /// The permissions of a file on the disk, by its path.
  func mode(of path: String) -> UInt32? {
    (try? system.status(of: path, followingLinks: true))?.mode
  }

  /// Puts a link on the disk.
  func addLink(at path: String, to target: String) {
    #expect(system.addLink(at: path, to: target))
  }

  /// Puts a pipe on the disk.
  func addPipe(at path: String) { #expect(system.addStream([], at: path)) }

  /// Says that files changed on the disk.
  func notifyOfFiles(_ names: [String]) throws {
    try notify(
      "workspace/didChangeWatchedFiles",
      ["changes": names.map { ["uri": Self.uri($0), "type": 2] as [String: Any] }])
  }

  /// Whether a message would end an operation.
  func ends(_ operation: LanguageServer.Operation, _ message: [String: Any]) throws -> Bool {
    let data = try JSONSerialization.data(withJSONObject: message)
    return server.isUnwanted(operation, after: Message(Array(data)))
  }

  /// Whether a report is old.
  var hasWork: Bool { server.hasWork }

  /// Lets the server do one thing.
  func work() { server.work() }

  /// Lets the server do all that is left to do.
  func settle() { while server.hasWork { server.work() } }

  /// How many reports of a document were published.
  func reportCount(_ name: String) -> Int {
    outbox.messages.count { Self.report($0, name) != nil }
  }

  private static func report(_ message: [String: Any], _ name: String) -> [String: Any]? {
    let parameters = message["params"] as? [String: Any]
    guard message["method"] as? String == "textDocument/publishDiagnostics",
      let other = parameters?["uri"] as? String, other.hasSameBytes(as: uri(name))
    else { return nil }
    return parameters
  }

  /// The codes in the last report of a document so far.
  func lastCodes(_ name: String) -> [String] {
    let report = outbox.messages.lazy.compactMap { Self.report($0, name) }.last
    let diagnostics = report?["diagnostics"] as? [[String: Any]] ?? []
    return diagnostics.compactMap { $0["code"] as? String }
  }

  /// The last report of a document, once the server is done.
  func diagnostics(_ name: String) throws -> [[String: Any]] {
    settle()
    let report = try #require(outbox.messages.lazy.compactMap { Self.report($0, name) }.last)
    if let version = report["version"] as? Int { #expect(version == versions[ExactText(name)]) }
    return try #require(report["diagnostics"] as? [[String: Any]])
  }

  /// The last report as short texts: severity, code and range.
  func summary(_ name: String) throws -> [String] {
    try diagnostics(name).map { diagnostic in
      let range = diagnostic["range"] as? [String: [String: Int]] ?? [:]
      func text(_ end: String) -> String {
        "\(range[end]?["line"] ?? -1):\(range[end]?["character"] ?? -1)"
      }
      let severity = diagnostic["severity"] as? Int ?? 0
      return "\(severity) \(diagnostic["code"] ?? "") \(text("start"))-\(text("end"))"
    }
  }
}
