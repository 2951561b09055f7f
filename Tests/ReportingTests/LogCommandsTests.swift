import Findings
@testable import Reporting
import SourceText
import Testing

/// Text that a CI system would take for a command.
struct LogCommandsTests {
  @Test(
    arguments: [
      ("::error::x", "\\u{3A}:error::x"), ("  ::error::x", "  \\u{3A}:error::x"),
      ("a\n::x", "a\n\\u{3A}:x"), ("a\r::x", "a\r\\u{3A}:x"), ("a\r\n\t ::x", "a\r\n\t \\u{3A}:x"),
      ("\u{A0}::x", "\u{A0}\\u{3A}:x"), ("\u{3000}\u{2003}::x", "\u{3000}\u{2003}\\u{3A}:x"),
      ("\u{FEFF}::x", "\u{FEFF}\\u{3A}:x"), ("::", "\\u{3A}:"), (":::x", "\\u{3A}::x"),
      ("##[error]x", "#\\u{23}[error]x"),
      ("a ##vso[task.complete]", "a #\\u{23}vso[task.complete]"),
      ("##VSO[a]", "#\\u{23}VSO[a]"), ("###[a]", "##\\u{23}[a]"),
      ("##teamcity[x", "#\\u{23}teamcity[x"),
    ])
  func escapes(text: String, expected: String) {
    #expect(LogCommands.escaped(text).utf8.elementsEqual(expected.utf8), "\(text)")
  }

  @Test(
    arguments: [
      "", "a::b", "x ::error::", "a: ::b", "- ::b", ":x", "#", "##", "## [link]", "# #[x]",
      "##a b[", "é::x", "\u{200D}a", "a\u{A0}::x",
    ])
  func leavesAlone(text: String) {
    #expect(LogCommands.escaped(text).utf8.elementsEqual(text.utf8), "\(text)")
  }

  @Test(
    arguments: [
      (LogCommands.Syntax.json, "[\"#\\u0023[x]\"]"), (.markup, "[\"#&#35;[x]\"]"),
      (.markdown, "[\"#\\#[x]\"]"),
    ])
  func escapesByTheRulesOfTheSyntax(syntax: LogCommands.Syntax, expected: String) {
    #expect(LogCommands.escaped("[\"##[x]\"]", as: syntax) == expected)
  }

  @Test func whatWasWrittenBeforeStays() {
    var output = Array("::a\n".utf8)
    let start = output.count
    output += Array("::b".utf8)
    LogCommands.escape(&output, from: start, as: .text)
    #expect(String(decoding: output, as: UTF8.self) == "::a\n\\u{3A}:b")
  }

  /// No report has a command in it, whatever its texts are; one of commands has no others.
  @Test(arguments: ReportFormat.allCases) func reportsHaveNone(format: ReportFormat) throws {
    let evil = "::error::x ##[error]y ##vso[z]"
    let lines = "\(evil)\n  \(evil)\r\(evil)"
    for path in [evil, " \(evil)", "a\n\(evil)"] {
      let file = SourceFile(path, "{\"a\": \"\(evil)\"}\n")
      let location = file.location(of: "\"\(evil)\"", pointer: "/\(evil)")
      let finding = Finding(
        "p/r", .error, lines, detail: String(repeating: "word ", count: 30) + lines, in: file,
        at: location, related: [RelatedLocation(location: location, message: lines)])
      let report = FixedReport(
        name: "evil",
        rules: [
          RuleDescription(
            id: RuleID(pack: "p", rule: "r"), severity: .error, summary: lines, help: lines)
        ], files: [file], findings: [finding],
        summary: ReportSummary(
          fileCount: 1, requestCount: 1, affectedFileCount: 1, counts: [.error: 1],
          diagnostics: [Diagnostic("config/x", lines, at: location)]))
      var text = String(decoding: report.written(as: format), as: UTF8.self)
      if format == .github || format == .azure {
        let own = format == .github ? "::error file=" : "##vso[task.logissue "
        #expect(text.hasPrefix(own))
        text.removeFirst(own.utf8.count)
      }
      #expect(!text.contains("##[") && !text.contains("##vso["), "\(text)")
      for line in text.split(whereSeparator: { $0.isNewline }) {
        #expect(!line.drop(while: \.isWhitespace).hasPrefix("::"), "\(line)")
      }
      if format == .compact || format == .text { #expect(text.contains("::error::x")) }
    }
  }
}

/// The member's name before messages that do not have it.
struct MemberLabelTests {
  @Test(
    arguments: [
      ("/InstanceId", "too short", "InstanceId: too short"),
      ("/Counts/0", "too large", "Counts[0]: too large"),
      ("/a/b/3/4", "wrong", "b[3][4]: wrong"), ("/0", "wrong", "[0]: wrong"),
      ("", "wrong", "wrong"),
      ("/Types", "Types must contain text/plain", "Types must contain text/plain"),
      ("/Name", "missing member \"Name\"", "missing member \"Name\""),
      ("/Name", "Names differ", "Name: Names differ"),
      ("/a", "a value is missing", "a: a value is missing"),
      ("/a", "missing member \"a\"", "missing member \"a\""), ("/", "wrong", "\"\": wrong"),
      ("/rehydrationType", "needs a RehydrationType", "needs a RehydrationType"),
      ("/é", "wrong", "é: wrong"),
    ])
  func names(pointer: String, message: String, expected: String) throws {
    let file = SourceFile("a.json", "{}")
    let finding = Finding(
      "p/r", .error, message, in: file, at: file.location(of: "{}", pointer: pointer))
    let report = FixedReport(
      name: "one", rules: [], files: [file], findings: [finding], summary: ReportSummary())
    let text = String(decoding: report.written(as: .compact), as: UTF8.self)
    #expect(text == "a.json:1:1: error: \(expected) [p/r]\n")
  }

  /// What is written at once is what is shown of the whole message.
  @Test(
    arguments: [0, 1, 59, 60, 61, 160].map { String(repeating: "n", count: $0) } + [
      "a b", "é", "\u{1B}[31m", "::x", "a\u{202E}b",
    ],
    ["", "/0", "/1/22", String(repeating: "/7", count: 59), String(repeating: "/7", count: 200)])
  func writtenMessagesAreThoseShown(name: String, positions: String) throws {
    let file = SourceFile("a.json", "{}")
    let pointer = "/" + name + positions
    for message in [
      "wrong", "wrong: \(name)", "\u{7}", String(repeating: "m", count: 161),
      String(repeating: "word ", count: 740), String(repeating: "word ", count: 790),
      String(repeating: "word ", count: 810),
    ] {
      let finding = Finding(
        "p/r", .error, message, in: file, at: file.location(of: "{}", pointer: pointer))
      var written: [UInt8] = []
      MemberLabel.write(messageOf: finding, into: &written)
      #expect(
        String(decoding: written, as: UTF8.self)
          == TerminalText.visible(MemberLabel.message(of: finding)), "\(pointer) \(message)")
    }
  }
}

/// Bytes of eight are looked at together; where a command begins among them makes no difference.
struct LogCommandAlignmentTests {
  @Test(arguments: 0..<25) func commandsAreFoundAtAnyOffset(offset: Int) {
    for filler in ["x", "aa;;", "\"\"", "#", ":", "1122 "] {
      let before = String(String(repeating: filler, count: 25).prefix(offset)) + " "
      #expect(
        LogCommands.escaped(before + "##[x]") == LogCommands.escaped(before) + "#\\u{23}[x]",
        "\(before)")
      #expect(
        LogCommands.escaped(before + "\n::x")
          == LogCommands.escaped(before) + "\n\\u{3A}:x", "\(before)")
    }
  }

  /// What was written before stays, and many commands in one text are escaped.
  @Test func whatIsBeforeStays() {
    var output = Array("::error::\n".utf8)
    let start = output.count
    output += String(repeating: "##[a] ::b\n::c\n", count: 100).utf8
    LogCommands.escape(&output, from: start, as: .text)
    let line = "#\\u{23}[a] ::b\n\\u{3A}:c\n"
    #expect(
      String(decoding: output, as: UTF8.self)
        == "::error::\n" + String(repeating: line, count: 100))
  }
}
