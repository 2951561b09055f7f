import Documents
import Findings
import SourceText

/// Writes a SARIF 2.1.0 log that GitHub code scanning takes.
///
/// Deterministic: no times, no absolute folders, no identifiers by chance. The rules of a run come
/// before its results, and are all loaded ones, so that two runs differ in results only. The
/// results that are kept are held until the end, since which they are depends on all.
struct SARIFReporter: Reporter {
  static let traits = ReportTraits(
    fileExtension: "sarif", syntax: .json, needs: [.details, .related, .fingerprints, .lineHashes],
    showsDiagnostics: true, showsFixes: true, showsSuppressed: true)

  private var header: ReportHeader
  private let ruleIndices: [RuleID: Int]
  private var json = JSONWriter(.indented)
  private var results: BoundedResults
  private var hasBegunResults = false
  /// Where a result is written before it is kept.
  private var scratch: [UInt8] = []

  /// How many related places a result has; GitHub shows 100 places in all.
  static let relatedLimit = 99
  /// How many related places the message links to.
  private static let linkLimit = 10

  init(header: ReportHeader, options: ReportOptions) {
    let rules = header.rules
    self.header = ReportHeader(toolVersion: header.toolVersion, rules: rules)
    self.header.isComparison = header.isComparison
    self.header.hasSuppressed = header.hasSuppressed
    results = BoundedResults(limit: options.resultLimit)
    var indices: [RuleID: Int] = [:]
    for (index, rule) in rules.enumerated() { indices[rule.id] = index }
    ruleIndices = indices
  }

  var cut: Diagnostic? { results.cutDiagnostic().first }

  mutating func begin(into output: inout [UInt8]) {
    json.beginObject(into: &output)
    json.member("$schema", "https://json.schemastore.org/sarif-2.1.0.json", into: &output)
    json.member("version", "2.1.0", into: &output)
    json.name("runs", into: &output)
    json.beginArray(into: &output)
    json.beginObject(into: &output)
    json.name("tool", into: &output)
    SARIFTool.write(header, with: &json, into: &output)
    json.name("automationDetails", into: &output)
    json.beginObject(into: &output)
    json.member("id", "\(ToolInformation.name)/", into: &output)
    json.endObject(into: &output)
    json.member("columnKind", "utf16CodeUnits", into: &output)
    json.name("newlineSequences", into: &output)
    json.value(verbatim: Array(#"["\r\n", "\n", "\r"]"#.utf8), into: &output)
    json.name("originalUriBaseIds", into: &output)
    json.beginObject(into: &output)
    json.name(SARIFLocation.sourceRoot, into: &output)
    json.beginObject(into: &output)
    json.name("description", into: &output)
    json.member(text: "The project root, which paths are relative to.", into: &output)
    json.endObject(into: &output)
    json.endObject(into: &output)
  }

  mutating func append(_ finding: Finding, into output: inout [UInt8]) {
    let rank = BoundedResults.rank(of: finding)
    guard results.hasRoom(for: rank) else { return }
    scratch.removeAll(keepingCapacity: true)
    write(finding, into: &scratch)
    results.append(scratch, rank)
  }

  mutating func appendHeld(into output: inout [UInt8]) -> Bool {
    if !hasBegunResults {
      hasBegunResults = true
      json.name("results", into: &output)
      json.beginArray(into: &output)
    }
    guard let result = results.next() else { return false }
    json.value(verbatim: result, into: &output)
    return true
  }

  mutating func end(_ summary: ReportSummary, into output: inout [UInt8]) {
    while appendHeld(into: &output) {}
    json.endArray(into: &output)
    json.name("invocations", into: &output)
    json.beginArray(into: &output)
    SARIFInvocation.write(
      summary.diagnostics + results.cutDiagnostic(), with: &json, into: &output)
    json.endArray(into: &output)
    json.endObject(into: &output)
    json.endArray(into: &output)
    json.endObject(into: &output)
    output.write("\n")
  }

  private func write(_ finding: Finding, into output: inout [UInt8]) {
    var json = JSONWriter()
    let related = finding.related.prefix(Self.relatedLimit)
    json.beginObject(into: &output)
    json.member("ruleId", finding.rule.description, into: &output)
    if let index = ruleIndex(of: finding.rule) { json.member("ruleIndex", index, into: &output) }
    json.member("level", finding.severity.sarifLevel, into: &output)
    json.name("message", into: &output)
    json.member(text: message(of: finding, related: related), into: &output)
    json.name("locations", into: &output)
    json.beginArray(into: &output)
    SARIFLocation.write(finding.location, with: &json, into: &output)
    json.endArray(into: &output)
    if !related.isEmpty {
      json.name("relatedLocations", into: &output)
      json.beginArray(into: &output)
      for (index, item) in related.enumerated() {
        SARIFLocation.write(
          item.location, id: index + 1, message: item.message, with: &json, into: &output)
      }
      json.endArray(into: &output)
    }
    if let fix = finding.fix {
      SARIFFix.write(fix, of: finding.location, with: &json, into: &output)
    }
    json.name("partialFingerprints", into: &output)
    json.beginObject(into: &output)
    json.member("requisite/v2", finding.fingerprint, into: &output)
    if let hash = finding.lineHash {
      json.member("primaryLocationLineHash", hash, into: &output)
    }
    json.endObject(into: &output)
    // Either member is in every result of a run, or in none (sections 3.27.23 and 3.27.24).
    if header.isComparison {
      let isKnown = finding.suppression?.isKnown ?? false
      json.member("baselineState", isKnown ? "unchanged" : "new", into: &output)
    }
    if header.hasSuppressed { Self.write(finding.suppression, with: &json, into: &output) }
    json.endObject(into: &output)
  }

  /// Writes what suppresses a result: one comment in the request, one entry of a file, or nothing (section
  /// 3.35).
  private static func write(
    _ suppression: AppliedSuppression?, with json: inout JSONWriter, into output: inout [UInt8]
  ) {
    json.name("suppressions", into: &output)
    json.beginArray(into: &output)
    if let suppression {
      json.beginObject(into: &output)
      json.member(
        "kind", suppression.comment == nil ? "external" : "inSource", into: &output)
      json.member("status", "accepted", into: &output)
      json.member(
        "justification", TerminalText.visible(suppression.reason, notation: .codePoint),
        into: &output)
      json.endObject(into: &output)
    }
    json.endArray(into: &output)
  }

  /// The index of a rule, or of the rule it is a part of: `a/b` for `a/b/c` (section 3.27.5).
  private func ruleIndex(of rule: RuleID) -> Int? {
    if let index = ruleIndices[rule] { return index }
    var rule = rule
    while let slash = rule.rule.utf8.lastIndex(of: UInt8(ascii: "/")) {
      rule.rule = String(rule.rule[..<slash])
      if let index = ruleIndices[rule] { return index }
    }
    return nil
  }

  /// The rule's sentence, the keyword's, and links to related places.
  private func message(
    of finding: Finding, related: ArraySlice<RelatedLocation>
  ) -> String {
    var message = SARIFText.message(MemberLabel.message(of: finding))
    if let detail = finding.detail { message += " In detail: " + SARIFText.message(detail) }
    guard !related.isEmpty else { return message }
    let links = related.prefix(Self.linkLimit).enumerated().map { index, item in
      "[\(SARIFText.message(item.message).droppingFullStop)](\(index + 1))"
    }
    return links.isEmpty ? message : "\(message) See: \(links.joined(separator: ", "))."
  }
}

/// The results that a log keeps: at most so many, the worst first, then those that came first.
private struct BoundedResults: Sendable {
  private struct Entry {
    var number: Int
    var json: [UInt8]
  }

  private let limit: Int
  /// The results that are kept, by rank.
  private var kept: [Int: [Entry]] = [:]
  /// Once all are known, those that were not handed over yet, the last one first.
  private var remaining: [Entry]?
  private var keptCount = 0
  private var count = 0

  init(limit: Int) {
    self.limit = limit
  }

  /// How much a result matters: suppressed ones the least, the others by their severity.
  static func rank(of finding: Finding) -> Int {
    guard finding.suppression == nil else { return 0 }
    return 1 + (Severity.allCases.firstIndex(of: finding.severity) ?? 0)
  }

  /// Whether a result of a rank would be kept; if not, it is counted as cut.
  mutating func hasRoom(for rank: Int) -> Bool {
    let isKept = keptCount < limit || lowestKept.map { $0 < rank } ?? false
    if !isKept { count += 1 }
    return isKept
  }

  mutating func append(_ json: [UInt8], _ rank: Int) {
    if keptCount == limit, let lowest = lowestKept {
      kept[lowest]?.removeLast()
      keptCount -= 1
    }
    // In no more room than it takes.
    var exact: [UInt8] = []
    exact.reserveCapacity(json.count)
    exact += json
    kept[rank, default: []].append(Entry(number: count, json: exact))
    keptCount += 1
    count += 1
  }

  /// Hands over the next result in the order they came in; none is appended any more.
  mutating func next() -> [UInt8]? {
    if remaining == nil {
      remaining = kept.values.joined().sorted { $0.number > $1.number }
      kept = [:]
    }
    return remaining?.popLast()?.json
  }

  /// What is to be said of results that were cut.
  func cutDiagnostic() -> [Diagnostic] {
    guard count > keptCount else { return [] }
    return [
      Diagnostic(
        "report/results-cut", severity: .warning,
        """
        only \(keptCount) of \(count) results are in this log; errors were kept before warnings, \
        warnings before notes, and earlier before later ones
        """)
    ]
  }

  private var lowestKept: Int? {
    (0...Severity.allCases.count).first { !(kept[$0]?.isEmpty ?? true) }
  }
}

extension Severity {
  /// The level of a result or notification (SARIF 2.1.0, section 3.27.10).
  var sarifLevel: String {
    switch self {
    case .error: "error"
    case .warning: "warning"
    case .info: "note"
    }
  }
}

extension String {
  fileprivate var droppingFullStop: String {
    utf8.last == UInt8(ascii: ".") ? String(dropLast()) : self
  }
}

extension JSONWriter {
  /// Writes a message or multiformat message: an object with the member `text`.
  mutating func member(text: String, markdown: String? = nil, into output: inout [UInt8]) {
    beginObject(into: &output)
    member("text", text, into: &output)
    if let markdown { member("markdown", markdown, into: &output) }
    endObject(into: &output)
  }
}
