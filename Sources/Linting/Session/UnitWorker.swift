import Findings
import SourceText

/// Something that can be checked without regard to anything else of a run.
enum UnitOfWork: Sendable {
  /// A document, by the place of its profile.
  case document(InputSource, profile: Int)
  /// Lines of a log, or elements of an array; `writes` lets the thread write the findings.
  case block(LogBlock, InputSource, profile: Int, writes: Bool)
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
  /// What writes the findings of each profile.
  private var writers: [(any FindingWriter)?]
  /// Whether something is taken out of findings before they are complete.
  private let isFiltered: Bool

  init(_ profiles: [LintOptions], isFiltered: Bool) {
    linters = ProfileLinters(profiles)
    writers = profiles.map(\.writer)
    self.isFiltered = isFiltered
  }

  var statistics: [RunStatistics] { linters.statistics }

  mutating func check(_ work: UnitOfWork) -> FinishedWork<UnitResult> {
    switch work {
    case .block(let block, let input, let profile, let writes):
      guard var checked = linters[profile].checkPlain(block, of: input) else {
        return FinishedWork(result: .block(nil), size: block.bytes.count)
      }
      if writes, let written = write(Finding.uncovered(checked.findings), profile) {
        (checked.findings, checked.written) = ([], written)
      }
      return FinishedWork(
        result: .block(checked), size: block.bytes.count,
        memory: Self.memory(of: checked.findings, checked.written))
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
          if let written = write(checked.result.findings, profile) {
            (checked.result.findings, checked.result.written) = ([], written)
          }
        }
        let memory =
          checked.bytes.count + Self.memory(of: checked.result.findings, checked.result.written)
        return FinishedWork(result: .document(.success(checked)), size: size, memory: memory)
      }
    }
  }

  /// Writes findings; nil where they are to be handed on as they are.
  private mutating func write(_ findings: [Finding], _ profile: Int) -> WrittenFindings? {
    // With a second owner, writing would copy what the writer keeps.
    guard !findings.isEmpty, findings.count <= Self.writtenCount,
      var writer = writers[profile].take()
    else { return nil }
    defer { writers[profile] = writer }
    return WrittenFindings(findings, by: &writer)
  }

  /// The text of more findings may be long, and is written part by part where it is reported.
  private static let writtenCount = 1_000

  /// About how much memory a finding takes, in bytes.
  private static let findingSize = 1 << 10

  private static func memory(of findings: [Finding], _ written: WrittenFindings?) -> Int {
    findings.count * findingSize + (written?.text.capacity ?? 0)
  }
}

/// What the linters of all threads counted, each when its thread ended.
final class SessionCounts: Sendable {
  private let lock = Lock()
  /// Looked at and changed by who holds the lock alone.
  private nonisolated(unsafe) var counts: [RunStatistics] = []

  func add(_ statistics: RunStatistics) { lock.hold { unsafe counts.append(statistics) } }

  var all: [RunStatistics] { lock.hold { unsafe counts } }
}
