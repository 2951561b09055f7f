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
    // The first messages may be done already.
    var doneCount = 0
    var cancelled: Set<[UInt8]> = []
    var isOpen = true
    while exitCode == nil, isOpen || !inbox.isEmpty {
      while isOpen, inbox.isEmpty && !hasWork || input.isReady() {
        let count = try input.read(into: &block)
        isOpen = count > 0
        stream.append(block[..<count])
        while isOpen, let item = stream.next() {
          switch item {
          case .content(let bytes):
            let message = Message(bytes)
            if let id = message.cancelledID { cancelled.insert(id) }
            inbox.append(message)
          case .malformed(let error): inbox.append(.malformed(error, id: nil))
          case .broken(let error):
            inbox.append(.malformed(error, id: nil))
            isOpen = false
          }
        }
      }
      if doneCount < inbox.count {
        receive(inbox[doneCount], cancelled: cancelled)
        doneCount += 1
        if doneCount < inbox.count { continue }
        inbox = []
        doneCount = 0
        cancelled = []
        continue
      }
      if isOpen { work() }
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
