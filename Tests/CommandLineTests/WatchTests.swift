import Foundation
import SystemPackage
import TestSupport
import Testing

#if os(Linux)
/// The built program checks again whenever something changes.
struct WatchTests {
  /// A program that watches, and what it says.
  private final class Watcher {
    private let process = Process()
    private let output = Pipe()
    /// What was said and belongs to no run yet.
    private var said = ""

    static let end = "Watching; press Ctrl-C to end.\n"

    init(_ arguments: [String], in folder: URL) throws {
      process.executableURL = Program.url
      process.arguments = ["check", "--watch", "--format", "compact"] + arguments
      process.currentDirectoryURL = folder
      process.environment = [
        "HOME": folder.path, "TZ": "UTC", "PATH": "/usr/local/bin:/usr/bin:/bin",
      ]
      (process.standardOutput, process.standardError) = (output, output)
      try Self.withoutBlockedSignals { try process.run() }
      // A test that waits for something that is not said must not wait for ever.
      let id = process.processIdentifier
      DispatchQueue.global().asyncAfter(deadline: .now() + 240) { [process] in
        if process.isRunning { kill(id, SIGKILL) }
      }
    }

    /// Starts a process that signals reach: one inherits what its thread blocks, and those of Dispatch block all.
    private static func withoutBlockedSignals(_ body: () throws -> Void) rethrows {
      var (none, before) = (sigset_t(), sigset_t())
      _ = unsafe sigemptyset(&none)
      _ = unsafe pthread_sigmask(SIG_SETMASK, &none, &before)
      // A shell ignores it for what it starts in the background.
      let interruption = signal(SIGINT, SIG_DFL)
      defer {
        _ = signal(SIGINT, interruption)
        _ = unsafe pthread_sigmask(SIG_SETMASK, &before, nil)
      }
      try body()
    }

    /// Waits for the end of a run; the result is what it said, without the time of day.
    func run() throws -> String {
      while true {
        if let end = said.range(of: Self.end) {
          let run = String(said[..<end.upperBound])
          said.removeSubrange(..<end.upperBound)
          return run.replacing(#/^[0-9]{2}:[0-9]{2}:[0-9]{2} /#, with: "")
        }
        let more = output.fileHandleForReading.availableData
        try #require(!more.isEmpty, "the program ended after: \(said)")
        said += String(decoding: more, as: UTF8.self)
      }
    }

    /// Waits for the run after a change that says what it should.
    ///
    /// A change is made in several steps. On a busy machine, each of them may be a reason for a run.
    func wait(after change: String? = nil, _ isExpected: (String) -> Bool) throws {
      let start = change.map { "\($0); checking again\n" } ?? ""
      var runs: [String] = []
      while runs.count < 100 {
        let run = try run()
        let isAfter = change == nil || run.hasPrefix(start)
        if isAfter, isExpected(String(run.dropFirst(start.count))) { return }
        runs.append(run)
      }
      Issue.record("none of the runs after \(start) is the expected one: \(runs)")
    }

    /// Closes the end of its report that is read.
    func closeOutput() throws { try output.fileHandleForReading.close() }

    /// Ends it by a signal, if it still runs; the result is how it ended.
    func end(by signal: Int32? = nil) -> (reason: Process.TerminationReason, status: Int32) {
      if let signal { kill(process.processIdentifier, signal) }
      // Foundation hears of an end only once all processes that were started meanwhile have ended as well.
      var info = unsafe siginfo_t()
      let id = id_t(process.processIdentifier)
      guard unsafe waitid(P_PID, id, &info, WEXITED | WNOWAIT) == 0 else {
        process.waitUntilExit()
        return (process.terminationReason, process.terminationStatus)
      }
      let isExit = unsafe info.si_code == Int32(CLD_EXITED)
      return (isExit ? .exit : .uncaughtSignal, unsafe info._sifields._sigchld.si_status)
    }
  }

  private static let request = """
    {
      "InstanceId": "8f1b4c7e-2f0a-4b6d-9a3e-5c1d2e3f4a5b",
      "ContactFlowId": "1a2b3c4d-5e6f-4a1b-8c2d-3e4f5a6b7c8d",
      "ParticipantDetails": { "DisplayName": "Jane" },
      "ClientToken": "t",
      "ChatDurationInMinutes": 60
    }

    """

  private static func write(_ text: String, _ file: URL) throws {
    // As editors do it.
    try Data(text.utf8).write(to: file, options: .atomic)
  }

  private func withFolder(_ body: (URL) async throws -> Void) async throws {
    try await Program.withFolder { folder in
      let requests = folder.appending(path: "requests")
      try FileManager.default.createDirectory(at: requests, withIntermediateDirectories: true)
      try Self.write(Self.request, requests.appending(path: "a.json"))
      try await body(folder)
    }
  }

  /// Each run says what a run of its own says.
  @Test func runsAreThoseOfCheck() async throws {
    try await withFolder { folder in
      let requests = folder.appending(path: "requests")
      let pack = folder.appending(path: "pack.yaml")
      let text = """
        requisite: 1
        name: acme
        title: Acme
        version: 1.0.0
        extends: [aws-connect-chat]

        """
      try Self.write(text, pack)
      let watcher = try Watcher(["--pack", "pack.yaml", "requests"], in: folder)
      func expectRun(_ change: String?) async throws {
        let outcome = try await Program.run(
          "requisite check --format compact --pack pack.yaml requests 2>&1", in: folder)
        let expected = String(decoding: outcome.output, as: UTF8.self) + Watcher.end
        try watcher.wait(after: change) { $0 == expected }
      }
      try await expectRun(nil)
      try Self.write(
        Self.request.replacing("60", with: "30"), requests.appending(path: "a.json"))
      try await expectRun("requests/a.json changed")
      try Self.write(
        Self.request.replacing("60", with: "20000"), requests.appending(path: "b.json"))
      try await expectRun("requests/b.json changed")
      try FileManager.default.removeItem(at: requests.appending(path: "b.json"))
      try await expectRun("requests/b.json removed")
      // A pack, one that cannot be loaded, and one that can again.
      try Self.write(text + "rules: { chat-duration-range: off }\n", pack)
      try await expectRun("pack.yaml changed")
      try Self.write(text + "rule: {}\n", pack)
      try await expectRun("pack.yaml changed")
      try Self.write(text, pack)
      try await expectRun("pack.yaml changed")
      // A configuration that was not there.
      try Self.write(
        "requisite: 1\nrules: { aws-connect-chat/chat-duration-range: warning }\n",
        folder.appending(path: ".requisite.yaml"))
      try await expectRun(".requisite.yaml changed")
      // A folder that is replaced.
      try FileManager.default.moveItem(at: requests, to: folder.appending(path: "old"))
      try await expectRun("requests removed")
      try FileManager.default.moveItem(at: folder.appending(path: "old"), to: requests)
      try await expectRun("requests changed")
      let end = watcher.end(by: SIGINT)
      #expect(end.reason == .uncaughtSignal && end.status == SIGINT)
    }
  }

  /// What a run writes is no reason for another one, and is replaced by each.
  @Test func reportsAreReplaced() async throws {
    try await withFolder { folder in
      let requests = folder.appending(path: "requests")
      let watcher = try Watcher(
        ["--format", "json=requests/out/report.json", "requests"], in: folder)
      _ = try watcher.run()
      let report = requests.appending(path: "out/report.json")
      let first = try Data(contentsOf: report)
      for number in ["30", "60", "31"] {
        try Self.write(
          Self.request.replacing("60", with: number), requests.appending(path: "a.json"))
        try watcher.wait(after: "requests/a.json changed") {
          $0.contains("chat-duration-range") == (number != "60")
        }
        #expect((try Data(contentsOf: report) == first) == (number == "60"))
      }
      _ = watcher.end(by: SIGTERM)
    }
  }

  /// What the process writes, or another one makes of it, begins no run.
  @Test(
    arguments: [
      "requisite check --watch --format jsonl . > out.jsonl 2> messages",
      "requisite check --watch --format jsonl . 2> messages | tee out.jsonl > /dev/null",
      "ln -s build.json out.json; requisite check --watch --format json=out.json . > /dev/null 2> messages",
      "requisite check --watch . > /dev/null 2> messages.json",
    ])
  func outputBeginsNoRun(command: String) async throws {
    try await withFolder { folder in
      let outcome = try await Program.run(
        """
        setsid sh -c '\(command)' &
        wait_for() {
          for i in $(seq 600); do cat messages* 2> /dev/null | grep -q "$1" && return; sleep 0.1; done
        }
        wait_for 'end\\.'
        for number in 1 2 3 4 5; do
          cp requests/a.json requests/$number.json
          wait_for "requests/$number.json changed"
        done
        kill -- -$!
        cat messages* | grep changed
        """, in: folder)
      let runs = String(decoding: outcome.output, as: UTF8.self).split(separator: "\n")
      #expect(
        runs.count >= 5 && runs.contains { $0.contains("requests/5.json changed") }, "\(runs)")
      // A report that another program writes is known for one once it was read.
      #expect(runs.count { !$0.contains(" requests/") } <= 2, "\(runs)")
    }
  }

  /// The working folder is what has its path: another one may take its place.
  @Test func workingFolderMayBeReplaced() async throws {
    try await withFolder { folder in
      let (project, old) = (folder.appending(path: "p"), folder.appending(path: "old"))
      func write(_ request: String, in project: URL) throws {
        let requests = project.appending(path: "requests")
        try FileManager.default.createDirectory(at: requests, withIntermediateDirectories: true)
        try Self.write(request, requests.appending(path: "a.json"))
      }
      let short = Self.request.replacing("60", with: "30")
      try write(Self.request, in: project)
      let watcher = try Watcher(["requests"], in: project)
      try watcher.wait { !$0.contains("chat-duration-range") }
      try FileManager.default.moveItem(at: project, to: old)
      try watcher.wait { $0.contains("p' is gone") && $0.contains("watch/folder-gone") }
      try write(short, in: project)
      try watcher.wait { $0.contains("chat-duration-range") }
      try write(short, in: old)
      try write(Self.request, in: project)
      try watcher.wait { !$0.contains("chat-duration-range") && !$0.contains("gone") }
      _ = watcher.end(by: SIGTERM)
    }
  }

  /// A working folder whose path is no text is checked as well.
  @Test func workingFolderMayHaveAnyName() async throws {
    try await withFolder { folder in
      try Self.write(
        Self.request.replacing("60", with: "30"), folder.appending(path: "requests/a.json"))
      let outcome = try await Program.run(
        """
        name=$(printf 'x\\377')
        mkdir "$name" && cp -r requests "$name" && cd "$name"
        requisite check --watch requests/a.json > out 2> messages &
        for i in $(seq 600); do grep -q 'end\\.' messages && break; sleep 0.1; done
        kill $!
        cat out messages
        """, in: folder)
      let text = String(decoding: outcome.output, as: UTF8.self)
      #expect(text.contains("chat-duration-range") && !text.contains("gone"), "\(text)")
    }
  }

  /// With --since, a commit changes what is new.
  @Test func commitsBeginRuns() async throws {
    try await withFolder { folder in
      try Self.write(
        Self.request.replacing("60", with: "30"), folder.appending(path: "requests/a.json"))
      let git = "git -c user.name=A -c user.email=a@example.com -c init.defaultBranch=main"
      _ = try await Program.run(
        "\(git) init -q . && \(git) commit -q --allow-empty -m one", in: folder)
      let watcher = try Watcher(["--since", "HEAD", "requests"], in: folder)
      try watcher.wait { $0.contains("chat-duration-range") }
      _ = try await Program.run("git add . && \(git) commit -q -m two", in: folder)
      try watcher.wait { !$0.contains("chat-duration-range") && $0.contains("1 known since HEAD") }
      _ = try await Program.run("git reset -q --soft HEAD^ && git pack-refs --all", in: folder)
      try watcher.wait { $0.contains("chat-duration-range") }
      _ = watcher.end(by: SIGTERM)
    }
  }

  /// Names are untrusted.
  @Test func namesAreEscaped() async throws {
    try await withFolder { folder in
      let watcher = try Watcher(["requests"], in: folder)
      _ = try watcher.run()
      try Self.write(Self.request, folder.appending(path: "requests/\u{1B}[2J.json"))
      try watcher.wait(after: "requests/\\u{1B}[2J.json changed") { _ in true }
      _ = watcher.end(by: SIGTERM)
    }
  }

  /// It ends once nobody reads its report, also if nothing changes.
  @Test func closedPipesEndIt() async throws {
    try await withFolder { folder in
      let watcher = try Watcher(["requests"], in: folder)
      _ = try watcher.run()
      try watcher.closeOutput()
      let end = watcher.end()
      #expect(end.reason == .exit && end.status == 0)
    }
  }

  @Test(
    arguments: [
      ("--watch --fix requests", "--watch and --fix cannot be used together"),
      ("--watch -", "--watch reads its files again; it cannot be used with standard input"),
      (
        "--watch /dev/null",
        "--watch reads its files again; '/dev/null' is no regular file, and can be read once"
      ),
      (
        "--watch --files-from -",
        "--watch reads its files again; it cannot be used with standard input"
      ),
    ])
  func othersCannotBeWatched(arguments: String, message: String) async throws {
    try await withFolder { folder in
      let outcome = try await Program.run("requisite check \(arguments)", in: folder)
      #expect(outcome.status == "2")
      #expect(
        String(decoding: outcome.error, as: UTF8.self).hasPrefix(
          "requisite: error: \(message) [argument/invalid]\n"))
    }
  }

  /// At a terminal each run begins with an empty screen, and findings are below headings.
  @Test func terminalsAreCleared() async throws {
    try await withFolder { folder in
      try Self.write(
        Self.request.replacing("60", with: "30"), folder.appending(path: "requests/a.json"))
      _ = try await Program.run(
        """
        script -qfec 'requisite check --watch requests' screen > /dev/null &
        wait_for() {
          for i in $(seq 600); do test $(grep -c 'end\\.' screen) -ge $1 && return; sleep 0.1; done
        }
        wait_for 1
        cp requests/a.json other
        mv other requests/a.json
        wait_for 2
        kill $!
        """, in: folder, environment: ["TERM": "xterm", "COLUMNS": "80"])
      let text = try String(contentsOf: folder.appending(path: "screen"), encoding: .utf8)
      let screens = text.components(separatedBy: "\u{1B}[H\u{1B}[2J").dropFirst()
      #expect(screens.count == 2)
      for screen in screens {
        #expect(screen.contains("requests/a.json\u{1B}[0m\r\n  "))
        #expect(screen.contains("chat-duration-range"))
      }
    }
  }
}
#endif
