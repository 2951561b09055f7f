import Baselines
import Findings
import Linting
import RequisiteFiles
import SourceText
import Suppressions
import TestSupport
import Testing

/// Elements of arrays by what tells them apart.
struct IdentityTests {
  private static let schema = """
    type: object
    additionalProperties: false
    required: [Items]
    properties:
      Items:
        type: array
        items:
          type: object
          additionalProperties: false
          properties:
            Id: { type: string }
            Secret: { type: string }
            Size: { type: integer }
      Others: { type: array, items: { type: object, properties: { Key: { type: string }, Size: { type: integer } } } }
      Map: { type: object, additionalProperties: { type: string } }
    """

  private static func pack(_ fields: String = "identity: { $.Items: Id }") -> String {
    """
    requisite: 1
    name: p
    request:
      schema: s.yaml
      detect: { required: [Items] }
      \(fields)
    rules:
      small:
        description: Sizes are small.
        given: [ '$.Items[*].Size', '$.Others[*].Size' ]
        then: { maximum: 9 }
    """
  }

  /// Gives a body a project with a pack of its own.
  private func withPack(
    _ pack: String = pack(), _ body: (BaselineRun, PackLoading) throws -> Void
  ) throws {
    try withProject { project in
      try project.write(Self.schema, to: "packs/s.yaml")
      try project.write(pack, to: "packs/p.yaml")
      let loading = PackLoader(in: RealFileSystem()).load([
        PackReference("\(project.folder)/packs/p.yaml")
      ])
      var project = project
      project.packs = loading.packs
      try body(project, loading)
    }
  }

  private func entries(_ baseline: Baseline) -> [String] {
    (baseline.file(at: "a.json")?.entries.values.map { "\($0.pointer) \($0.ordinal)" } ?? [])
      .sorted()
  }

  @Test func elementsMayChangePlaces() throws {
    try withPack { project, loading in
      #expect(loading.diagnostics.isEmpty, "\(loading.diagnostics.map(\.message))")
      try project.write(
        #"{"Items": [{"Id": "a", "Size": 10}, {"Id": "b", "Size": 1}, {"Id": "c", "Size": 11}]}"#,
        to: "a.json")
      let baseline = try project.written()
      #expect(entries(baseline) == ["/Items/{Id=a}/Size 0", "/Items/{Id=c}/Size 0"])
      try project.write(
        #"{"Items": [{"Id": "c", "Size": 12}, {"Id": "x", "Size": 2}, {"Id": "b", "Size": 1}, {"Size": 99, "Id": "a"}]}"#,
        to: "a.json")
      let outcome = try project.check(["a.json"], baseline: baseline)
      #expect(outcome.findings.isEmpty)
      #expect(outcome.stale.isEmpty)
      // Another element at the old place is another finding.
      try project.write(
        #"{"Items": [{"Id": "d", "Size": 10}, {"Id": "b", "Size": 1}, {"Id": "c", "Size": 11}]}"#,
        to: "a.json")
      let other = try project.check(["a.json"], baseline: baseline)
      #expect(other.findings.map(\.location.pointer?.description) == ["/Items/0/Size"])
      #expect(other.stale.map(\.pointer) == ["/Items/{Id=a}/Size"])
    }
  }

  @Test func elementsWithoutTheMemberGoByTheirPosition() throws {
    try withPack { project, _ in
      try project.write(
        #"{"Items": [{"Size": 10}, {"Id": null, "Size": 11}], "Others": [{"Key": "k", "Size": 10}]}"#,
        to: "a.json")
      let pointers = entries(try project.written()).map { $0.split(separator: " ")[0] }
      #expect(Set(pointers).isSuperset(of: ["/Items/0/Size", "/Items/1/Size", "/Others/0/Size"]))
    }
  }

  @Test func elementsOfOneIdentityAreCounted() throws {
    try withPack { project, _ in
      try project.write(
        #"{"Items": [{"Id": "a", "Size": 10}, {"Id": "a", "Size": 11}]}"#, to: "a.json")
      let baseline = try project.written()
      #expect(entries(baseline) == ["/Items/{Id=a}/Size 0", "/Items/{Id=a}/Size 1"])
    }
  }

  @Test func whatMeansSomethingInAPointerIsEscaped() throws {
    try withPack { project, _ in
      try project.write(#"{"Items": [{"Id": "a/b~c}", "Size": 10}]}"#, to: "a.json")
      let baseline = try project.written()
      #expect(entries(baseline) == ["/Items/{Id=a~1b~0c}}/Size 0"])
      #expect(try project.check(["a.json"], baseline: baseline).findings.isEmpty)
    }
  }

  @Test func aSecretIsHashed() throws {
    try withPack(Self.pack("identity: { $.Items: Secret }\n  sensitive: $.Items[*].Secret")) {
      project, loading in
      #expect(loading.diagnostics.isEmpty, "\(loading.diagnostics.map(\.message))")
      try project.write(
        #"{"Items": [{"Secret": "canary-1", "Size": 10}, {"Secret": "canary-2", "Size": 10}]}"#,
        to: "a.json")
      let baseline = try project.written()
      let text = String(decoding: baseline.bytes, as: UTF8.self)
      #expect(!text.contains("canary"))
      #expect(text.contains("/Items/{Secret=sha256:"))
      #expect(baseline.entryCount == 2)
      try project.write(
        #"{"Items": [{"Secret": "canary-2", "Size": 10}, {"Secret": "canary-1", "Size": 10}]}"#,
        to: "a.json")
      #expect(try project.check(["a.json"], baseline: baseline).findings.isEmpty)
    }
  }

  @Test func aLongValueIsHashed() throws {
    try withPack { project, _ in
      let id = String(repeating: "long", count: 40)
      try project.write(#"{"Items": [{"Id": "\#(id)", "Size": 10}]}"#, to: "a.json")
      #expect(entries(try project.written()).first?.utf8.count ?? 0 < 60)
    }
  }

  @Test(arguments: [
    ("identity: { $.Itms: Id }", "pack/unreachable-path"),
    ("identity: { $.Items: Idd }", "pack/unknown-member"),
    ("identity: { $.Map: Id }", "pack/unreachable-path"),
    ("identity: { '$.Items[': Id }", "pack/bad-path"),
    ("identity: { $.Items: 5 }", "pack/wrong-type"),
    ("identity: [ $.Items ]", "pack/wrong-type"),
    ("identiti: { $.Items: Id }", "pack/unknown-field"),
  ])
  func mistakesAreTold(fields: String, code: String) throws {
    try withPack(Self.pack(fields)) { _, loading in
      #expect(loading.diagnostics.map(\.code) == [code])
      #expect(loading.diagnostics.first?.location?.region.start.line == 6)
    }
  }

  /// An organisation may say what tells elements apart where the inherited pack does not.
  @Test func aPackThatExtendsAnotherMayNameTheMember() throws {
    try withPack(Self.pack("operation: Items")) { project, _ in
      try project.write(
        """
        requisite: 1
        name: q
        extends: [ p.yaml ]
        request: { identity: { $.Others: Key } }
        """, to: "packs/q.yaml")
      let loading = PackLoader(in: RealFileSystem()).load([
        PackReference("\(project.folder)/packs/q.yaml")
      ])
      #expect(loading.diagnostics.isEmpty, "\(loading.diagnostics.map(\.message))")
      var project = project
      project.packs = loading.packs
      try project.write(
        #"{"Items": [{"Id": "a", "Size": 10}], "Others": [{"Key": "k", "Size": 10}]}"#,
        to: "a.json")
      #expect(
        entries(try project.written()) == ["/Items/0/Size 0", "/Others/{Key=k}/Size 0"])
    }
  }

  @Test func aSuppressionMayNameTheElement() throws {
    try withPack { project, _ in
      try project.write(
        #"{"Items": [{"Id": "a", "Size": 10}, {"Id": "b", "Size": 10}]}"#, to: "a.json")
      let text =
        "requisite: 1\nsuppressions: [{ rule: p/small, path: /a.json, pointer: '/Items/{Id=b}/*', reason: x }]"
      let filter = try #require(
        FindingFilter(
          KnownFindings(
            workingFolder: project.folder,
            root: ProjectRoot(in: RealFileSystem(), path: project.folder),
            suppressions: [
              .init(
                folder: project.folder,
                entries: SuppressionReader.read(
                  SourceFile(path: "i.yaml", bytes: Array(text.utf8))
                ).entries)
            ], today: CalendarDate(secondsSinceEpoch: 0))))
      var linter = LintSession(
        [LintOptions(in: RealFileSystem(), packs: project.packs, applicability: .whenDetected)],
        filter: filter)
      var pointers: [String?] = []
      linter.lint(
        InputSource(
          .file("\(project.folder)/a.json"), shownPath: "a.json", syntax: .json, isExplicit: true)
      ) { pointers += $0.findings.map(\.location.pointer?.description) }
      #expect(pointers == ["/Items/0/Size"])
    }
  }
}
