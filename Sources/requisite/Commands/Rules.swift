import ArgumentParser
import Documents
import Findings
import Linting
import PackDocumentation
import Reporting
import RulePacks
import SourceText

/// `requisite rules`: lists the rules of packs.
struct Rules: Command {
  static let configuration = CommandConfiguration(
    commandName: "rules",
    abstract: "List the rules of packs.",
    discussion: """
      A rule that a pack overrides shows that pack's name. The JSON format (version 1) has the source \
      text of each rule, with its pack and location.
      """)

  /// The format of the list.
  enum Format: String, ExpressibleByArgument, CaseIterable {
    case text, json
  }

  @OptionGroup var packOptions: PackOptions

  @Option(name: .shortAndLong, help: "The output format.")
  var format: Format = .text

  @OptionGroup var colorOptions: ColorOptions

  func run(in invocation: Invocation) throws {
    let console = Console(colorOptions, invocation.environment)
    let rules = RuleCatalog(packs: try packOptions.load(in: invocation, console)).rules
    switch format {
    case .text: Output.standard.write(Self.table(of: rules, columns: console.columns))
    case .json: Output.standard.write(RuleListJSON.text(of: rules), as: .json)
    }
  }

  private static func table(of rules: [RuleFacts], columns: Int?) -> String {
    TextTable.text(
      columns: columns,
      rules.map { rule in
        var overriders: [String] = []
        for entry in rule.overrides where overriders.last != entry.source.pack {
          overriders.append(entry.source.pack)
        }
        let summary = TerminalText.visible(rule.description.summary)
        return [
          TerminalText.visible(rule.description.id.description),
          rule.description.severity?.rawValue ?? "off",
          overriders.isEmpty
            ? summary
            : "\(summary) (overridden by \(TerminalText.visible(overriders.joined(separator: ", "))))",
        ]
      })
  }
}

/// The rules of a run, of packs, of models and of reading, sorted by id, each once.
struct RuleCatalog {
  let rules: [RuleFacts]

  /// Gathers the rules; `isExplained` chooses those whose examples are shown, and so have to hold.
  init(packs: [LoadedPack], isExplained: (RuleID) -> Bool = { _ in false }) {
    let descriptions = packs.ruleDescriptions + ReadingRule.descriptions
    rules = RuleFacts.all(
      of: packs.map(\.composition), described: descriptions,
      hiding: packs.contradictedExamples(where: isExplained))
  }
}

/// Writes rules as JSON, version 1; members may be added within that version.
private enum RuleListJSON {
  static func text(of rules: [RuleFacts]) -> [UInt8] {
    var output: [UInt8] = []
    var json = JSONWriter(.indented)
    json.beginObject(into: &output)
    json.member("version", 1, into: &output)
    json.name("rules", into: &output)
    json.beginArray(into: &output)
    for rule in rules { write(rule, &json, &output) }
    json.endArray(into: &output)
    json.endObject(into: &output)
    output.append(UInt8(ascii: "\n"))
    return output
  }

  private static func write(
    _ rule: RuleFacts, _ json: inout JSONWriter, _ output: inout [UInt8]
  ) {
    let description = rule.description
    json.beginObject(into: &output)
    json.member("id", description.id.description, into: &output)
    json.member("pack", description.id.pack, into: &output)
    json.member("severity", description.severity?.rawValue ?? "off", into: &output)
    json.member("summary", description.summary, into: &output)
    json.member("help", description.help, into: &output)
    json.member("url", description.url, into: &output)
    write("tags", description.tags, &json, &output)
    if let definition = rule.definition {
      json.name("definition", into: &output)
      write(definition, &json, &output)
    }
    json.name("overrides", into: &output)
    json.beginArray(into: &output)
    for entry in rule.overrides {
      json.beginObject(into: &output)
      write("parts", entry.parts, &json, &output)
      json.name("source", into: &output)
      write(entry.source, &json, &output)
      json.endObject(into: &output)
    }
    json.endArray(into: &output)
    writeParts(of: rule, &json, &output)
    writeParameters(of: rule, &json, &output)
    json.endObject(into: &output)
  }

  private static func writeParts(
    of rule: RuleFacts, _ json: inout JSONWriter, _ output: inout [UInt8]
  ) {
    json.name("parts", into: &output)
    json.beginObject(into: &output)
    for part in rule.parts {
      json.name(part.name, into: &output)
      json.beginObject(into: &output)
      json.member("language", part.language, into: &output)
      json.member("text", part.text, into: &output)
      json.name("source", into: &output)
      write(part.source, &json, &output)
      json.endObject(into: &output)
    }
    json.endObject(into: &output)
  }

  private static func writeParameters(
    of rule: RuleFacts, _ json: inout JSONWriter, _ output: inout [UInt8]
  ) {
    json.name("parameters", into: &output)
    json.beginArray(into: &output)
    for parameter in rule.parameters {
      json.beginObject(into: &output)
      json.member("name", "\(parameter.pack).\(parameter.name)", into: &output)
      json.member("type", parameter.type, into: &output)
      json.name("default", into: &output)
      json.value(verbatim: Array(parameter.defaultText.utf8), into: &output)
      json.name("value", into: &output)
      json.value(verbatim: Array(parameter.valueText.utf8), into: &output)
      json.endObject(into: &output)
    }
    json.endArray(into: &output)
  }

  private static func write(
    _ name: String, _ texts: [String], _ json: inout JSONWriter, _ output: inout [UInt8]
  ) {
    json.name(name, into: &output)
    json.beginArray(into: &output)
    for text in texts { json.value(text, into: &output) }
    json.endArray(into: &output)
  }

  private static func write(
    _ source: RuleFacts.Source, _ json: inout JSONWriter, _ output: inout [UInt8]
  ) {
    json.beginObject(into: &output)
    json.member("pack", source.pack, into: &output)
    json.member("builtIn", source.isBuiltIn, into: &output)
    json.member("path", source.location.path, into: &output)
    json.member("line", source.location.region.start.line, into: &output)
    json.member("column", source.location.region.start.column, into: &output)
    json.endObject(into: &output)
  }
}
