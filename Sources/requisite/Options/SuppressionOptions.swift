import ArgumentParser
import Findings
import Linting

/// How suppressions are treated.
struct SuppressionOptions: ParsableArguments {
  @Flag(help: "Ignore suppressions, comments included, and report the findings that they hide.")
  var noIgnores = false

  @Flag(
    help:
      "Treat suppressions that are unused, expired, too broad or of an unknown rule as errors.")
  var strictSuppressions = false

  /// What the options say.
  var choices: SuppressionChoices {
    SuppressionChoices(noIgnores: noIgnores, strictSuppressions: strictSuppressions)
  }
}

/// What a run does with suppressions.
struct SuppressionChoices: Equatable {
  var noIgnores = false
  /// Whether what is wrong with them are errors.
  var strictSuppressions = false

  /// Sets what the options ask of the linter: suppression comments are applied unless they are ignored.
  func set(
    _ options: inout LintOptions, _ settings: RunSettings, keepsSuppressed: Bool = false
  ) {
    guard !noIgnores else { return }
    Self.applyComments(in: &options, settings, keepsSuppressed: keepsSuppressed)
  }

  /// Has the linter apply suppression comments.
  static func applyComments(
    in options: inout LintOptions, _ settings: RunSettings, keepsSuppressed: Bool
  ) {
    options.suppressionComments = SuppressionCommentOptions(
      today: settings.today, keepsSuppressed: keepsSuppressed)
  }

  /// What a run came to know of suppressions, baselines and earlier commits, as severe as was asked.
  ///
  /// `comments` is what is wrong with suppression comments.
  func notices(of filter: FindingFilter?, comments: [Diagnostic]) -> [Diagnostic] {
    let outcome = filter?.outcome()
    return graded((outcome?.suppressionDiagnostics ?? []) + comments)
      + (outcome?.baselines.flatMap(\.diagnostics) ?? []) + (outcome?.earlierDiagnostics ?? [])
  }

  /// What is to be said of suppressions, as severe as was asked.
  func graded(_ diagnostics: [Diagnostic]) -> [Diagnostic] {
    guard strictSuppressions else { return diagnostics }
    return diagnostics.map { diagnostic in
      guard DiagnosticCode.raisedByStrictSuppressions.contains(diagnostic.code) else {
        return diagnostic
      }
      var diagnostic = diagnostic
      diagnostic.raise(by: "--strict-suppressions")
      return diagnostic
    }
  }
}
