import CEL
import JSONPath
package import SourceText

/// The limits of checking one request.
package enum EvaluationLimits {
  /// Every limit that a request can meet.
  package static let all: [Limit] = [
    Limit(
      "evaluation of all rules of one pack on one request",
      Limits.steps(forCost: CELEvaluator.defaultCostLimit), "steps",
      beyond: "PACK/schema/limit, which names the rule",
      option: "--cost-limit (five times as many, at least \(JSONPathQuery.leastSteps.grouped))"
    ),
    Limit(
      "schemas applied within one another", SchemaChecker.depthLimit, "levels",
      beyond: "PACK/schema/limit"),
    Limit(
      "findings of one pack in one request", Evaluator.failureLimit, "findings",
      beyond: "PACK/schema/limit; further findings are not reported"),
    Limit(
      "names in the pointers of these findings", bytes: Evaluator.pointerLimit,
      beyond: "PACK/schema/limit; further findings are not reported"),
    Limit(
      "names compared for suggestions in these findings", SchemaChecker.suggestionLimit, "names",
      beyond: "findings without a suggestion"),
    Limit(
      "value of a request in a message", ValueText.limit, "code points", beyond: "it is shortened"),
    Limit(
      "value of a pack in a message", ValueText.packLimit, "code points", beyond: "it is shortened"),
    Limit(
      "text that a fix makes", bytes: ExpressionRunner.fixTextLimit, beyond: "the fix is not made"),
    Limit(
      "encodings around a sensitive value", SensitiveText.depthLimit, "levels",
      beyond: "the whole string is hidden"),
    Limit(
      "objects and arrays around a wrapped request", Evaluator.wrapperLimit, "levels",
      beyond: "it is not recognized"),
  ]
}
