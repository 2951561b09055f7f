import Documents
import Findings
import RequisiteFiles
import SourceText

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
  /// For each profile, where inputs are read and how large they may be.
  private let sources: [any FileSystem]
  private let limits: [SizeLimits]
  /// The place of the next input, or of the log that is being read.
  private var place = 0
  private var reader: LogReader?
  private var waiting: [Unit] = []
  /// How many slots the waiting units take.
  private var slotCount = 0
  /// Whether blocks of the log at hand are checked before their turn.
  var speculates = true

  /// How many slots the units on their way take at most: a document takes one, a block more.
  private let limit: Int
  /// How many blocks are on their way for each thread.
  private static let blocksPerThread = 3
  /// The most slots that a block takes, and the bytes of a block for each of them.
  private static let slotsOfBlock = WorkLimits.claim
  private static let bytesOfSlot = LogReader.blockSize / WorkLimits.claim

  init(
    _ inputs: [(input: InputSource, profile: Int)], profiles: [LintOptions],
    workers: UnitWorkers?, jobs: Int
  ) {
    self.inputs = inputs
    self.workers = workers
    sources = profiles.map(\.files)
    limits = profiles.map(\.sizeLimits)
    limit = workers == nil ? 1 : Self.blockLimit(jobs: jobs) * Self.slotsOfBlock
  }

  /// How many blocks are on their way at most for so many threads besides this one.
  static func blockLimit(jobs: Int) -> Int { jobs < 1 ? 1 : jobs * blocksPerThread }

  /// How many slots a unit takes.
  private static func slots(of unit: Unit) -> Int {
    switch unit.content {
    case .document: 1
    case .block(let block, _): min(max(block.bytes.count / bytesOfSlot, 1), slotsOfBlock)
    case .beginLog, .unreadable, .endLog: 1
    }
  }

  /// The next unit; nil at the end.
  mutating func next() -> Unit? {
    // Small units are read, and given to the threads, several at a time.
    if waiting.isEmpty || slotCount + Self.slotsOfBlock <= limit {
      while slotCount < limit, waiting.isEmpty || isReady(), let unit = read() {
        waiting.append(unit)
        slotCount += Self.slots(of: unit)
      }
      workers?.flush()
    }
    guard !waiting.isEmpty else { return nil }
    let unit = waiting.removeFirst()
    slotCount -= Self.slots(of: unit)
    return unit
  }

  /// How many bytes of the log at a place were read; nil where another input is read by now.
  mutating func filePosition(at place: Int) -> Int? {
    self.place == place ? reader?.filePosition : nil
  }

  /// Leaves out the rest of a log.
  mutating func endLog(at place: Int) {
    waiting.removeAll { unit in
      guard unit.place == place, case .block = unit.content else { return false }
      return true
    }
    slotCount = waiting.reduce(0) { $0 + Self.slots(of: $1) }
    guard reader != nil, self.place == place else { return }
    reader = nil
    let end = endOfLog()
    waiting.append(end)
    slotCount += Self.slots(of: end)
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
      let ticket = workers?.submit(
        .document(input, profile: profile), isShort: !input.isStream)
      return Unit(place: place, content: .document(ticket: ticket))
    }
    // Opening a pipe may wait for the program that writes it.
    workers?.flush()
    do throws(Diagnostic) {
      reader = try LogReader(input, in: sources[profile], limits: limits[profile])
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
        if OwnReport.isReport(
          input, beginning: block, in: sources[profile], limits: limits[profile])
        {
          return endOfLog(OwnReport.skipped(input))
        }
        let isShort = !input.isStream && block.bytes.count < Self.bytesOfSlot
        let ticket =
          speculates
          ? workers?.submit(.block(block, input, profile: profile, writes: true), isShort: isShort)
          : nil
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
