import SourceText

/// Takes messages out of a stream of bytes: headers, an empty line, and as many bytes as they say.
///
/// Nothing that arrives ends it but a header without an end: from there on, nobody can say where a
/// message begins.
package struct MessageStream: Sendable {
  /// What came.
  package enum Item: Sendable {
    /// The content of a message.
    case content([UInt8])
    /// What is no message, and why.
    case malformed(ResponseError)
    /// What is no message, and nothing behind it can be read.
    case broken(ResponseError)
  }

  /// How many bytes the headers of a message may take.
  package static var longestHeader: Int { 8_192 }
  /// How many bytes a message may have; nobody edits a larger text by hand.
  package static var largestMessage: Int { 256 << 20 }

  private var bytes: [UInt8] = []
  /// Where what was not taken yet begins.
  private var start = 0
  /// Up to where the end of the headers was looked for.
  private var searched = 0
  /// The size of the message whose headers were read.
  private var size: Int?
  /// How many bytes of a message that is too large are still to be dropped.
  private var dropCount = 0
  private var isBroken = false

  /// Creates a stream of nothing.
  package init() {}

  /// Adds what arrived.
  package mutating func append(_ arrived: some Collection<UInt8>) {
    guard !isBroken else { return }
    if start > 0 {
      bytes.removeFirst(start)
      searched -= start
      start = 0
    }
    bytes.append(contentsOf: arrived)
  }

  /// The next message, once it is whole.
  package mutating func next() -> Item? {
    if isBroken { return nil }
    drop()
    if dropCount > 0 { return nil }
    if size == nil {
      guard let end = endOfHeaders() else {
        guard bytes.count - start > Self.longestHeader else { return nil }
        return broken("headers of a message are longer than \(Self.longestHeader) bytes")
      }
      let headers = bytes[start..<end]
      (start, searched) = (end, end)
      switch Self.contentLength(headers) {
      case .success(let length): size = length
      case .failure(let error): return .malformed(error)
      }
    }
    guard let size else { return nil }
    guard size <= Self.largestMessage else {
      self.size = nil
      dropCount = size
      drop()
      return .malformed(
        .init(.invalidRequest, "message is larger than \(Self.largestMessage) bytes"))
    }
    guard bytes.count - start >= size else { return nil }
    let content = Array(bytes[start..<(start + size)])
    start += size
    searched = start
    self.size = nil
    return .content(content)
  }

  private mutating func drop() {
    let count = min(dropCount, bytes.count - start)
    start += count
    searched = start
    dropCount -= count
  }

  private mutating func broken(_ message: String) -> Item {
    isBroken = true
    bytes = []
    return .broken(.init(.parseError, message))
  }

  /// The offset just past the empty line behind the headers.
  private mutating func endOfHeaders() -> Int? {
    let end = [UInt8]("\r\n\r\n".utf8)
    var index = max(start, searched - 3)
    while index + end.count <= bytes.count {
      if index - start > Self.longestHeader { return nil }
      if bytes[index..<(index + end.count)].elementsEqual(end) { return index + end.count }
      index += 1
    }
    searched = bytes.count
    return nil
  }

  /// The size that headers give.
  private static func contentLength(_ headers: ArraySlice<UInt8>) -> Result<Int, ResponseError> {
    var length: Int?
    for line in headers.split(whereSeparator: { $0 == 0x0D || $0 == 0x0A }) {
      guard let colon = line.firstIndex(of: UInt8(ascii: ":")) else {
        return .failure(.init(.parseError, "header of a message has no colon"))
      }
      let name = String(decoding: line[..<colon], as: UTF8.self).lowercased()
      let value = String(decoding: line[(colon + 1)...], as: UTF8.self)
        .split(separator: " ").joined(separator: " ")
      switch name {
      case "content-length":
        guard let count = Int(value), count >= 0, value.utf8.first != UInt8(ascii: "+") else {
          return .failure(.init(.parseError, "Content-Length is no number of bytes"))
        }
        guard length == nil || length == count else {
          return .failure(.init(.parseError, "message has two sizes"))
        }
        length = count
      case "content-type":
        let text = value.lowercased()
        guard !text.contains("charset=") || text.contains("utf-8") || text.contains("utf8") else {
          return .failure(.init(.parseError, "message is not in UTF-8"))
        }
      default: break
      }
    }
    guard let length else {
      return .failure(.init(.parseError, "message has no Content-Length"))
    }
    return .success(length)
  }

  /// A message with its header, as it is sent.
  package static func framed(_ content: [UInt8]) -> [UInt8] {
    Array("Content-Length: \(content.count)\r\n\r\n".utf8) + content
  }
}
