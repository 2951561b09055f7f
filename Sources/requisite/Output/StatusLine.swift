import CPlatform
import Synchronization

/// A line that shows how far a run is among other output at standard error.
///
/// At a terminal it is the last line, drawn anew in place and cleared before anything else is written;
/// elsewhere it is one line after another. One thread shows it while another writes findings and messages:
/// each holds the lock meanwhile, so that nothing is shown inside of other lines or after the end.
final class StatusLine: Sendable {
  /// The line at standard error.
  static let shared = StatusLine(at: .error, beside: .standard)

  /// What became of a line that was to be shown.
  enum Outcome {
    case shown
    /// Nothing was written: a line of other output has begun, or the process is in the background.
    case skipped
    /// The run is over, or nobody reads what is shown.
    case ended
  }

  private struct State {
    /// How the line is shown; nil while it is not in use.
    var style: ProgressStyle?
    /// Which use of the line it is; each run of a process is one.
    var use = 0
    /// Whether what is written to the other stream appears among the lines.
    var isShared = false
    /// Whether the line is on the terminal.
    var isDrawn = false
    /// Whether no part of another line is before what is written next.
    var isAtLineStart = true
  }

  private let output: Output
  private let other: Output
  private let isInForeground: @Sendable (Output) -> Bool
  private let state = Mutex(State())

  /// A line at one stream, where what is written to another may appear as well.
  init(
    at output: Output, beside other: Output,
    isInForeground: @escaping @Sendable (Output) -> Bool = { $0.isInForeground }
  ) {
    (self.output, self.other, self.isInForeground) = (output, other, isInForeground)
  }

  /// Lets the line be shown from now on, and other output make room for it; the result is the number of this
  /// use.
  func begin(_ style: ProgressStyle) -> Int {
    let isShared = style == .inPlace && other.isTerminal || other.isSame(as: output)
    return state.withLock { state in
      state = State(style: style, use: state.use + 1, isShared: isShared)
      return state.use
    }
  }

  /// The columns that a text may take: in the last one, some terminals would begin another line.
  var columns: Int { (output.terminalColumns ?? 80) - 1 }

  /// Shows a text, if the run that began a use goes on.
  func show(_ text: String, of use: Int) -> Outcome {
    state.withLock { state in
      guard let style = state.style, state.use == use else { return .ended }
      guard isInForeground(output) else {
        forget(&state)
        return .skipped
      }
      guard state.isAtLineStart else { return .skipped }
      let isWritten = style == .inPlace ? draw(text, &state) : write("\(text)\n")
      if isWritten { return .shown }
      state.style = nil
      return .ended
    }
  }

  /// Draws the line in place; a signal meanwhile waits, and clears it.
  private func draw(_ text: String, _ state: inout State) -> Bool {
    requisite_hold_signals()
    defer { requisite_release_signals() }
    guard requisite_begin_line() != 0 else { return false }
    state.isDrawn = true
    defer { requisite_set_line_drawn(1) }
    return write("\r\(text)\u{1B}[K")
  }

  private func write(_ text: String) -> Bool { output.writeAll(Array(text.utf8)) == 0 }

  /// Clears the line for good.
  func end() {
    state.withLock { state in
      clear(&state)
      state.style = nil
    }
  }

  /// Writes bytes to a stream, in place of the line if they appear there; the result is the error number, or 0.
  func write(_ bytes: [UInt8], to stream: Output) -> CInt {
    let reason: CInt? = state.withLock { state in
      guard state.style != nil, stream == output || state.isShared else { return nil }
      clear(&state)
      state.isAtLineStart = bytes.last == UInt8(ascii: "\n")
      return stream.writeAll(bytes)
    }
    return reason ?? stream.writeAll(bytes)
  }

  private func clear(_ state: inout State) {
    guard state.isDrawn else { return }
    // After a stop, others have written below it: only the foreground may take back what is there.
    if isInForeground(output) { _ = output.writeAll(Array("\r\u{1B}[K".utf8)) }
    forget(&state)
  }

  private func forget(_ state: inout State) {
    guard state.isDrawn else { return }
    state.isDrawn = false
    requisite_set_line_drawn(0)
  }
}
