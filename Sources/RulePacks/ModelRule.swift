package import Findings

/// A rule that every request's model brings along: one keyword of its schema.
package struct ModelRule: Sendable {
  /// The keyword; the rule is named `schema/` and this.
  package var keyword: String
  /// What it demands.
  package var summary: String
  /// Why, and how to fix it.
  package var help: String

  /// What people are told of the rule.
  package func description(
    inPack pack: String, severity: Severity?, url: String?
  ) -> RuleDescription {
    RuleDescription(
      id: RuleID(pack: pack, rule: "schema/\(keyword)"), severity: severity, summary: summary,
      help: help, url: url, tags: ["schema"])
  }

  /// A rule for every keyword that a finding of a model can have, sorted by keyword.
  ///
  /// `Plan.modelKeywords` says which of them one model can fail with.
  package static let all: [ModelRule] = [
    ModelRule(
      keyword: "additionalItems",
      summary: "A list has no more elements than its model describes.",
      help:
        "Remove the elements that the message names."
    ),
    ModelRule(
      keyword: "additionalProperties",
      summary: "The request has only members that its model knows.",
      help:
        "The service does not know this member: it refuses the request or passes the member over. Correct the name if it is misspelt, or take the member out."
    ),
    ModelRule(
      keyword: "anyOf",
      summary: "A value is one of the alternatives that the model allows.",
      help:
        "The message describes the nearest alternative. Write a value that satisfies one of them."
    ),
    ModelRule(
      keyword: "atLeastOneOf",
      summary: "An object has at least one of the members that the model lists.",
      help:
        "Add one of the members that the message lists."
    ),
    ModelRule(
      keyword: "atMostOneOf",
      summary: "An object has at most one of the members that the model lists.",
      help:
        "Keep one of the members that the message lists, and remove the others."
    ),
    ModelRule(
      keyword: "casing",
      summary: "Members are spelled as the model spells them.",
      help:
        "The service takes the names of members letter by letter. This one differs from a member of the model only in letter case or separators; the other rules read it as that member. Spell it as the message says."
    ),
    ModelRule(
      keyword: "characters",
      summary: "A string has only characters that the model allows.",
      help:
        "Replace or remove the character that the message names."
    ),
    ModelRule(
      keyword: "const",
      summary: "A member that has one allowed value has that value.",
      help:
        "Write the value that the message names."
    ),
    ModelRule(
      keyword: "contains",
      summary: "A list has an element that the model requires.",
      help:
        "Add an element that satisfies what the message describes."
    ),
    ModelRule(
      keyword: "containsAll",
      summary: "A list has all elements that the model requires.",
      help:
        "Add the elements that the message lists."
    ),
    ModelRule(
      keyword: "contentEncoding",
      summary: "A string that holds encoded content is valid base64.",
      help:
        "Encode the content as base64 (RFC 4648), with padding."
    ),
    ModelRule(
      keyword: "contentMediaType",
      summary: "A string that holds JSON is valid JSON.",
      help:
        "Correct the JSON text inside the string; the message says where it is malformed."
    ),
    ModelRule(
      keyword: "dependentRequired",
      summary: "An object has the members that another of its members needs.",
      help:
        "Add the member that the message names, or remove the one that needs it."
    ),
    ModelRule(
      keyword: "enum",
      summary: "A member with a fixed list of values has one of them.",
      help:
        "Values are compared letter by letter. Write one of those that the message lists."
    ),
    ModelRule(
      keyword: "exactlyOneOf",
      summary: "An object has exactly one of the members that the model lists.",
      help:
        "Keep exactly one of the members that the message lists."
    ),
    ModelRule(
      keyword: "exclusiveMaximum",
      summary: "A number stays below its bound.",
      help:
        "Write a smaller number."
    ),
    ModelRule(
      keyword: "exclusiveMinimum",
      summary: "A number stays above its bound.",
      help:
        "Write a greater number."
    ),
    ModelRule(
      keyword: "false",
      summary: "A request has no value where the model forbids one.",
      help:
        "Remove the value: the model allows none here."
    ),
    ModelRule(
      keyword: "format",
      summary: "A string with a format is written in it.",
      help:
        "Write the string as the format asks; the message says where it departs from it."
    ),
    ModelRule(
      keyword: "items",
      summary: "A list has no more elements than its model describes.",
      help:
        "Remove the elements that the message names."
    ),
    ModelRule(
      keyword: "limit",
      summary: "A request can be evaluated within bounds.",
      help:
        "The request is so large or so deep that evaluating it was given up. Its rules were not all evaluated: do not take it for clean."
    ),
    ModelRule(
      keyword: "maxBytes",
      summary: "A string has no more UTF-8 bytes than the model allows.",
      help:
        "Shorten the string. Bytes are counted in UTF-8, so a character outside of ASCII counts two to four."
    ),
    ModelRule(
      keyword: "maxContains",
      summary: "A list has no more elements of a kind than the model allows.",
      help:
        "Remove some of the elements that the message counts."
    ),
    ModelRule(
      keyword: "maxItems",
      summary: "A list has no more elements than the model allows.",
      help:
        "Take elements out of the list."
    ),
    ModelRule(
      keyword: "maxLength",
      summary: "A string has no more characters than the model allows.",
      help:
        "Characters are Unicode code points of the decoded string. Shorten the string."
    ),
    ModelRule(
      keyword: "maxProperties",
      summary: "An object has no more members than the model allows.",
      help:
        "Take members out of the object."
    ),
    ModelRule(
      keyword: "maxTotalBytes",
      summary: "The names and strings of a value have no more UTF-8 bytes than the model allows.",
      help:
        "Shorten or remove members; names and string values count together."
    ),
    ModelRule(
      keyword: "maximum",
      summary: "A number is no greater than the model allows.",
      help:
        "Write a number within the bounds."
    ),
    ModelRule(
      keyword: "minBytes",
      summary: "A string has at least as many UTF-8 bytes as the model requires.",
      help:
        "Write a longer string, or leave the member out if the model allows that."
    ),
    ModelRule(
      keyword: "minContains",
      summary: "A list has as many elements of a kind as the model requires.",
      help:
        "Add elements that satisfy what the message describes."
    ),
    ModelRule(
      keyword: "minItems",
      summary: "A list has as many elements as the model asks for.",
      help:
        "Add elements, or leave the member out if the model allows that."
    ),
    ModelRule(
      keyword: "minLength",
      summary: "A string has as many characters as the model asks for.",
      help:
        "Characters are Unicode code points of the decoded string. Write a longer string, or leave the member out if the model allows that."
    ),
    ModelRule(
      keyword: "minProperties",
      summary: "An object has as many members as the model asks for.",
      help:
        "Add members, or leave the object out if the model allows that."
    ),
    ModelRule(
      keyword: "minTotalBytes",
      summary:
        "The names and strings of a value have at least as many UTF-8 bytes as the model requires.",
      help:
        "Add members, or write longer strings."
    ),
    ModelRule(
      keyword: "minimum",
      summary: "A number is no less than the model allows.",
      help:
        "Write a number within the bounds."
    ),
    ModelRule(
      keyword: "multipleOf",
      summary: "A number is a multiple of what the model asks for.",
      help:
        "Write a multiple of the number that the message names."
    ),
    ModelRule(
      keyword: "not",
      summary: "A value is none that the model rules out.",
      help:
        "The message says what the value must not be. Write another value."
    ),
    ModelRule(
      keyword: "oneOf",
      summary: "A value is exactly one of the alternatives that the model allows.",
      help:
        "The message describes the nearest alternative, or those that hold together. Write a value that satisfies exactly one."
    ),
    ModelRule(
      keyword: "pattern",
      summary: "A string matches the pattern of the model.",
      help:
        "Write the string as the pattern asks."
    ),
    ModelRule(
      keyword: "required",
      summary: "The request has every member that its model requires.",
      help:
        "The service refuses a request without this member. Add it; an explicit null does not count as a value."
    ),
    ModelRule(
      keyword: "type",
      summary: "Every value is of the type that the model asks for.",
      help:
        "A number in quotes is a string, and an explicit null is no value at all: leave a member out rather than writing null. Write the value in the type that the message names."
    ),
    ModelRule(
      keyword: "unevaluatedItems",
      summary: "A list has no elements that its model does not describe.",
      help:
        "Remove the elements that the message names."
    ),
    ModelRule(
      keyword: "unevaluatedProperties",
      summary: "A request has only members that its model describes.",
      help:
        "Correct the name if it is misspelt, or remove the member."
    ),
    ModelRule(
      keyword: "uniqueItems",
      summary: "A list that must not repeat an element does not.",
      help:
        "Take the second element out."
    ),
  ]

  /// The rules by keyword.
  package static let byKeyword: [String: ModelRule] = Dictionary(
    all.map { ($0.keyword, $0) }, uniquingKeysWith: { first, _ in first })

  /// The keyword of the rule that reports a request that could not be evaluated to its end; its
  /// severity cannot be overridden.
  package static let limitKeyword = "limit"
}
