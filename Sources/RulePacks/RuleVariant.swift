import Documents

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

  /// What stands in place of a part of a rule.
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
  /// The new text stands behind that of the pack whose part it replaces; all nodes keep their places.
  /// Good for compiling and running, not for telling where a fault of the new text is.
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
    let condition: RulePack.Condition?
    switch text {
    case .nothing: condition = nil
    case .schema(let json): condition = .schema(composition.append(json, to: source))
    case .text(let text):
      var json: [UInt8] = []
      JSONWriter.append(quoted: text, to: &json)
      condition = .expression(Located(text, at: composition.append(json, to: source)))
    }
    rule.changeEntries { entry in
      switch part {
      // What is gone must not come back from a pack that this one extends.
      case .when: if entry.pack == source || condition == nil { entry.value.when = condition }
      case .then: if entry.pack == source || condition == nil { entry.value.then = condition }
      case .given(let index):
        guard entry.pack == source, var paths = entry.value.given, paths.indices.contains(index)
        else { break }
        if case .expression(let path)? = condition {
          paths[index] = path
        } else {
          paths.remove(at: index)
        }
        entry.value.given = paths
      }
    }
    composition.rules = [rule]
    return composition
  }

  private mutating func append(_ json: [UInt8], to member: Int) -> NodeID {
    let document = members[member].pack.file.document
    let (longer, root) = document.appending(JSONReader.read(json).document)
    members[member].pack.file.document = longer
    return root
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
