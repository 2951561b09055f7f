package import Documents
import Formats
import SourceText

/// JSON that is in a string of a request.
struct EmbeddedContent {
  /// The JSON as a document of its own, whose source is the string's decoded text.
  var document: Document

  /// Reads what a string holds, or gives nil where it does not hold that.
  static func read(
    _ content: Content, _ node: NodeID, in document: Document
  ) -> EmbeddedContent? {
    var bytes = Array(document.utf8(of: node))
    if content.isBase64 {
      guard StringFormat.base64.fault(in: bytes[...]) == nil,
        let decoded = Base64.decoded(bytes[...])
      else { return nil }
      bytes = decoded
    }
    guard content.isJSON else { return EmbeddedContent(document: Document(source: bytes)) }
    let reading = JSONReader.read(bytes)
    return reading.errors.isEmpty ? EmbeddedContent(document: reading.document) : nil
  }
}

extension Document {
  /// Binds the names within one value to the symbols of exactly their spelling; the others keep theirs.
  package mutating func bindNames(within node: NodeID, to symbols: SymbolTable) {
    for index in node.index..<end(of: node) where kind(of: NodeID(index)) == .name {
      let name = NodeID(index)
      bind(name, to: symbols.symbol(of: Array(utf8(of: name))))
    }
  }

  /// Binds every name to the symbol of exactly its spelling, where no model is known.
  ///
  /// Of members with one name, the last counts.
  package mutating func bindNames(to symbols: SymbolTable) {
    var binder = NameBinder(symbols: symbols, shapes: NameShapes())
    guard !isEmpty, !binder.bind(&self) else { return }
    for index in 0..<nodeCount where kind(of: NodeID(index)) == .object {
      var latest: [ArraySlice<UInt8>: NodeID] = [:]
      for name in allNames(of: NodeID(index)) {
        let text = utf8(of: name)
        bind(name, to: symbols.symbol(of: Array(text)))
        if let earlier = latest.updateValue(name, forKey: text) { setHidden(true, earlier) }
      }
    }
  }
}
