import Documents
import SourceText

/// Paths of the nodes of a document that findings are about.
///
/// The first paths are found by walks down from the root; where there are more, all are found at once.
struct TextPaths {
  /// The place of the document in the array that its file is; nil where it is by itself.
  let outerPosition: Int?
  private var known: DocumentPaths?
  private var walkCount = 0

  /// So many paths are found one by one.
  private static let fewPaths = 8

  init(outerPosition: Int?) { self.outerPosition = outerPosition }

  /// All paths of the document.
  mutating func all(of document: Document) -> DocumentPaths {
    if let known { return known }
    let made = DocumentPaths(document, outerPosition: outerPosition)
    known = made
    return made
  }

  /// The nodes from the root down to a value or a name; the node itself is last.
  mutating func path(to node: NodeID, in document: Document) -> [NodeID] {
    walkCount += 1
    if walkCount <= Self.fewPaths, known == nil { return document.path(to: node) }
    return all(of: document).path(to: node)
  }

  /// The pointer of the node that a path from the root ends at; see `DocumentPaths.pointer`.
  func pointer(
    along path: ArraySlice<NodeID>, in document: Document, identities: [NodeID: [UInt8]] = [:]
  ) -> JSONPointer {
    if let known, let node = path.last {
      return known.pointer(to: node, in: document, identities: identities)
    }
    var pointer = JSONPointer()
    if let outerPosition { pointer.append(index: outerPosition) }
    for (parent, child) in zip(path, path.dropFirst()) {
      if !identities.isEmpty, let token = identities[child] {
        pointer.append(token[...])
      } else if document.kind(of: parent) == .array {
        pointer.append(index: document.elements(of: parent).prefix { $0 != child }.count)
      } else {
        let name = document.kind(of: child) == .name ? child : NodeID(child.index - 1)
        pointer.append(document.utf8(of: name))
      }
    }
    return pointer
  }
}
