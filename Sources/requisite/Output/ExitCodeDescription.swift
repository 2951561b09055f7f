import Reference

/// An exit code, as `requisite list exit-codes` documents it.
struct ExitCodeDescription {
  /// The code.
  let code: Int
  /// The situations that it stands for.
  let summary: String

  /// All exit codes.
  static let all = [
    ExitCodeDescription(
      code: 0,
      summary: "Success: no finding has at least the severity of --fail-on (default: error)."),
    ExitCodeDescription(
      code: 1,
      summary:
        "Findings of at least that severity; a change that --diff shows; a rule that never applied, with --fail-on-inert; a failing example of requisite test."
    ),
    ExitCodeDescription(
      code: 2,
      summary:
        "Nothing or not everything could be checked: a wrong argument, an error in a pack or a configuration, an input that cannot be read, no request at all, or a report that cannot be written."
    ),
    ExitCodeDescription(code: 129, summary: "Ended by SIGHUP."),
    ExitCodeDescription(code: 130, summary: "Ended by SIGINT (Control-C)."),
    ExitCodeDescription(code: 143, summary: "Ended by SIGTERM."),
  ]

  /// The exit codes as lines of help, each indented by two columns.
  static var helpText: String {
    all.map { description in
      let code = String(description.code)
      let gap = String(repeating: " ", count: max(2, 5 - code.count))
      return "  \(code)\(gap)\(description.summary)"
    }.joined(separator: "\n")
  }

  /// The exit codes as a table of the reference.
  static var table: ReferenceTable {
    ReferenceTable(
      ["code", "summary"],
      all.map { [.number($0.code), .text($0.summary)] })
  }
}
