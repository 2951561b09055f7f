import ArgumentParser

/// How requests of logs are evaluated: for comparisons, since reports must not tell.
struct EngineOptions: ParsableArguments {
  /// A way of evaluating.
  enum Choice: String, ExpressibleByArgument, CaseIterable {
    /// Requests are read first, then evaluated.
    case plain
    /// Requests are read and evaluated in one pass, where the pack allows for it.
    case fused
  }

  @Option(
    help: ArgumentHelp("How requests of logs are evaluated: plain or fused.", visibility: .hidden))
  var engine: Choice = .fused
}
