import ArgumentParser
import SourceText

/// Looks at the arguments before they are parsed.
enum ArgumentCheck {
  /// The error of the first argument that begins with one hyphen and is no option, or of the first option
  /// for a path whose value is empty.
  ///
  /// The parser would read `-chat.json` as the flags `-c -h -a …`, and show the help because of `-h`.
  /// Options with one hyphen have one letter here, and are written one by one.
  static func mistake(in arguments: some Sequence<String>) -> ValidationError? {
    var previous = ""
    for argument in arguments {
      if argument == "--" { return nil }
      if let option = emptyPath(argument, after: previous) {
        let value = option == "--since" ? "a branch, a tag or a commit" : "a path"
        return ValidationError(
          "the value of \(option) is empty; write \(value), or leave \(option) out")
      }
      previous = argument
      guard !isOptionOrValue(argument.utf8) else { continue }
      return ValidationError(
        "Unknown option '\(argument)'. For a file name that begins with '-', write './\(argument)' or put '--' before it."
      )
    }
    return nil
  }

  /// Options that take a path, which no file has if it is empty, or a revision.
  private static let pathOptions = [
    "--baseline", "--config", "--output", "--root", "--since", "--stdin-filename", "-o",
  ]

  /// The option for a path that has an empty value, as after an unset variable: `--config "$CONFIG"`.
  private static func emptyPath(_ argument: String, after previous: String) -> String? {
    if argument.isEmpty { return pathOptions.contains(previous) ? previous : nil }
    guard argument.utf8.last == UInt8(ascii: "=") else { return nil }
    let name = String(argument.dropLast())
    return pathOptions.contains(name) ? name : nil
  }

  /// The error of a word after a command that has only subcommands, where it is none of them.
  static func unknownSubcommand(in arguments: some Collection<String>) -> ValidationError? {
    guard let name = arguments.first, let word = arguments.dropFirst().first,
      !word.hasPrefix("-"),
      let command = Requisite.configuration.subcommands.first(where: { $0._commandName == name })
    else { return nil }
    let names = command.configuration.subcommands.map { $0._commandName }
    guard !names.isEmpty, !names.contains(word) else { return nil }
    return ValidationError(
      ChoiceText.message(
        "subcommand of '\(name)'", ChoiceText.list(names), found: word,
        nearest: NearestName.nearest(to: word, among: names)))
  }

  /// Whether an argument is a value, a long option, one letter, or one letter with a value:
  /// `-f=json`, `-j4`.
  private static func isOptionOrValue(_ argument: String.UTF8View) -> Bool {
    guard argument.count > 2, argument.first == UInt8(ascii: "-") else { return true }
    let rest = argument.dropFirst()
    if rest.first == UInt8(ascii: "-") { return true }
    let isNumberOfJobs =
      rest.first == UInt8(ascii: "j") && rest.dropFirst().allSatisfy { (0x30...0x39).contains($0) }
    if isNumberOfJobs { return true }
    let takesValue = [UInt8(ascii: "f"), UInt8(ascii: "j"), UInt8(ascii: "o")].contains(rest.first)
    return takesValue && rest.dropFirst().first == UInt8(ascii: "=")
  }
}
