import ArgumentParser
import Linting

/// Which rules are checked, and how many findings are reported.
struct SelectionOptions: ParsableArguments {
  @Option(
    parsing: .singleValue,
    help: ArgumentHelp(
      "Check only this rule, the rules of this pack, or those with this tag. Text that is not well formed is reported all the same. Repeatable.",
      valueName: "rule|pack|tag"), completion: NameCompletion.selections)
  var select: [String] = []

  @Option(
    parsing: .singleValue,
    help: ArgumentHelp(
      "Do not check this rule, the rules of this pack, or those with this tag. Repeatable.",
      valueName: "rule|pack|tag"), completion: NameCompletion.selections)
  var ignore: [String] = []

  @Option(
    help: ArgumentHelp(
      "The maximum number of findings in reports. The summary and the exit code count all findings.",
      valueName: "count"), transform: SelectionOptions.count)
  var maxFindings: Int?

  /// What the options say.
  var choices: SelectionChoices {
    SelectionChoices(selected: select, ignored: ignore, maximumCount: maxFindings)
  }

  /// The number of findings that an argument is.
  ///
  /// - Throws: `ArgumentFault` for an argument that is none.
  static func count(_ argument: String) throws -> Int {
    guard let count = Int(argument), count >= 0 else {
      throw ArgumentFault(description: "a whole number, 0 or more")
    }
    return count
  }
}

/// Which rules a run checks, and how many findings its reports have.
struct SelectionChoices: Equatable {
  /// The arguments of `--select`, and those of `--ignore`.
  var (selected, ignored): ([String], [String]) = ([], [])
  /// The findings that reports have at most.
  var maximumCount: Int?

  /// The rules that are checked; names may be separated by commas.
  var rules: RuleSelection {
    RuleSelection(selected: Self.names(in: selected), ignored: Self.names(in: ignored))
  }

  private static func names(in texts: [String]) -> [String] {
    texts.flatMap { $0.split(separator: ",", omittingEmptySubsequences: false).map(String.init) }
  }
}
