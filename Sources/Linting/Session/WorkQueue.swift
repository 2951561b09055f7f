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
  static let memory = 1 << 20
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

  /// A result, and how much memory it takes until it is released.
  typealias Handed = (number: Int, result: Result, memory: Int)

  private struct State {
    /// In the order of numbers.
    var waiting: [Item] = []
    var results: [Handed] = []
    /// What results take that nobody is done with.
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
  private let lock = Lock()
  /// Looked at and changed by who holds the lock alone.
  private nonisolated(unsafe) var state = State()

  init(threadCount: Int) { self.threadCount = max(threadCount, 1) }

  // MARK: - The thread that gives the work

  func add(_ items: [Item]) {
    lock.hold {
      unsafe state.waiting += items
      lock.wake(.arrival)
    }
  }

  /// All results that wait, once that of a number is among them.
  ///
  /// They count as waiting until their memory is released, which is `released` for those taken before.
  func results(awaiting number: Int, releasing released: Int) -> [Handed] {
    lock.hold {
      unsafe state.memory -= released
      while unsafe !state.results.contains(where: { $0.number == number }) {
        unsafe state.awaited = number
        if unsafe state.isHeldBack {
          unsafe state.isHeldBack = false
          lock.wake(.arrival)
        }
        lock.wait(for: .handover)
      }
      let results = unsafe state.results
      unsafe (state.results, state.awaited) = ([], nil)
      if unsafe state.isHeldBack {
        unsafe state.isHeldBack = false
        lock.wake(.arrival)
      }
      return results
    }
  }

  /// Ends the threads, each after what it claimed.
  func end() {
    lock.hold {
      unsafe state.isOver = true
      lock.wake(.arrival)
    }
  }

  // MARK: - The threads that do it

  /// Does work, piece by piece, until there will be no more.
  func work(_ body: (Work) -> FinishedWork<Result>) {
    while var claim = claim() {
      var results: [Handed] = []
      var size = 0
      while size < WorkLimits.size, let item = claim.popFirst() {
        let finished = body(item.work)
        results.append((item.number, finished.result, finished.memory))
        size += finished.size
      }
      handOver(results, leaving: claim)
    }
  }

  private func claim() -> ArraySlice<Item>? {
    lock.hold {
      while unsafe !state.isOver {
        let claim = unsafe state.claim(sharing: threadCount)
        if !claim.isEmpty { return claim }
        lock.wait(for: .arrival)
      }
      return nil
    }
  }

  /// Hands results over; what is left of a claim is for any thread.
  private func handOver(_ results: [Handed], leaving rest: ArraySlice<Item>) {
    lock.hold {
      unsafe state.results += results
      unsafe state.memory += results.reduce(0) { $0 + $1.memory }
      let awaited = unsafe state.awaited
      if results.contains(where: { $0.number == awaited }) { lock.wake(.handover) }
      guard !rest.isEmpty else { return }
      unsafe state.waiting = (rest + state.waiting).sorted { $0.number < $1.number }
      lock.wake(.arrival)
    }
  }
}

/// A lock that threads hold one at a time, and may give away to wait for a change.
///
/// POSIX's, since the one of Synchronization has nothing to wait with, and ThreadSanitizer knows these.
@safe final class Lock: Sendable {
  /// What a thread waits for.
  enum Change { case arrival, handover }

  private nonisolated(unsafe) let mutex = UnsafeMutablePointer<pthread_mutex_t>.allocate(
    capacity: 1)
  private nonisolated(unsafe) let arrival = UnsafeMutablePointer<pthread_cond_t>.allocate(
    capacity: 1)
  private nonisolated(unsafe) let handover = UnsafeMutablePointer<pthread_cond_t>.allocate(
    capacity: 1)

  init() {
    unsafe pthread_mutex_init(mutex, nil)
    unsafe pthread_cond_init(arrival, nil)
    unsafe pthread_cond_init(handover, nil)
  }

  deinit {
    unsafe pthread_cond_destroy(handover)
    unsafe pthread_cond_destroy(arrival)
    unsafe pthread_mutex_destroy(mutex)
    unsafe handover.deallocate()
    unsafe arrival.deallocate()
    unsafe mutex.deallocate()
  }

  /// Holds the lock while `body` runs.
  func hold<Result>(_ body: () -> Result) -> Result {
    unsafe pthread_mutex_lock(mutex)
    defer { unsafe pthread_mutex_unlock(mutex) }
    return body()
  }

  /// Gives the lock, which the thread holds, away until there may have been a change.
  func wait(for change: Change) {
    switch change {
    case .arrival: unsafe pthread_cond_wait(arrival, mutex)
    case .handover: unsafe pthread_cond_wait(handover, mutex)
    }
  }

  /// Wakes all threads that wait for a change; they go on once the lock is free.
  func wake(_ change: Change) {
    switch change {
    case .arrival: unsafe pthread_cond_broadcast(arrival)
    case .handover: unsafe pthread_cond_broadcast(handover)
    }
  }
}
