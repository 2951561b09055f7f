import Documents
import Evaluation
import Findings
import RulePacks
import SourceText

/// What several keywords have in common.
extension SchemaCompiler {
  /// How many members `properties` may name: their numbers have 16 bits, of which one is taken.
  static let memberLimit = Int(UInt16.max) - 1

  /// The use of a keyword beside another in the same schema, or nil.
  func sibling(_ name: String, of use: KeywordUse) -> KeywordUse? {
    let document = resources.document(of: use.schema)
    guard let keyword = KeywordList.byName[name], keyword.drafts.contains(use.draft),
      let member = document.member(named: name, in: use.schema.node)
    else { return nil }
    return KeywordUse(
      name: name, value: substituted(SchemaPlace(file: use.schema.file, node: member.value)),
      namePlace: SchemaPlace(file: use.schema.file, node: member.name), schema: use.schema,
      draft: use.draft)
  }

  /// `properties`, `patternProperties` and `additionalProperties` of one schema, as one table.
  mutating func emitMembers(_ use: KeywordUse) {
    var named: [(name: MemberName, schema: SchemaID)] = []
    var patterns: [(pattern: Int, schema: SchemaID)] = []
    if let properties = sibling("properties", of: use),
      let entries = mapping(properties, of: "schemas")
    {
      for entry in entries { named.append((memberName(entry.name), schema(at: entry.value))) }
    }
    if let properties = sibling("patternProperties", of: use),
      let entries = mapping(properties, of: "schemas")
    {
      for entry in entries {
        guard let index = pattern(entry.name, at: entry.namePlace) else { continue }
        patterns.append((index, schema(at: entry.value)))
      }
    }
    let additional = sibling("additionalProperties", of: use)
    let forbids = additional.map {
      kind(of: $0.value) == .boolean && !resources.document(of: $0.value).isTrue($0.value.node)
    }
    if named.count > Self.memberLimit {
      mistake("schema/bad-value", "properties takes at most 65,534 members", at: use.value)
    }
    plan.program.memberTables.append(
      MemberTable(
        named: named, patterns: patterns, additional: additional.map { schema(at: $0.value) },
        forbidsAdditional: forbids ?? false))
    emit(.members(index: plan.program.memberTables.count - 1))
  }

  /// Schemas for the first elements, and one for the rest.
  mutating func emitItems(prefix: KeywordUse?, rest: KeywordUse?) {
    var schemas: [SchemaID] = []
    if let prefix {
      guard let places = list(prefix, of: "schemas") else { return }
      for place in places { schemas.append(schema(at: place)) }
    }
    let restSchema = rest.map { schema(at: $0.value) }
    plan.program.itemsTable.append(
      Items(prefix: schemas, rest: restSchema, restKeyword: rest?.name ?? "items"))
    emit(.items(index: plan.program.itemsTable.count - 1))
  }

  /// A keyword that counts members.
  mutating func emitPresence(_ keyword: Presence.Keyword, _ use: KeywordUse) {
    guard var names = names(use) else { return }
    // A member that is listed twice is still one.
    var seen: Set<Symbol> = []
    names.removeAll { !seen.insert($0.symbol).inserted }
    // At most one of one member is always there.
    let least = keyword == .atMostOneOf ? 2 : 1
    if names.count < least, budget.isLeftForCompilation {
      mistake(
        "schema/bad-value",
        "\(use.name) takes at least \(least == 1 ? "one member name" : "two member names")",
        at: use.value)
    }
    plan.program.presences.append(Presence(keyword: keyword, names: names))
    emit(.presence(index: plan.program.presences.count - 1))
  }

  /// A reference that leads nowhere.
  mutating func reportUnknownReference(_ reference: String, _ use: KeywordUse) {
    let file = URIReference.splitFragment(reference).uri
    guard let root = resources.target(of: file.isEmpty ? "#" : file, from: use.schema) else {
      reportUnknownFile(file, of: reference, use)
      return
    }
    guard wantsHints else {
      mistake("schema/unknown-reference", "unresolved reference \"\(reference)\"", at: use.value)
      return
    }
    let document = resources.document(of: root)
    var candidates: [String] = []
    for keyword in ["$defs", "definitions"] {
      guard let definitions = document.value(named: keyword, in: root.node) else { continue }
      candidates += document.members(of: definitions).map {
        "\(file)#/\(keyword)/\(document.text(of: $0.name))"
      }
    }
    let nearest = NearestName.nearest(to: reference, among: candidates)
    let place = file.isEmpty ? "this schema" : "\"\(file)\""
    mistake(
      "schema/unknown-reference",
      nearest.map { "unresolved reference \"\(reference)\"; did you mean \"\($0)\"?" }
        ?? "unresolved reference \"\(reference)\" in \(place)",
      at: use.value)
  }

  /// Reports a reference to a file that is not there, or that could not be read.
  private mutating func reportUnknownFile(
    _ file: String, of reference: String, _ use: KeywordUse
  ) {
    switch resources.fault(ofReference: file, from: use.schema) {
    case .unreadable(let reason)?:
      mistake("schema/unknown-reference", reason, at: use.value)
    case .overLimit(let limit)?:
      mistake(
        "schema/too-many-files",
        "schemas refer to more than \(limit) files; the others are not read, so merge some of them",
        at: use.value)
    case .malformed(let errors)?:
      for error in errors {
        var error = error
        if error.related.count < 3 {
          error.related.append(
            RelatedLocation(
              location: resources.location(of: use.value), message: "referred to here"))
        }
        add(error)
      }
    case nil:
      let nearest =
        wantsHints ? NearestName.nearest(to: reference, among: resources.uris) : nil
      mistake(
        "schema/unknown-reference",
        nearest.map { "unresolved reference \"\(reference)\"; did you mean \"\($0)\"?" }
          ?? (file.utf8.contains(UInt8(ascii: ":")) || file.hasSuffix(".json")
            ? "unresolved reference \"\(reference)\"; only the pack's own schemas can be referred to, since nothing is fetched"
            : "unresolved reference \"\(reference)\"; the name of a file must end in .json, .yaml or .yml"),
        at: use.value)
    }
  }
}
