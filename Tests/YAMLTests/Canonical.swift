import Documents
import SourceText

/// A text that two documents share exactly if they hold the same values.
func canonical(_ document: Document, _ node: NodeID = .root) -> String {
  guard !document.isEmpty else { return "" }
  switch document.kind(of: node) {
  case .null: return "null"
  case .boolean: return document.isTrue(node) ? "true" : "false"
  case .number: return "\(document.number(of: node))"
  case .string, .name: return document.text(of: node).debugDescription
  case .absent: return "absent"
  case .array:
    return "[" + document.elements(of: node).map { canonical(document, $0) }.joined(separator: ",")
      + "]"
  case .object:
    let members = document.members(of: node).map { member in
      canonical(document, member.name) + ":" + canonical(document, member.value)
    }
    return "{" + members.sorted().joined(separator: ",") + "}"
  }
}

/// Checks what holds for every tree, however broken its text was.
func flaw(of reading: Reading, source: [UInt8]) -> String? {
  let document = reading.document
  for index in 0..<document.nodeCount {
    let node = NodeID(index)
    let range = document.range(of: node)
    if range.upperBound > source.count { return "node \(index) ends past the text" }
    let end = document.end(of: node)
    if end <= index || end > document.nodeCount { return "node \(index) has a wrong end" }
    if document.kind(of: node) == .name {
      if index + 1 >= document.nodeCount { return "name \(index) has no value" }
      if document.kind(of: NodeID(index + 1)) == .name { return "name \(index) has no value" }
    }
    _ = document.utf8(of: node).count
  }
  if document.nodeCount > 0, document.end(of: .root) != document.nodeCount {
    return "the root does not hold every node"
  }
  for error in reading.errors {
    if error.range.upperBound > source.count { return "an error lies past the text" }
    if error.message.isEmpty { return "an error says nothing" }
  }
  if !reading.isFaithful, reading.errors.isEmpty { return "unfaithful without an error" }
  return nil
}
