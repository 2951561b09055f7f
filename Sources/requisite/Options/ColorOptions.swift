import ArgumentParser

/// Whether text has colors and links.
struct ColorOptions: ParsableArguments {
  /// When to have them.
  enum Choice: String, ExpressibleByArgument, CaseIterable {
    case auto, always, never
  }

  @Option(
    help:
      "When to color text; by default auto: on a terminal, honoring NO_COLOR and FORCE_COLOR."
  )
  var color: Choice?

  @Option(
    help:
      "When places in text are links to files; by default auto: on a terminal that is known to open them, honoring FORCE_HYPERLINK."
  )
  var hyperlinks: Choice?

  /// What the options say.
  var choices: StyleChoices { StyleChoices(color: color, hyperlinks: hyperlinks) }
}

/// What a command line says of colors and links; nil where it says nothing.
struct StyleChoices: Equatable {
  var color: ColorOptions.Choice?
  var hyperlinks: ColorOptions.Choice?
}

extension StyleChoices {
  /// Whether a stream is colored.
  func usesColor(at output: Output, _ environment: Environment) -> Bool {
    switch color ?? environment.color ?? .auto {
    case .always: return true
    case .never: return false
    case .auto:
      if let value = environment[.noColor], !value.isEmpty { return false }
      if let value = environment[.forceColor], !value.isEmpty { return value != "0" }
      if let value = environment[.colorForced], !value.isEmpty, value != "0" { return true }
      return output.isTerminal && environment[.terminal] != "dumb"
    }
  }

  /// Whether a stream has links.
  func usesLinks(at output: Output, _ environment: Environment) -> Bool {
    switch hyperlinks ?? environment.hyperlinks ?? .auto {
    case .always: return true
    case .never: return false
    case .auto:
      guard output.isTerminal else { return false }
      if let value = environment[.forceHyperlink], !value.isEmpty { return value != "0" }
      return TerminalProgram(environment).opensLinks
    }
  }
}
