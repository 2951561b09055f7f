import RequisitePatterns
package import Documents
package import Findings
package import RulePacks
package import SourceText

/// What reading suppressions gave.
package struct SuppressionReading: Sendable {
  /// The entries in which nothing is wrong, in the order of the file.
  package var entries: [Suppression] = []
  /// What is wrong with the others, sorted by place.
  package var diagnostics: [Diagnostic] = []

  /// Whether a run must not begin.
  package var hasErrors: Bool { diagnostics.hasErrors }
}

/// Reads suppressions: a list of entries, in a file of their own or within a configuration.
package struct SuppressionReader {
  private let file: PackFile
  private let lines: LineIndex
  private var reading = SuppressionReading()
  private var known: [Key: Suppression] = [:]
  /// How many errors there are, told or not.
  private var mistakeCount = 0
  /// Whether errors were left out, since there are too many.
  private var hasMoreMistakes = false

  /// The file of suppressions, beside the configuration or at the root of the project.
  package static let fileName = ".requisite-ignore.yaml"

  /// How many errors are reported.
  static let mistakeLimit = 200

  private struct Key: Hashable {
    var rule: RuleID
    var path: [UInt8]
    var pointer: PointerPattern?
  }

  private init(_ file: PackFile) {
    self.file = file
    lines = file.lineIndex()
  }

  private var document: Document { file.document }

  /// Reads a file of suppressions: `requisite: 1` and a list `suppressions`.
  package static func read(_ source: SourceFile) -> SuppressionReading {
    let (file, text) = PackFile.read(source)
    var reader = SuppressionReader(file)
    for error in text.errors {
      var diagnostic = Diagnostic(
        error.category == .duplicateName ? "suppression/duplicate-key" : "suppression/syntax",
        error.message, at: source.location(of: error.range, lines: reader.lines))
      if let related = error.related {
        let location = source.location(of: related.range, lines: reader.lines)
        diagnostic.related = [RelatedLocation(location: location, message: related.message)]
      }
      reader.reading.diagnostics.append(diagnostic)
    }
    guard reader.reading.diagnostics.isEmpty else { return reader.finished() }
    if let list = reader.list() { reader.read(list) }
    return reader.finished()
  }

  /// Reads the list that a node of a file is.
  package static func read(list node: NodeID, in file: PackFile) -> SuppressionReading {
    var reader = SuppressionReader(file)
    reader.read(node)
    return reader.finished()
  }

  private consuming func finished() -> SuppressionReading {
    reading.diagnostics.sort(by: Diagnostic.precedes)
    if hasMoreMistakes {
      reading.diagnostics.append(
        Diagnostic(
          "suppression/too-many", "more errors in suppressions than are reported",
          at: file.location(of: .root, lines: lines)))
    }
    return reading
  }

  /// Reads entries that are in a configuration.
  package static func read(entries: [NodeID], in file: PackFile) -> SuppressionReading {
    guard !entries.isEmpty else { return SuppressionReading() }
    var reader = SuppressionReader(file)
    for entry in entries { reader.readEntry(entry) }
    return reader.finished()
  }

  // MARK: - The file

  /// The fields of a file of suppressions.
  private enum FileField: String, CaseIterable {
    case requisite, suppressions
  }

  /// The fields of an entry.
  private enum EntryField: String, CaseIterable {
    case rule, path, pointer, reason, owner, until
  }

  private mutating func list() -> NodeID? {
    guard !document.isEmpty, document.kind(of: .root) == .object else {
      report(
        "suppression/wrong-type",
        "expected a mapping that begins with 'requisite: 1'",
        at: .root)
      return nil
    }
    let fields: Fields<FileField> = fields(of: .root, "a file of suppressions")
    guard let version = fields[.requisite]?.value else {
      report(
        "suppression/missing-field",
        "missing format version; begin the file of suppressions with 'requisite: 1'",
        at: .root)
      return nil
    }
    guard document.kind(of: version) == .number, document.number(of: version) == .integer(1) else {
      report(
        "suppression/bad-value",
        "unsupported format of suppressions; this version supports format 1", at: version)
      return nil
    }
    // An empty list may be written by leaving it out, or everything behind the colon.
    return fields[.suppressions].map(\.value).flatMap { document.kind(of: $0) == .null ? nil : $0 }
  }

  private mutating func report(
    _ code: String, severity: Severity = .error, _ message: String, at node: NodeID,
    part: TextRange? = nil, related: [RelatedLocation] = []
  ) {
    if severity == .error { mistakeCount += 1 }
    guard reading.diagnostics.count < Self.mistakeLimit else {
      hasMoreMistakes = hasMoreMistakes || severity == .error
      return
    }
    reading.diagnostics.append(
      Diagnostic(
        code, severity: severity, message,
        at: file.location(of: node, part: part, lines: lines), related: related))
  }

  /// The members of a mapping by the fields that they are; unknown ones are errors.
  private mutating func fields<Field>(of node: NodeID, _ owner: String) -> Fields<Field> {
    let fields = Fields<Field>(of: node, in: document)
    for member in fields.unknown {
      let text = document.text(of: member.name)
      report(
        "suppression/unknown-field",
        "unknown field '\(text)' in \(owner); \(Fields<Field>.advice(on: text))", at: member.name)
    }
    return fields
  }

  // MARK: - Entries

  private mutating func read(_ list: NodeID) {
    guard document.kind(of: list) == .array else {
      report("suppression/wrong-type", "'suppressions' must be a list of entries", at: list)
      return
    }
    for element in document.elements(of: list) { readEntry(element) }
  }

  private mutating func readEntry(_ node: NodeID) {
    guard document.kind(of: node) == .object else {
      report(
        "suppression/wrong-type",
        "expected a suppression: a mapping with 'rule', 'path' and 'reason'",
        at: node)
      return
    }
    if let entry = entry(node) { add(entry, at: node) }
  }

  private mutating func add(_ entry: Suppression, at node: NodeID) {
    let key = Key(rule: entry.rule, path: Array(entry.path.text.utf8), pointer: entry.pointer)
    if let earlier = known[key] {
      report(
        "suppression/duplicate", severity: .warning,
        "duplicate suppression; remove one of the two",
        at: node, part: shownRange(of: node),
        related: [RelatedLocation(location: earlier.location, message: "first suppression")])
    } else {
      known[key] = entry
    }
    reading.entries.append(entry)
  }

  private mutating func entry(_ node: NodeID) -> Suppression? {
    let count = mistakeCount
    let fields: Fields<EntryField> = fields(of: node, "a suppression")
    var (rule, path): (RuleID?, PathGlob?)
    if let text = text(.rule, fields, of: node) { rule = self.rule(at: text) }
    if let text = text(.path, fields, of: node) { path = self.path(at: text) }
    let reason = text(.reason, fields, of: node)
    var (pointer, until): (PointerPattern?, CalendarDate?)
    if let text = text(.pointer, fields, of: node, isRequired: false, mayBeEmpty: true) {
      pointer = self.pointer(at: text)
    }
    let owner = text(.owner, fields, of: node, isRequired: false)
    if let text = text(.until, fields, of: node, isRequired: false) { until = date(at: text) }
    // Half of an entry would suppress more than its writer meant.
    guard mistakeCount == count, let rule, let path, let reason else { return nil }
    return Suppression(
      rule: rule, path: path, pointer: pointer, reason: document.text(of: reason),
      owner: owner.map { document.text(of: $0) }, until: until,
      location: file.location(of: node, part: shownRange(of: node), lines: lines))
  }

  /// The part of an entry that stands for it: its rule.
  private func shownRange(of entry: NodeID) -> TextRange? {
    document.value(named: EntryField.rule.rawValue, in: entry).map { document.range(of: $0) }
  }

  private mutating func text(
    _ field: EntryField, _ fields: Fields<EntryField>, of entry: NodeID, isRequired: Bool = true,
    mayBeEmpty: Bool = false
  ) -> NodeID? {
    guard let node = fields[field]?.value else {
      if isRequired {
        report(
          "suppression/missing-field",
          field == .reason
            ? "missing 'reason' in the suppression; say why the finding is accepted"
            : "missing '\(field.rawValue)' in the suppression", at: entry)
      }
      return nil
    }
    guard document.kind(of: node) == .string else {
      let isUnquoted = [.number, .boolean].contains(document.kind(of: node))
      report(
        "suppression/wrong-type",
        "'\(field.rawValue)' must be a string" + (isUnquoted ? "; put it in quotes" : ""), at: node)
      return nil
    }
    let isBlank = document.utf8(of: node).allSatisfy { [0x20, 0x09, 0x0A, 0x0D].contains($0) }
    guard mayBeEmpty || !isBlank else {
      report("suppression/empty", "'\(field.rawValue)' is empty", at: node)
      return nil
    }
    return node
  }

  private mutating func rule(at node: NodeID) -> RuleID? {
    let text = document.text(of: node)
    if let rule = RuleID(text) { return rule }
    if text.utf8.contains(UInt8(ascii: "*")) {
      report(
        "suppression/too-broad",
        "suppression must name one rule by its full id; to disable several rules, turn them off in the configuration",
        at: node)
    } else {
      report(
        "suppression/bad-rule",
        "'rule' must be the full id of a rule, such as aws-connect-chat/attributes-size", at: node
      )
    }
    return nil
  }

  private mutating func path(at node: NodeID) -> PathGlob? {
    do throws(PathGlobError) {
      return try PathGlob(document.text(of: node))
    } catch {
      report(
        "suppression/bad-path", error.message, at: node,
        part: file.sourceRange(of: error.range, in: node))
      return nil
    }
  }

  private mutating func pointer(at node: NodeID) -> PointerPattern? {
    do throws(PointerPattern.Fault) {
      return try PointerPattern(document.text(of: node))
    } catch {
      let message =
        switch error {
        case .noSlash:
          "'pointer' must be a JSON Pointer: empty for the whole request, or '/' before each name or index"
        case .badEscape:
          "in a JSON Pointer, write ~0 for '~', ~1 for '/' in a name, and ~2 for '*' in a name"
        case .starInName:
          "'*' matches one whole name and '**' any number of names; write ~2 for a '*' in a name"
        }
      report("suppression/bad-pointer", message, at: node)
      return nil
    }
  }

  private mutating func date(at node: NodeID) -> CalendarDate? {
    if let date = CalendarDate(document.utf8(of: node)) { return date }
    report(
      "suppression/bad-date",
      "'until' must be an existing date such as 2027-03-31; found \"\(document.text(of: node))\"",
      at: node)
    return nil
  }
}
