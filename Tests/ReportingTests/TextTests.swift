import Findings
import Foundation
import SourceText
import Testing

@testable import Reporting

struct TerminalTextTests {
  @Test(
    arguments: [
      ("plain", "plain", "plain"),
      ("a\nb\tc\r", "a\\nb\\tc\\r", "a‹U+000A›b‹U+0009›c‹U+000D›"),
      ("\u{1B}[2J\u{7F}\u{9B}", "\\u{1B}[2J\\u{7F}\\u{9B}", "‹U+001B›[2J‹U+007F›‹U+009B›"),
      ("\u{202E}\u{2066}\u{200F}", "\\u{202E}\\u{2066}\\u{200F}", "‹U+202E›‹U+2066›‹U+200F›"),
      ("\u{200B}\u{FEFF}\u{2028}", "\\u{200B}\\u{FEFF}\\u{2028}", "‹U+200B›‹U+FEFF›‹U+2028›"),
      ("\u{E0041}\u{E000}\u{3164}", "\\u{E0041}\\u{E000}\\u{3164}", "‹U+E0041›‹U+E000›‹U+3164›"),
      (
        "\u{FFFE}\u{FFFF}\u{1FFFE}\u{10FFFF}",
        "\\u{FFFE}\\u{FFFF}\\u{1FFFE}\\u{10FFFF}",
        "‹U+FFFE›‹U+FFFF›‹U+1FFFE›‹U+10FFFF›"
      ),
      ("é e\u{301} 名前 😀", "é e\u{301} 名前 😀", "é e\u{301} 名前 😀"),
    ])
  func writesOutWhatIsUnseen(text: String, escaped: String, named: String) {
    #expect(TerminalText.visible(text).utf8.elementsEqual(escaped.utf8))
    #expect(
      TerminalText.visible(text, notation: .codePoint).utf8.elementsEqual(named.utf8))
  }

  @Test(arguments: [160, 161, 199, 200, 319, 320, 321, 5_000])
  func cutsLongRunsInTheMiddle(count: Int) {
    let text = "see " + String(repeating: "a", count: count - 1) + "z end"
    let visible = TerminalText.visible(text)
    if count <= 160 {
      #expect(visible == text)
    } else if count < 4_000 {
      let shown =
        String(repeating: "a", count: 120) + "…" + String(repeating: "a", count: 38) + "z"
      #expect(visible == "see \(shown) end")
    } else {
      #expect(visible.unicodeScalars.count < 200)
      #expect(visible.hasSuffix("…"))
    }
  }

  @Test(
    arguments: [
      ("abc", 3), ("é", 1), ("e\u{301}", 1), ("名前", 4), ("ｱ", 1), ("Ａ", 2), ("😀", 2), ("한", 2),
      ("\u{1112}\u{1161}\u{11AB}", 2), ("☺", 1), ("⌚", 2), ("🇩", 1), ("…", 1), ("\u{20DD}", 0),
      ("\u{20000}", 2),
    ])
  func measures(text: String, columns: Int) {
    #expect(TerminalText.width(of: text) == columns)
  }
}

struct RepeatedLineTests {
  /// What is written of a finding does not depend on the one before it.
  @Test func linesAreThoseOfTheirFindings() {
    func finding(
      _ message: String, _ pointer: String = "/a", rule: String = "r",
      _ severity: Severity = .error,
      line: Int = 1, _ fixability: Finding.Fixability? = nil
    ) -> Finding {
      let place = Position(
        line: line, column: 1, utf16Column: 1, byteColumn: 1, offset: 0, scalarOffset: 0,
        utf16Offset: 0)
      var finding = Finding(
        rule: RuleID(pack: "p", rule: rule), severity: severity, message: message,
        location: Location(
          path: "a.json", region: Region(start: place, end: place), pointer: JSONPointer(pointer),
          kind: .value))
      finding.fixability = fixability
      return finding
    }
    let findings = [
      finding("m"), finding("m", line: 2), finding("m", rule: "s"), finding("m", "/b"),
      finding("m", "/b", .info), finding("m", "/b", .info, .safe), finding("K"),
      finding("\u{212A}"),
      finding("\u{E9}"), finding("e\u{301}"), finding(String(repeating: "m ", count: 4_000)),
      finding(String(repeating: "m ", count: 4_000), line: 2),
    ]
    func written(_ findings: [Finding]) -> [UInt8] {
      var output: [UInt8] = []
      var reporter = CompactReporter(
        header: ReportHeader(toolVersion: "1.2.3", rules: []), options: ReportOptions())
      for finding in findings { reporter.append(finding, into: &output) }
      return output
    }
    for first in findings {
      for second in findings {
        #expect(written([first, second]) == written([first]) + written([second]))
      }
    }
  }
}

struct ExcerptBlockTests {
  private func block(_ text: String, _ highlight: Range<Int>, columns: Int = 80) -> String {
    var excerpt = Excerpt(of: [], line: TextRange(0, 0), highlight: TextRange(0, 0))
    excerpt.text = text
    excerpt.highlight = highlight
    var output: [UInt8] = []
    ExcerptBlock(excerpt: excerpt, line: 7, columns: columns)
      .write(Palette(isOn: false), severity: .error, into: &output)
    return String(decoding: output, as: UTF8.self)
  }

  @Test(
    arguments: [
      ("abc", 1..<3, "  7 | abc\n    |  ^~\n"),
      ("", 0..<0, "  7 |\n    | ^\n"),
      ("ab", 2..<2, "  7 | ab\n    |   ^\n"),
      ("\ta\tb", 3..<4, "  7 |     a   b\n    |         ^\n"),
      ("名\u{301}x", 2..<3, "  7 | 名\u{301}x\n    |   ^\n"),
      ("x名前", 1..<3, "  7 | x名前\n    |  ^~~~\n"),
      ("\u{1B}x", 1..<2, "  7 | \\u{1B}x\n    |       ^\n"),
      ("a", 5..<9, "  7 | a\n    |  ^\n"),
    ])
  func pointsAt(text: String, highlight: Range<Int>, expected: String) {
    #expect(block(text, highlight).utf8.elementsEqual(expected.utf8))
  }

  @Test(arguments: [30, 40, 79, 120])
  func fitsTheTerminal(columns: Int) {
    for start in stride(from: 0, to: 300, by: 13) {
      let line = String(repeating: "名b", count: 150)
      let lines = block(line, start..<(start + 20), columns: columns).split(separator: "\n")
      #expect(lines.count == 2)
      for line in lines {
        #expect(TerminalText.width(of: String(line)) <= columns)
      }
      #expect(lines[1].contains("^"))
    }
  }

  @Test func keepsTheHighlightInView() {
    let text = String(repeating: "a", count: 200) + "NEEDLE" + String(repeating: "b", count: 200)
    let lines = block(text, 200..<206, columns: 60).split(separator: "\n").map(Array.init)
    let caret = lines[1].firstIndex(of: "^") ?? 0
    #expect(String(lines[0][caret..<(caret + 6)]) == "NEEDLE")
    #expect(String(lines[1][caret...]) == "^~~~~~")
    #expect(lines[0].contains("…"))
  }
}

struct TextReporterTests {
  private func text(_ options: ReportOptions) -> String {
    String(decoding: FixedReport.typical.written(as: .text, options: options), as: UTF8.self)
  }

  @Test func showsHelpOnlyWhenAsked() {
    #expect(text(ReportOptions()).contains("= help:"))
    #expect(!text(ReportOptions(showsHelp: false)).contains("= help:"))
  }

  /// Headlines are one line; notes, help and excerpts fit the width.
  @Test(arguments: [40, 60, 100, 200])
  func fitsTheWidth(columns: Int) {
    for report in FixedReport.all where report.name != "nasty" {
      let text = String(
        decoding: report.written(as: .text, options: ReportOptions(columns: columns)), as: UTF8.self
      )
      let headlines = text.split(separator: "\n").filter { !$0.hasPrefix(" ") }
      let places = report.findings.count + report.findings.flatMap(\.related).count
      #expect(headlines.count == places)
      // A word that is too long stays whole.
      for line in text.split(separator: "\n")
      where line.hasPrefix(" ") && line.split(separator: " ").count > 3 {
        #expect(TerminalText.width(of: line) <= columns)
      }
    }
  }

  @Test(
    arguments: [
      (nil, ".json:1:1: info: wrong [p/r]\n"), (.safe, ".json:1:1: info: wrong [p/r] [fixable]\n"),
      (.unsafe, ".json:1:1: info: wrong [p/r] [fixable with --unsafe-fixes]\n"),
    ] as [(Finding.Fixability?, String)], [ReportFormat.text, .compact])
  func marksFixable(line: (fixability: Finding.Fixability?, text: String), format: ReportFormat) {
    let file = SourceFile("a.json", "1")
    var finding = Finding(
      "p/r", .info, "wrong", in: file, at: file.location(of: "1", pointer: ""))
    finding.fixability = line.fixability
    let report = FixedReport(
      name: "one", rules: [], files: [file], findings: [finding], summary: ReportSummary())
    let text = String(decoding: report.written(as: format), as: UTF8.self)
    #expect(text.hasPrefix("a" + line.text))
  }

  @Test func colorsOnlyWhenAsked() {
    let colored = text(ReportOptions(usesColor: true))
    #expect(colored.contains("\u{1B}[1;38;5;196merror:\u{1B}[0m"))
    #expect(!text(ReportOptions()).contains("\u{1B}"))
    let plain = colored.replacing(/\u{1B}\[[0-9;]*m/, with: "")
    #expect(plain == text(ReportOptions()))
  }

  /// At a terminal, each file has one heading, and no line but a word is wider than it.
  @Test(arguments: [40, 60, 100, 200])
  func groupsFindingsAtATerminal(columns: Int) {
    for report in FixedReport.all where report.name != "nasty" {
      let options = ReportOptions(isTerminal: true, columns: columns)
      let text = String(decoding: report.written(as: .text, options: options), as: UTF8.self)
      let paths = report.findings.map { TerminalText.visible(path: $0.path) }
      let changes = zip(paths, [""] + paths).filter { $0 != $1 }.map(\.0)
      #expect(
        text.split(separator: "\n").filter { changes.contains(String($0)) }.map(String.init)
          == changes)
      for line in text.split(separator: "\n")
      where line.hasPrefix(" ") && line.split(separator: " ").count > 3 {
        #expect(TerminalText.width(of: line) <= columns)
      }
    }
  }

  /// Files whose names look alike have headings, elements and groups of their own.
  @Test func filesAreToldApartByTheirBytes() {
    let files = ["cafe\u{301}.json", "caf\u{E9}.json"].map { SourceFile($0, "1") }
    let findings = files.map {
      Finding("p/r", .info, "wrong", in: $0, at: $0.location(of: "1", pointer: ""))
    }
    let report = FixedReport(
      name: "alike", rules: [], files: files, findings: findings, summary: ReportSummary())
    func written(_ format: ReportFormat, _ options: ReportOptions = ReportOptions()) -> String {
      String(decoding: report.written(as: format, options: options), as: UTF8.self)
    }
    func count(_ mark: String, _ text: String) -> Int {
      text.components(separatedBy: mark).count - 1
    }
    let text = written(.text, ReportOptions(isTerminal: true, columns: 80))
    #expect(count(".json", text) == 2)
    #expect(count("<div class=\"file\" ", written(.html)) == 2)
    #expect(count("<file ", written(.checkstyle)) == 2)
    #expect(count("<testcase", written(.junit)) == 3)
  }

  /// Colors change no character, at a terminal and elsewhere.
  @Test(arguments: FixedReport.all, [true, false])
  func colorsAreNeverTheOnlySign(report: FixedReport, isTerminal: Bool) {
    func written(usesColor: Bool) -> String {
      let options = ReportOptions(usesColor: usesColor, isTerminal: isTerminal, columns: 80)
      return String(decoding: report.written(as: .text, options: options), as: UTF8.self)
    }
    let plain = written(usesColor: true).replacing(/\u{1B}\[[0-9;]*m/, with: "")
    #expect(plain.utf8.elementsEqual(written(usesColor: false).utf8))
  }

  /// Places are links to the files that there are; the rest of the text stays as it is.
  @Test(arguments: [ReportFormat.text, .compact], [true, false])
  func placesAreLinks(format: ReportFormat, isTerminal: Bool) throws {
    func written(_ links: TerminalLinks?) -> String {
      let options = ReportOptions(isTerminal: isTerminal, links: links, columns: 80)
      return String(
        decoding: FixedReport.typical.written(as: format, options: options), as: UTF8.self)
    }
    let plain = written(nil)
    #expect(written(TerminalLinks(hasLines: true) { _ in nil }) == plain)
    let link = /\u{1B}\]8;;([^\u{1B}]*)\u{1B}\\/
    for hasLines in [true, false] {
      let linked = written(
        TerminalLinks(hasLines: hasLines) { "file://host/\($0.replacing(" ", with: "%20"))" })
      #expect(linked.replacing(link, with: "") == plain)
      let addresses = linked.matches(of: link).map { String($0.1) }
      // Each is ended before the next one.
      #expect(addresses.count.isMultiple(of: 2))
      for (index, address) in addresses.enumerated() {
        #expect(address.isEmpty == !index.isMultiple(of: 2))
        #expect(address.contains("#") == (hasLines && !address.isEmpty))
      }
      let first = try #require(FixedReport.typical.findings.first)
      let line = hasLines ? "#\(first.region.start.line)" : ""
      #expect(addresses.contains("file://host/\(first.path)\(line)"))
    }
  }

  @Test func neverShowsWhatIsRedacted() {
    for format in ReportFormat.allCases {
      let report = String(decoding: FixedReport.typical.written(as: format), as: UTF8.self)
      #expect(!report.contains("4711"))
    }
  }

  @Test func showsADiagnostic() {
    var output: [UInt8] = []
    DiagnosticText.append(
      Diagnostic("argument/pack", "no pack is named \u{1B}x"), options: ReportOptions(),
      into: &output)
    #expect(
      String(decoding: output, as: UTF8.self)
        == "requisite: error: no pack is named \\u{1B}x [argument/pack]\n")
  }
}

struct DiagnosticTextTests {
  /// At a terminal, lines end at spaces; elsewhere there is one.
  @Test func diagnosticsAreWrappedAtATerminal() {
    let file = SourceFile("a b.yaml", "rules: 1\n")
    var diagnostics = [
      Diagnostic(
        "argument/pack", "no pack is named \u{1B}x, and none of the others is like it either")
    ]
    diagnostics.append(
      Diagnostic(
        "pack/type", "expected a mapping, found a number that nobody would take for one",
        at: file.location(of: "1", pointer: "")))
    func text(isTerminal: Bool) -> String {
      var output: [UInt8] = []
      for diagnostic in diagnostics {
        DiagnosticText.append(
          diagnostic, options: ReportOptions(isTerminal: isTerminal, columns: 40), into: &output)
      }
      return String(decoding: output, as: UTF8.self)
    }
    #expect(
      text(isTerminal: true) == """
        requisite: error: no pack is named
            \\u{1B}x, and none of the others is
            like it either [argument/pack]
        a b.yaml:1:8: error: expected a
            mapping, found a number that nobody
            would take for one [pack/type]
          1 | rules: 1
            |        ^

        """)
    #expect(text(isTerminal: false).split(separator: "\n").count == 4)
  }
}

struct TerminalStyleTests {
  /// Backgrounds of terminals: black, white, and those of VS Code, GNOME, Tango, Solarized, Gruvbox, Dracula and
  /// Nord.
  private static let backgrounds = [
    0x000000, 0xFFFFFF, 0x1E1E1E, 0x171421, 0x2E3436, 0x002B36, 0xFDF6E3, 0x282828, 0xFBF1C7,
    0x282A36, 0x2E3440,
  ]

  /// The contrast of two colors by WCAG 2.2, from 1 to 21.
  private static func contrast(_ first: Int, _ second: Int) -> Double {
    func luminance(_ color: Int) -> Double {
      zip([16, 8, 0], [0.2126, 0.7152, 0.0722]).map { shift, weight in
        let value = Double(color >> shift & 0xFF) / 255
        return weight * (value <= 0.04045 ? value / 12.92 : pow((value + 0.055) / 1.055, 2.4))
      }.reduce(0, +)
    }
    let (first, second) = (luminance(first), luminance(second))
    return (max(first, second) + 0.05) / (min(first, second) + 0.05)
  }

  @Test(
    arguments: [
      .rule, .gutter, .label, .added, .severity(.error), .severity(.warning), .severity(.info),
    ] as [TerminalStyle])
  func colorsCanBeReadOnAnyBackground(style: TerminalStyle) throws {
    let number = try #require(Int(style.parameters.split(separator: ";").last ?? ""))
    // The cube of 6 × 6 × 6 colors behind the first 16, which terminals do not choose themselves.
    try #require((16..<232).contains(number))
    let levels = [0, 95, 135, 175, 215, 255]
    let steps = [(number - 16) / 36, (number - 16) / 6 % 6, (number - 16) % 6]
    let color = steps.reduce(0) { $0 << 8 | levels[$1] }
    for background in Self.backgrounds {
      #expect(Self.contrast(color, background) >= 3)
    }
  }
}

struct SummaryLineTests {
  @Test(
    arguments: [
      (ReportSummary(), "nothing checked"),
      (ReportSummary(fileCount: 1, requestCount: 1), "no findings in 1 file (1 request)"),
      (ReportSummary(fileCount: 14, requestCount: 15), "no findings in 14 files (15 requests)"),
      (
        ReportSummary(
          fileCount: 14, requestCount: 14, affectedFileCount: 2, counts: [.error: 3, .warning: 1]),
        "3 errors, 1 warning in 2 of 14 files"
      ),
      (
        ReportSummary(
          fileCount: 1, requestCount: 900, affectedFileCount: 1, counts: [.info: 2, .error: 0]),
        "2 infos in 1 file (900 requests)"
      ),
      (
        ReportSummary(fileCount: 1, requestCount: 1, suppressedCount: 2),
        "no findings in 1 file (1 request); 2 suppressed"
      ),
      (
        ReportSummary(
          fileCount: 1, requestCount: 1, counts: [.error: 1], suppressedCount: 1, acceptedCount: 9),
        "1 error in 1 file; 1 suppressed, 9 in the baseline"
      ),
      (
        ReportSummary(fileCount: 1, requestCount: 1, acceptedCount: 1),
        "no findings in 1 file (1 request); 1 in the baseline"
      ),
      (fixable(safe: 2), "1 error in 1 file; 2 fixable with --fix"),
      (fixable(unsafe: 2), "1 error in 1 file; 2 fixable with --fix --unsafe-fixes"),
      (
        fixable(safe: 1, unsafe: 2),
        "1 error in 1 file; 1 fixable with --fix, 2 more fixable with --fix --unsafe-fixes"
      ),
      (
        fixable(safe: 1, unsafe: 2, onlyShown: true),
        "1 error in 1 file; 1 fixable with --diff, 2 more fixable with --diff --unsafe-fixes"
      ),
    ])
  func reads(summary: ReportSummary, line: String) {
    #expect(summary.line() == line)
  }

  private static func fixable(
    safe: Int? = nil, unsafe: Int? = nil, onlyShown: Bool = false
  ) -> ReportSummary {
    var summary = ReportSummary(fileCount: 1, requestCount: 1, counts: [.error: 1])
    summary.fixableCounts[.safe] = safe
    summary.fixableCounts[.unsafe] = unsafe
    summary.canOnlyShowFixes = onlyShown
    return summary
  }
}
