import CEL
package import SourceText

/// The limits of loading packs.
package enum CompilationLimits {
  /// Every limit that a pack can meet.
  package static let all: [Limit] = {
    let budget = LoadingBudget(costLimit: CELEvaluator.defaultCostLimit)
    return [
      Limit(
        "compiling all packs", budget.compilationLimit, "steps", beyond: "pack/limit, an error",
        option: "--cost-limit (twice as many, at least \(LoadingBudget.leastCompilation.grouped))"),
      Limit(
        "trying all examples while packs are loaded", budget.limit, "steps",
        beyond: "pack/limit, a warning", option: "--cost-limit (twice as many)"),
      Limit(
        "examples of one pack", bytes: LoadingBudget.exampleByteLimit,
        beyond: "pack/too-many-examples; further examples are not tried"),
      Limit(
        "schemas checked in all packs, counted for each rule that uses them", PlanBuild.visitLimit,
        "schemas", beyond: "pack/limit, a warning"),
      Limit(
        "errors in the schemas of all packs", PlanBuild.mistakeLimit, "errors",
        beyond: "further schemas are not checked"),
      Limit(
        "errors in one path", PathCheck.faultLimit, "errors",
        beyond: "further errors are not reported"),
      Limit(
        "members that properties names", SchemaCompiler.memberLimit, "members",
        beyond: "schema/bad-value"),
      Limit(
        "nesting of a model that paths and expressions are checked against",
        ModelBuilder.depthLimit, "levels", beyond: "deeper values have no known type"),
      Limit(
        "nodes of an example that its fix is tried on", ExampleTrial.fixLimit, "nodes",
        beyond: "further nodes are not tried"),
    ]
  }()
}
