import CPlatform
import Synchronization

#if canImport(Glibc)
import Glibc
#elseif canImport(Musl)
import Musl
#elseif canImport(Darwin)
import Darwin
#endif

/// Threads that do work given in some order, and hand back what came of it by number.
///
/// The thread that creates the object gives the work and takes the results; nobody else uses it. Each
/// thread has a worker of its own, which no other thread sees. Signals stay with the thread that was
/// there first: a handler finds the files that it has to remove as that thread left them.
final class WorkerThreads<Work: Sendable, Result: Sendable> {
  /// Does work on one thread, piece by piece.
  typealias Worker = (Work) -> Result

  private let shared: Shared
  private var threads: [RunningThread] = []
  private var count = 0

  /// How much stack a thread has, in bytes: as much as the first thread of a process mostly has.
  private static var stackSize: Int { 1 << 23 }

  /// Starts so many threads, or as many as the system grants; `isWorking` is false where that is none.
  init(_ wanted: Int, makeWorker: @escaping @Sendable () -> Worker) {
    shared = Shared()
    for _ in 0..<wanted {
      let start = Start { [shared] in
        let worker = makeWorker()
        while let (number, work) = shared.next() { shared.finish(number, worker(work)) }
      }
      guard let thread = start.thread(withStackOf: Self.stackSize) else { break }
      threads.append(thread)
    }
  }

  deinit {
    shared.end()
    for thread in threads { thread.join() }
  }

  /// Whether there is a thread to do anything.
  var isWorking: Bool { !threads.isEmpty }

  /// Gives a piece of work; the result is the number to ask for its result by.
  func submit(_ work: Work) -> Int {
    defer { count += 1 }
    shared.add(count, work)
    return count
  }

  /// The result of a piece of work, once it is done; each can be asked for once.
  func result(of number: Int) -> Result { shared.result(of: number) }

  /// What the threads share.
  private final class Shared: Sendable {
    private struct State {
      var waiting: [(number: Int, work: Work)] = []
      var results: [Int: Result] = [:]
      var isOver = false
    }

    private let state = Mutex(State())
    private let changes = Changes()

    func add(_ number: Int, _ work: Work) {
      state.withLock { $0.waiting.append((number, work)) }
      changes.note()
    }

    func finish(_ number: Int, _ result: Result) {
      state.withLock { $0.results[number] = result }
      changes.note()
    }

    func end() {
      state.withLock { $0.isOver = true }
      changes.note()
    }

    /// The next piece of work, once there is one; nil when there will be none.
    func next() -> (number: Int, work: Work)? {
      while true {
        let known = changes.count
        let (work, isOver) = state.withLock { state in
          (state.waiting.isEmpty ? nil : state.waiting.removeFirst(), state.isOver)
        }
        if isOver { return nil }
        if let work { return work }
        changes.wait(beyond: known)
      }
    }

    func result(of number: Int) -> Result {
      while true {
        let known = changes.count
        if let result = state.withLock({ $0.results.removeValue(forKey: number) }) {
          return result
        }
        changes.wait(beyond: known)
      }
    }
  }
}

/// How often something changed, for threads that wait until it does.
@safe private final class Changes: Sendable {
  private nonisolated(unsafe) let mutex = UnsafeMutablePointer<pthread_mutex_t>.allocate(
    capacity: 1)
  private nonisolated(unsafe) let change = UnsafeMutablePointer<pthread_cond_t>.allocate(
    capacity: 1)
  private let number = Atomic(0)

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
  var count: Int { number.load(ordering: .acquiring) }

  /// Notes a change, and wakes those that wait for one.
  func note() {
    unsafe pthread_mutex_lock(mutex)
    number.wrappingAdd(1, ordering: .releasing)
    unsafe pthread_cond_broadcast(change)
    unsafe pthread_mutex_unlock(mutex)
  }

  /// Waits until there are more changes than so many.
  func wait(beyond known: Int) {
    unsafe pthread_mutex_lock(mutex)
    while number.load(ordering: .acquiring) == known {
      unsafe pthread_cond_wait(change, mutex)
    }
    unsafe pthread_mutex_unlock(mutex)
  }
}

/// What a new thread does.
private final class Start: Sendable {
  private let body: @Sendable () -> Void

  init(_ body: @escaping @Sendable () -> Void) { self.body = body }

  /// A thread that does it; nil where the system grants none.
  func thread(withStackOf size: Int) -> RunningThread? {
    let context = unsafe Unmanaged.passRetained(self)
    let thread = unsafe requisite_start_thread(
      size,
      { context in
        if let context = unsafe context {
          unsafe Unmanaged<Start>.fromOpaque(context).takeRetainedValue().body()
        }
      }, context.toOpaque())
    guard let thread = unsafe thread else {
      unsafe context.release()
      return nil
    }
    return unsafe RunningThread(handle: thread)
  }
}

/// A thread that was started and not waited for yet.
@safe private struct RunningThread {
  let handle: OpaquePointer

  /// Waits until it is done.
  func join() { unsafe requisite_join_thread(handle) }
}
