/// The program's own environment variables, which set what flags set.
enum EnvironmentVariable: String, CaseIterable {
  case baseline = "REQUISITE_BASELINE"
  case casing = "REQUISITE_CASING"
  case color = "REQUISITE_COLOR"
  case config = "REQUISITE_CONFIG"
  case costLimit = "REQUISITE_COST_LIMIT"
  case failOn = "REQUISITE_FAIL_ON"
  case format = "REQUISITE_FORMAT"
  case hyperlinks = "REQUISITE_HYPERLINKS"
  case noConfig = "REQUISITE_NO_CONFIG"
  case pack = "REQUISITE_PACK"
  case parameters = "REQUISITE_PARAM"
  case strictPacks = "REQUISITE_STRICT_PACKS"

  /// Variables of the program's own tests and builds, which are no mistake.
  static let others: Set = ["REQUISITE_BINARY", "REQUISITE_CONFORMANCE", "REQUISITE_DOCS"]
}

/// The environment variables of other programs that this one reads as well.
enum SharedVariable: String, CaseIterable {
  case colorForced = "CLICOLOR_FORCE"
  case columns = "COLUMNS"
  case forceColor = "FORCE_COLOR"
  case forceHyperlink = "FORCE_HYPERLINK"
  case githubActions = "GITHUB_ACTIONS"
  case githubStepSummary = "GITHUB_STEP_SUMMARY"
  case noColor = "NO_COLOR"
  case path = "PATH"
  case sourceDate = "SOURCE_DATE_EPOCH"
  case azurePipelines = "TF_BUILD"
  case terminal = "TERM"
  case terminalProgram = "TERM_PROGRAM"
  case terminalProgramVersion = "TERM_PROGRAM_VERSION"
  case tmux = "TMUX"
  case vteVersion = "VTE_VERSION"
  case windowsTerminal = "WT_SESSION"
  case cacheFolder = "XDG_CACHE_HOME"
}
