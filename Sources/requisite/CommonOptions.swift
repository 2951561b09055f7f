import ArgumentParser
import Findings
import Linting
import Reporting
import RequestDecoding

/// Which packs a command is about.
struct PackOptions: ParsableArguments {
  @Option(
    name: .customLong("pack"),
    help: ArgumentHelp(
      "A built-in pack's name or a pack file's path; repeatable.",
      discussion: "Without it, all built-in packs.",
      valueName: "name|path"))
  var packs: [String] = []

  /// Loads the packs; what is wrong with them is shown, and an error among it ends the command.
  ///
  /// With `isStrict`, what else would be a warning is an error.
  func load(
    color: ColorOptions, isStrict: Bool = false, compilesFixes: Bool = false
  ) throws -> [LoadedPack] {
    let loading = PackLoader.load(
      packs.map { PackReference($0) }, isStrict: isStrict, compilesFixes: compilesFixes)
    DiagnosticPrinter(color: color).show(loading.diagnostics)
    guard !loading.hasErrors else { throw ExitCode(2) }
    return loading.packs
  }
}

/// Whether output is coloured.
struct ColorOptions: ParsableArguments {
  /// When to colour.
  enum Choice: String, ExpressibleByArgument, CaseIterable {
    case auto, always, never
  }

  @Option(help: "When to colour text (auto: at a terminal; NO_COLOR and FORCE_COLOR count).")
  var color: Choice = .auto

  /// Whether a stream is coloured.
  func applies(to output: Output) -> Bool {
    switch color {
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
    options = ReportOptions(
      usesColor: color.applies(to: .error), terminalWidth: Output.error.width)
  }

  /// Shows all of them at once.
  func show(_ diagnostics: [Diagnostic]) {
    var text: [UInt8] = []
    for diagnostic in diagnostics {
      DiagnosticText.append(diagnostic, options: options, into: &text)
    }
    Output.error.write(text)
  }
}

extension Casing: ExpressibleByArgument {}
