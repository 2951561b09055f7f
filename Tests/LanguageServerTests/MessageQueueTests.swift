import LanguageServer
import RequisiteFiles
import Testing

struct MessageQueueTests {
  private static func stream(_ count: Int, size: Int) -> OpenFile {
    let padding = String(repeating: "x", count: size)
    let messages = (0..<count).map { number in
      MessageStream.framed(
        Array("{\"jsonrpc\":\"2.0\",\"method\":\"m\(number)\",\"params\":[\"\(padding)\"]}".utf8))
    }
    return OpenFile(Array(messages.joined()))
  }

  private static func taken(_ queue: MessageQueue) -> [String] {
    var methods: [String] = []
    while case .notification(let method, _)? = queue.next() { methods.append(method) }
    return methods
  }

  @Test func messagesAreTakenInOrder() {
    let queue = MessageQueue(Self.stream(100, size: 10))
    queue.read(waiting: true)
    var methods: [String] = []
    for count in [1, 2, 60] {
      for _ in 0..<count {
        if case .notification(let method, _)? = queue.next() { methods.append(method) }
      }
      #expect(Array(queue.waiting).count == 100 - methods.count)
    }
    methods += Self.taken(queue)
    #expect(methods == (0..<100).map { "m\($0)" })
    #expect(Self.taken(queue).isEmpty && !queue.isOpen && queue.hasReadMessage)
  }

  /// An editor that sends more than is handled has to wait.
  @Test func readingAheadIsBounded() {
    let queue = MessageQueue(Self.stream(100, size: 100_000), readAhead: 500_000)
    queue.read(waiting: false)
    // The last block that is read may be more.
    #expect((5...8).contains(Array(queue.waiting).count))
    #expect(queue.isOpen)
    var methods: [String] = []
    while queue.isOpen {
      queue.read(waiting: true)
      if methods.count < 90 {
        #expect(Array(queue.waiting).count <= 8)
        if case .notification(let method, _)? = queue.next() { methods.append(method) }
      } else {
        methods += Self.taken(queue)
      }
    }
    #expect(methods == (0..<100).map { "m\($0)" })
  }
}
