@testable import Linting
import Synchronization
import Testing

/// Threads that do work given in order.
struct WorkerThreadsTests {
  private typealias Workers = WorkerThreads<Int, Int>

  /// Every result is that of its number, whatever is claimed together and whatever size it has.
  @Test(arguments: [1, 2, 5], [0, 1, WorkLimits.size, WorkLimits.memory])
  func resultsComeByNumber(threads: Int, size: Int) {
    let workers = Workers(threads) { queue in
      queue.work { number in
        // Sizes of all kinds, so that claims end early and results hold others back.
        let isLarge = number % 3 == 0
        return FinishedWork(
          result: number * number, size: isLarge ? size : 0, memory: isLarge ? size : 0)
      }
    }
    #expect(workers.isWorking)
    var tickets: [(ticket: Int, number: Int)] = []
    for number in 0..<500 {
      tickets.append((workers.submit(number, isShort: number % 7 != 0), number))
      guard tickets.count > 60 else { continue }
      let (ticket, number) = tickets.removeFirst()
      #expect(workers.result(of: ticket) == number * number)
    }
    for (ticket, number) in tickets { #expect(workers.result(of: ticket) == number * number) }
  }

  /// While the first result is missing, no more work begins than the limit of memory allows.
  @Test func resultsThatWaitAreBounded() {
    let isReleased = Mutex(false)
    let begun = Mutex(0)
    let workers = Workers(2) { queue in
      queue.work { number in
        begun.withLock { $0 += 1 }
        // The first piece takes as long as the others do not wait.
        while number == 0, !isReleased.withLock({ $0 }) {
          if begun.withLock({ $0 }) > 4 { break }
        }
        return FinishedWork(result: number, size: WorkLimits.size, memory: WorkLimits.memory / 4)
      }
    }
    let tickets = (0..<40).map { workers.submit($0, isShort: true) }
    workers.flush()
    // Of the others, four fill the memory.
    while begun.withLock({ $0 }) < 5 {}
    isReleased.withLock { $0 = true }
    #expect(begun.withLock { $0 } <= 6)
    for (number, ticket) in tickets.enumerated() { #expect(workers.result(of: ticket) == number) }
    #expect(begun.withLock { $0 } == 40)
  }

  /// Results that were handed over keep others back until somebody asks for them, in whatever order.
  @Test func resultsThatNobodyAskedForCount() {
    let done = Mutex(0)
    let workers = Workers(2) { queue in
      queue.work { number in
        done.withLock { $0 += 1 }
        return FinishedWork(result: number, size: WorkLimits.size, memory: WorkLimits.memory / 4)
      }
    }
    let tickets = (0..<80).map { workers.submit($0, isShort: true) }
    workers.flush()
    for (number, ticket) in tickets.enumerated().reversed().prefix(20) {
      #expect(workers.result(of: ticket) == number)
    }
    // Of the others, what fills the memory was done, and what was begun by then.
    #expect(done.withLock { $0 } <= 20 + 4 + 2 + 2)
    for (number, ticket) in tickets.enumerated().prefix(60) {
      #expect(workers.result(of: ticket) == number)
    }
  }

  /// Work whose result nobody asks for holds nothing up, and threads end without it.
  @Test func unwantedResultsAreLeft() {
    let workers = Workers(2) { queue in
      queue.work { FinishedWork(result: $0, memory: WorkLimits.memory) }
    }
    let tickets = (0..<50).map { workers.submit($0) }
    for (number, ticket) in tickets.enumerated() where number % 10 == 9 {
      #expect(workers.result(of: ticket) == number)
    }
  }
}
