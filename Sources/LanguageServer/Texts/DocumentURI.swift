import Documents
import Linting
import RequisiteFiles
import SourceText

/// The URI of a document, as the editor writes it; two are the same if they have the same bytes.
package struct DocumentURI: Sendable, Hashable {
  private let exact: ExactText

  /// Takes a URI as it is.
  package init(_ text: String) { exact = ExactText(text) }

  /// The URI of the file at an absolute path.
  init(ofFile path: String) { self.init(ProjectRoot.uri(of: path)) }

  /// The text.
  package var text: String { exact.text }

  /// The URI as it is sent.
  var outgoing: OutgoingValue { .string(text) }

  /// The path of a `file:` URI (RFC 8089), percent-decoded; nil for any other.
  var path: String? {
    let scheme = "file:"
    guard text.lowercased().hasPrefix(scheme) else { return nil }
    var rest = Array(text.utf8)[scheme.utf8.count...]
    if rest.starts(with: "//".utf8) {
      rest = rest.dropFirst(2)
      // Any host is taken to be this machine.
      guard let slash = rest.firstIndex(of: UInt8(ascii: "/")) else { return nil }
      rest = rest[slash...]
    }
    guard rest.first == UInt8(ascii: "/") else { return nil }
    if let end = rest.firstIndex(where: { $0 == UInt8(ascii: "?") || $0 == UInt8(ascii: "#") }) {
      rest = rest[..<end]
    }
    let (bytes, isWellFormed) = PercentEncoding.decoded(rest)
    guard isWellFormed, !bytes.contains(0) else { return nil }
    return String(validating: bytes, as: UTF8.self)
  }
}

extension IncomingValue {
  /// The URI that a string is taken for.
  var uri: DocumentURI? { string.map { DocumentURI($0) } }
}
