import ArgumentParser
import Findings
import Linting
import Reporting

/// `requisite rules`: lists the rules of packs.
struct Rules: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "rules",
    abstract: "Lists the rules of the built-in packs, or of chosen ones.")

  @OptionGroup var packOptions: PackOptions
  @OptionGroup var colorOptions: ColorOptions

  func run() throws {
    let packs = try packOptions.load(color: colorOptions)
    let rules = (packs.ruleDescriptions + ReadingRule.descriptions)
      .sorted { $0.id < $1.id }
    let idWidth = rules.map { $0.id.description.count }.max() ?? 0
    var text = ""
    for rule in rules {
      let id = rule.id.description
      let severity = rule.severity?.rawValue ?? "off"
      text += TerminalText.visible(id) + String(repeating: " ", count: idWidth - id.count + 2)
      text += severity + String(repeating: " ", count: 9 - severity.count)
      text += TerminalText.visible(rule.summary) + "\n"
    }
    Output.standard.write(text)
  }
}
