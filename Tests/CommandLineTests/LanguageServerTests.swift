import Foundation
import TestSupport
import Testing

/// The built program serves an editor over its standard streams.
struct LanguageServerTests {
  private static let request = """
    {
      "InstanceId": "8f1b4c7e-2f0a-4b6d-9a3e-5c1d2e3f4a5b",
      "ContactFlowId": "1a2b3c4d-5e6f-4a1b-8c2d-3e4f5a6b7c8d",
      "ParticipantDetails": { "DisplayName": "😀" },
      "SupportedMessagingContentTypes": ["text/markdown"]
    }

    """

  /// A server, and what it says.
  private final class Server {
    private let process = Process()
    private let input = Pipe()
    private let output = Pipe()
    private var arrived = Data()

    init(in folder: URL) throws {
      process.executableURL = Program.url
      process.arguments = ["lsp", "--stdio"]
      process.currentDirectoryURL = folder
      process.standardInput = input
      process.standardOutput = output
      try process.run()
    }

    func send(_ message: [String: Any]) throws {
      var message = message
      message["jsonrpc"] = "2.0"
      let content = try JSONSerialization.data(withJSONObject: message)
      let header = Data("Content-Length: \(content.count)\r\n\r\n".utf8)
      try input.fileHandleForWriting.write(contentsOf: header + content)
    }

    /// The next message.
    func receive() throws -> [String: Any] {
      while true {
        if let end = arrived.firstRange(of: Data("\r\n\r\n".utf8)) {
          let header = String(decoding: arrived[..<end.lowerBound], as: UTF8.self)
          let size = try #require(Int(header.dropFirst("Content-Length: ".count)))
          if arrived.distance(from: end.upperBound, to: arrived.endIndex) >= size {
            let content = arrived[end.upperBound..<(end.upperBound + size)]
            arrived = Data(arrived[(end.upperBound + size)...])
            return try #require(
              try JSONSerialization.jsonObject(with: Data(content)) as? [String: Any])
          }
        }
        let more = output.fileHandleForReading.availableData
        try #require(!more.isEmpty, "the server ended")
        arrived += more
      }
    }

    /// Waits for the end; the result is the exit code.
    func wait() throws -> Int32 {
      try input.fileHandleForWriting.close()
      process.waitUntilExit()
      return process.terminationStatus
    }
  }

  /// Where findings are, and of which rules: by a report in JSON.
  private static func checked(_ file: URL) async throws -> [String] {
    let folder = file.deletingLastPathComponent()
    let outcome = try await Program.run(
      "requisite check --format json \(file.lastPathComponent)", in: folder)
    let report =
      try JSONSerialization.jsonObject(with: Data(outcome.output)) as? [String: Any]
    let findings = try #require(report?["findings"] as? [[String: Any]])
    return findings.map { finding in
      "\(finding["ruleId"] ?? "") \(finding["line"] ?? 0):\(finding["column"] ?? 0)"
    }
  }

  @Test func editorsAreServed() async throws {
    try await Program.withFolder { folder in
      let file = folder.appending(path: "request.json")
      try Data(Self.request.utf8).write(to: file)
      let server = try Server(in: folder)
      let root = "file://\(folder.path)"
      try server.send([
        "id": 1, "method": "initialize",
        "params": ["rootUri": root, "capabilities": [:] as [String: Any]],
      ])
      let answer = try server.receive()
      #expect((answer["result"] as? [String: Any])?["capabilities"] != nil)
      try server.send(["method": "initialized", "params": [:] as [String: Any]])
      let uri = "\(root)/request.json"
      try server.send([
        "method": "textDocument/didOpen",
        "params": [
          "textDocument": [
            "uri": uri, "languageId": "json", "version": 1, "text": Self.request,
          ]
        ],
      ])
      let report = try server.receive()["params"] as? [String: Any]
      let diagnostics = try #require(report?["diagnostics"] as? [[String: Any]])
      let places = diagnostics.map { diagnostic in
        let range = diagnostic["range"] as? [String: [String: Int]]
        let (line, column) = (range?["start"]?["line"] ?? 0, range?["start"]?["character"] ?? 0)
        return "\(diagnostic["code"] ?? "") \(line + 1):\(column + 1)"
      }
      #expect(!places.isEmpty)
      let expected = try await Self.checked(file)
      #expect(places == expected)
      try server.send(["id": 2, "method": "shutdown"])
      #expect(try server.receive()["id"] as? Int == 2)
      try server.send(["method": "exit"])
      #expect(try server.wait() == 0)
    }
  }

  @Test func endOfInputEndsTheServer() async throws {
    try await Program.withFolder { folder in
      let server = try Server(in: folder)
      try server.send(["id": 1, "method": "initialize", "params": [:] as [String: Any]])
      _ = try server.receive()
      #expect(try server.wait() == 1)
    }
  }

  @Test func whatIsNoMessageIsAnswered() async throws {
    let outcome = try await Program.withFolder { folder in
      try await Program.run("requisite lsp", in: folder, input: Array("Hello\r\n\r\n".utf8))
    }
    #expect(outcome.status == "2")
    #expect(String(decoding: outcome.output, as: UTF8.self).contains("-32700"))
  }

  @Test(arguments: [
    ("echo hello", "2"), ("true", "2"), ("printf 'Content-Length: 5\\r\\n\\r\\nhello'", "2"),
    ("printf 'Content-Length: 33\\r\\n\\r\\n{\"jsonrpc\":\"2.0\",\"method\":\"exit\"}'", "1"),
    ("printf 'Content-Length: 34\\r\\n\\r\\n{\"jsonrpc\":\"2.0\",\"method\":\"other\"}'", "1"),
  ])
  func inputWithoutMessagesIsAnError(command: String, status: String) async throws {
    try await Program.withFolder { folder in
      let outcome = try await Program.run("\(command) | requisite lsp", in: folder)
      #expect(outcome.status == status)
      let text = String(decoding: outcome.error, as: UTF8.self)
      #expect(
        text.contains("standard input has no message of the Language Server") == (status == "2"))
    }
  }
}
