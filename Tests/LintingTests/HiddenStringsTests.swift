import Documents
import Evaluation
import Linting
import SourceText
import TestSupport
import Testing

/// Strings that hold something sensitive are the same, whether they are known or searched when asked for.
struct HiddenStringsTests {
  private let text = SensitiveText(builtIn.packs.map(\.plan))

  private func strings(in document: Document) -> [NodeID] {
    (0..<document.nodeCount).map { NodeID($0) }.filter { node in
      document.kind(of: node) == .string
        && !text.ranges(inString: document.utf8(of: node)).isEmpty
    }
  }

  @Test(arguments: [
    #"{"a": "CustomerId=S", "b": ["x", {"c": "customer_id: S"}], "CustomerId": "S"}"#,
    #"["x", "y", "CustomerId=S"]"#, #""CustomerId=S""#, "[]", "1", #"{"a": "b"}"#,
    "[" + String(repeating: #""x", "#, count: 40) + #""CustomerId=S", "x"]"#,
  ])
  func answersAreThoseOfKnownStrings(source: String) {
    let document = JSONReader.read(Array(source.utf8)).document
    let known = HiddenStrings(strings(in: document))
    let onDemand = HiddenStrings(searchedBy: text)
    for start in 0..<document.nodeCount {
      let node = start..<start + 1
      let answer = known.meets(node, in: document)
      #expect(onDemand.meets(node, in: document) == answer)
      #expect(onDemand.meets(node, in: document) == answer)
    }
    for start in 0..<document.nodeCount {
      let range = start..<document.end(of: NodeID(start))
      let answer = known.meets(range, in: document)
      #expect(HiddenStrings(searchedBy: text).meets(range, in: document) == answer)
      #expect(onDemand.meets(range, in: document) == answer)
    }
  }
}
