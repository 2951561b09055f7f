package import SourceText

/// The limits of JSONPath queries.
package enum JSONPathLimits {
  /// Every limit that a pack or a request can meet.
  package static let all: [Limit] = [
    Limit(
      "evaluation of one JSONPath", JSONPathQuery.defaultStepLimit, "steps",
      beyond: "a finding of the rule",
      option: "--cost-limit (twice as many, at least \(JSONPathQuery.leastSteps.grouped))"),
    Limit("nesting of a JSONPath", JSONPathParser.depthLimit, "levels", beyond: "pack/bad-path"),
    Limit(
      "integer in a JSONPath", JSONPathParser.integerLimit, "", beyond: "pack/bad-path"),
    Limit(
      "pattern that match() or search() takes from a request",
      bytes: RegularExpressions.documentPatternLimit, beyond: "the function is false"),
  ]
}
