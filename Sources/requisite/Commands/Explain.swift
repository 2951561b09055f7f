import ArgumentParser
import Findings
import Linting
import PackDocumentation
import Reporting
import RuleCompilation
import RulePacks
import SourceText

/// `requisite explain`: what a rule requires, why, and how to fix its findings.
struct Explain: Command {
  static let configuration = CommandConfiguration(
    commandName: "explain",
    abstract:
      "Explain a rule or the code of a diagnostic: what it means, why it matters and how to fix it."
  )

  @Argument(
    help: ArgumentHelp(
      "A rule's id (PACK/RULE), its name without the pack, or the code of a diagnostic.",
      valueName: "rule|code"), completion: NameCompletion.rulesAndCodes)
  var rule: String

  @OptionGroup var packOptions: PackOptions
  @OptionGroup var colorOptions: ColorOptions

  func run(in invocation: Invocation) throws {
    let console = Console(colorOptions, invocation.environment)
    func isMeant(_ id: RuleID) -> Bool { Self.isNamed(id, rule) }
    // A code is explained even where the packs that it may be about cannot be loaded.
    let columns = console.columns ?? TextWidth.standard
    let packs =
      CodeExplanation(code: rule) == nil
      ? try packOptions.load(in: invocation, console)
      : try packOptions.loadQuietly(in: invocation, console) ?? []
    let all = RuleCatalog(packs: packs, isExplained: isMeant).rules
    let texts = Self.texts(
      of: rule, among: all, packs: packs.flatMap { $0.composition.members.map(\.pack.name.value) },
      columns: columns)
    guard !texts.isEmpty else {
      try console.fail(Diagnostic("argument/unknown-rule", Self.unknown(rule, among: all)))
    }
    Output.standard.write(texts.joined(separator: "\n"))
  }

  /// The explanations of the rules and the diagnostic that a name is meant for; empty where there is none.
  ///
  /// A rule of a model is explained as well where no model can fail with it: `PACK/schema/KEYWORD` for any
  /// pack, and each keyword for the packs that are loaded.
  static func texts(
    of name: String, among rules: [RuleFacts], packs: [String], columns: Int
  ) -> [String] {
    var texts = rules.filter { isNamed($0.description.id, name) }
      .map { Explanation(rule: $0, columns: columns).text }
    if let code = CodeExplanation(code: name) { texts.append(code.text(columns: columns)) }
    guard texts.isEmpty else { return texts }
    for pack in [ModelRule.anyPack] + packs {
      for model in ModelRule.all {
        let description = model.description(inPack: pack, severity: .error, url: nil)
        guard isNamed(description.id, name) else { continue }
        return RuleFacts.all(of: [], described: [description])
          .map { Explanation(rule: $0, columns: columns).text }
      }
    }
    return []
  }

  /// Whether a name is the whole id of a rule or its part without the pack.
  private static func isNamed(_ id: RuleID, _ name: String) -> Bool {
    id.description.utf8.elementsEqual(name.utf8) || id.rule.utf8.elementsEqual(name.utf8)
  }

  /// The message for a name that nothing has.
  private static func unknown(_ name: String, among rules: [RuleFacts]) -> String {
    guard !name.isEmpty else {
      return
        "the rule or code to explain is empty; 'requisite rules' and 'requisite list codes' print all of them"
    }
    let ids = rules.map(\.description.id)
    let models = ModelRule.all.map {
      $0.description(inPack: ModelRule.anyPack, severity: nil, url: nil).id
    }
    let nearest = NearestName.nearest(
      to: name,
      among: ids.map(\.description) + ids.map(\.rule) + DiagnosticCode.all.map(\.code)
        + models.map(\.description))
    return nearest.map { "there is no rule or code '\(name)'; did you mean '\($0)'?" }
      ?? "there is no rule or code '\(name)'; 'requisite rules' and 'requisite list codes' print all of them"
  }
}

/// A rule's explanation as text.
private struct Explanation {
  let rule: RuleFacts
  /// The columns that prose may take; code, addresses and examples keep their lines.
  let columns: Int

  /// The number of code points that are shown of an example.
  private static let exampleLimit = 200

  var text: String {
    let description = rule.description
    var text = "\(TerminalText.visible(description.id.description)) "
    text += "(\(description.severity?.rawValue ?? "off"))\n"
    text += "\n" + prose(TerminalText.visible(description.summary))
    if !description.help.isEmpty {
      let help = TerminalText.lines(of: description.help).trimmingEnd()
      text += "\n\(MarkdownText.wrapped(help, columns: columns))\n"
    }
    if let url = description.url { text += "\nReference: \(TerminalText.visible(url))\n" }
    text += parts + parameters + examples + origin
    return text
  }

  /// Text broken into lines, those after the first indented.
  private func prose(_ text: String, indent: Int = 0) -> String {
    LineWrapping.lines(of: text, columns: columns - indent, hasFixedSpaces: true)
      .joined(separator: "\n" + String(repeating: " ", count: indent)) + "\n"
  }

  private var parts: String {
    guard !rule.parts.isEmpty else { return "" }
    let width = rule.parts.map(\.name.count).max() ?? 0
    let indent = String(repeating: " ", count: width + 2)
    var text = "\n"
    for part in rule.parts {
      let lines = TerminalText.lines(of: part.text.trimmingEnd())
        .split(separator: "\n", omittingEmptySubsequences: false)
      for (index, line) in lines.enumerated() {
        let label = part.name.prefix(1).uppercased() + part.name.dropFirst()
        let lead = index == 0 ? label.padded(to: width + 2) : indent
        text += lead
        if part.language == "text" {
          let line = LineWrapping.fixingSpaces(in: String(line), from: "{{", to: "}}")
          text += line.isEmpty ? "\n" : prose(line, indent: width + 2)
        } else {
          text += line + "\n"
        }
      }
    }
    return text
  }

  private var parameters: String {
    guard !rule.parameters.isEmpty else { return "" }
    var text = "\nParameters:\n"
    for parameter in rule.parameters {
      text += "  \(TerminalText.visible(parameter.name)) = "
      text += TerminalText.visible(parameter.valueText)
      if let setting = parameter.setting {
        text +=
          ", set at \(place(setting)) (default \(TerminalText.visible(parameter.defaultText)))"
      } else {
        text += " (default)"
      }
      text += "\n"
    }
    return text
  }

  private var examples: String {
    if let failing = SyntaxExample.failing(rule.description.id) {
      return "\nFails:\n" + failing.split(separator: "\n").map { "  \($0)\n" }.joined()
    }
    var text = ""
    for (expectation, title) in [
      (RulePack.Example.Expectation.pass, "Passes:"), (.fail, "Fails:"),
    ] {
      let examples = rule.examples.filter { $0.expectation == expectation }
      guard !examples.isEmpty else { continue }
      text += "\n\(title)\n"
      for example in examples {
        let scalars = example.summary.unicodeScalars
        let shown =
          scalars.count > Self.exampleLimit
          ? String(String.UnicodeScalarView(scalars.prefix(Self.exampleLimit))) + "…"
          : example.summary
        text += "  \(TerminalText.visible(shown))\n"
      }
    }
    return text
  }

  private var origin: String {
    let isModel = rule.description.id.rule.utf8.starts(with: "schema/".utf8)
    guard let definition = rule.definition else {
      if isModel {
        let pack = rule.description.id.pack
        return "\n"
          + prose(
            pack == ModelRule.anyPack
              ? "A model rule. It applies to the requests of each pack whose model can fail with it."
              : "A model rule. No request of \(TerminalText.visible(pack)) can fail with it at present."
          )
      }
      return "\n"
        + prose(
          "A syntax rule. It is built in and applies to every \(ReadingRule.subject(of: rule.description.id))."
        )
    }
    let verb = isModel ? "Comes with the request's model" : "Defined"
    var text =
      "\n\(verb) \(definition.isBuiltIn ? "in the built-in pack," : "at") \(place(definition.location))\n"
    for entry in rule.overrides {
      text += "Overridden by \(TerminalText.visible(entry.source.pack)) at "
      text += "\(place(entry.source.location)): \(entry.parts.joined(separator: ", "))\n"
    }
    if rule.packSeverity != rule.description.severity {
      let (own, now) = (rule.packSeverity?.rawValue, rule.description.severity?.rawValue)
      text += "Severity changed from \(own ?? "off") to \(now ?? "off") by the configuration\n"
    }
    return text
  }

  private func place(_ location: Location) -> String {
    "\(TerminalText.visible(location.path)):\(location.region.start.line):\(location.region.start.column)"
  }
}

extension StringProtocol {
  fileprivate func trimmingEnd() -> String {
    var text = String(self)[...]
    while text.last?.isWhitespace ?? false { text.removeLast() }
    return String(text)
  }

  fileprivate func padded(to width: Int) -> String {
    self + String(repeating: " ", count: Swift.max(0, width - count))
  }
}
