/// The request line and the header fields of an HTTP/1.1 request.
struct HTTPHead: Equatable {
  var method: String
  var target: String
  /// Values by the lowercased names of fields; the values of a repeated field in their order.
  var fields: [String: [String]] = [:]

  /// Reads the bytes before the empty line; nil for what is no request.
  init?(_ bytes: some Sequence<UInt8>) {
    guard let text = String(validating: Array(bytes), as: UTF8.self) else { return nil }
    var lines = text.split(separator: "\r\n", omittingEmptySubsequences: false)[...]
    let words = (lines.popFirst() ?? "").split(separator: " ", omittingEmptySubsequences: false)
    guard words.count == 3, !words.contains(""), words[2] == "HTTP/1.1" || words[2] == "HTTP/1.0"
    else { return nil }
    (method, target) = (String(words[0]), String(words[1]))
    for line in lines {
      guard let colon = line.firstIndex(of: ":"), colon > line.startIndex,
        line[..<colon].allSatisfy({ $0.isASCII && !$0.isWhitespace })
      else { return nil }
      let value = line[line.index(after: colon)...].trimmed
      fields[line[..<colon].lowercased(), default: []].append(String(value))
    }
  }

  /// The length of the body; nil where the request does not say it once, in digits.
  var contentLength: Int? {
    guard let values = fields["content-length"], values.count == 1,
      values[0].allSatisfy({ $0.isASCII && $0.isNumber })
    else { return nil }
    return Int(values[0])
  }

  /// Whether the body is said to be JSON.
  var isJSON: Bool {
    guard let values = fields["content-type"], values.count == 1 else { return false }
    let mediaType = values[0].prefix { $0 != ";" }.trimmed.lowercased()
    return mediaType == "application/json" || mediaType.hasSuffix("+json")
  }
}

extension Substring {
  /// Without spaces and tabs at both ends.
  fileprivate var trimmed: Substring {
    let isSpace = { (character: Character) in character == " " || character == "\t" }
    let start = drop(while: isSpace)
    guard let last = start.lastIndex(where: { !isSpace($0) }) else { return "" }
    return start[...last]
  }
}
