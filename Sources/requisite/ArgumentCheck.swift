import ArgumentParser

/// Looks at the arguments before they are parsed.
enum ArgumentCheck {
  /// The error of the first argument that begins with one hyphen and is no option.
  ///
  /// The parser would read `-chat.json` as the flags `-c -h -a …`, and show the help because of `-h`.
  /// Options with one hyphen have one letter here, and are written one by one.
  static func mistake(in arguments: some Sequence<String>) -> ValidationError? {
    for argument in arguments {
      if argument == "--" { return nil }
      guard !isOptionOrValue(argument.utf8) else { continue }
      return ValidationError(
        "Unknown option '\(argument)'. For a file name that begins with '-', write './\(argument)' or put '--' before it."
      )
    }
    return nil
  }

  /// Whether an argument is a value, a long option, one letter, or one letter with a value: `-f=json`.
  private static func isOptionOrValue(_ argument: String.UTF8View) -> Bool {
    guard argument.count > 2, argument.first == UInt8(ascii: "-") else { return true }
    let rest = argument.dropFirst()
    if rest.first == UInt8(ascii: "-") { return true }
    let takesValue = rest.first == UInt8(ascii: "f") || rest.first == UInt8(ascii: "o")
    return takesValue && rest.dropFirst().first == UInt8(ascii: "=")
  }
}
