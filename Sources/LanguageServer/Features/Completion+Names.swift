import Findings
import Linting
import RequisiteFiles
import RulePacks
import SourceText

extension LanguageServer {
  /// A name that may be at a place of a pack, a configuration or a suppression.
  struct NameCandidate {
    var name: String
    /// The kind of a completion.
    var kind: Int
    var detail: String
  }

  /// What a name in a document refers to.
  private enum ReferenceKind { case rule, pack, configuration, parameter }

  /// The rules, packs, configurations or parameters that may be named at a place, and whether they are names
  /// of members; nil where none is named.
  func names(
    for place: CursorContext, in document: OpenDocument
  ) -> (items: [NameCandidate], areNames: Bool)? {
    guard let reference = Self.referenceKind(at: place, in: document.kind) else { return nil }
    var items: [NameCandidate]
    switch reference {
    case .rule: items = rules(for: place, in: document)
    case .parameter: items = parameters(for: place, in: document)
    case .pack:
      items = BuiltInPacks.names.map {
        NameCandidate(name: $0, kind: Self.moduleKind, detail: "built-in pack")
      }
      items += files(near: document) { $0 == .pack }
    case .configuration: items = files(near: document) { $0 == .configuration }
    }
    items.removeAll { place.siblings.contains($0.name) }
    return (items, place.role == .name && (reference == .rule || reference == .parameter))
  }

  private static var ruleKind: Int { 20 }
  private static var moduleKind: Int { 9 }
  private static var fileKind: Int { 17 }
  private static var variableKind: Int { 6 }

  private static func referenceKind(at place: CursorContext, in kind: DocumentKind)
    -> ReferenceKind?
  {
    let isElement = place.path.last == .element
    let owner = isElement ? place.path.dropLast().last : place.path.last
    // The first word behind a dash may become a name.
    let isValue = place.role == .value || isElement
    switch kind {
    case .suppressions: return place.role == .value && owner == .name("rule") ? .rule : nil
    case .configuration:
      if place.role == .value, owner == .name("rule") { return .rule }
      if place.role == .name, owner == .name("rules") { return .rule }
      if place.role == .name, owner == .name("parameters") { return .parameter }
      if isValue, owner == .name("packs") { return .pack }
      return isValue && owner == .name("extends") ? .configuration : nil
    case .pack:
      if place.role == .name, place.path == [.name("rules")] { return .rule }
      if place.role == .name, place.path == [.name("parameters")] { return .parameter }
      guard isValue, place.path.first == .name("extends") else { return nil }
      return owner == .name("extends") || owner == .name("pack") ? .pack : nil
    case .request, .baseline, .other: return nil
    }
  }

  private func rules(for place: CursorContext, in document: OpenDocument) -> [NameCandidate] {
    var rules = referredPacks(of: document).ruleDescriptions
    if document.kind == .suppressions { rules += ReadingRule.descriptions }
    var seen: Set<String> = []
    return rules.map { rule in
      NameCandidate(
        name: document.kind == .pack ? rule.id.rule : rule.id.description, kind: Self.ruleKind,
        detail: rule.summary)
    }.filter { seen.insert($0.name).inserted }
  }

  private func parameters(for place: CursorContext, in document: OpenDocument) -> [NameCandidate] {
    var seen: Set<String> = []
    return referredPacks(of: document).flatMap { pack in
      let composition = pack.composition
      return composition.parameters.map { parameter in
        let owner = composition.members[parameter.pack].pack
        let name = parameter.parameter.name.value
        return NameCandidate(
          name: document.kind == .pack ? name : "\(owner.name.value).\(name)",
          kind: Self.variableKind,
          detail: parameter.parameter.description.map { owner.text(of: $0) }
            ?? parameter.parameter.type.rawValue)
      }
    }.filter { seen.insert($0.name).inserted }
  }

  // MARK: - Packs

  /// The packs that a document builds on, whether or not the rest of it has errors, as a name that is half
  /// typed has.
  private func referredPacks(of document: OpenDocument) -> [LoadedPack] {
    let members: Set<String>
    switch document.kind {
    case .configuration: members = ["requisite", "extends", "packs"]
    case .pack: members = ["requisite", "name", "extends"]
    case .request, .suppressions, .baseline, .other: return packs(of: document)
    }
    let known = packs(of: document)
    guard known.isEmpty, document.syntax == .yaml else { return known }
    var files = files
    files.set(Self.text(document.buffer.bytes, onlyWith: members), for: document.handle)
    return withWorkspace(of: document) { workspace in
      var other = Workspace(workspace.folder, settings, in: files)
      return document.kind == .pack
        ? other.loading(packAt: document.path).packs : other.packsInUse(near: document.path)
    }
  }

  /// The lines of some members of a mapping in YAML.
  private static func text(_ text: [UInt8], onlyWith members: Set<String>) -> [UInt8] {
    var kept: [UInt8] = []
    var isKept = true
    for range in LineDifference.lines(of: text) {
      let line = text[range.lowerBound..<range.upperBound]
      // Items of a list may begin at the column of its name.
      if let first = line.first, !"-#} ]\t\r\n".utf8.contains(first) {
        let name = line.prefix { $0 != UInt8(ascii: ":") }
        isKept = members.contains(String(decoding: name, as: UTF8.self))
      }
      if isKept { kept += line }
    }
    return kept
  }

  // MARK: - Files

  /// How many files are looked at, to offer those of a kind.
  static var mostNearbyFiles: Int { 200 }
  /// How many bytes of such a file are read.
  private static var readPart: Int { 1 << 16 }

  /// Files of a kind in the folder of a document and in the folders in it, and configurations above it.
  private func files(
    near document: OpenDocument, where isMeant: (DocumentKind) -> Bool
  ) -> [NameCandidate] {
    guard let folder = Paths.parent(of: document.path) else { return [] }
    var names: [String] = []
    if isMeant(.configuration) { names = configurations(above: folder) }
    var seenCount = 0
    func look(in prefix: String) -> [String] {
      var folders: [String] = []
      let listing = try? files.listing(ofFolder: Paths.joined(folder, prefix))
      for (name, kind) in listing?.entries ?? [] where seenCount < Self.mostNearbyFiles {
        if kind == .folder, !name.hasPrefix(".") { folders.append(prefix + name + "/") }
        guard kind == .file, [".yaml", ".yml"].contains(where: { name.hasSuffix($0) }) else {
          continue
        }
        seenCount += 1
        let path = Paths.joined(folder, prefix + name)
        guard !path.hasSameBytes(as: document.path), let text = head(ofFile: path) else { continue }
        let found = DocumentKind(path: path, language: nil, text: text)
        if isMeant(found) { names.append(prefix + name) }
      }
      return folders
    }
    for inner in look(in: "") { _ = look(in: inner) }
    return names.map { NameCandidate(name: $0, kind: Self.fileKind, detail: "") }
  }

  private func head(ofFile path: String) -> [UInt8]? {
    var bytes: [UInt8] = []
    guard let file = try? files.open(path, .unrecorded),
      (try? file.read(appendingTo: &bytes, limit: Self.readPart)) != nil
    else { return nil }
    return bytes
  }

  /// The configurations of the folders above one, as far as the folder that the editor works in.
  private func configurations(above folder: String) -> [String] {
    var names: [String] = []
    var prefix = ""
    var current = folder
    while let root = folders.first(where: {
      !current.hasSameBytes(as: $0) && Paths.isPath(current, inside: $0)
    }), let parent = Paths.parent(of: current), Paths.isPath(parent, inside: root) {
      current = parent
      prefix += "../"
      if files.kind(of: Paths.joined(parent, ".requisite.yaml")) == .file {
        names.append(prefix + ".requisite.yaml")
      }
    }
    return names
  }
}
