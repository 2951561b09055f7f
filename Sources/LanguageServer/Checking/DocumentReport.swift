import Findings
import Linting
import RequisiteFiles
import SourceText

/// What a document is reported to have: findings and diagnostics, each at its place in it.
struct DocumentReport: Sendable {
  /// An entry of the list.
  struct Entry: Sendable {
    var region: Region
    var severity: Severity
    /// The id of the rule, or the code of the diagnostic.
    var code: String
    var message: String
    /// A page about the rule.
    var url: String?
    var related: [Related] = []
    /// The finding; nil for a diagnostic.
    var finding: Finding?
  }

  /// Another place that matters.
  struct Related: Sendable {
    var path: String
    var region: Region
    var message: String
  }

  /// In the order of `check`.
  var entries: [Entry] = []

  /// How many entries are about what is wrong in other files, at most.
  static var mostForeign: Int { 3 }

  /// How many findings are shown, at most.
  static var mostShown: Int { 1_000 }

  // MARK: - Making

  /// Reports a request; nil for one that is not checked.
  static func of(
    _ document: OpenDocument, _ syntax: Syntax, isKnown: Bool, in workspace: inout Workspace,
    _ files: OverlayFileSystem, fixes: FixMode
  ) -> (report: DocumentReport, isRequest: Bool)? {
    guard
      let checked = workspace.check(
        document, syntax, isKnown: isKnown, in: files, fixes: fixes)
    else { return nil }
    var report = DocumentReport()
    if let profile = checked.profile, !checked.findings.isEmpty {
      let rules = workspace.rules(of: profile)
      for finding in checked.findings {
        report.add(finding, rules[finding.rule]?.url, of: document, in: workspace)
      }
    }
    report.add(checked.diagnostics, of: document, in: workspace)
    return (report, checked.isRequest)
  }

  /// Reports that the text is not known.
  static var outOfSync: DocumentReport {
    let start = Region(start: .start, end: .start)
    return DocumentReport(entries: [
      Entry(
        region: start, severity: .error, code: "editor/out-of-sync",
        message: "document is out of sync with the editor; close it and open it again")
    ])
  }

  private mutating func add(
    _ finding: Finding, _ url: String?, of document: OpenDocument, in workspace: Workspace
  ) {
    let message = finding.detail.map { "\(finding.message)\n\($0)" } ?? finding.message
    entries.append(
      Entry(
        region: finding.region, severity: finding.severity, code: finding.rule.description,
        message: message, url: url,
        related: Self.related(finding.related, in: workspace), finding: finding))
  }

  /// Adds diagnostics: those of the document at their places, errors of other files at its beginning.
  mutating func add(
    _ diagnostics: [Diagnostic], of document: OpenDocument, in workspace: Workspace
  ) {
    var foreignCount = 0
    var seen: Set<Diagnostic> = []
    for diagnostic in diagnostics where seen.insert(diagnostic).inserted {
      var related = Self.related(diagnostic.related, in: workspace)
      var region = Region(start: .start, end: .start)
      var message = diagnostic.message
      if let location = diagnostic.location {
        if workspace.isSameFile(location.path, document.path) {
          region = location.region
        } else {
          guard diagnostic.severity == .error, foreignCount < Self.mostForeign else { continue }
          foreignCount += 1
          let start = location.region.start
          message += " (\(location.path):\(start.line):\(start.column))"
          related =
            Self.related([RelatedLocation(location: location, message: "here")], in: workspace)
            + related
        }
      }
      entries.append(
        Entry(
          region: region, severity: diagnostic.severity, code: diagnostic.code,
          message: message, related: related))
    }
  }

  private static func related(
    _ related: [RelatedLocation], in workspace: Workspace
  ) -> [Related] {
    related.compactMap { other in
      workspace.path(ofShown: other.location.path).map {
        Related(path: $0, region: other.location.region, message: other.message)
      }
    }
  }

  // MARK: - Sending

  /// What the editor understands of diagnostics.
  struct Capabilities: Sendable {
    var encoding = PositionEncoding.utf16
    var showsRelated = false
    var showsCodeDescription = false
  }

  /// The entries as they are sent.
  func outgoing(_ capabilities: Capabilities) -> OutgoingValue {
    var count = 0
    var next: Region?
    // Errors of the run may be why there are so many findings.
    var shown = entries.filter { entry in
      guard entry.finding != nil else { return true }
      count += 1
      if count == Self.mostShown + 1 { next = entry.region }
      return count <= Self.mostShown
    }
    if let next {
      let rest = count - Self.mostShown
      shown.append(
        Entry(
          region: Region(start: next.start, end: next.start), severity: .info,
          code: "editor/findings-cut",
          message:
            "\(rest) more \(rest == 1 ? "is" : "are") not shown; run 'requisite check' for all"))
    }
    return .array(shown.map { Self.outgoing($0, capabilities) })
  }

  static func outgoing(_ entry: Entry, _ capabilities: Capabilities) -> OutgoingValue {
    let severity: OutgoingValue =
      switch entry.severity {
      case .error: 1
      case .warning: 2
      case .info: 3
      }
    var members: [(name: String, value: OutgoingValue)] = [
      ("range", entry.region.outgoing(capabilities.encoding)), ("severity", severity),
      ("code", .string(entry.code)),
    ]
    if capabilities.showsCodeDescription, let url = entry.url {
      members.append(("codeDescription", ["href": .string(url)]))
    }
    members.append(("source", "requisite"))
    members.append(("message", .string(entry.message)))
    if capabilities.showsRelated, !entry.related.isEmpty {
      let related = entry.related.map { other -> OutgoingValue in
        let location: OutgoingValue = [
          "uri": DocumentURI(ofFile: other.path).outgoing,
          "range": other.region.outgoing(capabilities.encoding),
        ]
        return ["location": location, "message": .string(other.message)]
      }
      members.append(("relatedInformation", .array(related)))
    }
    return .object(members)
  }
}

extension Region {
  /// The range as it is sent.
  func outgoing(_ encoding: PositionEncoding) -> OutgoingValue {
    ["start": start.textPosition(encoding).outgoing, "end": end.textPosition(encoding).outgoing]
  }
}

extension Position {
  /// The same place as editors count.
  func textPosition(_ encoding: PositionEncoding) -> TextPosition {
    // Columns leave a byte-order mark out, and offsets do not.
    let mark = ByteOrderMark.utf8.count
    let isBehindMark = line == 1 && offset - (byteColumn - 1) == mark
    let column =
      switch encoding {
      case .utf8: byteColumn + (isBehindMark ? mark : 0)
      case .utf16: utf16Column + (isBehindMark ? 1 : 0)
      }
    return TextPosition(line: max(line - 1, 0), character: max(column - 1, 0))
  }
}
