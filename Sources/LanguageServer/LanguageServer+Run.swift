package import RequisiteFiles
package import SystemPackage

extension LanguageServer {
  /// Serves an editor until it is done; the result is the exit code, or nil where nothing that arrived was a
  /// message.
  ///
  /// All that has arrived is read before a document is checked, so that only the last of several edits is,
  /// and requests that were cancelled meanwhile are not answered in vain. What arrives during a check may
  /// end it.
  ///
  /// - Throws: the system's error for an input that cannot be read.
  package func run(_ input: OpenFile) throws(Errno) -> Int32? {
    let inbox = Inbox(input)
    isUnwanted = { [unowned self] undertaking in
      inbox.read(waiting: false)
      return inbox.waiting.contains { isUnwanted(undertaking, after: $0) }
    }
    defer { isUnwanted = nil }
    while exitCode == nil {
      inbox.read(waiting: !hasWork)
      if let message = inbox.next() {
        receive(message, cancelled: inbox.cancelled)
      } else if let error = inbox.error {
        throw error
      } else if inbox.isOpen {
        work()
      } else {
        break
      }
    }
    return exitCode ?? (inbox.hasReadMessage ? 1 : nil)
  }
}

/// What arrived from the editor.
private final class Inbox {
  /// How many bytes are read at once.
  private static let blockSize = 1 << 18

  private let input: OpenFile
  private var stream = MessageStream()
  private var block = [UInt8](repeating: 0, count: blockSize)
  private var messages: [Message] = []
  /// How many of them were taken.
  private var takenCount = 0
  /// The ids of requests that were cancelled, as JSON text.
  private(set) var cancelled: Set<[UInt8]> = []
  /// Whether anything that arrived was a message.
  private(set) var hasReadMessage = false
  /// Whether more may come.
  private(set) var isOpen = true
  /// Why no more could be read.
  private(set) var error: Errno?

  init(_ input: OpenFile) { self.input = input }

  /// Reads all that has arrived; where nothing has, waits for it if that is wanted.
  func read(waiting: Bool) {
    if messages.isEmpty { cancelled = [] }
    while isOpen, waiting && messages.isEmpty || input.isReady() {
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
          messages.append(message)
        case .malformed(let error): messages.append(.malformed(error, id: nil))
        case .broken(let error):
          messages.append(.malformed(error, id: nil))
          isOpen = false
        }
      }
    }
  }

  /// The messages that were not taken yet.
  var waiting: ArraySlice<Message> { messages[takenCount...] }

  /// Takes the first of them.
  func next() -> Message? {
    guard let message = waiting.first else { return nil }
    takenCount += 1
    if takenCount == messages.count { (messages, takenCount) = ([], 0) }
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
