package import Documents
import SourceText

/// A JSON value that the editor sent.
package struct IncomingValue: Sendable {
  private let document: Document
  private let node: NodeID

  /// Creates the value of a document that is not empty.
  package init?(_ document: Document) {
    guard !document.isEmpty else { return nil }
    self.document = document
    node = .root
  }

  private init(_ document: Document, _ node: NodeID) {
    self.document = document
    self.node = node
  }

  /// The value of a member; nil where the value is no object, or has no such member.
  package subscript(name: String) -> IncomingValue? {
    document.value(named: name, in: node).map { IncomingValue(document, $0) }
  }

  /// The text of a string.
  package var string: String? {
    document.kind(of: node) == .string ? document.text(of: node) : nil
  }

  /// The text of a string in UTF-8, well formed.
  package var utf8: [UInt8]? { string.map { Array($0.utf8) } }

  /// The value of an integer.
  package var integer: Int? {
    document.kind(of: node) == .number ? Int(document.text(of: node)) : nil
  }

  /// The value of a boolean.
  package var boolean: Bool? {
    document.kind(of: node) == .boolean ? document.isTrue(node) : nil
  }

  /// Whether it is null.
  package var isNull: Bool { document.kind(of: node) == .null }

  /// Whether it is an object.
  package var isObject: Bool { document.kind(of: node) == .object }

  /// The elements of an array; none for any other value.
  package var elements: [IncomingValue] {
    document.elements(of: node).map { IncomingValue(document, $0) }
  }

  /// The texts of the strings in an array.
  package var strings: [String] { elements.compactMap(\.string) }

  /// The members of an object; none for any other value.
  var members: [(name: String, value: IncomingValue)] {
    document.members(of: node).map {
      (document.text(of: $0.name), IncomingValue(document, $0.value))
    }
  }

  /// The JSON text as it was received.
  var jsonText: [UInt8] {
    let range = document.range(of: node)
    return Array(document.source[range.lowerBound..<range.upperBound])
  }

  /// The JSON text as it was received, if the value may be the id of a request.
  var idText: [UInt8]? {
    switch document.kind(of: node) {
    case .string, .number: jsonText
    case .null, .boolean, .array, .object, .name, .absent: nil
    }
  }
}

extension IncomingValue {
  /// An empty object.
  static var empty: IncomingValue? { IncomingValue(JSONReader.read(Array("{}".utf8)).document) }
}
