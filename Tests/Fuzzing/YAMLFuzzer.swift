import Documents
import SourceText
import YAML

/// YAML: no input is fatal, places are in bounds and nested, and JSON reads as the same value.
enum YAMLFuzzer {
  static func check(_ input: [UInt8]) throws {
    var choices = Choices(input)
    let mode = choices.below(4)
    var text: [UInt8]
    switch mode {
    case 0: text = choices.rest()
    case 1: text = Value.make(&choices).json(&choices)
    default:
      text = YAMLMaker.text(&choices)
      if mode == 2 { Damage.apply(to: &text, &choices, pieces: YAMLMaker.pieces) }
    }
    for reading in [YAMLReader.read(text)] + YAMLReader.readAll(text) {
      let hasAliases = text.contains(UInt8(ascii: "*"))
      try TreeReference.requireBounds(reading.document, shown(text), areNested: !hasAliases)
      for error in reading.errors {
        try require(
          error.range.lowerBound >= 0 && error.range.upperBound <= text.count,
          "an error at \(error.range) of \(shown(text))")
        if let related = error.related {
          try require(related.range.upperBound <= text.count, "a related place of \(shown(text))")
        }
      }
    }
    try checkComments(text)
    if mode == 1 { try checkJSON(text) }
  }

  /// What comments say is no part of any value, and no value is a part of a comment.
  private static func checkComments(_ text: [UInt8]) throws {
    let comments = YAMLReader.comments(in: text, beginningWith: [])
    var changed = text
    var end = 0
    for comment in comments {
      let (range, what) = (comment.range, "the comment at \(comment.range) of \(shown(text))")
      try require(range.lowerBound >= end && range.upperBound <= text.count, what)
      try require(text[range.lowerBound] == UInt8(ascii: "#"), what)
      for index in range.lowerBound + 1..<range.upperBound {
        try require(text[index] != 0x0A && text[index] != 0x0D, what)
        if text[index] < 0x80 { changed[index] = UInt8(ascii: "x") }
      }
      end = range.upperBound
      guard let subject = comment.subject else { continue }
      try require(subject.lowerBound >= 0 && subject.upperBound <= text.count, what)
      // A comment is about its own line or a later one.
      try require(subject.upperBound >= range.upperBound, what)
    }
    let (reading, other) = (YAMLReader.read(text), YAMLReader.read(changed))
    guard reading.errors.isEmpty else { return }
    try require(other.errors.isEmpty, "comments of \(shown(text)) are read")
    try require(
      reading.document.dump() == other.document.dump(), "comments of \(shown(text)) are values")
    try require(
      YAMLReader.comments(in: changed, beginningWith: []) == comments,
      "comments of \(shown(text)) move")
  }

  /// YAML holds JSON: without escapes that YAML lacks, both read the same value.
  private static func checkJSON(_ text: [UInt8]) throws {
    guard let value = ReferenceJSON.parse(text), text.allSatisfy({ $0 >= 0x20 && $0 < 0x7F }),
      !text.contains(UInt8(ascii: "\\"))
    else { return }
    let reading = YAMLReader.read(text)
    try require(
      reading.errors.isEmpty, "YAML refuses \(shown(text)): \(reading.errors.map(\.message))")
    try require(
      TreeReference.matches(reading.document, .root, value), "another value: \(shown(text))")
  }
}

/// Makes YAML texts by choice.
enum YAMLMaker {
  static func text(_ choices: inout Choices) -> [UInt8] {
    let lead = choices.pick(["", "---\n", "%YAML 1.2\n---\n", "# c\n", "\u{FEFF}"])
    let tail = choices.pick(["", "\n", "\n...\n", "\n---\nb\n", "\n# end"])
    return Array((lead + node(&choices, indent: "", depth: 0) + tail).utf8)
  }

  private static func node(_ choices: inout Choices, indent: String, depth: Int) -> String {
    let properties = choices.once(in: 10) ? choices.pick(["&a ", "!!str ", "! ", "&b !!map "]) : ""
    switch choices.below(depth < 4 ? 7 : 3) {
    case 0: return properties + choices.pick(scalars)
    case 1: return choices.once(in: 4) ? choices.pick(["*a", "*b"]) : choices.pick(scalars)
    case 2:
      let style = choices.pick(["|", ">", "|-", ">+", "|2", ">1-"])
      let lines = (0..<(1 + choices.below(3))).map { _ in indent + "  " + choices.pick(scalars) }
      return properties + style + "\n" + lines.joined(separator: "\n")
    case 3:
      let items = (0..<choices.below(4)).map { _ in flow(&choices, depth: depth + 1) }
      return properties + "[" + items.joined(separator: ", ") + "]"
    case 4: return properties + flow(&choices, depth: depth)
    case 5:
      let inner = indent + choices.pick(["", "  "])
      let items = (0..<(1 + choices.below(3))).map { _ in
        "\n" + inner + "- " + node(&choices, indent: inner + "  ", depth: depth + 1)
      }
      return properties + items.joined()
    default:
      let inner = indent + (depth == 0 ? "" : "  ")
      var lines: [String] = []
      for _ in 0..<(1 + choices.below(4)) {
        let value = node(&choices, indent: inner, depth: depth + 1)
        if choices.once(in: 6) { lines.append("\n" + choices.pick([inner, "", "  "]) + "# above") }
        lines.append(
          "\n" + inner + choices.pick(keys) + ":" + (value.hasPrefix("\n") ? "" : " ") + value)
      }
      let text = lines.joined()
      return depth == 0 ? String(text.dropFirst()) : properties + text
    }
  }

  private static func flow(_ choices: inout Choices, depth: Int) -> String {
    switch choices.below(depth < 5 ? 4 : 1) {
    case 0, 1: return choices.pick(scalars)
    case 2:
      let items = (0..<choices.below(4)).map { _ in flow(&choices, depth: depth + 1) }
      return "[" + items.joined(separator: choices.pick([", ", ","])) + choices.pick(["", ","])
        + "]"
    default:
      let items = (0..<choices.below(4)).map { _ in
        choices.pick(keys) + ": " + flow(&choices, depth: depth + 1)
      }
      return "{" + items.joined(separator: ", ") + "}"
    }
  }

  private static let scalars = [
    "a", "1", "'it''s'", "\"x\\n\\u00e9\"", "true", "null", "~", "0x1F", "0o17", "1.5e3", "-.5",
    "é 👋", "plain text # comment", "\"\"", "''", ".inf", "2001-01-01", "0b1", "1_000", "- x",
    "\"multi\n  line\"", "yes",
  ]
  private static let keys = ["a", "b", "'c d'", "\"e\"", "? f\n", "é", "1", "<<", "null", "a"]
  static let pieces = [
    ":", "-", "?", "|", ">", "&", "*", "!", "#", "'", "\"", "%", "\n", "\t", "  ", "{", "}", "[",
    "]", ",", "---", "...", "<<", "\\", "\u{85}", "\u{2028}", "\r", "\u{1}", "`", "@",
  ]
}
