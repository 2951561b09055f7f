import ArgumentParser
import Documents
import Reference
import Reporting
import SourceText

/// `requisite list`: prints what the program supports.
struct List: Command {
  static let configuration = CommandConfiguration(
    commandName: "list",
    abstract:
      "Print the supported keywords, formats, functions, limits, codes, variables or exit codes.",
    discussion: """
      TOPICS
        keywords     the keywords of JSON Schema that packs can use
        formats      the values of the keyword 'format'
        functions    the functions and macros of CEL, with their signatures
        limits       the limits of a run, and the options that change them
        codes        the codes of diagnostics and of built-in rules
        environment  the environment variables that the program reads
        exit-codes   the exit codes
      """)

  /// What is listed.
  enum Topic: String, ExpressibleByArgument, CaseIterable {
    case keywords, formats, functions, limits, codes, environment
    case exitCodes = "exit-codes"

    /// The list.
    var table: ReferenceTable {
      switch self {
      case .keywords: Reference.keywords
      case .formats: Reference.formats
      case .functions: Reference.functions
      case .limits: Reference.limits
      case .codes: Reference.codes
      case .environment: VariableDescription.table
      case .exitCodes: ExitCodeDescription.table
      }
    }
  }

  /// The format of the list.
  enum Format: String, ExpressibleByArgument, CaseIterable {
    case text, json
  }

  @Argument(
    help: ArgumentHelp(
      "The topic: \(Topic.allCases.map(\.rawValue).joined(separator: ", ")).", valueName: "topic"))
  var topic: Topic

  @Option(name: .shortAndLong, help: "The output format.")
  var format: Format = .text

  func run(in invocation: Invocation) {
    let table = topic.table
    switch format {
    case .text:
      Output.standard.write(
        ReferenceText.text(of: table, columns: Output.standard.columns(invocation.environment)))
    case .json:
      Output.standard.write(ReferenceJSON.text(of: table, topic: topic.rawValue), as: .json)
    }
  }
}

/// A table of the reference in aligned columns, or, where they are too wide, a paragraph for each row.
enum ReferenceText {
  /// The table; the last column is wrapped at `columns` where it has room.
  static func text(of table: ReferenceTable, columns: Int?) -> String {
    var rows: [[String]] = []
    for row in table.rows {
      // A list takes a line for each item.
      let cells = row.map(lines)
      for line in 0..<(cells.map(\.count).max() ?? 0) {
        rows.append(cells.map { line < $0.count ? $0[line] : "" })
      }
    }
    guard let columns else { return TextTable.text(rows) }
    guard TextTable.room(for: rows, columns: columns) >= leastRoom else {
      return records(of: table, columns: columns)
    }
    return TextTable.text(columns: columns, leastRoom: leastRoom, rows)
  }

  /// The columns that the last cell of a row has at least in a table.
  private static let leastRoom = 24

  /// Each row as its first cell with the others below it: lists with a line for each item, then the rest.
  private static func records(of table: ReferenceTable, columns: Int) -> String {
    var text = ""
    func write(_ words: String, indent: Int, hanging: Int) {
      let lines = LineWrapping.lines(of: words, columns: columns - hanging)
      for (index, line) in lines.enumerated() {
        text += String(repeating: " ", count: index == 0 ? indent : hanging) + line + "\n"
      }
    }
    for row in table.rows {
      guard let first = row.first else { continue }
      write(lines(of: first).joined(separator: "; "), indent: 0, hanging: 0)
      var details = ""
      for cell in row.dropFirst() {
        let shown = lines(of: cell)
        if case .list = cell {
          for item in shown { write(item, indent: 2, hanging: 4) }
          continue
        }
        guard let word = shown.first, !word.isEmpty else { continue }
        details += word
        // A unit follows its number.
        if case .number = cell { details += " " } else { details += "; " }
      }
      while details.last == " " || details.last == ";" { details.removeLast() }
      write(details, indent: 2, hanging: 2)
    }
    return text
  }

  private static func lines(of cell: ReferenceTable.Cell) -> [String] {
    switch cell {
    case .text(let text): [text]
    case .number(let number): [number.grouped]
    case .list(let items): items
    }
  }
}

/// A table of the reference as JSON, version 1; members may be added within that version.
private enum ReferenceJSON {
  static func text(of table: ReferenceTable, topic: String) -> [UInt8] {
    var output: [UInt8] = []
    var json = JSONWriter(.indented)
    json.beginObject(into: &output)
    json.member("version", 1, into: &output)
    json.member("topic", topic, into: &output)
    json.name("items", into: &output)
    json.beginArray(into: &output)
    for row in table.rows {
      json.beginObject(into: &output)
      for (column, cell) in zip(table.columns, row) {
        json.name(column, into: &output)
        switch cell {
        case .text(let text): json.value(text, into: &output)
        case .number(let number): json.value(number, into: &output)
        case .list(let items):
          json.beginArray(into: &output)
          for item in items { json.value(item, into: &output) }
          json.endArray(into: &output)
        }
      }
      json.endObject(into: &output)
    }
    json.endArray(into: &output)
    json.endObject(into: &output)
    output.append(UInt8(ascii: "\n"))
    return output
  }
}
