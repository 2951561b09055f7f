import ArgumentParser
import Findings
import LanguageServer
import Linting
import Reporting
import RequisiteConfiguration
import RequisiteFiles
import SystemPackage

/// `requisite lsp`: checks documents in an editor while they are typed.
struct LanguageServerCommand: Command {
  static let configuration = CommandConfiguration(
    commandName: "lsp",
    abstract: "Serve an editor over standard input and output (Language Server Protocol).",
    discussion: """
      An editor starts the server; see the page about editors for settings. Diagnostics of requests, packs, \
      configurations and suppressions are those of 'requisite check', for the texts as they are in the \
      editor. Paths in options are relative to each folder that the editor works in.
      """)

  @OptionGroup var packOptions: PackOptions

  @Flag(help: "Treat pack warnings as errors, and check built-in packs as well.")
  var strictPacks = false

  @OptionGroup var settingOptions: SettingOptions
  @OptionGroup var baselineOptions: BaselineOptions

  @Flag(help: "Accepted for editors that add it; the server always uses standard input and output.")
  var stdio = false

  func run(in invocation: Invocation) throws {
    let console = Console(StyleChoices(), invocation.environment)
    var flags = settingOptions.flags(packs: packOptions, baseline: baselineOptions)
    flags.isStrict = strictPacks
    let settings = try RunSettings(flags, in: invocation, console)
    let environment = invocation.environment
    let server = LanguageServer(
      LanguageServerSettings(
        settings.choices, from: settings.source, rootPath: settingOptions.rootPath,
        costLimit: settings.costLimit.value, isStrict: settings.isStrict,
        version: ToolInformation.version, cacheFolder: Self.cacheFolder(of: invocation),
        today: { environment.today }),
      in: invocation.files
    ) { content in
      Output.standard.write(MessageStream.framed(content))
      // Nobody hears what it says.
      if Output.standard.isClosed || Output.standard.hasFailed { endProcess(1) }
    }
    let input = invocation.files.standardInput()
    let code = try console.checked { () throws(Diagnostic) -> Int32 in
      do throws(Errno) {
        if let code = try server.run(input) { return code }
      } catch {
        throw Diagnostic("input/unreadable", "standard input cannot be read: \(error.description)")
      }
      throw Diagnostic(
        "input/unreadable",
        "standard input has no message of the Language Server Protocol",
        hint: "an editor starts 'requisite lsp'; to check files yourself, use 'requisite check'")
    }
    if code != 0 { throw ExitCode(code) }
  }

  /// The user's folder for files that can be made again (XDG Base Directory Specification), which does not count
  /// where it is relative.
  private static func cacheFolder(of invocation: Invocation) -> String? {
    if let folder = invocation.environment[.cacheFolder], folder.hasPrefix("/") { return folder }
    let home = invocation.files.user.homeFolder.flatMap { $0.hasPrefix("/") ? $0 : nil }
    return home.map { Paths.joined($0, ".cache") }
  }
}
