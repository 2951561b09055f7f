import Findings
import RuleCompilation
import RulePacks
import SourceText
import Testing

/// Keywords by draft, those beside a reference, and values of annotations.
struct DraftTests {
  /// The diagnostics of a request's model as `line:column severity code`.
  private func diagnostics(ofModel model: String, draft: Draft) -> [String] {
    let text = "requisite: 1\nname: p\nrequest: { operation: O, schema: m.yaml }\n"
    let reading = RulePackReader.read(SourceFile(path: "p.yaml", bytes: Array(text.utf8))) {
      (path) throws(Diagnostic) in
      SourceFile(path: path, bytes: Array("$schema: \(draft.rawValue)\n\(model)\n".utf8))
    }
    return RuleCompiler.compile(reading).diagnostics.map { diagnostic in
      let start = diagnostic.location?.region.start
      return
        "\(start?.line ?? 0):\(start?.column ?? 0) \(diagnostic.severity.rawValue) \(diagnostic.code)"
    }
  }

  private static let unknown = ["2:1 error schema/unknown-keyword"]

  @Test(
    arguments: [
      ("minContains: 1", [.draft7]), ("maxContains: 1", [.draft7]),
      ("dependentRequired: {}", [.draft7]), ("dependentSchemas: {}", [.draft7]),
      ("unevaluatedProperties: true", [.draft7]), ("unevaluatedItems: true", [.draft7]),
      ("contentSchema: true", [.draft7]), ("$anchor: a", [.draft7]), ("$vocabulary: {}", [.draft7]),
      ("prefixItems: [true]", [.draft7, .draft2019]), ("$dynamicRef: '#'", [.draft7, .draft2019]),
      ("$dynamicAnchor: a", [.draft7, .draft2019]), ("$recursiveRef: '#'", [.draft7, .draft2020]),
      ("$recursiveAnchor: true", [.draft7, .draft2020]), ("additionalItems: true", [.draft2020]),
      ("deprecated: true", []), ("readOnly: true", []), ("$comment: a", []), ("$defs: {}", []),
      ("definitions: {}", []), ("if: true", []), ("examples: []", []),
      ("id: a", [.draft7, .draft2019, .draft2020]), ("nullable: true", Draft.allCases),
    ] as [(String, [Draft])])
  func knowsKeywordsByDraft(keyword: String, unknownIn drafts: [Draft]) {
    for draft in Draft.allCases {
      let found = diagnostics(ofModel: keyword, draft: draft)
      #expect(found.contains(Self.unknown[0]) == drafts.contains(draft), "\(draft): \(found)")
    }
  }

  private static func reference(_ siblings: String) -> String {
    "properties:\n  a: { $ref: '#/definitions/o', \(siblings) }\ndefinitions: { o: {} }"
  }

  @Test(arguments: [
    ("minLength: 1", ["3:33 warning schema/useless"]),
    ("type: string", ["3:33 warning schema/useless"]),
    (
      "properties: {}, anyOf: [true]",
      ["3:33 warning schema/useless", "3:49 warning schema/useless"]
    ),
    ("maxBytes: 3", ["3:33 warning schema/useless"]),
    ("minLenght: 1", ["3:33 error schema/unknown-keyword"]),
    ("minContains: 1", ["3:33 error schema/unknown-keyword"]), ("title: T, description: D", []),
    ("deprecated: true, readOnly: true, default: 1, examples: [1], $comment: c", []),
    ("definitions: { p: true }", []), ("x-note: 1", []),
    ("deprecated: 1.5", ["3:45 error schema/wrong-type"]),
  ])
  func reportsWhatIsBesideAReference(siblings: String, expected: [String]) {
    #expect(diagnostics(ofModel: Self.reference(siblings), draft: .draft7) == expected)
    let later = diagnostics(ofModel: Self.reference(siblings), draft: .draft2020)
    #expect(!later.contains { $0.hasSuffix("schema/useless") }, "\(later)")
  }

  @Test(arguments: [
    ("title: 3", "2:8"), ("description: { x: 1 }", "2:1"), ("deprecated: 1.5", "2:13"),
    ("readOnly: 'true'", "2:11"), ("writeOnly: 0", "2:12"), ("examples: 1", "2:11"),
    ("examples: { a: 1 }", "2:1"), ("$comment: 1", "2:11"), ("$anchor: 1", "2:10"),
    ("$dynamicAnchor: [a]", "2:1"), ("$vocabulary: []", "2:1"), ("minContains: -1", "2:14"),
    ("maxContains: 1.5", "2:14"), ("$id: 1", "2:6"),
  ])
  func checksTheValuesOfAnnotations(keyword: String, place: String) {
    let found = diagnostics(ofModel: keyword, draft: .draft2020)
    #expect(found.contains("\(place) error schema/wrong-type"), "\(found)")
  }

  @Test(arguments: ["title: ''", "default: [1]", "default:", "examples: [1, a]", "readOnly: false"])
  func takesProperAnnotations(keyword: String) {
    #expect(diagnostics(ofModel: keyword, draft: .draft2020) == [])
  }

  @Test(arguments: [
    ("exactlyOneOf: [a]", 0), ("atLeastOneOf: [a]", 0), ("atMostOneOf: [a]", 1),
    ("exactlyOneOf: []", 1),
    ("atLeastOneOf: []", 1), ("atMostOneOf: [a, b]", 0),
  ])
  func countsMemberNames(keyword: String, mistakes: Int) {
    #expect(diagnostics(ofModel: keyword, draft: .draft2020).count == mistakes)
  }

  /// Misspelt keywords in the schema of a parameter, however deep.
  @Test(arguments: [
    ("items: { patern: a }", 1), ("items: { properties: { n: { maxLenght: 3 } } }", 1),
    ("items: { anyOf: [{ typ: string }] }", 1), ("items: { format: dat-time }", 1),
    ("items: { deprecated: 1 }", 1), ("items: { pattern: a, title: T }", 0),
    ("items: { x-note: 1 }", 0), ("items: { not: { not: {} } }", 0),
  ])
  func checksSchemasOfParameters(schema: String, mistakes: Int) {
    let text =
      "requisite: 1\nname: p\nparameters: { x: { type: array, \(schema), default: [] } }\n"
      + "rules: { r: { given: $.t, then: { enum: { $param: x } } } }\n"
    let reading = RulePackReader.read(SourceFile(path: "p.yaml", bytes: Array(text.utf8))) {
      (path) throws(Diagnostic) in throw Diagnostic("pack/unreadable", "no file '\(path)'")
    }
    let found = RuleCompiler.compile(reading).diagnostics.filter {
      $0.severity == .error && $0.location?.region.start.line == 3
        && $0.code != "schema/contradiction"
    }
    #expect(found.count == mistakes, "\(found)")
  }
}
