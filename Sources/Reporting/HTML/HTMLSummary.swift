import Findings
import SourceText

/// The parts of the HTML report that depend on all findings: totals, charts, filters, diagnostics, and the
/// rules with their help.
struct HTMLSummary {
  var summary: ReportSummary
  var tally: FindingDistribution
  var descriptions: [RuleID: RuleDescription]

  /// The number of bars of a chart.
  private static let barLimit = FindingDistribution.fileLimit

  private static let severities = Severity.allCases.sorted(by: >)

  func write(into output: inout [UInt8]) {
    output.write(
      "<section id=\"summary\" aria-labelledby=\"summary-title\">\n<h2 id=\"summary-title\">Summary</h2>\n"
    )
    if tally.counts.total == 0 {
      output.write("<p>")
      Markup.append(summary.findingsLine(), into: &output)
      output.write("</p>\n")
    }
    writeTotals(into: &output)
    writeNotes(into: &output)
    writeDiagnostics(into: &output)
    writeCharts(into: &output)
    output.write("</section>\n")
    writeFilters(into: &output)
    writeRules(into: &output)
  }

  private func writeTotals(into output: inout [UInt8]) {
    output.write("<ul class=\"totals\">\n")
    for severity in Self.severities {
      let count = tally.counts[severity]
      let noun = count == 1 ? severity.rawValue : "\(severity.rawValue)s"
      // A count of zero has no color.
      output.write(count == 0 ? "<li>" : "<li class=\"\(severity.rawValue)\">")
      output.write("<b>\(count)</b> \(noun)</li>\n")
    }
    let (files, requests) = (summary.fileCount, summary.requestCount)
    let affected = summary.affectedFileCount
    if affected > 0, affected < files {
      output.write("<li><b>\(affected)</b> of \(files) files</li>\n")
    } else {
      output.write("<li><b>\(files)</b> \(files == 1 ? "file" : "files")</li>\n")
    }
    output.write("<li><b>\(requests)</b> \(requests == 1 ? "request" : "requests")</li>\n</ul>\n")
  }

  /// Writes how many findings can be fixed, and what the page does not show.
  private func writeNotes(into output: inout [UInt8]) {
    let omitted = summary.omitted.joined(separator: ", ")
    let notShown = omitted.isEmpty ? [] : ["Not shown: \(omitted)"]
    let notes = summary.fixable + notShown + summary.skipped
    guard !notes.isEmpty else { return }
    output.write("<ul class=\"notes\">\n")
    for note in notes {
      output.write("<li>")
      Markup.append(note, into: &output)
      output.write("</li>\n")
    }
    output.write("</ul>\n")
  }

  // MARK: Charts

  private func writeCharts(into output: inout [UInt8]) {
    guard tally.counts.total > 0 else { return }
    output.write("<div class=\"charts\">\n")
    let rules = tally.rulesBySize
    writeChart(
      "By rule", rest: (rules.count - Self.barLimit, "rule"),
      rules.prefix(Self.barLimit).map { place in
        Bar(
          key: ("rule", place), name: tally.rules[place].id.description,
          counts: tally.rules[place].counts)
      }, into: &output)
    writeChart(
      "By file", rest: (tally.fileCount - Self.barLimit, "file"),
      tally.largestFiles.map { Bar(key: ("file", $0.number), name: $0.path, counts: $0.counts) },
      into: &output)
    output.write("</div>\n")
  }

  /// A bar of a chart.
  private struct Bar {
    /// The kind and the number by which the page's script finds the rule or file.
    let key: (kind: String, number: Int)
    let name: String
    let counts: FindingDistribution.Counts
  }

  /// Writes a chart whose bars are buttons that show only the findings of a rule or file.
  private func writeChart(
    _ title: String, rest: (count: Int, noun: String), _ bars: [Bar], into output: inout [UInt8]
  ) {
    let scale = bars.first?.counts.total ?? 1
    output.write("<div>\n<h3>\(title)</h3>\n<ul class=\"chart\">\n")
    for bar in bars {
      output.write("<li><button type=\"button\" data-\(bar.key.kind)=\"\(bar.key.number)\"")
      output.write(" disabled><span class=\"name\"")
      Markup.appendTitle(ofCut: bar.name, into: &output)
      output.write(">")
      Markup.append(breaking: bar.name, into: &output)
      output.write("</span> <svg class=\"bar\" viewBox=\"0 0 \(scale) 1\"")
      output.write(" preserveAspectRatio=\"none\" aria-hidden=\"true\">")
      var place = 0
      for severity in Self.severities where bar.counts[severity] > 0 {
        let count = bar.counts[severity]
        output.write("<rect class=\"\(severity.rawValue)\" x=\"\(place)\" width=\"\(count)\"")
        output.write(" height=\"1\"/>")
        place += count
      }
      output.write("</svg> <span class=\"count\">\(bar.counts.total)")
      output.write("<span class=\"unseen\"> \(bar.counts.total == 1 ? "finding" : "findings")")
      output.write("</span></span></button></li>\n")
    }
    output.write("</ul>\n")
    if rest.count > 0 {
      output.write("<p class=\"muted\">and \(rest.count) more \(rest.noun)")
      output.write("\(rest.count == 1 ? "" : "s")</p>\n")
    }
    output.write("</div>\n")
  }

  // MARK: Filters

  private func writeFilters(into output: inout [UInt8]) {
    output.write(
      """
      <form id="filters" role="search" aria-labelledby="filters-title" hidden>
      <h2 id="filters-title">Filters</h2>
      <div class="fields">
      <fieldset><legend>Severity</legend>

      """)
    for severity in Self.severities {
      let name = severity.rawValue
      output.write("<label><input type=\"checkbox\" name=\"severity\" value=\"\(name)\" checked>")
      output.write(" \(name) (\(tally.counts[severity]))</label>\n")
    }
    output.write("</fieldset>\n<label><span>Rule</span> <select id=\"by-rule\">")
    output.write("<option value=\"\">all</option>\n")
    for place in tally.rules.indices.sorted(by: { tally.rules[$0].id < tally.rules[$1].id }) {
      output.write("<option value=\"\(place)\">")
      Markup.append(tally.rules[place].id.description, into: &output)
      output.write(" (\(tally.rules[place].counts.total))</option>\n")
    }
    output.write(
      """
      </select></label>
      <label><span>Path contains</span> <input id="by-path" type="text" autocomplete="off" spellcheck="false"></label>
      <label><span>Text contains</span> <input id="by-text" type="text" autocomplete="off" spellcheck="false"></label>
      </div>
      <div class="state"><button type="button" id="reset">Reset filters</button>
      <p id="status" role="status" aria-live="polite"></p></div>
      </form>

      """)
  }

  // MARK: Rules and diagnostics

  private func writeRules(into output: inout [UInt8]) {
    guard !tally.rules.isEmpty else { return }
    output.write(
      "<section id=\"rules\" aria-labelledby=\"rules-title\">\n<h2 id=\"rules-title\">Rules</h2>\n")
    for place in tally.rules.indices.sorted(by: { tally.rules[$0].id < tally.rules[$1].id }) {
      output.write("<div class=\"rule\" id=\"rule-\(place)\">\n<h3><code>")
      Markup.append(breaking: tally.rules[place].id.description, into: &output)
      output.write("</code></h3>\n<div class=\"text\">\n")
      if let description = descriptions[tally.rules[place].id] {
        write(description, into: &output)
      }
      output.write("</div>\n</div>\n")
    }
    output.write("</section>\n")
  }

  private func write(_ description: RuleDescription, into output: inout [UInt8]) {
    output.write("<p>")
    Markup.append(description.summary, into: &output)
    output.write("</p>\n")
    output.write(MarkdownHTML.html(of: description.help, below: 3))
    if let page = SARIFText.webAddress(description.url) {
      output.write("<p><a href=\"")
      Markup.append(shown: page.utf8, into: &output)
      output.write("\">")
      Markup.append(breaking: page, into: &output)
      output.write("</a></p>\n")
    }
  }

  private func writeDiagnostics(into output: inout [UInt8]) {
    guard !summary.diagnostics.isEmpty else { return }
    output.write("<h3>Diagnostics of the run</h3>\n<ul class=\"diagnostics\">\n")
    for diagnostic in summary.diagnostics {
      let severity = diagnostic.severity.rawValue
      output.write("<li class=\"\(severity)\"><span class=\"severity\">\(severity)</span> ")
      if let location = diagnostic.location {
        let start = location.region.start
        Markup.append(location.artifactPath, into: &output)
        output.write(":\(start.line):\(start.column): ")
      }
      output.write("<span class=\"message\">")
      Markup.append(diagnostic.message, into: &output)
      output.write("</span> <code>")
      Markup.append(diagnostic.code, into: &output)
      output.write("</code></li>\n")
    }
    output.write("</ul>\n")
  }
}
