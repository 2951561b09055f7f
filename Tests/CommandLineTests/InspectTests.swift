import Documents
import Foundation
import SourceText
import TestSupport
import Testing

@testable import requisite

/// What `inspect --format json` writes, against every span of the position suite.
@Suite(
  .enabled(
    if: Conformance.has("positions/positions-open.ndjson.gz"), "the position data is not here"))
struct InspectTests {
  private struct Case: Decodable {
    var id: String
    var utf8: Data
    var nodes: [Node]
  }

  /// A node as the suite has it.
  private struct Node: Decodable {
    var pointer: String
    var type: String
    var key: Span?
    var value: Span
  }

  /// A tree as `inspect` writes it.
  private struct Tree: Decodable {
    struct Node: Decodable {
      var pointer: String
      var kind: String
      var name: Span?
      var value: Span
    }

    var version: Int
    var nodes: [Node]
  }

  private struct Span: Decodable, Equatable {
    var byte: [Int]
    var utf16: [Int]
    var scalar: [Int]
    var start: Place
    var end: Place
  }

  private struct Place: Decodable, Equatable {
    var line: Int
    var colUtf16: Int
    var colScalar: Int
    var colByte: Int
  }

  private static func cases() throws -> [Case] {
    try Conformance.unzipped("positions/positions-open.ndjson.gz")
      .split(separator: UInt8(ascii: "\n"))
      .map { try JSONDecoder().decode(Case.self, from: Data($0)) }
  }

  /// Compares a tree with the suite's; the result is how many spans were compared.
  private func compare(_ output: [UInt8], with example: Case) throws -> Int {
    let tree = try JSONDecoder().decode(Tree.self, from: Data(output))
    #expect(tree.version == 1)
    try #require(tree.nodes.count == example.nodes.count, "\(example.id)")
    var spans = 0
    for (actual, expected) in zip(tree.nodes, example.nodes) {
      #expect(actual.pointer.utf8.elementsEqual(expected.pointer.utf8), "\(example.id)")
      #expect(actual.kind == expected.type, "\(example.id)")
      #expect(actual.name == expected.key, "\(example.id) \(expected.pointer)")
      #expect(actual.value == expected.value, "\(example.id) \(expected.pointer)")
      spans += actual.name == nil ? 1 : 2
    }
    return spans
  }

  @Test func everyTreeIsTheSuites() throws {
    var texts = 0
    var spans = 0
    for example in try Self.cases() {
      let bytes = Array(example.utf8)
      let tree = TreeText(
        document: JSONReader.read(bytes).document, bytes: bytes, lines: LineIndex(bytes))
      spans += try compare(tree.json(tree.values), with: example)
      texts += 1
    }
    print("inspect, in process: \(texts) texts, \(spans) spans compared, 0 skipped")
    #expect(texts == 400)
  }

  @Test func theProgramWritesTheSuitesTrees() async throws {
    let all = try Self.cases()
    let examples = stride(from: 0, to: all.count, by: 20).map { all[$0] }
    var spans = 0
    for example in examples {
      let outcome = try await Program.withFolder { folder in
        try example.utf8.write(to: folder.appending(path: "text.json"))
        return try await Program.run("requisite inspect --format json text.json", in: folder)
      }
      #expect(outcome.status == "0", "\(example.id)")
      #expect(outcome.error.isEmpty, "\(example.id)")
      spans += try compare(outcome.output, with: example)
    }
    print("inspect, the program: \(examples.count) texts, \(spans) spans compared")
    #expect(examples.count == 20)
  }
}
