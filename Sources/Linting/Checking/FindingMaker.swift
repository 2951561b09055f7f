import Documents
import Evaluation
import Findings
import JSONPath
import SourceText
import YAML

/// Turns failures into findings: places into lines and columns, once, while the text is at hand.
struct FindingMaker {
  /// The file, as text shows it.
  private(set) var path: String
  /// The file, as machine-readable reports name it.
  private(set) var reportPath: String
  /// How often a rule failed at a pointer so far, for telling equal ones apart.
  private var ordinals: [Place: Int] = [:]
  /// What findings have beside rule, message and location.
  private let needs: FindingNeeds
  /// How many findings got a number so far.
  private var numberCount = 0
  /// The member of the root that was missing last, with its pointer.
  private var lastMissing: (name: ExactText, pointer: JSONPointer)?

  private struct Place: Hashable {
    var rule: RuleID
    var pointer: JSONPointer
  }

  init(of input: InputSource, needs: FindingNeeds) {
    self.needs = needs
    path = input.shownPath
    reportPath = input.reportPath
  }

  /// A text in which findings stand, with what is needed to show places in it.
  struct Text {
    var bytes: [UInt8]
    var lines: LineIndex
    /// How far the document's offsets are ahead of those of `bytes`.
    var shift: Int
    /// What must not be shown, in offsets of `bytes`; the parts of strings aside that `search` finds.
    private let knownRedactions: Redactions
    /// The same where nobody asked yet.
    let later: LaterHiddenParts?
    /// Finds what strings hold of that, where it is not known.
    let search: SensitiveText?
    /// What excerpts keep back beside that.
    private let masksBeside: [TextRange]
    /// Whether the words of a fault in the text might show a value of it.
    var hidesFaults: Bool
    /// The paths of the document's nodes.
    fileprivate var paths: TextPaths
    /// What stands for the positions of elements that a pack tells apart.
    var identities: [NodeID: [UInt8]]

    /// Creates a text; `masks` are what excerpts keep back beside what is hidden.
    init(
      bytes: [UInt8], base: LineIndex.Base, shift: Int, hidden: HiddenParts,
      later: LaterHiddenParts? = nil, identities: [NodeID: [UInt8]] = [:],
      disclosure: Disclosure = .full, masks: [TextRange] = [], position: Int? = nil
    ) {
      self.bytes = bytes
      paths = TextPaths(outerPosition: position)
      self.identities = identities
      lines = LineIndex(bytes, base: base)
      self.shift = shift
      knownRedactions =
        hidden.ranges.isEmpty
        ? .nothing : Redactions(hidden.ranges.map { $0.shifted(by: -shift) })
      self.later = later
      search = hidden.search
      hidesFaults = disclosure == .nothing
      masksBeside = disclosure == .nothing ? [TextRange(0, bytes.count)] : masks
    }

    /// The scalars of a document, in offsets of its bytes, where a disclosure shows no more than their kinds.
    static func masks(
      of document: Document, shift: Int, _ disclosure: Disclosure
    ) -> [TextRange] {
      guard disclosure == .kindsOnly else { return [] }
      let scalars = (0..<document.nodeCount).lazy.map { NodeID($0) }.filter { node in
        switch document.kind(of: node) {
        case .string, .number, .boolean, .null: true
        case .array, .object, .name, .absent: false
        }
      }
      return scalars.map { document.range(of: $0).shifted(by: -shift) }
    }

    /// What must not be shown, in offsets of `bytes`; parts of strings may be aside.
    var redactions: Redactions { later?.redactions(shift: shift) ?? knownRedactions }

    /// What an excerpt of the text keeps back in a window.
    func masks(in window: TextRange, of document: Document?) -> Redactions {
      let redactions = redactions.adding(masksBeside)
      let range = window.shifted(by: shift)
      guard let document else { return redactions }
      let found =
        later?.strings(meeting: range, in: document)
        ?? search.map { HiddenParts.ranges(meeting: range, in: document, foundBy: $0) } ?? []
      return redactions.adding(found.map { $0.shifted(by: -shift) })
    }
  }

  /// The finding of a failure, by its place among those of its pack and the number of the first of these.
  mutating func finding(
    _ failure: RuleFailure, number place: Int, from firstNumber: Int, in document: Document,
    _ text: inout Text
  ) -> Finding {
    let location = location(
      of: failure.failure.anchor, missing: failure.failure.missing,
      decodedRange: failure.failure.decodedRange, in: document, &text)
    let pointer = needs.contains(.fingerprints) ? location.pointer : nil
    var related: [RelatedLocation] = []
    if needs.contains(.related) {
      for node in failure.failure.related {
        related.append(
          RelatedLocation(
            location: self.location(of: node.node, in: document, &text), message: node.message))
      }
    }
    if let alias = document.alias(of: failure.failure.anchor) {
      related.append(
        RelatedLocation(
          location: self.location(of: alias.shifted(by: -text.shift), in: document, text),
          message: "alias of the value"))
    }
    let ownMessage = failure.message
    let stablePointer =
      text.identities.isEmpty
      ? nil
      : stablePointer(
        to: failure.failure.anchor, missing: failure.failure.missing, in: document, &text)
    return Finding(
      rule: failure.rule, severity: failure.severity,
      message: ownMessage ?? failure.failure.message,
      detail: ownMessage != nil && needs.contains(.details) ? failure.failure.message : nil,
      location: location, related: related,
      ordinal: ordinal(failure.rule, at: pointer ?? JSONPointer()), stablePointer: stablePointer,
      isLimit: failure.failure.isLimit, number: firstNumber + place,
      covers: failure.covers.map { $0.map { firstNumber + $0 } })
  }

  /// Whether a finding is of the file whose findings are made here.
  func isOfSameFile(_ finding: Finding) -> Bool {
    finding.path.hasSameBytes(as: path) && finding.artifactPath.hasSameBytes(as: reportPath)
  }

  /// An earlier line's finding, at the start of a later line.
  mutating func repeated(_ finding: Finding, at region: Region) -> Finding {
    finding.repeated(
      at: region, ordinal: ordinal(finding.rule, at: finding.pointer ?? JSONPointer()),
      number: takeNumbers(1))
  }

  /// Numbers for so many findings, which no others of the file have; the result is the first.
  mutating func takeNumbers(_ count: Int) -> Int {
    numberCount += count
    return numberCount - count
  }

  /// The findings of errors in the text itself.
  ///
  /// Errors of one rule within one hidden part are one finding: nothing more can be said of them.
  mutating func findings(of errors: [SyntaxError], pack: String, _ text: Text) -> [Finding] {
    struct HiddenFault: Hashable {
      var rule: RuleID
      var cover: TextRange
    }
    var seen: Set<HiddenFault> = []
    var findings: [Finding] = []
    for error in errors {
      let rule = RuleID(pack: pack, rule: error.category.rawValue)
      if let cover = error.cover(in: text.bytes, text.redactions),
        !seen.insert(HiddenFault(rule: rule, cover: cover)).inserted
      {
        continue
      }
      findings.append(finding(error, rule: rule, text))
    }
    return findings
  }

  /// The finding of one error in the text itself.
  mutating func finding(_ error: SyntaxError, rule: RuleID, _ text: Text) -> Finding {
    var related: [RelatedLocation] = []
    if let other = error.related {
      related.append(
        RelatedLocation(location: location(of: other.range, text), message: other.message))
    }
    let isHidden = error.cover(in: text.bytes, text.redactions) != nil
    var location = location(of: error.range, text)
    if error.hidesText { location.excerpt = nil }
    var finding = Finding(
      rule: rule, severity: .error,
      message: text.hidesFaults && !isHidden && !error.hidesText
        ? error.withHint("text is not well formed; use --show-values plain to see what is wrong")
        : error.shown(in: text.bytes, hiding: text.redactions).message,
      location: location, related: related, ordinal: ordinal(rule, at: JSONPointer()))
    finding.isLimit = rule == ReadingRule.limit
    return finding
  }

  /// Begins an element of an array: the pointers of those before it do not occur again.
  mutating func beginElement() { ordinals.removeAll(keepingCapacity: true) }

  /// Begins a request that is known by a key, whichever file it is in.
  mutating func begin(key: String) {
    ordinals.removeAll(keepingCapacity: true)
    (path, reportPath) = (key, key)
  }

  /// Lets the ordinals of findings from a later part of the file go on behind those so far.
  mutating func continueOrdinals(of findings: inout [Finding]) {
    guard needs.contains(.fingerprints) else { return }
    func place(_ finding: Finding) -> Place {
      Place(rule: finding.rule, pointer: finding.pointer ?? JSONPointer())
    }
    for index in findings.indices {
      findings[index].ordinal += ordinals[place(findings[index])] ?? 0
    }
    for finding in findings {
      let place = place(finding)
      ordinals[place] = max(ordinals[place] ?? 0, finding.ordinal + 1)
    }
  }

  private mutating func ordinal(_ rule: RuleID, at pointer: JSONPointer) -> Int {
    guard needs.contains(.fingerprints) else { return 0 }
    func next(_ count: inout Int) -> Int {
      defer { count += 1 }
      return count
    }
    return next(&ordinals[Place(rule: rule, pointer: pointer), default: 0])
  }

  // MARK: - Places

  /// The pointer of a place by the identities of elements; nil where no element on the way has one.
  private mutating func stablePointer(
    to node: NodeID, missing: String?, in document: Document, _ text: inout Text
  ) -> JSONPointer? {
    let (path, isWhole) = shownPath(to: node, in: document, &text)
    guard path.contains(where: { text.identities[$0] != nil }) else { return nil }
    var pointer = text.paths.pointer(along: path, in: document, identities: text.identities)
    if isWhole, let missing { pointer.append(missing) }
    return pointer.repaired
  }

  /// The nodes down to one, or to the one around it whose names are as telling as its values.
  ///
  /// A name that is hidden itself, as in a malformed text, is left out as well.
  private mutating func shownPath(
    to node: NodeID, in document: Document, _ text: inout Text
  ) -> (path: ArraySlice<NodeID>, isWhole: Bool) {
    let path = text.paths.path(to: node, in: document)
    if let later = text.later { return later.shown(path) }
    let redactions = text.redactions
    for (index, step) in path.enumerated() {
      if index > 0 {
        let isName = document.kind(of: step) == .name
        let name = isName ? step : NodeID(step.index - 1)
        if isName || document.kind(of: name) == .name,
          redactions.meets(document.range(of: name).shifted(by: -text.shift))
        {
          return (path[..<index], false)
        }
      }
      if redactions.contains(document.range(of: step).shifted(by: -text.shift)) {
        return (path[...index], index + 1 == path.count)
      }
    }
    return (path[...], true)
  }

  /// Where a node is shown: a scalar as it is; an object or array by its name, or else its bracket.
  private mutating func location(
    of node: NodeID, missing: String? = nil, decodedRange: TextRange? = nil,
    in document: Document, _ text: inout Text
  ) -> Location {
    let (path, isWhole) =
      node == .root ? (Self.rootPath, true) : shownPath(to: node, in: document, &text)
    let named = path.last ?? .root
    let absent = isWhole ? missing : nil
    let pointer = pointer(along: path, missing: absent, in: document, &text)
    let kind: Location.Kind =
      switch document.kind(of: node) {
      case .object: .object
      case .array: .array
      case .name: .name
      case .null, .boolean, .number, .string, .absent: .value
      }
    let range =
      decodedRange.map { ScalarMap(of: node, in: document).sourceRange(ofDecoded: $0) }
      ?? document.shownRange(of: node)
    var normalizedPath: String?
    if needs.contains(.normalizedPaths) {
      normalizedPath =
        document.normalizedPath(to: named, by: text.paths.all(of: document))
        + (absent.map(NormalizedPath.member) ?? "")
    }
    return location(
      of: range.shifted(by: -text.shift), in: document, text, pointer: pointer,
      normalizedPath: normalizedPath, kind: kind)
  }

  /// The path of the root, which is shown whatever is hidden.
  private static let rootPath: ArraySlice<NodeID> = [.root]

  /// The pointer of the node that a path ends at, or of a member that is missing there.
  ///
  /// In most requests with a missing member, it is the same one of the root.
  private mutating func pointer(
    along path: ArraySlice<NodeID>, missing: String?, in document: Document, _ text: inout Text
  ) -> JSONPointer {
    let isOfRoot = path.count == 1 && text.paths.outerPosition == nil
    if isOfRoot, let missing, let lastMissing, lastMissing.name == ExactText(missing) {
      return lastMissing.pointer
    }
    var pointer = text.paths.pointer(along: path, in: document)
    if let missing { pointer.append(missing) }
    pointer = pointer.repaired
    if isOfRoot, let missing { lastMissing = (ExactText(missing), pointer) }
    return pointer
  }

  private func location(
    of range: TextRange, in document: Document? = nil, _ text: Text, pointer: JSONPointer? = nil,
    normalizedPath: String? = nil, kind: Location.Kind = .text
  ) -> Location {
    Location(
      path: path, reportPath: reportPath, region: text.lines.region(of: range, in: text.bytes),
      pointer: pointer, normalizedPath: normalizedPath, kind: kind,
      excerpt: needs.contains(.excerpts) ? excerpt(of: range, in: document, text) : nil)
  }

  private func excerpt(of range: TextRange, in document: Document?, _ text: Text) -> Excerpt {
    let line = text.lines.lineRange(of: range.lowerBound, in: text.bytes)
    let window = Excerpt.window(of: text.bytes, line: line, highlight: range)
    return Excerpt(
      of: text.bytes, line: line, highlight: range,
      redactions: text.masks(in: window, of: document))
  }
}
