import Documents
import Findings
import SourceText

/// Reading the examples of a rule.
extension PackParts {
  /// Reads `examples`, in the order of the file.
  mutating func examples(_ member: Document.Member?) -> [RulePack.Example] {
    guard let member, isMapping(member, "a mapping with the lists 'pass' and 'fail'") else {
      return []
    }
    let fields: Fields<ExampleField> = fields(of: member.value, .examples)
    var examples: [RulePack.Example] = []
    for expectation in RulePack.Example.Expectation.allCases {
      let field: ExampleField =
        switch expectation {
        case .pass: .pass
        case .fail: .fail
        }
      guard let list = fields[field] else { continue }
      guard document.kind(of: list.value) == .array else {
        wrongType(list, "a list of requests")
        continue
      }
      for entry in document.elements(of: list.value) {
        if let example = example(entry, expectation) { examples.append(example) }
      }
    }
    return examples.sorted { $0.node < $1.node }
  }

  /// Reads a request, or a mapping with `$request` that says what its findings are like.
  private mutating func example(
    _ entry: NodeID, _ expectation: RulePack.Example.Expectation
  ) -> RulePack.Example? {
    var example = RulePack.Example(node: entry, expectation: expectation)
    if document.kind(of: entry) == .object,
      document.value(named: DemandField.request.rawValue, in: entry) != nil
    {
      let fields: Fields<DemandField> = fields(of: entry, .example)
      guard let request = fields[.request]?.value else { return nil }
      example = RulePack.Example(
        node: request, expectation: expectation, demands: demands(fields, expectation))
    }
    return areRepetitionsWellFormed(in: example.node) ? example : nil
  }

  private mutating func demands(
    _ fields: Fields<DemandField>, _ expectation: RulePack.Example.Expectation
  ) -> RulePack.Example.Demands {
    var demands = RulePack.Example.Demands()
    demands.name = located(fields[.name])
    if expectation == .pass {
      for field in DemandField.allCases where field != .request && field != .name {
        if let member = fields[field] { report(.demandOfPass(field.rawValue), at: member.name) }
      }
      return demands
    }
    demands.pointer = fields[.pointer].flatMap { pointer($0) }
    demands.message = located(fields[.message])
    demands.detail = located(fields[.detail])
    let severity: Severity? = choice(fields[.severity])
    if let severity, let member = fields[.severity] {
      demands.severity = Located(severity, at: member.value)
    }
    demands.count = fields[.count].flatMap { count($0) }
    return demands
  }

  /// A JSON Pointer; the empty one is the whole request.
  private mutating func pointer(_ member: Document.Member) -> Located<String>? {
    guard document.kind(of: member.value) == .string else {
      wrongType(member, "a JSON Pointer such as /Attributes/key")
      return nil
    }
    let text = document.text(of: member.value)
    guard JSONPointer(text) != nil else {
      report(.notAPointer(shownText(member.value)), at: member.value)
      return nil
    }
    return Located(text, at: member.value)
  }

  /// How many findings there are: at least one, or the request would pass.
  private mutating func count(_ member: Document.Member) -> Located<Int>? {
    guard document.kind(of: member.value) == .number,
      case .integer(let number) = document.number(of: member.value),
      let count = Int(exactly: number), count >= 1
    else {
      wrongType(member, "an integer of at least 1")
      return nil
    }
    return Located(count, at: member.value)
  }

  /// Checks every `$repeat` of an example, and how much they make together.
  private mutating func areRepetitionsWellFormed(in example: NodeID) -> Bool {
    var total = 0
    var isWellFormed = true
    for index in example.index..<document.end(of: example) {
      let name = NodeID(index)
      guard document.kind(of: name) == .name, document.text(of: name, equals: Repetition.name)
      else { continue }
      let mapping = NodeID(index - 1)
      let operand = NodeID(index + 1)
      guard document.kind(of: mapping) == .object, document.childCount(of: mapping) == 1 else {
        report(.notAlone("$repeat"), at: name)
        isWellFormed = false
        continue
      }
      guard let repetition = Repetition(operand: operand, in: document) else {
        if document.kind(of: operand) != .absent {
          report(.badRepetition(found: shown(operand)), at: operand)
        }
        isWellFormed = false
        continue
      }
      let count = document.utf8Count(of: repetition.text)
      let (made, overflows) = count.multipliedReportingOverflow(by: repetition.count)
      let (sum, carries) = total.addingReportingOverflow(made)
      guard !overflows, !carries, sum <= RulePack.Example.repetitionLimit else {
        report(
          .longRepetition(limit: RulePack.Example.repetitionLimit), at: operand,
          range: document.range(of: NodeID(document.end(of: repetition.text))))
        return false
      }
      total = sum
    }
    return isWellFormed
  }
}
