import Documents
import Evaluation
import RuleCompilation
import Testing

/// What a keyword says where it does not hold.
struct MessageCase: CustomTestStringConvertible, Sendable {
  let name: String
  let schema: String
  let value: String
  /// Pointers to values that are not to be shown.
  let sensitive: [String]
  /// Each failure: its place, its keyword in brackets, its sentence; then related places, each with
  /// two spaces before it.
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

/// The sentence of every keyword, and its place: one row each.
struct MessageTests {
  @Test(arguments: cases + sensitiveCases)
  func saysWhatIsWrongAndWhere(row: MessageCase) {
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
    var lines: [String] = []
    for failure in failures {
      lines.append("\(place(failure.anchor)) [\(failure.keyword)] \(failure.message)")
      for related in failure.related { lines.append("  \(place(related.node)) \(related.message)") }
    }
    #expect(lines == row.expected)
  }

  static let cases: [MessageCase] = [
    MessageCase(
      "false", "false",
      "5",
      " [false] nothing is allowed here; found 5"),
    MessageCase(
      "type", ##"{"type": ["string", "null"]}"##,
      "[1]",
      " [type] expected null or a string, found an array of 1 element"),
    MessageCase(
      "format: int32", ##"{"format": "int32"}"##,
      "3000000000",
      " [type] expected an integer of 32 bits, found 3000000000, which is outside -2,147,483,648 to 2,147,483,647"
    ),
    MessageCase(
      "format: int32 of a fraction", ##"{"format": "int32"}"##,
      "1.5",
      " [type] expected an integer of 32 bits, found 1.5"),
    MessageCase(
      "format: int32 beside a type", ##"{"format": "int32", "type": "integer"}"##,
      "1.5",
      " [type] expected an integer of 32 bits, found 1.5"),
    MessageCase(
      "const", ##"{"const": {"a": [1, "b"]}}"##,
      ##""x""##,
      ##" [const] expected {"a": [1, "b"]}, found "x""##),
    MessageCase(
      "enum", ##"{"enum": ["red", "green", 3]}"##,
      ##""gren""##,
      ##" [enum] "gren" is not one of "red", "green", 3; did you mean "green"?"##),
    MessageCase(
      "enum of one", ##"{"enum": ["red"]}"##,
      "7",
      ##" [enum] 7 is not "red""##),
    MessageCase(
      "minimum", ##"{"minimum": 12345678901234567890.5}"##,
      "3",
      " [minimum] 3 is less than the minimum 12345678901234567890.5"),
    MessageCase(
      "exclusiveMinimum", ##"{"exclusiveMinimum": 3}"##,
      "3",
      " [exclusiveMinimum] 3 is not greater than 3"),
    MessageCase(
      "maximum", ##"{"maximum": 0.00001}"##,
      "1.5",
      " [maximum] 1.5 is greater than the maximum 0.00001"),
    MessageCase(
      "exclusiveMaximum", ##"{"exclusiveMaximum": 1e400}"##,
      "1e401",
      " [exclusiveMaximum] 1e401 is not less than 1e400"),
    MessageCase(
      "multipleOf", ##"{"multipleOf": 0.25}"##,
      "0.3",
      " [multipleOf] 0.3 is not a whole multiple of 0.25"),
    MessageCase(
      "minLength", ##"{"minLength": 2}"##,
      ##""é""##,
      " [minLength] 1 character, fewer than the minimum of 2"),
    MessageCase(
      "maxLength", ##"{"maxLength": 1024}"##,
      "\"\(String(repeating: "a", count: 1_025))\"",
      " [maxLength] 1,025 characters, more than the maximum of 1,024"),
    MessageCase(
      "minBytes", ##"{"minBytes": 4}"##,
      ##""é""##,
      " [minBytes] 2 UTF-8 bytes, fewer than the minimum of 4"),
    MessageCase(
      "maxBytes", ##"{"maxBytes": 1}"##,
      ##""é""##,
      " [maxBytes] 2 UTF-8 bytes, more than the maximum of 1"),
    MessageCase(
      "pattern", ##"{"pattern": "^[a-z]+$"}"##,
      ##""A1""##,
      ##" [pattern] "A1" does not match the pattern ^[a-z]+$"##),
    MessageCase(
      "characters", ##"{"characters": "a-z"}"##,
      ##""abCd""##,
      ##" [characters] character 3 of the text "abCd" is "C", which is not among a-z"##),
    MessageCase(
      "format", ##"{"format": "date"}"##,
      ##""2024-02-30""##,
      ##" [format] "2024-02-30" is not a date (RFC 3339): expected a day from 01 to 29"##),
    MessageCase(
      "contentEncoding", ##"{"contentEncoding": "base64"}"##,
      ##""e*==""##,
      " [contentEncoding] the string is not base64: expected a letter, a digit, '+', '/' or '='"),
    MessageCase(
      "contentMediaType", ##"{"contentMediaType": "application/json"}"##,
      ##""{\"a\": }""##,
      ##" [contentMediaType] the string is not JSON: expected a value after the name "a""##),
    MessageCase(
      "contentMediaType of base64",
      ##"{"contentMediaType": "application/json", "contentEncoding": "base64"}"##,
      ##""ezp9Cg==""##,
      " [contentMediaType] what the string encodes is not JSON"),
    MessageCase(
      "contentSchema",
      ##"{"contentMediaType": "application/json", "contentSchema": {"properties": {"a": {"type": "string"}}}}"##,
      ##""{\"a\": 1}""##,
      " [type] at /a of the embedded JSON: expected a string, found the number 1"),
    MessageCase(
      "minItems", ##"{"minItems": 2}"##,
      "[1]",
      " [minItems] 1 element, fewer than the minimum of 2"),
    MessageCase(
      "maxItems", ##"{"maxItems": 2}"##,
      "[1, 2, 3]",
      " [maxItems] 3 elements, more than the maximum of 2"),
    MessageCase(
      "uniqueItems", ##"{"uniqueItems": true}"##,
      ##"[1, "a", 1.0, "b", "a", 1]"##,
      "/2 [uniqueItems] 1.0 is in the list already",
      "  /0 the same element is here",
      ##"/4 [uniqueItems] "a" is in the list already"##,
      "  /1 the same element is here",
      "/5 [uniqueItems] 1 is in the list already",
      "  /0 the same element is here"),
    MessageCase(
      "contains", ##"{"contains": {"const": "text/plain"}}"##,
      ##"["a"]"##,
      ##" [contains] no element of the list is "text/plain""##),
    MessageCase(
      "contains something long", ##"{"contains": {"not": {"type": "string"}}}"##,
      ##"["a"]"##,
      " [contains] no element of the list satisfies what is asked for"),
    MessageCase(
      "minContains", ##"{"contains": {"pattern": "^a"}, "minContains": 2}"##,
      ##"["ab", "b"]"##,
      " [minContains] the list has 1 element that matches the pattern ^a, fewer than the minimum of 2",
      "  /0 this element counts"),
    MessageCase(
      "minContains, none", ##"{"contains": {"pattern": "^a"}, "minContains": 2}"##,
      ##"["b"]"##,
      " [minContains] no element of the list matches the pattern ^a; at least 2 must"),
    MessageCase(
      "maxContains", ##"{"contains": {"type": "integer"}, "maxContains": 1}"##,
      "[1, 2]",
      " [maxContains] the list has 2 elements of which each is an integer, more than the maximum of 1",
      "  /0 this element counts",
      "  /1 this element counts"),
    MessageCase(
      "items", ##"{"items": {"maximum": 2}}"##,
      "[1, 3]",
      "/1 [maximum] 3 is greater than the maximum 2"),
    MessageCase(
      "items: false", ##"{"prefixItems": [true], "items": false}"##,
      "[1, 2]",
      "/1 [items] the list has 1 element at most; 2 is one too many"),
    MessageCase(
      "items: false, no prefix", ##"{"items": false}"##,
      "[2]",
      "/0 [items] the list must be empty; it has the element 2"),
    MessageCase(
      "prefixItems", ##"{"prefixItems": [{"type": "string"}]}"##,
      "[2]",
      "/0 [type] expected a string, found the number 2"),
    MessageCase(
      "containsAll", ##"{"containsAll": ["a", "b", 3]}"##,
      ##"["a"]"##,
      ##" [containsAll] the list lacks "b" and 3"##),
    MessageCase(
      "minProperties", ##"{"minProperties": 2}"##,
      ##"{"a": 1}"##,
      " [minProperties] 1 member, fewer than the minimum of 2"),
    MessageCase(
      "maxProperties", ##"{"maxProperties": 0}"##,
      ##"{"a": 1}"##,
      " [maxProperties] 1 member, more than the maximum of 0"),
    MessageCase(
      "required", ##"{"required": ["a", "b"]}"##,
      ##"{"a": 1}"##,
      ##" [required] the member "b" is missing"##),
    MessageCase(
      "dependentRequired", ##"{"dependentRequired": {"card": ["address"]}}"##,
      ##"{"card": 1}"##,
      ##" [dependentRequired] the member "address" is missing, which "card" needs"##,
      "  /card (name) this member needs it"),
    MessageCase(
      "dependentSchemas",
      ##"{"dependentSchemas": {"card": {"properties": {"n": {"minimum": 1}}}}}"##,
      ##"{"card": 1, "n": 0}"##,
      "/n [minimum] 0 is less than the minimum 1",
      "  /card (name) the presence of this member asks for it"),
    MessageCase(
      "properties", ##"{"properties": {"n": {"minimum": 1}}}"##,
      ##"{"n": 0}"##,
      "/n [minimum] 0 is less than the minimum 1"),
    MessageCase(
      "patternProperties", ##"{"patternProperties": {"^n": {"minimum": 1}}}"##,
      ##"{"n": 0}"##,
      "/n [minimum] 0 is less than the minimum 1"),
    MessageCase(
      "additionalProperties", ##"{"properties": {"colour": true}, "additionalProperties": false}"##,
      ##"{"color": 0}"##,
      ##"/color (name) [additionalProperties] unknown member "color"; did you mean "colour"?"##),
    MessageCase(
      "additionalProperties with a schema", ##"{"additionalProperties": {"type": "string"}}"##,
      ##"{"color": 0}"##,
      "/color [type] expected a string, found the number 0"),
    MessageCase(
      "propertyNames", ##"{"propertyNames": {"pattern": "^[a-z]+$", "maxLength": 2}}"##,
      ##"{"ABC": 0}"##,
      ##"/ABC (name) [pattern] the name "ABC" does not match the pattern ^[a-z]+$"##,
      ##"/ABC (name) [maxLength] the name "ABC" has 3 characters, more than the maximum of 2"##),
    MessageCase(
      "propertyNames with enum", ##"{"propertyNames": {"enum": ["ab", "cd"]}}"##,
      ##"{"ac": 0}"##,
      ##"/ac (name) [enum] the name "ac" is not one of "ab", "cd"; did you mean "ab"?"##),
    MessageCase(
      "exactlyOneOf, none", ##"{"exactlyOneOf": ["a", "b"]}"##,
      "{}",
      ##" [exactlyOneOf] exactly one of "a", "b" must be there; none is"##),
    MessageCase(
      "exactlyOneOf, both", ##"{"exactlyOneOf": ["a", "b"]}"##,
      ##"{"a": 1, "b": 2}"##,
      ##"/b [exactlyOneOf] exactly one of "a", "b" may be there; both are"##,
      "  /a this member is there as well"),
    MessageCase(
      "atMostOneOf", ##"{"atMostOneOf": ["a", "b", "c"]}"##,
      ##"{"a": 1, "b": 2, "c": 3}"##,
      ##"/c [atMostOneOf] at most one of "a", "b", "c" may be there; 3 are"##,
      "  /a this member is there as well",
      "  /b this member is there as well"),
    MessageCase(
      "atLeastOneOf", ##"{"atLeastOneOf": ["a", "b"]}"##,
      ##"{"c": 1}"##,
      ##" [atLeastOneOf] at least one of "a", "b" must be there; none is"##),
    MessageCase(
      "minTotalBytes", ##"{"minTotalBytes": 10}"##,
      ##"{"a": "é"}"##,
      " [minTotalBytes] 3 UTF-8 bytes in names and strings, fewer than the minimum of 10"),
    MessageCase(
      "maxTotalBytes", ##"{"maxTotalBytes": 1}"##,
      ##"["é", "a"]"##,
      " [maxTotalBytes] 3 UTF-8 bytes in names and strings, more than the maximum of 1"),
    MessageCase(
      "allOf", ##"{"allOf": [{"minimum": 5}, {"multipleOf": 2}]}"##,
      "3",
      " [minimum] 3 is less than the minimum 5",
      " [multipleOf] 3 is not a whole multiple of 2"),
    MessageCase(
      "anyOf",
      ##"{"anyOf": [{"type": "string"}, {"properties": {"kind": {"const": "a"}}, "required": ["x"]}, {"title": "kind b", "properties": {"kind": {"const": "b"}}, "required": ["y", "z"]}]}"##,
      ##"{"kind": "b"}"##,
      ##" [anyOf] none of the 3 alternatives holds; the nearest one (kind b) says: the member "y" is missing, and 1 more"##
    ),
    MessageCase(
      "anyOf, deeper", ##"{"anyOf": [{"type": "string"}, {"properties": {"a": {"minimum": 3}}}]}"##,
      ##"{"a": 1}"##,
      " [anyOf] none of the 2 alternatives holds; the nearest one says at /a: 1 is less than the minimum 3",
      "  /a 1 is less than the minimum 3"),
    MessageCase(
      "anyOf in anyOf",
      ##"{"anyOf": [{"type": "null"}, {"anyOf": [{"type": "string"}, {"minimum": 3}]}]}"##,
      "1",
      " [anyOf] none of the 2 alternatives holds; the nearest one says: 1 is less than the minimum 3"
    ),
    MessageCase(
      "anyOf in anyOf, deeper",
      ##"{"anyOf": [{"type": "null"}, {"properties": {"a": {"anyOf": [{"type": "string"}, {"required": ["x"]}]}}}]}"##,
      ##"{"a": {}}"##,
      ##" [anyOf] none of the 2 alternatives holds; the nearest one says at /a: the member "x" is missing"##,
      ##"  /a the member "x" is missing"##),
    MessageCase(
      "oneOf, none", ##"{"oneOf": [{"type": "string"}, {"minimum": 3}]}"##,
      "1",
      " [oneOf] none of the 2 alternatives holds; the nearest one says: 1 is less than the minimum 3"
    ),
    MessageCase(
      "anyOf of types",
      ##"{"anyOf": [{"type": "string"}, {"type": "integer"}, {"$ref": "#/$defs/o"}], "$defs": {"o": {"type": "object"}}}"##,
      "1.5",
      " [anyOf] expected an integer, a string or an object, found the number 1.5"),
    MessageCase(
      "anyOf of constants",
      ##"{"anyOf": [{"const": "red"}, {"enum": ["green", "red"]}, {"type": "string", "const": "blue"}]}"##,
      ##""gren""##,
      ##" [anyOf] "gren" is not one of "red", "green", "blue"; did you mean "green"?"##),
    MessageCase(
      "oneOf, discriminated",
      ##"{"oneOf": [{"required": ["r"], "properties": {"kind": {"const": "circle"}}}, {"type": "string"}, {"required": ["w"], "properties": {"kind": {"enum": ["rect", "box"]}}}]}"##,
      ##"{"kind": "tri"}"##,
      ##" [oneOf] no alternative is for this "kind": "tri" is not one of "circle", "rect", "box""##,
      "  /kind this member chooses the alternative"),
    MessageCase(
      "oneOf, discriminated, one meant",
      ##"{"oneOf": [{"required": ["r"], "properties": {"kind": {"const": "circle"}}}, {"required": ["a", "b", "c", "d", "e"], "properties": {"kind": {"const": "rect"}}}]}"##,
      ##"{"kind": "rect"}"##,
      ##" [oneOf] none of the 2 alternatives holds; the nearest one says: the member "a" is missing, and 4 more"##
    ),
    MessageCase(
      "oneOf, discriminator absent",
      ##"{"oneOf": [{"required": ["kind"], "properties": {"kind": {"const": "circle"}}}, {"required": ["kind", "w"], "properties": {"kind": {"const": "rect"}}}]}"##,
      "{}",
      ##" [oneOf] none of the 2 alternatives holds; the nearest one says: the member "kind" is missing"##
    ),
    MessageCase(
      "oneOf, two",
      ##"{"oneOf": [{"title": "small", "maximum": 10}, {"type": "string"}, {"minimum": 3}]}"##,
      "5",
      " [oneOf] exactly one of the 3 alternatives may hold; alternatives 1 (small) and 3 do"),
    MessageCase(
      "not: pattern", ##"{"not": {"pattern": "^x-"}}"##,
      ##""x-a""##,
      ##" [not] "x-a" matches the pattern ^x-, which is not allowed here"##),
    MessageCase(
      "not: type", ##"{"not": {"type": ["string", "null"]}}"##,
      "null",
      " [not] null is null or a string, which is not allowed here"),
    MessageCase(
      "not: enum", ##"{"not": {"enum": ["a", "b"]}}"##,
      ##""a""##,
      ##" [not] "a" is one of "a", "b", which is not allowed here"##),
    MessageCase(
      "not: required", ##"{"not": {"required": ["a"]}}"##,
      ##"{"a": 1}"##,
      ##" [not] an object of 1 member has the member "a", which is not allowed here"##,
      "  /a (name) this is what makes it so"),
    MessageCase(
      "not: member", ##"{"not": {"required": ["a"], "properties": {"a": {"const": 1}}}}"##,
      ##"{"a": 1}"##,
      ##" [not] an object of 1 member has a member "a" that is 1, which is not allowed here"##,
      "  /a this is what makes it so"),
    MessageCase(
      "not: pattern, of a number", ##"{"not": {"pattern": "^x-"}}"##,
      "5",
      " [not] 5 satisfies a schema that it must not satisfy: pattern says something only of a string"
    ),
    MessageCase(
      "not: required, of a string", ##"{"not": {"required": ["a"]}}"##,
      ##""a""##,
      ##" [not] "a" satisfies a schema that it must not satisfy: required says something only of an object"##
    ),
    MessageCase(
      "not: minItems behind a reference",
      ##"{"not": {"$ref": "#/$defs/l"}, "$defs": {"l": {"minItems": 1}}}"##,
      "true",
      " [not] true satisfies a schema that it must not satisfy: minItems says something only of an array"
    ),
    MessageCase(
      "not: minimum in anyOf", ##"{"not": {"anyOf": [{"minimum": 3}, {"const": "b"}]}}"##,
      ##""a""##,
      ##" [not] "a" satisfies a schema that it must not satisfy"##),
    MessageCase(
      "not: pattern of a member that is a number",
      ##"{"not": {"required": ["a"], "properties": {"a": {"pattern": "^x"}}}}"##,
      ##"{"a": 5}"##,
      " [not] an object of 1 member satisfies a schema that it must not satisfy",
      "  /a this is what makes it so"),
    MessageCase(
      "not: pattern of elements that are numbers", ##"{"not": {"items": {"pattern": "^x"}}}"##,
      "[5]",
      " [not] an array of 1 element satisfies a schema that it must not satisfy"),
    MessageCase(
      "not: contains a pattern", ##"{"not": {"contains": {"pattern": "^x"}}}"##,
      "[5]",
      " [not] an array of 1 element satisfies a schema that it must not satisfy"),
    MessageCase(
      "maxContains of a pattern", ##"{"contains": {"pattern": "^x"}, "maxContains": 1}"##,
      "[5, 6]",
      " [maxContains] the list has 2 elements of which each satisfies what is counted, more than the maximum of 1",
      "  /0 this element counts", "  /1 this element counts"),
    MessageCase(
      "not: anything", ##"{"not": {}}"##,
      "1",
      " [not] nothing is allowed here; found 1"),
    MessageCase(
      "not: something long", ##"{"not": {"title": "legacy", "not": {"type": "string"}}}"##,
      "1",
      " [not] 1 satisfies a schema that it must not satisfy (legacy)"),
    MessageCase(
      "then",
      ##"{"if": {"properties": {"kind": {"const": "a"}}, "required": ["kind"]}, "then": {"required": ["x"]}}"##,
      ##"{"kind": "a"}"##,
      ##" [required] the member "x" is missing"##,
      "  /kind because of this value"),
    MessageCase(
      "then, of the value itself", ##"{"if": {"type": "integer"}, "then": {"minimum": 10}}"##,
      "5",
      " [minimum] 5 is less than the minimum 10; this is asked for because the value is an integer"),
    MessageCase(
      "then, of a member",
      ##"{"if": {"type": "object"}, "then": {"properties": {"a": {"minimum": 10}}}}"##,
      ##"{"a": 1}"##,
      "/a [minimum] 1 is less than the minimum 10",
      "   this is asked for because the value is an object"),
    MessageCase(
      "else", ##"{"if": {"properties": {"kind": {"const": "a"}}}, "else": {"required": ["y"]}}"##,
      ##"{"kind": "b"}"##,
      ##" [required] the member "y" is missing"##,
      ##"  /kind because a condition does not hold: expected "a", found "b""##),
    MessageCase(
      "else, of the value itself",
      ##"{"if": {"required": ["kind"]}, "else": {"required": ["y"]}}"##,
      "{}",
      ##" [required] the member "y" is missing; this is asked for because a condition does not hold: the member "kind" is missing"##
    ),
    MessageCase(
      "$ref", ##"{"$ref": "#/$defs/n", "$defs": {"n": {"minimum": 1}}}"##,
      "0",
      " [minimum] 0 is less than the minimum 1"),
    MessageCase(
      "unevaluatedItems", ##"{"prefixItems": [true], "unevaluatedItems": false}"##,
      "[1, 2]",
      "/1 [unevaluatedItems] no schema allows for the element 2"),
    MessageCase(
      "unevaluatedProperties", ##"{"properties": {"a": true}, "unevaluatedProperties": false}"##,
      ##"{"a": 1, "b": 2}"##,
      ##"/b (name) [unevaluatedProperties] no schema allows for the member "b""##),
    MessageCase(
      "unevaluatedProperties with a schema", ##"{"unevaluatedProperties": {"type": "string"}}"##,
      ##"{"b": 2}"##,
      "/b [type] expected a string, found the number 2"),
  ]

  /// Sensitive values are never shown, nor what would give them away.
  static let sensitiveCases: [MessageCase] = [
    MessageCase(
      "a scalar", ##"{"type": "string", "minimum": 3}"##,
      "1", sensitive: [""],
      " [type] expected a string, found the number ‹redacted›",
      " [minimum] ‹redacted› is less than the minimum 3"),
    MessageCase(
      "pattern", ##"{"pattern": "^a"}"##,
      ##""secret""##, sensitive: [""],
      " [pattern] ‹redacted› does not match the pattern ^a"),
    MessageCase(
      "lengths may be shown", ##"{"maxLength": 3}"##,
      ##""secret""##, sensitive: [""],
      " [maxLength] 6 characters, more than the maximum of 3"),
    MessageCase(
      "enum", ##"{"enum": ["secret1"]}"##,
      ##""secret""##, sensitive: [""],
      ##" [enum] ‹redacted› is not "secret1""##),
    MessageCase(
      "enum with a near value", ##"{"enum": ["secret1", "other"]}"##,
      ##""secret""##, sensitive: [""],
      ##" [enum] ‹redacted› is not one of "secret1", "other""##),
    MessageCase(
      "characters", ##"{"characters": "a-d"}"##,
      ##""secret""##, sensitive: [""],
      " [characters] a character of the text is not among a-d"),
    MessageCase(
      "format without a quotation", ##"{"format": "date"}"##,
      ##""2024-13-01""##, sensitive: [""],
      " [format] ‹redacted› is not a date (RFC 3339): expected a month from 01 to 12"),
    MessageCase(
      "format with a quotation", ##"{"format": "json"}"##,
      ##""{\"a\": secret}""##, sensitive: [""],
      " [format] the string is not JSON"),
    MessageCase(
      "contents",
      ##"{"contentMediaType": "application/json", "contentSchema": {"properties": {"a": {"type": "string"}}}}"##,
      ##""{\"a\": 12345}""##, sensitive: [""],
      " [type] in the embedded JSON: expected a string, found the number ‹redacted›"),
    MessageCase(
      "unknown member", ##"{"properties": {"colour": true}, "additionalProperties": false}"##,
      ##"{"color": 0}"##, sensitive: [""],
      "/color (name) [additionalProperties] unknown member ‹redacted›"),
    MessageCase(
      "anyOf",
      ##"{"properties": {"a": {"anyOf": [{"type": "string"}, {"properties": {"b": {"minimum": 3}}}]}}}"##,
      ##"{"a": {"b": 1}}"##, sensitive: ["/a"],
      "/a [anyOf] none of the 2 alternatives holds; the nearest one says: ‹redacted› is less than the minimum 3",
      "  /a/b ‹redacted› is less than the minimum 3"),
    MessageCase(
      "not", ##"{"properties": {"a": {"not": {"pattern": "^x-"}}}}"##,
      ##"{"a": "x-secret"}"##, sensitive: ["/a"],
      "/a [not] ‹redacted› satisfies a schema that it must not satisfy"),
    MessageCase(
      "else", ##"{"if": {"properties": {"kind": {"const": "a"}}}, "else": {"required": ["y"]}}"##,
      ##"{"kind": "secret"}"##, sensitive: ["/kind"],
      ##" [required] the member "y" is missing"##,
      ##"  /kind because a condition does not hold: expected "a", found ‹redacted›"##),
    MessageCase(
      "uniqueItems", ##"{"uniqueItems": true}"##,
      ##"["secret", "secret"]"##, sensitive: ["/0", "/1"],
      "/1 [uniqueItems] ‹redacted› is in the list already",
      "  /0 the same element is here"),
  ]
}
