import LanguageServer
import Testing

struct MessageStreamTests {
  /// The items of a stream that arrives in pieces of a size.
  private static func items(_ text: String, piece: Int = .max) -> [String] {
    var stream = MessageStream()
    var items: [String] = []
    var rest = Array(text.utf8)[...]
    while !rest.isEmpty {
      stream.append(rest.prefix(piece))
      rest = rest.dropFirst(piece)
      while let item = stream.next() {
        switch item {
        case .content(let bytes): items.append(String(decoding: bytes, as: UTF8.self))
        case .malformed(let error): items.append("malformed \(error.code.rawValue)")
        case .broken(let error): items.append("broken \(error.code.rawValue)")
        }
      }
    }
    return items
  }

  @Test(arguments: [1, 2, 3, 5, 7, 1_000])
  func messagesArriveInPieces(size: Int) {
    let text =
      "Content-Length: 2\r\n\r\n{}content-type: application/vscode-jsonrpc; charset=utf-8\r\nCONTENT-LENGTH:  5 \r\n\r\n\"ä\" Content-Length: 0\r\n\r\n"
    #expect(Self.items(text, piece: size) == ["{}", "\"ä\" ", ""])
  }

  @Test(arguments: [
    ("Content-Length: x\r\n\r\n", ["malformed -32700"]),
    ("Content-Length: -1\r\n\r\n", ["malformed -32700"]),
    ("Content-Length: +1\r\n\r\n", ["malformed -32700"]),
    ("Content-Length: 99999999999999999999\r\n\r\n", ["malformed -32700"]),
    ("Content-Length: 1\r\nContent-Length: 2\r\n\r\n", ["malformed -32700"]),
    ("Other: 1\r\n\r\nContent-Length: 2\r\n\r\n{}", ["malformed -32700", "{}"]),
    ("no colon\r\n\r\nContent-Length: 2\r\n\r\n{}", ["malformed -32700", "{}"]),
    ("\r\n\r\nContent-Length: 2\r\n\r\n{}", ["malformed -32700", "{}"]),
    ("Content-Type: x; charset=utf-16\r\nContent-Length: 2\r\n\r\n", ["malformed -32700"]),
    ("Content-Length: 300000000\r\n\r\nxxxx", ["malformed -32600"]),
    (String(repeating: "x", count: 9_000), ["broken -32700"]),
    (
      String(repeating: "x", count: 9_000) + "\r\n\r\nContent-Length: 2\r\n\r\n{}",
      ["broken -32700"]
    ),
  ])
  func whatIsNoMessageIsSaid(text: String, items: [String]) {
    #expect(Self.items(text) == items)
    #expect(Self.items(text, piece: 100) == items)
  }

  @Test func largeMessagesAreDropped() {
    var stream = MessageStream()
    let size = MessageStream.largestMessage + 1
    stream.append(Array("Content-Length: \(size)\r\n\r\n".utf8))
    var items = 0
    let block = [UInt8](repeating: 0x20, count: 1 << 24)
    var rest = size
    while rest > 0 {
      let count = min(rest, block.count)
      stream.append(block[..<count])
      rest -= count
      while stream.next() != nil { items += 1 }
    }
    stream.append(MessageStream.framed(Array("{}".utf8)))
    guard case .content(let bytes)? = stream.next() else {
      Issue.record("the message behind it is lost")
      return
    }
    #expect(items == 1)
    #expect(bytes == Array("{}".utf8))
  }

  @Test(arguments: [
    ("{", "malformed -32700 nil"), ("", "malformed -32700 nil"), ("[]", "malformed -32600 nil"),
    ("{\"jsonrpc\":\"1.0\",\"id\":1,\"method\":\"x\"}", "malformed -32600 1"),
    ("{\"jsonrpc\":\"2.0\",\"id\":1}", "malformed -32600 1"),
    ("{\"jsonrpc\":\"2.0\",\"id\":[],\"method\":\"x\"}", "malformed -32600 nil"),
    ("{\"jsonrpc\":\"2.0\",\"method\":7}", "malformed -32600 nil"),
    ("{\"jsonrpc\":\"2.0\",\"id\":\"a\",\"method\":\"x\"}", "request \"a\" x"),
    ("{\"jsonrpc\":\"2.0\",\"method\":\"x\"}", "notification x"),
    ("{\"jsonrpc\":\"2.0\",\"id\":3,\"result\":null}", "response 3"),
    ("{\"jsonrpc\":\"2.0\",\"method\":\"\\ud800\"}", "notification \u{FFFD}"),
  ])
  func messagesAreRead(text: String, expected: String) {
    let found =
      switch Message(Array(text.utf8)) {
      case .malformed(let error, let id):
        "malformed \(error.code.rawValue) \(id.map { String(decoding: $0, as: UTF8.self) } ?? "nil")"
      case .request(let id, let method, _):
        "request \(String(decoding: id, as: UTF8.self)) \(method)"
      case .notification(let method, _): "notification \(method)"
      case .response(let id): "response \(String(decoding: id, as: UTF8.self))"
      }
    #expect(found == expected)
  }
}
