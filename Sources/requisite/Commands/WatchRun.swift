import ArgumentParser
import CPlatform
import Findings
import Linting
import Reporting
import RequisiteFiles
import SystemPackage

/// Checks requests again and again: whenever something changes that the last run read.
///
/// Each run is whole, so that what it reports is what a run of its own would report. It ends by a signal, or once
/// nobody reads its report.
struct WatchRun {
  private let arguments: CheckArguments
  private let environment: Environment
  private let files: WatchedFileSystem
  /// Whether a run begins with an empty screen.
  private let hasScreen: Bool

  /// Prepares to watch.
  ///
  /// - Throws: a usage error for a pipe or a device, and an exit code where the system cannot tell of changes.
  init(_ arguments: CheckArguments, _ invocation: Invocation) throws {
    self.arguments = arguments
    environment = invocation.environment
    let others = arguments.paths + [arguments.inputs.listPath].compactMap(\.self)
    if let stream = others.first(where: { invocation.files.kind(of: $0) == .stream }) {
      throw ValidationError(
        "--watch reads its files again; '\(stream)' is no regular file, and can be read once")
    }
    hasScreen = Output.standard.isTerminal && invocation.environment[.terminal] != "dumb"
    do throws(Errno) {
      files = try WatchedFileSystem { InputCollector.mayMatter($0, isFolder: $1) }
    } catch {
      try Console(arguments.style, environment).fail(Self.unavailable(error))
    }
  }

  /// Checks until the process ends.
  ///
  /// - Throws: a usage error, or an exit code where changes cannot be seen any more.
  func run() throws -> Never {
    var changes: WatchedFileSystem.Changes?
    while true {
      let watched = files.watchedFolders
      begin(after: changes)
      let code = try check()
      guard !Output.standard.isClosed, !Output.standard.hasFailed else { endProcess(code) }
      let console = Console(arguments.style, environment)
      try console.check(Self.diagnostics(of: files.endRun(after: watched)))
      say("Watching; press Ctrl-C to end.")
      do throws(Errno) {
        changes = try files.waitForChanges(unlessClosed: Output.standard.descriptor)
      } catch {
        try console.fail(Self.unavailable(error))
      }
      if changes == nil { endProcess(code) }
    }
  }

  /// Checks once; the result is the exit code of the run, also where it ended early.
  ///
  /// - Throws: a usage error.
  private func check() throws -> Int32 {
    do throws(Errno) {
      try files.beginRun()
    } catch {
      let problem = "working folder '\(files.workingFolder)' is gone: \(error.description)"
      Console(arguments.style, environment).show([Diagnostic("watch/folder-gone", problem)])
      return 2
    }
    do {
      return try arguments.start(
        in: Invocation(
          environment: environment, workingFolder: files.workingFolder, files: files)
      ).code
    } catch let code as ExitCode {
      return code.rawValue
    }
  }

  // MARK: - What is said

  /// Clears the screen, and says why requests are checked again.
  private func begin(after changes: WatchedFileSystem.Changes?) {
    // Not what was scrolled away, which may be of other programs.
    if hasScreen { Output.standard.write(Array("\u{1B}[H\u{1B}[2J".utf8)) }
    guard let changes else { return }
    say("\(Self.timeOfDay())\(description(of: changes)); checking again")
  }

  private func say(_ text: String) {
    if !arguments.quiet { Console(arguments.style, environment).say(text) }
  }

  /// What changed and what was removed, with the names of the first files.
  private func description(of changes: WatchedFileSystem.Changes) -> String {
    guard let paths = changes.paths else { return "many files changed" }
    // Looking through `files` would make the run depend on them.
    let system = RealFileSystem()
    let shown = paths.prefix(3).map { path in
      let name = Paths.relativePath(of: path, below: files.workingFolder) ?? path
      let isLeft = system.kind(of: path) != .missing || system.isLink(path)
      return "\(TerminalText.visible(path: name)) \(isLeft ? "changed" : "removed")"
    }
    let rest = paths.count - shown.count
    return shown.joined(separator: ", ") + (rest > 0 ? " and \(rest) more" : "")
  }

  /// The time of day and a space, as in 09:05:00; nothing where it cannot be told.
  private static func timeOfDay() -> String {
    let second = Int(requisite_second_of_day())
    guard second >= 0 else { return "" }
    return [second / 3_600, second / 60 % 60, second % 60].map { number in
      number < 10 ? "0\(number)" : "\(number)"
    }.joined(separator: ":") + " "
  }

  private static func unavailable(_ error: Errno) -> Diagnostic {
    error == .noFunction
      ? Diagnostic("watch/unavailable", "--watch needs inotify, which this system does not have")
      : Diagnostic("watch/unavailable", "changes cannot be watched: \(error.description)")
  }

  /// What is reported of folders that cannot be watched: the limit of the system once, as it concerns all.
  private static func diagnostics(of failures: [(path: String, error: Errno)]) -> [Diagnostic] {
    // What the system calls a lack of space is its limit.
    let isLimited = failures.filter { $0.error == .noSpace }
    if let first = isLimited.first {
      let rest = isLimited.count - 1
      let more = rest == 0 ? "" : " and \(rest) more folder\(rest == 1 ? "" : "s")"
      return [
        Diagnostic(
          "watch/unwatchable",
          "changes in '\(first.path)'\(more) would not be seen: the system's limit of watched folders is reached",
          hint: "raise fs.inotify.max_user_watches with sysctl")
      ]
    }
    return failures.map { failure in
      Diagnostic(
        "watch/unwatchable", severity: .warning,
        "changes in '\(failure.path)' are not seen: \(failure.error.description)")
    }
  }
}
