import Linting
import RequisiteFiles

/// The URIs of documents, and the paths of files.
enum FileURI {
  /// The path of a `file:` URI (RFC 8089), percent-decoded; nil for any other.
  static func path(of uri: String) -> String? {
    let scheme = "file:"
    guard uri.lowercased().hasPrefix(scheme) else { return nil }
    var rest = Array(uri.utf8)[scheme.utf8.count...]
    if rest.starts(with: "//".utf8) {
      rest = rest.dropFirst(2)
      // A host may be named, which is this one.
      guard let slash = rest.firstIndex(of: UInt8(ascii: "/")) else { return nil }
      rest = rest[slash...]
    }
    guard rest.first == UInt8(ascii: "/") else { return nil }
    if let end = rest.firstIndex(where: { $0 == UInt8(ascii: "?") || $0 == UInt8(ascii: "#") }) {
      rest = rest[..<end]
    }
    guard let bytes = decoded(rest), !bytes.contains(0) else { return nil }
    return String(validating: bytes, as: UTF8.self)
  }

  private static func decoded(_ text: ArraySlice<UInt8>) -> [UInt8]? {
    var bytes: [UInt8] = []
    var index = text.startIndex
    while index < text.endIndex {
      guard text[index] == UInt8(ascii: "%") else {
        bytes.append(text[index])
        index += 1
        continue
      }
      guard index + 2 < text.endIndex,
        let byte = UInt8(
          String(decoding: text[(index + 1)...(index + 2)], as: UTF8.self), radix: 16)
      else { return nil }
      bytes.append(byte)
      index += 3
    }
    return bytes
  }

  /// The URI of an absolute path.
  static func uri(of path: String) -> String { ProjectRoot.uri(of: path) }
}
