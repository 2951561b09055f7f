import Documents
import Foundation
import SourceText
import TestSupport
import Testing

/// Every span of the position suite, in bytes, UTF-16 units and code points.
@Suite(
  .enabled(
    if: Conformance.has("positions/positions-open.ndjson.gz"), "the position data is not here"))
struct PositionTests {
  private struct Case: Decodable {
    var id: String
    var utf8: Data
    var nodes: [Node]
  }

  private struct Node: Decodable {
    var pointer: String
    var type: String
    var key: Span?
    var value: Span
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

  @Test func everySpanIsExact() throws {
    var texts = 0
    var spans = 0
    for line in try Conformance.unzipped("positions/positions-open.ndjson.gz")
      .split(separator: UInt8(ascii: "\n"))
    {
      let example = try JSONDecoder().decode(Case.self, from: Data(line))
      let bytes = Array(example.utf8)
      let reading = JSONReader.read(bytes)
      try #require(reading.errors.isEmpty, "\(example.id): \(reading.errors)")
      let document = reading.document
      let lines = LineIndex(bytes)
      func span(_ node: NodeID) -> Span {
        let region = lines.region(of: document.range(of: node), in: bytes)
        func place(_ position: Position) -> Place {
          Place(
            line: position.line, colUtf16: position.utf16Column, colScalar: position.column,
            colByte: position.byteColumn)
        }
        return Span(
          byte: [region.start.offset, region.end.offset],
          utf16: [region.start.utf16Offset, region.end.utf16Offset],
          scalar: [region.start.scalarOffset, region.end.scalarOffset],
          start: place(region.start), end: place(region.end))
      }
      let values = (0..<document.nodeCount).map(NodeID.init).filter {
        document.kind(of: $0) != .name
      }
      try #require(values.count == example.nodes.count, "\(example.id)")
      for (value, expected) in zip(values, example.nodes) {
        #expect(document.pointer(to: value).description == expected.pointer, "\(example.id)")
        #expect("\(document.kind(of: value))" == expected.type, "\(example.id)")
        #expect(span(value) == expected.value, "\(example.id) \(expected.pointer)")
        spans += 1
        if let key = expected.key {
          #expect(span(NodeID(value.index - 1)) == key, "\(example.id) \(expected.pointer)")
          spans += 1
        }
      }
      texts += 1
    }
    print("Positions: \(texts) texts, \(spans) spans compared in three units")
    #expect(texts == 400)
  }
}
