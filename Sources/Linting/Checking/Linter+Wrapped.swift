import BasicContainers
import Documents
import Evaluation
import Findings
import SourceText

/// Requests inside of something else, such as an array, an envelope or a string.
extension Linter {
  /// A value that looks like a request, within a document that does not.
  struct WrappedRequest {
    /// The name of the pack.
    var pack: String
    /// Where the value is, or the string that holds it.
    var position: Position
  }

  /// The first value within a document that looks like a request of a pack.
  ///
  /// Strings that hold JSON are looked into.
  mutating func wrappedRequest(in document: Document) -> WrappedRequest? {
    var nodes = Self.respelledNodeLimit
    return wrappedRequest(
      in: document, TextRange(0, document.source.count), base: .wholeFile, respelling: &nodes)
  }

  /// The same for a document in a range of its source; `base` is where that begins in its file.
  mutating func wrappedRequest(
    in document: Document, _ range: TextRange, base: LineIndex.Base,
    respelling nodes: inout Int
  ) -> WrappedRequest? {
    guard !document.isEmpty,
      let (pack, node) = wrapped(
        in: document, depth: Evaluator.wrapperLimit, respelling: &nodes)
    else { return nil }
    let bytes = Array(document.source[range.lowerBound..<range.upperBound])
    let offset = document.range(of: node).lowerBound - range.lowerBound
    return WrappedRequest(
      pack: pack, position: LineIndex(bytes, base: base).position(of: offset, in: bytes))
  }

  /// How many nodes of an input are looked at in every style of spelling.
  static let respelledNodeLimit = 200_000

  private mutating func wrapped(
    in document: Document, depth: Int, respelling nodes: inout Int
  ) -> (pack: String, node: NodeID)? {
    var first: (pack: String, node: NodeID)?
    for index in runs.indices {
      guard
        let node = runs[index].evaluator.wrappedRequest(
          in: document, depth: depth, respelling: &nodes),
        first.map({ node < $0.node }) ?? true
      else { continue }
      first = (runs[index].evaluator.plan.ruleTable.packName, node)
    }
    if let first { return first }
    guard depth > 0 else { return nil }
    for index in 0..<document.nodeCount where document.kind(of: NodeID(index)) == .string {
      let node = NodeID(index)
      let text = document.utf8(of: node)
      guard Self.mayHoldRequest(text) else { continue }
      let reading = JSONReader.read(Array(text), depthLimit: options.depthLimit)
      guard reading.errors.isEmpty else { continue }
      for index in runs.indices where runs[index].applicability == .whenDetected {
        let evaluation = runs[index].evaluator.evaluate(
          reading.document, applicability: .whenDetected)
        if evaluation.isApplicable {
          return (runs[index].evaluator.plan.ruleTable.packName, node)
        }
      }
      if let (pack, _) = wrapped(in: reading.document, depth: depth - 1, respelling: &nodes) {
        return (pack, node)
      }
    }
    return nil
  }

  /// Whether a text begins as an array or object does, or as a string, which may hold one.
  private static func mayHoldRequest(_ text: ArraySlice<UInt8>) -> Bool {
    let first = text.first { $0 != 0x20 && $0 != 0x09 && $0 != 0x0A && $0 != 0x0D }
    return first == UInt8(ascii: "{") || first == UInt8(ascii: "[") || first == UInt8(ascii: "\"")
  }

  /// What to report of a file in a folder that is no request, but holds one.
  func wrappedRequestSkipped(_ input: InputSource, _ wrapped: WrappedRequest) -> Diagnostic {
    Diagnostic(
      "input/wrapped-request", severity: .warning,
      "\(input.quotedName) was skipped: it is not a request, but \(Self.words(for: wrapped))",
      hint: "write each request to its own file or as a line of a .jsonl file, or exclude the file"
    )
  }

  /// Where a wrapped request is, in a sentence that says that its file is none.
  static func words(for wrapped: WrappedRequest) -> String {
    "the value at \(wrapped.position.line):\(wrapped.position.column) looks like a request of \(wrapped.pack)"
  }
}
