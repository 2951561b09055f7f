import ArgumentParser
import Documents
import Findings
import Linting
import Reporting
import RequisiteFiles
import SourceText

/// `requisite inspect`: the values of a file with their locations.
struct Inspect: Command {
  static let configuration = CommandConfiguration(
    commandName: "inspect",
    abstract: "Show the values of a file with their JSON Pointers and locations.",
    discussion: """
      Shows all values in file order, or with --at or --pointer the innermost value or member name \
      there. Each line of a .jsonl or .ndjson file is a separate document, and --pointer applies to each. \
      Files compressed with gzip are decompressed. \
      Values that a pack marks as sensitive are shown only with --show-values all.
      """)

  /// The format of the values.
  enum Format: String, ExpressibleByArgument, CaseIterable {
    case text, json
  }

  @Argument(
    help: ArgumentHelp("A JSON, JSON Lines or YAML file; - for standard input.", valueName: "file"),
    completion: .file())
  var file: String

  @Option(
    help: ArgumentHelp("Show only the value at a line and column.", valueName: "line:column"),
    transform: Place.parse)
  var at: Place?

  @Option(help: ArgumentHelp("Show only the value at a JSON Pointer.", valueName: "pointer"))
  var pointer: String?

  @Option(name: .shortAndLong, help: "The output format.")
  var format: Format = .text

  @Option(
    help: ArgumentHelp(
      "The file name to report for standard input; its extension selects the format.",
      valueName: "name"))
  var stdinFilename: String?

  @Option(
    help: ArgumentHelp(
      "The values to show: plain (all but sensitive ones), all, or never (only types and lengths)."
    ))
  var showValues: ShownValues = .plain

  @OptionGroup var packOptions: PackOptions
  @OptionGroup var colorOptions: ColorOptions

  /// Which values are shown.
  enum ShownValues: String, ExpressibleByArgument, CaseIterable {
    case never, plain, all
  }

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

    /// The place that an argument is.
    ///
    /// - Throws: `ArgumentFault` for an argument that is none.
    static func parse(_ argument: String) throws -> Place {
      guard let place = Place(argument: argument) else {
        throw ArgumentFault(description: "a line and a column, both from 1, such as 4:9")
      }
      return place
    }
  }

  func validate() throws {
    if stdinFilename != nil, !StandardStream.isMeant(by: file) {
      throw ValidationError("--stdin-filename requires the path - (standard input)")
    }
    if at != nil, pointer != nil {
      throw ValidationError("--at and --pointer cannot be used together")
    }
    if let pointer, JSONPointer(pointer) == nil {
      throw ValidationError(
        "invalid JSON Pointer '\(pointer)'; write it as in /Name/0, with ~1 for / and ~0 for ~ in names"
      )
    }
  }

  func run(in invocation: Invocation) throws {
    let console = Console(colorOptions, invocation.environment)
    let input = InputSource(named: file, standardInputName: stdinFilename)
    let bytes = try console.checked { () throws(Diagnostic) -> [UInt8] in
      try invocation.files.text(of: input)
    }
    let packs = showValues == .all ? [] : try packOptions.load(in: invocation, console)
    let text = InspectedText(
      bytes, of: input, line: at?.line, Redactor(packs: packs), hidesAll: showValues == .never)
    let errors = text.errors
    console.show(errors)
    let parts = text.trees(disclosure: showValues == .never ? .kindsOnly : .full).map {
      (tree: $0, nodes: nodes(in: $0))
    }
    if at != nil || pointer != nil, parts.allSatisfy(\.nodes.isEmpty) {
      try console.fail(nothingFound)
    }
    switch format {
    case .text: Output.standard.write(parts.map { $0.tree.text($0.nodes) }.joined())
    case .json: Output.standard.write(TreeText.json(parts), as: .json)
    }
    if errors.hasErrors { throw ExitCode(2) }
  }

  /// The values of a tree to show.
  private func nodes(in tree: TreeText) -> [NodeID] {
    if let at { return tree.node(line: at.line, column: at.column).map { [$0] } ?? [] }
    if let pointer {
      guard let node = JSONPointer(pointer).flatMap({ tree.document.node(at: $0) }) else {
        return []
      }
      let shown = tree.shown(node)
      return tree.values.contains(shown) ? [shown] : []
    }
    return tree.values
  }

  private var nothingFound: Diagnostic {
    if let at {
      return Diagnostic(
        "argument/no-place", "no value at \(at.line):\(at.column) in '\(file)'")
    }
    return Diagnostic("argument/no-value", "no value at '\(pointer ?? "")' in '\(file)'")
  }
}
