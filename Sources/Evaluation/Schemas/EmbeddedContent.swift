package import Documents
import Formats
import SourceText

/// What is in a string of a request.
enum EmbeddedContent {
  /// Reads JSON that a string holds as a document of its own, whose source is the string's decoded text.
  ///
  /// Nil where the string does not hold what it should; a document without nodes for anything but JSON.
  static func read(_ content: Content, _ node: NodeID, in request: Request) -> Document? {
    var bytes = Array(request.utf8(of: node))
    if content.isBase64 {
      guard StringFormat.base64.fault(in: bytes[...]) == nil,
        let decoded = Base64.decoded(bytes[...])
      else { return nil }
      bytes = decoded
    }
    guard content.isJSON else { return Document(source: bytes) }
    let reading = JSONReader.read(bytes)
    return reading.errors.isEmpty ? reading.document : nil
  }
}

extension Request {
  /// A value of a document whose names are bound to the symbols of exactly their spelling, where no
  /// model is known.
  ///
  /// Of members with one name, the last counts.
  package init(_ document: Document, root: NodeID = .root, bindingNamesTo symbols: SymbolTable) {
    var binding = Binding()
    var binder = NameBinder(symbols: symbols, shapes: NameShapes())
    if !document.isEmpty, case .odd = binder.bind(document, from: root, into: &binding) {
      for index in root.index..<document.end(of: root)
      where document.kind(of: NodeID(index)) == .object {
        var latest: [ArraySlice<UInt8>: NodeID] = [:]
        for name in document.allNames(of: NodeID(index)) {
          let text = document.utf8(of: name)
          binding.bind(name, to: symbols.symbol(of: Array(text)))
          if let earlier = latest.updateValue(name, forKey: text) { binding.hide(earlier) }
        }
      }
    }
    self.init(document, root: root, binding: binding)
  }
}
