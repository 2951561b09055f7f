import ArgumentParser
import Findings
import Linting

/// How suppressions are treated.
struct SuppressionOptions: ParsableArguments {
  @Flag(help: "Ignore suppressions, and report the findings that they hide.")
  var noIgnores = false

  @Flag(help: "Treat suppressions that are unused, expired or too broad as errors.")
  var strictSuppressions = false
}

extension SuppressionOptions {
  /// What a run came to know of suppressions, baselines and earlier commits, as severe as was asked.
  func notices(of filter: FindingFilter?) -> [Diagnostic] {
    guard let outcome = filter?.outcome() else { return [] }
    return graded(outcome.suppressionDiagnostics) + outcome.baselines.flatMap(\.diagnostics)
      + outcome.earlierDiagnostics
  }

  /// What is to be said of suppressions, as severe as was asked.
  func graded(_ diagnostics: [Diagnostic]) -> [Diagnostic] {
    guard strictSuppressions else { return diagnostics }
    return diagnostics.map { diagnostic in
      var diagnostic = diagnostic
      diagnostic.raise(by: "--strict-suppressions")
      return diagnostic
    }
  }
}
