import Foundation
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
    func style(_ choice: ProgressOptions.Choice, isQuiet: Bool = false) -> ProgressStyle? {
      ProgressStyle(choice, isQuiet: isQuiet, isTerminal: isTerminal, terminal: terminal)
    }
    let canDraw = isTerminal && terminal != "dumb"
    #expect(style(.auto) == (canDraw ? .inPlace : nil))
    #expect(style(.auto, isQuiet: true) == nil)
    for isQuiet in [true, false] {
      #expect(style(.always, isQuiet: isQuiet) == (canDraw ? .inPlace : .lines))
      #expect(style(.never, isQuiet: isQuiet) == nil)
    }
  }

  #if os(Linux)
  // MARK: - At a terminal

  private static let head =
    #"{"InstanceId": "i-1", "ContactFlowId": "f-1", "ParticipantDetails": {"DisplayName": "Jane Doe"}, "ClientToken": "t-1""#
  /// A run that takes longer than two seconds, since the program that writes its input does.
  private static let slow =
    "(echo '\(head)}'; sleep 3; echo '\(head), \"ChatDurationInMinutes\": 5}')"
  private static let fast = "echo '\(head), \"ChatDurationInMinutes\": 5}'"

  /// What a terminal gets of a command, whose `TERMINAL` is its path, and what else becomes of it.
  private func run(
    _ command: String, environment: [String: String] = ["TERM": "xterm"]
  ) async throws -> (terminal: String, error: String, status: String) {
    let terminal = try PseudoTerminal()
    defer { terminal.close() }
    let outcome = try await Program.withFolder { folder in
      try await Program.run(
        command.replacing("TERMINAL", with: terminal.path), in: folder, environment: environment)
    }
    return (
      terminal.text(), String(decoding: outcome.error, as: UTF8.self), outcome.status
    )
  }

  private static let check =
    "requisite check --no-config -f compact --color never --stdin-filename a.jsonl"

  /// The line is drawn anew in place, and is gone before findings and at the end; colors are no part of it.
  @Test(arguments: [1, 2]) func theLineIsClearedBeforeOtherOutput(jobs: Int) async throws {
    let outcome = try await run(
      "\(Self.slow) | \(Self.check) -j \(jobs) - > TERMINAL 2>&1",
      environment: ["TERM": "xterm", "NO_COLOR": "1"])
    #expect(outcome.status == "1")
    // A terminal makes CR LF of each LF.
    let text = outcome.terminal.replacing("\r\n", with: "\n")
    let cleared = "\r\u{1B}[K"
    let parts = text.components(separatedBy: cleared)
    try #require(parts.count == 2 || parts.count == 3, "\(text)")
    let lines = parts[0].split(separator: "\r")
    #expect(lines.count > 1)
    for line in lines {
      #expect(line.wholeMatch(of: /checked 119 bytes, \d+ bytes\/s\e\[K/) != nil, "\(line)")
    }
    #expect(parts[1].hasPrefix("a.jsonl:2:145: error: "), "\(text)")
    #expect(text.hasSuffix("1 error in 1 file (2 requests)\n"))
    #expect(!parts[1].dropLast().contains("\u{1B}["))
  }

  /// A narrow terminal gets less of it.
  @Test func theLineFitsTheTerminal() async throws {
    let outcome = try await run(
      "stty columns 20 < TERMINAL; \(Self.slow) | \(Self.check) - 2> TERMINAL")
    #expect(outcome.terminal.hasPrefix("\rchecked 119 bytes\u{1B}[K\r"), "\(outcome.terminal)")
  }

  @Test(arguments: [("TERM", "143"), ("HUP", "129")])
  func signalsLeaveNothingBehind(signal: String, status: String) async throws {
    let outcome = try await run(
      "mkfifo p; exec 3<> p; \(Self.check) - < p 2> TERMINAL & sleep 3; kill -\(signal) $!; wait $!"
    )
    #expect(outcome.status == status)
    #expect(outcome.terminal.hasPrefix("\rchecked 0 bytes\u{1B}[K"), "\(outcome.terminal)")
    #expect(outcome.terminal.hasSuffix("\u{1B}[K\r\u{1B}[K"), "\(outcome.terminal)")
  }

  @Test(arguments: [
    "\(fast) | \(check) - 2> TERMINAL", "\(fast) | \(check) --progress always - 2> TERMINAL",
    "\(slow) | \(check) --progress never - 2> TERMINAL", "\(slow) | \(check) - > TERMINAL",
    "\(slow) | TERM=dumb \(check) - 2> TERMINAL", "\(slow) | \(check) --quiet - 2> TERMINAL",
    "\(slow) | \(check) -",
  ])
  func nothingIsShown(command: String) async throws {
    let outcome = try await run(command)
    #expect(outcome.status == "1")
    #expect(!"\(outcome.terminal)\(outcome.error)".contains("checked "), "\(outcome)")
    #expect(!outcome.terminal.contains("\u{1B}"))
  }

  /// Where it is no terminal, whole lines are written, and only if that is asked for.
  @Test func logsGetWholeLines() async throws {
    let outcome = try await run("\(Self.slow) | \(Self.check) --progress always -q - > /dev/null")
    #expect(
      outcome.error.wholeMatch(of: /checked 119 bytes, \d+ bytes\/s\n/) != nil, "\(outcome.error)")
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
