import ArgumentParser
import Configuration
import Findings
import Linting
import Reporting
import Documents

/// The packs of a command.
struct PackOptions: ParsableArguments {
  @Option(
    name: .customLong("pack"),
    help: ArgumentHelp(
      "The name of a built-in pack or the path of a pack file. Repeatable. (default: the packs of the configuration, or else all built-in packs)",
      valueName: "name|path"))
  var packs: [String] = []

  /// Loads the packs, with the severities of the working folder's configuration.
  ///
  /// What is wrong with them is shown, and an error among it ends the command.
  func load(color: ColorOptions) throws -> [LoadedPack] {
    let (packs, diagnostics) = try loading(color: color)
    DiagnosticPrinter(color: color).show(diagnostics)
    guard let packs, !diagnostics.hasErrors else {
      throw ExitCode(2)
    }
    return packs
  }

  /// Loads the packs; nil where they have errors, which are not shown.
  func loadQuietly() throws -> [LoadedPack]? {
    let (packs, diagnostics) = try loading(color: try ColorOptions.parse([]))
    return diagnostics.hasErrors ? nil : packs
  }

  private func loading(color: ColorOptions) throws -> ([LoadedPack]?, [Diagnostic]) {
    let settings = try SettingOptions.parse([])
    var profiles = LintProfiles(
      try settings.choices(packs: self, color: color), from: settings.source,
      options: LintOptions(
        packs: [], applicability: .whenDetected, costLimit: settings.effectiveCostLimit.value),
      isStrict: EnvironmentSettings.current.strictPacks,
      workingFolder: FileAccess.workingFolder())
    let packs = profiles.packsInUse(inFolder: ".")
    return (packs, profiles.takeDiagnostics())
  }
}

/// Whether output is colored.
struct ColorOptions: ParsableArguments {
  /// When to color.
  enum Choice: String, ExpressibleByArgument, CaseIterable {
    case auto, always, never
  }

  @Option(
    help:
      "When to color text; by default auto: on a terminal, honoring NO_COLOR and FORCE_COLOR."
  )
  var color: Choice?

  /// Whether a stream is colored.
  func applies(to output: Output) -> Bool {
    switch color ?? EnvironmentSettings.current.color ?? .auto {
    case .always: return true
    case .never: return false
    case .auto:
      if let value = environment("NO_COLOR"), !value.isEmpty { return false }
      if let value = environment("FORCE_COLOR"), !value.isEmpty { return value != "0" }
      if let value = environment("CLICOLOR_FORCE"), !value.isEmpty, value != "0" { return true }
      return output.isTerminal && environment("TERM") != "dumb"
    }
  }
}

/// Shows diagnostics at standard error.
struct DiagnosticPrinter {
  private let options: ReportOptions

  init(color: ColorOptions) {
    options = Output.error.options(color)
  }

  /// Shows all of them at once.
  func show(_ diagnostics: [Diagnostic]) {
    var text: [UInt8] = []
    for diagnostic in diagnostics {
      DiagnosticText.append(diagnostic, options: options, into: &text)
    }
    Output.error.write(text, as: .text)
  }
}

extension Casing: ExpressibleByArgument {}
