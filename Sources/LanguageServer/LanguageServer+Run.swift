package import RequisiteFiles
package import SystemPackage

extension LanguageServer {
  /// How many bytes are read at once.
  private static var blockSize: Int { 1 << 18 }

  /// Serves an editor until it is done; the result is the exit code.
  ///
  /// All that has arrived is read before a document is checked, so that only the last of several edits is,
  /// and requests that were cancelled meanwhile are not answered in vain.
  ///
  /// - Throws: the system's error for an input that cannot be read.
  package func run(_ input: OpenFile) throws(Errno) -> Int32 {
    var stream = MessageStream()
    var block = [UInt8](repeating: 0, count: Self.blockSize)
    var inbox: [Message] = []
    var isOpen = true
    while exitCode == nil, isOpen || !inbox.isEmpty || hasWork {
      while isOpen, inbox.isEmpty && !hasWork || input.isReady() {
        let count = try input.read(into: &block)
        isOpen = count > 0
        stream.append(block[..<count])
        while isOpen, let item = stream.next() {
          switch item {
          case .content(let bytes): inbox.append(Message(bytes))
          case .malformed(let error): inbox.append(.malformed(error, id: nil))
          case .broken(let error):
            inbox.append(.malformed(error, id: nil))
            isOpen = false
          }
        }
      }
      if inbox.isEmpty {
        // Nobody is there to read reports any more.
        guard isOpen else { break }
        work()
        continue
      }
      let cancelled = Set(inbox.compactMap(\.cancelledID))
      let message = inbox.removeFirst()
      receive(message, cancelled: cancelled)
    }
    return exitCode ?? 1
  }
}

extension Message {
  /// The id of the request that a notification cancels.
  fileprivate var cancelledID: [UInt8]? {
    guard case .notification("$/cancelRequest", let parameters) = self else { return nil }
    return parameters?["id"]?.idText
  }
}
