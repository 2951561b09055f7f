import Documents
import Evaluation
import RuleCompilation
import Testing

/// Verdicts at the very bounds of keywords, without the suites of the standards.
struct ExactBoundTests {
  @Test(arguments: [
    ("int32", "2147483647", true), ("int32", "2147483648", false), ("int32", "-2147483648", true),
    ("int32", "-2147483649", false), ("int32", "2147483647.0", true),
    ("int32", "2.147483648e9", false), ("int32", "2147483647.5", false), ("int32", "0.5", false),
    ("int32", "1e-99999999999999999999", false), ("int32", #""x""#, true), ("int64", "1.5", false),
    ("int64", "15e-1", false), ("int64", "150e-1", true),
    ("int64", "9223372036854775807", true), ("int64", "9223372036854775808", false),
    ("int64", "-9223372036854775808", true), ("int64", "-9223372036854775809", false),
    ("int64", "9223372036854775807.0", true), ("int64", "1e19", false), ("int64", "1e18", true),
  ])
  func integersOfAWidth(format: String, value: String, isValid: Bool) {
    var options = StandaloneSchema.Options()
    options.assertsFormats = true
    let schema = TestSchema("{\"format\": \"\(format)\"}".utf8, options: options)
    #expect(schema.holds(value.utf8) == isValid, "\(value)")
  }

  /// Numbers with exponents beyond 64 bits.
  @Test(arguments: [
    (#"{"maximum": 1e20000000000000000000}"#, "1e30000000000000000000", false),
    (#"{"maximum": 1e30000000000000000000}"#, "1e20000000000000000000", true),
    (#"{"maximum": 1e20000000000000000000}"#, "10e19999999999999999999", true),
    (#"{"exclusiveMaximum": 1e20000000000000000000}"#, "10e19999999999999999999", false),
    (#"{"maximum": -1e30000000000000000000}"#, "-1e20000000000000000000", false),
    (#"{"maximum": 1e-30000000000000000000}"#, "1e-20000000000000000000", false),
    (#"{"minimum": 1e30000000000000000000}"#, "1e20000000000000000000", false),
    (#"{"minimum": 1e20000000000000000000}"#, "1e30000000000000000000", true),
    (#"{"exclusiveMinimum": 1e-20000000000000000000}"#, "1e-30000000000000000000", false),
    (#"{"const": 1e30000000000000000000}"#, "1e20000000000000000000", false),
    (#"{"const": 1e30000000000000000000}"#, "0.1e30000000000000000001", true),
    (#"{"enum": [1e-30000000000000000000]}"#, "5e-20000000000000000000", false),
    (#"{"enum": [1e-30000000000000000000]}"#, "10e-30000000000000000001", true),
    (#"{"multipleOf": 1e30000000000000000000}"#, "1e20000000000000000000", false),
    (#"{"multipleOf": 1e20000000000000000000}"#, "1e30000000000000000000", true),
    (#"{"multipleOf": 1e-30000000000000000000}"#, "1e-20000000000000000000", true),
    (#"{"multipleOf": 1e-20000000000000000000}"#, "1e-30000000000000000000", false),
    (#"{"uniqueItems": true}"#, "[1e99999999999999999999,1e99999999999999999998]", true),
    (#"{"uniqueItems": true}"#, "[1e99999999999999999999,10e99999999999999999998]", false),
    (
      #"{"uniqueItems": true}"#,
      "[0,1,2,3,4,5,6,7,8,9,10,11,12,1e99999999999999999999,1e99999999999999999998]", true
    ),
    (
      #"{"uniqueItems": true}"#,
      "[0,1,2,3,4,5,6,7,8,9,10,11,12,1e99999999999999999999,10e99999999999999999998]", false
    ),
  ])
  func exponentsBeyondIntegers(schema: String, value: String, isValid: Bool) {
    let schema = TestSchema(schema.utf8)
    #expect(schema.holds(value.utf8) == isValid)
    #expect(schema.failures(value).failures.isEmpty == isValid)
  }

  /// More elements than are compared one by one, so that their hashes decide.
  @Test func manyElementsAreCompared() {
    let schema = TestSchema(#"{"uniqueItems": true}"#.utf8)
    let different = (0..<40).map { #"{"a": \#($0), "b": [\#($0), "x"], "c": null}"# }
    let text = different.joined(separator: ", ")
    #expect(schema.holds("[\(text)]".utf8) == true)
    for same in [
      #"{"c": null, "b": [39, "x"], "a": 39}"#, #"{"b": [3.9e1, "\u0078"], "c": null, "a": 39.0}"#,
    ] {
      #expect(schema.holds("[\(text), \(same)]".utf8) == false, "\(same)")
      #expect(schema.failures("[\(text), \(same)]").failures.count == 1)
    }
    for other in [
      #"{"c": null, "b": ["x", 39], "a": 39}"#, #"{"c": null, "b": [39, "x"]}"#,
      #"{"c": false, "b": [39, "x"], "a": 39}"#,
    ] {
      #expect(schema.holds("[\(text), \(other)]".utf8) == true, "\(other)")
    }
  }

  @Test(arguments: [
    (#"["a", "\u0061"]"#, false), (#"["\u0061", "\u0062"]"#, true), (#"["é", "\u00e9"]"#, false),
    (#"["é", "e\u0301"]"#, true), ("[1, 1.0]", false), ("[-1.5, -1.50]", false), ("[0, -0]", false),
    (#"[1, "1"]"#, true), ("[[1, 2], [2, 1]]", true), ("[[], {}]", true), ("[false, 0]", true),
  ])
  func fewElementsAreCompared(value: String, isValid: Bool) {
    #expect(TestSchema(#"{"uniqueItems": true}"#.utf8).holds(value.utf8) == isValid)
  }

  /// Names and strings of four bytes each: exactly the limit, and one more.
  @Test(arguments: [
    (8, #"{"é€": "x\ny"}"#, true), (7, #"{"é€": "x\ny"}"#, false),
    (8, #"{"a": ["bcd", {"ef": "gh"}, 12345, null]}"#, true),
    (7, #"{"a": ["bcd", {"ef": "gh"}, 12345, null]}"#, false), (0, "{}", true), (0, "[1]", true),
  ])
  func totalBytes(limit: Int, value: String, isValid: Bool) {
    let schema = TestSchema("{\"maxTotalBytes\": \(limit)}".utf8)
    #expect(schema.holds(value.utf8) == isValid)
    #expect(schema.failures(value).failures.isEmpty == isValid)
    let lower = TestSchema("{\"minTotalBytes\": \(limit + 1)}".utf8)
    #expect(lower.holds(value.utf8) == !isValid)
  }

  /// Of two members of one name only the last one counts, however large the first one is.
  @Test(arguments: [
    (#"{"a": "LONG", "a": "bcd"}"#, true), (#"{"a": {"LONG": ["LONG"]}, "b": 1, "a": "b"}"#, true),
    (#"{"a": "bcd", "a": "LONG"}"#, false), (#"{"a": "bcd", "a": "bcde"}"#, false),
  ])
  func overriddenMembersTakeNoBytes(value: String, isValid: Bool) {
    let text = value.replacing("LONG", with: String(repeating: "x", count: 500))
    let schema = TestSchema(#"{"maxTotalBytes": 4}"#.utf8).standalone
    let document = JSONReader.read(Array(text.utf8)).document
    var binding = Request(document, bindingNamesTo: schema.plan.program.symbols).binding
    let names = document.allNames(of: .root)
    for (index, name) in names.enumerated() {
      let isOverridden = names[(index + 1)...].contains {
        document.text(of: $0) == document.text(of: name)
      }
      if isOverridden { binding.hide(name) }
    }
    var checker = SchemaChecker(plan: schema.plan)
    let holds = checker.holds(schema.schema, .root, in: Request(document, binding: binding))
    #expect(holds == isValid)
  }
}
