import ArgumentParser
import Findings

/// The baseline of a run.
struct BaselineOptions: ParsableArguments {
  @Option(
    help: ArgumentHelp(
      "The baseline: a file of accepted findings, which are not reported.", valueName: "file"),
    completion: .file())
  var baseline: String?
}

/// The options that select the findings that fail a run.
///
/// Commands that report no findings of a run accept them as well, without effect, and hide them.
struct FailureOptions: ParsableArguments {
  @Flag(help: "Ignore the baseline, and report the findings that it accepts.")
  var noBaseline = false

  @Option(help: "Exit with 1 if any finding has at least this severity; by default error.")
  var failOn: FailureThreshold?
}
