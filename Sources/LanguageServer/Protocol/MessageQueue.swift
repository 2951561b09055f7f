package import RequisiteFiles
package import SystemPackage

/// The messages that arrived from the editor and were not taken yet.
package final class MessageQueue {
  /// How many bytes are read at once.
  private static let blockSize = 1 << 18
  /// How many bytes of messages are read before they are taken.
  package static var mostReadAhead: Int { 64 << 20 }

  private let input: OpenFile
  private let readAhead: Int
  private var stream = MessageStream()
  private var block = [UInt8](repeating: 0, count: blockSize)
  private var messages: [(message: Message, size: Int)] = []
  /// How many of them were taken.
  private var takenCount = 0
  /// How many bytes the others have.
  private var waitingSize = 0
  /// The ids of requests that were cancelled, as JSON text.
  package private(set) var cancelled: Set<[UInt8]> = []
  /// Whether anything that arrived was a message.
  package private(set) var hasReadMessage = false
  /// Whether more may come.
  package private(set) var isOpen = true
  /// Why no more could be read.
  package private(set) var error: Errno?

  /// Creates a queue of what an editor sends.
  package init(_ input: OpenFile, readAhead: Int = mostReadAhead) {
    self.input = input
    self.readAhead = readAhead
  }

  /// Reads what has arrived, up to the limit; where nothing has, waits for it if that is wanted.
  package func read(waiting: Bool) {
    if messages.isEmpty { cancelled = [] }
    while isOpen, waitingSize < readAhead, waiting && messages.isEmpty || input.isReady() {
      do throws(Errno) {
        let count = try input.read(into: &block)
        isOpen = count > 0
        stream.append(block[..<count])
      } catch {
        self.error = error
        isOpen = false
      }
      while isOpen, let item = stream.next() {
        switch item {
        case .content(let bytes):
          let message = Message(bytes)
          if let id = message.cancelledID { cancelled.insert(id) }
          if case .malformed = message {} else { hasReadMessage = true }
          add(message, size: bytes.count)
        case .malformed(let error): add(.malformed(error, id: nil), size: 0)
        case .broken(let error):
          add(.malformed(error, id: nil), size: 0)
          isOpen = false
        }
      }
    }
  }

  private func add(_ message: Message, size: Int) {
    // Even an empty message takes space.
    let size = size + MemoryLayout<Message>.stride
    messages.append((message, size))
    waitingSize += size
  }

  /// The messages that were not taken yet.
  package var waiting: some Sequence<Message> { messages[takenCount...].lazy.map(\.message) }

  /// Takes the first of them.
  package func next() -> Message? {
    guard takenCount < messages.count else { return nil }
    let (message, size) = messages[takenCount]
    waitingSize -= size
    takenCount += 1
    // Each message is moved once at most, on average.
    if takenCount * 2 >= messages.count {
      messages.removeFirst(takenCount)
      takenCount = 0
    }
    return message
  }
}

extension Message {
  /// The id of the request that a notification cancels.
  fileprivate var cancelledID: [UInt8]? {
    guard case .notification("$/cancelRequest", let parameters) = self else { return nil }
    return parameters?["id"]?.idText
  }
}
