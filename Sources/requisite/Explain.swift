import ArgumentParser
import Documents
import Findings
import Linting
import Reporting
import RulePacks
import SourceText

/// `requisite explain`: what a rule demands, why, and how to satisfy it.
struct Explain: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "explain",
    abstract: "Tells what a rule demands, why, and how to mend what breaks it.")

  @Argument(
    help: ArgumentHelp(
      "A rule's full id, or its name within a pack.", valueName: "rule"))
  var rule: String

  @OptionGroup var packOptions: PackOptions
  @OptionGroup var colorOptions: ColorOptions

  func run() throws {
    let packs = try packOptions.load(color: colorOptions)
    let all = packs.ruleDescriptions + ReadingRule.descriptions
    let found = all.filter { $0.id.description == rule || $0.id.rule == rule }
    guard !found.isEmpty else {
      let names = all.map(\.id.description) + all.map(\.id.rule)
      let nearest = NearestName.nearest(to: rule, among: names)
      DiagnosticPrinter(color: colorOptions).show([
        Diagnostic(
          "argument/unknown-rule",
          nearest.map { "there is no rule '\(rule)'; did you mean '\($0)'?" }
            ?? "there is no rule '\(rule)'; 'requisite rules' lists them")
      ])
      throw ExitCode(2)
    }
    Output.standard.write(found.map { text(of: $0, packs) }.joined(separator: "\n"))
  }

  private func text(of rule: RuleDescription, _ packs: [LoadedPack]) -> String {
    var text = "\(rule.id) (\(rule.severity?.rawValue ?? "off"))\n"
    text += "\n\(TerminalText.visible(rule.summary))\n"
    if !rule.help.isEmpty { text += "\n\(TerminalText.lines(of: rule.help).trimmingEnd())\n" }
    if let url = rule.url { text += "\nRead on: \(TerminalText.visible(url))\n" }
    guard let composition = packs.first?.composition,
      let source = composition.rules.first(where: { $0.id == rule.id })
    else { return text }
    for (expectation, title) in [
      (RulePack.Example.Expectation.pass, "Passes:"), (.fail, "Fails:"),
    ] {
      let examples = source.examples.filter { $0.value.expectation == expectation }
      guard !examples.isEmpty else { continue }
      text += "\n\(title)\n"
      for example in examples {
        let summary = example.value.summary(in: composition.members[example.pack].pack)
        let shown = summary.unicodeScalars.count > 200 ? summary.prefix(200) + "…" : summary[...]
        text += "  \(TerminalText.visible(String(shown)))\n"
      }
    }
    text += "\nDefined \(place(of: source.definition, in: composition))\n"
    for entry in source.overrides { text += "Overridden \(place(of: entry, in: composition))\n" }
    return text
  }
}

extension Explain {
  private func place(
    of entry: PackComposition.Sourced<RulePack.Rule>, in composition: PackComposition
  ) -> String {
    let member = composition.members[entry.pack]
    let location = composition.location(of: entry.value.name.node, in: entry.pack)
    let place = location.region.start
    return
      "\(member.isBuiltIn ? "in the built-in pack," : "at") \(TerminalText.visible(location.path)):\(place.line):\(place.column)"
  }
}

extension String {
  fileprivate func trimmingEnd() -> String {
    var text = self[...]
    while text.last?.isWhitespace ?? false { text.removeLast() }
    return String(text)
  }
}
