import Findings
import Reporting
import SourceText

/// Messages of the argument parser, in the words of this program.
enum UsageMessage {
  /// The code of every such message.
  private static let code = "argument/invalid"

  /// The message of the parser as a diagnostic's line, followed by the usage that came with it.
  static func rewritten(_ message: String) -> String {
    let prefix = "Error: "
    guard message.hasPrefix(prefix) else { return message }
    let text = message.dropFirst(prefix.count)
    let (sentence, rest) = badValue(text) ?? sentence(text)
    return "\(ToolInformation.name): error: \(sentence) [\(code)]\(rest)"
  }

  /// The sentence for a value that an option does not take, and what follows it.
  private static func badValue(_ message: Substring) -> (String, Substring)? {
    // "The value 'x' is invalid for '--option <option>'. Please provide one of 'a' or 'b'.", or
    // "… Please provide one of the following:" with a line for each choice, or "…: REASON".
    // A value may hold anything.
    let opening = "The value '"
    guard message.hasPrefix(opening),
      let middle = message.ranges(of: "' is invalid for '").last,
      let close = message[middle.upperBound...].firstIndex(of: "'")
    else { return nil }
    let value = String(message.dropFirst(opening.count)[..<middle.lowerBound])
    let name = "'\(message[middle.upperBound..<close].prefix { $0 != " " })'"
    var rest = message[message.index(after: close)...]
    if rest.hasPrefix(": ") {
      let reason = rest.dropFirst(2).prefix { $0 != "\n" }
      return ("\(name) must be \(reason); found '\(value)'", rest[reason.endIndex...])
    }
    let choices = takeChoices(&rest)
    if choices.isEmpty { return ("\(name) cannot be '\(value)'", rest) }
    let nearest = NearestName.nearest(to: value, among: choices)
    return (
      ChoiceText.message(name, ChoiceText.list(choices), found: value, nearest: nearest), rest
    )
  }

  /// Any other sentence, which begins with a small letter, and what follows it.
  private static func sentence(_ message: Substring) -> (String, Substring) {
    let line = message.prefix { $0 != "\n" }
    var text = String(line)
    if let hint = joinedValue(text) {
      text = hint
    } else if let range = text.ranges(of: ". Did you mean '").last {
      text.replaceSubrange(range, with: "; did you mean '")
    }
    text = text.withoutArticle
    if let first = text.first, text.dropFirst().first?.isLowercase ?? false {
      text = first.lowercased() + text.dropFirst()
    }
    return (text, message[line.endIndex...])
  }

  /// The message of an option that has its value in the same argument, behind a blank.
  private static func joinedValue(_ text: String) -> String? {
    let opening = "Unknown option '"
    guard text.hasPrefix(opening) else { return nil }
    let rest = text.dropFirst(opening.count)
    guard let end = rest.firstRange(of: "'. ")?.lowerBound ?? rest.lastIndex(of: "'"),
      let blank = rest[..<end].firstIndex(of: " ")
    else { return nil }
    let (name, value) = (rest[..<blank], rest[blank..<end].drop { $0 == " " })
    // Another name with one hyphen is that of a file.
    guard name.hasPrefix("--") || name.utf8.count == 2, !name.contains("="), !value.isEmpty else {
      return nil
    }
    return
      "\(opening)\(rest[..<end])'; write '\(name)=\(value)', or the value as an argument of its own"
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

/// An argument that is not valid, with what it must be: `a size such as 64k`.
struct ArgumentFault: Error, CustomStringConvertible {
  /// What the argument must be.
  let description: String
}
