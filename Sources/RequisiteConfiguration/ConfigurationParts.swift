import Documents
import Evaluation
import Findings
import RequisiteFiles
import RequisitePatterns
import RulePacks
import SourceText

/// Takes a configuration's tree apart, and collects what is wrong with it.
///
/// What has the wrong form is skipped, since the schema has told of it.
struct ConfigurationParts {
  private let file: PackFile
  private let lines: LineIndex
  private var diagnostics: [Diagnostic] = []
  /// The folder of the file.
  private var root = ""

  private var document: Document { file.document }

  init(file: PackFile) {
    self.file = file
    lines = file.lineIndex()
  }

  // MARK: - Errors

  mutating func report(_ code: String, _ message: String, _ range: TextRange) {
    diagnostics.append(
      Diagnostic(code, message, at: file.source.location(of: range, lines: lines)))
  }

  mutating func report(
    _ code: String, _ message: String, at node: NodeID, part: TextRange? = nil
  ) {
    diagnostics.append(
      Diagnostic(code, message, at: file.location(of: node, part: part, lines: lines)))
  }

  /// Reports a fault of the text itself.
  mutating func report(_ error: SyntaxError) {
    var diagnostic = Diagnostic(
      error.category == .duplicateName ? "config/duplicate-key" : "config/syntax", error.message,
      at: file.source.location(of: error.range, lines: lines))
    if let related = error.related {
      diagnostic.related.append(
        RelatedLocation(
          location: file.source.location(of: related.range, lines: lines),
          message: related.message))
    }
    diagnostics.append(diagnostic)
  }

  /// Reports what the schema says.
  mutating func report(_ failure: Failure, _ values: ValueText) {
    // Their own reader says more of suppressions.
    if isOfSuppression(failure.anchor) { return }
    let part = failure.decodedRange.map {
      file.sourceRange(of: $0.lowerBound..<$0.upperBound, in: failure.anchor)
    }
    var message = failure.message
    let code: String
    switch failure.keyword {
    case "additionalProperties":
      code = "config/unknown-key"
      // A file of settings has keys, where a request has members.
      if message.hasPrefix("unknown member") {
        message = "unknown key" + message.dropFirst("unknown member".count)
      }
      if !message.contains("; ") { message += "; supported: \(keys(at: failure.anchor))" }
    case "required":
      code = "config/missing-key"
      message = "missing format version; begin the configuration with 'requisite: 1'"
    case "type":
      code = "config/wrong-type"
      // That a key may be empty is no type to tell of.
      if message.hasPrefix("expected null or ") {
        message = "expected " + message.dropFirst("expected null or ".count)
      }
    default:
      code = "config/bad-value"
      if failure.keyword == "const" {
        message =
          "unsupported configuration format \(values.words(for: failure.anchor, in: Request(document))); this version supports format 1"
      }
    }
    if failure.anchor == value("requires") {
      let suggestion = VersionRequirement.suggestion(for: document.text(of: failure.anchor))
      message =
        "'requires' must be \(VersionRequirement.expected); found \(values.words(for: failure.anchor, in: Request(document)))\(suggestion)"
    }
    report(code, message, at: failure.anchor, part: part)
  }

  /// Whether a node is an entry of the list of suppressions, or within one.
  private func isOfSuppression(_ node: NodeID) -> Bool {
    let path = document.path(to: node)
    guard path.count > 2, path[1].index > 0 else { return false }
    return document.text(of: NodeID(path[1].index - 1), equals: Array("suppressions".utf8))
  }

  /// The keys that the mapping of a key may have, by the schema's word.
  private func keys(at key: NodeID) -> String {
    guard let schema = FormatSchemas.file(named: ConfigurationReader.schemaName)?.document,
      let properties = schema.value(named: "properties", in: .root)
    else { return "" }
    var owner: NodeID? = .root
    if document.path(to: key).count > 2 {
      owner = schema.value(named: "files", in: properties)
        .flatMap { schema.value(named: "additionalProperties", in: $0) }
    }
    return owner.flatMap { schema.value(named: "properties", in: $0) }
      .map { schema.members(of: $0).map { schema.text(of: $0.name) }.joined(separator: ", ") } ?? ""
  }

  /// Whether the configuration does not require another version of the program, which is reported.
  mutating func isForThisProgram() -> Bool {
    guard let value = value("requires"), document.kind(of: value) == .string else { return true }
    let text = document.text(of: value)
    guard let requirement = VersionRequirement(text), !requirement.holds(of: .current) else {
      return true
    }
    report(
      "config/unsupported",
      "the configuration requires requisite \(text), and this is version \(ProgramVersion.current); install another version, or change 'requires'",
      at: value)
    return false
  }

  consuming func finish() -> [Diagnostic] { diagnostics.sorted(by: Diagnostic.precedes) }

  // MARK: - The whole

  /// Reads the configuration as far as its form goes.
  mutating func configuration(root: String) -> Configuration {
    self.root = root
    return Configuration(
      file: file, root: root,
      extensions: extensions(value("extends")),
      packs: packs(value("packs")),
      casing: choice(value("casing")),
      exclude: elements(value("exclude")).compactMap { pattern($0) },
      parameters: parameters(value("parameters")),
      rules: rules(value("rules")),
      files: entries(value("files")),
      suppressions: [
        SuppressionNodes(
          file: file, nodes: elements(value("suppressions")),
          base: PatternBase(root, seenFrom: root))
      ],
      suppressionComments: boolean(value("suppression-comments")),
      hasSuppressions: value("suppressions") != nil,
      baselinePath: value("baseline").flatMap { path($0, "baseline path") },
      failOn: choice(value("fail-on")),
      formats: formats(value("formats")))
  }

  private func value(_ name: String, in node: NodeID = .root) -> NodeID? {
    document.kind(of: node) == .object ? document.value(named: name, in: node) : nil
  }

  /// The elements of a list; none where nothing is behind the key's colon.
  private func elements(_ node: NodeID?) -> [NodeID] {
    guard let node, document.kind(of: node) == .array else { return [] }
    return Array(document.elements(of: node))
  }

  /// The members of a mapping; none where nothing is behind the key's colon.
  private func members(_ node: NodeID?) -> [Document.Member] {
    guard let node, document.kind(of: node) == .object else { return [] }
    return Array(document.members(of: node))
  }

  private func placed<Value>(_ value: Value, at node: NodeID) -> Placed<Value> {
    Placed(value, at: file.location(of: node, lines: lines))
  }

  /// The text of a string that is not empty.
  private func text(_ node: NodeID) -> Located<String>? {
    guard document.kind(of: node) == .string, !document.utf8(of: node).isEmpty else { return nil }
    return Located(document.text(of: node), at: node)
  }

  private func choice<Value: RawRepresentable & Sendable>(_ node: NodeID?) -> Placed<Value>?
  where Value.RawValue == String {
    guard let node, let text = text(node) else { return nil }
    return Value(rawValue: text.value).map { placed($0, at: node) }
  }

  private func boolean(_ node: NodeID?) -> Placed<Bool>? {
    guard let node, document.kind(of: node) == .boolean else { return nil }
    return placed(document.isTrue(node), at: node)
  }

  // MARK: - Paths

  private mutating func pattern(_ node: NodeID) -> PathPattern? {
    guard let text = text(node) ?? nameText(node) else { return nil }
    do throws(PathGlobError) {
      return PathPattern(
        glob: try PathGlob(text.value), location: file.location(of: node, lines: lines),
        base: PatternBase(root, seenFrom: root))
    } catch {
      report(
        "config/bad-pattern", error.message, at: node,
        part: file.sourceRange(of: error.range, in: node))
      return nil
    }
  }

  private func nameText(_ node: NodeID) -> Located<String>? {
    document.kind(of: node) == .name ? Located(document.text(of: node), at: node) : nil
  }

  /// A relative path; with `mayClimb`, it may begin with steps out of the folder.
  private mutating func path(
    _ node: NodeID, _ subject: String, mayClimb: Bool = false
  ) -> Placed<String>? {
    guard let text = text(node) else { return nil }
    do throws(RelativePath.Fault) {
      return placed(try RelativePath.read(text.value, mayClimb: mayClimb), at: node)
    } catch {
      report("config/bad-path", error.message(subject), at: node)
      return nil
    }
  }

  /// The configurations that `extends` names: one, or a list.
  private mutating func extensions(_ node: NodeID?) -> [Placed<String>] {
    guard let node else { return [] }
    let nodes = document.kind(of: node) == .array ? elements(node) : [node]
    var paths: [Placed<String>] = []
    for node in nodes {
      if let path = path(node, "path of an extended configuration", mayClimb: true) {
        paths.append(path)
      }
    }
    return paths
  }

  private mutating func packs(_ node: NodeID?) -> [PackEntry]? {
    guard let node else { return nil }
    var packs: [PackEntry] = []
    for element in elements(node) {
      guard let pack = path(element, "pack path", mayClimb: true) else { continue }
      packs.append(PackEntry(value: pack.value, folder: root, location: pack.location))
    }
    return packs
  }

  /// The reports of `formats`; nil where there are none.
  private mutating func formats(_ node: NodeID?) -> [ConfiguredReport]? {
    let nodes = elements(node)
    guard !nodes.isEmpty else { return nil }
    var formats: [ConfiguredReport] = []
    for node in nodes {
      if let format = report(at: node) { formats.append(format) }
    }
    return formats
  }

  private mutating func report(at node: NodeID) -> ConfiguredReport? {
    guard let text = text(node) else { return nil }
    let parts = text.value.split(separator: "=", maxSplits: 1, omittingEmptySubsequences: false)
    let format = placed(String(parts[0]), at: node)
    guard parts.count > 1, !StandardStream.isMeant(by: String(parts[1])) else {
      return ConfiguredReport(format: format, path: nil)
    }
    do throws(RelativePath.Fault) {
      return ConfiguredReport(format: format, path: try RelativePath.read(String(parts[1])))
    } catch {
      report("config/bad-path", error.message("report path"), at: node)
      return nil
    }
  }

  // MARK: - Settings

  private mutating func entries(_ node: NodeID?) -> [FileEntry] {
    var entries: [FileEntry] = []
    for member in members(node) {
      let pattern = pattern(member.name)
      // A list that is commented out chooses nothing, in place of leaving the files unchecked.
      let packs = packs(value("packs", in: member.value)).flatMap { $0.isEmpty ? nil : $0 }
      let rules = rules(value("rules", in: member.value))
      guard let pattern else { continue }
      entries.append(
        FileEntry(
          pattern: pattern, packs: packs,
          operation: value("operation", in: member.value).flatMap { node in
            text(node).map { placed($0.value, at: node) }
          },
          casing: choice(value("casing", in: member.value)),
          exclude: boolean(value("exclude", in: member.value)), rules: rules,
          failOn: choice(value("fail-on", in: member.value)),
          suppressionComments: boolean(value("suppression-comments", in: member.value))))
    }
    return entries
  }

  private mutating func rules(_ node: NodeID?) -> [RuleGrade] {
    var grades: [RuleGrade] = []
    for member in members(node) {
      let grade: Placed<RulePack.RuleSeverity>? = choice(member.value)
      guard let grade else { continue }
      let id = Located(document.text(of: member.name), at: member.name)
      grades.append(
        RuleGrade(
          id: id, severity: grade.value.findingSeverity,
          location: file.location(of: member.name, lines: lines)))
    }
    return grades
  }

  private mutating func parameters(_ node: NodeID?) -> [ParameterSetting] {
    var settings: [ParameterSetting] = []
    for member in members(node) {
      let name = document.text(of: member.name)
      guard ParameterName(name) != nil else {
        report("config/bad-value", ParameterName.mistake(name), at: member.name)
        continue
      }
      settings.append(
        ParameterSetting(file: file, nameNode: member.name, name: name, value: member.value))
    }
    return settings
  }
}

/// The name of a parameter outside of its pack: the pack's name, a dot and its own.
package struct ParameterName: Sendable {
  /// The pack's name.
  package let pack: String
  /// The parameter's own name.
  package let parameter: String

  /// Takes a name apart; nil where either part is missing.
  package init?(_ text: String) {
    // The names of packs have no dot.
    guard let dot = text.utf8.firstIndex(of: UInt8(ascii: ".")) else { return nil }
    pack = String(text[..<dot])
    parameter = String(text[text.utf8.index(after: dot)...])
    if pack.isEmpty || parameter.isEmpty { return nil }
  }

  /// What is wrong with a name that cannot be taken apart.
  package static func mistake(_ text: String) -> String {
    "expected PACK.PARAMETER, such as 'aws-connect-chat.maxAttributeBytes', found '\(text)'"
  }
}
