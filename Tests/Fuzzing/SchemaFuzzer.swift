import Documents
import Evaluation
import Findings
import RuleCompilation
import RulePacks
import SourceText

/// Schemas: verdicts are those of the reference, and what fails has something to say.
enum SchemaFuzzer {
  static func check(_ input: [UInt8]) throws {
    var choices = Choices(input)
    let mode = choices.below(5)
    guard mode > 0 else {
      // Any JSON as a schema.
      let schema = Value.make(&choices)
      let standalone = compile(schema.json)
      guard !standalone.diagnostics.contains(where: { $0.severity == .error }) else { return }
      _ = verdict(standalone, Value.make(&choices).json)
      return
    }
    let schema = ReferenceSchema.make(&choices)
    let text = schema.json
    let standalone = compile(text)
    try require(
      !standalone.diagnostics.contains { $0.severity == .error },
      "\(shown(text)) is refused: \(standalone.diagnostics.map(\.message))")
    for _ in 0..<3 {
      let value = Value.make(&choices, depth: choices.below(3))
      let expected = ReferenceSchema(root: schema).evaluate(schema, value).isValid
      guard let found = verdict(standalone, value.json) else { continue }
      try require(
        found.holds == expected,
        "\(shown(value.json)) is \(expected ? "valid" : "invalid") by \(shown(text))")
      try require(
        found.messages.isEmpty == expected,
        "\(found.messages) about \(shown(value.json)) by \(shown(text))")
      try require(!found.messages.contains(""), "an empty message by \(shown(text))")
    }
  }

  private static func compile(_ text: [UInt8]) -> StandaloneSchema {
    StandaloneSchema.compile(
      PackFile.read(SourceFile(path: "schema.json", bytes: text)).file, uri: "test:/schema.json")
  }

  /// The verdict on a value; nil where a limit was reached.
  private static func verdict(
    _ standalone: StandaloneSchema, _ text: [UInt8]
  ) -> (holds: Bool, messages: [String])? {
    let document = JSONReader.read(text).document
    let request = Request(document, bindingNamesTo: standalone.plan.program.symbols)
    var checker = SchemaChecker(plan: standalone.plan)
    let holds = checker.holds(standalone.schema, .root, in: request)
    if checker.isOverLimit { return nil }
    return (holds, standalone.failures(of: .root, in: document))
  }
}
