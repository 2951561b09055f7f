import Testing

@testable import requisite

/// When text has links.
struct StyleChoicesTests {
  /// Variables, and whether the terminal is known to open links.
  private static let terminals: [(variables: [String: String], opensLinks: Bool)] = [
    ([:], false),
    (["TERM": "xterm-256color"], false),
    (["TERM": "dumb", "VTE_VERSION": "6800"], false),
    (["TERM": "xterm-256color", "VTE_VERSION": "6800"], true),
    (["TERM": "xterm-256color", "VTE_VERSION": "4999"], false),
    (["TERM": "xterm-256color", "WT_SESSION": "6b1f"], true),
    (["TERM": "xterm-256color", "WT_SESSION": ""], false),
    (["TERM": "xterm-kitty"], true),
    (["TERM": "foot"], true),
    (["TERM": "linux"], false),
    (["TERM_PROGRAM": "iTerm.app", "TERM_PROGRAM_VERSION": "3.0.9"], false),
    (["TERM_PROGRAM": "iTerm.app", "TERM_PROGRAM_VERSION": "3.1"], true),
    (["TERM_PROGRAM": "iTerm.app", "TERM_PROGRAM_VERSION": "3.5.0beta"], true),
    (["TERM_PROGRAM": "vscode", "TERM_PROGRAM_VERSION": "1.100.2"], true),
    (["TERM_PROGRAM": "vscode", "TERM_PROGRAM_VERSION": "1.9.0"], false),
    (["TERM_PROGRAM": "Apple_Terminal", "TERM_PROGRAM_VERSION": "455"], false),
    (["TERM_PROGRAM": "WezTerm"], true),
    // What surrounds tmux and screen does not count.
    (["TERM": "tmux-256color", "TMUX": "/tmp/t,1,0", "VTE_VERSION": "6800"], false),
    (
      [
        "TERM": "tmux-256color", "TMUX": "/tmp/t,1,0", "TERM_PROGRAM": "tmux",
        "TERM_PROGRAM_VERSION": "3.3a",
      ], false
    ),
    (
      [
        "TERM": "tmux-256color", "TMUX": "/tmp/t,1,0", "TERM_PROGRAM": "tmux",
        "TERM_PROGRAM_VERSION": "3.4",
      ], true
    ),
    (["TERM": "screen-256color", "VTE_VERSION": "6800"], false),
    (["TERM": "xterm", "VTE_VERSION": "99999999999999999999999"], false),
  ]

  @Test(arguments: terminals)
  func terminalsThatOpenLinksAreKnown(row: (variables: [String: String], opensLinks: Bool)) {
    let environment = Environment(row.variables.map { ($0.key, $0.value) })
    #expect(TerminalProgram(environment).opensLinks == row.opensLinks)
  }

  /// The flag counts before the variable, and each before what is known of the terminal.
  @Test(
    arguments: [
      ("always", "never", true), ("never", "always", false), (nil, "always", true),
      (nil, "never", false), (nil, nil, false),
    ] as [(String?, String?, Bool)])
  func choicesCountBeforeTerminals(flag: String?, variable: String?, hasLinks: Bool) {
    let environment = Environment(variable.map { [("REQUISITE_HYPERLINKS", $0)] } ?? [])
    let choices = StyleChoices(hyperlinks: flag.flatMap { ColorOptions.Choice(rawValue: $0) })
    // The tests' own output may be a terminal.
    guard flag != nil || variable != nil || !Output.standard.isTerminal else { return }
    #expect(choices.usesLinks(at: .standard, environment) == hasLinks)
  }
}
