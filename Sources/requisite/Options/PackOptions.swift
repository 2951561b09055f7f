import ArgumentParser
import Findings
import Linting

/// The packs of a command.
struct PackOptions: ParsableArguments {
  @Option(
    name: .customLong("pack"),
    help: ArgumentHelp(
      "The name of a built-in pack or the path of a pack file. Repeatable. (default: the packs of the configuration, or else all built-in packs)",
      valueName: "name|path"), completion: NameCompletion.packs)
  var packs: [String] = []

  /// Loads the packs, with the severities of the working folder's configuration.
  ///
  /// - Throws: an exit code, once the errors in them are shown.
  func load(in invocation: Invocation, _ console: Console) throws -> [LoadedPack] {
    let (packs, diagnostics) = try loading(in: invocation, console)
    try console.check(diagnostics)
    guard let packs else { throw ExitCode(2) }
    return packs
  }

  /// Loads the packs; nil if they have errors, which are not shown.
  func loadQuietly(in invocation: Invocation, _ console: Console) throws -> [LoadedPack]? {
    let (packs, diagnostics) = try loading(in: invocation, console)
    return diagnostics.hasErrors ? nil : packs
  }

  private func loading(
    in invocation: Invocation, _ console: Console
  ) throws -> ([LoadedPack]?, [Diagnostic]) {
    var profiles = try RunSettings(SettingFlags(packs: packs), in: invocation, console).profiles()
    let packs = profiles.packsInUse(inFolder: ".")
    return (packs, profiles.takeDiagnostics())
  }
}
