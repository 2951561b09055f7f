package import Documents
package import Findings
package import RulePacks
import SourceText

/// A rule with its parts, examples and parameters, and the packs that define them.
package struct RuleFacts: Sendable {
  /// The rule's id, severity, summary and help.
  package var description: RuleDescription
  /// The severity that packs set; a configuration may override it.
  package var packSeverity: Severity?
  /// Its `given`, `when`, `then`, `message` and `fix`, in this order, if it has them.
  package var parts: [Part] = []
  /// The parameters that the parts read.
  package var parameters: [ParameterFacts] = []
  /// Requests that show the rule, without those that no longer hold.
  package var examples: [Example] = []
  /// Where the rule is defined; nil for one of reading, which no pack defines.
  package var definition: Source?
  /// What replaces parts of it, in the order in which it counts.
  package var overrides: [Override] = []

  /// A pack and a location in it.
  package struct Source: Sendable {
    /// The pack's name.
    package var pack: String
    /// Whether the pack is built in.
    package var isBuiltIn: Bool
    /// The place.
    package var location: Location
  }

  /// A part of the rule as its pack has it.
  package struct Part: Sendable {
    /// The field's name.
    package var name: String
    /// The part as it is written, without the indent that it has in the file.
    package var text: String
    /// The language of the text: `jsonpath`, `yaml`, `cel` or `text`.
    package var language: String
    /// The pack that defines the part.
    package var source: Source
  }

  /// An example of the rule.
  package struct Example: Sendable {
    /// Whether the request passes or fails.
    package var expectation: RulePack.Example.Expectation
    /// The request as compact JSON; long repetitions as `"x" × 1024`.
    package var summary: String
    /// The request as JSON text, indented where it is long; a summary where it is huge.
    package var text: String
  }

  /// An entry that replaces parts of the rule.
  package struct Override: Sendable {
    /// The pack and the location of the entry.
    package var source: Source
    /// The names of the parts.
    package var parts: [String]
  }
}

/// A parameter with its effective value.
package struct ParameterFacts: Sendable {
  /// The name of the pack that declares it.
  package var pack: String
  /// The name.
  package var name: String
  /// The type.
  package var type: String
  /// The description.
  package var description: String?
  /// The bounds of its values as they are written, such as `minimum: 1`.
  package var bounds: [String]
  /// The default value, as JSON.
  package var defaultText: String
  /// The effective value, as JSON.
  package var valueText: String
  /// The location that sets the effective value; nil for the default.
  package var setting: Location?
}

extension RuleFacts {
  /// The facts of described rules, sorted by id.
  ///
  /// The descriptions take precedence, since a run may have other severities than the packs. They may be of
  /// pack, model or syntax rules. `hidden` are inherited examples that an override or a parameter
  /// contradicts; they are omitted.
  package static func all(
    of compositions: [PackComposition], described descriptions: [RuleDescription],
    hiding hidden: Set<PackComposition.ExampleKey> = []
  ) -> [RuleFacts] {
    var known: [RuleID: RuleFacts] = [:]
    for composition in compositions {
      var builder = RuleFactsBuilder(composition, hiding: hidden)
      for rule in composition.rules where known[rule.id] == nil {
        known[rule.id] = builder.facts(of: rule)
      }
    }
    return descriptions.sorted { $0.id < $1.id }.map { description in
      if var facts = known[description.id] {
        facts.packSeverity = facts.description.severity
        facts.description = description
        return facts
      }
      var facts = RuleFacts(description: description)
      let composition = compositions.first { composition in
        facts.definition = composition.modelSource(of: description.id)
        return facts.definition != nil
      }
      facts.packSeverity = facts.definition == nil ? description.severity : .error
      if let composition, let grade = composition.modelSeverities[description.id] {
        facts.packSeverity = grade.value.value.findingSeverity
        facts.overrides = [
          Override(
            source: composition.source(of: grade.value.node, in: grade.pack), parts: ["severity"])
        ]
      }
      return facts
    }
  }
}

extension PackComposition {
  /// Where a request's model stands that brings a rule along, `PACK/schema/KEYWORD`.
  fileprivate func modelSource(of id: RuleID) -> RuleFacts.Source? {
    guard id.rule.hasPrefix("schema/"),
      let member = members.first(where: { $0.pack.name.value.utf8.elementsEqual(id.pack.utf8) }),
      let schema = member.pack.request?.schema
    else { return nil }
    return RuleFacts.Source(
      pack: id.pack, isBuiltIn: member.isBuiltIn, location: schema.file.location(of: .root))
  }

  /// The place of a node, and whose it is.
  package func source(of node: NodeID, in member: Int) -> RuleFacts.Source {
    RuleFacts.Source(
      pack: members[member].pack.name.value, isBuiltIn: members[member].isBuiltIn,
      location: location(of: node, in: member))
  }

  // MARK: - Parameters

  /// The facts of a parameter.
  package func facts(of parameter: ComposedParameter) -> ParameterFacts {
    let pack = members[parameter.pack].pack
    let document = pack.file.document
    let known = ["type", "default", "description"]
    let bounds = document.members(of: parameter.parameter.definition).compactMap { member in
      let name = document.text(of: member.name)
      return known.contains(name)
        ? nil : "\(name): \(ExampleText.compact(member.value, in: document))"
    }
    return ParameterFacts(
      pack: pack.name.value, name: parameter.parameter.name.value,
      type: parameter.parameter.type.rawValue,
      description: parameter.parameter.description.map { pack.text(of: $0) }, bounds: bounds,
      defaultText: ExampleText.compact(parameter.parameter.defaultValue, in: document),
      valueText: ExampleText.compact(parameter.value, in: parameter.file.document),
      setting: parameter.isSet ? parameter.file.location(of: parameter.value) : nil)
  }
}
