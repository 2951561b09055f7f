package import Findings

/// The rules of reading itself: what every request must satisfy before any pack looks at it.
package enum ReadingRule {
  /// The rule about logs with more broken lines than are reported.
  static let limit = RuleID(pack: "json", rule: "limit")

  /// What people are told of them.
  package static let descriptions: [RuleDescription] = ["json", "yaml"].flatMap { format in
    rules(of: format)
  }

  private static func rules(of format: String) -> [RuleDescription] {
    let name = format == "json" ? "JSON" : "YAML"
    func rule(_ rule: String, _ summary: String, _ help: String) -> RuleDescription {
      RuleDescription(
        id: RuleID(pack: format, rule: rule), severity: .error, summary: summary, help: help,
        url: format == "json"
          ? "https://www.rfc-editor.org/rfc/rfc8259" : "https://yaml.org/spec/1.2.2/",
        tags: ["reading"])
    }
    let limit = rule(
      "limit", "The lines of a log are well formed.",
      "A log with so many lines that are not well formed is hardly one of requests, or was cut or mixed up as a whole. Fix the program that writes it, or exclude the file."
    )
    return (format == "json" ? [limit] : []) + [
      rule(
        "syntax", "The request is well-formed \(name).",
        format == "json"
          ? "A service refuses text that is not well formed as a whole. Comments, trailing commas and single quotes, which guides and other languages have, are not part of JSON. Mend what the message names."
          : "Text that is not well formed cannot be sent as a request. In YAML mostly the indentation, an open quote or a tab is to blame. Mend what the message names."
      ),
      rule(
        "encoding", "The request is UTF-8.",
        "Requests are sent as UTF-8. Decompress a compressed file, and save text in another encoding, such as UTF-16 or Latin-1, as UTF-8. In a string, write a character as itself: half of a surrogate pair, such as `\\uD83D` alone, is no character."
      ),
      rule(
        "depth", "The request does not nest too deep.",
        "No real request nests so deep; mostly a program that wrote it has gone round in circles."),
      rule(
        "duplicate-name", "No name stands twice in one object.",
        "Readers differ in which of two values they keep, so what is sent is not what is meant. Remove one of the two members."
      ),
    ]
  }
}
