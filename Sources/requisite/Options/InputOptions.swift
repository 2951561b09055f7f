import ArgumentParser
import Findings
import Linting
import RequisiteFiles

/// The files that a command reads, and their maximum size.
struct InputOptions: ParsableArguments {
  @Flag(
    name: .customLong("no-gitignore"),
    help: "Also check files in folders that Git ignores.")
  var ignoresGitIgnore = false

  @Flag(help: "Exit with 0 if there is nothing to check.")
  var allowEmpty = false

  @Flag(
    help:
      "Skip named files that no pack fits, and count them in the summary, instead of failing. For hooks, which name files of every kind."
  )
  var skipUnmatched = false

  @Option(
    name: .customLong("files-from"),
    help: ArgumentHelp(
      "Also check the files and folders that a file lists, one on each line; - for standard input.",
      valueName: "file"), completion: .file())
  var listPath: String?

  @Flag(
    name: [.customShort("0"), .customLong("null")],
    help: "Paths in the file of --files-from end with a NUL byte, as those of 'git diff -z'.")
  var isListNullTerminated = false

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

  /// What the options say.
  var choices: InputChoices {
    InputChoices(
      ignoresGitIgnore: ignoresGitIgnore, allowEmpty: allowEmpty, skipUnmatched: skipUnmatched,
      listPath: listPath, isListNullTerminated: isListNullTerminated,
      maximumSize: maximumSize?.value, jobs: jobs?.value)
  }
}

/// Which files a command reads, and how.
struct InputChoices: Equatable {
  var ignoresGitIgnore = false
  var allowEmpty = false
  var skipUnmatched = false
  /// The file that lists paths.
  var listPath: String?
  var isListNullTerminated = false
  /// The maximum size of an input, in bytes.
  var maximumSize: Int?
  var jobs: Int?

  /// How many threads check inputs.
  var jobCount: Int { jobs ?? Processors.count }

  /// Sets what the options ask of the linter.
  func set(_ options: inout LintOptions) {
    options.sizeLimits = maximumSize.map { SizeLimits(maximum: $0) } ?? .standard
    options.allowsEmptyStreams = allowEmpty
    options.skipsUnmatched = skipUnmatched
  }
}

// MARK: - Lists of files

extension InputChoices {
  /// Whether a file lists paths.
  var hasList: Bool { listPath != nil }

  /// Checks that the list is not also an input, and that there is one.
  ///
  /// - Throws: a usage error.
  func check(paths: [String]) throws {
    guard let listPath else {
      if isListNullTerminated { throw ValidationError("-0 requires --files-from") }
      return
    }
    if StandardStream.isMeant(by: listPath), paths.contains(where: StandardStream.isMeant) {
      throw ValidationError(
        "standard input cannot be both a request and the list of --files-from")
    }
  }

  /// The paths that the file of `--files-from` lists; none without the option.
  ///
  /// Each is the name of a file or folder, whatever characters it has: "-" is no stream.
  ///
  /// - Throws: an exit code, once it has shown why the list cannot be read.
  func listedPaths(in invocation: Invocation, _ console: Console) throws -> [String] {
    guard let listPath else { return [] }
    let list = InputSource(named: listPath, standardInputName: nil)
    let bytes = try console.checked { () throws(Diagnostic) -> [UInt8] in
      try invocation.files.text(of: list)
    }
    let end = isListNullTerminated ? 0 : UInt8(ascii: "\n")
    var paths: [String] = []
    /// Whether a line ends as in another kind of list, and no file has such a name.
    func isOtherList(_ path: String, _ end: String) -> Bool {
      path.hasSuffix(end) && invocation.files.kind(of: path) == .missing
    }
    for (index, name) in bytes.split(separator: end, omittingEmptySubsequences: false).enumerated()
    where !name.isEmpty {
      guard let path = String(validating: name, as: UTF8.self), !name.contains(0) else {
        let unit = isListNullTerminated ? "path" : "line"
        try console.fail(
          Diagnostic(
            "input/unreadable",
            "\(list.quotedName) is no list of paths: \(unit) \(index + 1) is not text\(nullHint(name))"
          ))
      }
      if isOtherList(path, isListNullTerminated ? "\n" : "\r") {
        let reason =
          isListNullTerminated
          ? "it has no NUL; leave out -0"
          : "line \(index + 1) ends with CR LF; end lines with LF"
        try console.fail(
          Diagnostic("input/unreadable", "\(list.quotedName) is no list of paths: \(reason)"))
      }
      paths.append(StandardStream.isMeant(by: path) ? "./\(path)" : path)
    }
    return paths
  }

  private func nullHint(_ name: ArraySlice<UInt8>) -> String {
    !isListNullTerminated && name.contains(0) ? "; use -0 for paths that end with NUL" : ""
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
