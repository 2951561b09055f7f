package import Findings

/// A rule that every request's model brings along: one keyword of its schema.
package struct ModelRule: Sendable {
  /// The keyword; the rule is named `schema/` and this.
  package var keyword: String
  /// What it demands.
  package var summary: String
  /// Why, and how to mend it.
  package var help: String

  /// What people are told of the rule.
  package func description(
    inPack pack: String, severity: Severity?, url: String?
  ) -> RuleDescription {
    RuleDescription(
      id: RuleID(pack: pack, rule: "schema/\(keyword)"), severity: severity, summary: summary,
      help: help, url: url, tags: ["schema"])
  }

  /// All such rules.
  package static let all: [ModelRule] = [
    ModelRule(
      keyword: "additionalProperties",
      summary: "The request has only members that its model knows.",
      help:
        "The service does not know this member: it refuses the request or passes the member over. Correct the name if it is misspelt, or take the member out."
    ),
    ModelRule(
      keyword: "casing", summary: "Members are spelled as the model spells them.",
      help:
        "The service takes the names of members letter by letter. This one differs from a member of the model only in letter case or separators; the other rules read it as that member. Spell it as the message says."
    ),
    ModelRule(
      keyword: "const", summary: "A member that has one allowed value has that value.",
      help: "Write the value that the message names."),
    ModelRule(
      keyword: "enum", summary: "A member with a fixed list of values has one of them.",
      help: "Values are compared letter by letter. Write one of those that the message lists."),
    ModelRule(
      keyword: "exclusiveMaximum", summary: "A number stays below its bound.",
      help: "Write a smaller number."),
    ModelRule(
      keyword: "exclusiveMinimum", summary: "A number stays above its bound.",
      help: "Write a greater number."),
    ModelRule(
      keyword: "format", summary: "A string with a format is written in it.",
      help: "Write the string as the format asks; the message says where it departs from it."),
    ModelRule(
      keyword: "limit", summary: "A request can be evaluated within bounds.",
      help:
        "The request is so large or so deep that evaluating it was given up. Its rules were not all evaluated: do not take it for clean."
    ),
    ModelRule(
      keyword: "maxItems", summary: "A list has no more elements than the model allows.",
      help: "Take elements out of the list."),
    ModelRule(
      keyword: "maxLength", summary: "A string has no more characters than the model allows.",
      help: "Characters are Unicode code points of the decoded string. Shorten the string."),
    ModelRule(
      keyword: "maxProperties", summary: "An object has no more members than the model allows.",
      help: "Take members out of the object."),
    ModelRule(
      keyword: "maximum", summary: "A number is no greater than the model allows.",
      help: "Write a number within the bounds."),
    ModelRule(
      keyword: "minItems", summary: "A list has as many elements as the model asks for.",
      help: "Add elements, or leave the member out if the model allows that."),
    ModelRule(
      keyword: "minLength", summary: "A string has as many characters as the model asks for.",
      help:
        "Characters are Unicode code points of the decoded string. Write a longer string, or leave the member out if the model allows that."
    ),
    ModelRule(
      keyword: "minProperties", summary: "An object has as many members as the model asks for.",
      help: "Add members, or leave the object out if the model allows that."),
    ModelRule(
      keyword: "minimum", summary: "A number is no less than the model allows.",
      help: "Write a number within the bounds."),
    ModelRule(
      keyword: "multipleOf", summary: "A number is a multiple of what the model asks for.",
      help: "Write a multiple of the number that the message names."),
    ModelRule(
      keyword: "pattern", summary: "A string matches the pattern of the model.",
      help: "Write the string as the pattern asks."),
    ModelRule(
      keyword: "required", summary: "The request has every member that its model requires.",
      help:
        "The service refuses a request without this member. Add it; an explicit null does not count as a value."
    ),
    ModelRule(
      keyword: "type", summary: "Every value is of the type that the model asks for.",
      help:
        "A number in quotes is a string, and an explicit null is no value at all: leave a member out rather than writing null. Write the value in the type that the message names."
    ),
    ModelRule(
      keyword: "uniqueItems", summary: "A list that must not repeat an element does not.",
      help: "Take the second element out."),
  ]
}
