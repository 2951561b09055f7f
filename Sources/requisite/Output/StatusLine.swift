import CPlatform
import Linting
import Synchronization

/// The last line of the terminal, which is drawn anew in place and cleared before anything else is written.
///
/// One thread draws it while another writes findings and messages: each holds the lock meanwhile.
enum StatusLine {
  private static let lock = Lock()
  /// Whether the line is on the terminal, and whether it may be drawn: not after a part of another line.
  ///
  /// Looked at and changed by who holds the lock alone.
  private nonisolated(unsafe) static var (isDrawn, isAtLineStart) = (false, true)
  private static let isInUse = Atomic(false)

  /// Lets other output clear the line from now on.
  static func begin() { isInUse.store(true, ordering: .relaxed) }

  /// Draws the line, if the run goes on.
  static func draw(_ text: String) {
    lock.hold {
      guard isInUse.load(ordering: .relaxed), unsafe isAtLineStart else { return }
      // Known before it is seen, so that a signal clears it.
      requisite_set_line_drawn(1)
      unsafe isDrawn = true
      _ = Output.error.writeAll(Array("\r\(text)\u{1B}[K".utf8))
    }
  }

  /// Clears the line for good.
  static func end() {
    guard isInUse.load(ordering: .relaxed) else { return }
    lock.hold {
      clear()
      isInUse.store(false, ordering: .relaxed)
    }
  }

  /// Writes bytes to a stream; the line is cleared before that if the stream is a terminal.
  static func write(_ bytes: [UInt8], to output: Output) -> CInt {
    guard isInUse.load(ordering: .relaxed), output.isTerminal else { return output.writeAll(bytes) }
    return lock.hold {
      clear()
      unsafe isAtLineStart = bytes.last == UInt8(ascii: "\n")
      return output.writeAll(bytes)
    }
  }

  private static func clear() {
    guard unsafe isDrawn else { return }
    _ = Output.error.writeAll(Array("\r\u{1B}[K".utf8))
    unsafe isDrawn = false
    requisite_set_line_drawn(0)
  }
}
