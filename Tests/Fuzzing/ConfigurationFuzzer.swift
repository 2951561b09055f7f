import Baselines
import RequisiteConfiguration
import Findings
import RequisitePatterns
import RulePacks
import SourceText
import Suppressions

/// Configurations, suppressions, baselines and path patterns: nothing is fatal, places are in the
/// file, what is written reads back, and path patterns fit what the reference fits.
enum ConfigurationFuzzer {
  static func check(_ input: [UInt8]) throws {
    var choices = Choices(input)
    switch choices.below(8) {
    case 0:
      let text = choices.rest()
      try checkConfiguration(text)
      try checkSuppressions(text)
      try checkBaseline(text)
    case 1, 2:
      var text = Array(configuration(&choices).utf8)
      if choices.once(in: 2) { Damage.apply(to: &text, &choices, pieces: YAMLMaker.pieces) }
      try checkConfiguration(text)
    case 3, 4:
      var text = Array(suppressions(&choices).utf8)
      if choices.once(in: 2) { Damage.apply(to: &text, &choices, pieces: YAMLMaker.pieces) }
      try checkSuppressions(text)
    case 5:
      var text = Array(baseline(&choices).utf8)
      if choices.once(in: 2) { Damage.apply(to: &text, &choices, pieces: Damage.json) }
      try checkBaseline(text)
    default: try checkGlob(&choices)
    }
  }

  private static func checkPlaces(_ diagnostics: [Diagnostic], _ text: [UInt8]) throws {
    for diagnostic in diagnostics {
      guard let region = diagnostic.location?.region else { continue }
      try require(
        region.start.offset <= region.end.offset && region.end.offset <= text.count,
        "\(diagnostic.code) at \(region): \(shown(text))")
      try require(!diagnostic.message.isEmpty, "an empty message: \(shown(text))")
    }
  }

  private static func checkConfiguration(_ text: [UInt8]) throws {
    for name in [".requisite.yaml", "requisite.json"] {
      let reading = ConfigurationReader.read(SourceFile(path: name, bytes: text), root: "/project")
      try checkPlaces(reading.diagnostics, text)
      try require(
        reading.configuration != nil || !reading.diagnostics.isEmpty,
        "refused without a word: \(shown(text))")
    }
  }

  private static func checkSuppressions(_ text: [UInt8]) throws {
    let source = SourceFile(path: "ignore.yaml", bytes: text)
    let reading = SuppressionReader.read(source)
    try checkPlaces(reading.diagnostics, text)
    let entry = SuppressionText(
      rule: "p/new", path: SuppressionText.pattern(ofPath: "a [b]/{c}.json"), pointer: "/x",
      reason: "it's: \"so\" # \n\u{85}é")
    guard !reading.hasErrors, let written = try? SuppressionWriter.adding(entry, to: source) else {
      return
    }
    let after = SuppressionReader.read(SourceFile(path: "ignore.yaml", bytes: written))
    try require(
      !after.hasErrors && after.entries.count == reading.entries.count + 1,
      "an entry added to \(shown(text)) gives \(shown(written)): \(after.diagnostics.map(\.message))"
    )
    try require(
      after.entries.contains { $0.coversFile(at: "a [b]/{c}.json") },
      "the entry does not fit its file: \(shown(written))")
  }

  private static func checkBaseline(_ text: [UInt8]) throws {
    let reading = BaselineReader.read(SourceFile(path: "baseline.jsonl", bytes: text))
    try checkPlaces(reading.diagnostics, text)
  }

  private static func checkGlob(_ choices: inout Choices) throws {
    var names: [String] = []
    for _ in 0..<(1 + choices.below(3)) {
      names.append(choices.pick(["a", "**", "*", "b?", "*.json", "é", "a*b", "?", "x.json"]))
    }
    let text =
      (choices.once(in: 4) ? "/" : "") + names.joined(separator: "/")
      + (choices.once(in: 4) ? "/" : "")
    let glob: PathGlob
    do throws(PathGlobError) {
      glob = try PathGlob(text)
    } catch {
      throw Fault("'\(text)' is refused: \(error.message)")
    }
    let parts = (0..<(1 + choices.below(4))).map { _ in
      choices.pick(["a", "ab", "bé", "x.json", "a.json", "é", "axb", "b"])
    }
    let path = parts.joined(separator: "/")
    let expected = ReferenceGlob.matches(text, path)
    try require(
      glob.matches(path) == expected, "'\(text)' \(expected ? "fits" : "does not fit") '\(path)'")
    if glob.coversFolder(path) {
      try require(
        glob.matches(path + "/zz/q"), "'\(text)' covers '\(path)', and not all that is in it")
    }
    let own = try PathGlob(SuppressionText.pattern(ofPath: path))
    try require(own.matches(path), "'\(path)' does not fit itself")
  }

  // MARK: - Making

  private static func configuration(_ choices: inout Choices) -> String {
    var text = "requisite: 1\n"
    for _ in 0..<choices.below(6) {
      text += choices.pick([
        "packs: [aws-connect-chat, ./p.yaml]\n", "fail-on: warning\n",
        "exclude: ['vendor/', '**/x']\n",
        "rules:\n  p/a: off\n  p/b: warning\n", "parameters: { p.limit: 5, p.words: [a, b] }\n",
        "files:\n  '*.json':\n    packs: [p]\n    rules: { p/a: error }\n",
        "files: { 'a/**': { exclude: true }, b: { casing: wire } }\n", "baseline: b.jsonl\n",
        "suppressions:\n  - { rule: p/a, path: x.json, reason: why }\n", "casing: auto\n",
        "suppression-comments: false\n",
        "formats: [text, { sarif: out.sarif }]\n", "extends: ../.requisite.yaml\n",
        "max-depth: 10\n", "unknown: 1\n", "rules: { 'a/**': off }\n", "strict: true\n",
      ])
    }
    return text
  }

  private static func suppressions(_ choices: inout Choices) -> String {
    var text = choices.pick([
      "requisite: 1\nsuppressions:\n", "# c\nrequisite: 1\n\nsuppressions: # d\n",
      "suppressions:\n", "requisite: 1\r\nsuppressions:\r\n", "requisite: 1\nsuppressions: [\n",
    ])
    for _ in 0..<choices.below(4) {
      text += choices.pick([
        "  - rule: p/a\n    path: a.json\n    reason: why\n",
        "- { rule: p/b, path: 'x/**', pointer: /a/*, reason: \"so\", until: 2026-01-01 }\n",
        "  - rule: p/a\n    path: b.json\n    pointer: /a/0/b~1c\n    reason: >\n      long\n      text\n    owner: me\n",
        "  # comment\n", "{ rule: p/c, path: c, reason: r },\n", "  - rule: p\n",
      ])
    }
    return text
  }

  private static func baseline(_ choices: inout Choices) -> String {
    var text = choices.pick([
      "{\"requisite-baseline\":1}\n", "", "\u{FEFF}{}\n", "[]\n",
    ])
    for _ in 0..<choices.below(5) {
      text += choices.pick([
        "{\"path\":\"a.json\",\"pointer\":\"/a\",\"rule\":\"p/a\"}\n", "\n", "{}\n",
        "{\"path\":\"a.json\",\"pointer\":\"/a~2\",\"rule\":\"p/a\",\"ordinal\":2}\n",
        "{\"path\":\"a.json\",\"content\":\"sha256:00\"}\n", "<<<<<<< ours\n", "1\n",
        "{\"path\":\"a.json\",\"pointer\":\"\",\"rule\":\"p\",\"ordinal\":99999999999999999999}\n",
      ])
    }
    return text
  }
}
