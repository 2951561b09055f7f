import Evaluation
import Findings
import Foundation
import Linting
import RequisiteFiles
import RulePacks
import SourceText
import TestSupport
import Testing

/// Packs that extend each other: which rules are in force, and what is told where they cannot be.
struct CompositionTests {
  /// Writes packs into a folder and loads one of them, or several.
  private func loading(
    _ files: [String: String], _ roots: [String] = ["pack.yaml"],
    _ body: (PackLoading, String) throws -> Void
  ) throws {
    try withTrees { tree in
      let folder = tree.folder
      for (path, text) in files { try tree.write(text, to: "\(folder)/\(path)") }
      let references = roots.map { root in
        BuiltInPacks.names.contains(root) ? PackReference(root) : PackReference("\(folder)/\(root)")
      }
      try body(PackLoader(in: tree.files).load(references), folder)
    }
  }

  /// The diagnostics, each as `path:line:column code message`, paths relative to the folder.
  private func lines(_ loading: PackLoading, _ folder: String) -> [String] {
    loading.diagnostics.map { diagnostic in
      let place =
        diagnostic.location.map {
          "\($0.path):\($0.region.start.line):\($0.region.start.column) "
        } ?? ""
      return "\(place)\(diagnostic.code) \(diagnostic.message)".replacing("\(folder)/", with: "")
    }
  }

  /// The severities of rules in force.
  private func severities(_ loading: PackLoading) -> [String: String] {
    var severities: [String: String] = [:]
    for rule in loading.packs.ruleDescriptions where rule.id.rule != "schema/limit" {
      severities[rule.id.description] = rule.severity?.rawValue ?? "off"
    }
    return severities
  }

  private static let base = """
    requisite: 1
    name: base
    request: { operation: Order, detect: { required: [Total] } }
    parameters:
      least: { type: integer, default: 1, minimum: 0, maximum: 100 }
      names: { type: array, default: [a], items: { type: string } }
    rules:
      total:
        given: $.Total
        then: { minimum: { $param: least } }
        message: at least {{ params.least }}
      name:
        severity: warning
        given: $.Name
        then: { enum: { $param: names } }

    """

  @Test func overridesReachThroughEveryDepth() throws {
    let files = [
      "base.yaml": Self.base,
      "middle.yaml": """
      requisite: 1
      name: middle
      extends: base.yaml
      parameters: { least: 5 }
      rules:
        name: info
        own: { given: $.Total, then: { maximum: { $param: least } }, severity: info }

      """,
      "pack.yaml": """
      requisite: 1
      name: top
      extends: [ middle.yaml ]
      parameters: { base.names: [x, y], most: { type: number, default: 7.5 } }
      rules:
        total: { message: 'Acme wants {{ params.least }} to {{ params.most }}', severity: warning }
        middle/own: off

      """,
    ]
    try loading(files) { loading, folder in
      #expect(lines(loading, folder) == [])
      #expect(
        severities(loading) == ["base/total": "warning", "base/name": "info", "middle/own": "off"])
      let pack = try #require(loading.packs.first)
      #expect(loading.packs.count == 1)
      #expect(pack.pack.name.value == "base")
      let rules = pack.composition.rules
      #expect(rules[0].overrides.map(\.pack) == [2])
      #expect(rules[1].overrides.map(\.pack) == [1])
      var linter = LintSession([
        LintOptions(in: RealFileSystem(), packs: loading.packs, applicability: .always)
      ])
      let input = InputSource(
        .file("r.json"), shownPath: "r.json", syntax: .json, isExplicit: true)
      let result = linter.lint(Array(#"{"Total": 3, "Name": "a"}"#.utf8), of: input)
      #expect(
        result.findings.map { "\($0.rule) \($0.message)" } == [
          "base/total Acme wants 5 to 7.5",
          #"base/name "a" is not one of "x", "y""#,
        ])
    }
  }

  @Test func ofTwoPacksTheLaterWins() throws {
    let files = [
      "base.yaml": Self.base,
      "left.yaml":
        "{ requisite: 1, name: left, extends: base.yaml, rules: { total: info, name: info } }",
      "right.yaml":
        "{ requisite: 1, name: right, extends: base.yaml, rules: { total: off }, parameters: { least: 9 } }",
      "pack.yaml": "{ requisite: 1, name: top, extends: [left.yaml, ./right.yaml] }",
    ]
    try loading(files) { loading, folder in
      #expect(lines(loading, folder) == [])
      #expect(severities(loading) == ["base/total": "off", "base/name": "info"])
      #expect(
        loading.packs.first?.composition.members.map(\.pack.name.value) == [
          "base", "left", "right", "top",
        ])
    }
    // Named one after another they are as in a list.
    try loading(files, ["right.yaml", "left.yaml"]) { loading, folder in
      #expect(severities(loading) == ["base/total": "info", "base/name": "info"])
    }
  }

  /// What another pack brings along does not turn the order of a list.
  @Test func theOrderOfAListCounts() throws {
    let files = [
      "base.yaml": Self.base,
      "ma.yaml": "{ requisite: 1, name: ma, extends: base.yaml, rules: { total: info } }",
      "mb.yaml": "{ requisite: 1, name: mb, extends: base.yaml, rules: { total: warning } }",
      "top.yaml": "{ requisite: 1, name: top, extends: [mb.yaml, ma.yaml] }",
    ]
    for roots in [["top.yaml"], ["ma.yaml", "top.yaml"], ["mb.yaml", "top.yaml"]] {
      try loading(files, roots) { loading, folder in
        #expect(lines(loading, folder) == [])
        #expect(severities(loading)["base/total"] == "info", "\(roots)")
      }
    }
    try loading(files, ["ma.yaml", "mb.yaml"]) { loading, _ in
      #expect(severities(loading)["base/total"] == "warning")
    }
  }

  /// Rules of a pack without a request are about any document, once.
  @Test func rulesWithoutARequestAreAboutAnyDocument() throws {
    let files = [
      "base.yaml": Self.base,
      "any.yaml": "{ requisite: 1, name: any, rules: { id: { then: { required: [Id] } } } }",
    ]
    for roots in [["any.yaml"], ["any.yaml", "base.yaml"]] {
      try loading(files, roots) { loading, folder in
        #expect(lines(loading, folder) == [])
        var linter = LintSession([
          LintOptions(in: RealFileSystem(), packs: loading.packs, applicability: .whenDetected)
        ])
        for text in [#"{"Total": 1}"#, #"{"Other": 1}"#] {
          let result = linter.lint(
            Array(text.utf8),
            of: InputSource(.file("r.json"), shownPath: "r.json", syntax: .json, isExplicit: true))
          #expect(result.findings.map(\.rule.description) == ["any/id"], "\(roots) \(text)")
        }
      }
    }
  }

  @Test func rulesOfTheModelAreRegraded() throws {
    let files = [
      "pack.yaml": """
      requisite: 1
      name: top
      extends: aws-connect-chat
      rules:
        schema/casing: off
        aws-connect-chat/schema/type: { severity: warning }
        client-token-recommended: error
      """
    ]
    try loading(files) { loading, folder in
      #expect(lines(loading, folder) == [])
      let severities = severities(loading)
      #expect(severities["aws-connect-chat/schema/casing"] == "off")
      #expect(severities["aws-connect-chat/schema/type"] == "warning")
      #expect(severities["aws-connect-chat/schema/required"] == "error")
      #expect(severities["aws-connect-chat/client-token-recommended"] == "error")
      var linter = LintSession([
        LintOptions(in: RealFileSystem(), packs: loading.packs, applicability: .always)
      ])
      let result = linter.lint(
        Array(
          #"{"instanceId": "i", "ContactFlowId": "f", "ClientToken": 5, "ParticipantDetails": {"DisplayName": "x"}}"#
            .utf8),
        of: InputSource(.file("r.json"), shownPath: "r.json", syntax: .json, isExplicit: true))
      #expect(
        result.findings.map { "\($0.severity.rawValue) \($0.rule)" } == [
          "warning aws-connect-chat/schema/type"
        ])
    }
  }

  @Test func aPackIsWidenedNeverNarrowed() throws {
    let files = [
      "base.yaml": Self.base.replacing(
        "detect: { required: [Total] }", with: "detect: { required: [Total] }, sensitive: $.Card"),
      "pack.yaml":
        "{ requisite: 1, name: top, extends: base.yaml, request: { sensitive: [$.Name] } }",
    ]
    try loading(files) { loading, folder in
      #expect(lines(loading, folder) == [])
      #expect(loading.packs.count == 1)
      #expect(loading.packs.first?.plan.privacy.sensitive.count == 2)
    }
  }

  @Test func rulesMayNarrowToRequests() throws {
    let files = [
      "base.yaml": Self.base,
      "other.yaml": """
      { requisite: 1, name: other, request: { operation: Refund, detect: { required: [Amount] } },
        rules: { amount: { given: $.Amount, then: { minimum: 1 } } } }
      """,
      "pack.yaml": """
      requisite: 1
      name: top
      extends: [base.yaml, other.yaml]
      rules:
        both: { then: { required: [Id] } }
        one: { requests: Refund, then: { required: [Reason] } }

      """,
    ]
    try loading(files) { loading, folder in
      #expect(lines(loading, folder) == [])
      #expect(loading.packs.map(\.plan.ruleTable.packName) == ["base", "other"])
      #expect(
        loading.packs.map { $0.plan.ruleTable.rules.map(\.id.description) } == [
          ["base/total", "base/name", "top/both"], ["other/amount", "top/both", "top/one"],
        ])
      // A pack with several requests does not hold a document to all of them.
      #expect(loading.packs.map(\.needsDetection) == [true, true])
      var linter = LintSession([
        LintOptions(in: RealFileSystem(), packs: loading.packs, applicability: .always)
      ])
      let result = linter.lint(
        Array(#"{"Amount": 1}"#.utf8),
        of: InputSource(.file("r.json"), shownPath: "r.json", syntax: .json, isExplicit: true))
      #expect(result.findings.map(\.rule.description) == ["top/both", "top/one"])
    }
  }

  // MARK: - Errors

  private func messages(_ loading: PackLoading, _ folder: String) -> [String] {
    loading.diagnostics.map {
      $0.goldenLine.replacing("\(folder)/", with: "")
        .replacing(/sha256-[A-Za-z0-9+\/]{43}=/, with: "sha256-DIGEST")
    }
  }

  /// The place and the code of a diagnostic's line.
  private static func place(_ line: String) -> String {
    line.split(separator: " ").prefix(2).joined(separator: " ")
  }

  /// Packs that cannot be composed, and the place and code of each diagnostic.
  struct Case: Sendable, CustomTestStringConvertible {
    var testDescription: String
    var files: [String: String]
    var expected: [String]

    init(_ description: String, _ files: [String: String], _ expected: [String]) {
      testDescription = description
      self.files = files
      self.expected = expected
    }
  }

  static let cases = [
    Case(
      "an override of nothing",
      [
        "base.yaml": base,
        "pack.yaml": """
        requisite: 1
        name: top
        extends: base.yaml
        rules:
          totl: off
          base/nam: info
          other/total: off
          fresh: { severity: info }
          schema/typ: off
          schema/type: off
          total: {}

        """,
      ],
      [
        "pack.yaml:5:3 pack/unknown-rule",
        "pack.yaml:6:3 pack/unknown-rule",
        "pack.yaml:7:3 pack/unknown-rule",
        "pack.yaml:8:3 pack/unknown-rule",
        "pack.yaml:9:3 pack/unknown-rule",
        "pack.yaml:10:3 pack/unknown-rule",
        "pack.yaml:11:3 pack/useless",
      ]),
    Case(
      "parameters set wrong",
      [
        "base.yaml": base,
        "pack.yaml": """
        requisite: 1
        name: top
        extends: base.yaml
        parameters:
          leasst: 5
          base.least: five
          names: [1]
          least: { type: integer, default: 2 }
        rules:
          r: { then: { minProperties: { $param: lest } }, message: '{{ params.leest }}' }

        """,
      ],
      [
        "pack.yaml:5:3 pack/unknown-parameter",
        "pack.yaml:6:15 pack/wrong-type",
        "pack.yaml:7:3 pack/bad-parameter",
        "pack.yaml:8:3 pack/bad-value",
        "pack.yaml:10:41 pack/unknown-parameter",
        "pack.yaml:10:71 pack/unknown-parameter",
      ]),
    Case(
      "a value out of its bounds",
      [
        "base.yaml": base,
        "pack.yaml":
          "{ requisite: 1, name: top, extends: base.yaml, parameters: { least: 101 } }",
      ],
      ["pack.yaml:1:69 pack/bad-parameter"]),
    Case(
      "packs in a circle",
      [
        "a.yaml": "{ requisite: 1, name: a, extends: b.yaml }",
        "b.yaml": "{ requisite: 1, name: b, extends: a.yaml }",
        "pack.yaml": "{ requisite: 1, name: top, extends: [a.yaml, pack.yaml] }",
      ],
      ["b.yaml:1:35 pack/cycle", "pack.yaml:1:46 pack/cycle"]),
    Case(
      "packs that are not there",
      [
        "pack.yaml":
          "{ requisite: 1, name: top, extends: [aws-conect-chat, no.yaml, ../x.yaml, /etc/passwd, 'https://example.org/p.yaml'] }"
      ],
      [
        "pack.yaml:1:38 pack/unknown",
        "pack.yaml:1:55 pack/unknown",
        "pack.yaml:1:64 pack/unknown",
        "pack.yaml:1:75 pack/bad-value",
        "pack.yaml:1:88 pack/bad-value",
      ]),
    Case(
      "two packs of one name",
      [
        "base.yaml": base,
        "more/base.yaml": base + "\n# another\n",
        "pack.yaml": "{ requisite: 1, name: top, extends: [base.yaml, more/base.yaml] }",
      ],
      ["more/base.yaml:2:7 pack/same-name"]),
    Case(
      "one name in two packs",
      [
        "base.yaml": base, "second.yaml": base.replacing("name: base", with: "name: second"),
        "pack.yaml":
          "{ requisite: 1, name: top, extends: [base.yaml, second.yaml], rules: { total: off }, parameters: { least: 2 } }",
      ],
      ["pack.yaml:1:72 pack/ambiguous-rule", "pack.yaml:1:100 pack/ambiguous-parameter"]),
    Case(
      "content that is not what was pinned",
      [
        "base.yaml": base,
        "pack.yaml":
          "{ requisite: 1, name: top, extends: { pack: base.yaml, integrity: sha256-47DEQpj8HBSa+/TImW+5JCeuQeRkm5NMpJWZG3hSuFU= } }",
      ],
      ["pack.yaml:1:67 pack/integrity"]),
  ]

  @Test(arguments: cases)
  func errorsAreReportedAtTheirPlace(_ example: Case) throws {
    try loading(example.files) { loading, folder in
      #expect(lines(loading, folder).map(Self.place) == example.expected)
      expectMessages(messages(loading, folder), of: example.testDescription)
      #expect(loading.packs.isEmpty && loading.hasErrors)
    }
  }

  @Test func contentCanBePinned() throws {
    var files = ["base.yaml": Self.base]
    files["pack.yaml"] = "{ requisite: 1, name: top, extends: base.yaml }"
    var digest = ""
    try loading(files) { loading, _ in
      digest = try #require(loading.packs.first?.composition.members[0].pack.integrity)
    }
    #expect(digest.count == 51)
    files["pack.yaml"] =
      "{ requisite: 1, name: top, extends: { pack: base.yaml, integrity: \(digest) } }"
    try loading(files) { loading, folder in #expect(lines(loading, folder) == []) }
    files["base.yaml"] = Self.base + "\n"
    try loading(files) { loading, folder in
      #expect(loading.diagnostics.map(\.code) == ["pack/integrity"])
    }
  }

  /// Nothing of a pack lies outside of the folder of the one that is named, links included.
  @Test func packsStayInTheirFolder() throws {
    try withFolder { folder in
      try write(Self.base, to: "\(folder)/outside.yaml")
      try write(
        "{ requisite: 1, name: top, extends: [../outside.yaml, link.yaml, sub/deep.yaml] }",
        to: "\(folder)/packs/pack.yaml")
      try write(
        "{ requisite: 1, name: deep, extends: ../inside.yaml }",
        to: "\(folder)/packs/sub/deep.yaml")
      try write(
        Self.base.replacing("name: base", with: "name: inside"), to: "\(folder)/packs/inside.yaml")
      try FileManager.default.createSymbolicLink(
        atPath: "\(folder)/packs/link.yaml", withDestinationPath: "../outside.yaml")
      let loading = PackLoader(in: RealFileSystem()).load([
        PackReference("\(folder)/packs/pack.yaml")
      ])
      expectMessages(messages(loading, folder), of: "packs outside of their folder")
      #expect(
        lines(loading, folder).map(Self.place) == [
          "packs/pack.yaml:1:38 pack/outside",
          "packs/pack.yaml:1:55 pack/outside",
        ])
    }
  }
}
