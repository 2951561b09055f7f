import Documents
import Evaluation
import RuleCompilation
import TestSupport
import Testing

/// What a keyword says where it does not hold.
struct MessageCase: CustomTestStringConvertible, Sendable {
  let name: String
  let schema: String
  let value: String
  /// Pointers to values that are not to be shown.
  let sensitive: [String]
  /// Each failure: its place and its keyword in brackets; then related places, each with two spaces
  /// before it.
  let expected: [String]

  init(
    _ name: String, _ schema: String, _ value: String, sensitive: [String] = [],
    _ expected: String...
  ) {
    self.name = name
    self.schema = schema
    self.value = value
    self.sensitive = sensitive
    self.expected = expected
  }

  var testDescription: String { name }
}

/// The place and the message of every keyword: one row each.
struct MessageTests {
  @Test(arguments: cases + sensitiveCases)
  func reportsPlaceAndMessage(row: MessageCase) {
    var options = StandaloneSchema.Options()
    options.assertsFormats = true
    options.assertsContents = true
    let schema = TestSchema(row.schema.utf8, options: options)
    #expect(schema.mistakes == [])
    #expect(schema.holds(row.value.utf8) == false)
    let (failures, document) = schema.failures(row.value, sensitive: row.sensitive)
    func place(_ node: NodeID) -> String {
      "\(document.pointer(to: node))\(document.kind(of: node) == .name ? " (name)" : "")"
    }
    var places: [String] = []
    var lines: [String] = []
    for failure in failures {
      places.append("\(place(failure.anchor)) [\(failure.keyword)]")
      lines.append("\(place(failure.anchor)): \(failure.message) [\(failure.keyword)]")
      for related in failure.related {
        places.append("  \(place(related.node))")
        lines.append("  \(place(related.node)): \(related.message)")
      }
    }
    #expect(places == row.expected)
    expectMessages(lines, of: "\(row.sensitive.isEmpty ? "" : "sensitive: ")\(row.name)")
  }

  static let cases: [MessageCase] = [
    MessageCase(
      "false", "false",
      "5",
      " [false]"),
    MessageCase(
      "type", ##"{"type": ["string", "null"]}"##,
      "[1]",
      " [type]"),
    MessageCase("format: int32", ##"{"format": "int32"}"##, "3000000000", " [type]"),
    MessageCase(
      "format: int32 of a fraction", ##"{"format": "int32"}"##,
      "1.5",
      " [type]"),
    MessageCase(
      "format: int32 beside a type", ##"{"format": "int32", "type": "integer"}"##,
      "1.5",
      " [type]"),
    MessageCase(
      "const", ##"{"const": {"a": [1, "b"]}}"##,
      ##""x""##,
      " [const]"),
    MessageCase(
      "enum", ##"{"enum": ["red", "green", 3]}"##,
      ##""gren""##,
      " [enum]"),
    MessageCase(
      "enum of one", ##"{"enum": ["red"]}"##,
      "7",
      " [enum]"),
    MessageCase(
      "minimum", ##"{"minimum": 12345678901234567890.5}"##,
      "3",
      " [minimum]"),
    MessageCase(
      "exclusiveMinimum", ##"{"exclusiveMinimum": 3}"##,
      "3",
      " [exclusiveMinimum]"),
    MessageCase(
      "maximum", ##"{"maximum": 0.00001}"##,
      "1.5",
      " [maximum]"),
    MessageCase(
      "exclusiveMaximum", ##"{"exclusiveMaximum": 1e400}"##,
      "1e401",
      " [exclusiveMaximum]"),
    MessageCase(
      "multipleOf", ##"{"multipleOf": 0.25}"##,
      "0.3",
      " [multipleOf]"),
    MessageCase(
      "minLength", ##"{"minLength": 2}"##,
      ##""é""##,
      " [minLength]"),
    MessageCase(
      "maxLength", ##"{"maxLength": 1024}"##,
      "\"\(String(repeating: "a", count: 1_025))\"",
      " [maxLength]"),
    MessageCase(
      "minBytes", ##"{"minBytes": 4}"##,
      ##""é""##,
      " [minBytes]"),
    MessageCase(
      "maxBytes", ##"{"maxBytes": 1}"##,
      ##""é""##,
      " [maxBytes]"),
    MessageCase(
      "pattern", ##"{"pattern": "^[a-z]+$"}"##,
      ##""A1""##,
      " [pattern]"),
    MessageCase(
      "characters", ##"{"characters": "a-z"}"##,
      ##""abCd""##,
      " [characters]"),
    MessageCase(
      "format", ##"{"format": "date"}"##,
      ##""2024-02-30""##,
      " [format]"),
    MessageCase(
      "contentEncoding", ##"{"contentEncoding": "base64"}"##,
      ##""e*==""##,
      " [contentEncoding]"),
    MessageCase(
      "contentMediaType", ##"{"contentMediaType": "application/json"}"##,
      ##""{\"a\": }""##,
      " [contentMediaType]"),
    MessageCase(
      "contentMediaType of base64",
      ##"{"contentMediaType": "application/json", "contentEncoding": "base64"}"##,
      ##""ezp9Cg==""##,
      " [contentMediaType]"),
    MessageCase(
      "contentSchema",
      ##"{"contentMediaType": "application/json", "contentSchema": {"properties": {"a": {"type": "string"}}}}"##,
      ##""{\"a\": 1}""##,
      " [type]"),
    MessageCase(
      "minItems", ##"{"minItems": 2}"##,
      "[1]",
      " [minItems]"),
    MessageCase(
      "maxItems", ##"{"maxItems": 2}"##,
      "[1, 2, 3]",
      " [maxItems]"),
    MessageCase(
      "uniqueItems", ##"{"uniqueItems": true}"##,
      ##"[1, "a", 1.0, "b", "a", 1]"##,
      "/2 [uniqueItems]",
      "  /0",
      "/4 [uniqueItems]",
      "  /1",
      "/5 [uniqueItems]",
      "  /0"),
    MessageCase(
      "contains", ##"{"contains": {"const": "text/plain"}}"##,
      ##"["a"]"##,
      " [contains]"),
    MessageCase(
      "contains something long", ##"{"contains": {"not": {"type": "string"}}}"##,
      ##"["a"]"##,
      " [contains]"),
    MessageCase(
      "minContains", ##"{"contains": {"pattern": "^a"}, "minContains": 2}"##,
      ##"["ab", "b"]"##,
      " [minContains]",
      "  /0"),
    MessageCase(
      "minContains, none", ##"{"contains": {"pattern": "^a"}, "minContains": 2}"##,
      ##"["b"]"##,
      " [minContains]"),
    MessageCase(
      "maxContains", ##"{"contains": {"type": "integer"}, "maxContains": 1}"##,
      "[1, 2]",
      " [maxContains]",
      "  /0",
      "  /1"),
    MessageCase(
      "items", ##"{"items": {"maximum": 2}}"##,
      "[1, 3]",
      "/1 [maximum]"),
    MessageCase(
      "items: false", ##"{"prefixItems": [true], "items": false}"##,
      "[1, 2]",
      "/1 [items]"),
    MessageCase(
      "items: false, no prefix", ##"{"items": false}"##,
      "[2]",
      "/0 [items]"),
    MessageCase(
      "prefixItems", ##"{"prefixItems": [{"type": "string"}]}"##,
      "[2]",
      "/0 [type]"),
    MessageCase(
      "containsAll", ##"{"containsAll": ["a", "b", 3]}"##,
      ##"["a"]"##,
      " [containsAll]"),
    MessageCase(
      "minProperties", ##"{"minProperties": 2}"##,
      ##"{"a": 1}"##,
      " [minProperties]"),
    MessageCase(
      "maxProperties", ##"{"maxProperties": 0}"##,
      ##"{"a": 1}"##,
      " [maxProperties]"),
    MessageCase(
      "required", ##"{"required": ["a", "b"]}"##,
      ##"{"a": 1}"##,
      " [required]"),
    MessageCase(
      "dependentRequired", ##"{"dependentRequired": {"card": ["address"]}}"##,
      ##"{"card": 1}"##,
      " [dependentRequired]",
      "  /card (name)"),
    MessageCase(
      "dependentSchemas",
      ##"{"dependentSchemas": {"card": {"properties": {"n": {"minimum": 1}}}}}"##,
      ##"{"card": 1, "n": 0}"##,
      "/n [minimum]",
      "  /card (name)"),
    MessageCase(
      "properties", ##"{"properties": {"n": {"minimum": 1}}}"##,
      ##"{"n": 0}"##,
      "/n [minimum]"),
    MessageCase(
      "patternProperties", ##"{"patternProperties": {"^n": {"minimum": 1}}}"##,
      ##"{"n": 0}"##,
      "/n [minimum]"),
    MessageCase(
      "additionalProperties", ##"{"properties": {"colour": true}, "additionalProperties": false}"##,
      ##"{"color": 0}"##,
      "/color (name) [additionalProperties]"),
    MessageCase(
      "additionalProperties with a schema", ##"{"additionalProperties": {"type": "string"}}"##,
      ##"{"color": 0}"##,
      "/color [type]"),
    MessageCase(
      "propertyNames", ##"{"propertyNames": {"pattern": "^[a-z]+$", "maxLength": 2}}"##,
      ##"{"ABC": 0}"##,
      "/ABC (name) [pattern]",
      "/ABC (name) [maxLength]"),
    MessageCase(
      "propertyNames with enum", ##"{"propertyNames": {"enum": ["ab", "cd"]}}"##,
      ##"{"ac": 0}"##,
      "/ac (name) [enum]"),
    MessageCase(
      "exactlyOneOf, none", ##"{"exactlyOneOf": ["a", "b"]}"##,
      "{}",
      " [exactlyOneOf]"),
    MessageCase(
      "exactlyOneOf, both", ##"{"exactlyOneOf": ["a", "b"]}"##,
      ##"{"a": 1, "b": 2}"##,
      "/b [exactlyOneOf]",
      "  /a"),
    MessageCase(
      "atMostOneOf", ##"{"atMostOneOf": ["a", "b", "c"]}"##,
      ##"{"a": 1, "b": 2, "c": 3}"##,
      "/c [atMostOneOf]",
      "  /a",
      "  /b"),
    MessageCase(
      "atLeastOneOf", ##"{"atLeastOneOf": ["a", "b"]}"##,
      ##"{"c": 1}"##,
      " [atLeastOneOf]"),
    MessageCase(
      "minTotalBytes", ##"{"minTotalBytes": 10}"##,
      ##"{"a": "é"}"##,
      " [minTotalBytes]"),
    MessageCase(
      "maxTotalBytes", ##"{"maxTotalBytes": 1}"##,
      ##"["é", "a"]"##,
      " [maxTotalBytes]"),
    MessageCase(
      "allOf", ##"{"allOf": [{"minimum": 5}, {"multipleOf": 2}]}"##,
      "3",
      " [minimum]",
      " [multipleOf]"),
    MessageCase(
      "anyOf",
      ##"{"anyOf": [{"type": "string"}, {"properties": {"kind": {"const": "a"}}, "required": ["x"]}, {"title": "kind b", "properties": {"kind": {"const": "b"}}, "required": ["y", "z"]}]}"##,
      ##"{"kind": "b"}"##,
      " [anyOf]"
    ),
    MessageCase(
      "anyOf, deeper", ##"{"anyOf": [{"type": "string"}, {"properties": {"a": {"minimum": 3}}}]}"##,
      ##"{"a": 1}"##,
      " [anyOf]",
      "  /a"),
    MessageCase(
      "anyOf in anyOf",
      ##"{"anyOf": [{"type": "null"}, {"anyOf": [{"type": "string"}, {"minimum": 3}]}]}"##,
      "1",
      " [anyOf]"
    ),
    MessageCase(
      "anyOf in anyOf, deeper",
      ##"{"anyOf": [{"type": "null"}, {"properties": {"a": {"anyOf": [{"type": "string"}, {"required": ["x"]}]}}}]}"##,
      ##"{"a": {}}"##,
      " [anyOf]",
      "  /a"),
    MessageCase(
      "oneOf, none", ##"{"oneOf": [{"type": "string"}, {"minimum": 3}]}"##,
      "1",
      " [oneOf]"
    ),
    MessageCase(
      "anyOf of types",
      ##"{"anyOf": [{"type": "string"}, {"type": "integer"}, {"$ref": "#/$defs/o"}], "$defs": {"o": {"type": "object"}}}"##,
      "1.5",
      " [anyOf]"),
    MessageCase(
      "anyOf of constants",
      ##"{"anyOf": [{"const": "red"}, {"enum": ["green", "red"]}, {"type": "string", "const": "blue"}]}"##,
      ##""gren""##,
      " [anyOf]"),
    MessageCase(
      "oneOf, discriminated",
      ##"{"oneOf": [{"required": ["r"], "properties": {"kind": {"const": "circle"}}}, {"type": "string"}, {"required": ["w"], "properties": {"kind": {"enum": ["rect", "box"]}}}]}"##,
      ##"{"kind": "tri"}"##,
      " [oneOf]",
      "  /kind"),
    MessageCase(
      "oneOf, discriminated, one meant",
      ##"{"oneOf": [{"required": ["r"], "properties": {"kind": {"const": "circle"}}}, {"required": ["a", "b", "c", "d", "e"], "properties": {"kind": {"const": "rect"}}}]}"##,
      ##"{"kind": "rect"}"##,
      " [oneOf]"
    ),
    MessageCase(
      "oneOf, discriminator absent",
      ##"{"oneOf": [{"required": ["kind"], "properties": {"kind": {"const": "circle"}}}, {"required": ["kind", "w"], "properties": {"kind": {"const": "rect"}}}]}"##,
      "{}",
      " [oneOf]"
    ),
    MessageCase(
      "oneOf, two",
      ##"{"oneOf": [{"title": "small", "maximum": 10}, {"type": "string"}, {"minimum": 3}]}"##,
      "5",
      " [oneOf]"),
    MessageCase(
      "not: pattern", ##"{"not": {"pattern": "^x-"}}"##,
      ##""x-a""##,
      " [not]"),
    MessageCase(
      "not: type", ##"{"not": {"type": ["string", "null"]}}"##,
      "null",
      " [not]"),
    MessageCase(
      "not: enum", ##"{"not": {"enum": ["a", "b"]}}"##,
      ##""a""##,
      " [not]"),
    MessageCase(
      "not: required", ##"{"not": {"required": ["a"]}}"##,
      ##"{"a": 1}"##,
      " [not]",
      "  /a (name)"),
    MessageCase(
      "not: member", ##"{"not": {"required": ["a"], "properties": {"a": {"const": 1}}}}"##,
      ##"{"a": 1}"##,
      " [not]",
      "  /a"),
    MessageCase("not: pattern, of a number", ##"{"not": {"pattern": "^x-"}}"##, "5", " [not]"),
    MessageCase(
      "not: required, of a string", ##"{"not": {"required": ["a"]}}"##,
      ##""a""##,
      " [not]"
    ),
    MessageCase(
      "not: minItems behind a reference",
      ##"{"not": {"$ref": "#/$defs/l"}, "$defs": {"l": {"minItems": 1}}}"##,
      "true",
      " [not]"
    ),
    MessageCase(
      "not: minimum in anyOf", ##"{"not": {"anyOf": [{"minimum": 3}, {"const": "b"}]}}"##,
      ##""a""##,
      " [not]"),
    MessageCase(
      "not: pattern of a member that is a number",
      ##"{"not": {"required": ["a"], "properties": {"a": {"pattern": "^x"}}}}"##,
      ##"{"a": 5}"##,
      " [not]",
      "  /a"),
    MessageCase(
      "not: pattern of elements that are numbers", ##"{"not": {"items": {"pattern": "^x"}}}"##,
      "[5]",
      " [not]"),
    MessageCase(
      "not: contains a pattern", ##"{"not": {"contains": {"pattern": "^x"}}}"##,
      "[5]",
      " [not]"),
    MessageCase(
      "maxContains of a pattern", ##"{"contains": {"pattern": "^x"}, "maxContains": 1}"##,
      "[5, 6]",
      " [maxContains]",
      "  /0", "  /1"),
    MessageCase(
      "not: anything", ##"{"not": {}}"##,
      "1",
      " [not]"),
    MessageCase(
      "not: something long", ##"{"not": {"title": "legacy", "not": {"type": "string"}}}"##,
      "1",
      " [not]"),
    MessageCase(
      "then",
      ##"{"if": {"properties": {"kind": {"const": "a"}}, "required": ["kind"]}, "then": {"required": ["x"]}}"##,
      ##"{"kind": "a"}"##,
      " [required]",
      "  /kind"),
    MessageCase(
      "then, of the value itself", ##"{"if": {"type": "integer"}, "then": {"minimum": 10}}"##,
      "5",
      " [minimum]"),
    MessageCase(
      "then, of a member",
      ##"{"if": {"type": "object"}, "then": {"properties": {"a": {"minimum": 10}}}}"##,
      ##"{"a": 1}"##,
      "/a [minimum]",
      "  "),
    MessageCase(
      "else", ##"{"if": {"properties": {"kind": {"const": "a"}}}, "else": {"required": ["y"]}}"##,
      ##"{"kind": "b"}"##,
      " [required]",
      "  /kind"),
    MessageCase(
      "else, of the value itself",
      ##"{"if": {"required": ["kind"]}, "else": {"required": ["y"]}}"##,
      "{}",
      " [required]"
    ),
    MessageCase(
      "$ref", ##"{"$ref": "#/$defs/n", "$defs": {"n": {"minimum": 1}}}"##,
      "0",
      " [minimum]"),
    MessageCase(
      "unevaluatedItems", ##"{"prefixItems": [true], "unevaluatedItems": false}"##,
      "[1, 2]",
      "/1 [unevaluatedItems]"),
    MessageCase(
      "unevaluatedProperties", ##"{"properties": {"a": true}, "unevaluatedProperties": false}"##,
      ##"{"a": 1, "b": 2}"##,
      "/b (name) [unevaluatedProperties]"),
    MessageCase(
      "unevaluatedProperties with a schema", ##"{"unevaluatedProperties": {"type": "string"}}"##,
      ##"{"b": 2}"##,
      "/b [type]"),
  ]

  /// Sensitive values are never shown, nor what would give them away.
  static let sensitiveCases: [MessageCase] = [
    MessageCase(
      "a scalar", ##"{"type": "string", "minimum": 3}"##,
      "1", sensitive: [""],
      " [type]",
      " [minimum]"),
    MessageCase(
      "pattern", ##"{"pattern": "^a"}"##,
      ##""secret""##, sensitive: [""],
      " [pattern]"),
    MessageCase(
      "lengths may be shown", ##"{"maxLength": 3}"##,
      ##""secret""##, sensitive: [""],
      " [maxLength]"),
    MessageCase(
      "enum", ##"{"enum": ["secret1"]}"##,
      ##""secret""##, sensitive: [""],
      " [enum]"),
    MessageCase(
      "enum with a near value", ##"{"enum": ["secret1", "other"]}"##,
      ##""secret""##, sensitive: [""],
      " [enum]"),
    MessageCase(
      "characters", ##"{"characters": "a-d"}"##,
      ##""secret""##, sensitive: [""],
      " [characters]"),
    MessageCase(
      "format without a quotation", ##"{"format": "date"}"##,
      ##""2024-13-01""##, sensitive: [""],
      " [format]"),
    MessageCase(
      "format with a quotation", ##"{"format": "json"}"##,
      ##""{\"a\": secret}""##, sensitive: [""],
      " [format]"),
    MessageCase(
      "contents",
      ##"{"contentMediaType": "application/json", "contentSchema": {"properties": {"a": {"type": "string"}}}}"##,
      ##""{\"a\": 12345}""##, sensitive: [""],
      " [type]"),
    MessageCase(
      "unknown member", ##"{"properties": {"colour": true}, "additionalProperties": false}"##,
      ##"{"color": 0}"##, sensitive: [""],
      "/color (name) [additionalProperties]"),
    MessageCase(
      "anyOf",
      ##"{"properties": {"a": {"anyOf": [{"type": "string"}, {"properties": {"b": {"minimum": 3}}}]}}}"##,
      ##"{"a": {"b": 1}}"##, sensitive: ["/a"],
      "/a [anyOf]",
      "  /a/b"),
    MessageCase(
      "not", ##"{"properties": {"a": {"not": {"pattern": "^x-"}}}}"##,
      ##"{"a": "x-secret"}"##, sensitive: ["/a"],
      "/a [not]"),
    MessageCase(
      "else", ##"{"if": {"properties": {"kind": {"const": "a"}}}, "else": {"required": ["y"]}}"##,
      ##"{"kind": "secret"}"##, sensitive: ["/kind"],
      " [required]",
      "  /kind"),
    MessageCase(
      "uniqueItems", ##"{"uniqueItems": true}"##,
      ##"["secret", "secret"]"##, sensitive: ["/0", "/1"],
      "/1 [uniqueItems]",
      "  /0"),
  ]
}
