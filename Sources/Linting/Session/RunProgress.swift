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
    /// How many bytes of the next input are done.
    package var position: Int
    /// How many bytes the streams had that are done.
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
    /// How much of the input counts as done before.
    private let start: Int
    /// Which part of each byte counts.
    private let divisor: Int

    fileprivate init(_ progress: RunProgress, start: Int, divisor: Int) {
      (self.progress, self.start, self.divisor) = (progress, start, divisor)
    }

    func advance(to position: Int) {
      progress.advance(to: start.addingClamped(position / divisor))
    }
  }

  /// The first of two: looking whether an array is one of requests counts for half of its bytes.
  var firstPass: Pass { Pass(self, start: 0, divisor: 2) }

  /// The pass that checks; after another one, it counts for the other half.
  var lastPass: Pass {
    let start = counts.position
    return Pass(self, start: start, divisor: start > 0 ? 2 : 1)
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

  /// How many bytes are done.
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
