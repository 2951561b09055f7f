import Documents
package import Evaluation
import Findings
import RuleCompilation
import RulePacks
import SourceText

/// Evaluation by places: it says of a request what the plain evaluator says, and leaves the same tree.
package enum PlaceFuzzer {
  static func check(_ input: [UInt8]) throws {
    var choices = Choices(input)
    let mode = choices.below(4)
    if mode < 2 {
      // Any bytes, or a request that was damaged, for a pack that is known.
      var comparison = PlaceComparison(choices.pick(knownPlans))
      let text = choices.rest()
      try comparison.compare(text, in: TextRange(0, text.count), applicability: .always)
      try comparison.compare(text, in: TextRange(0, text.count), applicability: .whenDetected)
      return
    }
    var counts = PlaceComparison.Counts()
    try compare(&choices, requests: 8, &counts)
  }

  /// Makes a pack by choice, and compares both ways of evaluating it on requests.
  ///
  /// - Returns: Whether the pack could be compiled.
  /// - Throws: A `Fault` where they differ.
  @discardableResult
  package static func compare(
    _ choices: inout Choices, requests count: Int, _ counts: inout PlaceComparison.Counts
  ) throws -> Bool {
    let model = PlaceModel(&choices)
    let pack = PlaceRules(model: model).pack(&choices)
    let (text, modelText) = (pack.json, model.schema.json)
    guard var plan = compile(text, model: modelText) else { return false }
    if choices.below(16) == 15 { plan.limits.steps = choices.pick([1, 20, 100, 400]) }
    var comparison = PlaceComparison(
      plan, casing: choices.below(8) == 7 ? .wire : .auto,
      depthLimit: choices.below(24) == 23 ? 3 : JSONReader.defaultDepthLimit)
    // By a plan without a sign for its requests, no text looks like one.
    let detection = plan.ruleTable.detect == nil ? 24 : 3
    var requests = PlaceRequests(model)
    for _ in 0..<count {
      let request = requests.text(&choices)
      // The text is at the end of its source, or in the midst of it.
      var source = request
      var start = 0
      if choices.once(in: 4) {
        let lead = Array(choices.pick(["\n", "{}\n", "\"", "0"]).utf8)
        start = lead.count
        source = lead + request
      }
      if choices.once(in: 4) {
        source += Array(choices.pick(["\n{\"a\": 1}", "0", "\"", "}", "\\\"", "e1"]).utf8)
      }
      do {
        try comparison.compare(
          source, in: TextRange(start, start + request.count),
          applicability: choices.below(detection) == 2 ? .whenDetected : .always)
      } catch {
        throw Fault("\(error)\npack: \(readable(text))\nmodel.json: \(readable(modelText))")
      }
    }
    counts += comparison.counts
    return true
  }

  private static func readable(_ bytes: [UInt8]) -> String {
    String(decoding: bytes, as: UTF8.self)
  }

  /// The plan of a pack in JSON; nil where there is an error in it.
  package static func compile(_ pack: [UInt8], model: [UInt8]) -> Plan? {
    let reading = RulePackReader.read(SourceFile(path: "p.json", bytes: pack)) {
      path throws(Diagnostic) in SourceFile(path: path, bytes: model)
    }
    return RuleCompiler.compile(reading, checking: .none).plan
  }

  /// A comparison by a pack in JSON; nil where there is an error in it.
  package static func comparison(ofPack pack: [UInt8], model: [UInt8]) -> PlaceComparison? {
    guard let plan = compile(pack, model: model) else { return nil }
    return PlaceComparison(plan)
  }

  /// Compares both ways of evaluating the first built-in pack on the lines of a text, and on lines that were
  /// damaged.
  ///
  /// - Returns: What was compared, and where they differ.
  package static func compare(
    lines text: [UInt8], seed: UInt64
  ) -> (counts: PlaceComparison.Counts, faults: [Fault]) {
    var faults: [Fault] = []
    var counts = PlaceComparison.Counts()
    for plan in knownPlans {
      var comparison = PlaceComparison(plan)
      for (number, line) in text.split(separator: UInt8(ascii: "\n")).enumerated() {
        var choices = Choices(PlaceCampaign.bytes(seed: seed << 40 | UInt64(number), words: 16))
        var line = Array(line)
        for _ in 0..<3 where faults.count < 10 {
          do {
            try comparison.compare(line)
            try comparison.compare(line, in: TextRange(0, line.count), applicability: .whenDetected)
          } catch {
            faults.append(Fault("line \(number + 1): \(error)"))
          }
          Damage.apply(to: &line, &choices, pieces: Damage.json)
        }
      }
      counts += comparison.counts
    }
    return (counts, faults)
  }

  /// The plans of built-in packs, and of some that ask in other ways.
  package static let knownPlans: [Plan] = {
    var plans = BuiltInPacks.names.compactMap { name in
      BuiltInPacks.read(name, withExamples: false).flatMap {
        RuleCompiler.compile($0, checking: .none).plan
      }
    }
    for text in knownPacks {
      if let plan = compile(Array(text.pack.utf8), model: Array(text.model.utf8)) {
        plans.append(plan)
      }
    }
    return plans
  }()

  private static let knownPacks: [(pack: String, model: String)] = [
    (
      #"""
      {"requisite": 1, "name": "p", "request": {"operation": "O", "schema": "m.json",
        "detect": {"required": ["a"]}}, "rules": {
        "r1": {"given": "$.b.*", "then": {"enum": ["ON", "OFF"]}},
        "r2": {"when": "has(self.n)", "then": "self.n > 3 && self.a != 'x'"},
        "r3": {"given": "$.l", "then": {"uniqueItems": true, "contains": {"const": "é"}}}}}
      """#,
      #"""
      {"type": "object", "additionalProperties": false, "properties": {"a": {"type": "string"},
        "b": {"type": "object", "additionalProperties": {"type": "string", "maxLength": 16}},
        "l": {"type": "array", "items": {"enum": ["é", "a", "b"]}},
        "n": {"type": "integer", "minimum": 0, "maximum": 99}, "self": {"$ref": "#"}}}
      """#
    ),
    (
      #"""
      {"requisite": 1, "name": "p", "rules": {
        "r1": {"then": {"required": ["a"], "properties": {"a": {"type": ["array", "object"]}}}},
        "r2": {"given": "$.a[*]", "then": {"minLength": 2, "pattern": "^[a-z]+$"}},
        "r3": {"given": "$..b", "then": {"type": "number"}}}}
      """#, "{}"
    ),
  ]
}
