package import SourceText

/// A place of a request where a rule did not hold.
///
/// All texts are as the request has them, sensitive values aside: each report escapes them for the
/// reader it is for.
///
/// It is handed on by reference, as it has many parts: a change makes a new one.
package struct Finding: Sendable {
  private var box: Box

  private final class Box: Sendable {
    let parts: Parts

    init(_ parts: consuming Parts) { self.parts = parts }
  }

  /// What a finding says.
  package struct Parts: Sendable {
    /// The rule that did not hold.
    package var rule: RuleID
    /// How much it matters in this run.
    package var severity: Severity
    /// What is wrong, for a person: one sentence without a full stop.
    package var message: String
    /// What the keyword says of the value, where `message` is the rule's own; without a full stop.
    package var detail: String?
    /// Where it is wrong.
    package var location: Location
    /// Other places that matter, such as the values under which a conditional rule applied.
    package var related: [RelatedLocation]
    /// How many findings of the rule at the same pointer of the file come before it.
    package var ordinal: Int
    /// The hash that GitHub code scanning computes for the line of the location, if it was asked for.
    package var lineHash: String?
    /// The fix; nil if there is none, if it may not be shown, or if fixes were not asked for.
    package var fix: Fix?
    /// Which option fixes it; nil if there is no fix, or if nobody asked.
    package var fixability: Fixability?
    /// The pointer with elements of arrays by what tells them apart, `/Items/{Id=a}/Name`.
    ///
    /// Nil where it is the pointer of the location, as it is unless a pack names such a member.
    package var stablePointer: JSONPointer?
    /// Whether it says that something was not evaluated, so that it stands for what nobody saw.
    ///
    /// Neither a baseline nor an earlier commit accepts it: there may be more behind it by now.
    package var isLimit: Bool
    /// What suppresses it, where suppressed findings are kept; nil for one that is reported.
    package var suppression: AppliedSuppression?
    /// The finding's number among those of one text, for others to refer to.
    package var number: Int?
    /// Findings by number: this one says nothing new where of each of these lists one is reported.
    package var covers: [[Int]]
  }

  /// The kind of a finding's fix.
  package enum Fixability: Sendable, Hashable {
    /// Fixed by `--fix`: the fix cannot change a meaning.
    case safe
    /// Fixed only along with `--unsafe-fixes`: the fix may change a meaning.
    case unsafe
  }

  /// Creates a finding of what is known where it is made; see `Parts`.
  package init(
    rule: RuleID, severity: Severity, message: String, detail: String? = nil, location: Location,
    related: [RelatedLocation] = [], ordinal: Int = 0, fix: Fix? = nil,
    stablePointer: JSONPointer? = nil, isLimit: Bool = false, number: Int? = nil,
    covers: [[Int]] = []
  ) {
    box = Box(
      Parts(
        rule: rule, severity: severity, message: message, detail: detail, location: location,
        related: related, ordinal: ordinal, fix: fix, stablePointer: stablePointer,
        isLimit: isLimit, number: number, covers: covers))
  }
}

// MARK: - Parts

extension Finding {
  /// All parts together.
  package var parts: Parts {
    _read { yield box.parts }
    set { box = Box(newValue) }
  }

  /// See `Parts`.
  package var rule: RuleID {
    _read { yield box.parts.rule }
    set { parts.rule = newValue }
  }

  /// See `Parts`.
  package var severity: Severity {
    _read { yield box.parts.severity }
    set { parts.severity = newValue }
  }

  /// See `Parts`.
  package var message: String {
    _read { yield box.parts.message }
    set { parts.message = newValue }
  }

  /// See `Parts`.
  package var detail: String? {
    _read { yield box.parts.detail }
    set { parts.detail = newValue }
  }

  /// See `Parts`.
  package var location: Location {
    _read { yield box.parts.location }
    set { parts.location = newValue }
  }

  /// See `Parts`.
  package var related: [RelatedLocation] {
    _read { yield box.parts.related }
    set { parts.related = newValue }
  }

  /// See `Parts`.
  package var ordinal: Int {
    _read { yield box.parts.ordinal }
    set { parts.ordinal = newValue }
  }

  /// See `Parts`.
  package var lineHash: String? {
    _read { yield box.parts.lineHash }
    set { parts.lineHash = newValue }
  }

  /// See `Parts`.
  package var fix: Fix? {
    _read { yield box.parts.fix }
    set { parts.fix = newValue }
  }

  /// See `Parts`.
  package var fixability: Fixability? {
    _read { yield box.parts.fixability }
    set { parts.fixability = newValue }
  }

  /// See `Parts`.
  package var stablePointer: JSONPointer? {
    _read { yield box.parts.stablePointer }
    set { parts.stablePointer = newValue }
  }

  /// See `Parts`.
  package var isLimit: Bool {
    _read { yield box.parts.isLimit }
    set { parts.isLimit = newValue }
  }

  /// See `Parts`.
  package var suppression: AppliedSuppression? {
    _read { yield box.parts.suppression }
    set { parts.suppression = newValue }
  }

  /// See `Parts`.
  package var number: Int? {
    _read { yield box.parts.number }
    set { parts.number = newValue }
  }

  /// See `Parts`.
  package var covers: [[Int]] {
    _read { yield box.parts.covers }
    set { parts.covers = newValue }
  }
}

/// Why a finding is suppressed.
package final class AppliedSuppression: Sendable {
  /// The reason that the suppression gives.
  package let reason: String
  /// Whether the file had the finding at the earlier commit that it is compared with.
  package let isKnown: Bool
  /// The location of the comment in the request that suppresses it; nil for an entry of a file.
  package let comment: Location?

  /// Creates a reason.
  package init(reason: String, isKnown: Bool = false, comment: Location? = nil) {
    self.reason = reason
    self.isKnown = isKnown
    self.comment = comment
  }
}

/// A place in a request file.
package struct Location: Sendable, Hashable {
  /// The file, as text shows it: relative to the working folder.
  package var path: String
  /// The file, as machine-readable reports name it: relative to the project root, or a `file:` URI.
  ///
  /// Nil where it is `path`.
  package var reportPath: String?
  /// The characters meant.
  package var region: Region
  /// The JSON Pointer (RFC 6901) of the value or member within its request, in its own spelling.
  ///
  /// For a missing member, the pointer that the member would have. Nil where no tree could be read.
  package var pointer: JSONPointer?
  /// The normalized JSONPath (RFC 9535, section 2.7) of the same place.
  package var normalizedPath: String?
  /// What stands there.
  package var kind: Kind
  /// The source line, for people to see; nil where none is to be shown.
  package var excerpt: Excerpt?

  /// What is at a location.
  package enum Kind: String, Sendable, Hashable {
    /// An object.
    case object
    /// An array.
    case array
    /// A string, number, boolean or null.
    case value
    /// The name of a member.
    case name
    /// Text that is part of no tree.
    case text
  }

  /// Creates a location.
  @inlinable
  package init(
    path: String, reportPath: String? = nil, region: Region, pointer: JSONPointer?,
    normalizedPath: String? = nil, kind: Kind, excerpt: Excerpt? = nil
  ) {
    self.path = path
    self.reportPath = reportPath
    self.region = region
    self.pointer = pointer
    self.normalizedPath = normalizedPath
    self.kind = kind
    self.excerpt = excerpt
  }
}

extension Location {
  /// The file, as machine-readable reports name it.
  package var artifactPath: String { reportPath ?? path }

  /// The bytes of the file that it spans.
  package var range: TextRange { TextRange(region.start.offset, region.end.offset) }
}

/// A place beside the primary one, and what it has to do with the finding.
package struct RelatedLocation: Sendable, Hashable {
  /// Where it is.
  package var location: Location
  /// What is there: a short phrase without a full stop.
  package var message: String

  /// Creates a related location.
  package init(location: Location, message: String) {
    self.location = location
    self.message = message
  }
}

extension Finding {
  /// What tells the finding apart from others, and stays the same when lines move: SHA-256 over rule id,
  /// path, pointer and ordinal, in hexadecimal.
  package var fingerprint: String {
    var hash = SHA256()
    let path = location.reportPath ?? location.path
    hash.update(rule.pack)
    hash.update("/")
    hash.update(rule.rule)
    hash.update(0)
    hash.update(path)
    hash.update(0)
    hash.update(location.pointer?.utf8 ?? [])
    hash.update(0)
    hash.update(String(ordinal))
    hash.update(0)
    return hash.finish()
  }

  /// Whether another finding says the same at another place: of the same rule, in the same words, about the
  /// same pointer, and fixed by the same option.
  package func says(sameAs other: Finding) -> Bool {
    let (left, right) = (box, other.box)
    return ExactText(left.parts.message) == ExactText(right.parts.message)
      && left.parts.rule == right.parts.rule
      && left.parts.location.pointer?.utf8 == right.parts.location.pointer?.utf8
      && left.parts.severity == right.parts.severity
      && left.parts.fixability == right.parts.fixability
  }

  /// The findings that say something new, given all that are reported.
  package static func uncovered(_ findings: [Finding]) -> [Finding] {
    guard findings.contains(where: { !$0.covers.isEmpty }) else { return findings }
    let reported = Set(findings.lazy.filter { $0.suppression == nil }.compactMap(\.number))
    return findings.filter { finding in
      finding.covers.isEmpty || finding.suppression != nil
        || !finding.covers.allSatisfy { $0.contains(where: reported.contains) }
    }
  }

  /// The order of reports: by file, by place, then by rule; never by arrival.
  package static func precedes(_ left: Finding, _ right: Finding) -> Bool {
    if left.location.path != right.location.path {
      return left.location.path.utf8.lexicographicallyPrecedes(right.location.path.utf8)
    }
    // Of two regions of the same bytes, other counts may begin at other places.
    if left.location.region < right.location.region { return true }
    if right.location.region < left.location.region { return false }
    if left.rule != right.rule { return left.rule < right.rule }
    return (left.location.pointer?.utf8 ?? []).lexicographicallyPrecedes(
      right.location.pointer?.utf8 ?? [])
  }
}
