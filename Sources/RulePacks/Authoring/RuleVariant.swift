import Documents
import SourceText

extension PackComposition {
  /// A part of a rule that decides what it finds.
  package enum RulePart: Sendable, Hashable {
    /// One of the paths.
    case given(Int)
    /// The condition.
    case when
    /// What must hold.
    case then
  }

  /// What is in place of a part of a rule.
  package enum PartText: Sendable, Hashable {
    /// Nothing.
    case nothing
    /// A JSON Schema as JSON text.
    case schema([UInt8])
    /// An expression or a path.
    case text(String)
  }

  /// The packs with one rule alone.
  package func alone(_ rule: ComposedRule) -> PackComposition {
    var composition = self
    composition.rules = [rule]
    return composition
  }

  /// The packs with one rule alone, and one part of that in other words.
  ///
  /// A new schema is a file of its own, in a pack that extends the one whose part it replaces; that pack
  /// comes last, and all nodes keep their places. So a variant costs no more than its own text. Good for
  /// compiling and running, not for telling where a fault of the new text is.
  package func variant(
    of rule: ComposedRule, replacing part: RulePart, by text: PartText
  ) -> PackComposition {
    var composition = self
    var rule = rule
    let source =
      switch part {
      case .given: rule.given?.pack
      case .when: rule.when?.pack
      case .then: rule.then?.pack
      }
    guard let source else { return alone(rule) }
    if case .schema(let json) = text {
      let condition = RulePack.Condition.schema(.root)
      let entry = RulePack.Rule(
        replacing: part, by: condition, of: rule.definition.value.name)
      rule.overrides.append(Sourced(entry, by: composition.extend(source, by: json)))
    }
    rule.changeEntries { entry in
      guard entry.pack == source || text == .nothing else { return }
      switch (part, text) {
      case (_, .schema): break
      // What is gone must not come back from a pack that this one extends.
      case (.when, .nothing): entry.value.when = nil
      case (.then, .nothing): entry.value.then = nil
      case (.when, .text(let text)):
        entry.value.when = entry.value.when.map { .expression(Located(text, at: $0.node)) }
      case (.then, .text(let text)):
        entry.value.then = entry.value.then.map { .expression(Located(text, at: $0.node)) }
      case (.given(let index), let text):
        guard entry.pack == source, var paths = entry.value.given, paths.indices.contains(index)
        else { break }
        if case .text(let path) = text {
          paths[index] = Located(path, at: paths[index].node)
        } else {
          paths.remove(at: index)
        }
        entry.value.given = paths
      }
    }
    composition.rules = [rule]
    return composition
  }

  /// Adds a pack that extends one and whose file is a JSON text; the result is its place.
  private mutating func extend(_ source: Int, by json: [UInt8]) -> Int {
    var pack = members[source].pack
    pack.file = PackFile(
      source: SourceFile(path: pack.file.source.path, bytes: json),
      document: JSONReader.read(json).document)
    pack.parameterUses = []
    members.append(
      Member(
        pack: pack, parents: [source], ancestors: members[source].ancestors + [source],
        isBuiltIn: false, isWhole: true))
    requests.append(requests[source])
    return members.count - 1
  }
}

extension RulePack.Rule {
  /// An entry that replaces one condition of a rule, and nothing else.
  fileprivate init(
    replacing part: PackComposition.RulePart, by condition: RulePack.Condition,
    of name: Located<String>
  ) {
    self.init(
      name: name, description: nil, severity: nil, requests: [], given: nil,
      when: part == .when ? condition : nil, then: part == .then ? condition : nil, message: nil,
      help: nil, url: nil, tags: [], fix: nil, examples: [])
  }
}

extension PackComposition.ComposedRule {
  fileprivate mutating func changeEntries(
    _ body: (inout PackComposition.Sourced<RulePack.Rule>) -> Void
  ) {
    body(&definition)
    for index in overrides.indices { body(&overrides[index]) }
  }
}
