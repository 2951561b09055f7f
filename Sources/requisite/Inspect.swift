import ArgumentParser
import Documents
import Findings
import Linting
import Reporting
import SourceText
import SystemPackage
import YAML

/// `requisite inspect`: the values of a file with their locations.
struct Inspect: ParsableCommand {
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
    if stdinFilename != nil, file != "-" {
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

  func run() throws {
    let printer = DiagnosticPrinter(color: colorOptions)
    let path = file == "-" ? stdinFilename ?? LintInput.standardInputName : file
    let format = LintInput.Format(path: path) ?? .json
    let bytes: [UInt8]
    do throws(Diagnostic) {
      bytes = try FileAccess.text(
        of: LintInput(path: file, shownPath: path, format: format, isExplicit: true))
    } catch {
      printer.show([error])
      throw ExitCode(2)
    }
    let packs = showValues == .all ? [] : try packOptions.load(color: colorOptions)
    let redactor = Redactor(packs: packs)
    let readings =
      switch format {
      case .json:
        [JSONReader.read(bytes, from: file == "-" ? .standardInput : .file)]
      case .yaml: [YAMLReader.read(bytes)]
      case .jsonLines:
        Self.lines(of: bytes, only: at?.line).map { line in
          JSONReader.read(bytes, in: line, from: line.lowerBound == 0 ? .file : .logLine)
        }
      }
    let source = SourceFile(path: path, bytes: bytes)
    let lines = source.lineIndex()
    let errors = readings.flatMap(\.errors)
    var hidden: [HiddenParts] = []
    var previous = HiddenParts()
    if format == .jsonLines { previous = hiddenParts(before: at?.line, in: bytes, redactor) }
    for index in readings.indices {
      // Only a log has more than one.
      previous = redactor.hiddenParts(
        of: readings[index].document, isBroken: !readings[index].errors.isEmpty,
        isYAML: format == .yaml, continuing: previous.continuation)
      hidden.append(previous)
    }
    var ranges = hidden.flatMap(\.ranges)
    if !errors.isEmpty, showValues == .never { ranges.append(TextRange(0, bytes.count)) }
    let redactions = Redactions(ranges)
    printer.show(
      errors.map { error in
        let (message, redactions) = error.shown(in: bytes, hiding: redactions)
        return Diagnostic(
          "\(format == .yaml ? "yaml" : "json")/\(error.category.rawValue)", message,
          at: source.location(of: error.range, lines: lines, redactions: redactions))
      })
    let parts = zip(readings, hidden).map { reading, hidden in
      let tree = TreeText(
        document: reading.document, bytes: bytes, lines: lines,
        hidden: hidden.nodes, marks: hidden.marks,
        disclosure: showValues == .never ? .kindsOnly : .full)
      return (tree: tree, nodes: nodes(in: tree))
    }
    if at != nil || pointer != nil, parts.allSatisfy(\.nodes.isEmpty) {
      printer.show([nothingFound])
      throw ExitCode(2)
    }
    Output.standard.write(
      self.format == .json
        ? TreeText.json(parts) : Array(parts.map { $0.tree.text($0.nodes) }.joined().utf8),
      as: self.format == .json ? .json : .text)
    if !errors.isEmpty { throw ExitCode(2) }
  }

  /// What is hidden of the line before one, in which a sensitive value may go on.
  private func hiddenParts(
    before line: Int?, in bytes: [UInt8], _ redactor: Redactor
  ) -> HiddenParts {
    var previous = HiddenParts()
    guard let line, redactor.hidesAnything else { return previous }
    for (index, range) in Self.lines(of: bytes, only: nil, upTo: line - 1).enumerated() {
      let reading = JSONReader.read(bytes, in: range, from: index == 0 ? .file : .logLine)
      previous = redactor.hiddenParts(
        of: reading.document, isBroken: !reading.errors.isEmpty, isYAML: false,
        continuing: previous.continuation)
    }
    return previous
  }

  /// The ranges of the lines that hold something, or that of one line.
  private static func lines(
    of bytes: [UInt8], only number: Int?, upTo last: Int = .max
  ) -> [TextRange] {
    var ranges: [TextRange] = []
    for (index, line) in bytes.split(separator: 0x0A, omittingEmptySubsequences: false).enumerated()
    where index < last && number.map({ $0 == index + 1 }) ?? true {
      let isBlank = line.allSatisfy { $0 == 0x20 || $0 == 0x09 || $0 == 0x0D }
      if !isBlank { ranges.append(TextRange(line.startIndex, line.endIndex)) }
    }
    return ranges
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
