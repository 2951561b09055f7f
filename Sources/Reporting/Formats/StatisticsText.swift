import Documents
package import Findings

/// Shows what every rule of a run did.
package enum StatisticsText {
  /// The statistics as a table for people, a line for each rule, and a line for each model.
  ///
  ///     RULE                              REQUESTS  VALUES  HELD  FAILED  SKIPPED
  ///     aws-connect-chat/attributes-size         3       3     3       0        0
  package static func table(_ statistics: RunStatistics) -> String {
    var rows = [["rule", "requests", "values", "held", "failed", "skipped", ""]]
    for rule in statistics.rules {
      let id = TerminalText.visible(rule.id.description)
      guard rule.severity != nil else {
        rows.append([id, "-", "-", "-", "-", "-", "off"])
        continue
      }
      rows.append(
        [
          id, String(rule.requestCount), String(rule.evaluatedCount), String(rule.heldCount),
          String(rule.failedCount), String(rule.skippedCount),
          rule.isInert ? "never applied: \(reason(for: rule))" : "",
        ])
    }
    for model in statistics.models {
      let count = model.heldCount + model.failedCount
      rows.append(
        [
          "\(TerminalText.visible(model.pack))/schema/*", String(count), String(count),
          String(model.heldCount), String(model.failedCount), "0",
          count == 0 ? "never applied: no request of this pack was seen" : "",
        ])
    }
    return TextTable.text(rows, rightAligned: 1..<6)
  }

  /// Why a rule that is on looked at nothing, in words.
  package static func reason(for rule: RunStatistics.Rule) -> String {
    if rule.seenRequestCount == 0 { return "no request of this pack was seen" }
    if rule.skippedCount > 0 {
      let values = rule.skippedCount == 1 ? "the one value" : "all \(rule.skippedCount) values"
      return "'when' skipped \(values) that 'given' selected"
    }
    let requests = rule.seenRequestCount == 1 ? "1 request" : "\(rule.seenRequestCount) requests"
    return "'given' selected nothing in \(requests)"
  }

  /// Writes the member `statistics` of a JSON report, without a comma.
  static func writeMember(_ statistics: RunStatistics, into output: inout [UInt8]) {
    output.write(#""statistics":{"rules":["#)
    for (index, rule) in statistics.rules.enumerated() {
      output.write(index == 0 ? "\n" : ",\n")
      var json = JSONWriter()
      json.beginObject(into: &output)
      json.member("ruleId", rule.id.description, into: &output)
      json.member("severity", rule.severity?.rawValue ?? "off", into: &output)
      json.member("requestsSeen", rule.seenRequestCount, into: &output)
      json.member("requests", rule.requestCount, into: &output)
      json.member("evaluated", rule.evaluatedCount, into: &output)
      json.member("held", rule.heldCount, into: &output)
      json.member("failed", rule.failedCount, into: &output)
      json.member("skipped", rule.skippedCount, into: &output)
      json.member("neverApplied", rule.isInert, into: &output)
      json.endObject(into: &output)
    }
    output.write(statistics.rules.isEmpty ? "]," : "\n],")
    output.write(#""models":["#)
    for (index, model) in statistics.models.enumerated() {
      output.write(index == 0 ? "\n" : ",\n")
      var json = JSONWriter()
      json.beginObject(into: &output)
      json.member("pack", model.pack, into: &output)
      json.member("requests", model.heldCount + model.failedCount, into: &output)
      json.member("held", model.heldCount, into: &output)
      json.member("failed", model.failedCount, into: &output)
      json.endObject(into: &output)
    }
    output.write(statistics.models.isEmpty ? "]}" : "\n]}")
  }
}

/// Columns of text that is harmless already.
package enum TextTable {
  /// The rows as lines, each column as wide as its widest cell; the last is not filled up.
  package static func text(_ rows: [[String]], rightAligned: Range<Int> = 0..<0) -> String {
    let widths = widths(of: rows)
    return rows.map { line(of: $0, widths, rightAligned) + "\n" }.joined()
  }

  /// The rows as lines of at most `columns` columns: the text of the last column goes on beneath itself,
  /// or, where the others leave little room, on lines of its own; nil columns are no bound.
  ///
  /// That is where fewer than `leastRoom` columns are left for it.
  package static func text(columns: Int?, leastRoom: Int = 30, _ rows: [[String]]) -> String {
    guard let columns else { return text(rows) }
    let widths = widths(of: rows)
    let lead = lead(widths)
    let isBeside = columns - lead >= leastRoom
    let indent = isBeside ? lead : 4
    var text = ""
    for row in rows {
      let first = line(of: row.dropLast(), widths, 0..<0)
      var lines = LineWrapping.lines(of: row.last ?? "", columns: columns - indent)
      if isBeside {
        let filling = String(repeating: " ", count: max(0, lead - TerminalText.width(of: first)))
        text += first + (lines.isEmpty ? "" : filling + lines.removeFirst()) + "\n"
      } else {
        text += first + "\n"
      }
      for line in lines { text += String(repeating: " ", count: indent) + line + "\n" }
    }
    return text
  }

  /// The columns of `columns` that are left for the last cells of rows.
  package static func room(for rows: [[String]], columns: Int) -> Int {
    columns - lead(widths(of: rows))
  }

  private static func lead(_ widths: [Int]) -> Int { widths.dropLast().reduce(0) { $0 + $1 + 2 } }

  private static func widths(of rows: [[String]]) -> [Int] {
    var widths: [Int] = []
    for row in rows {
      for (column, cell) in row.enumerated() {
        if column == widths.count { widths.append(0) }
        widths[column] = max(widths[column], TerminalText.width(of: cell))
      }
    }
    return widths
  }

  private static func line(
    of row: some Sequence<String>, _ widths: [Int], _ rightAligned: Range<Int>
  ) -> String {
    var line = ""
    for (column, cell) in row.enumerated() {
      if column > 0 { line += "  " }
      let filling = String(repeating: " ", count: widths[column] - TerminalText.width(of: cell))
      line += rightAligned.contains(column) ? filling + cell : cell + filling
    }
    while line.last == " " { line.removeLast() }
    return line
  }
}
