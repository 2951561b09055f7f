import Reference
import Findings
import Documents

/// An environment variable, as `requisite list environment` documents it.
struct VariableDescription {
  /// The name.
  let name: String
  /// The option that it stands for, if any.
  let option: String
  /// The supported values.
  let values: String
  /// Its effect, if no option says it.
  let summary: String

  /// The variables of other programs that this one reads as well.
  static let others = [
    VariableDescription(
      name: "CLICOLOR_FORCE", option: "", values: "not empty and not 0",
      summary: "Color output even if it is not a terminal."),
    VariableDescription(
      name: "COLUMNS", option: "", values: "a number above 0",
      summary: "The width of text, from 40 to 200 columns, instead of that of the terminal."),
    VariableDescription(
      name: "FORCE_COLOR", option: "", values: "not empty; 0 for no color",
      summary: "Color output even if it is not a terminal."),
    VariableDescription(
      name: "FORCE_HYPERLINK", option: "", values: "not empty; 0 for no links",
      summary: "On a terminal, make places links whatever terminal it is."),
    VariableDescription(
      name: "GITHUB_ACTIONS", option: "", values: "true",
      summary: "The run is one of GitHub Actions, for --annotations auto."),
    VariableDescription(
      name: "GITHUB_STEP_SUMMARY", option: "", values: "a file",
      summary: "The file that --step-summary appends a report to."),
    VariableDescription(
      name: "HOME", option: "", values: "a folder",
      summary: "Outside of repositories, the search for configurations ends there."),
    VariableDescription(
      name: "NO_COLOR", option: "", values: "not empty", summary: "Do not color output."),
    VariableDescription(
      name: "PATH", option: "", values: "folders",
      summary: "The folders in which --since finds git; relative ones do not count."),
    VariableDescription(
      name: "SOURCE_DATE_EPOCH", option: "", values: "seconds since 1970",
      summary: "The day that suppressions expire by, instead of today."),
    VariableDescription(
      name: "TERM", option: "", values: "dumb",
      summary: "Neither color output nor draw progress."),
    VariableDescription(
      name: "TERM_PROGRAM", option: "", values: "a name",
      summary: "The terminal, for --hyperlinks auto."),
    VariableDescription(
      name: "TERM_PROGRAM_VERSION", option: "", values: "numbers",
      summary: "The version of the terminal, for --hyperlinks auto."),
    VariableDescription(
      name: "TF_BUILD", option: "", values: "True",
      summary: "The run is one of Azure Pipelines, for --annotations auto."),
    VariableDescription(
      name: "TMPDIR", option: "", values: "a folder",
      summary:
        "Large arrays from standard input and pipes are kept there, instead of in /tmp; in memory, if no file can be created."
    ),
    VariableDescription(
      name: "TMUX", option: "", values: "not empty",
      summary: "The terminal is tmux, for --hyperlinks auto."),
    VariableDescription(
      name: "VTE_VERSION", option: "", values: "a number",
      summary: "The version of a terminal like that of GNOME, for --hyperlinks auto."),
    VariableDescription(
      name: "WT_SESSION", option: "", values: "not empty",
      summary: "The terminal is Windows Terminal, for --hyperlinks auto."),
    VariableDescription(
      name: "XDG_CACHE_HOME", option: "", values: "a folder",
      summary:
        "Where requisite lsp keeps the copies of built-in packs that an editor opens, instead of .cache in HOME."
    ),
  ]

  /// The program's own variables with the options that they stand for, a line for each.
  static var ownList: String {
    let own = EnvironmentVariable.allCases.map(\.description).sorted { $0.name < $1.name }
    let width = own.map(\.name.count).max() ?? 0
    return own.map { variable in
      let padding = String(repeating: " ", count: width - variable.name.count)
      return "  \(variable.name)\(padding)  \(variable.option)"
    }.joined(separator: "\n")
  }

  /// All variables as a table of the reference.
  static var table: ReferenceTable {
    let own = EnvironmentVariable.allCases.map(\.description)
    return ReferenceTable(
      ["variable", "option", "values", "summary"],
      (own + others).sorted { $0.name < $1.name }.map { variable in
        [
          .text(variable.name), .text(variable.option), .text(variable.values),
          .text(variable.summary),
        ]
      })
  }
}

extension EnvironmentVariable {
  /// The documentation of the variable.
  var description: VariableDescription {
    let (option, values, summary) = facts
    return VariableDescription(name: rawValue, option: option, values: values, summary: summary)
  }

  private var facts: (option: String, values: String, summary: String) {
    switch self {
    case .baseline: ("--baseline", "a file", "The baseline of accepted findings.")
    case .casing:
      ("--casing", Self.choices(of: Casing.self), "The spelling of member names in requests.")
    case .color: ("--color", Self.choices(of: ColorOptions.Choice.self), "When to color output.")
    case .config: ("--config", "a file", "The configuration of all files.")
    case .costLimit:
      ("--cost-limit", "a number above 0", "The steps that one expression may take.")
    case .failOn:
      (
        "--fail-on", Self.choices(of: FailureThreshold.self),
        "The least severity that exits with 1."
      )
    case .format: ("--format", "FORMAT or FORMAT=FILE, comma-separated", "The reports to write.")
    case .hyperlinks:
      ("--hyperlinks", Self.choices(of: ColorOptions.Choice.self), "When places are links.")
    case .noConfig: ("--no-config", Environment.flagValues, "Ignore configuration files.")
    case .pack: ("--pack", "names or paths, comma-separated", "The packs to apply.")
    case .parameters:
      ("--param", "PACK.NAME=VALUE, one a line", "The values of parameters.")
    case .strictPacks:
      ("--strict-packs", Environment.flagValues, "Treat pack warnings as errors.")
    }
  }

  private static func choices<Choice: RawRepresentable & CaseIterable>(
    of type: Choice.Type
  ) -> String where Choice.RawValue == String {
    type.allCases.map(\.rawValue).joined(separator: ", ")
  }
}
