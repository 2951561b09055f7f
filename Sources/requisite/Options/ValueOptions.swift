import ArgumentParser
import Findings

/// Whether reports show values of requests.
struct ValueOptions: ParsableArguments {
  /// Which values are shown.
  enum Choice: String, ExpressibleByArgument, CaseIterable {
    case never, plain
  }

  @Option(
    help: ArgumentHelp(
      "The values to show in reports: plain (all but sensitive ones) or never (only types and lengths)."
    ))
  var showValues: Choice = .plain
}

extension ValueOptions.Choice {
  /// What is shown of values that no pack marks as sensitive.
  var disclosure: Disclosure { self == .plain ? .full : .kindsOnly }
}
