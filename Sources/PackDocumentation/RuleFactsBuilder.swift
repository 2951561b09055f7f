import Documents
import Findings
import RulePacks
import SourceText

/// Builds the facts of the rules of a composition.
///
/// What the rules of a pack share is looked up once, so that the work is linear in the packs.
struct RuleFactsBuilder {
  private let composition: PackComposition
  private let hidden: Set<PackComposition.ExampleKey>
  /// For each pack, the indices of the parameters that it can use, by name.
  private var visible: [Int: [String: Int]] = [:]
  /// The facts of the parameters that rules read, by index.
  private var parameterFacts: [Int: ParameterFacts] = [:]

  init(_ composition: PackComposition, hiding hidden: Set<PackComposition.ExampleKey>) {
    self.composition = composition
    self.hidden = hidden
  }

  /// The facts of a rule.
  mutating func facts(of rule: PackComposition.ComposedRule) -> RuleFacts {
    var facts = RuleFacts(description: composition.description(of: rule))
    facts.packSeverity = facts.description.severity
    facts.definition = composition.source(
      of: rule.definition.value.name.node, in: rule.definition.pack)
    facts.overrides = rule.overrides.map { entry in
      RuleFacts.Override(
        source: composition.source(of: entry.value.name.node, in: entry.pack),
        parts: entry.value.partNames)
    }
    if let given = rule.given {
      let text = given.value.map(\.value).joined(separator: "\n")
      facts.parts.append(
        part("given", text, "jsonpath", at: given.value[0].node, in: given.pack))
    }
    if let when = rule.when { facts.parts.append(part("when", when)) }
    if let then = rule.then { facts.parts.append(part("then", then)) }
    if let message = rule.message {
      facts.parts.append(
        part("message", message.value.value, "text", at: message.value.node, in: message.pack))
    }
    if let fix = rule.fix { facts.parts.append(part(fix)) }
    facts.parameters = parameters(of: rule).map { place in
      let facts = parameterFacts[place] ?? composition.facts(of: composition.parameters[place])
      parameterFacts[place] = facts
      return facts
    }
    facts.examples = rule.examples
      .filter { !hidden.contains(PackComposition.ExampleKey($0)) }
      .map { example in
        let pack = composition.members[example.pack].pack
        return RuleFacts.Example(
          expectation: example.value.expectation, summary: example.value.summary(in: pack),
          text: ExampleText.text(of: example.value, in: pack))
      }
    return facts
  }

  // MARK: - Parts

  private func part(
    _ name: String, _ text: String, _ language: String, at node: NodeID, in member: Int
  ) -> RuleFacts.Part {
    RuleFacts.Part(
      name: name, text: text, language: language,
      source: composition.source(of: node, in: member))
  }

  private func part(
    _ name: String, _ condition: PackComposition.Sourced<RulePack.Condition>
  ) -> RuleFacts.Part {
    let file = composition.members[condition.pack].pack.file
    switch condition.value {
    case .schema(let node):
      return part(name, file.writtenText(of: node), "yaml", at: node, in: condition.pack)
    case .expression(let text):
      return part(name, text.value, "cel", at: text.node, in: condition.pack)
    }
  }

  /// The description of a fix, or else its operations, one per line.
  private func part(_ fix: PackComposition.Sourced<RulePack.Fix>) -> RuleFacts.Part {
    let pack = composition.members[fix.pack].pack
    let risk = fix.value.isSafe ? "" : " (only with --unsafe-fixes)"
    if let description = fix.value.description {
      return part(
        "fix", pack.text(of: description) + risk, "text", at: fix.value.node, in: fix.pack)
    }
    let lines = fix.value.operations.map { operation in
      var line = operation.kind.rawValue + " "
      if let from = operation.from { line += Self.shown(from.value) + " to " }
      line += Self.shown(operation.path.value)
      if let value = operation.value {
        line += operation.kind == .replace ? " with " : ": "
        line += ExampleText.compact(value, in: pack.file.document)
      }
      return line
    }
    return part(
      "fix", lines.joined(separator: "\n") + risk, "text", at: fix.value.node, in: fix.pack)
  }

  /// A JSON Pointer from a rule's node.
  private static func shown(_ pointer: String) -> String {
    pointer.isEmpty ? "the value" : pointer
  }

  // MARK: - Parameters

  /// The places of the parameters that a rule's parts read, in the order of the composition.
  private mutating func parameters(of rule: PackComposition.ComposedRule) -> [Int] {
    guard !composition.parameters.isEmpty else { return [] }
    var used: Set<Int> = []
    for condition in [rule.when, rule.then].compactMap({ $0 }) {
      switch condition.value {
      case .schema(let node):
        let pack = composition.members[condition.pack].pack
        let uses = pack.parameterUses(in: node)
        note(uses.map(\.name.value), condition.pack, &used)
      case .expression(let text):
        note(Self.parameterNames(in: text.value), condition.pack, &used)
      }
    }
    if let message = rule.message {
      note(Self.parameterNames(in: message.value.value), message.pack, &used)
    }
    return used.sorted()
  }

  private mutating func note(_ names: [String], _ member: Int, _ used: inout Set<Int>) {
    guard !names.isEmpty else { return }
    let places = visible[member] ?? placesOfParameters(visibleTo: member)
    visible[member] = places
    for name in names { if let place = places[name] { used.insert(place) } }
  }

  private func placesOfParameters(visibleTo member: Int) -> [String: Int] {
    let scope = Set(composition.members[member].ancestors + [member])
    var places: [String: Int] = [:]
    for pack in scope.sorted() {
      for place in composition.parameterPlaces[pack] ?? 0..<0 {
        places[composition.parameters[place].parameter.name.value] = place
      }
    }
    return places
  }

  /// The names behind `params.` in a text of expressions.
  private static func parameterNames(in text: String) -> [String] {
    var names: [String] = []
    var rest = Array(text.utf8)[...]
    let prefix = Array("params.".utf8)
    while let start = rest.firstIndex(of: prefix[0]) {
      rest = rest[start...]
      guard rest.starts(with: prefix) else {
        rest = rest.dropFirst()
        continue
      }
      let name = rest.dropFirst(prefix.count).prefix { byte in
        byte == UInt8(ascii: "_") || (UInt8(ascii: "0")...UInt8(ascii: "9")).contains(byte)
          || (UInt8(ascii: "a")...UInt8(ascii: "z")).contains(byte | 0x20)
      }
      names.append(String(decoding: name, as: UTF8.self))
      rest = rest[name.endIndex...]
    }
    return names
  }
}

extension RulePack.Rule {
  /// The names of the parts that an entry has.
  fileprivate var partNames: [String] {
    let parts: [(String, Bool)] = [
      ("description", description != nil), ("severity", severity != nil), ("given", given != nil),
      ("when", when != nil), ("then", then != nil), ("message", message != nil),
      ("help", help != nil), ("url", url != nil), ("tags", !tags.isEmpty),
      ("fix", fix != nil), ("examples", !examples.isEmpty),
    ]
    return parts.filter(\.1).map(\.0)
  }
}
