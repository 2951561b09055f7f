package import RequisiteFiles
import Synchronization

/// How far a run is: counted by the thread that takes all results in order, shown by another.
///
/// Nothing is counted more often than a block is read or an input ends. The bytes are those of files, also
/// where a file is compressed.
package final class RunProgress: Sendable {
  /// The numbers at one moment.
  package struct Counts: Sendable, Equatable {
    /// How many inputs are done.
    package var inputs: Int
    /// How many bytes of the next input were read.
    package var position: Int
    /// How many bytes were read of the streams that are done.
    package var streamed: Int

    /// Creates counts.
    package init(inputs: Int, position: Int = 0, streamed: Int = 0) {
      self.inputs = inputs
      self.position = position
      self.streamed = streamed
    }
  }

  private let inputs = Atomic(0)
  private let position = Atomic(0)
  private let streamed = Atomic(0)

  /// Begins a run.
  package init() {}

  /// The numbers by now.
  package var counts: Counts {
    Counts(
      inputs: inputs.load(ordering: .relaxed), position: position.load(ordering: .relaxed),
      streamed: streamed.load(ordering: .relaxed))
  }

  /// Counts the bytes of the input at hand that were read.
  func advance(to position: Int) { self.position.store(position, ordering: .relaxed) }

  /// Counts an input that is done.
  package func end(_ input: InputSource) {
    if input.isStream { streamed.add(position.load(ordering: .relaxed), ordering: .relaxed) }
    position.store(0, ordering: .relaxed)
    inputs.add(1, ordering: .relaxed)
  }
}

extension RunProgress {
  /// One of the times that an input is read.
  struct Pass {
    private let progress: RunProgress
    /// How many bytes count as read before.
    private let start: Int
    /// How many bytes of the file count for how many that the pass reads.
    private let scale: (counted: Int, read: Int)

    fileprivate init(_ progress: RunProgress, start: Int, scale: (counted: Int, read: Int)) {
      (self.progress, self.start, self.scale) = (progress, start, scale)
    }

    func advance(to position: Int) {
      let share = Double(position) / Double(max(scale.read, 1))
      let counted = Int(exactly: (Double(scale.counted) * share).rounded(.down)) ?? .max
      progress.advance(to: start.addingClamped(counted))
    }
  }

  /// The first of two: looking whether an array is one of requests counts for half of its bytes.
  var firstPass: Pass { Pass(self, start: 0, scale: (1, 2)) }

  /// The pass that checks; after another one, it counts for the other half.
  ///
  /// A text that was kept has its own number of bytes, `keptSize`: those of a compressed file are fewer.
  func lastPass(keptSize: Int? = nil) -> Pass {
    let start = counts.position
    guard start > 0 else { return Pass(self, start: 0, scale: (1, 1)) }
    return Pass(self, start: start, scale: keptSize.map { (start, $0) } ?? (1, 2))
  }
}

/// The sizes of the inputs of a run, as far as they are known.
package struct InputSizes {
  /// How many bytes the files before each input have, and all of them.
  private var sums = [0]
  /// How many bytes all inputs have; nil where that of a stream is unknown.
  package private(set) var total: Int? = 0

  /// Asks for the sizes.
  package init(_ inputs: some Sequence<InputSource>, in files: any FileSystem) {
    for input in inputs {
      let size = Self.size(of: input, in: files)
      total = total.flatMap { sum in size.map { sum.addingClamped($0) } }
      // The bytes of streams are counted as they are read.
      sums.append((sums.last ?? 0).addingClamped(input.isStream ? 0 : size ?? 0))
    }
  }

  private static func size(of input: InputSource, in files: any FileSystem) -> Int? {
    guard let path = input.file else { return files.standardInput().size }
    if input.isStream { return nil }
    // Nothing will be read of a file that is gone.
    return (try? files.status(of: path, followingLinks: true)).map { Int($0.size) } ?? 0
  }

  /// How many inputs there are.
  package var count: Int { sums.count - 1 }

  /// How many bytes were read.
  package func bytes(at counts: RunProgress.Counts) -> Int {
    let files = sums[min(max(counts.inputs, 0), count)]
    let bytes = files.addingClamped(counts.streamed).addingClamped(counts.position)
    return total.map { min(bytes, $0) } ?? bytes
  }
}

extension Int {
  /// The sum of two counts, or the largest number.
  fileprivate func addingClamped(_ other: Int) -> Int {
    let (sum, overflows) = addingReportingOverflow(other)
    return overflows ? .max : sum
  }
}
