import RequisiteConfiguration
import Evaluation
import Findings
import RuleCompilation
import RulePacks
import SourceText

/// What a configuration says of packs, held to the packs.
extension LintProfiles {
  /// Everything that a configuration, or a flag, says of rules, parameters and operations that no
  /// pack has.
  func mistakes(
    of configuration: Configuration?, _ index: Int?, _ selections: [PackSelection]
  ) -> [Diagnostic] {
    var seen: Set<PackSetKey> = []
    let sets = selections.compactMap { selection in
      let key = PackSetKey(selection, index)
      return seen.insert(key).inserted ? packSets[key] : nil
    }
    let packs = sets.flatMap(\.packs)
    var mistakes: [Diagnostic] = []
    let grades = (configuration?.rules ?? []) + (configuration?.files ?? []).flatMap(\.rules)
    // The packs that a configuration means may have been put aside by a flag.
    let isMeant = choices.packs == nil
    let settings = (isMeant ? configuration?.parameters ?? [] : []) + choices.parameters
    // Most runs have neither, and need no list of the packs.
    let members =
      grades.isEmpty && settings.isEmpty
      ? [] : Set(packs.flatMap(\.packNames))
    // Most runs override no rule, and need no list of them all.
    if !grades.isEmpty {
      var known = Set(packs.flatMap(\.ruleIDs).map(\.description))
      for pack in packs {
        known.formUnion(
          pack.modelRules.map { "\(pack.plan.ruleTable.packName)/schema/\($0.keyword)" })
      }
      var candidates = NearestNames(
        known.sorted { $0.utf8.lexicographicallyPrecedes($1.utf8) })
      mistakes += grades.compactMap { mistake(in: $0, known, &candidates, members) }
    }
    mistakes += settings.compactMap { mistake(in: $0, packs, members) }
    for selection in selections {
      let key = PackSetKey(selection, index)
      guard let operation = selection.operation, let set = packSets[key],
        !set.packs.contains(where: { $0.isRequest(operation.text) })
      else { continue }
      let operations = set.packs.compactMap(\.operation)
      let nearest = NearestName.nearest(to: operation.text, among: operations)
      mistakes.append(
        Diagnostic(
          "config/unknown-operation",
          "unknown operation '\(operation.text)' in the packs in use",
          hint: nearest.map { "did you mean '\($0)'?" }
            ?? (operations.isEmpty ? nil : "known: \(operations.joined(separator: ", "))"),
          at: operation.location))
    }
    return mistakes + unselectable(index, selections)
  }

  /// The packs that nothing can select.
  ///
  /// A pack that is listed under `packs` applies to what its `detect` fits, and so does one of several
  /// that are chosen together; one that describes a request without `detect` has to be chosen by itself,
  /// by an entry of `files` or a flag.
  private func unselectable(_ index: Int?, _ selections: [PackSelection]) -> [Diagnostic] {
    var chosen: Set<String> = []
    for selection in selections {
      for pack in packSets[PackSetKey(selection, index)]?.packs(for: selection) ?? []
      where selection.applicability == .always && !pack.needsDetection {
        chosen.insert(pack.name)
      }
    }
    var mistakes: [Diagnostic] = []
    for selection in selections {
      guard let set = packSets[PackSetKey(selection, index)], !set.isFaulty else { continue }
      for pack in set.packs(for: selection) {
        guard let owner = pack.owner, pack.plan.ruleTable.detect == nil,
          !chosen.contains(pack.name)
        else { continue }
        let position = set.places.firstIndex { place in
          place.map { pack.composition.requests[$0].contains(owner) } ?? false
        }
        let request = pack.operation.map { "the operation '\($0)'" }
        mistakes.append(
          Diagnostic(
            "config/unselectable-pack",
            "pack '\(pack.name)' is never selected: it has \(request ?? "a model") but no 'detect'",
            hint:
              "add 'detect' to its request, or choose only this pack, with --pack or under 'files' for the files that hold such requests",
            at: selection.operation?.location
              ?? position.flatMap { selection.names?[$0].location }))
      }
    }
    return mistakes
  }

  private func mistake(
    in grade: RuleGrade, _ known: Set<String>, _ candidates: inout NearestNames,
    _ members: Set<String>
  ) -> Diagnostic? {
    let id = grade.id.value
    let pack = id.utf8.firstIndex(of: UInt8(ascii: "/")).map { String(id[..<$0]) }
    if let pack, ReadingRule.descriptions.contains(where: { $0.id.pack == pack }) {
      return Diagnostic(
        "config/fixed-rule",
        "severity of '\(pack)/…' rules cannot be overridden: they report requests that cannot be read reliably",
        at: grade.location)
    }
    if id.utf8.suffix(13).elementsEqual("/schema/limit".utf8) {
      return Diagnostic(
        "config/fixed-rule",
        "severity of '\(id)' cannot be overridden: it reports that a request was not fully checked",
        at: grade.location)
    }
    if known.contains(id) || choices.packs != nil && pack.map({ !members.contains($0) }) ?? false {
      return nil
    }
    let nearest = candidates.nearest(to: id)
    let packs = members.sorted().joined(separator: ", ")
    return Diagnostic(
      "config/unknown-rule",
      "unknown rule '\(id)' in the packs in use",
      hint: nearest.map { "did you mean '\($0)'?" }
        ?? (pack.map { members.contains($0) } ?? true
          ? "run 'requisite rules' to list the rules" : "packs in use: \(packs)"),
      at: grade.location)
  }

  /// A setting whose pack takes part was looked at when the pack was loaded.
  private func mistake(
    in setting: ParameterSetting, _ packs: [LoadedPack], _ members: Set<String>
  ) -> Diagnostic? {
    guard let name = ParameterName(setting.name), !members.contains(name.pack) else { return nil }
    var known: [String] = []
    for pack in packs {
      for parameter in pack.composition.parameters {
        let owner = pack.composition.members[parameter.pack].pack.name.value
        known.append("\(owner).\(parameter.parameter.name.value)")
      }
    }
    let nearest = NearestName.nearest(to: setting.name, among: Set(known).sorted())
    return Diagnostic(
      "config/unknown-parameter",
      "unknown parameter '\(setting.name)' in the packs in use",
      hint: nearest.map { "did you mean '\($0)'?" },
      at: setting.file.location(of: setting.nameNode))
  }
}
