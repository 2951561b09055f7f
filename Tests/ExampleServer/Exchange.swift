/// A request on a connection, and the answer to it.
struct Exchange {
  /// How many bytes a head, and a body, may have.
  static let headLimit = 16 << 10
  static let bodyLimit = 1 << 20

  let gate: RequestGate
  let connection: Connection

  /// Reads a request and answers it.
  func run() {
    var answer = Answer(problem: ProblemDocument(status: 400, title: "This is no HTTP request"))
    var bytes: [UInt8] = []
    let separator = Array("\r\n\r\n".utf8)
    while bytes.count <= Self.headLimit {
      guard connection.read(into: &bytes) else { break }
      guard let end = bytes.firstRange(of: separator) else { continue }
      if let head = HTTPHead(bytes[..<end.lowerBound]) {
        answer = self.answer(to: head, body: Array(bytes[end.upperBound...]))
      }
      break
    }
    // Nobody waits for an answer to nothing.
    if !bytes.isEmpty { connection.write(answer.bytes) }
    connection.close()
  }

  /// The answer to a request, of whose body the beginning was read.
  private func answer(to head: HTTPHead, body beginning: [UInt8]) -> Answer {
    guard head.target == "/chats" else {
      return Answer(problem: .init(status: 404, title: "Not found"))
    }
    guard head.method == "POST" else {
      var answer = Answer(problem: .init(status: 405, title: "Only POST is allowed"))
      answer.fields.append("Allow: POST")
      return answer
    }
    guard head.isJSON, head.fields["content-encoding"] == nil else {
      return Answer(problem: .init(status: 415, title: "The body must be application/json"))
    }
    guard head.fields["transfer-encoding"] == nil, let length = head.contentLength else {
      return Answer(problem: .init(status: 411, title: "Content-Length is required"))
    }
    guard length <= Self.bodyLimit else {
      return Answer(
        problem: .init(status: 413, title: "The body has more than \(Self.bodyLimit) bytes"))
    }
    if head.fields["expect"] != nil, beginning.count < length {
      connection.write(Array("HTTP/1.1 100 Continue\r\n\r\n".utf8))
    }
    var body = beginning
    while body.count < length {
      guard connection.read(into: &body) else {
        return Answer(problem: .init(status: 400, title: "The body is cut off"))
      }
    }
    return gate.refusal(of: Array(body.prefix(length))).map { Answer(problem: $0) } ?? Answer()
  }
}

/// What the server sends.
struct Answer {
  var status = 204
  var fields: [String] = []
  var body: [UInt8] = []

  /// The request is accepted.
  init() {}

  /// The request is refused.
  init(problem: ProblemDocument) {
    status = problem.status
    body = problem.encoded()
    fields = ["Content-Type: application/problem+json", "Content-Length: \(body.count)"]
  }

  /// The reason phrase may be empty.
  var bytes: [UInt8] {
    let lines = ["HTTP/1.1 \(status) "] + fields + ["Connection: close", "", ""]
    return Array(lines.joined(separator: "\r\n").utf8) + body
  }
}
