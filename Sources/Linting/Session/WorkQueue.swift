import CPlatform
import Synchronization

#if canImport(Glibc)
import Glibc
#elseif canImport(Musl)
import Musl
#elseif canImport(Darwin)
import Darwin
#endif

/// The limits of what threads claim and hand over at once.
enum WorkLimits {
  /// How many short pieces of work a thread claims at once, at most.
  static let claim = 16
  /// The size of finished work, in bytes, at which a thread hands its results over before the rest of
  /// its claim.
  static let size = 1 << 18
  /// The memory of results that wait, in bytes, beyond which only work that is asked for begins.
  static let memory = 1 << 22
}

/// What came of a piece of work.
struct FinishedWork<Result: Sendable> {
  var result: Result
  /// How much was done: the size of the text, in bytes.
  var size = 0
  /// How much memory the result takes, in bytes, apart from a small part that every result has.
  var memory = 0
}

/// Work for threads, in the order of its numbers, and the results that wait for the thread that gave it.
///
/// A thread claims several short pieces at once and hands their results over together, so that many
/// small files cost few locks.
final class WorkQueue<Work: Sendable, Result: Sendable>: Sendable {
  /// A piece of work.
  struct Item: Sendable {
    var number: Int
    var work: Work
    /// Whether it may be claimed along with others, since it takes little time.
    var isShort: Bool
  }

  private struct State {
    /// In the order of numbers.
    var waiting: [Item] = []
    var results: [(number: Int, result: Result)] = []
    var memory = 0
    /// The number of the result that the other thread waits for.
    var awaited: Int?
    /// Whether a thread waits although there is work, since too many results do.
    var isHeldBack = false
    var isOver = false

    /// Takes what a thread is to do next; empty where there is nothing for it yet.
    mutating func claim(sharing threadCount: Int) -> ArraySlice<Item> {
      guard let first = waiting.first else { return [] }
      if memory >= WorkLimits.memory {
        // Without what is awaited, the results would wait for ever.
        guard let place = waiting.firstIndex(where: { $0.number == awaited }) else {
          isHeldBack = true
          return []
        }
        return [waiting.remove(at: place)]
      }
      var count = 1
      if first.isShort {
        let share = min(WorkLimits.claim, waiting.count / threadCount)
        while count < share, waiting[count].isShort { count += 1 }
      }
      defer { waiting.removeFirst(count) }
      return waiting.prefix(count)
    }
  }

  private let threadCount: Int
  private let state = Mutex(State())
  private let arrivals = Changes()
  private let handovers = Changes()

  init(threadCount: Int) { self.threadCount = max(threadCount, 1) }

  // MARK: - The thread that gives the work

  func add(_ items: [Item]) {
    state.withLock { $0.waiting += items }
    arrivals.note()
  }

  /// All results that wait, once that of a number is among them.
  func results(awaiting number: Int) -> [(number: Int, result: Result)] {
    while true {
      let known = handovers.count
      let (results, wasHeldBack) = state.withLock { state in
        defer { state.isHeldBack = false }
        guard state.results.contains(where: { $0.number == number }) else {
          state.awaited = number
          return ([(number: Int, result: Result)](), state.isHeldBack)
        }
        defer { (state.results, state.memory, state.awaited) = ([], 0, nil) }
        return (state.results, state.isHeldBack)
      }
      if wasHeldBack { arrivals.note() }
      if !results.isEmpty { return results }
      handovers.wait(beyond: known)
    }
  }

  /// Ends the threads, each after what it claimed.
  func end() {
    state.withLock { $0.isOver = true }
    arrivals.note()
  }

  // MARK: - The threads that do it

  /// Does work, piece by piece, until there will be no more.
  func work(_ body: (Work) -> FinishedWork<Result>) {
    var results: [(number: Int, result: Result)] = []
    while var claim = claim() {
      var (size, memory) = (0, 0)
      while size < WorkLimits.size, let item = claim.popFirst() {
        let finished = body(item.work)
        results.append((item.number, finished.result))
        size += finished.size
        memory += finished.memory
      }
      handOver(results, memory: memory, leaving: claim)
      results = []
    }
  }

  private func claim() -> ArraySlice<Item>? {
    while true {
      let known = arrivals.count
      let (claim, isOver) = state.withLock {
        ($0.isOver ? [] : $0.claim(sharing: threadCount), $0.isOver)
      }
      if isOver { return nil }
      if !claim.isEmpty { return claim }
      arrivals.wait(beyond: known)
    }
  }

  /// Hands results over; what is left of a claim is for any thread.
  private func handOver(
    _ results: [(number: Int, result: Result)], memory: Int, leaving rest: ArraySlice<Item>
  ) {
    let isAwaited = state.withLock { state in
      state.results += results
      state.memory += memory
      if !rest.isEmpty {
        state.waiting = (rest + state.waiting).sorted { $0.number < $1.number }
      }
      return state.awaited.map { awaited in results.contains { $0.number == awaited } } ?? false
    }
    if isAwaited { handovers.note() }
    if !rest.isEmpty { arrivals.note() }
  }
}

/// How often something changed, for threads that wait until it does.
@safe private final class Changes: Sendable {
  private nonisolated(unsafe) let mutex = UnsafeMutablePointer<pthread_mutex_t>.allocate(
    capacity: 1)
  private nonisolated(unsafe) let change = UnsafeMutablePointer<pthread_cond_t>.allocate(
    capacity: 1)
  private let number = Atomic(0)
  private let waiterCount = Atomic(0)

  init() {
    unsafe pthread_mutex_init(mutex, nil)
    unsafe pthread_cond_init(change, nil)
  }

  deinit {
    unsafe pthread_cond_destroy(change)
    unsafe pthread_mutex_destroy(mutex)
    unsafe change.deallocate()
    unsafe mutex.deallocate()
  }

  /// The number of changes so far.
  var count: Int { number.load(ordering: .sequentiallyConsistent) }

  /// Notes a change, and wakes the threads that wait for one.
  func note() {
    number.wrappingAdd(1, ordering: .sequentiallyConsistent)
    // A thread that is not counted yet sees the change before it waits.
    guard waiterCount.load(ordering: .sequentiallyConsistent) > 0 else { return }
    unsafe pthread_mutex_lock(mutex)
    unsafe pthread_cond_broadcast(change)
    unsafe pthread_mutex_unlock(mutex)
  }

  /// Waits until there are more changes than so many.
  func wait(beyond known: Int) {
    unsafe pthread_mutex_lock(mutex)
    waiterCount.wrappingAdd(1, ordering: .sequentiallyConsistent)
    while number.load(ordering: .sequentiallyConsistent) == known {
      unsafe pthread_cond_wait(change, mutex)
    }
    waiterCount.wrappingSubtract(1, ordering: .sequentiallyConsistent)
    unsafe pthread_mutex_unlock(mutex)
  }
}
