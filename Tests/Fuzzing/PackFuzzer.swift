import Documents
import Evaluation
import Findings
import RuleCompilation
import RulePacks
import SourceText

/// Packs: no pack is fatal to read, compile or run; diagnostics are in order and in the file, and
/// the same each time.
package enum PackFuzzer {
  static func check(_ input: [UInt8]) throws {
    var choices = Choices(input)
    let mode = choices.below(4)
    var text = mode == 0 ? choices.rest() : Array(PackMaker.pack(&choices).utf8)
    if mode == 1 { Damage.apply(to: &text, &choices, pieces: YAMLMaker.pieces) }
    let request = Value.make(&choices).json
    let model = Array(PackMaker.model(&choices).utf8)
    let (first, outcome) = try run(text, model: model, request: request)
    let (second, again) = try run(text, model: model, request: request)
    try require(first == second && outcome == again, "two readings differ: \(shown(text))")
  }

  /// What is wrong with a pack that is made by choice; empty for one that can be run.
  package static func mistakes(ofPackMadeFrom input: [UInt8]) throws -> [String] {
    var choices = Choices(input)
    let text = Array(PackMaker.pack(&choices).utf8)
    let request = Value.make(&choices).json
    let (diagnostics, _) = try run(
      text, model: Array(PackMaker.model(&choices).utf8), request: request)
    return diagnostics.filter { $0.severity == .error }.map { "\($0.code): \($0.message)" }
  }

  private static func run(
    _ text: [UInt8], model: [UInt8], request: [UInt8]
  ) throws -> (diagnostics: [Diagnostic], outcome: [String]) {
    let reading = RulePackReader.read(SourceFile(path: "pack.yaml", bytes: text)) {
      relativePath throws(Diagnostic) in
      guard relativePath == "model.yaml" else {
        throw Diagnostic("pack/unreadable", "no file '\(relativePath)'")
      }
      return SourceFile(path: relativePath, bytes: model)
    }
    let compilation = RuleCompiler.compile(reading)
    var last: Diagnostic?
    for diagnostic in compilation.diagnostics {
      try require(!diagnostic.message.isEmpty, "an empty message: \(shown(text))")
      if let region = diagnostic.location?.region {
        try require(
          region.start.offset <= region.end.offset
            && region.end.offset <= max(text.count, model.count),
          "\(diagnostic.code) at \(region): \(shown(text))")
      }
      if let last {
        try require(
          !Diagnostic.precedes(diagnostic, last), "diagnostics out of order: \(shown(text))")
      }
      last = diagnostic
    }
    guard var plan = compilation.plan else {
      try require(!compilation.diagnostics.isEmpty, "refused without a word: \(shown(text))")
      return (compilation.diagnostics, [])
    }
    plan.limits.cost = 50_000
    var evaluator = Evaluator(plan: plan)
    let failures = evaluator.failures(of: JSONReader.read(request).document) ?? []
    return (compilation.diagnostics, failures.map { "\($0)" })
  }
}

/// Makes packs by choice.
enum PackMaker {
  static func pack(_ choices: inout Choices) -> String {
    var text = "requisite: 1\nname: p\n"
    if choices.once(in: 3) { text += "version: 1.0.0\n" }
    switch choices.below(4) {
    case 1: text += "request: { detect: \(schema(&choices)), sensitive: [\(path(&choices))] }\n"
    case 2: text += "request: { schema: model.yaml, detect: { required: [a] } }\n"
    case 3: text += "request: { schema: model.yaml, identity: { \(path(&choices)): a } }\n"
    default: break
    }
    if choices.once(in: 2) {
      text += "parameters:\n  limit: { type: integer, default: \(choices.below(5)) }\n"
      text += "  words: { type: array, items: \(schema(&choices)), default: [] }\n"
    }
    text += "rules:\n"
    for index in 0..<(1 + choices.below(3)) {
      text += "  r\(index):\n    description: D\(index).\n"
      if choices.once(in: 3) {
        text += "    severity: \(choices.pick(["error", "warning", "info", "off"]))\n"
      }
      if choices.once(in: 2) { text += "    given: \(path(&choices))\n" }
      if choices.once(in: 3) { text += "    when: \(condition(&choices))\n" }
      text += "    then: \(condition(&choices))\n"
      if choices.once(in: 3) {
        text += "    message: \(quoted("{{ \(expression(&choices)) }} of {{ size(self) }}"))\n"
      }
      if choices.once(in: 4) {
        let value = String(decoding: Value.make(&choices, depth: 4).json, as: UTF8.self)
        text += "    fix: { \(choices.pick(["set", "remove", "rename", "patch"])): \(value) }\n"
      }
      if choices.once(in: 2) {
        let good = String(decoding: Value.make(&choices, depth: 3).json, as: UTF8.self)
        let bad = String(decoding: Value.make(&choices, depth: 3).json, as: UTF8.self)
        text += "    examples: { pass: [\(good)], fail: [\(bad)] }\n"
      }
    }
    return text
  }

  static func model(_ choices: inout Choices) -> String {
    "type: object\nproperties:\n  a: \(schema(&choices))\n  b: { type: integer }\n"
  }

  private static func schema(_ choices: inout Choices) -> String {
    String(decoding: ReferenceSchema.make(&choices).json, as: UTF8.self)
  }

  private static func path(_ choices: inout Choices) -> String {
    quoted(ReferencePath.make(&choices).source(&choices))
  }

  private static func expression(_ choices: inout Choices) -> String {
    ReferenceExpression.make(&choices, isPlain: false, depth: 2).source(isExplicit: false)
  }

  private static func condition(_ choices: inout Choices) -> String {
    switch choices.below(4) {
    case 0: return schema(&choices)
    case 1: return quoted(expression(&choices))
    case 2: return "{ maxItems: { $param: limit } }"
    default: return "{ expression: \(quoted(expression(&choices))) }"
    }
  }

  private static func quoted(_ text: String) -> String {
    String(decoding: Value.text(text).json, as: UTF8.self)
  }
}
