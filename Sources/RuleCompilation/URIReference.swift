import Documents

/// Resolves URI references (RFC 3986, section 5) for `$id` and `$ref`.
///
/// Names only: nothing is ever fetched. Text is taken apart by bytes, since a mark that follows a
/// delimiter would make one character with it.
enum URIReference {
  private struct Parts {
    var scheme: Substring?
    var authority: Substring?
    var path: Substring
    var query: Substring?
    var fragment: Substring?
  }

  /// A reference without its fragment, and the fragment, percent-decoded; nil where it has none.
  static func splitFragment(_ reference: String) -> (uri: String, fragment: String?) {
    guard let hash = reference.utf8.firstIndex(of: UInt8(ascii: "#")) else {
      return (reference, nil)
    }
    return (
      String(reference[..<hash]), percentDecoded(reference[reference.utf8.index(after: hash)...])
    )
  }

  /// The URI that `reference` means where it is in a resource with the URI `base`.
  static func resolve(_ reference: String, against base: String) -> String {
    let (reference, base) = (parts(of: reference), parts(of: base))
    var target = reference
    if reference.scheme == nil {
      target.scheme = base.scheme
      if reference.authority == nil {
        target.authority = base.authority
        if reference.path.isEmpty {
          target.path = base.path
          target.query = reference.query ?? base.query
        } else if reference.path.utf8.first != UInt8(ascii: "/") {
          if base.authority != nil, base.path.isEmpty {
            target.path = "/" + reference.path
          } else {
            let folder =
              base.path.utf8.lastIndex(of: UInt8(ascii: "/")).map { base.path[...$0] } ?? ""
            target.path = folder + reference.path
          }
        }
      }
    }
    let isOpaque = target.scheme == "urn" || target.scheme == "tag"
    var text = target.scheme.map { "\($0):" } ?? ""
    text += target.authority.map { "//\($0)" } ?? ""
    text += isOpaque ? String(target.path) : withoutDots(target.path)
    text += target.query.map { "?\($0)" } ?? ""
    text += target.fragment.map { "#\($0)" } ?? ""
    return text
  }

  private static func parts(of text: String) -> Parts {
    var rest = text[...]
    var parts = Parts(path: "")
    if let hash = rest.utf8.firstIndex(of: UInt8(ascii: "#")) {
      parts.fragment = rest[rest.utf8.index(after: hash)...]
      rest = rest[..<hash]
    }
    if let mark = rest.utf8.firstIndex(of: UInt8(ascii: "?")) {
      parts.query = rest[rest.utf8.index(after: mark)...]
      rest = rest[..<mark]
    }
    if let colon = rest.utf8.firstIndex(of: UInt8(ascii: ":")), colon != rest.startIndex,
      rest[..<colon].allSatisfy({ $0.isASCII && ($0.isLetter || $0.isNumber || "+-.".contains($0)) }
      )
    {
      parts.scheme = rest[..<colon]
      rest = rest[rest.utf8.index(after: colon)...]
    }
    if rest.utf8.starts(with: "//".utf8) {
      rest = Substring(rest.utf8.dropFirst(2))
      let end = rest.utf8.firstIndex(of: UInt8(ascii: "/")) ?? rest.endIndex
      parts.authority = rest[..<end]
      rest = rest[end...]
    }
    parts.path = rest
    return parts
  }

  private static func withoutDots(_ path: Substring) -> String {
    var output: [Substring] = []
    let segments = path.utf8.split(separator: UInt8(ascii: "/"), omittingEmptySubsequences: false)
      .map { Substring($0) }
    for (index, segment) in segments.enumerated() {
      let isLast = index == segments.count - 1
      switch segment {
      case ".": if isLast { output.append("") }
      case "..":
        // The slash after a first segment stays where that goes: `a/../c` is `/c`.
        if output.count > 1 { output.removeLast() } else if !output.isEmpty { output = [""] }
        if isLast { output.append("") }
      default: output.append(segment)
      }
    }
    return output.joined(separator: "/")
  }

  /// A path of a file as a URI has it: what has a meaning there, or is not ASCII, is percent-encoded.
  static func encodedPath(_ path: String) -> String {
    var bytes: [UInt8] = []
    for byte in path.utf8 {
      let letter = byte | 0x20
      if (0x61...0x7A).contains(letter) && byte < 0x80 || (0x30...0x39).contains(byte)
        || "-._~!$&'()*+,;=@/".utf8.contains(byte)
      {
        bytes.append(byte)
      } else {
        let digits = String(byte, radix: 16, uppercase: true)
        bytes += Array(("%" + (digits.utf8.count < 2 ? "0" : "") + digits).utf8)
      }
    }
    return String(decoding: bytes, as: UTF8.self)
  }

  /// A text with percent-encoded bytes decoded once.
  static func percentDecoded(_ text: Substring) -> String {
    let bytes = PercentEncoding.decoded(Array(text.utf8)[...]).bytes
    return String(decoding: bytes, as: UTF8.self)
  }
}
