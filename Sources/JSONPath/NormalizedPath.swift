package import Documents

extension Document {
  /// The normalized path of a value, or of the member that a name belongs to (RFC 9535, section 2.7).
  ///
  /// `root` is what `$` stands for; a node outside of it gives `$`.
  package func normalizedPath(to node: NodeID, from root: NodeID = .root) -> String {
    normalizedPath(to: node, from: root, by: DocumentPaths(self))
  }

  /// The same by paths that were made once for several nodes.
  package func normalizedPath(
    to node: NodeID, from root: NodeID = .root, by paths: DocumentPaths
  ) -> String {
    var text = [UInt8(ascii: "$")]
    if let position = paths.outerPosition { text.append(contentsOf: "[\(position)]".utf8) }
    for child in paths.path(to: node).drop(while: { $0 != root }).dropFirst() {
      if let position = paths.position(of: child) {
        text.append(contentsOf: "[\(position)]".utf8)
      } else {
        let name = kind(of: child) == .name ? child : NodeID(child.index - 1)
        NormalizedPath.append(name: utf8(of: name), to: &text)
      }
    }
    return String(decoding: text, as: UTF8.self)
  }
}

/// The spelling of normalized paths.
package enum NormalizedPath {
  /// The part of a path that leads to a member, such as `['name']`.
  package static func member(_ name: String) -> String {
    var text: [UInt8] = []
    append(name: name.utf8, to: &text)
    return String(decoding: text, as: UTF8.self)
  }

  static func append(name: some Sequence<UInt8>, to text: inout [UInt8]) {
    text.append(contentsOf: "['".utf8)
    for byte in name { append(byte, to: &text) }
    text.append(contentsOf: "']".utf8)
  }

  /// Appends a byte of a name, escaped where a normalized path demands it and nowhere else.
  private static func append(_ byte: UInt8, to text: inout [UInt8]) {
    switch byte {
    case 0x08: text.append(contentsOf: "\\b".utf8)
    case 0x09: text.append(contentsOf: "\\t".utf8)
    case 0x0A: text.append(contentsOf: "\\n".utf8)
    case 0x0C: text.append(contentsOf: "\\f".utf8)
    case 0x0D: text.append(contentsOf: "\\r".utf8)
    case UInt8(ascii: "'"), UInt8(ascii: "\\"): text.append(contentsOf: [UInt8(ascii: "\\"), byte])
    case 0..<0x20:
      let digits = Array("0123456789abcdef".utf8)
      text.append(contentsOf: "\\u00".utf8)
      text.append(contentsOf: [digits[Int(byte >> 4)], digits[Int(byte & 0xF)]])
    default: text.append(byte)
    }
  }
}
