import CEL
import Documents
import JSONPath
import RulePacks
import SourceText

/// The mutants of a rule: each differs from it by one step.
enum RuleMutations {
  /// All mutants, those of `given` first; no two have the same text.
  static func all(of rule: RulePack.Rule, in pack: RulePack) -> [Mutant] {
    var mutants = givenMutants(of: rule)
    if let when = rule.when { mutants += whenMutants(when, in: pack) }
    if let then = rule.then { mutants += self.mutants(of: then, part: .then, in: pack) }
    var seen: Set<Key> = []
    return mutants.filter { mutant in
      // A condition that asks for nothing is none.
      let isIdle = mutant.part == .when && mutant.text == .schema(Array("{}".utf8))
      return seen.insert(Key(part: mutant.part, text: isIdle ? .nothing : mutant.text)).inserted
    }
  }

  private struct Key: Hashable {
    var part: RulePack.RulePart
    var text: RulePack.PartText
  }

  private static func givenMutants(of rule: RulePack.Rule) -> [Mutant] {
    var mutants: [Mutant] = []
    for (index, path) in rule.given.enumerated() {
      if rule.given.count > 1 {
        mutants.append(
          Mutant(
            part: .given(index), text: .nothing, change: "without the path \(path.value)",
            node: path.node))
      }
      for change in JSONPathAlterations.all(of: path.value) {
        mutants.append(
          Mutant(
            part: .given(index), text: .text(change.applied(to: Array(path.value.utf8))),
            change: "given: \(change.summary)", node: path.node, range: change.range))
      }
    }
    return mutants
  }

  private static func whenMutants(
    _ when: RulePack.Condition, in pack: RulePack
  ) -> [Mutant] {
    var result = [Mutant(part: .when, text: .nothing, change: "without when", node: when.node)]
    switch when {
    case .schema(let node):
      let inner = PartWriter.text(of: node, in: pack)
      result.append(
        Mutant(
          part: .when, text: .schema(Array(#"{"not":"#.utf8) + inner + Array("}".utf8)),
          change: "when negated", node: node))
    case .expression(let text):
      result.append(
        Mutant(
          part: .when, text: .text("!(\(text.value)\n)"), change: "when negated", node: text.node))
    }
    return result + mutants(of: when, part: .when, in: pack)
  }

  private static func mutants(
    of condition: RulePack.Condition, part: RulePack.RulePart, in pack: RulePack
  ) -> [Mutant] {
    switch condition {
    case .schema(let node):
      var mutations = SchemaMutations(pack: pack, part: part, root: node)
      mutations.run()
      return mutations.mutants
    case .expression(let text):
      let bytes = Array(text.value.utf8)
      return CELAlterations.all(of: text.value, parameters: numbers(in: pack)).map { change in
        Mutant(
          part: part, text: .text(change.applied(to: bytes)), change: change.summary,
          node: text.node, range: change.range, characters: change.characters(in: bytes))
      }
    }
  }

  /// The parameters of a pack that are whole numbers.
  static func numbers(in pack: RulePack) -> [String: Int64] {
    var numbers: [String: Int64] = [:]
    for parameter in pack.parameters {
      let document = pack.file.document
      guard document.kind(of: parameter.defaultValue) == .number,
        case .integer(let number) = document.number(of: parameter.defaultValue)
      else { continue }
      numbers[parameter.name.value] = number
    }
    return numbers
  }
}
