import Documents
import Findings
import SourceText

/// Reads the parts of a pack from its tree and collects the errors.
struct PackParts {
  let file: PackFile
  /// Whether the tree says all that the text does; if not, what it lacks is no error.
  let isComplete: Bool
  private var mistakes: [Mistake] = []
  /// Whether errors were left out, since there are too many of them.
  private(set) var hasMoreMistakes = false
  /// What was found out about other files.
  private var otherDiagnostics: [Diagnostic] = []
  /// Whether parts may come from packs that this one extends.
  private(set) var inherits = false

  /// How many errors are reported; a place in a huge file takes time to name.
  static let mistakeLimit = 1000

  var document: Document { file.document }

  init(file: PackFile, isComplete: Bool) {
    self.file = file
    self.isComplete = isComplete
  }

  // MARK: - Errors

  /// Notes an error at a node, unless a fault of the syntax may be its cause.
  mutating func report(_ kind: Mistake.Kind, at node: NodeID, range: TextRange? = nil) {
    if !isComplete {
      if case .missingField = kind { return }
      if case .nothingToCheck = kind { return }
      // The last branch of the tree is where reading broke off.
      let isName = document.kind(of: node) == .name
      if document.end(of: isName ? NodeID(node.index + 1) : node) == document.nodeCount { return }
    }
    guard mistakes.count < Self.mistakeLimit else {
      hasMoreMistakes = true
      return
    }
    mistakes.append(Mistake(kind: kind, node: node, range: range))
  }

  /// Notes a fault of the text itself.
  mutating func report(_ error: SyntaxError) {
    mistakes.append(
      Mistake(
        kind: .syntax(error), node: NodeID(document.nodeCount), range: error.range,
        related: error.related))
  }

  /// Notes what was found out about another file.
  mutating func report(_ diagnostic: Diagnostic) {
    otherDiagnostics.append(diagnostic)
  }

  /// Everything that was reported, sorted by place.
  func diagnostics() -> [Diagnostic] {
    guard !mistakes.isEmpty else { return otherDiagnostics.sorted(by: Diagnostic.precedes) }
    let lines = file.lineIndex()
    let own = mistakes.map { $0.diagnostic(in: file, lines: lines) }
    var sorted = (own + otherDiagnostics).sorted(by: Diagnostic.precedes)
    if hasMoreMistakes {
      let end = TextRange(at: file.source.bytes.count)
      sorted.append(
        Diagnostic(
          "pack/too-many", "more than \(Self.mistakeLimit) errors; the others are not reported",
          at: file.source.location(of: end, lines: lines)))
    }
    return sorted
  }

  // MARK: - The pack

  /// Reads the whole pack; nil where the tree is no pack of a format that is known.
  mutating func pack(
    _ loadFile: (_ relativePath: String) throws(Diagnostic) -> SourceFile
  ) -> RulePack? {
    guard document.kind(of: .root) == .object else {
      if document.kind(of: .root) != .absent {
        report(.notAMapping(found: shown(.root)), at: .root)
      }
      return nil
    }
    guard checkFormat(), checkRequirement() else { return nil }
    let fields: Fields<PackField> = fields(of: .root, .pack)
    inherits = fields[.extends] != nil
    let name = packName(fields[.name])
    let version = version(fields[.version])
    let title = text(fields[.title])
    let homepage = address(fields[.homepage])
    let extensions = extensions(fields[.extends])
    let request = request(fields[.request], loadFile)
    let parameters = parameters(fields[.parameters])
    let (rules, schemas) = rules(fields[.rules])
    let hasModel = fields[.request].map { hasField(.schema, $0) } ?? false
    if fields[.rules] == nil, !hasModel, !inherits {
      report(.nothingToCheck, at: .root, range: startOfRoot())
    }
    let uses = parameterUses(
      in: (request?.detect.map { [$0] } ?? []) + schemas, declared: parameters.declared)
    let referenced = referencedFiles(model: request?.schema, loadFile)
    return RulePack(
      file: file, formatVersion: 1, name: name, title: title, version: version,
      homepage: homepage, extensions: extensions, request: request,
      parameters: parameters.parameters, settings: parameters.settings, rules: rules,
      parameterUses: uses, schemaFiles: referenced.files,
      unreadFiles: referenced.unread)
  }

  /// Checks that the format is one that can be read, so that its fields mean what they seem to.
  private mutating func checkFormat() -> Bool {
    let name = Array(PackField.requisite.rawValue.utf8)
    var known: Document.Member?
    var isFirst = true
    var hasRules = false
    for member in document.members(of: .root) {
      if document.text(of: member.name, equals: name) {
        known = member
        break
      }
      isFirst = false
      hasRules = hasRules || document.text(of: member.name, equals: Array("rules".utf8))
    }
    guard let member = known else {
      report(.formatIsMissing, at: .root, range: startOfRoot())
      // Without rules either, this is some other file, of which nothing else is worth saying.
      return hasRules
    }
    if document.kind(of: member.value) == .absent { return false }
    guard document.kind(of: member.value) == .number else {
      wrongType(member, "the number 1")
      return false
    }
    guard document.number(of: member.value) == .integer(1) else {
      report(.formatIsUnknown(found: shownText(member.value)), at: member.value)
      return false
    }
    if !isFirst { report(.formatIsNotFirst, at: member.name) }
    return true
  }

  /// Checks that the pack is for this version of the program.
  ///
  /// Of a pack that is for another one, nothing else is said: its fields may be new, or mean another thing.
  private mutating func checkRequirement() -> Bool {
    guard let value = document.value(named: PackField.requires.rawValue, in: .root) else {
      return true
    }
    if document.kind(of: value) == .absent { return false }
    guard document.kind(of: value) == .string,
      let requirement = VersionRequirement(document.text(of: value))
    else {
      report(.notARequirement(shownText(value)), at: value)
      return true
    }
    guard !requirement.holds(of: .current) else { return true }
    mistakes = [Mistake(kind: .otherProgram(shownText(value)), node: value)]
    return false
  }

  /// Whether the mapping of `request` has a field; true where it is no mapping, which is reported.
  private func hasField(_ field: RequestField, _ request: Document.Member) -> Bool {
    document.kind(of: request.value) != .object
      || document.value(named: field.rawValue, in: request.value) != nil
  }

  private func startOfRoot() -> TextRange { TextRange(at: document.range(of: .root).lowerBound) }

  private mutating func version(_ member: Document.Member?) -> NodeID? {
    guard let member else { return nil }
    // `1.0` is a number, and quotes would not make a version of it.
    let isNumber = document.kind(of: member.value) == .number
    guard let node = isNumber ? member.value : text(member) else { return nil }
    if isNumber || !TextForms.isSemanticVersion(document.utf8(of: node)) {
      report(.notAVersion(shownText(node)), at: node)
      return nil
    }
    return node
  }

  private mutating func packName(_ member: Document.Member?) -> Located<String> {
    guard let member else {
      report(.missingField("name", owner: .pack), at: .root, range: startOfRoot())
      return Located("", at: .root)
    }
    guard let node = text(member) else { return Located("", at: member.name) }
    let bytes = document.utf8(of: node)
    if !TextForms.isKebabCase(bytes) {
      report(.notKebabCase(what: "pack name", name: shownText(node)), at: node)
    } else if bytes.elementsEqual("json".utf8) || bytes.elementsEqual("yaml".utf8) {
      report(.reservedName(shownText(node)), at: node)
    }
    return Located(document.text(of: node), at: node)
  }
}
