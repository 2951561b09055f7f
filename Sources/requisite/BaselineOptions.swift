import ArgumentParser

/// The baseline of a run.
struct BaselineOptions: ParsableArguments {
  @Option(
    help: ArgumentHelp(
      "The baseline: a file of accepted findings, which are not reported.", valueName: "file"),
    completion: .file())
  var baseline: String?

  @Flag(help: "Ignore the baseline and report all findings.")
  var noBaseline = false

  func validate() throws {
    if noBaseline, baseline != nil {
      throw ValidationError("--baseline and --no-baseline cannot be used together")
    }
  }
}

extension BaselineOptions {
  /// The baseline's file that the flag or the environment names.
  var path: String? { baseline ?? EnvironmentSettings.current.baseline }
}
