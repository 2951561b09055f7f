import Foundation
import TestSupport
import Testing

/// The tables of the reference page are those that the program prints.
///
/// With `RECORD_GOLDENS` in the environment the tables of the page are written anew; the test then
/// fails, so that a recording cannot pass for a comparison.
struct ReferenceTests {
  /// A table of the page, under a heading.
  struct Table: Sendable, CustomTestStringConvertible {
    var topic: String
    var heading: String
    /// The columns: key in JSON, title, whether the cells are code.
    var columns: [(key: String, title: String, isCode: Bool)]

    var testDescription: String { topic }
  }

  private static let page = repository.appending(
    path: "Sources/requisite/Documentation.docc/Reference.md")

  static let tables = [
    Table(
      topic: "keywords", heading: "JSON Schema keywords",
      columns: [
        ("keyword", "Keyword", true), ("types", "Applies to", false), ("drafts", "Drafts", false),
        ("summary", "Meaning", false),
      ]),
    Table(
      topic: "formats", heading: "Formats",
      columns: [
        ("format", "Format", true), ("type", "Applies to", false),
        ("summary", "A value in it is", false),
      ]),
    Table(
      topic: "functions", heading: "CEL functions and macros",
      columns: [
        ("function", "Function", true), ("signatures", "Signatures", true),
        ("summary", "Result", false),
      ]),
    Table(
      topic: "limits", heading: "Limits",
      columns: [
        ("limit", "Limit", false), ("value", "Value", false), ("unit", "Unit", false),
        ("option", "Option", false), ("beyond", "Beyond it", false),
      ]),
    Table(
      topic: "codes", heading: "Codes",
      columns: [("code", "Code", true), ("kind", "Kind", false), ("summary", "Meaning", false)]),
    Table(
      topic: "environment", heading: "Environment variables",
      columns: [
        ("variable", "Variable", true), ("option", "Option", true), ("values", "Values", false),
        ("summary", "Effect", false),
      ]),
    Table(
      topic: "exit-codes", heading: "Exit codes",
      columns: [("code", "Exit code", true), ("summary", "Meaning", false)]),
  ]

  @Test func everyTopicHasATable() async throws {
    try await Program.withFolder { folder in
      let help = try await Program.run("requisite list --help", in: folder)
      let text = String(decoding: help.output, as: UTF8.self)
      let topics = try #require(text.firstMatch(of: /The topic: ([a-z, \n-]+)\./)).1
        .split { !($0.isLetter || $0 == "-") }.map(String.init)
      #expect(Set(topics) == Set(Self.tables.map(\.topic)))
    }
  }

  @Test func pageHasTheTablesOfTheProgram() async throws {
    let page = try String(contentsOf: Self.page, encoding: .utf8)
    var actual = page
    for table in Self.tables {
      let rows = try await Self.rows(of: table)
      #expect(!rows.isEmpty)
      actual = try Self.replacing(table, by: rows, in: actual)
    }
    guard actual != page else { return }
    if isRecordingGoldens {
      try Data(actual.utf8).write(to: Self.page)
      Issue.record("the tables of Reference.md are recorded; read the difference")
      return
    }
    let (expected, found) = (actual.split(separator: "\n"), page.split(separator: "\n"))
    let missing = Set(expected).subtracting(found).sorted()
    let extra = Set(found).subtracting(expected).sorted()
    Issue.record(
      """
      Reference.md differs from what the program prints; RECORD_GOLDENS=1 writes its tables.
      missing: \(missing.joined(separator: "\n"))
      left over: \(extra.joined(separator: "\n"))
      """)
  }

  /// The rows of a table in Markdown, as the program lists them.
  private static func rows(of table: Table) async throws -> [String] {
    let outcome = try await Program.withFolder { folder in
      try await Program.run("requisite list \(table.topic) --format json", in: folder)
    }
    #expect(outcome.status == "0")
    let report = try #require(
      try JSONSerialization.jsonObject(with: Data(outcome.output)) as? [String: Any])
    #expect(report["version"] as? Int == 1)
    #expect(report["topic"] as? String == table.topic)
    let items = try #require(report["items"] as? [[String: Any]])
    return try items.map { item in
      #expect(Set(item.keys) == Set(table.columns.map(\.key)), "\(item)")
      let cells = try table.columns.map { column in
        try cell(try #require(item[column.key]), isCode: column.isCode)
      }
      return "| \(cells.joined(separator: " | ")) |"
    }
  }

  private static func cell(_ value: Any, isCode: Bool) throws -> String {
    let texts: [String]
    if let items = value as? [String] {
      texts = items
    } else if let number = value as? Int {
      texts = [isCode ? String(number) : number.formatted(.number.locale(Locale(identifier: "en")))]
    } else {
      texts = [try #require(value as? String)]
    }
    return texts.map { text in
      let escaped = text.replacingOccurrences(of: "|", with: "\\|")
      return isCode && !text.isEmpty ? "`\(escaped)`" : escaped
    }.joined(separator: ", ")
  }

  /// The page with a table below its heading replaced.
  private static func replacing(
    _ table: Table, by rows: [String], in page: String
  ) throws -> String {
    var lines = page.components(separatedBy: "\n")
    let heading = try #require(lines.firstIndex(of: "## \(table.heading)"), "\(table.heading)")
    let start = try #require(lines[heading...].firstIndex { $0.hasPrefix("|") })
    let end = lines[start...].firstIndex { !$0.hasPrefix("|") } ?? lines.endIndex
    try #require(!lines[(heading + 1)..<start].contains { $0.hasPrefix("## ") })
    let titles = "| \(table.columns.map(\.title).joined(separator: " | ")) |"
    let rule = "|\(String(repeating: " --- |", count: table.columns.count))"
    lines.replaceSubrange(start..<end, with: [titles, rule] + rows)
    return lines.joined(separator: "\n")
  }

  /// A variable for a flag takes the values that its row lists, in any letter case, and no other.
  @Test(arguments: ["REQUISITE_NO_CONFIG", "REQUISITE_STRICT_PACKS"])
  func variablesOfFlagsTakeTheListedValues(variable: String) async throws {
    try await Program.withFolder { folder in
      let list = try await Program.run("requisite list environment --format json", in: folder)
      let report = try #require(
        try JSONSerialization.jsonObject(with: Data(list.output)) as? [String: Any])
      let items = try #require(report["items"] as? [[String: Any]])
      let row = try #require(items.first { $0["variable"] as? String == variable })
      let values = try #require(row["values"] as? String)
        .replacingOccurrences(of: " or ", with: ",").split { $0 == "," || $0 == " " }
        .map(String.init)
      #expect(values.count > 2)
      let others = ["y", "2", "enabled", "-1"]
      for value in values + values.map({ $0.uppercased() }) + others {
        let outcome = try await Program.run(
          "requisite config", in: folder, environment: [variable: value])
        #expect(outcome.status == (others.contains(value) ? "2" : "0"), "\(value)")
      }
    }
  }

  /// A code is explained even where the configuration is broken, and the nearest one is suggested.
  @Test func codesAreExplained() async throws {
    try await Program.withFolder { folder in
      try Data("requisite: [".utf8).write(to: folder.appending(path: ".requisite.yaml"))
      let known = try await Program.run("requisite explain config/syntax", in: folder)
      #expect(known.status == "0")
      let lines = String(decoding: known.output, as: UTF8.self).split(separator: "\n")
      #expect(lines.first == "config/syntax (diagnostic)")
      #expect(lines.contains { $0.hasPrefix("Why  ") } && lines.contains { $0.hasPrefix("Fix  ") })
      #expect(lines.contains("Example:"))
    }
    try await Program.withFolder { folder in
      let unknown = try await Program.run("requisite explain config/sintax", in: folder)
      #expect(unknown.status == "2")
      #expect(String(decoding: unknown.error, as: UTF8.self).contains("'config/syntax'"))
    }
  }
}
