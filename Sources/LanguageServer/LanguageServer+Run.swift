package import RequisiteFiles
package import SystemPackage

extension LanguageServer {
  /// Serves an editor until it is done; the result is the exit code, or nil where nothing that arrived was a
  /// message.
  ///
  /// All that has arrived, up to a limit, is read before a document is checked, so that only the last of
  /// several edits is, and requests that were cancelled meanwhile are not answered in vain. What arrives during
  /// a check may end it.
  ///
  /// - Throws: the system's error for an input that cannot be read.
  package func run(_ input: OpenFile) throws(Errno) -> Int32? {
    let queue = MessageQueue(input)
    isUnwanted = { [unowned self] operation in
      queue.read(waiting: false)
      return queue.waiting.contains { isUnwanted(operation, after: $0) }
    }
    defer { isUnwanted = nil }
    while exitCode == nil {
      queue.read(waiting: !hasWork)
      if let message = queue.next() {
        receive(message, cancelled: queue.cancelled)
      } else if let error = queue.error {
        throw error
      } else if queue.isOpen {
        work()
      } else {
        break
      }
    }
    return exitCode ?? (queue.hasReadMessage ? 1 : nil)
  }
}
