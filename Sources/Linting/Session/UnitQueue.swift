import Documents
import Findings
import SourceText
import Synchronization

/// Something that can be checked without regard to anything else of a run.
enum UnitOfWork: Sendable {
  /// A document, by the place of its profile.
  case document(InputSource, profile: Int)
  /// Lines of a log.
  case block(LogBlock, InputSource, profile: Int)
}

/// What a unit of work came to.
enum UnitResult: Sendable {
  case document(Swift.Result<CheckedDocument, Diagnostic>)
  /// Nil for a block that has to be checked in its turn.
  case block(CheckedBlock?)
}

typealias UnitWorkers = WorkerThreads<UnitOfWork, UnitResult>

/// What one thread does with units of work, with linters of its own.
final class UnitWorker {
  private let linters: ProfileLinters
  private let counts: SessionCounts
  /// Whether something is taken out of findings before they are complete.
  private let isFiltered: Bool

  init(_ profiles: [LintOptions], counts: SessionCounts, isFiltered: Bool) {
    linters = ProfileLinters(profiles)
    self.counts = counts
    self.isFiltered = isFiltered
  }

  deinit {
    for counted in linters.statistics { counts.add(counted) }
  }

  func check(_ work: UnitOfWork) -> UnitResult {
    switch work {
    case .block(let block, let input, let profile):
      return .block(linters[profile].linter.checkPlain(block, of: input))
    case .document(let input, let profile):
      let box = linters[profile]
      return .document(
        box.check(input).map { checked in
          guard !isFiltered, !checked.result.isBatch else { return checked }
          var checked = checked
          box.linter.finish(&checked, of: input)
          // Nobody reads them any more, and many documents may wait for their turn.
          checked.bytes = []
          return checked
        })
    }
  }
}

/// What the linters of all threads counted, each when its thread ended.
final class SessionCounts: Sendable {
  private let counts = Mutex<[RunStatistics]>([])

  func add(_ statistics: RunStatistics) { counts.withLock { $0.append(statistics) } }

  var all: [RunStatistics] { counts.withLock { $0 } }
}

/// The units of a run in their order, some of which other threads are at work on already.
struct UnitQueue: ~Copyable {
  /// What is to be done next.
  struct Unit {
    /// The place of the input.
    var place: Int
    var content: Content
  }

  enum Content {
    case document(ticket: Int?)
    case beginLog
    case block(LogBlock, ticket: Int?)
    case unreadable([UInt8], SyntaxError)
    case endLog(Diagnostic?)
  }

  private let inputs: [(input: InputSource, profile: Int)]
  private let workers: UnitWorkers?
  private let limits: [SizeLimits]
  /// The place of the next input, or of the log that is being read.
  private var place = 0
  private var reader: LogReader?
  private var waiting: [Unit] = []
  /// Whether blocks of the log at hand are checked before their turn.
  var speculates = true

  /// How many units are on their way at most.
  private let limit: Int
  /// How many of them there are for each thread.
  private static let unitsPerThread = 3

  init(
    _ inputs: [(input: InputSource, profile: Int)], profiles: [LintOptions],
    workers: UnitWorkers?, jobs: Int
  ) {
    self.inputs = inputs
    self.workers = workers
    limits = profiles.map(\.sizeLimits)
    limit = Self.unitLimit(jobs: workers == nil ? 0 : jobs)
  }

  /// How many units are on their way at most for so many threads besides this one.
  static func unitLimit(jobs: Int) -> Int { jobs < 1 ? 1 : jobs * unitsPerThread }

  /// The next unit; nil at the end.
  mutating func next() -> Unit? {
    while waiting.count < limit, waiting.isEmpty || isReady(), let unit = read() {
      waiting.append(unit)
    }
    return waiting.isEmpty ? nil : waiting.removeFirst()
  }

  /// Leaves out the rest of a log.
  mutating func endLog(at place: Int) {
    waiting.removeAll { unit in
      guard unit.place == place, case .block = unit.content else { return false }
      return true
    }
    guard reader != nil, self.place == place else { return }
    reader = nil
    waiting.append(endOfLog())
  }

  /// Whether something can be read without waiting for the program that writes it.
  private mutating func isReady() -> Bool {
    guard reader != nil, inputs[place].input.isStream else { return true }
    return reader?.isReady() ?? true
  }

  private mutating func read() -> Unit? {
    if reader != nil { return readLog() }
    guard place < inputs.count else { return nil }
    let (input, profile) = inputs[place]
    guard input.syntax == .jsonLines else {
      defer { place += 1 }
      return Unit(
        place: place,
        content: .document(ticket: workers?.submit(.document(input, profile: profile))))
    }
    do throws(Diagnostic) {
      reader = try LogReader(input, limits: limits[profile])
      speculates = true
      return Unit(place: place, content: .beginLog)
    } catch {
      return endOfLog(error)
    }
  }

  private mutating func readLog() -> Unit {
    let (input, profile) = inputs[place]
    do throws(Diagnostic) {
      switch try reader?.next() {
      case .block(let block)?:
        let ticket =
          speculates ? workers?.submit(.block(block, input, profile: profile)) : nil
        return Unit(place: place, content: .block(block, ticket: ticket))
      case .unreadable(let bytes, let error)?:
        reader = nil
        defer { place += 1 }
        return Unit(place: place, content: .unreadable(bytes, error))
      case nil: return endOfLog()
      }
    } catch {
      return endOfLog(error)
    }
  }

  private mutating func endOfLog(_ error: Diagnostic? = nil) -> Unit {
    reader = nil
    defer { place += 1 }
    return Unit(place: place, content: .endLog(error))
  }
}
