import Documents
package import Findings
import SourceText

/// Settles packs into one composition, and tells what of it leads nowhere.
package struct PackComposer {
  private var composition: PackComposition
  /// The keywords that models have rules for; made where a pack overrides such a rule.
  private let modelKeywords: () -> [String]
  /// The keyword of the rule of models whose severity stays as it is.
  private let fixedKeyword: String
  private var diagnostics: [Diagnostic] = []
  /// For each rule's name, the places of the rules that have it.
  private var byName: [String: [Int]] = [:]
  private var byID: [RuleID: Int] = [:]
  /// For each pack with rules about some operations, the packs by their requests' operations.
  private var owners: [Int: [[UInt8]: Int]] = [:]
  /// For each parameter's name, alone and behind its pack's name, the places of those that have it.
  private var parametersByName: [String: [Int]] = [:]
  /// What unknown names are compared with, by what it is for.
  private var nearestNames: [NameScope: NearestNames] = [:]

  /// Names that may be meant where a pack names something that there is not.
  private enum NameScope: Hashable {
    /// The rules that a pack inherits, by name or by full id.
    case rules(of: Int, areQualified: Bool)
    /// The parameters that a pack, or a setting from outside, may set.
    case settings(of: Int?, areQualified: Bool)
    /// The parameters that a pack may refer to.
    case parameters(of: Int)
  }

  /// The nearest name; the candidates are made where the first one of their scope is asked for.
  private mutating func nearest(
    to name: String, _ scope: NameScope, _ candidates: () -> [String]
  ) -> (nearest: String?, candidates: [String]) {
    var names = nearestNames[scope] ?? NearestNames(candidates())
    let nearest = names.nearest(to: name)
    nearestNames[scope] = names
    return (nearest, names.candidates)
  }

  /// Composes packs; `settings` are values for parameters from outside of them, which win.
  ///
  /// `modelKeywords` are the keywords that models have rules for, `fixedKeyword` is the one whose
  /// severity stays as it is.
  package static func compose(
    _ members: [PackComposition.Member], roots: [Int], settings: [ParameterSetting],
    modelKeywords: @escaping @autoclosure () -> [String], fixedKeyword: String
  ) -> (composition: PackComposition, diagnostics: [Diagnostic]) {
    var composer = PackComposer(
      members, roots: roots, modelKeywords: modelKeywords, fixedKeyword: fixedKeyword)
    for member in members.indices { composer.addParameters(of: member) }
    for setting in settings { composer.apply(setting) }
    for member in members.indices { composer.addRules(of: member) }
    return (composer.composition, composer.diagnostics.sorted(by: Diagnostic.precedes))
  }

  private init(
    _ members: [PackComposition.Member], roots: [Int], modelKeywords: @escaping () -> [String],
    fixedKeyword: String
  ) {
    self.modelKeywords = modelKeywords
    self.fixedKeyword = fixedKeyword
    composition = PackComposition(members: members, roots: roots)
  }

  private func pack(_ member: Int) -> RulePack { composition.members[member].pack }

  private mutating func report(
    _ code: String, _ message: String, at node: NodeID, in file: PackFile,
    related: [RelatedLocation] = []
  ) {
    diagnostics.append(
      Diagnostic(code, message, at: file.location(of: node), related: related))
  }

  // MARK: - Parameters

  private mutating func addParameters(of member: Int) {
    let pack = pack(member)
    let inherited = Set(composition.members[member].ancestors)
    for parameter in pack.parameters {
      let name = parameter.name.value
      let places = parametersByName[name, default: []]
      if let place = places.first(where: { inherited.contains(composition.parameters[$0].pack) }) {
        let other = composition.parameters[place]
        report(
          "pack/bad-value",
          "parameter '\(parameter.name.value)' is already declared by '\(self.pack(other.pack).name.value)'; to set it, write only its value",
          at: parameter.name.node, in: pack.file,
          related: [
            RelatedLocation(
              location: composition.location(of: other.parameter.name.node, in: other.pack),
              message: "declared here")
          ])
      }
      for name in [name, "\(pack.name.value).\(name)"] {
        parametersByName[name, default: []].append(composition.parameters.count)
      }
      composition.parameters.append(
        .init(
          pack: member, parameter: parameter, file: pack.file, value: parameter.defaultValue,
          source: member))
    }
    let end = composition.parameters.count
    if !pack.parameters.isEmpty {
      composition.parameterPlaces[member] = (end - pack.parameters.count)..<end
    }
    for setting in pack.settings {
      set(
        setting.name.value, at: setting.name.node, to: setting.value, in: pack.file,
        among: inherited, by: member)
    }
  }

  private mutating func apply(_ setting: ParameterSetting) {
    set(
      setting.name, at: setting.nameNode, to: setting.value, in: setting.file,
      among: Set(composition.members.indices), by: nil)
  }

  /// Gives parameters of that name a value, or tells why not.
  private mutating func set(
    _ name: String, at nameNode: NodeID, to value: NodeID, in file: PackFile,
    among packs: Set<Int>, by source: Int?
  ) {
    let qualified = name.utf8.contains(UInt8(ascii: "."))
    let places = parametersByName[name, default: []].filter {
      packs.contains(composition.parameters[$0].pack)
    }
    guard let first = places.first else {
      let composition = composition
      let (nearest, known) = nearest(to: name, .settings(of: source, areQualified: qualified)) {
        composition.parameters.filter { packs.contains($0.pack) }.map { parameter in
          let own = parameter.parameter.name.value
          return qualified
            ? "\(composition.members[parameter.pack].pack.name.value).\(own)" : own
        }
      }
      let whose = source == nil ? "" : " in the packs that this one extends"
      report(
        "pack/unknown-parameter",
        "unknown parameter '\(name)'\(whose)"
          + (nearest.map { "; did you mean '\($0)'?" }
            ?? (known.isEmpty ? "" : "; known: \(known.prefix(20).joined(separator: ", "))")),
        at: nameNode, in: file)
      return
    }
    if places.count > 1 {
      let names = places.map { "\(pack(composition.parameters[$0].pack).name.value).\(name)" }
      report(
        "pack/ambiguous-parameter",
        "ambiguous parameter '\(name)': write \(names.joined(separator: " or "))",
        at: nameNode, in: file)
      return
    }
    let parameter = composition.parameters[first].parameter
    guard file.document.isValue(value, of: parameter.type) else {
      report(
        "pack/wrong-type",
        "parameter '\(name)' must be \(parameter.type.noun), found \(file.document.words(for: value))",
        at: value, in: file,
        related: [
          RelatedLocation(
            location: composition.location(
              of: parameter.name.node, in: composition.parameters[first].pack),
            message: "declared here")
        ])
      return
    }
    composition.parameters[first].file = file
    composition.parameters[first].value = value
    composition.parameters[first].source = source
    composition.parameters[first].isSet = true
  }

  // MARK: - Rules

  private mutating func addRules(of member: Int) {
    checkParameterUses(of: member)
    for rule in pack(member).rules {
      let name = rule.name.value
      let entry = PackComposition.Sourced(rule, by: member)
      if let keyword = modelRule(name) {
        regradeModel(keyword, entry)
      } else if let slash = name.utf8.firstIndex(of: UInt8(ascii: "/")) {
        let id = RuleID(
          pack: String(name[..<slash]), rule: String(name[name.index(after: slash)...]))
        if let place = byID[id], isInherited(place, by: member) {
          override(place, by: entry)
        } else {
          reportUnknown(name, of: entry)
        }
      } else {
        let places = byName[name, default: []].filter { isInherited($0, by: member) }
        switch places.count {
        case 1: override(places[0], by: entry)
        case 0: define(entry)
        default:
          let ids = places.map { composition.rules[$0].id.description }
          report(
            "pack/ambiguous-rule",
            "ambiguous rule '\(name)': write \(ids.joined(separator: " or "))",
            at: rule.name.node, in: pack(member).file)
        }
      }
    }
  }

  private func isInherited(_ place: Int, by member: Int) -> Bool {
    composition.members[member].ancestors.contains(composition.rules[place].definition.pack)
  }

  private mutating func define(_ entry: PackComposition.Sourced<RulePack.Rule>) {
    let rule = entry.value
    let member = composition.members[entry.pack]
    guard rule.then != nil || member.parents.isEmpty else {
      reportUnknown(rule.name.value, of: entry)
      return
    }
    let id = RuleID(pack: member.pack.name.value, rule: rule.name.value)
    byID[id] = composition.rules.count
    byName[rule.name.value, default: []].append(composition.rules.count)
    composition.rules.append(
      .init(id: id, definition: entry, targets: targets(of: rule, by: entry.pack)))
  }

  /// The packs by the operations of their requests; of two with the same one, the first.
  private func ownersByOperation(_ packs: [Int]) -> [[UInt8]: Int] {
    Dictionary(
      packs.map { (Array((pack($0).request?.operation?.value ?? "").utf8), $0) },
      uniquingKeysWith: { first, _ in first })
  }

  /// The packs whose requests a rule is about.
  private mutating func targets(of rule: RulePack.Rule, by member: Int) -> [Int] {
    let all = composition.requests[member]
    guard !rule.requests.isEmpty else { return all }
    let known = owners[member] ?? ownersByOperation(all)
    owners[member] = known
    var targets: [Int] = []
    for request in rule.requests {
      if let owner = known[Array(request.value.utf8)] {
        targets.append(owner)
        continue
      }
      let known = all.compactMap { pack($0).request?.operation?.value }.filter { !$0.isEmpty }
      let nearest = NearestName.nearest(to: request.value, among: known)
      report(
        "pack/unknown-request",
        "unknown request '\(request.value)' in the pack and the packs that it extends"
          + (nearest.map { "; did you mean '\($0)'?" }
            ?? (known.isEmpty ? "" : "; known: \(known.joined(separator: ", "))")),
        at: request.node, in: pack(member).file)
    }
    return targets.isEmpty ? all : targets.sorted()
  }

  private mutating func override(
    _ place: Int, by entry: PackComposition.Sourced<RulePack.Rule>
  ) {
    let rule = entry.value
    if let request = rule.requests.first {
      report(
        "pack/bad-value", "'requests' is not allowed for inherited rules; remove it",
        at: request.node, in: pack(entry.pack).file)
    }
    if rule.isEmpty {
      report(
        "pack/useless", "this override changes nothing; add a field or remove it",
        at: rule.name.node,
        in: pack(entry.pack).file)
    }
    composition.rules[place].overrides.append(entry)
  }

  private mutating func reportUnknown(
    _ name: String, of entry: PackComposition.Sourced<RulePack.Rule>
  ) {
    let isQualified = name.utf8.contains(UInt8(ascii: "/"))
    let composition = composition
    let ancestors = Set(composition.members[entry.pack].ancestors)
    let (nearest, _) = nearest(to: name, .rules(of: entry.pack, areQualified: isQualified)) {
      composition.rules.filter { ancestors.contains($0.definition.pack) }
        .map { isQualified ? $0.id.description : $0.id.rule }
    }
    report(
      "pack/unknown-rule",
      "unknown rule '\(name)' in the packs that this one extends"
        + (nearest.map { "; did you mean '\($0)'?" }
          ?? (isQualified ? "" : "; add 'then' to define a new rule")),
      at: entry.value.name.node, in: pack(entry.pack).file)
  }

  // MARK: - Rules of models

  /// The pack, if named, and the keyword of a rule of a model: `schema/KEYWORD`.
  private func modelRule(_ name: String) -> (pack: String?, keyword: String)? {
    let parts = name.utf8.split(separator: UInt8(ascii: "/"), omittingEmptySubsequences: false)
      .map { String(Substring($0)) }
    if parts.count == 2, parts[0] == "schema" { return (nil, parts[1]) }
    if parts.count == 3, parts[1] == "schema" { return (parts[0], parts[2]) }
    return nil
  }

  private mutating func regradeModel(
    _ rule: (pack: String?, keyword: String),
    _ entry: PackComposition.Sourced<RulePack.Rule>
  ) {
    let file = pack(entry.pack).file
    let known = modelKeywords()
    guard known.contains(rule.keyword) else {
      let nearest = NearestName.nearest(to: rule.keyword, among: known)
      report(
        "pack/unknown-rule",
        "unknown rule 'schema/\(rule.keyword)' of a model"
          + (nearest.map { "; did you mean 'schema/\($0)'?" } ?? ""),
        at: entry.value.name.node, in: file)
      return
    }
    if rule.keyword == fixedKeyword {
      report(
        "pack/bad-value",
        "severity of 'schema/\(rule.keyword)' cannot be overridden: it reports that a request was not fully checked",
        at: entry.value.name.node, in: file)
      return
    }
    let owners = (composition.members[entry.pack].ancestors + [entry.pack]).filter { member in
      pack(member).request?.schema != nil
        && (rule.pack.map { $0 == pack(member).name.value } ?? true)
    }
    guard !owners.isEmpty else {
      report(
        "pack/unknown-rule",
        rule.pack.map { "this pack extends no pack '\($0)' that has a model" }
          ?? "neither this pack nor a pack that it extends has a model",
        at: entry.value.name.node, in: file)
      return
    }
    guard let severity = entry.value.severity, entry.value.isSeverityAlone else {
      report(
        "pack/bad-value",
        "only the severity of a rule of the model can be overridden: error, warning, info or off",
        at: entry.value.name.node, in: file)
      return
    }
    for owner in owners {
      let id = RuleID(pack: pack(owner).name.value, rule: "schema/\(rule.keyword)")
      composition.modelSeverities[id] = .init(severity, by: entry.pack)
    }
  }

  // MARK: - References to parameters

  /// Reports the `$param`s of a pack that extends others and that lead nowhere.
  private mutating func checkParameterUses(of member: Int) {
    let pack = pack(member)
    guard !composition.members[member].parents.isEmpty, !pack.parameterUses.isEmpty else { return }
    let visible = composition.visibleParameters(of: member)
    for use in pack.parameterUses where visible[use.name.value] == nil {
      let (nearest, _) = nearest(to: use.name.value, .parameters(of: member)) {
        visible.keys.sorted()
      }
      report(
        "pack/unknown-parameter",
        "unknown parameter '\(use.name.value)' in the pack and the packs that it extends"
          + (nearest.map { "; did you mean '\($0)'?" } ?? ""),
        at: use.name.node, in: pack.file)
    }
  }
}

extension RulePack.Rule {
  /// Whether the entry says nothing.
  fileprivate var isEmpty: Bool { severity == nil && hasNoFurtherParts }

  /// Whether the entry says how much the rule matters, and nothing else.
  fileprivate var isSeverityAlone: Bool { severity != nil && hasNoFurtherParts }

  private var hasNoFurtherParts: Bool {
    description == nil && given == nil && when == nil && then == nil && message == nil
      && help == nil && url == nil && tags.isEmpty && examples.isEmpty && requests.isEmpty
      && fix == nil
  }
}

extension Document {
  /// A value in a few words, for a person.
  fileprivate func words(for node: NodeID) -> String {
    switch kind(of: node) {
    case .null, .absent: "nothing"
    case .boolean, .number: text(of: node)
    case .string, .name:
      utf8(of: node).count <= 60 ? "a string (\"\(text(of: node))\")" : "a long string"
    case .array: "a list"
    case .object: "a mapping"
    }
  }
}
