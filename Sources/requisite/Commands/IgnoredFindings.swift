import Findings
import Linting
import RequisiteFiles
import SourceText
import Suppressions

/// The file and the pointer of `--at FILE#/POINTER`.
struct FindingPlace {
  /// The file.
  let path: String
  /// The pointer; nil for the whole file.
  let pointer: JSONPointer?

  /// Reads an argument; a `#` may be part of the file's name or of the pointer.
  init(_ text: String, in files: any FileSystem) throws(Diagnostic) {
    if files.kind(of: text) == .file {
      (path, pointer) = (text, nil)
      return
    }
    var missing: String?
    for index in text.utf8.indices where text.utf8[index] == UInt8(ascii: "#") {
      let path = String(text[..<index])
      let rest = String(text[text.utf8.index(after: index)...])
      missing = missing ?? path
      guard files.kind(of: path) == .file else { continue }
      guard let pointer = JSONPointer(rest) else {
        throw Diagnostic(
          "ignore/bad-pointer",
          "invalid JSON Pointer '\(rest)'",
          hint: "write a '/' before each name or index, or nothing for the whole request"
        )
      }
      (self.path, self.pointer) = (path, pointer)
      return
    }
    throw Diagnostic("input/missing", "no file '\(missing ?? text)'")
  }

  /// The one absolute path of the file.
  func location(_ settings: RunSettings) -> String {
    settings.root.location(of: path, workingFolder: settings.workingFolder)
  }
}

/// The findings of a rule in a file.
struct IgnoredFindings {
  private let rule: String
  private let findings: [Finding]

  /// Checks the file.
  init(of rule: String, in path: String, _ settings: RunSettings) throws(Diagnostic) {
    self.rule = rule
    var profiles = settings.profiles(isStrict: false)
    profiles.options.needs = .stablePointers
    profiles.options.readsExamples = false
    SuppressionChoices.applyComments(in: &profiles.options, settings, keepsSuppressed: true)
    let collected = InputCollector.collect(
      [path], InputCollector.Options(in: settings.files, workingFolder: settings.workingFolder))
    guard let input = collected.inputs.first, case .profile(let profile) = profiles.place(of: input)
    else {
      throw profiles.takeDiagnostics().first { $0.severity == .error }
        ?? Diagnostic(
          "input/excluded", "'\(path)' is excluded by its configuration, so it has no findings")
    }
    let known = profiles.profiles.ruleDescriptions + ReadingRule.descriptions
    guard known.contains(where: { $0.id.description.utf8.elementsEqual(rule.utf8) }) else {
      let nearest = NearestName.nearest(to: rule, among: known.map(\.id.description))
      throw Diagnostic(
        "argument/unknown-rule",
        "unknown rule '\(rule)'"
          + (nearest.map { "; did you mean '\($0)'?" } ?? "; 'requisite rules' lists them"))
    }
    var findings: [Finding] = []
    var diagnostics: [Diagnostic] = []
    var session = LintSession(profiles.profiles.map(\.options))
    session.lint(input, profile: profile) { result in
      findings += result.findings.filter { $0.rule.description.utf8.elementsEqual(rule.utf8) }
      diagnostics += result.diagnostics
    }
    if let mistake = diagnostics.first(where: { $0.severity == .error }) { throw mistake }
    self.findings = findings
  }

  /// The pointer of an entry for a place, nil for all places.
  ///
  /// - Throws: an error if there is no finding at the place, or all of them are suppressed already.
  func pointer(
    for place: FindingPlace, among set: KnownFindings.SuppressionSet, _ settings: RunSettings
  ) throws(Diagnostic) -> JSONPointer? {
    let meant = findings.filter { finding in
      guard let pointer = place.pointer else { return true }
      return finding.places.contains(pointer)
    }
    guard let first = meant.first else { throw noFinding(at: place) }
    let path = Paths.relativePath(of: place.location(settings), below: set.folder)
    let entries = set.entries.filter { entry in
      entry.rule == first.rule && !entry.isExpired(on: settings.today)
        && (path.map { entry.coversFile(at: $0) } ?? false)
    }
    var covering: [RelatedLocation] = []
    for finding in meant {
      let cover: RelatedLocation
      if let comment = finding.suppression?.comment {
        cover = RelatedLocation(location: comment, message: "by this comment")
      } else if let entry = entries.first(where: { $0.covers(finding) }) {
        cover = RelatedLocation(location: entry.location, message: "by this entry")
      } else {
        return place.pointer.map { finding.lastingPlace($0, among: findings) }
      }
      if !covering.contains(cover) { covering.append(cover) }
    }
    throw Self.duplicate(of: covering, count: meant.count)
  }

  private static func duplicate(of covering: [RelatedLocation], count: Int) -> Diagnostic {
    Diagnostic(
      "ignore/duplicate",
      count == 1
        ? "this finding is already suppressed" : "these \(count) findings are already suppressed",
      at: nil,
      related: Array(
        covering.sorted { $0.location.region.start.offset < $1.location.region.start.offset }
          .prefix(10)))
  }

  private func noFinding(at place: FindingPlace) -> Diagnostic {
    guard let pointer = place.pointer, !findings.isEmpty else {
      return Diagnostic("ignore/no-finding", "'\(place.path)' has no finding of \(rule)")
    }
    let pointers = findings.compactMap(\.location.pointer?.description)
    let nearest = NearestName.nearest(to: pointer.description, among: pointers)
    let others = pointers.prefix(3).map { "'\($0)'" }.joined(separator: ", ")
    return Diagnostic(
      "ignore/no-finding",
      "\(rule) has no finding at '\(pointer)' in '\(place.path)'"
        + (nearest.map { "; did you mean '\($0)'?" } ?? "; it has findings at \(others)"))
  }
}

extension Finding {
  /// The place of the finding, as reports show it and by the identity of elements.
  fileprivate var places: [JSONPointer] {
    [location.pointer, stablePointer].compactMap { $0 }
  }

  /// The pointer that an entry for the finding has, which was named by another one.
  ///
  /// Elements go by their identity where the pack says what that is, so that the entry follows them,
  /// unless another finding would be suppressed as well.
  fileprivate func lastingPlace(_ named: JSONPointer, among findings: [Finding]) -> JSONPointer {
    guard let stablePointer, stablePointer != named else {
      return named
    }
    let isShared = findings.contains { other in
      other.stablePointer == stablePointer && other.location.pointer != location.pointer
    }
    return isShared ? named : stablePointer
  }
}

extension Suppression {
  /// Whether the entry is about the place of a finding.
  fileprivate func covers(_ finding: Finding) -> Bool {
    finding.places.isEmpty ? covers(nil) : finding.places.contains { covers($0) }
  }
}
