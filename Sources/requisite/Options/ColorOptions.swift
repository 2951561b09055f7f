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

/// The terminal that a process runs in, as far as the environment tells.
struct TerminalProgram {
  private let environment: Environment

  init(_ environment: Environment) { self.environment = environment }

  /// Whether the terminal is known to open links, or to pass them on to one that may.
  ///
  /// There is no way to ask it. One that does not know links shows none, but some older ones show the escape
  /// sequence as text.
  var opensLinks: Bool {
    let terminal = environment[.terminal] ?? ""
    if terminal == "dumb" { return false }
    // What runs within tmux or screen has the variables of the terminal that it was started in.
    if let tmux = environment[.tmux], !tmux.isEmpty {
      return environment[.terminalProgram] == "tmux" && version(.terminalProgramVersion) >= [3, 4]
    }
    if terminal.hasPrefix("screen") { return false }
    if version(.vteVersion) >= [5_000] { return true }
    if let session = environment[.windowsTerminal], !session.isEmpty { return true }
    switch environment[.terminalProgram] {
    case "iTerm.app": return version(.terminalProgramVersion) >= [3, 1]
    case "vscode": return version(.terminalProgramVersion) >= [1, 72]
    case "WezTerm", "ghostty", "rio", "zed": return true
    default:
      return ["alacritty", "contour", "foot", "wezterm", "xterm-ghostty", "xterm-kitty"]
        .contains(terminal)
    }
  }

  /// Whether the terminal takes the number of a line in a link to a file.
  var opensLines: Bool { environment[.terminal] == "xterm-kitty" }

  /// The numbers that a variable with a version begins with.
  private func version(_ variable: SharedVariable) -> Version {
    Version((environment[variable] ?? "").split(separator: ".").prefix(3).map { Int($0) ?? 0 })
  }

  /// The numbers of a version, of which the first that differs counts.
  private struct Version: ExpressibleByArrayLiteral {
    let numbers: [Int]

    init(_ numbers: [Int]) { self.numbers = numbers }

    init(arrayLiteral numbers: Int...) { self.numbers = numbers }

    static func >= (left: Version, right: Version) -> Bool {
      !left.numbers.lexicographicallyPrecedes(right.numbers)
    }
  }
}
