package import Documents
package import Findings

/// Packs settled into one: every rule with what overrode it, every parameter with its value.
///
/// What is extended is before what extends it; of two packs that set the same thing, the later
/// one wins.
package struct PackComposition: Sendable {
  /// The packs, each once.
  package internal(set) var members: [Member]
  /// The places among the members of the packs that were asked for.
  package let roots: [Int]
  /// For each member, the packs whose requests its own rules are about; empty for any document.
  package internal(set) var requests: [[Int]]
  /// All rules: in the order of the packs, and within one in the order of the file.
  package internal(set) var rules: [ComposedRule] = []
  /// All parameters, in the order of the packs.
  package internal(set) var parameters: [ComposedParameter] = []
  /// For each pack that declares parameters, their places.
  package internal(set) var parameterPlaces: [Int: Range<Int>] = [:]
  /// What packs say of the rules that models of requests bring along, `schema/KEYWORD`.
  package internal(set) var modelSeverities: [RuleID: Sourced<Located<RulePack.RuleSeverity>>] = [:]

  init(members: [Member], roots: [Int]) {
    self.members = members
    self.roots = roots
    var requests: [[Int]] = []
    for (index, member) in members.enumerated() {
      let inherited = Set(member.parents.flatMap { requests[$0] })
      let request = member.pack.request
      // What has neither operation, model nor 'detect' describes no request: its sensitive values and
      // identities add to the request that is inherited, or else to any document.
      let isOwn = request?.operation != nil || request?.schema != nil || request?.detect != nil
      requests.append(isOwn ? [index] : inherited.sorted())
    }
    self.requests = requests
  }

  /// A pack that takes part.
  package struct Member: Sendable {
    /// The pack.
    package internal(set) var pack: RulePack
    /// The places of the packs that it extends itself, in the order of the file.
    package let parents: [Int]
    /// The places of all packs that it extends, directly or not, ascending.
    package let ancestors: [Int]
    /// Whether it is one that the program brings along.
    package let isBuiltIn: Bool
    /// Whether all of it could be read.
    package let isWhole: Bool

    /// Creates a member.
    package init(
      pack: RulePack, parents: [Int], ancestors: [Int], isBuiltIn: Bool, isWhole: Bool
    ) {
      self.pack = pack
      self.parents = parents
      self.ancestors = ancestors
      self.isBuiltIn = isBuiltIn
      self.isWhole = isWhole
    }
  }

  /// What a pack said, together with which pack it was.
  package struct Sourced<Value: Sendable>: Sendable {
    /// What was said; nodes in it are places in the pack's file.
    package internal(set) var value: Value
    /// The pack's place among the members.
    package let pack: Int

    /// Creates an entry.
    package init(_ value: Value, by pack: Int) {
      self.value = value
      self.pack = pack
    }
  }

  /// Which example is meant: its pack and its node.
  package struct ExampleKey: Sendable, Hashable {
    private let pack: Int
    private let node: NodeID
    private let expectation: RulePack.Example.Expectation

    /// The key of an example.
    package init(_ example: Sourced<RulePack.Example>) {
      pack = example.pack
      node = example.value.node
      expectation = example.value.expectation
    }
  }

  /// A rule as it is in force, part by part.
  package struct ComposedRule: Sendable {
    /// The full id: that of the pack that defines the rule, even if another pack overrides it.
    package let id: RuleID
    /// The entry that defines it.
    package internal(set) var definition: Sourced<RulePack.Rule>
    /// The entries that replace parts of it, in the order in which they count.
    package internal(set) var overrides: [Sourced<RulePack.Rule>] = []
    /// The packs whose requests it is about; empty where it is about any document.
    package internal(set) var targets: [Int] = []

    /// What the rule demands, in the words of the last pack that says so.
    package var description: Sourced<NodeID>? { last(\.description) }
    /// How much findings of the rule matter, where a pack says so.
    package var statedSeverity: Sourced<Located<RulePack.RuleSeverity>>? { last(\.severity) }
    /// How much findings of the rule matter.
    package var severity: RulePack.RuleSeverity { statedSeverity?.value.value ?? .error }
    /// JSONPaths of the nodes that the rule is about; nil for the request itself.
    package var given: Sourced<[Located<String>]>? { last(\.given) }
    /// Under which condition a node is looked at; nil for always.
    package var when: Sourced<RulePack.Condition>? { last(\.when) }
    /// What must hold of a node.
    package var then: Sourced<RulePack.Condition>? { last(\.then) }
    /// What the user is shown.
    package var message: Sourced<Located<String>>? { last(\.message) }
    /// How a node of which the rule does not hold is fixed.
    ///
    /// A fix is made for what a rule demands: where a later pack replaces that, it is that pack's to
    /// say how to fix it.
    package var fix: Sourced<RulePack.Fix>? {
      guard let fix = last(\.fix) else { return nil }
      let demanded = [given?.pack, when?.pack, then?.pack].compactMap { $0 }.max() ?? fix.pack
      return demanded <= fix.pack ? fix : nil
    }
    /// Why, and how to fix it, in Markdown.
    package var help: Sourced<NodeID>? { last(\.help) }
    /// The page to read on.
    package var url: Sourced<NodeID>? { last(\.url) }
    /// Words to find the rule by.
    package var tags: Sourced<[NodeID]>? {
      entries.last { !$0.value.tags.isEmpty }.map { Sourced($0.value.tags, by: $0.pack) }
    }
    /// The examples of all packs, those of the definition first.
    package var examples: [Sourced<RulePack.Example>] {
      entries.flatMap { entry in entry.value.examples.map { Sourced($0, by: entry.pack) } }
    }

    /// The definition, then the overrides.
    package var entries: [Sourced<RulePack.Rule>] { [definition] + overrides }

    /// A part in the words of the last pack that has it.
    package func last<Part: Sendable>(
      _ part: (RulePack.Rule) -> Part?
    ) -> Sourced<Part>? {
      for entry in entries.reversed() {
        if let value = part(entry.value) { return Sourced(value, by: entry.pack) }
      }
      return nil
    }

    init(id: RuleID, definition: Sourced<RulePack.Rule>, targets: [Int]) {
      self.id = id
      self.definition = definition
      self.targets = targets
    }
  }

  /// A parameter with the value that is in force.
  package struct ComposedParameter: Sendable {
    /// The place of the pack that declares it.
    package let pack: Int
    /// The declaration.
    package let parameter: RulePack.Parameter
    /// The file that the value is in.
    package internal(set) var file: PackFile
    /// The value.
    package internal(set) var value: NodeID
    /// The place of the pack whose word the value is; nil where it came from outside of all packs.
    package internal(set) var source: Int?
    /// Whether the value was set other than by the declaration.
    package internal(set) var isSet = false
  }
}

/// A value for a parameter that comes from outside of all packs: a configuration, an argument.
package struct ParameterSetting: Sendable {
  /// The file that the setting is in; for an argument, its text as a file of its own.
  package let file: PackFile
  /// The node that an error in the name is reported at.
  package let nameNode: NodeID
  /// The name: `PACK.PARAMETER`.
  package let name: String
  /// The value.
  package let value: NodeID

  /// Creates a setting.
  package init(file: PackFile, nameNode: NodeID, name: String, value: NodeID) {
    self.file = file
    self.nameNode = nameNode
    self.name = name
    self.value = value
  }
}

extension PackComposition {
  /// The packs that define a request, and do not only add to what they inherit of one, in order.
  package var requestOwners: [Int] { members.indices.filter { requests[$0] == [$0] } }

  /// The packs whose sensitive values and identities count for a pack's request: itself, those that
  /// extend it, and those that are about any document; without a request, the last alone.
  package func guardians(ofRequest owner: Int?) -> [Int] {
    members.indices.filter { member in
      if requests[member].isEmpty { return true }
      guard let owner else { return false }
      return member == owner
        || members[member].ancestors.contains(owner) && requests[member] != [member]
    }
  }

  /// The parameters that a pack's expressions and schemas may name, by name.
  ///
  /// Its own come before inherited ones, and of those, the ones of later packs before earlier.
  package func visibleParameters(of member: Int) -> [String: ComposedParameter] {
    var visible: [String: ComposedParameter] = [:]
    let scope = Set(members[member].ancestors + [member])
    for pack in scope.sorted() {
      for parameter in parameters[parameterPlaces[pack] ?? 0..<0] {
        visible[parameter.parameter.name.value] = parameter
      }
    }
    return visible
  }

  /// The rules that requests of a pack are held to; without one, those that are about any document.
  package func rules(forRequestOf owner: Int?) -> [ComposedRule] {
    guard let owner else { return rules.filter(\.targets.isEmpty) }
    return rules.filter { $0.targets.isEmpty || $0.targets.contains(owner) }
  }

  /// What people are told of a rule; its texts are made at each call.
  package func description(of rule: ComposedRule) -> RuleDescription {
    func text(_ part: Sourced<NodeID>?) -> String? {
      part.map { members[$0.pack].pack.text(of: $0.value) }
    }
    return RuleDescription(
      id: rule.id,
      severity: rule.severity.findingSeverity,
      summary: text(rule.description) ?? RulePack.words(ofName: rule.id.rule),
      help: text(rule.help) ?? "",
      url: text(rule.url),
      tags: rule.tags.map { tags in
        tags.value.map { members[tags.pack].pack.text(of: $0) }
      } ?? [])
  }

  /// The place of a pack's node.
  package func location(of node: NodeID, in member: Int) -> Location {
    members[member].pack.file.location(of: node)
  }
}
