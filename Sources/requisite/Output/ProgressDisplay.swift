import CPlatform
import Linting
import RequisiteFiles

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
  private let line: StatusLine
  /// The number of this use of the line.
  private let use: Int
  private let style: ProgressStyle
  private let pace: Pace
  private let inputs: [InputSource]
  private let files: any FileSystem
  /// Whether inputs are read at an earlier commit too, so that their bytes do not tell how far a run is.
  private let readsEarlier: Bool
  private let start = ContinuousClock.now

  /// When something is shown, in milliseconds.
  struct Pace: Sendable {
    /// How long a run takes at least.
    var delay: CInt = 2_000
    /// How long it takes from one time to the next.
    var interval: CInt
    /// How long it takes to the next attempt where nothing could be shown.
    var retry: CInt = 200
  }

  /// How much stack the thread has, in bytes.
  private static let stackSize = 1 << 18

  /// Begins to show how far a run over inputs is.
  init(
    _ style: ProgressStyle, _ inputs: [InputSource], in files: any FileSystem,
    readsEarlier: Bool = false, on line: StatusLine = .shared, pace: Pace? = nil
  ) {
    (self.style, self.inputs, self.files, self.line) = (style, inputs, files, line)
    self.readsEarlier = readsEarlier
    self.pace = pace ?? Pace(interval: style == .inPlace ? 200 : 10_000)
    use = line.begin(style)
    startThread()
  }

  private func startThread() {
    let context = unsafe Unmanaged.passRetained(self)
    let status = unsafe requisite_start_detached_thread(
      Self.stackSize,
      { context in
        if let context = unsafe context {
          unsafe Unmanaged<ProgressDisplay>.fromOpaque(context).takeRetainedValue().run()
        }
        return nil
      }, context.toOpaque())
    if status != 0 { unsafe context.release() }
  }

  /// Shows nothing any more.
  func end() { line.end() }

  private func run() {
    wait(pace.delay)
    // A short run has no use for the sizes of its inputs.
    let sizes = InputSizes(inputs, in: files)
    while true {
      switch line.show(text(sizes), of: use) {
      case .shown: wait(pace.interval)
      case .skipped: wait(pace.retry)
      case .ended: return
      }
    }
  }

  private func text(_ sizes: InputSizes) -> String {
    let counts = progress.counts
    let text = ProgressText(
      inputs: (min(counts.inputs, sizes.count), sizes.count),
      bytes: (sizes.bytes(at: counts), readsEarlier ? nil : sizes.total),
      elapsed: ContinuousClock.now - start)
    return text.line(columns: style == .inPlace ? line.columns : .max)
  }

  private func wait(_ milliseconds: CInt) { _ = poll(nil, 0, milliseconds) }
}
