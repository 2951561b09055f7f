import Findings
import SourceText

/// Writes a self-contained page for people.
///
/// Findings are written as they come. The summary is known only at the end; the page's script moves it
/// before the findings. All styles and scripts are static, and the policy of the page allows no others.
struct HTMLReporter: Reporter {
  static let traits = ReportTraits(
    fileExtension: "html", syntax: .markup,
    needs: [.details, .related, .excerpts, .fingerprints, .fixHunks], showsDiagnostics: true,
    showsFixes: true)

  /// The number of findings on the page; all others are in its totals and charts.
  static let findingLimit = 20_000
  /// The width of an excerpt.
  private static let columns = 100
  /// The number of digits of a fingerprint in an anchor: enough for the anchors of a page to differ.
  private static let anchorLength = 16
  /// How many findings have each anchor.
  private var anchors: [String: Int] = [:]

  private let header: ReportHeader
  private var tally = FindingDistribution()
  /// The loaded rules, once a finding needs one of them.
  private var descriptions: [RuleID: RuleDescription]?
  private var path: String?

  init(header: ReportHeader, options: ReportOptions) { self.header = header }

  func begin(into output: inout [UInt8]) {
    output.write(
      """
      <!DOCTYPE html>
      <html lang="en">
      <head>
      <meta charset="utf-8">
      <meta http-equiv="Content-Security-Policy" content="\(ReportPage.policy)">
      <meta name="viewport" content="width=device-width, initial-scale=1">
      <meta name="referrer" content="no-referrer">
      <meta name="color-scheme" content="light dark">
      <title>Requisite report</title>
      <style>
      """)
    output += ReportPage.style
    output.write(
      """
      </style>
      </head>
      <body>
      <a class="skip" href="#findings">Skip to the findings</a>
      <header>
      <h1>Requisite report</h1>
      <label class="theme" hidden><span>Theme</span> <select id="theme"><option value="">System</option>\
      <option value="light">Light</option><option value="dark">Dark</option></select></label>
      </header>
      <main>
      <p id="gone" hidden>The finding that the address names is not in this report. It may have been fixed.</p>
      <section id="findings" aria-labelledby="findings-title">
      <h2 id="findings-title">Findings</h2>
      <p id="part" hidden></p>
      <p><button type="button" id="earlier" hidden>Show earlier findings</button></p>

      """)
  }

  /// The anchor of a finding; log lines with the same key may share a fingerprint.
  private mutating func takeAnchor(of finding: Finding) -> String {
    let anchor = "f-\(finding.fingerprint.prefix(Self.anchorLength))"
    let count = anchors[anchor, default: 0] + 1
    anchors[anchor] = count
    return count == 1 ? anchor : "\(anchor)-\(count)"
  }

  mutating func append(_ finding: Finding, into output: inout [UInt8]) {
    let rule = tally.add(finding)
    guard tally.counts.total <= Self.findingLimit else { return }
    if path?.hasSameBytes(as: finding.artifactPath) != true {
      endFile(into: &output)
      path = finding.artifactPath
      output.write("<div class=\"file\" data-file=\"\(tally.fileCount - 1)\">\n<h3")
      Markup.appendTitle(ofCut: finding.artifactPath, into: &output)
      output.write(">")
      Markup.append(breaking: finding.artifactPath, into: &output)
      output.write("</h3>\n<ol>\n")
    }
    let anchor = takeAnchor(of: finding)
    let severity = finding.severity.rawValue
    output.write("<li class=\"finding \(severity)\" id=\"\(anchor)\" data-rule=\"\(rule)\">\n")
    output.write("<h4><span class=\"severity\">\(severity)</span> <span class=\"message\">")
    Markup.append(finding.message, into: &output)
    output.write("</span></h4>\n<p class=\"places\">")
    let start = finding.region.start
    output.write("<a href=\"#\(anchor)\">Line \(start.line), column \(start.column)</a> ")
    output.write("<a href=\"#rule-\(rule)\"><code>")
    Markup.append(finding.rule.description, into: &output)
    output.write("</code></a>")
    if let pointer = finding.pointer, !pointer.isRoot {
      output.write(" <code>")
      Markup.append(pointer.description, into: &output)
      output.write("</code>")
    }
    output.write("</p>\n")
    Self.write(excerptOf: finding.location, into: &output)
    if let detail = finding.detail {
      output.write("<p class=\"note\">")
      Markup.append(detail, into: &output)
      output.write("</p>\n")
    }
    Self.write(finding.related, into: &output)
    Self.write(fixOf: finding, into: &output)
    if description(of: finding.rule)?.help.isEmpty == false {
      output.write("<details class=\"help\"><summary>Help</summary></details>\n")
    }
    output.write("</li>\n")
  }

  mutating func end(_ summary: ReportSummary, into output: inout [UInt8]) {
    endFile(into: &output)
    output.write("<p id=\"none\" hidden>No finding fits the filters.</p>\n")
    output.write("<p><button type=\"button\" id=\"more\" hidden>Show more findings</button></p>\n")
    if tally.counts.total == 0 {
      let text = summary.requestCount == 0 ? "Nothing was checked." : "No findings."
      output.write("<p>\(text)</p>\n")
    }
    if tally.counts.total > Self.findingLimit {
      let rest = tally.counts.total - Self.findingLimit
      let text = "\(rest) more \(rest == 1 ? "finding is" : "findings are") left out."
      output.write("<p id=\"left-out\" data-count=\"\(rest)\">\(text)</p>\n")
    }
    output.write("</section>\n")
    for (id, _) in tally.rules { _ = description(of: id) }
    HTMLSummary(summary: summary, tally: tally, descriptions: descriptions ?? [:])
      .write(into: &output)
    output.write("</main>\n<footer><p>Written by \(ToolInformation.name) ")
    Markup.append(header.toolVersion, into: &output)
    output.write("</p></footer>\n<script>")
    output += ReportPage.script
    output.write("</script>\n</body>\n</html>\n")
  }

  private mutating func endFile(into output: inout [UInt8]) {
    if path != nil { output.write("</ol>\n</div>\n") }
    path = nil
  }

  private mutating func description(of rule: RuleID) -> RuleDescription? {
    if let descriptions { return descriptions[rule] }
    let descriptions = Dictionary(header.rules.map { ($0.id, $0) }) { first, _ in first }
    self.descriptions = descriptions
    return descriptions[rule]
  }
}

// MARK: - Parts of a finding

extension HTMLReporter {
  /// Writes the line of a location and the marks under it, which screen readers skip.
  private static func write(excerptOf location: Location, into output: inout [UInt8]) {
    guard let excerpt = location.excerpt else { return }
    let line = location.region.start.line
    let shown = ExcerptBlock(excerpt: excerpt, line: line, columns: columns).shown()
    let (text, highlight) = (shown.text, shown.highlight)
    let start = shown.isCutBefore ? " …" : text.isEmpty ? "" : " "
    output.write("<pre>  \(line) |\(start)")
    Markup.append(shown: text[..<highlight.lowerBound], into: &output)
    output.write("<mark>")
    Markup.append(shown: text[highlight], into: &output)
    output.write(highlight.isEmpty ? " </mark>" : "</mark>")
    Markup.append(shown: text[highlight.upperBound...], into: &output)
    output.write(shown.isCutAfter ? "…\n" : "\n")
    output.write("<span class=\"marks\" aria-hidden=\"true\">")
    output.write(" ", count: ExcerptBlock.gutterWidth(line: line))
    output.write("|<span class=\"caret\">")
    output.write(" ", count: 1 + (shown.isCutBefore ? 1 : 0) + shown.before)
    output.write("^")
    output.write("~", count: shown.marked - 1)
    output.write("</span></span></pre>\n")
  }

  private static func write(_ related: [RelatedLocation], into output: inout [UInt8]) {
    guard !related.isEmpty else { return }
    output.write("<ul class=\"related\">\n")
    for item in related.prefix(TextReporter.relatedLimit) {
      let start = item.location.region.start
      output.write("<li>Line \(start.line), column \(start.column): ")
      Markup.append(item.message, into: &output)
      output.write("\n")
      write(excerptOf: item.location, into: &output)
      output.write("</li>\n")
    }
    if related.count > TextReporter.relatedLimit {
      output.write("<li>… and \(related.count - TextReporter.relatedLimit) more</li>\n")
    }
    output.write("</ul>\n")
  }

  private static func write(fixOf finding: Finding, into output: inout [UInt8]) {
    guard let fixability = finding.fixability else { return }
    output.write("<div class=\"fix\">\n<p>Fixed with ")
    switch fixability {
    case .safe: output.write("<code>--fix</code>")
    case .unsafe: output.write("<code>--fix --unsafe-fixes</code>")
    }
    guard let fix = finding.fix else {
      output.write("</p>\n</div>\n")
      return
    }
    output.write(": ")
    Markup.append(fix.description, into: &output)
    output.write("</p>\n")
    if !fix.hunks.isEmpty {
      output.write("<pre class=\"diff\">")
      for hunk in fix.hunks { write(hunk, into: &output) }
      output.write("</pre>\n")
    }
    output.write("</div>\n")
  }

  private static func write(_ hunk: Fix.Hunk, into output: inout [UInt8]) {
    output.write("<span class=\"muted\">@@ -")
    output.write("\(hunk.line),\(hunk.removed.count) +\(hunk.line),\(hunk.added.count) @@</span>")
    for (tag, mark, lines) in [("del", "-", hunk.removed), ("ins", "+", hunk.added)] {
      for line in lines.prefix(Fix.Hunk.lineLimit) {
        output.write("<\(tag)>\(mark)")
        Markup.append(shown: TerminalText.line(of: line).utf8, into: &output)
        output.write("</\(tag)>")
      }
      if lines.count > Fix.Hunk.lineLimit {
        output.write("<\(tag)>\(mark)… \(lines.count - Fix.Hunk.lineLimit) more lines</\(tag)>")
      }
    }
  }
}
