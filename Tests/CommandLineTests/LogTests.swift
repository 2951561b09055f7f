import Foundation
import SourceText
import Testing

/// Logs that no scenario can hold: long lines, several blocks, input that comes bit by bit.
struct LogTests {
  private static let head =
    #""InstanceId": "i-1", "ContactFlowId": "f-1", "ParticipantDetails": {"DisplayName": "Jane Doe"}, "ClientToken": "t-1""#
  private static let good = "{\(head)}"
  private static let bad = "{\(head), \"ChatDurationInMinutes\": 5}"
  /// More than a block of the reader holds.
  private static let blockSize = 1 << 16

  /// The lines of the findings of a log, in the given format.
  private func lines(of log: String, format: String) async throws -> [Int] {
    try await Program.withFolder { folder in
      try Data(log.utf8).write(to: folder.appending(path: "log.jsonl"))
      let outcome = try await Program.run(
        "requisite check --format \(format) log.jsonl", in: folder)
      #expect(outcome.status == "1")
      let output = String(decoding: outcome.output, as: UTF8.self)
      switch format {
      case "compact":
        return output.split(separator: "\n").filter { $0.contains("chat-duration-range") }
          .compactMap { Int($0.split(separator: ":")[1]) }
      case "json": return Self.numbers(after: "\"line\":", in: output)
      default:
        return Self.numbers(after: "\"startLine\": ", in: output)
          + Self.numbers(after: "\"startLine\":", in: output)
      }
    }
  }

  private static func numbers(after mark: String, in text: String) -> [Int] {
    text.components(separatedBy: mark).dropFirst().compactMap { part in
      Int(part.prefix { $0.isNumber })
    }
  }

  @Test(arguments: ["compact", "json", "sarif"])
  func findingsOfLaterBlocksHaveTheirLines(format: String) async throws {
    let count = 3 * Self.blockSize / (Self.good.utf8.count + 1)
    var lines = [String](repeating: Self.good, count: count)
    let places = [0, count / 2, count - 2, count - 1]
    for place in places { lines[place] = Self.bad }
    let found = try await self.lines(of: lines.joined(separator: "\n") + "\n", format: format)
    #expect(Set(found) == Set(places.map { $0 + 1 }))
  }

  /// The hash by which GitHub knows an alert is that of its line, whichever block it is in.
  @Test func lineHashesDoNotDependOnTheBlock() async throws {
    let count = Self.blockSize / (Self.good.utf8.count + 1) + 10
    let lead = String(repeating: Self.good + "\n", count: count)
    try await Program.withFolder { folder in
      var hashes: [[String]] = []
      for (name, log) in [("a.jsonl", lead + Self.bad + "\n"), ("b.jsonl", Self.bad + "\n" + lead)]
      {
        try Data(log.utf8).write(to: folder.appending(path: name))
        let outcome = try await Program.run("requisite check --format sarif \(name)", in: folder)
        let output = String(decoding: outcome.output, as: UTF8.self)
        hashes.append(
          output.components(separatedBy: "primaryLocationLineHash").dropFirst().map { part in
            String(part.dropFirst(2).drop { $0 == " " }.prefix { $0 != "," && $0 != "}" })
          })
      }
      #expect(hashes.allSatisfy { $0.count == 1 && $0[0].contains(":") }, "\(hashes)")
    }
  }

  @Test func aLineMayBeLongerThanABlock() async throws {
    let long = String(repeating: "x", count: 2 * Self.blockSize)
    let line = "{\(Self.head), \"ChatDurationInMinutes\": 5, \"Note\": \"\(long)\"}"
    let found = try await lines(
      of: [Self.good, line, Self.bad].joined(separator: "\n"), format: "compact")
    #expect(found == [2, 3])
  }

  /// A lone CR ends no request, since JSON takes it for white space; it ends a line of the file.
  @Test func loneReturnsAreCounted() async throws {
    let log = "{\r\(Self.good.dropFirst())\n\(Self.bad)\r\n\r\n{\r\r\(Self.bad.dropFirst())\n"
    #expect(try await lines(of: log, format: "compact") == [3, 7])
  }

  @Test func lineEndsMayBeMixed() async throws {
    let log = "\(Self.good)\r\n\(Self.bad)\n\n\(Self.bad)\r\n"
    #expect(try await lines(of: log, format: "compact") == [2, 4])
    let plain = log.replacingOccurrences(of: "\r\n", with: "\n")
    #expect(try await lines(of: plain, format: "compact") == [2, 4])
  }

  /// Input in two writes with a pause between them is one input.
  @Test(arguments: [
    ("stdin.json", 1), ("stdin.jsonl", 1), ("stdin.jsonl", 2), ("stdin.yaml", 1),
  ])
  func standardInputMayCome(name: String, requests: Int) async throws {
    try await Program.withFolder { folder in
      let text = Array(
        ([String](repeating: Self.good, count: requests - 1) + [Self.bad]).joined(separator: "\n")
          .utf8)
      for place in [1, text.count / 2, text.count - 1] {
        try Data(text[..<place]).write(to: folder.appending(path: "1"))
        try Data(text[place...]).write(to: folder.appending(path: "2"))
        let outcome = try await Program.run(
          "(cat 1; sleep 0.2; cat 2) | requisite check --format compact --stdin-filename \(name) -",
          in: folder)
        let output = String(decoding: outcome.output, as: UTF8.self)
        #expect(outcome.status == "1", "\(output)")
        #expect(output.hasPrefix("\(name):\(name == "stdin.jsonl" ? requests : 1):"), "\(output)")
        #expect(output.split(separator: "\n").count == 1, "\(output)")
      }
    }
  }
}
