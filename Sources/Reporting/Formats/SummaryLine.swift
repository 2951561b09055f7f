package import Findings

extension ReportSummary {
  /// The run in one line without a line end: `3 errors, 1 warning in 2 of 14 files`.
  package func line() -> String {
    let rest = fixable + omitted + skipped
    return rest.isEmpty ? findingsLine() : "\(findingsLine()); \(rest.joined(separator: ", "))"
  }

  /// How many findings can be fixed, and with which options.
  var fixable: [String] {
    let option = canOnlyShowFixes ? "--diff" : "--fix"
    let safe = fixableCounts[.safe, default: 0]
    let unsafe = fixableCounts[.unsafe, default: 0]
    return [
      safe > 0 ? "\(safe) fixable with \(option)" : nil,
      unsafe > 0
        ? "\(unsafe) \(safe > 0 ? "more " : "")fixable with \(option) --unsafe-fixes" : nil,
    ].compactMap { $0 }
  }

  /// How many findings are not reported, and why.
  var omitted: [String] {
    [
      suppressedCount > 0 ? "\(suppressedCount) suppressed" : nil,
      acceptedCount > 0 ? "\(acceptedCount) in the baseline" : nil,
      knownCount > 0
        ? "\(knownCount) known since \(TerminalText.visible(earlierRevision ?? ""))" : nil,
    ].compactMap { $0 }
  }

  /// How many inputs were skipped, and why.
  var skipped: [String] {
    unmatchedFileCount > 0
      ? ["\(Self.counted(unmatchedFileCount, "file")) skipped that no pack fits"] : []
  }

  /// The findings by severity, and the number of inputs.
  func findingsLine() -> String {
    let found = Severity.allCases.sorted(by: >).compactMap { severity in
      count(of: severity) > 0 ? Self.counted(count(of: severity), severity.rawValue) : nil
    }
    let requests = Self.counted(requestCount, "request")
    guard !found.isEmpty || requestCount > 0 else {
      return fileCount == 0
        ? "nothing checked" : "nothing checked in \(Self.counted(fileCount, "file"))"
    }
    guard !found.isEmpty else {
      return "no findings in \(Self.counted(fileCount, "file")) (\(requests))"
    }
    var line = found.joined(separator: ", ")
    if affectedFileCount > 0, affectedFileCount < fileCount {
      line += " in \(affectedFileCount) of \(Self.counted(fileCount, "file"))"
    } else {
      line += " in \(Self.counted(fileCount, "file"))"
    }
    // Where each file is one request, the number of files has said it.
    return requestCount == fileCount ? line : "\(line) (\(requests))"
  }

  private static func counted(_ count: Int, _ noun: String) -> String {
    count == 1 ? "1 \(noun)" : "\(count) \(noun)s"
  }
}
