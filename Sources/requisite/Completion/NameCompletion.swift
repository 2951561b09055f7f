import ArgumentParser
import Findings
import Linting
import PackDocumentation
import Reporting
import RulePacks
import SourceText

/// What shells offer for the names in arguments: those of rules, packs, parameters and formats.
enum NameCompletion {
  /// The ids of rules.
  static let rules = kind { rules(in: $0.packs(), for: $0.word[...]) }

  /// The ids of the rules of the packs that are arguments.
  static let testedRules = kind { rules(in: $0.packsAmongArguments(), for: $0.word[...]) }

  /// The ids of rules, and the codes of diagnostics.
  static let rulesAndCodes = kind { line in
    rules(in: line.packs(), for: line.word[...])
      + DiagnosticCode.all.map { Candidate($0.code, $0.summary) }
  }

  /// The names of built-in packs, and the files that may be packs.
  static let packs = kind { line in
    BuiltInPacks.names.map { Candidate($0, "built-in pack") }
      + PathCompletion.candidates(
        for: line.word, home: CompletedLine.home, where: PathCompletion.isPackFile)
  }

  /// What rules are chosen by, after the last comma: ids, the names of packs, and tags.
  static let selections = kind { line in
    let packs = line.packs()
    let tags = Set(packs.ruleDescriptions.flatMap(\.tags)).sorted { $0.bytesPrecede($1) }
    let names = Set(packs.ruleDescriptions.map(\.id.pack)).sorted { $0.bytesPrecede($1) }
    let start = line.word.lastIndex(of: ",").map { line.word.index(after: $0) }
    let before = line.word[..<(start ?? line.word.startIndex)]
    let last = line.word[(start ?? line.word.startIndex)...]
    return
      (names.map { Candidate($0, "all rules of the pack") } + tags.map { Candidate($0, "tag") }
      + rules(in: packs, for: last))
      .map { Candidate(before + $0.text, $0.description) }
  }

  /// Parameters with the values that they have, to be changed.
  static let parameters = kind { line in
    var candidates: [Candidate] = []
    for pack in line.packs() {
      for parameter in pack.composition.parameters {
        let facts = pack.composition.facts(of: parameter)
        let values = facts.type == "boolean" ? ["true", "false"] : [facts.valueText]
        for value in values {
          candidates.append(
            Candidate("\(facts.pack).\(facts.name)=\(value)", facts.description ?? facts.type))
        }
      }
    }
    return candidates
  }

  /// The names of formats, or a file after one of them: `sarif=out.sarif`.
  static func formats<Format: ChosenFormat>(_: Format.Type) -> CompletionKind {
    kind { line in
      guard let separator = line.word.firstIndex(of: "=") else {
        return Format.allCases.map { Candidate($0.rawValue) }
      }
      let name = line.word[...separator]
      return PathCompletion.candidates(for: String(line.word[separator...].dropFirst()))
        .map { Candidate(name + $0.text) }
    }
  }

  /// The ids of rules, or their names without the pack for a word that begins with none.
  private static func rules(in packs: [LoadedPack], for word: Substring)
    -> [Candidate]
  {
    let rules = packs.ruleDescriptions.sorted { $0.id < $1.id }
    let isName =
      !word.isEmpty && !rules.contains { $0.id.description.utf8.starts(with: word.utf8) }
    return rules.map {
      Candidate(isName ? $0.id.rule : $0.id.description, $0.summary)
    }
  }

  /// The completion by a function that gets the line.
  private static func kind(
    _ candidates: @escaping @Sendable (CompletedLine) -> [Candidate]
  ) -> CompletionKind {
    .custom { words, index, _ in
      let shell = CompletionShell.requesting
      var seen: Set<String> = []
      return candidates(CompletedLine(words: words, index: index)).compactMap { candidate in
        candidate.line(for: shell).flatMap { seen.insert($0).inserted ? $0 : nil }
      }
    }
  }
}

/// Something that an argument may be completed to.
struct Candidate {
  /// The whole word.
  let text: String
  /// What it means; empty if that is plain.
  let description: String

  init(_ text: some StringProtocol, _ description: String = "") {
    self.text = String(text)
    self.description = description
  }

  /// The candidate as a line of a shell's list; nil if a line cannot hold it.
  func line(for shell: CompletionShell?) -> String? {
    // Names come from packs and folders of anybody.
    guard TerminalText.visible(text).utf8.elementsEqual(text.utf8) else { return nil }
    let summary = TerminalText.visible(
      String(description.prefix { !$0.isNewline }.prefix(Self.descriptionLimit)))
    switch shell {
    case .zsh?:
      // A colon ends the word and begins its description.
      let escaped = text.reduce(into: "") { $0 += [":", "\\"].contains($1) ? "\\\($1)" : "\($1)" }
      return summary.isEmpty ? escaped : "\(escaped):\(summary)"
    case .fish?: return summary.isEmpty ? text : "\(text)\t\(summary)"
    default:
      // Bash expands the words of its list as those of a command line, and inserts some of these characters
      // without quotes: a name could bring a command along.
      return text.contains(where: "$`!".contains) ? nil : Self.quoted(text)
    }
  }

  /// A word that a shell takes literally.
  private static func quoted(_ word: String) -> String {
    let parts = word.split(separator: "'", omittingEmptySubsequences: false)
    return "'" + parts.joined(separator: "'\\''") + "'"
  }

  /// The number of characters of a description that are shown.
  private static let descriptionLimit = 80
}
