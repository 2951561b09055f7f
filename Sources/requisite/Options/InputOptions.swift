import ArgumentParser
import Findings
import Linting

/// The files that a command reads, and their maximum size.
struct InputOptions: ParsableArguments {
  @Flag(
    name: .customLong("no-gitignore"),
    help: "Also check files in folders that Git ignores.")
  var ignoresGitIgnore = false

  @Flag(help: "Exit with 0 if there is nothing to check.")
  var allowEmpty = false

  @Option(
    name: .customLong("max-size"),
    help: ArgumentHelp(
      "The maximum size of an input, in bytes or with the suffix k, M or G (default: 512M for a document, a line or an element, 4G for a log or an array of requests).",
      valueName: "size"), transform: ByteCount.parse)
  var maximumSize: ByteCount?

  @Option(
    name: [.customShort("j", allowingJoined: true), .long],
    help: ArgumentHelp(
      "The number of threads that check files and parts of logs, from 1 to 1024 (default: the number of processors). It does not change any output. --fix uses one.",
      valueName: "count"), transform: JobCount.parse)
  var jobs: JobCount?

  /// How many threads check inputs.
  var jobCount: Int { jobs?.value ?? Processors.count }

  /// The limits of inputs.
  var sizeLimits: SizeLimits {
    maximumSize.map { SizeLimits(maximum: $0.value) } ?? .standard
  }
}

/// A number of bytes, such as `65536`, `64k` or `2G`.
struct ByteCount: ExpressibleByArgument {
  var value: Int

  init?(argument: String) {
    var digits = argument[...]
    var factor = 1
    switch argument.last {
    case "k", "K": factor = 1 << 10
    case "m", "M": factor = 1 << 20
    case "g", "G": factor = 1 << 30
    default: break
    }
    if factor > 1 { digits.removeLast() }
    guard digits.utf8.allSatisfy({ $0 >= 0x30 && $0 <= 0x39 }), let number = Int(digits),
      number > 0
    else { return nil }
    let (value, overflows) = number.multipliedReportingOverflow(by: factor)
    if overflows { return nil }
    self.value = value
  }

  /// The size that an argument is.
  ///
  /// - Throws: `ArgumentFault` for an argument that is none.
  static func parse(_ argument: String) throws -> ByteCount {
    guard let count = ByteCount(argument: argument) else {
      throw ArgumentFault(description: "a number above 0, perhaps with k, M or G, such as 64k")
    }
    return count
  }
}

/// A number of threads.
struct JobCount: ExpressibleByArgument {
  var value: Int

  init?(argument: String) {
    guard let value = Int(argument), (1...Self.limit).contains(value) else { return nil }
    self.value = value
  }

  /// The number that an argument is.
  ///
  /// - Throws: `ArgumentFault` for an argument that is none.
  static func parse(_ argument: String) throws -> JobCount {
    guard let count = JobCount(argument: argument) else {
      throw ArgumentFault(description: "a number from 1 to \(limit)")
    }
    return count
  }

  /// More threads than any machine has processors are a mistake.
  private static let limit = 1_024
}
