import SourceText

/// What the argument parser says of a command line that it does not accept.
enum UsageMessage {
  /// The message; where a value is none of an option's choices, with the nearest choice.
  static func withNearestChoice(_ message: String) -> String {
    message.split(separator: "\n", omittingEmptySubsequences: false).map { line in
      // "Error: The value 'x' is invalid for '--option <option>'. Please provide one of 'a' or 'b'."
      guard let start = line.firstRange(of: "The value '"),
        let end = line.firstRange(of: "' is invalid for '"),
        let choices = line.firstRange(of: "Please provide one of '"),
        start.upperBound <= end.lowerBound, end.upperBound <= choices.lowerBound
      else { return String(line) }
      let names = line[choices.upperBound...].split(separator: "'").enumerated()
        .filter { $0.offset.isMultiple(of: 2) }.map { String($0.element) }
      let value = String(line[start.upperBound..<end.lowerBound])
      return NearestName.nearest(to: value, among: names)
        .map { "\(line.dropLast()); did you mean '\($0)'?" } ?? String(line)
    }.joined(separator: "\n")
  }
}
