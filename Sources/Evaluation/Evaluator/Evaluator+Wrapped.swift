package import Documents
import RequestDecoding

/// Finding requests inside of documents that are none.
extension Evaluator {
  /// The maximum number of arrays and objects around a value that is checked.
  package static let wrapperLimit = 4

  /// The first object within a document, the root aside, that looks like the pack's request.
  ///
  /// Nil for a pack without `detect`. At most `depth` arrays and objects lie around the object. In any
  /// style of spelling, objects are recognized as long as `nodes` is above 0, which counts down;
  /// afterwards, those whose names are spelled exactly.
  package mutating func wrappedRequest(
    in document: Document, depth: Int, respelling nodes: inout Int
  ) -> NodeID? {
    guard let detect = plan.ruleTable.detect, !document.isEmpty else { return nil }
    checker.reset()
    checker.stepLimit = plan.limits.steps
    var request = bind(document)
    defer { recycle(request) }
    // The end of each array and object around a node.
    var ends: [Int] = []
    var index = 0
    while index < document.nodeCount, !checker.isOverLimit {
      while let end = ends.last, end <= index { ends.removeLast() }
      let node = NodeID(index)
      let kind = document.kind(of: node)
      guard kind == .object || kind == .array else {
        index += 1
        continue
      }
      if kind == .object, index > 0 {
        if nodes > 0 {
          request.move(to: node) { decoder.rebind(document, at: node, in: &$0) }
          nodes -= document.end(of: node) - index
        } else {
          request.move(to: node) { _ in }
        }
        if checker.holds(detect, node, in: request), !checker.isOverLimit { return node }
      }
      let end = document.end(of: node)
      ends.append(end)
      index = ends.count > depth ? end : index + 1
    }
    return nil
  }
}
