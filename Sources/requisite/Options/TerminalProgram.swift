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
