import ArgumentParser
import Findings
import Linting
import PackDocumentation
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
    if let output, output != "-", let real = FileAccess.realPath(output) {
      let sources = composition.members.filter { !$0.isBuiltIn }.map(\.pack.file.source.path)
      if sources.contains(where: { FileAccess.realPath($0) == real }) {
        printer.show([
          Diagnostic(
            "argument/output-over-input",
            "the page '\(output)' would overwrite a pack; give it another name")
        ])
        throw ExitCode(2)
      }
    }
    let page = PackDocument(
      of: composition, member: root, described: loading.packs.ruleDescriptions)
    let text =
      switch format {
      case .markdown: page.markdown()
      case .html: page.html()
      }
    try OutputFile(path: output, color: colorOptions).write(Array(text.utf8))
  }
}
