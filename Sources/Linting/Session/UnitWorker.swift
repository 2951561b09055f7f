import Findings
import SourceText

/// Something that can be checked without regard to anything else of a run.
enum UnitOfWork: Sendable {
  /// A document, by the place of its profile.
  case document(InputSource, profile: Int)
  /// Lines of a log, or elements of an array.
  case block(LogBlock, InputSource, profile: Int)
  /// Elements of what may be an array of requests.
  case probe(LogBlock, profile: Int)
}

/// What a unit of work came to.
enum UnitResult: Sendable {
  case document(Swift.Result<CheckedDocument, Diagnostic>)
  /// Nil for a block that has to be checked in its turn.
  case block(CheckedBlock?)
  case probe(ProbedBlock)
}

typealias UnitWorkers = WorkerThreads<UnitOfWork, UnitResult>

extension UnitWorkers {
  /// Threads that check units with linters of their own.
  static func start(
    _ count: Int, _ profiles: [LintOptions], isFiltered: Bool, counts: SessionCounts
  ) -> UnitWorkers? {
    let workers = UnitWorkers(count) { queue in
      var worker = UnitWorker(profiles, isFiltered: isFiltered)
      queue.work { worker.check($0) }
      for counted in worker.statistics { counts.add(counted) }
    }
    return workers.isWorking ? workers : nil
  }
}

/// What one thread does with units of work.
private struct UnitWorker: ~Copyable {
  private var linters: ProfileLinters
  /// Whether something is taken out of findings before they are complete.
  private let isFiltered: Bool

  init(_ profiles: [LintOptions], isFiltered: Bool) {
    linters = ProfileLinters(profiles)
    self.isFiltered = isFiltered
  }

  var statistics: [RunStatistics] { linters.statistics }

  mutating func check(_ work: UnitOfWork) -> FinishedWork<UnitResult> {
    switch work {
    case .block(let block, let input, let profile):
      let checked = linters[profile].checkPlain(block, of: input)
      return FinishedWork(
        result: .block(checked), size: block.bytes.count,
        memory: (checked?.findings.count ?? 0) * Self.findingSize)
    case .probe(let block, let profile):
      return FinishedWork(
        result: .probe(linters[profile].probe(block)), size: block.bytes.count)
    case .document(let input, let profile):
      switch linters[profile].check(input) {
      case .failure(let error): return FinishedWork(result: .document(.failure(error)))
      case .success(var checked):
        let size = checked.bytes.count
        if !isFiltered, checked.comments == nil, !checked.result.isBatch {
          linters[profile].finish(&checked, of: input)
          // Nobody reads them any more, and many documents may wait for their turn.
          checked.bytes = []
        }
        let memory = checked.bytes.count + checked.result.findings.count * Self.findingSize
        return FinishedWork(result: .document(.success(checked)), size: size, memory: memory)
      }
    }
  }

  /// About how much memory a finding takes, in bytes.
  private static let findingSize = 1 << 10
}

/// What the linters of all threads counted, each when its thread ended.
final class SessionCounts: Sendable {
  private let lock = Lock()
  /// Looked at and changed by who holds the lock alone.
  private nonisolated(unsafe) var counts: [RunStatistics] = []

  func add(_ statistics: RunStatistics) { lock.hold { unsafe counts.append(statistics) } }

  var all: [RunStatistics] { lock.hold { unsafe counts } }
}
