import ArgumentParser
import Findings
import Linting
import PackDocumentation
import Reporting
import RulePacks
import SourceText

/// `requisite docs`: a reference page of a pack.
struct Docs: Command {
  static let configuration = CommandConfiguration(
    commandName: "docs",
    abstract:
      "Write a reference page for a pack: its rules, with their reasons, and its parameters.",
    discussion: """
      The HTML page is a single file without scripts or network access. Inherited rules are included, \
      with the overrides that apply.
      """)

  /// The format of the page.
  enum Format: String, ExpressibleByArgument, CaseIterable {
    case markdown, html
  }

  @Argument(
    help: ArgumentHelp(
      "The name of a built-in pack or the path of a pack file.", valueName: "pack"),
    completion: NameCompletion.packs
  )
  var pack: String

  @Option(name: .shortAndLong, help: "The output format.")
  var format: Format = .markdown

  @Option(
    name: .shortAndLong,
    help: ArgumentHelp("The output file (default: standard output).", valueName: "file"),
    completion: .file())
  var output: String?

  @OptionGroup var colorOptions: ColorOptions

  func run(in invocation: Invocation) throws {
    let console = Console(colorOptions, invocation.environment)
    let loading = PackLoader(in: invocation.files).load([PackReference(pack)])
    try console.check(loading.diagnostics)
    guard let composition = loading.packs.first?.composition,
      let root = composition.roots.last
    else { throw ExitCode(2) }
    let file = OutputFile(path: output, replaces: .pages, files: invocation.files, console: console)
    try file.refuseFilesOfTheRun()
    let page = PackDocument(
      of: composition, member: root, described: loading.packs.ruleDescriptions,
      hiding: loading.packs.contradictedExamples())
    let text =
      switch format {
      case .markdown: page.markdown()
      case .html: page.html()
      }
    var bytes = Array(text.utf8)
    LogCommands.escape(&bytes, as: format == .html ? .markup : .markdown)
    try file.write(bytes)
  }
}
