import ArgumentParser
import Findings
import Linting
import PackDocumentation
import Reporting
import RulePacks
import SourceText

/// `requisite docs`: the page that tells people of a pack.
struct Docs: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "docs",
    abstract: "Writes a page about a pack: its rules, why they are there, and its parameters.",
    discussion: """
      Markdown, or one HTML page that needs no other file, no script and no network. What the pack \
      inherits is told of as well, as it is in force.
      """)

  /// How the page is written.
  enum Format: String, ExpressibleByArgument, CaseIterable {
    case markdown, html
  }

  @Argument(
    help: ArgumentHelp("A built-in pack's name or a pack file's path.", valueName: "pack"))
  var pack: String

  @Option(name: .shortAndLong, help: "How the page is written.")
  var format: Format = .markdown

  @Option(
    name: .shortAndLong,
    help: ArgumentHelp("The file to write; - for standard output.", valueName: "file"),
    completion: .file())
  var output: String?

  @OptionGroup var colorOptions: ColorOptions

  func run() throws {
    let printer = DiagnosticPrinter(color: colorOptions)
    let loading = PackLoader.load([PackReference(pack)])
    printer.show(loading.diagnostics)
    guard !loading.hasErrors, let composition = loading.packs.first?.composition,
      let root = composition.roots.last
    else { throw ExitCode(2) }
    let file = OutputFile(path: output, color: colorOptions)
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
