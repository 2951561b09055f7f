import SourceText

/// Messages of the argument parser, in the words of this program.
enum UsageMessage {
  /// The message; where a value is none of an option's choices, with the nearest choice or else all of them.
  static func rewritten(_ message: String) -> String {
    // "Error: The value 'x' is invalid for '--option <option>'. Please provide one of 'a' or 'b'.", or
    // "… Please provide one of the following:" with a line for each choice. A value may hold anything.
    let opening = "Error: The value '"
    guard message.hasPrefix(opening),
      let middle = message.ranges(of: "' is invalid for '").last,
      let close = message[middle.upperBound...].firstIndex(of: "'")
    else { return message }
    let value = message.dropFirst(opening.count)[..<middle.lowerBound]
    let option = message[middle.upperBound..<close]
    var rest = message[message.index(after: close)...]
    let choices = takeChoices(&rest)
    var text = "Error: invalid value '\(value)' for '\(option)'"
    if let nearest = NearestName.nearest(to: String(value), among: choices) {
      text += "; did you mean '\(nearest)'?"
    } else if let last = choices.last {
      let others = choices.dropLast().joined(separator: ", ")
      text += "; use \(others.isEmpty ? last : "\(others) or \(last)")"
    }
    return text + rest
  }

  /// Removes the choices from the beginning of the rest of a message.
  private static func takeChoices(_ rest: inout Substring) -> [String] {
    let list = ". Please provide one of the following:\n"
    if rest.hasPrefix(list) {
      var choices: [String] = []
      rest = rest.dropFirst(list.count - 1)
      while rest.hasPrefix("\n  - ") {
        let line = rest.dropFirst(5).prefix { $0 != "\n" }
        choices.append(String(line))
        rest = rest[line.endIndex...]
      }
      return choices
    }
    guard rest.hasPrefix(". Please provide one of '") else { return [] }
    let line = rest.prefix { $0 != "\n" }
    rest = rest[line.endIndex...]
    return line.split(separator: "'").enumerated()
      .filter { !$0.offset.isMultiple(of: 2) }.map { String($0.element) }
  }
}
