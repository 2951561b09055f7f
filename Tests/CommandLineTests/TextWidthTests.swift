import ArgumentParser
import Findings
import Linting
import PackDocumentation
import Reference
import Reporting
import RequisiteFiles
import RuleCompilation
import SourceText
import Testing

@testable import requisite

/// Help, lists and explanations in narrow and wide terminals.
struct TextWidthTests {
  static let widths = [40, 60, 80, 120]

  /// The lines of a text that are wider than they have to be: those with a space at which they could break.
  private static func wideLines(of text: String, columns: Int) -> [String] {
    text.split(separator: "\n").map(String.init).filter { line in
      TerminalText.width(of: line[...]) > columns
        && line.drop { $0 == " " }.contains(" ")
    }
  }

  private static func words(of text: String) -> [String] {
    text.split { $0 == " " || $0 == "\n" }.map(String.init)
  }

  /// Every list fits the width, and breaks no word.
  @Test(arguments: List.Topic.allCases, widths) func listsFit(topic: List.Topic, columns: Int) {
    let text = ReferenceText.text(of: topic.table, columns: columns)
    #expect(!text.isEmpty)
    #expect(Self.wideLines(of: text, columns: columns) == [])
    var known: Set<String> = []
    for cell in topic.table.rows.joined() {
      switch cell {
      case .text(let text): known.formUnion(Self.words(of: text))
      case .number(let number): known.formUnion(Self.words(of: number.grouped))
      case .list(let items): for item in items { known.formUnion(Self.words(of: item)) }
      }
    }
    // Cells of a paragraph are separated by semicolons.
    let broken = Self.words(of: text).filter { word in
      !known.contains(word) && !known.contains(String(word.dropLast()))
    }
    #expect(broken == [])
  }

  /// A command with all of its subcommands.
  private static func commands(
    below command: any ParsableCommand.Type
  ) -> [any ParsableCommand.Type] {
    [command] + command.configuration.subcommands.flatMap { commands(below: $0) }
  }

  /// The help of every command fits the width, and has all words that it has without a bound.
  @Test(arguments: widths) func helpFits(columns: Int) {
    for command in Self.commands(below: Requisite.self) {
      let unbroken = Requisite.helpMessage(for: command, columns: HelpText.unbrokenWidth)
      let text = HelpText.wrapped(unbroken, columns: columns)
      #expect(Self.wideLines(of: text, columns: columns) == [], "\(command)")
      #expect(Self.words(of: text) == Self.words(of: unbroken), "\(command)")
    }
  }

  /// Only help is wrapped: an error before it and other texts keep their lines.
  @Test func errorsKeepTheirLines() {
    let error = "Error: " + String(repeating: "word ", count: 30)
    #expect(HelpText.wrapped(error, columns: 40) == error)
    let text = HelpText.wrapped(error + "\n\nOVERVIEW: a b\n\n  -x       c", columns: 40)
    #expect(text == error + "\n\nOVERVIEW: a b\n\n  -x       c")
  }

  /// A description continues below itself, or begins below its label in a narrow terminal.
  @Test func descriptionsHang() {
    let help =
      "USAGE: p\n\n  --label <name>          " + String(repeating: "word ", count: 12) + "end"
    #expect(
      HelpText.wrapped(help, columns: 60).split(separator: "\n") == [
        "USAGE: p",
        "  --label <name>          word word word word word word word",
        "                          word word word word word end",
      ])
    #expect(
      HelpText.wrapped(help, columns: 40).split(separator: "\n") == [
        "USAGE: p", "  --label <name>", "      word word word word word word word",
        "      word word word word word end",
      ])
  }

  /// Every code that is listed is explained, in the width.
  @Test func listedCodesAreExplained() throws {
    let loading = PackLoader(in: RealFileSystem()).load([PackReference("aws-connect-chat")])
    let rules = RuleCatalog(packs: loading.packs).rules
    try #require(!rules.isEmpty)
    var codes: [String] = Reference.codes.rows.compactMap { row in
      if case .text(let code)? = row.first { code } else { nil }
    }
    codes += ModelRule.all.map { "aws-connect-chat/schema/\($0.keyword)" }
    codes += ModelRule.all.map { "schema/\($0.keyword)" } + rules.map(\.description.id.description)
    for code in codes {
      let texts = Explain.texts(of: code, among: rules, packs: ["aws-connect-chat"], columns: 60)
      #expect(texts.first?.isEmpty == false, "\(code)")
      if code.hasPrefix("schema/") {
        #expect(texts.allSatisfy { $0.contains("\(code) (") }, "\(code)")
      } else {
        #expect(texts.count == 1 && texts.allSatisfy { $0.hasPrefix("\(code) (") }, "\(code)")
      }
    }
    for unknown in ["PACK/schema/KEYWORD", "other/schema/type", "", "PACK/type", "schema/"] {
      let texts = Explain.texts(
        of: unknown, among: rules, packs: ["aws-connect-chat"], columns: 60)
      #expect(texts.isEmpty, "\(unknown)")
    }
  }

  /// The help of the program has the exit codes of `requisite list exit-codes`.
  @Test func helpHasTheExitCodes() {
    let words = Self.words(of: Requisite.helpMessage(columns: HelpText.unbrokenWidth))
    for description in ExitCodeDescription.all {
      let line = [String(description.code)] + Self.words(of: description.summary)
      #expect(words.firstRange(of: line) != nil, "\(description.code)")
    }
    #expect(ExitCodeDescription.all.count == List.Topic.exitCodes.table.rows.count)
  }

  /// The parser's messages about values, in the words of this program.
  @Test(arguments: [
    (
      "Error: The value 'x' is invalid for '--c <c>'. Please provide one of 'a', 'b' or 'd'.\nHelp:  y",
      "requisite: error: '--c' must be a, b or d; found 'x' [argument/invalid]\nHelp:  y"
    ),
    (
      "Error: The value 'jsn' is invalid for '--f'. Please provide one of 'text' and 'json'.",
      "requisite: error: '--f' must be text or json; found 'jsn'; did you mean 'json'? [argument/invalid]"
    ),
    (
      "Error: The value '' is invalid for '<t>'. Please provide one of the following:\n  - a\n  - b\nUsage: z",
      "requisite: error: '<t>' must be a or b; found '' [argument/invalid]\nUsage: z"
    ),
    (
      "Error: The value 'it's' is invalid for '--at <l>'\nx",
      "requisite: error: '--at' cannot be 'it's' [argument/invalid]\nx"
    ),
    ("Error: The value", "requisite: error: the value [argument/invalid]"),
    ("Missing 'x'", "Missing 'x'"),
  ]) func valuesAreRejected(message: String, expected: String) {
    #expect(UsageMessage.rewritten(message) == expected)
  }

  /// Hints name the format that was given, and options for paths take no empty value.
  @Test(arguments: [
    (["check", "--config", "", "a"], true), (["check", "--config=", "a"], true),
    (["docs", "p", "-o", ""], true), (["check", "--", "--config", ""], false),
    (["inspect", "a", "--pointer", ""], false), (["check", "--config", "a"], false),
  ]) func emptyPathsAreRejected(arguments: [String], isMistake: Bool) {
    #expect((ArgumentCheck.mistake(in: arguments) != nil) == isMistake)
  }

  @Test(arguments: ReportFormat.allCases) func hintsNameTheFormat(format: ReportFormat) throws {
    let choice = OutputChoice(format: format, path: nil)
    let parsed = try #require(OutputChoice(argument: choice.inFile))
    #expect(parsed.format == format)
    #expect(parsed.path?.hasPrefix("out.") == true)
  }
}
