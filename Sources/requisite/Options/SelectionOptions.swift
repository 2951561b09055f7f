import ArgumentParser
import Linting

/// Which rules are checked, and how many findings are reported.
struct SelectionOptions: ParsableArguments {
  @Option(
    parsing: .singleValue,
    help: ArgumentHelp(
      "Check only this rule, the rules of this pack, or those with this tag. Text that is not well formed is reported all the same. Repeatable.",
      valueName: "rule|pack|tag"))
  var select: [String] = []

  @Option(
    parsing: .singleValue,
    help: ArgumentHelp(
      "Do not check this rule, the rules of this pack, or those with this tag. Repeatable.",
      valueName: "rule|pack|tag"))
  var ignore: [String] = []

  @Option(
    help: ArgumentHelp(
      "The maximum number of findings in reports. The summary and the exit code count all findings.",
      valueName: "count"), transform: FindingCount.parse)
  var maxFindings: FindingCount?

  /// The rules that are checked; names may be separated by commas.
  var rules: RuleSelection {
    RuleSelection(selected: Self.names(in: select), ignored: Self.names(in: ignore))
  }

  private static func names(in texts: [String]) -> [String] {
    texts.flatMap { $0.split(separator: ",", omittingEmptySubsequences: false).map(String.init) }
  }
}

/// A number of findings.
struct FindingCount: ExpressibleByArgument {
  var value: Int

  init?(argument: String) {
    guard let value = Int(argument), value >= 0 else { return nil }
    self.value = value
  }

  /// The number that an argument is.
  ///
  /// - Throws: `ArgumentFault` for an argument that is none.
  static func parse(_ argument: String) throws -> FindingCount {
    guard let count = FindingCount(argument: argument) else {
      throw ArgumentFault(description: "a whole number, 0 or more")
    }
    return count
  }
}
