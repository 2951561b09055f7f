/// Threads that do work given in some order, and hand back what came of it by number.
///
/// The thread that creates the object gives the work and takes the results; nobody else uses it.
/// Signals stay with the thread that was there first: a handler finds the files that it has to remove
/// as that thread left them.
final class WorkerThreads<Work: Sendable, Result: Sendable> {
  typealias Queue = WorkQueue<Work, Result>

  private let queue: Queue
  private var threads: [RunningThread] = []
  private var count = 0
  /// Work that the threads cannot see yet.
  private var unsent: [Queue.Item] = []
  /// Results that the threads handed over, and nobody asked for yet.
  private var results: [Int: (result: Result, memory: Int)] = [:]
  /// The memory of results that were asked for, of which the queue does not know yet.
  private var released = 0

  /// How much stack a thread has, in bytes: as much as the first thread of a process mostly has.
  private static var stackSize: Int { 1 << 23 }

  /// Starts so many threads, or as many as the system grants; `isWorking` is false where that is none.
  ///
  /// Each of them runs `body`, which does the work of the queue until there will be no more.
  init(_ wanted: Int, body: @escaping @Sendable (Queue) -> Void) {
    let queue = Queue(threadCount: wanted)
    self.queue = queue
    for _ in 0..<wanted {
      guard let thread = RunningThread(withStackOf: Self.stackSize, { body(queue) })
      else { break }
      threads.append(thread)
    }
  }

  deinit {
    queue.end()
    for thread in threads { thread.join() }
  }

  /// Whether there is a thread to do anything.
  var isWorking: Bool { !threads.isEmpty }

  /// Gives a piece of work; the result is the number to ask for its result by.
  ///
  /// Short pieces may wait for others, until `flush` or the question for a result.
  func submit(_ work: Work, isShort: Bool = false) -> Int {
    defer { count += 1 }
    unsent.append(Queue.Item(number: count, work: work, isShort: isShort))
    if !isShort { flush() }
    return count
  }

  /// Lets the threads see all work that was given.
  func flush() {
    guard !unsent.isEmpty else { return }
    queue.add(unsent)
    unsent.removeAll(keepingCapacity: true)
  }

  /// The result of a piece of work, once it is done; each can be asked for once.
  func result(of number: Int) -> Result? {
    flush()
    if results[number] == nil {
      for handed in queue.results(awaiting: number, releasing: released) {
        results[handed.number] = (handed.result, handed.memory)
      }
      released = 0
    }
    guard let (result, memory) = results.removeValue(forKey: number) else { return nil }
    released += memory
    return result
  }
}
