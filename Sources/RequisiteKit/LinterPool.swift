import Linting
import Synchronization

/// Linters for any number of threads.
///
/// A linter keeps what it has learned of its rules and their patterns, so that its second request takes
/// a fraction of the time of its first. Each is used by one thread at a time.
final class LinterPool: Sendable {
  private let options: LintOptions
  private let places: [Place]

  /// The place of a linter, which is made when it is first used.
  private final class Place: Sendable {
    let linter = Mutex<Linter?>(nil)
  }

  init(_ options: LintOptions) {
    self.options = options
    places = (0..<Processors.count).map { _ in Place() }
  }

  /// Checks bytes with a linter that is free.
  func lint(_ bytes: [UInt8], _ syntax: Syntax) -> LintResult {
    let input = syntax.input
    for place in places {
      let result = place.linter.withLockIfAvailable { (linter: inout Linter?) -> LintResult in
        var used = linter.take() ?? Linter(options: options)
        let result = used.lint(whole: bytes, of: input)
        linter = consume used
        return result
      }
      if let result { return result }
    }
    // More threads than processors: rather than wait for one of them, pay for another linter.
    var linter = Linter(options: options)
    return linter.lint(whole: bytes, of: input)
  }
}
