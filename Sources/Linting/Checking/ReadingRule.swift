package import Findings

/// The rules of reading itself: what every request must satisfy before any pack looks at it.
package enum ReadingRule {
  /// The rule about logs with more broken lines than are reported.
  static let limit = RuleID(pack: "json", rule: "limit")

  /// The rule about requests with keys that no pack fits.
  static let noPack = RuleID(pack: "input", rule: "no-pack")

  /// What people are told of the rule about requests that no pack fits.
  package static let noPackDescription = RuleDescription(
    id: noPack, severity: .error, summary: "A pack applies to each request.",
    help:
      "Without --pack, a pack applies to the requests that it detects. Choose a pack with --pack, or skip other requests with --skip-unmatched.",
    tags: ["reading"])

  /// What people are told of them.
  package static let descriptions: [RuleDescription] = ["json", "yaml"].flatMap { format in
    rules(of: format)
  }

  /// The texts that a rule applies to, in the singular.
  package static func subject(of rule: RuleID) -> String {
    if rule == limit { return "log" }
    return rule.pack == "yaml" ? "YAML request" : "JSON request and line of a log"
  }

  /// Whether no pack checks a text that violates a rule, because it may not say what its author meant.
  package static func endsChecks(_ rule: RuleID) -> Bool {
    KnownRules.isOfReading(rule) && rule.rule != "duplicate-name"
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
      "A log with so many lines that are not well formed probably does not hold requests, or is damaged. Fix the program that writes it, or exclude the file."
    )
    return (format == "json" ? [limit] : []) + [
      rule(
        "syntax", "The request is well-formed \(name).",
        format == "json"
          ? "A service rejects text that is not well formed. Comments, trailing commas and single quotes are not part of JSON, although guides and other languages use them. Fix what the message names."
          : "Text that is not well formed cannot be sent as a request. In YAML the usual causes are indentation, an open quote or a tab. Fix what the message names."
      ),
      rule(
        "encoding", "The request is UTF-8.",
        "Requests are sent as UTF-8. Decompress a compressed file, and save text in another encoding, such as UTF-16 or Latin-1, as UTF-8. In a string, write a character as itself: half of a surrogate pair, such as `\\uD83D` alone, is not a character."
      ),
      rule(
        "depth", "The request is not nested too deeply.",
        "Real requests are not nested this deeply; usually the program that wrote it is caught in a loop."
      ),
      rule(
        "duplicate-name", "Names are unique in each object.",
        "Readers differ in which of the two values they keep, so the service may not receive the intended one. Remove one of the two members."
      ),
    ]
  }
}

/// Short texts that violate syntax rules.
package enum SyntaxExample {
  /// A text that violates a rule; nil where every such text is long.
  package static func failing(_ rule: RuleID) -> String? {
    switch (rule.pack, rule.rule) {
    case ("json", "syntax"): #"{"InitialMessage": 'Hello',}"#
    case ("json", "encoding"): #"{"InitialMessage": "\uD83D"}"#
    case ("json", "duplicate-name"): #"{"ClientToken": "a", "ClientToken": "b"}"#
    case ("yaml", "syntax"): "InitialMessage: { Content: Hello"
    case ("yaml", "encoding"): #"InitialMessage: "\uD83D""#
    case ("yaml", "duplicate-name"): "ClientToken: a\nClientToken: b"
    default: nil
    }
  }
}
