package import Findings

/// A rule that every request's model brings along: one keyword of its schema.
package struct ModelRule: Sendable {
  /// The keyword; the rule is named `schema/` and this.
  package var keyword: String
  /// What it demands.
  package var summary: String
  /// Why, and how to fix it.
  package var help: String

  /// The word for the name of any pack: `PACK/schema/required`.
  package static let anyPack = "PACK"

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
      summary: "The request has only members that its model defines.",
      help:
        "The service does not know this member: it rejects the request or ignores the member. Correct the name if it is misspelled, or remove the member."
    ),
    ModelRule(
      keyword: "anyOf",
      summary: "A value is one of the alternatives that the model allows.",
      help:
        "The message describes the closest alternative. Write a value that matches one of them."
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
        "The service compares member names exactly. This name differs from a member of the model only in letter case or separators; the other rules treat it as that member. Use the spelling in the message."
    ),
    ModelRule(
      keyword: "characters",
      summary: "A string has only characters that the model allows.",
      help:
        "Replace or remove the character that the message names."
    ),
    ModelRule(
      keyword: "const",
      summary: "A member with a single allowed value has that value.",
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
      summary: "An object has the members that its other members require.",
      help:
        "Add the member that the message names, or remove the one that requires it."
    ),
    ModelRule(
      keyword: "enum",
      summary: "A member with a fixed list of values has one of them.",
      help:
        "Values are compared exactly. Use one of the values that the message lists."
    ),
    ModelRule(
      keyword: "exactlyOneOf",
      summary: "An object has exactly one of the members that the model lists.",
      help:
        "Keep exactly one of the members that the message lists."
    ),
    ModelRule(
      keyword: "exclusiveMaximum",
      summary: "A number is less than its exclusive maximum.",
      help:
        "Write a smaller number."
    ),
    ModelRule(
      keyword: "exclusiveMinimum",
      summary: "A number is greater than its exclusive minimum.",
      help:
        "Write a greater number."
    ),
    ModelRule(
      keyword: "false",
      summary: "The request has no value where the model forbids one.",
      help:
        "Remove the value: the model allows no value here."
    ),
    ModelRule(
      keyword: "format",
      summary: "A string has the format that the model requires.",
      help:
        "Write the string in this format; the message says what is wrong and where."
    ),
    ModelRule(
      keyword: "items",
      summary: "A list has no more elements than its model describes.",
      help:
        "Remove the elements that the message names."
    ),
    ModelRule(
      keyword: "limit",
      summary: "A request can be evaluated within the limits.",
      help:
        "The request is so large or so deeply nested that evaluation stopped. Not all rules were evaluated, so other problems may remain."
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
        "Remove elements from the list."
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
        "Remove members from the object."
    ),
    ModelRule(
      keyword: "maxTotalBytes",
      summary: "The names and strings of a value have no more UTF-8 bytes than the model allows.",
      help:
        "Shorten or remove members; names and string values count together."
    ),
    ModelRule(
      keyword: "maximum",
      summary: "A number is at most the maximum of the model.",
      help:
        "Write a number within the bounds."
    ),
    ModelRule(
      keyword: "minBytes",
      summary: "A string has at least as many UTF-8 bytes as the model requires.",
      help:
        "Write a longer string, or omit the member if the model allows that."
    ),
    ModelRule(
      keyword: "minContains",
      summary: "A list has at least as many elements of a kind as the model requires.",
      help:
        "Add elements that satisfy what the message describes."
    ),
    ModelRule(
      keyword: "minItems",
      summary: "A list has at least as many elements as the model requires.",
      help:
        "Add elements, or omit the member if the model allows that."
    ),
    ModelRule(
      keyword: "minLength",
      summary: "A string has at least as many characters as the model requires.",
      help:
        "Characters are Unicode code points of the decoded string. Write a longer string, or omit the member if the model allows that."
    ),
    ModelRule(
      keyword: "minProperties",
      summary: "An object has at least as many members as the model requires.",
      help:
        "Add members, or omit the object if the model allows that."
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
      summary: "A number is at least the minimum of the model.",
      help:
        "Write a number within the bounds."
    ),
    ModelRule(
      keyword: "multipleOf",
      summary: "A number is a multiple of the number in the model.",
      help:
        "Write a multiple of the number that the message names."
    ),
    ModelRule(
      keyword: "not",
      summary: "A value is not one that the model forbids.",
      help:
        "The message says what the value must not be. Use another value."
    ),
    ModelRule(
      keyword: "oneOf",
      summary: "A value is exactly one of the alternatives that the model allows.",
      help:
        "The message describes the closest alternative, or lists the alternatives that match. Write a value that matches exactly one."
    ),
    ModelRule(
      keyword: "pattern",
      summary: "A string matches the pattern of the model.",
      help:
        "Write a string that matches the pattern."
    ),
    ModelRule(
      keyword: "required",
      summary: "The request has every member that its model requires.",
      help:
        "The service rejects a request without this member. Add it; an explicit null does not count as a value."
    ),
    ModelRule(
      keyword: "type",
      summary: "Every value has the type that the model requires.",
      help:
        "A number in quotes is a string, and an explicit null is not a value: omit the member instead of writing null. Use the type that the message names."
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
        "Correct the name if it is misspelled, or remove the member."
    ),
    ModelRule(
      keyword: "uniqueItems",
      summary: "A list whose elements must be unique has no duplicates.",
      help:
        "Remove the duplicate element."
    ),
  ]

  /// The rules by keyword.
  package static let byKeyword: [String: ModelRule] = Dictionary(
    all.map { ($0.keyword, $0) }, uniquingKeysWith: { first, _ in first })

  /// The keyword of the rule that reports a request that could not be evaluated to its end; its
  /// severity cannot be overridden.
  package static let limitKeyword = "limit"
}
