import Findings
import Foundation
import SourceText
import TestSupport
import Testing

@testable import Reporting

/// The markup of the HTML report; `.ci/integrations/page.py` tests the page in a browser.
struct HTMLReportTests {
  private static func page(_ report: FixedReport) -> String {
    String(decoding: report.written(as: .html), as: UTF8.self)
  }

  private static func report(_ findings: [Finding], help: String = "") -> FixedReport {
    FixedReport(
      name: "one",
      rules: [
        RuleDescription(
          id: RuleID(pack: "p", rule: "r"), severity: .error, summary: "One", help: help)
      ],
      files: [], findings: findings,
      summary: ReportSummary(fileCount: 1, requestCount: 1, counts: [.error: findings.count]))
  }

  /// Findings of log lines with the same key share fingerprints.
  @Test func linksAreUnique() {
    var report = FixedReport.typical
    report.findings += report.findings
    let ids = Self.page(report).matches(of: /<li class="finding [a-z]+" id="([^"]*)"/).map(\.1)
    #expect(ids.count == report.findings.count)
    #expect(Set(ids).count == ids.count)
  }

  // MARK: - Policy

  /// The policy has the hashes of the style and the script; with others, a browser would ignore both.
  @Test(arguments: FixedReport.all)
  func policyAllowsForTheStaticPartsAlone(report: FixedReport) throws {
    let page = Self.page(report)
    for tag in ["style", "script"] {
      let parts = page.components(separatedBy: "<\(tag)>")
      #expect(parts.count == 2)
      let part = try #require(parts.last?.components(separatedBy: "</\(tag)>").first)
      var hash = SHA256()
      hash.update(part)
      let source = Data(hash.digest()).base64EncodedString()
      #expect(page.contains("; \(tag)-src 'sha256-\(source)'"))
    }
    #expect(page.contains("content=\"default-src 'none'; "))
    #expect(page.contains("base-uri 'none'; form-action 'none'\">"))
    #expect(page.contains(/<(?:img|link|iframe|object)|\son[a-z]+=|\sstyle=|\ssrc=/) == false)
  }

  /// Goldens leave out the style and the script.
  @Test func staticPartsAreTheirSourceFiles() throws {
    let page = Self.page(.empty)
    for (tag, file) in [("style", "report.css"), ("script", "report.js")] {
      let source = repository.appending(path: "Sources/CReportPage/\(file)")
      let text = try String(contentsOf: source, encoding: .utf8)
      #expect(page.contains("<\(tag)>\(text)</\(tag)>"))
      #expect(!text.contains("</"))
    }
    let rest = String(decoding: Self.withoutStaticParts(Array(page.utf8)), as: UTF8.self)
    #expect(rest.contains("<style>…</style>"))
    #expect(rest.contains("<script>…</script>"))
    #expect(rest.contains("script-src 'sha256-…'; base-uri 'none'"))
  }

  /// A page with placeholders for the style, the script and their hashes.
  static func withoutStaticParts(_ page: [UInt8]) -> [UInt8] {
    var page = String(decoding: page, as: UTF8.self)
    let parts = [(ReportPage.style, "style"), (ReportPage.script, "script")]
    for (part, tag) in parts {
      let text = String(decoding: part, as: UTF8.self)
      page = page.replacing("<\(tag)>\(text)</\(tag)>", with: "<\(tag)>…</\(tag)>")
      var hash = SHA256()
      hash.update(part)
      let source = Data(hash.digest()).base64EncodedString()
      page = page.replacing("\(tag)-src 'sha256-\(source)'", with: "\(tag)-src 'sha256-…'")
    }
    return Array(page.utf8)
  }

  /// The style and the script are not minified, and stay small.
  @Test func staticPartsAreReadable() {
    for part in [ReportPage.style, ReportPage.script] {
      #expect((1_000..<16_000).contains(part.count))
      #expect(part.allSatisfy { $0 == 0x0A || (0x20..<0x7F).contains($0) })
    }
  }

  // MARK: - Escaping

  @Test(arguments: [
    ("<b>&amp;\"'</b>", "&lt;b&gt;&amp;amp;&quot;&#39;&lt;/b&gt;"),
    ("</script><!--", "&lt;/script&gt;&lt;!--"),
    ("a\nb\t\u{0}\u{1B}[2J", "a\\nb\\t\\u{0}\\u{1B}[2J"),
    ("\u{2028}\u{2029}\u{85}\u{202E}\u{2066}", "\\u{2028}\\u{2029}\\u{85}\\u{202E}\\u{2066}"),
    ("\u{FFFE}\u{FFFF}\u{1FFFE}", "\\u{FFFE}\\u{FFFF}\\u{1FFFE}"),
    ("é 名前 😀", "é 名前 😀"),
  ]) func textIsInert(text: String, inert: String) {
    var output: [UInt8] = []
    Markup.append(text, into: &output)
    #expect(output == Array(inert.utf8))
  }

  /// No text of a request or pack is markup, wherever it is on the page.
  @Test func noTextBecomesMarkup() {
    let evil = "\"'><i>&\u{202E}"
    let file = SourceFile("\(evil).json", "{\"a\": \"\(evil)\"}\n")
    let location = file.location(of: "\"\(evil)\"", pointer: "/\(evil)")
    var finding = Finding(
      "p/r", .error, evil, detail: evil, in: file, at: location,
      related: [RelatedLocation(location: location, message: evil)], fixability: .safe)
    finding.fix = Fix(description: evil, isSafe: true, edits: [])
    finding.fix?.hunks = [Fix.Hunk(line: 1, removed: [evil], added: [evil, evil])]
    var report = Self.report([finding], help: "\(evil) `\(evil)`")
    report.rules[0].summary = evil
    report.rules[0].url = "https://example.com/\(evil)"
    report.summary.diagnostics = [Diagnostic("config/x", evil, at: location)]
    let page = Self.page(report)
    #expect(!page.contains("<i>"))
    #expect(!page.contains("\u{202E}"))
    // An unescaped quote would end an attribute.
    #expect(page.components(separatedBy: "&lt;i&gt;").count > 15)
    #expect(!page.contains("\"'"))
  }

  // MARK: - Summary

  /// Notes name the findings and files that the page does not show.
  @Test func countsWhatIsNotShown() {
    let file = SourceFile("a.json", "{}")
    let location = file.location(of: "{", pointer: "")
    var report = Self.report([Finding("p/r", .error, "m", in: file, at: location)])
    #expect(!Self.page(report).contains("class=\"notes\""))
    report.summary.fileCount = 3
    report.summary.affectedFileCount = 1
    report.summary.suppressedCount = 4
    report.summary.acceptedCount = 5
    report.summary.knownCount = 6
    report.summary.earlierRevision = "<main>"
    report.summary.unmatchedFileCount = 2
    report.summary.fixableCounts = [.safe: 1]
    let page = Self.page(report)
    #expect(page.contains("<li><b>1</b> of 3 files</li>"))
    #expect(page.contains("<li>1 fixable with --fix</li>"))
    #expect(
      page.contains(
        "<li>Not shown: 4 suppressed, 5 in the baseline, 6 known since &lt;main&gt;</li>"))
    #expect(page.contains("<li>2 files skipped that no pack fits</li>"))
  }

  /// A page on which nothing was checked does not claim that there are no findings.
  @Test func saysThatNothingWasChecked() {
    var report = FixedReport.empty
    #expect(Self.page(report).contains("<p>No findings.</p>"))
    #expect(Self.page(report).contains("<li><b>0</b> errors</li>"))
    report.summary.requestCount = 0
    #expect(Self.page(report).contains("<p>Nothing was checked.</p>"))
  }

  // MARK: - Findings

  /// The highlight is marked within the line and under it, wherever the line is cut.
  @Test(arguments: [
    ("{\"a\": 1}", "1", "  1 | {&quot;a&quot;: <mark>1</mark>}\n", ">       ^"),
    ("{\"a\": \"é名\"}", "\"é名\"", ": <mark>&quot;é名&quot;</mark>}\n", ">       ^~~~~"),
    ("{\"a\"", "?", "{&quot;a&quot;<mark> </mark>\n", ">     ^"),
    (
      String(repeating: "é", count: 200) + "<b>" + String(repeating: "é", count: 200), "<b>",
      "é<mark>&lt;b&gt;</mark>é", "^~~"
    ),
  ]) func marksTheHighlight(text: String, part: String, line: String, marks: String) {
    let file = SourceFile("a.json", text)
    let location = file.location(of: part, pointer: "")
    let page = Self.page(Self.report([Finding("p/r", .error, "m", in: file, at: location)]))
    #expect(page.contains(line))
    #expect(page.contains("\(marks)</span></span></pre>"))
  }

  /// A narrow page breaks a path behind a slash or an underscore.
  @Test(arguments: [
    ("a/b/<c>", "a/<wbr>b/<wbr>&lt;c&gt;"), ("https://e.org/a/", "https://<wbr>e.org/<wbr>a/"),
    ("a_b__c_", "a_<wbr>b__<wbr>c_"), ("/_a", "/_<wbr>a"), ("", ""), ("/", "/"),
  ]) func breaksBehindSlashesAndUnderscores(text: String, expected: String) {
    var output: [UInt8] = []
    Markup.append(breaking: text, into: &output)
    #expect(String(decoding: output, as: UTF8.self) == expected)
    #expect(Markup.html(breaking: text) == expected)
  }

  /// Two paths may be shown alike; their numbers and titles tell them apart.
  @Test func tellsFilesApartThatAreShownAlike() {
    func path(_ mark: String) -> String {
      String(repeating: "a", count: 150) + mark + String(repeating: "b", count: 150)
    }
    let findings = ["<x>", "<y>"].map { mark in
      let file = SourceFile(path(mark), "{}")
      return Finding("p/r", .error, "m", in: file, at: file.location(of: "{", pointer: ""))
    }
    let page = Self.page(Self.report(findings))
    for (number, mark) in ["&lt;x&gt;", "&lt;y&gt;"].enumerated() {
      let title = " title=\"\(path(mark))\">"
      #expect(page.contains("<div class=\"file\" data-file=\"\(number)\">\n<h3\(title)"))
      #expect(page.contains(" data-file=\"\(number)\" disabled><span class=\"name\"\(title)"))
    }
    let short = SourceFile("a.json", "{}")
    let finding = Finding("p/r", .error, "m", in: short, at: short.location(of: "{", pointer: ""))
    #expect(!Self.page(Self.report([finding])).contains(" title="))
  }

  @Test func showsTheFixAsADiff() {
    let file = SourceFile("a.json", "{\"a\": 1}\n")
    var finding = Finding(
      "p/r", .error, "m", in: file, at: file.location(of: "1", pointer: "/a"), fixability: .unsafe)
    finding.fix = Fix(description: "replace 1 by 2", isSafe: false, edits: [])
    let lines = (0..<50).map { "line \($0)" }
    finding.fix?.hunks = [
      Fix.Hunk(line: 3, removed: ["{\"a\": 1}"], added: ["{\"a\": 2}"]),
      Fix.Hunk(line: 9, removed: [], added: lines),
    ]
    let page = Self.page(Self.report([finding]))
    #expect(page.contains("<code>--fix --unsafe-fixes</code>: replace 1 by 2</p>"))
    #expect(
      page.contains(
        "@@ -3,1 +3,1 @@</span><del>-{&quot;a&quot;: 1}</del><ins>+{&quot;a&quot;: 2}</ins>"))
    #expect(page.contains("<ins>+line 39</ins><ins>+… 10 more lines</ins>"))
  }

  /// A page with too many findings leaves some out, but counts all in its totals and charts.
  @Test func leavesOutWhatIsTooMuch() {
    let file = SourceFile("a.json", "{}")
    let location = file.location(of: "{", pointer: "")
    let finding = Finding("p/r", .error, "m", in: file, at: location)
    let count = HTMLReporter.findingLimit + 2
    let page = Self.page(Self.report(Array(repeating: finding, count: count)))
    #expect(page.components(separatedBy: "<li class=\"finding ").count - 1 == count - 2)
    #expect(page.contains("<p id=\"left-out\" data-count=\"2\">2 more findings are left out.</p>"))
    #expect(page.contains("<b>\(count)</b> errors"))
  }

  /// The chart has the files with the most findings, wherever these are among all files.
  @Test func chartsTheLargestFiles() {
    var tally = FindingDistribution()
    for index in 0..<1_000 {
      let file = SourceFile("\(1_000 + index).json", "{}")
      let location = file.location(of: "{", pointer: "")
      for _ in 0...(index % 100 == 50 ? index : 0) {
        _ = tally.add(Finding("p/r\(index % 3)", .warning, "m", in: file, at: location))
      }
    }
    #expect(tally.fileCount == 1_000)
    #expect(
      tally.largestFiles.prefix(10).map(\.path)
        == (0..<10).reversed().map { "\(1_050 + 100 * $0).json" })
    #expect(
      tally.largestFiles.prefix(10).map(\.number) == (0..<10).reversed().map { 50 + 100 * $0 })
    #expect(tally.largestFiles.count == FindingDistribution.fileLimit)
    #expect(tally.rules.count == 3)
    #expect(tally.counts.total == tally.rules.reduce(0) { $0 + $1.counts.total })
  }
}
