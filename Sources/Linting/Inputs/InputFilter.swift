import Findings

/// Takes out of the findings of one profile's inputs what is not to be reported.
struct InputFilter {
  let filter: FindingFilter
  /// The rules of the packs that the inputs are checked by.
  let rules: ActiveRules

  /// Begins an input.
  func begin(_ input: InputSource) { filter.begin(input, rules: rules) }

  /// Notes which packs' rules were evaluated on the input, by their places in the options.
  func noteRuns(_ ranPacks: [Bool]) {
    for (index, ran) in ranPacks.enumerated() where ran { filter.noteRun(ofPack: index) }
  }

  /// Takes out of a result what is not to be reported; `content` gives the digest of the input.
  func take(outOf result: inout LintResult, content: () -> String?) {
    let counts = filter.filter(&result.findings, content: content)
    result.suppressedCount += counts.suppressed
    result.acceptedCount += counts.accepted
  }

  /// Takes out of findings of a part of an input what is not to be reported.
  func take(outOf findings: inout [Finding]) {
    _ = filter.filter(&findings) { nil }
  }

  /// One of whose account nothing is heard: for a look ahead.
  func copy() -> InputFilter { InputFilter(filter: filter.copy(), rules: rules) }
}
