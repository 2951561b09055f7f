import Findings
import SourceText
import Suppressions
import YAML

/// The suppression comments of one YAML request, and what they took out.
struct CommentAccount: Sendable {
  /// A comment and what became of it.
  private struct Record {
    let comment: SuppressionComment
    let location: Location
    /// Whether it has run out.
    let isExpired: Bool
    /// The first comment for the same rule on the same lines.
    let first: Int?
    /// What to say of its rule, if that is unknown.
    let unknownRule: String?
    /// Whether its rule was evaluated.
    var hasRun = false
    /// How many findings it stands for.
    var count = 0
  }

  /// Lines that comments are about, and a rule.
  private struct Place: Hashable {
    var line: Int
    var rule: RuleID
  }

  private let options: SuppressionCommentOptions
  private var records: [Record] = []
  /// The lines that comments are about, in order and apart.
  private var lines: [TextRange] = []
  /// The comments for each rule on each of them.
  private var places: [Place: [Int]] = [:]
  /// What is wrong with the text of comments.
  private var problems: [Diagnostic] = []
  /// The last comment of whose text something is wrong and not reported.
  private var lastProblem: Location?

  /// Whether a text may have suppression comments: a quick look.
  static func mayHaveComments(_ bytes: [UInt8]) -> Bool {
    // The rarest byte of the beginning.
    let (rarest, before) = (UInt8(ascii: "q"), 2)
    var index = 0
    while let found = bytes.firstOffset(of: rarest, from: index, to: bytes.count) {
      if found >= before, bytes[(found - before)...].starts(with: SuppressionComment.beginning) {
        return true
      }
      index = found + 1
    }
    return false
  }

  /// Reads the comments of a text; what `isHidden` of their bytes is not shown.
  init(
    _ comments: [YAMLComment], in bytes: [UInt8], of input: InputSource,
    _ options: SuppressionCommentOptions, by rules: CommentRules,
    isHidden: (TextRange) -> Bool
  ) {
    self.options = options
    let index = LineIndex(bytes)
    func location(of range: TextRange) -> Location {
      var location = Location(
        path: input.shownPath, region: index.region(of: range, in: bytes), pointer: nil, kind: .text
      )
      location.reportPath = input.reportPath
      return location
    }
    for comment in comments {
      do throws(SuppressionComment.Problem) {
        var read = try SuppressionComment(in: bytes, comment.range, isPack: rules.isPack)
        guard !ReadingRule.endsChecks(read.rule) else {
          throw SuppressionComment.Problem(
            message:
              "comment cannot suppress \(read.rule), because nothing else is checked after such an error; correct the file, or add an entry to the configuration",
            range: comment.range)
        }
        if isHidden(comment.range) { read.reason = Redaction.mark }
        add(read, location(of: comment.range), on: comment.subject, rules)
      } catch {
        guard problems.count < SuppressionComment.diagnosticLimit else {
          lastProblem = location(of: error.range)
          continue
        }
        problems.append(
          Diagnostic("suppression/bad-comment", error.message, at: location(of: error.range)))
      }
    }
  }

  private mutating func add(
    _ comment: SuppressionComment, _ location: Location, on subject: TextRange?,
    _ rules: CommentRules
  ) {
    var place: Place?
    if let subject {
      if lines.last != subject { lines.append(subject) }
      place = Place(line: lines.count - 1, rule: comment.rule)
    }
    let earlier = place.flatMap { places[$0] } ?? []
    let isExpired = comment.isExpired(on: options.today)
    // Each finding looks at all of a place: one that has run out and one that has not say enough.
    if let place, earlier.allSatisfy({ records[$0].isExpired && !isExpired }) {
      places[place, default: []].append(records.count)
    }
    records.append(
      Record(
        comment: comment, location: location, isExpired: isExpired, first: earlier.first,
        unknownRule: rules.message(on: comment.rule)))
  }

  /// Notes which packs' rules were evaluated, by their places in the options.
  mutating func noteRuns(_ ranPacks: [Bool], by rules: CommentRules) {
    for index in records.indices {
      records[index].hasRun = rules.ran(records[index].comment.rule, ranPacks)
    }
  }

  // MARK: - Findings

  /// What suppresses a finding, if anything; one whose comment has run out is reported so.
  mutating func suppression(
    of finding: inout Finding
  ) -> (reason: String, location: Location)? {
    guard let line = lines.index(holding: finding.location.range.lowerBound),
      let candidates = places[Place(line: line, rule: finding.rule)]
    else { return nil }
    var expired: Int?
    for index in candidates {
      records[index].count += 1
      // What was not checked to the end is not accepted by a comment.
      if finding.isLimit { continue }
      if !records[index].isExpired {
        return (records[index].comment.reason, records[index].location)
      }
      expired = expired ?? index
    }
    if let expired, let until = records[expired].comment.until {
      finding.related.append(
        RelatedLocation(
          location: records[expired].location, message: "suppressed until \(until)"))
    }
    return nil
  }

  /// Takes out of a result what is suppressed, where nothing else is taken out.
  mutating func take(outOf result: inout LintResult) {
    var kept: [Finding] = []
    for var finding in result.findings {
      guard let suppression = suppression(of: &finding) else {
        kept.append(finding)
        continue
      }
      result.suppressedCount += 1
      guard options.keepsSuppressed else { continue }
      finding.suppression = AppliedSuppression(
        reason: suppression.reason, comment: suppression.location)
      kept.append(finding)
    }
    result.findings = kept
  }

  // MARK: - What is to be said of them

  /// What is wrong with the comments, in their order.
  var diagnostics: [Diagnostic] {
    var warnings: [Diagnostic] = []
    for record in records {
      guard let warning = warning(about: record) else { continue }
      guard warnings.count < SuppressionComment.diagnosticLimit else {
        warnings.append(Self.tooMany(.warning, at: record.location))
        break
      }
      warnings.append(warning)
    }
    var diagnostics = problems + warnings
    if let lastProblem { diagnostics.append(Self.tooMany(.error, at: lastProblem)) }
    return diagnostics.sorted(by: Diagnostic.precedes)
  }

  private static func tooMany(_ severity: Severity, at location: Location) -> Diagnostic {
    Diagnostic(
      "suppression/too-many", severity: severity,
      "more problems in the suppression comments of this file than are reported", at: location)
  }

  private func warning(about record: Record) -> Diagnostic? {
    func warning(_ code: String, _ message: String) -> Diagnostic {
      Diagnostic(code, severity: .warning, message, at: record.location)
    }
    if let message = record.unknownRule { return warning("suppression/unknown-rule", message) }
    if let first = record.first {
      var warning = warning(
        "suppression/duplicate", "duplicate suppression comment; remove one of the two")
      warning.related = [
        RelatedLocation(location: records[first].location, message: "first suppression")
      ]
      return warning
    }
    guard record.hasRun || record.count > 0 else { return nil }
    if record.isExpired, let until = record.comment.until {
      return warning(
        "suppression/expired",
        SuppressionAccount.expiredMessage("\(until)", findingCount: record.count))
    }
    if record.count == 0 {
      return warning(
        "suppression/unused",
        "unused suppression comment: the rule has no finding on its line; move or remove it"
      )
    }
    if record.comment.reason.hasSameBytes(as: SuppressionText.openReason) {
      return warning("suppression/open-reason", SuppressionText.openReasonMessage)
    }
    guard record.count > SuppressionAccount.broadLimit else { return nil }
    return warning(
      "suppression/too-broad",
      "suppression covers \(record.count) findings; write the values on lines of their own, or accept old findings in a baseline"
    )
  }
}

/// What is wrong with the suppression comments of a run: the first errors and the first warnings.
struct CommentDiagnostics {
  private var kept: [Diagnostic] = []
  private var counts: [Severity: Int] = [:]
  /// For each severity, the first that is not kept.
  private var unreported: [Diagnostic] = []

  mutating func add(_ diagnostics: [Diagnostic]) {
    for diagnostic in diagnostics {
      let count = counts[diagnostic.severity, default: 0] + 1
      guard count <= SuppressionComment.runDiagnosticLimit + 1 else { continue }
      counts[diagnostic.severity] = count
      if count <= SuppressionComment.runDiagnosticLimit {
        kept.append(diagnostic)
      } else {
        unreported.append(diagnostic)
      }
    }
  }

  /// All that is reported, in the order of the inputs.
  var all: [Diagnostic] {
    kept
      + unreported.map {
        Diagnostic(
          "suppression/too-many", severity: $0.severity,
          "more problems in suppression comments than are reported", at: $0.location)
      }
  }
}

/// What the packs of a profile tell of the rules that suppression comments name.
final class CommentRules {
  private let active: ActiveRules
  private let known: KnownRules
  private var names: UnknownNames

  init(_ packs: [LoadedPack]) {
    active = ActiveRules(packs)
    var known = KnownRules()
    known.insert(packs)
    self.known = known
    names = UnknownNames(known)
  }

  /// Whether a pack of that name takes part in the run.
  func isPack(_ name: String) -> Bool { known.packNames.contains(name) }

  /// What to say of a rule that the packs should have and have not; nil where all is well.
  func message(on rule: RuleID) -> String? { names.message(on: rule, inComment: true) }

  /// Whether a rule was evaluated.
  func ran(_ rule: RuleID, _ ranPacks: [Bool]) -> Bool {
    KnownRules.isOfReading(rule) || active.packs(of: rule).contains { ranPacks[$0] }
  }
}
