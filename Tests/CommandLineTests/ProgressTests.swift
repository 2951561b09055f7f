import Foundation
import Linting
import RequisiteFiles
import Synchronization
import SystemPackage
import Testing

@testable import requisite

/// How far a run is, as a person at a terminal sees it.
struct ProgressTests {
  // MARK: - The text

  /// Numbers, and the line that they make in some columns.
  struct Row: CustomTestStringConvertible {
    let text: ProgressText
    let columns: Int
    let line: String

    init(
      _ inputs: (Int, Int), _ bytes: (Int, Int?), _ seconds: Double, _ columns: Int, _ line: String
    ) {
      text = ProgressText(inputs: inputs, bytes: bytes, elapsed: .seconds(seconds))
      (self.columns, self.line) = (columns, line)
    }

    var testDescription: String { line }
  }

  private static let rows: [Row] = [
    // What is known of one file, and less of it in narrow terminals.
    Row(
      (0, 1), (1_500_000_000, 4_000_000_000), 3.0, 200,
      "checked 37%, 5 s left, 1.4 GiB of 3.7 GiB, 477 MiB/s"),
    Row(
      (0, 1), (1_500_000_000, 4_000_000_000), 3.0, 80,
      "checked 37%, 5 s left, 1.4 GiB of 3.7 GiB, 477 MiB/s"),
    Row(
      (0, 1), (1_500_000_000, 4_000_000_000), 3.0, 40,
      "checked 37%, 5 s left"),
    Row(
      (0, 1), (1_500_000_000, 4_000_000_000), 3.0, 20,
      "checked 37%"),
    Row(
      (0, 1), (1_500_000_000, 4_000_000_000), 3.0, 21,
      "checked 37%, 5 s left"),
    Row(
      (0, 1), (1_500_000_000, 4_000_000_000), 3.0, 10,
      ""),
    // Many files.
    Row(
      (1_234, 100_000), (1 << 20, 1 << 30), 2.0, 200,
      "checked 0%, 34 min 6 s left, 1.0 MiB of 1.0 GiB, 1,234 of 100,000 files, 512 KiB/s"),
    Row(
      (1_234, 100_000), (1 << 20, 1 << 30), 2.0, 80,
      "checked 0%, 34 min 6 s left, 1.0 MiB of 1.0 GiB, 1,234 of 100,000 files"),
    Row(
      (1_234, 100_000), (1 << 20, 1 << 30), 2.0, 40,
      "checked 0%, 34 min 6 s left"),
    Row(
      (1_234, 100_000), (1 << 20, 1 << 30), 2.0, 20,
      "checked 0%"),
    // Nobody knows how much a pipe will bring.
    Row(
      (0, 1), (700, nil), 2.0, 80,
      "checked 700 bytes, 350 bytes/s"),
    Row(
      (1, 3), (123_456_789, nil), 10.0, 80,
      "checked 118 MiB, 1 of 3 files, 12 MiB/s"),
    Row(
      (0, 1), (0, nil), 2.0, 80,
      "checked 0 bytes"),
    // Nothing done by now says nothing of the time; all done leaves none.
    Row(
      (0, 1), (0, 5_000_000), 2.0, 80,
      "checked 0%, 0 bytes of 4.8 MiB"),
    Row(
      (0, 2), (0, 0), 2.0, 80,
      "checked 0 bytes of 0 bytes, 0 of 2 files"),
    Row(
      (0, 1), (1_024, 1_024), 2.0, 80,
      "checked 100%, 0 s left, 1.0 KiB of 1.0 KiB, 512 bytes/s"),
    Row(
      (0, 1), (2_000, 1_000), 2.0, 80,
      "checked 100%, 0 s left, 2.0 KiB of 1.0 KiB, 1.0 KiB/s"),
    Row(
      (0, 1), (999, 1_000), 0.0, 80,
      "checked 99%, 999 bytes of 1.0 KiB"),
    // Hours, and more than anybody waits for.
    Row(
      (0, 1), (1, 7_201), 1.0, 80,
      "checked 0%, 2 h 0 min left, 1 byte of 7.0 KiB, 1 byte/s"),
    Row(
      (0, 1), (1, 359_000), 1.0, 80,
      "checked 0%, 99 h 43 min left, 1 byte of 351 KiB, 1 byte/s"),
    Row(
      (0, 1), (1, 1_000_000), 1.0, 80,
      "checked 0%, over 100 h left, 1 byte of 977 KiB, 1 byte/s"),
    Row(
      (Int.max, Int.max), (Int.max, Int.max), 0.000_001, 200,
      "checked 100%, 0 s left, 8.0 EiB of 8.0 EiB, 9,223,372,036,854,775,807 of 9,223,372,036,854,775,807 files, 8,000,000 EiB/s"
    ),
    Row(
      (0, 1), (1, Int.max), 1e9, 80,
      "checked 0%, over 100 h left, 1 byte of 8.0 EiB"),
  ]

  @Test(arguments: rows) func linesSayHowFarARunIs(row: Row) {
    #expect(row.text.line(columns: row.columns) == row.line)
  }

  /// The line of any columns is the beginning of the whole one, and fits.
  @Test(arguments: 0...120) func linesFit(columns: Int) {
    let text = ProgressText(
      inputs: (7, 70), bytes: (123_456_789_012, 999_999_999_999), elapsed: .seconds(77))
    let line = text.line(columns: columns)
    #expect(line.count <= columns)
    #expect(text.line().hasPrefix(line))
  }

  // MARK: - When it is shown

  @Test(arguments: [true, false], ["xterm", "dumb", nil]) func choicesAndTerminals(
    isTerminal: Bool, terminal: String?
  ) {
    func style(
      _ choice: ProgressOptions.Choice, isQuiet: Bool = false, isPiped: Bool = false
    ) -> ProgressStyle? {
      ProgressStyle(
        choice, isQuiet: isQuiet, isPiped: isPiped, isTerminal: isTerminal, terminal: terminal)
    }
    let canDraw = isTerminal && terminal != "dumb"
    #expect(style(.auto) == (canDraw ? .inPlace : nil))
    #expect(style(.auto, isQuiet: true) == nil)
    #expect(style(.auto, isPiped: true) == nil)
    for isQuiet in [true, false] {
      for isPiped in [true, false] {
        #expect(
          style(.always, isQuiet: isQuiet, isPiped: isPiped) == (canDraw ? .inPlace : .lines))
        #expect(style(.never, isQuiet: isQuiet, isPiped: isPiped) == nil)
      }
    }
  }

  // MARK: - The line among other output

  /// What two streams get, which may be the same file.
  private func written(
    isShared: Bool = true, _ body: (_ error: Output, _ report: Output) async throws -> Void
  ) async throws -> (error: String, report: String) {
    try await Program.withFolder { folder in
      func open(_ name: String) throws -> FileDescriptor {
        try FileDescriptor.open(
          FilePath(folder.path).appending(name), .writeOnly,
          options: [.create, .append, .closeOnExec], permissions: .ownerReadWrite)
      }
      let error = try open("error")
      let report = try open(isShared ? "error" : "report")
      defer {
        try? error.close()
        try? report.close()
      }
      try await body(Output(descriptor: error), Output(descriptor: report))
      func text(_ name: String) -> String {
        (try? String(contentsOf: folder.appending(path: name), encoding: .utf8)) ?? ""
      }
      return (text("error"), text("report"))
    }
  }

  private func write(_ text: String, to output: Output, _ line: StatusLine) {
    #expect(line.write(Array(text.utf8), to: output) == 0)
  }

  private static let cleared = "\r\u{1B}[K"

  /// In place, other output takes the place of the line; none is drawn in a line, before or after the run.
  @Test func linesInPlaceMakeRoom() async throws {
    let text = try await written { error, report in
      let line = StatusLine(at: error, beside: report)
      #expect(line.show("0", of: 0) == .ended)
      write("before\n", to: error, line)
      let use = line.begin(.inPlace)
      #expect(line.columns == 79)
      #expect(line.show("1", of: use) == .shown)
      #expect(line.show("2", of: use) == .shown)
      write("error\n", to: error, line)
      #expect(line.show("3", of: use) == .shown)
      write("repo", to: report, line)
      #expect(line.show("4", of: use) == .skipped)
      write("rt\n", to: report, line)
      #expect(line.show("5", of: use) == .shown)
      line.end()
      #expect(line.show("6", of: use) == .ended)
      write("after", to: report, line)
    }
    #expect(
      text.error.replacing("\u{1B}[K", with: "<")
        == "before\n\r1<\r2<\r<error\n\r3<\r<report\n\r5<\r<after")
  }

  /// Line after line, each is whole, and other output at the same stream as well.
  @Test(arguments: [true, false]) func linesStayWhole(isShared: Bool) async throws {
    let text = try await written(isShared: isShared) { error, report in
      let line = StatusLine(at: error, beside: report)
      let use = line.begin(.lines)
      #expect(line.show("1", of: use) == .shown)
      write("repo", to: report, line)
      #expect(line.show("2", of: use) == (isShared ? .skipped : .shown))
      write("rt\n", to: report, line)
      write("err", to: error, line)
      #expect(line.show("3", of: use) == .skipped)
      write("or\n", to: error, line)
      #expect(line.show("4", of: use) == .shown)
      line.end()
      #expect(line.show("5", of: use) == .ended)
    }
    #expect(text.error == (isShared ? "1\nreport\nerror\n4\n" : "1\n2\nerror\n4\n"))
    #expect(isShared || text.report == "report\n")
  }

  /// In the background nothing is drawn, and what was drawn before is left to those who wrote below it.
  @Test func theBackgroundForgetsTheLine() async throws {
    let isInForeground = Atomic(true)
    let text = try await written { error, report in
      let line = StatusLine(at: error, beside: report) { _ in
        isInForeground.load(ordering: .relaxed)
      }
      let use = line.begin(.inPlace)
      for isNoticed in [true, false] {
        #expect(line.show("1", of: use) == .shown)
        isInForeground.store(false, ordering: .relaxed)
        if isNoticed { #expect(line.show("2", of: use) == .skipped) }
        write("error\n", to: error, line)
        isInForeground.store(true, ordering: .relaxed)
      }
      line.end()
    }
    #expect(text.error.replacing("\u{1B}[K", with: "<") == "\r1<error\n\r1<error\n")
  }

  /// A stream that fails is written to no more.
  @Test func failuresEndTheLine() throws {
    let file = try FileDescriptor.open(FilePath("/dev/null"), .readOnly, options: [.closeOnExec])
    defer { try? file.close() }
    let output = Output(descriptor: file)
    let line = StatusLine(at: output, beside: output)
    let use = line.begin(.lines)
    #expect(line.show("1", of: use) == .ended)
  }

  /// A display shows what a run counts, until the run ends, and only in whole lines.
  @Test(arguments: [ProgressStyle.inPlace, .lines]) func displaysShowWhatIsCounted(
    style: ProgressStyle
  ) async throws {
    let files = InMemoryFileSystem(["/a.json": Array(repeating: 0x20, count: 1_000)])
    let inputs = [InputSource(.file("/a.json"), shownPath: "a.json")]
    let text = try await written { error, report in
      let line = StatusLine(at: error, beside: report)
      let display = ProgressDisplay(
        style, inputs, in: files, on: line, pace: .init(delay: 0, interval: 1, retry: 1))
      for number in 0..<200 {
        // Most blocks end within a line.
        write("report \(number)", to: report, line)
        if number == 100 { display.progress.end(inputs[0]) }
        await Task.yield()
        write(number % 10 == 9 ? "\n" : ", ", to: report, line)
        if number % 50 == 49 { try await Task.sleep(for: .milliseconds(20)) }
      }
      display.end()
      write("end\n", to: error, line)
      try await Task.sleep(for: .milliseconds(20))
    }
    #expect(text.error.hasSuffix("end\n"))
    let shown =
      style == .inPlace
      ? /(?:\rchecked (?:0|100)%[^\n\r\e]*\e\[K)+\r\e\[K/ : /checked (?:0|100)%[^\n\r\e]*\n/
    let rest = text.error.replacing(shown, with: "")
    let expected = (0..<200).map { "report \($0)" + ($0 % 10 == 9 ? "\n" : ", ") }.joined()
    #expect(rest == expected + "end\n")
    #expect(text.error.contains(shown))
  }

  /// Where files are read at an earlier commit too, nobody knows the share that is done.
  @Test(arguments: [false, true]) func earlierVersionsHaveNoSize(readsEarlier: Bool) async throws {
    let files = InMemoryFileSystem(["/a.json": Array(repeating: 0x20, count: 1_000)])
    let inputs = [InputSource(.file("/a.json"), shownPath: "a.json")]
    let text = try await written { error, report in
      let display = ProgressDisplay(
        .lines, inputs, in: files, readsEarlier: readsEarlier,
        on: StatusLine(at: error, beside: report), pace: .init(delay: 0, interval: 1, retry: 1))
      display.progress.end(inputs[0])
      try await Task.sleep(for: .milliseconds(20))
      display.end()
    }
    #expect(text.error.contains("checked "))
    #expect(text.error.contains("%") != readsEarlier)
  }

  #if os(Linux)
  // MARK: - At a terminal

  private static let head =
    #"{"InstanceId": "i-1", "ContactFlowId": "f-1", "ParticipantDetails": {"DisplayName": "Jane Doe"}, "ClientToken": "t-1""#
  /// A run that takes longer than two seconds, since the program that writes its input does.
  private static let slow =
    "(echo '\(head)}'; sleep 3; echo '\(head), \"ChatDurationInMinutes\": 5}')"

  /// What terminals get of a command, whose `FIRST` and `SECOND` are their paths, and its exit code.
  private func run(_ command: String) async throws -> (
    first: String, second: String, status: String
  ) {
    let (first, second) = (try PseudoTerminal(), try PseudoTerminal())
    defer {
      first.close()
      second.close()
    }
    let outcome = try await Program.withFolder { folder in
      try await Program.run(
        command.replacing("FIRST", with: first.path).replacing("SECOND", with: second.path),
        in: folder, environment: ["TERM": "xterm", "NO_COLOR": "1"])
    }
    return (first.text(), second.text(), outcome.status)
  }

  private static let check =
    "requisite check --no-config -f compact --color never --stdin-filename a.jsonl"

  /// The line is drawn anew in place, and is gone before findings and at the end; colors are no part of it.
  ///
  /// A narrow terminal gets less of it.
  @Test func theLineIsClearedBeforeOtherOutput() async throws {
    let outcome = try await run(
      """
      stty columns 20 < SECOND
      \(Self.slow) | \(Self.check) -j 2 - 2> SECOND > /dev/null &
      \(Self.slow) | \(Self.check) -j 2 - > FIRST 2>&1
      code=$?; wait; exit $code
      """)
    #expect(outcome.status == "1")
    // A terminal makes CR LF of each LF.
    let text = outcome.first.replacing("\r\n", with: "\n")
    let parts = text.components(separatedBy: Self.cleared)
    try #require(parts.count == 2 || parts.count == 3, "\(text)")
    let lines = parts[0].split(separator: "\r")
    #expect(lines.count > 1)
    for line in lines {
      #expect(line.wholeMatch(of: /checked 119 bytes, \d+ bytes\/s\e\[K/) != nil, "\(line)")
    }
    #expect(parts[1].hasPrefix("a.jsonl:2:145: error: "), "\(text)")
    #expect(text.hasSuffix("1 error in 1 file (2 requests)\n"))
    // Where the machine is busy, the line may be drawn once more between the finding and the summary.
    #expect(!parts[1].replacing(/\rchecked [^\r]*\e\[K/, with: "").contains("\u{1B}["), "\(text)")
    #expect(outcome.second.hasPrefix("\rchecked 119 bytes\u{1B}[K\r"), "\(outcome.second)")
  }

  /// A signal clears the line; beside a pager none is drawn.
  @Test func signalsLeaveNothingBehind() async throws {
    let outcome = try await run(
      """
      mkfifo p; exec 3<> p
      \(Self.slow) | \(Self.check) - 2> SECOND | cat > /dev/null &
      \(Self.check) - < p 2> FIRST > /dev/null & sleep 3; kill -TERM $!; wait $!
      code=$?; wait; exit $code
      """)
    #expect(outcome.status == "143")
    #expect(outcome.first.hasPrefix("\rchecked 0 bytes\u{1B}[K"), "\(outcome.first)")
    #expect(outcome.first.hasSuffix("\u{1B}[K\(Self.cleared)"), "\(outcome.first)")
    #expect(outcome.second == "1 error in 1 file (2 requests)\r\n")
  }

  /// After a stop, a run in the background leaves alone what was typed, until a signal ends it.
  @Test func theBackgroundLeavesTheTerminalAlone() async throws {
    let outcome = try await run(
      """
      cat > job <<'END'
      mkfifo p; exec 3<> p; stty tostop < FIRST
      (sleep 3; kill -TSTP $(cat number); sleep 0.1; echo ready >&3) &
      sh -c 'echo $$ > number; exec \(Self.check) - < p 2> FIRST > /dev/null'
      printf typed > FIRST
      bg > /dev/null
      sleep 0.5
      kill -TERM $(cat number); wait $(cat number)
      echo $? > code
      END
      setsid -cw sh -m job < FIRST > log 2>&1; exit $(cat code)
      """)
    #expect(outcome.status == "143")
    #expect(outcome.first.hasPrefix("\rchecked 0 bytes\u{1B}[K"), "\(outcome)")
    #expect(outcome.first.hasSuffix("\u{1B}[Ktyped"), "\(outcome)")
  }
  #endif
}

#if os(Linux)
/// A terminal that keeps what is written to it.
private struct PseudoTerminal {
  private let master: FileDescriptor
  /// Open until the end: nothing is lost when the program closes it.
  private let slave: FileDescriptor
  /// The path of the end that programs write to.
  let path: String

  /// Requests of Linux, which its header only has as macros: unlock the other end, and tell its number.
  private static let (unlock, number): (UInt, UInt) = (0x4004_5431, 0x8004_5430)

  /// It does not become the terminal that the tests themselves belong to.
  private static let unowned = FileDescriptor.OpenOptions(rawValue: O_NOCTTY)

  init() throws {
    master = try FileDescriptor.open(
      FilePath("/dev/ptmx"), .readWrite, options: [.closeOnExec, .nonBlocking, Self.unowned])
    var (lock, number): (CInt, CInt) = (0, 0)
    guard unsafe ioctl(master.rawValue, Self.unlock, &lock) == 0,
      unsafe ioctl(master.rawValue, Self.number, &number) == 0
    else { throw Errno(rawValue: errno) }
    path = "/dev/pts/\(number)"
    slave = try FileDescriptor.open(
      FilePath(path), .readWrite, options: [.closeOnExec, Self.unowned])
  }

  /// What was written.
  func text() -> String {
    var bytes: [UInt8] = []
    var block = [UInt8](repeating: 0, count: 1 << 12)
    while let count = try? unsafe block.withUnsafeMutableBytes({ unsafe try master.read(into: $0) }
    ),
      count > 0
    { bytes += block[..<count] }
    return String(decoding: bytes, as: UTF8.self)
  }

  func close() {
    try? slave.close()
    try? master.close()
  }
}
#endif
