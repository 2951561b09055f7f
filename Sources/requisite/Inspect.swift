import ArgumentParser
import Documents
import Findings
import Linting
import Reporting
import SourceText
import SystemPackage
import YAML

/// `requisite inspect`: the positional tree of a file, as the tool sees it.
struct Inspect: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "inspect",
    abstract: "Shows a file's values with their JSON Pointers and places.",
    discussion: """
      Without --at or --pointer, all values in the order of the file. With one of them, the innermost \
      value or name there.
      """)

  /// How the tree is written.
  enum Format: String, ExpressibleByArgument, CaseIterable {
    case text, json
  }

  @Argument(
    help: ArgumentHelp("A JSON or YAML file; - for standard input.", valueName: "file"),
    completion: .file())
  var file: String

  @Option(help: ArgumentHelp("Only what stands at a place.", valueName: "line:column"))
  var at: Place?

  @Option(help: ArgumentHelp("Only what a JSON Pointer leads to.", valueName: "pointer"))
  var pointer: String?

  @Option(help: "How the tree is written.")
  var format: Format = .text

  @Option(help: ArgumentHelp("The name of standard input.", valueName: "name"))
  var stdinFilename: String?

  @OptionGroup var colorOptions: ColorOptions

  /// A line and a column, both 1-based; the column counts code points.
  struct Place: ExpressibleByArgument {
    var line: Int
    var column: Int

    init?(argument: String) {
      let parts = argument.split(separator: ":").map { Int($0) }
      guard parts.count == 2, let line = parts[0], let column = parts[1], line > 0, column > 0
      else { return nil }
      self.line = line
      self.column = column
    }
  }

  func validate() throws {
    if at != nil, pointer != nil {
      throw ValidationError("give --at or --pointer, not both")
    }
    if let pointer, JSONPointer(pointer) == nil {
      throw ValidationError(
        "'\(pointer)' is no JSON Pointer: write /Name/0, with ~1 for / and ~0 for ~ in names")
    }
  }

  func run() throws {
    let printer = DiagnosticPrinter(color: colorOptions)
    let bytes: [UInt8]
    do throws(Diagnostic) {
      bytes =
        file == "-"
        ? try FileAccess.bytes(of: .standardInput, path: stdinFilename ?? "stdin.json")
        : try FileAccess.bytes(of: file)
    } catch {
      printer.show([error])
      throw ExitCode(2)
    }
    let path = file == "-" ? stdinFilename ?? "stdin.json" : file
    let isYAML = LintInput.Format(path: path) == .yaml
    let reading = isYAML ? YAMLReader.read(bytes) : JSONReader.read(bytes)
    let source = SourceFile(path: path, bytes: bytes)
    let lines = source.lineIndex()
    printer.show(
      reading.errors.map {
        Diagnostic(
          "\(isYAML ? "yaml" : "json")/\($0.category.rawValue)", $0.message,
          at: source.location(of: $0.range, lines: lines))
      })
    let tree = TreeText(document: reading.document, bytes: bytes, lines: lines)
    let nodes = try self.nodes(in: tree, printer)
    Output.standard.write(format == .json ? tree.json(nodes) : Array(tree.text(nodes).utf8))
    if !reading.errors.isEmpty { throw ExitCode(2) }
  }

  /// The values to show.
  private func nodes(in tree: TreeText, _ printer: DiagnosticPrinter) throws -> [NodeID] {
    if let at {
      guard let node = tree.node(line: at.line, column: at.column) else {
        printer.show([
          Diagnostic("argument/no-place", "no value stands at \(at.line):\(at.column) of '\(file)'")
        ])
        throw ExitCode(2)
      }
      return [node]
    }
    if let pointer {
      guard let parsed = JSONPointer(pointer), let node = tree.document.node(at: parsed) else {
        printer.show([
          Diagnostic("argument/no-value", "'\(pointer)' leads to nothing in '\(file)'")
        ])
        throw ExitCode(2)
      }
      return [node]
    }
    return tree.values
  }
}
