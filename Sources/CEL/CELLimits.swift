package import SourceText

/// The limits of expressions.
package enum CELLimits {
  /// Every limit that a pack or a request can meet.
  package static let all: [Limit] = [
    Limit(
      "evaluation of one expression", CELEvaluator.defaultCostLimit, "steps",
      beyond: "a finding of the rule", option: "--cost-limit"),
    Limit(
      "nesting of an expression", Parser.depthLimit, "levels", beyond: "pack/bad-expression"),
    Limit("length of an expression", Parser.tokenLimit, "tokens", beyond: "pack/bad-expression"),
    Limit(
      "nesting of a value that an expression makes", Int(CELValue.depthLimit), "levels",
      beyond: "a finding of the rule"),
  ]
}
