package import SourceText

/// A place of a request where a rule did not hold.
///
/// All texts are as the request has them, sensitive values aside: each report escapes them for the
/// reader it is for.
///
/// What it says is handed on by reference, as it has many parts: a change makes a new one. Findings of a log
/// that differ by their places alone share it.
package struct Finding: Sendable {
  @usableFromInline
  var statement: Statement
  /// The characters meant.
  package var region: Region
  /// How many findings of the rule at the same pointer of the file come before it.
  package var ordinal: Int
  /// The finding's number among those of one text, for others to refer to.
  package var number: Int?

  @usableFromInline
  final class Statement: Sendable {
    @usableFromInline
    let parts: Parts

    init(_ parts: consuming Parts) { self.parts = parts }
  }

  /// What a finding says.
  @usableFromInline
  struct Parts: Sendable {
    @usableFromInline
    var rule: RuleID
    @usableFromInline
    var severity: Severity
    @usableFromInline
    var message: String
    @usableFromInline
    var detail: String?
    /// The location of the finding that the parts were made for; its region is nobody else's.
    @usableFromInline
    var location: Location
    @usableFromInline
    var related: [RelatedLocation]
    @usableFromInline
    var lineHash: String?
    @usableFromInline
    var fix: Fix?
    @usableFromInline
    var fixability: Fixability?
    @usableFromInline
    var stablePointer: JSONPointer?
    @usableFromInline
    var isLimit: Bool
    @usableFromInline
    var suppression: AppliedSuppression?
    @usableFromInline
    var covers: [[Int]]
  }

  /// The kind of a finding's fix.
  package enum Fixability: Sendable, Hashable {
    /// Fixed by `--fix`: the fix cannot change a meaning.
    case safe
    /// Fixed only along with `--unsafe-fixes`: the fix may change a meaning.
    case unsafe
  }

  /// Creates a finding of what is known where it is made; see the properties.
  package init(
    rule: RuleID, severity: Severity, message: String, detail: String? = nil, location: Location,
    related: [RelatedLocation] = [], ordinal: Int = 0, fix: Fix? = nil,
    stablePointer: JSONPointer? = nil, isLimit: Bool = false, number: Int? = nil,
    covers: [[Int]] = []
  ) {
    region = location.region
    self.ordinal = ordinal
    self.number = number
    statement = Statement(
      Parts(
        rule: rule, severity: severity, message: message, detail: detail, location: location,
        related: related, fix: fix, stablePointer: stablePointer, isLimit: isLimit, covers: covers))
  }

  /// Whether it says the same of any other request that lacks the same, but for its place.
  package var isRepeatable: Bool {
    let parts = statement.parts
    return parts.location.excerpt == nil && parts.related.isEmpty && parts.covers.isEmpty
      && parts.fix == nil && parts.lineHash == nil && parts.suppression == nil
  }

  /// The same finding, which has to be repeatable, at another place of the file.
  package func repeated(at region: Region, ordinal: Int, number: Int) -> Finding {
    var finding = self
    (finding.region, finding.ordinal, finding.number) = (region, ordinal, number)
    return finding
  }
}

// MARK: - Parts

extension Finding {
  private var parts: Parts {
    _read { yield statement.parts }
    set { statement = Statement(newValue) }
  }

  /// The rule that did not hold.
  @inlinable
  package var rule: RuleID {
    _read { yield statement.parts.rule }
    set { parts.rule = newValue }
  }

  /// How much it matters in this run.
  @inlinable
  package var severity: Severity {
    _read { yield statement.parts.severity }
    set { parts.severity = newValue }
  }

  /// What is wrong, for a person: one sentence without a full stop.
  @inlinable
  package var message: String {
    _read { yield statement.parts.message }
    set { parts.message = newValue }
  }

  /// What the keyword says of the value, where `message` is the rule's own; without a full stop.
  @inlinable
  package var detail: String? {
    _read { yield statement.parts.detail }
    set { parts.detail = newValue }
  }

  /// Where it is wrong.
  ///
  /// To read one part of it, there are properties of their own, which copy nothing else.
  package var location: Location {
    get {
      var location = statement.parts.location
      location.region = region
      return location
    }
    set {
      parts.location = newValue
      region = newValue.region
    }
  }

  /// The file, as text shows it.
  @inlinable
  package var path: String {
    _read { yield statement.parts.location.path }
  }

  /// The file, as machine-readable reports name it.
  @inlinable
  package var artifactPath: String { statement.parts.location.artifactPath }

  /// The JSON Pointer of the value or member within its request; see `Location`.
  @inlinable
  package var pointer: JSONPointer? {
    _read { yield statement.parts.location.pointer }
  }

  /// Other places that matter, such as the values under which a conditional rule applied.
  @inlinable
  package var related: [RelatedLocation] {
    _read { yield statement.parts.related }
    set { parts.related = newValue }
  }

  /// The hash that GitHub code scanning computes for the line of the location, if it was asked for.
  @inlinable
  package var lineHash: String? {
    _read { yield statement.parts.lineHash }
    set { parts.lineHash = newValue }
  }

  /// The fix; nil if there is none, if it may not be shown, or if fixes were not asked for.
  @inlinable
  package var fix: Fix? {
    _read { yield statement.parts.fix }
    set { parts.fix = newValue }
  }

  /// Which option fixes it; nil if there is no fix, or if nobody asked.
  @inlinable
  package var fixability: Fixability? {
    _read { yield statement.parts.fixability }
    set { parts.fixability = newValue }
  }

  /// The pointer with elements of arrays by what tells them apart, `/Items/{Id=a}/Name`.
  ///
  /// Nil where it is the pointer of the location, as it is unless a pack names such a member.
  @inlinable
  package var stablePointer: JSONPointer? {
    _read { yield statement.parts.stablePointer }
    set { parts.stablePointer = newValue }
  }

  /// Whether it says that something was not evaluated, so that it stands for what nobody saw.
  ///
  /// Neither a baseline nor an earlier commit accepts it: there may be more behind it by now.
  @inlinable
  package var isLimit: Bool {
    _read { yield statement.parts.isLimit }
    set { parts.isLimit = newValue }
  }

  /// What suppresses it, where suppressed findings are kept; nil for one that is reported.
  @inlinable
  package var suppression: AppliedSuppression? {
    _read { yield statement.parts.suppression }
    set { parts.suppression = newValue }
  }

  /// Findings by number: this one says nothing new where of each of these lists one is reported.
  @inlinable
  package var covers: [[Int]] {
    _read { yield statement.parts.covers }
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
  @inlinable
  package var artifactPath: String { reportPath ?? path }

  /// Whether two locations are the same, to the byte of the paths: files in folders whose names look alike are two.
  package static func == (left: Location, right: Location) -> Bool {
    left.path.hasSameBytes(as: right.path)
      && left.reportPath.map(ExactText.init) == right.reportPath.map(ExactText.init)
      && left.region == right.region && left.pointer == right.pointer
      && left.normalizedPath.map(ExactText.init) == right.normalizedPath.map(ExactText.init)
      && left.kind == right.kind && left.excerpt == right.excerpt
  }

  /// Feeds what tells locations apart to a hasher.
  package func hash(into hasher: inout Hasher) {
    hasher.combine(ExactText(path))
    hasher.combine(region)
    hasher.combine(pointer)
    hasher.combine(kind)
  }

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

  /// Whether two places are the same, to the byte of the paths that messages name.
  package static func == (left: RelatedLocation, right: RelatedLocation) -> Bool {
    left.location == right.location && left.message.hasSameBytes(as: right.message)
  }

  /// Feeds what tells places apart to a hasher.
  package func hash(into hasher: inout Hasher) {
    hasher.combine(location)
    hasher.combine(ExactText(message))
  }
}

extension Finding {
  /// What tells the finding apart from others, and stays the same when lines move: SHA-256 over rule id,
  /// path, pointer and ordinal, in hexadecimal.
  package var fingerprint: String {
    var hash = SHA256()
    hash.update(rule.pack)
    hash.update("/")
    hash.update(rule.rule)
    hash.update(0)
    hash.update(artifactPath)
    hash.update(0)
    hash.update(pointer?.utf8 ?? [])
    hash.update(0)
    hash.update(String(ordinal))
    hash.update(0)
    return hash.finish()
  }

  /// Whether another finding says the same at another place: of the same rule, in the same words, about the
  /// same pointer, and fixed by the same option.
  package func says(sameAs other: Finding) -> Bool {
    if statement === other.statement { return true }
    let (left, right) = (statement.parts, other.statement.parts)
    return ExactText(left.message) == ExactText(right.message)
      && left.rule == right.rule
      && left.location.pointer?.utf8 == right.location.pointer?.utf8
      && left.severity == right.severity
      && left.fixability == right.fixability
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
    if !left.path.hasSameBytes(as: right.path) { return left.path.bytesPrecede(right.path) }
    // Of two regions of the same bytes, other counts may begin at other places.
    if left.region < right.region { return true }
    if right.region < left.region { return false }
    if left.rule != right.rule { return left.rule < right.rule }
    return (left.pointer?.utf8 ?? []).lexicographicallyPrecedes(right.pointer?.utf8 ?? [])
  }
}
