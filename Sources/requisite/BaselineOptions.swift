import ArgumentParser

/// Which baseline is in force.
struct BaselineOptions: ParsableArguments {
  @Option(
    help: ArgumentHelp(
      "A file of accepted findings, which are not reported.", valueName: "file"),
    completion: .file())
  var baseline: String?

  @Flag(help: "Report the findings of the baseline as well.")
  var noBaseline = false

  func validate() throws {
    if noBaseline, baseline != nil {
      throw ValidationError("--baseline and --no-baseline take each other back; give one of them")
    }
  }
}

extension BaselineOptions {
  /// The baseline's file that the flag or the environment names.
  var path: String? { baseline ?? EnvironmentSettings.current.baseline }
}
