import RequisiteConfiguration
import Documents
import Evaluation
import Findings
import Linting
import RequisiteFiles
import RuleCompilation
import RulePacks
import SourceText
import TestSupport
import Testing

/// Which documents a pack is for.
struct DetectionTests {
  private static let documents: [(name: String, text: String)] = [
    ("object", #"{"id": 1}"#), ("array", #"[{"id": 1}]"#), ("string", #""s""#), ("number", "5"),
    ("null", "null"), ("boolean", "true"),
  ]

  /// `detect`, and the documents that it fits.
  @Test(arguments: [
    ("{ required: [id] }", "object"),
    ("{ properties: { id: { const: 1 } } }", "object"),
    ("{ properties: { id: { type: integer } } }", "object"),
    ("{ not: { required: [other] } }", "object"),
    ("{ not: { required: [id] } }", ""),
    ("{ allOf: [ { required: [id] } ] }", "object"),
    ("{ if: { required: [id] }, then: { required: [id] } }", "object"),
    ("{ dependentSchemas: { id: { type: object } } }", "object"),
    ("{ $defs: { a: { type: array } }, required: [id] }", "object"),
    ("{ patternProperties: { id: { type: integer } } }", "object"),
    ("{ minLength: 1 }", "object"), ("{}", "object"), ("true", "object"), ("false", ""),
    ("{ type: object }", "object"),
    ("{ type: [array, object], minItems: 1 }", "object array"),
    ("{ type: array, contains: { required: [id] } }", "array"),
    ("{ type: [string, 'null'] }", "string null"),
    ("{ const: 5 }", "number"), ("{ enum: [5, null] }", "number null"),
    ("{ not: { type: object } }", "array string number null boolean"),
    ("{ not: { const: 5 } }", "object array string null boolean"),
    (
      "{ anyOf: [ { type: array }, { required: [id] } ] }",
      "object array string number null boolean"
    ),
    ("{ oneOf: [ { type: string }, { const: null } ] }", "string null"),
    ("{ allOf: [ { allOf: [ { type: number } ] } ] }", "number"),
    ("{ if: { type: object }, then: { required: [id] }, else: false }", "object"),
    ("{ $ref: '#/$defs/a', $defs: { a: { type: array } } }", "array"),
    ("{ $ref: '#/$defs/a', $defs: { a: { $ref: '#/$defs/a' } } }", nil),
  ])
  func detect(_ detect: String, fits expected: String?) throws {
    let text =
      "requisite: 1\nname: p\nrequest: { operation: O, detect: \(detect) }\nrules: { r: { then: { type: object } } }\n"
    let source = SourceFile(path: "p.yaml", bytes: Array(text.utf8))
    let reading = RulePackReader.read(source) { (path) throws(Diagnostic) -> SourceFile in
      throw Diagnostic("pack/unreadable", path)
    }
    let compilation = RuleCompiler.compile(reading, checking: .none)
    guard let expected else {
      // A reference to itself ends, one way or the other.
      return
    }
    let plan = try #require(compilation.plan, "\(compilation.diagnostics)")
    var evaluator = Evaluator(plan: plan)
    let fitting = Self.documents.filter { _, text in
      let document = JSONReader.read(Array(text.utf8), depthLimit: 10).document
      return evaluator.evaluate(document, applicability: .whenDetected).isApplicable
    }
    #expect(fitting.map(\.name).joined(separator: " ") == expected)
  }

  // MARK: - Requests without detect

  private func profiles(
    _ folder: String, _ choices: SettingChoices = SettingChoices()
  ) -> LintProfiles {
    LintProfiles(
      choices, from: .discovery,
      options: LintOptions(in: RealFileSystem(), packs: [], applicability: .whenDetected),
      workingFolder: "/nowhere")
  }

  /// The rules of the findings of a document in a folder, or what is wrong with the configuration.
  private func findings(
    _ configuration: String, _ packs: [String: String], choosing flags: [String]? = nil,
    in path: String = "d/a.json"
  ) throws -> String {
    var found = ""
    try withFolder { folder in
      try write("", to: "\(folder)/.git/HEAD")
      for (name, text) in packs { try write(text, to: "\(folder)/\(name)") }
      try write("requisite: 1\n\(configuration)\n", to: "\(folder)/.requisite.yaml")
      var profiles = profiles(
        folder,
        SettingChoices(
          packs: flags.map { flags in
            Setting(flags.map { "\(folder)/\($0)" }, from: .flag("--pack"))
          }))
      let input = InputSource(
        .file("\(folder)/\(path)"), shownPath: path, syntax: .json, isExplicit: false)
      let place = profiles.place(of: input)
      let diagnostics = profiles.takeDiagnostics().map { diagnostic in
        "\(diagnostic.code) \(diagnostic.location.map { "\($0.region.start.line):\($0.region.start.column)" } ?? "-")"
      }
      found = diagnostics.joined(separator: ", ")
      guard case .profile(let index) = place else { return }
      var linter = LintSession([profiles.profiles[index].options])
      let result = linter.lint(Array(#"{"id": "long", "token": "t"}"#.utf8), of: input)
      found += result.findings.map { $0.rule.description }.joined(separator: ", ")
    }
    return found
  }

  private static func pack(_ name: String, _ rest: String) -> String {
    "requisite: 1\nname: \(name)\n\(rest)\nrules: { short: { given: $.id, then: { maxLength: 3 } } }\n"
  }

  @Test(arguments: [
    "request: { sensitive: $.token }", "request: { identity: { $.rows: k } }",
    "request: { sensitive: $.token, identity: { $.rows: k } }", "",
    "request: { operation: O, detect: { required: [id] } }",
  ])
  func packsThatAConfigurationCanList(request: String) throws {
    #expect(try findings("packs: [p.yaml]", ["p.yaml": Self.pack("p", request)]) == "p/short")
  }

  @Test func packsThatNothingCanSelect() throws {
    let packs = [
      "a.yaml": Self.pack("a", "request: { operation: A }"),
      "b.yaml": Self.pack("b", "request: { operation: B, detect: { required: [id] } }"),
      "m.yaml": Self.pack("m", "request: { schema: model.yaml }"),
      "both.yaml": "requisite: 1\nname: both\nextends: [a.yaml, b.yaml]\n",
      "top.yaml": "requisite: 1\nname: top\nextends: a.yaml\n",
      "model.yaml": "type: object\n",
    ]
    #expect(try findings("packs: [a.yaml]", packs) == "config/unselectable-pack 2:9")
    #expect(try findings("packs: [b.yaml, a.yaml]", packs) == "config/unselectable-pack 2:17")
    #expect(try findings("packs: [m.yaml]", packs) == "config/unselectable-pack 2:9")
    #expect(try findings("packs: [top.yaml]", packs) == "config/unselectable-pack 2:9")
    #expect(try findings("packs: [both.yaml]", packs) == "config/unselectable-pack 2:9")
    // Chosen for some files, it may be listed for all.
    let files = "files: { 'd/**': { packs: [a.yaml] } }"
    #expect(try findings(files, packs) == "a/short")
    #expect(try findings("packs: [a.yaml, b.yaml]\n\(files)", packs) == "a/short")
    #expect(
      try findings("packs: [both.yaml]\nfiles: { 'd/**': { operation: A } }", packs) == "a/short")
    #expect(
      try findings("packs: [a.yaml]\nfiles: { 'd/**': { operation: A } }", packs, in: "e/x.json")
        == "")
    #expect(
      try findings("packs: [b.yaml]\nfiles: { 'd/**': { packs: [both.yaml] } }", packs)
        == "config/unselectable-pack 3:28")
    #expect(try findings("", packs, choosing: ["a.yaml"]) == "a/short")
    #expect(try findings("", packs, choosing: ["a.yaml", "b.yaml"]) == "a/short, b/short")
    #expect(try findings("", packs, choosing: ["both.yaml"]) == "config/unselectable-pack -")
  }

  /// What a pack about any document calls sensitive counts for the requests of packs that extend it.
  @Test func sensitiveValuesOfAnyDocument() throws {
    let base =
      "requisite: 1\nname: base\nrequest: { sensitive: $.token }\nrules: { any: { then: { type: object } } }\n"
    try withFolder { folder in
      try write(base, to: "\(folder)/base.yaml")
      try write(
        Self.pack("p", "extends: base.yaml\nrequest: { operation: O, detect: { required: [id] } }"),
        to: "\(folder)/p.yaml")
      let loading = PackLoader(in: RealFileSystem()).load([PackReference("\(folder)/p.yaml")])
      #expect(loading.diagnostics.isEmpty)
      #expect(loading.packs.map(\.plan.privacy.sensitive.count) == [1])
      let general = PackLoader(in: RealFileSystem()).load([PackReference("\(folder)/base.yaml")])
      #expect(general.packs.map(\.owner) == [nil])
      #expect(general.packs.map(\.plan.privacy.sensitive.count) == [1])
    }
  }
}
