import Findings

/// The blocks of an array in their order, some of which other threads are at work on already.
struct BatchQueue: ~Copyable {
  private var reader: BatchReader
  private let workers: UnitWorkers?
  private let limit: Int
  private let work: (LogBlock) -> UnitOfWork
  /// Where it is counted how much was read.
  private let pass: RunProgress.Pass?
  private var waiting: [(block: LogBlock, ticket: Int?)] = []
  private var isAtEnd = false
  /// Why the array cannot be read any further.
  private var failure: Diagnostic?

  /// Begins an array; `work` is what the threads do with a block of it.
  init(
    _ reader: consuming BatchReader, workers: UnitWorkers?, jobs: Int,
    counting pass: RunProgress.Pass? = nil, work: @escaping (LogBlock) -> UnitOfWork
  ) {
    self.reader = reader
    self.workers = workers
    self.work = work
    self.pass = pass
    limit = UnitQueue.blockLimit(jobs: workers == nil ? 0 : jobs)
  }

  /// Whether the text turned out to be no array.
  var isMalformed: Bool { reader.isMalformed }

  /// The next block, and the number of the work on it; nil at the end.
  ///
  /// - Throws: what `BatchReader` does, once all blocks before that were handed on.
  mutating func next() throws(Diagnostic) -> (block: LogBlock, ticket: Int?)? {
    while !isAtEnd, waiting.count < limit {
      do throws(Diagnostic) {
        if let block = try reader.next() {
          waiting.append((block, workers?.submit(work(block))))
          continue
        }
      } catch {
        failure = error
      }
      isAtEnd = true
    }
    pass?.advance(to: reader.filePosition)
    guard waiting.isEmpty else { return waiting.removeFirst() }
    if let failure { throw failure }
    return nil
  }
}
