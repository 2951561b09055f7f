import Documents

extension RulePack {
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

  /// The pack with one of its rules alone, and one part of that in other words.
  ///
  /// The new text stands behind the pack's own, whose nodes keep their places. Good for compiling and
  /// running, not for telling where a fault of the new text is.
  package func variant(of rule: Rule, replacing part: RulePart, by text: PartText) -> RulePack {
    var pack = self
    var rule = rule
    let condition: Condition?
    switch text {
    case .nothing: condition = nil
    case .schema(let json): condition = .schema(pack.append(json))
    case .text(let text):
      var json: [UInt8] = []
      JSONWriter.append(quoted: text, to: &json)
      condition = .expression(Located(text, at: pack.append(json)))
    }
    switch part {
    case .when: rule.when = condition
    case .then: rule.then = condition
    case .given(let index):
      guard rule.given.indices.contains(index) else { break }
      if case .expression(let path)? = condition {
        rule.given[index] = path
      } else {
        rule.given.remove(at: index)
      }
    }
    pack.rules = [rule]
    return pack
  }

  private mutating func append(_ json: [UInt8]) -> NodeID {
    let (document, root) = file.document.appending(JSONReader.read(json).document)
    file.document = document
    return root
  }
}
