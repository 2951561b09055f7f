import ArgumentParser

/// Whether a run shows how far it is.
struct ProgressOptions: ParsableArguments {
  /// When to show it.
  enum Choice: String, ExpressibleByArgument, CaseIterable {
    case auto, always, never
  }

  @Option(
    help: ArgumentHelp(
      "When to show the progress of runs over two seconds on standard error: auto (on a terminal, unless --quiet or TERM=dumb is set or standard output is a pipe), always (also elsewhere, as a line every ten seconds) or never."
    ))
  var progress: Choice = .auto
}

/// How a run shows how far it is.
enum ProgressStyle: Sendable {
  /// A line that is drawn anew in place.
  case inPlace
  /// A line after another.
  case lines

  /// What a choice means; nil where nothing is shown.
  init?(
    _ choice: ProgressOptions.Choice, isQuiet: Bool, isPiped: Bool, isTerminal: Bool,
    terminal: String?
  ) {
    // A dumb terminal cannot clear a line.
    let canDraw = isTerminal && terminal != "dumb"
    switch choice {
    // A pager that reads the report has the screen.
    case .auto where canDraw && !isQuiet && !isPiped: self = .inPlace
    case .always: self = canDraw ? .inPlace : .lines
    case .auto, .never: return nil
    }
  }
}
