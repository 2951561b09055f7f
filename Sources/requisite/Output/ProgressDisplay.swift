import Linting
import RequisiteFiles
import Synchronization

#if canImport(Glibc)
import Glibc
#elseif canImport(Musl)
import Musl
#elseif canImport(Darwin)
import Darwin
#endif

/// Shows at standard error how far a run is, from a thread of its own: the run only counts.
final class ProgressDisplay: Sendable {
  /// What the run counts.
  let progress = RunProgress()
  private let style: ProgressStyle
  private let inputs: [InputSource]
  private let files: any FileSystem
  private let start = ContinuousClock.now
  private let hasEnded = Atomic(false)

  /// After how many milliseconds something is shown.
  private static let delay: CInt = 2_000
  /// How much stack the thread has, in bytes.
  private static let stackSize = 1 << 18

  /// Begins to show how far a run over inputs is.
  init(_ style: ProgressStyle, _ inputs: [InputSource], in files: any FileSystem) {
    (self.style, self.inputs, self.files) = (style, inputs, files)
    if style == .inPlace { StatusLine.begin() }
    RunningThread(withStackOf: Self.stackSize) { self.run() }?.leave()
  }

  /// Shows nothing any more.
  func end() {
    hasEnded.store(true, ordering: .relaxed)
    StatusLine.end()
  }

  private func run() {
    wait(Self.delay)
    // A short run has no use for the sizes of its inputs.
    let sizes = InputSizes(inputs, in: files)
    while !hasEnded.load(ordering: .relaxed) {
      show(sizes)
      wait(style == .inPlace ? 200 : 10_000)
    }
  }

  private func show(_ sizes: InputSizes) {
    let counts = progress.counts
    let text = ProgressText(
      inputs: (min(counts.inputs, sizes.count), sizes.count),
      bytes: (sizes.bytes(at: counts), sizes.total), elapsed: ContinuousClock.now - start)
    switch style {
    case .inPlace:
      // In the last column, some terminals would begin another line.
      let columns = Output.error.terminalColumns ?? 80
      if Output.error.isInForeground { StatusLine.draw(text.line(columns: columns - 1)) }
    case .lines: Output.error.write(text.line() + "\n")
    }
  }

  private func wait(_ milliseconds: CInt) { _ = poll(nil, 0, milliseconds) }
}
