import Documents
package import Findings
package import RulePacks
import SourceText

/// The content of a pack's reference page, whatever its format.
///
/// The same pack always makes the same page: the page depends only on the pack's text.
package struct PackDocument: Sendable {
  /// The pack's name.
  package var name: String
  /// The pack's title; its name where it has none.
  package var title: String
  /// The pack's version, if it has one.
  package var version: String?
  /// The address of further documentation.
  package var homepage: String?
  /// The names of the packs that it extends.
  package var extended: [String]
  /// The operations whose requests its rules check.
  package var operations: [String]
  /// The JSONPaths of sensitive values, which are never shown.
  package var sensitive: [String]
  /// The parameters of the pack and of those that it extends.
  package var parameters: [ParameterFacts]
  /// The rules of packs that are in force, by the packs that define them, those of this one first.
  package var sections: [Section]
  /// The rules of requests' models.
  package var modelRules: [RuleFacts]

  /// The rules that one pack defines.
  package struct Section: Sendable {
    /// The pack's name.
    package var pack: String
    /// The rules, in the order of the pack.
    package var rules: [RuleFacts]
  }

  /// Creates the page of a pack of a composition.
  ///
  /// `descriptions` are those of all rules in force, those of models included; `hidden` are inherited
  /// examples that no longer hold.
  package init(
    of composition: PackComposition, member: Int, described descriptions: [RuleDescription],
    hiding hidden: Set<PackComposition.ExampleKey> = []
  ) {
    let pack = composition.members[member].pack
    let family = composition.members[member].ancestors + [member]
    func name(_ member: Int) -> String { composition.members[member].pack.name.value }
    self.name = pack.name.value
    title = pack.title.map { pack.text(of: $0) } ?? pack.name.value
    version = pack.version.map { pack.text(of: $0) }
    homepage = pack.homepage.map { pack.text(of: $0) }
    extended = composition.members[member].parents.map(name)
    let requests = family.compactMap { composition.members[$0].pack.request }
    operations = requests.compactMap { $0.operation?.value }
    sensitive = requests.flatMap { $0.sensitive.map(\.value) }
    parameters = composition.parameters.filter { family.contains($0.pack) }
      .map { composition.facts(of: $0) }
    let known = RuleFacts.all(of: [composition], described: descriptions, hiding: hidden)
    let byID = Dictionary(known.map { ($0.description.id, $0) }) { first, _ in first }
    sections = family.reversed().compactMap { place in
      let rules = composition.rules.filter { $0.definition.pack == place }
        .compactMap { byID[$0.id] }
      return rules.isEmpty ? nil : Section(pack: name(place), rules: rules)
    }
    let names = Set(family.map(name))
    modelRules = known.filter {
      $0.description.id.rule.hasPrefix("schema/") && names.contains($0.description.id.pack)
        && $0.definition != nil
    }
  }

  /// All rules of packs, in the order of the page.
  var rules: [RuleFacts] { sections.flatMap(\.rules) }
}

extension RuleFacts {
  /// The severity as a word.
  var severityWord: String { description.severity?.rawValue ?? "off" }

  /// The label of a part of a rule.
  static func label(of part: String) -> String {
    switch part {
    case "given": "Given"
    case "when": "When"
    case "then": "Then"
    case "message": "Message"
    case "fix": "Fix"
    default: part
    }
  }

  /// Examples of one kind.
  func examples(_ expectation: RulePack.Example.Expectation) -> [Example] {
    examples.filter { $0.expectation == expectation }
  }

  /// A sentence for each override.
  var overrideSentences: [String] {
    overrides.map { "Overridden by \($0.source.pack): \($0.parts.joined(separator: ", "))" }
  }
}

extension ParameterFacts {
  /// The value in force, and the default where that is another one.
  var valueWords: String {
    setting == nil ? valueText : "\(valueText) (default \(defaultText))"
  }
}
