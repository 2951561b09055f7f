package import Documents
import SourceText

/// Reads patches, which packs write in YAML, from JSON.
package enum Patches {
  /// What is wrong with a patch.
  package struct Mistake: Error {}

  /// The patch that an array of operations is (RFC 6902, section 4).
  package static func patch(_ node: NodeID, in document: Document) throws -> JSONPatch {
    var operations: [JSONPatch.Operation] = []
    for element in document.elements(of: node) {
      func text(_ name: String) -> String? {
        guard let value = document.value(named: name, in: element),
          document.kind(of: value) == .string
        else { return nil }
        return document.text(of: value)
      }
      guard let kind = text("op").flatMap(JSONPatch.Kind.init(rawValue:)),
        let path = text("path").flatMap({ JSONPointer($0) })
      else { throw Mistake() }
      var operation = JSONPatch.Operation(kind, at: path)
      if kind.needsFrom {
        guard let from = text("from").flatMap({ JSONPointer($0) }) else { throw Mistake() }
        operation.from = from
      }
      if kind.needsValue {
        guard let value = document.value(named: "value", in: element) else { throw Mistake() }
        operation.value = JSONValue(copying: value, of: document)
      }
      operations.append(operation)
    }
    return JSONPatch(operations)
  }

  /// The patch that a JSON text is.
  package static func patch(_ text: String) throws -> JSONPatch {
    let document = JSONReader.read(Array(text.utf8)).document
    return try patch(.root, in: document)
  }
}
