import ArgumentParser

/// Whether reports show values of requests.
struct ValueOptions: ParsableArguments {
  /// Which values are shown.
  enum Choice: String, ExpressibleByArgument, CaseIterable {
    case never, plain
  }

  @Option(
    help: ArgumentHelp(
      "Which values of requests are shown: plain, those that no pack calls sensitive, or never, which tells of kinds and lengths."
    ))
  var showValues: Choice = .plain
}
