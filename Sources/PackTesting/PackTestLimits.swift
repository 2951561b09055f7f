package import SourceText

/// The limits of `requisite test`.
package enum PackTestLimits {
  /// Every limit that the test of a pack can meet.
  package static let all: [Limit] = [
    Limit(
      "test of one pack", PackTestOptions().stepLimit, "steps",
      beyond: "test/limit; examples or mutants are not tried",
      option: "--cost-limit (twice as many)"),
    Limit(
      "mutants of one schema", SchemaMutations.limit, "mutants",
      beyond: "a sample, spread over the schema"),
    Limit(
      "requests tried to suggest an example for one mutant", CounterexampleSearch.trialLimit,
      "requests", beyond: "the mutant is reported without a suggestion"),
  ]
}
