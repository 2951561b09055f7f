import Foundation
import TestSupport
import Testing

@testable import ExampleServer

/// The example of a server: built, run and asked over HTTP.
@Suite(.serialized) struct ExampleServerTests {
  private static let examples = repository.appending(path: "Rules/aws/connect/examples")
  private static let sources = repository.appending(path: "Tests/ExampleServer")

  /// A server in this process, for as long as the process lasts.
  private static let address: URL? = {
    guard let gate = try? RequestGate(), let listener = Listener(port: 0) else { return nil }
    Thread.detachNewThread { ExampleServer.serve(listener, gate) }
    return URL(string: "http://127.0.0.1:\(listener.port)/chats")
  }()

  /// What a server answered.
  private struct Answered {
    var status: Int
    var mediaType: String?
    var problem: [String: Any] = [:]

    var errors: [[String: Any]] { problem["errors"] as? [[String: Any]] ?? [] }
    var rules: [String] { errors.compactMap { $0["rule"] as? String } }
  }

  /// Sends a request, whatever its fields say.
  private static func send(
    _ body: [UInt8], method: String = "POST", path: String? = nil,
    fields: [String] = ["Content-Type: application/json"]
  ) throws -> Answered {
    let address = try #require(address)
    var request = ["\(method) \(path ?? address.path) HTTP/1.1", "Host: 127.0.0.1"] + fields
    if !fields.contains(where: { $0.hasPrefix("Content-Length") || $0.hasPrefix("Transfer") }) {
      request.append("Content-Length: \(body.count)")
    }
    let head = Array((request + ["", ""]).joined(separator: "\r\n").utf8)
    return try answer(to: head + body)
  }

  private static func answer(to bytes: [UInt8]) throws -> Answered {
    let port = try #require(address?.port)
    let connection = try #require(Connection(to: UInt16(port)))
    defer { connection.close() }
    connection.write(bytes)
    var received: [UInt8] = []
    while connection.read(into: &received) {}
    let end = try #require(received.firstRange(of: Array("\r\n\r\n".utf8)))
    let lines = String(decoding: received[..<end.lowerBound], as: UTF8.self).split(
      separator: "\r\n")
    let status = try #require(lines.first?.split(separator: " ").dropFirst().first)
    let mediaType = lines.first { $0.hasPrefix("Content-Type: ") }?.dropFirst(14)
    let body = Data(received[end.upperBound...])
    let problem = try body.isEmpty ? nil : JSONSerialization.jsonObject(with: body)
    return Answered(
      status: Int(status) ?? 0, mediaType: mediaType.map(String.init),
      problem: problem as? [String: Any] ?? [:])
  }

  private static func example(_ name: String) throws -> [UInt8] {
    Array(try Data(contentsOf: examples.appending(path: name)))
  }

  @Test func acceptsWhatHasNoErrors() throws {
    let answered = try Self.send(Self.example("clean.json"))
    #expect(answered.status == 204)
    #expect(answered.problem.isEmpty)
  }

  @Test func refusesWithFindings() throws {
    let answered = try Self.send(Self.example("several-faults.json"))
    #expect(answered.status == 422)
    #expect(answered.mediaType == "application/problem+json")
    #expect(answered.problem["status"] as? Int == 422)
    #expect(answered.problem["type"] as? String == "https://example.com/problems/invalid-request")
    #expect(
      answered.rules == [
        "aws-connect-chat/attribute-key-characters", "aws-connect-chat/chat-duration-range",
        "aws-connect-chat/schema/additionalProperties",
        "aws-connect-chat/persistent-chat-complete",
      ])
    // RFC 6901, section 6: a pointer in a fragment is percent-encoded.
    #expect(answered.errors[0]["pointer"] as? String == "#/Attributes/caf%C3%A9%20visits")
    #expect(answered.errors[0]["line"] as? Int == 8)
    #expect(answered.errors[0]["column"] as? Int == 5)
  }

  @Test func refusesWhatIsNotJSON() throws {
    let answered = try Self.send(Array(#"{"InstanceId": "#.utf8))
    #expect(answered.status == 400)
    #expect(answered.errors[0]["pointer"] == nil)
    #expect(answered.rules.allSatisfy { $0 == "json/syntax" })
    #expect(try Self.send([]).status >= 400)
    // RFC 8259, section 8.1: JSON is in UTF-8.
    #expect(try Self.send(Array(#"{"InstanceId": ""#.utf8) + [0xFF, 0x22, 0x7D]).status == 400)
    #expect(try Self.send([0x1F, 0x8B, 8, 0]).status == 415)
    #expect(try Self.send(Array("[]".utf8)).status == 422)
  }

  @Test func refusesOtherRequests() throws {
    let body = try Self.example("clean.json")
    let json = "Content-Type: application/json"
    #expect(try Self.send(body, method: "PUT").status == 405)
    #expect(try Self.send(body, path: "/").status == 404)
    #expect(try Self.send(body, fields: ["Content-Type: text/plain"]).status == 415)
    #expect(try Self.send(body, fields: []).status == 415)
    #expect(try Self.send(body, fields: [json, "Content-Encoding: gzip"]).status == 415)
    #expect(try Self.send(body, fields: [json, "Transfer-Encoding: chunked"]).status == 411)
    #expect(try Self.send(body, fields: [json, "Content-Length: -5"]).status == 411)
    #expect(try Self.send(body, fields: [json, "Content-Length: 1048577"]).status == 413)
    let problem = try Self.send(body, fields: [json, "Content-Length: 1048577"])
    #expect(problem.mediaType == "application/problem+json")
    #expect(try Self.answer(to: Array("nonsense\r\n\r\n".utf8)).status == 400)
    #expect(try Self.answer(to: Array("POST /chats HTTP/2\r\n\r\n".utf8)).status == 400)
    #expect(try Self.answer(to: [UInt8](repeating: 0x61, count: 20 << 10)).status == 400)
    #expect(
      try Self.send(body, fields: ["Content-Type: application/vnd.chat+json; a=b"]).status == 204)
  }

  /// Eight clients at once get what one gets.
  @Test func answersManyAtOnce() async throws {
    let body = try Self.example("several-faults.json")
    let statuses = try await withThrowingTaskGroup(of: Int.self) { group in
      for _ in 0..<8 {
        group.addTask { try (0..<10).reduce(0) { sum, _ in sum + (try Self.send(body).status) } }
      }
      return try await group.reduce(0, +)
    }
    #expect(statuses == 80 * 422)
  }

  /// The page shows the example's own code.
  @Test(arguments: [("gate", "RequestGate.swift"), ("problem", "ProblemDocument.swift")])
  func isThatOfThePage(name: String, file: String) throws {
    let source = try String(contentsOf: Self.sources.appending(path: file), encoding: .utf8)
    let start = try #require(source.range(of: "// example: \(name)\n"))
    let end = try #require(source.range(of: "// end of example: \(name)\n"))
    let page = repository.appending(
      path: "Sources/RequisiteKit/Documentation.docc/Refusing-Requests.md")
    let text = try String(contentsOf: page, encoding: .utf8)
    #expect(text.contains("```swift\n\(source[start.upperBound..<end.lowerBound])```\n"))
  }

  /// The problem document that the page shows is the answer to its request.
  @Test func answerIsThatOfThePage() throws {
    let page = repository.appending(
      path: "Sources/RequisiteKit/Documentation.docc/Refusing-Requests.md")
    let text = try String(contentsOf: page, encoding: .utf8)
    let blocks = text.matches(of: /```json\n([^`]*)\n```/).map { String($0.1) }
    try #require(blocks.count == 2)
    let answered = try Self.send(Array(blocks[0].utf8))
    let shown = try JSONSerialization.jsonObject(with: Data(blocks[1].utf8)) as? NSDictionary
    #expect(shown == answered.problem as NSDictionary)
  }
}
