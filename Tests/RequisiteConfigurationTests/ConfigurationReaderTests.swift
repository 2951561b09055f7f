import RequisiteConfiguration
import Findings
import Documents
import RequisitePatterns
import RulePacks
import SourceText
import TestSupport
import Testing

/// Reads a configuration of the folder `/r`.
func readConfiguration(_ text: String, path: String = ".requisite.yaml") -> ConfigurationReading {
  ConfigurationReader.read(SourceFile(path: path, bytes: Array(text.utf8)), root: "/r")
}

extension ConfigurationReading {
  /// The diagnostics, each as `line:column: code: message`.
  var lines: [String] {
    diagnostics.map { diagnostic in
      let start = diagnostic.location?.region.start
      return
        "\(start?.line ?? 0):\(start?.column ?? 0): \(diagnostic.code): \(diagnostic.message)"
    }
  }
}

struct ConfigurationReaderTests {
  private static let whole = """
    requisite: 1
    packs: [aws-connect-chat, ./policies/acme-chat.yaml]
    casing: snake
    exclude: ['vendor/**', '*.generated.json']
    parameters: { aws-connect-chat.maxAttributeBytes: 16384 }
    rules:
      aws-connect-chat/client-token-recommended: off
      acme-chat/tenant-attribute: warning
    files:
      'requests/**/*.json':
        packs: [b.yaml]
        operation: StartChatContact
        casing: wire
        rules: { aws-connect-chat/schema/casing: info }
        exclude: false
        fail-on: warning
        suppression-comments: true
    suppression-comments: false
    suppressions: [{ rule: a/b, reason: r }]
    baseline: sub/../.requisite-baseline.jsonl
    fail-on: never
    formats: [text, sarif=out/r.sarif, json=-]

    """

  @Test func readsEverything() throws {
    let reading = readConfiguration(Self.whole)
    #expect(reading.lines == [])
    let configuration = try #require(reading.configuration)
    #expect(configuration.root == "/r")
    #expect(
      configuration.packs?.map(\.value) == ["aws-connect-chat", "policies/acme-chat.yaml"])
    #expect(configuration.casing?.value == .snake)
    #expect(configuration.exclude.map(\.glob.text) == ["vendor/**", "*.generated.json"])
    #expect(configuration.parameters.map(\.name) == ["aws-connect-chat.maxAttributeBytes"])
    #expect(
      configuration.rules.map { "\($0.id.value) \($0.severity?.rawValue ?? "off")" } == [
        "aws-connect-chat/client-token-recommended off", "acme-chat/tenant-attribute warning",
      ])
    #expect(configuration.rules.map(\.location.region.start.line) == [7, 8])
    let entry = try #require(configuration.files.first)
    #expect(entry.pattern.glob.matches("requests/a/b.json"))
    #expect(entry.packs?.map(\.value) == ["b.yaml"])
    #expect(entry.operation?.value == "StartChatContact")
    #expect(entry.casing?.value == .wire)
    #expect(entry.rules.map(\.severity) == [.info])
    #expect(entry.exclude?.value == false)
    #expect(entry.failOn?.value == .warning)
    #expect(entry.suppressionComments?.value == true)
    #expect(configuration.suppressionComments?.value == false)
    #expect(configuration.suppressions.map(\.nodes.count) == [1])
    #expect(configuration.baselinePath?.value == ".requisite-baseline.jsonl")
    #expect(configuration.failOn?.value == .never)
    #expect(configuration.formats?.map(\.format.value) == ["text", "sarif", "json"])
    #expect(configuration.formats?.map(\.path) == [nil, "out/r.sarif", nil])
  }

  @Test func needsNothingButTheVersion() throws {
    let configuration = try #require(readConfiguration("requisite: 1\n").configuration)
    #expect(configuration.packs == nil && configuration.files.isEmpty)
    #expect(readConfiguration(#"{"requisite": 1}"#, path: "c.json").configuration != nil)
  }

  @Test(
    arguments: [
      ("", ["1:1 config/syntax"]),
      ("# nothing\n", ["1:1 config/syntax"]),
      ("packs: [a]\n", ["1:1 config/missing-key"]),
      ("requisite: 2\n", ["1:12 config/bad-value"]),
      ("requisite: '1'\n", ["1:12 config/bad-value"]),
      ("- requisite\n", ["1:1 config/wrong-type"]),
      ("requisite: 1\npack: [a]\n", ["2:1 config/unknown-key"]),
      ("requisite: 1\ncolour: red\n", ["2:1 config/unknown-key"]),
      ("requisite: 1\npacks: a\n", ["2:8 config/wrong-type"]),
      ("requisite: 1\nfiles: { a: { packs: [] } }\n", ["2:15 config/bad-value"]),
      ("requisite: 1\npacks: ['']\n", ["2:9 config/bad-value"]),
      ("requisite: 1\npacks: [3]\n", ["2:9 config/wrong-type"]),
      ("requisite: 1\ncasing: snak\n", ["2:9 config/bad-value"]),
      ("requisite: 1\nsuppression-comments: 'no'\n", ["2:23 config/wrong-type"]),
      ("requisite: 1\nsuppression-comments:\n", ["2:22 config/wrong-type"]),
      ("requisite: 1\nrules: {a/b: erorr}\n", ["2:14 config/bad-value"]),
      ("requisite: 1\nrules: {a/b: true}\n", ["2:14 config/bad-value"]),
      ("requisite: 1\nrules: [a/b]\n", ["2:1 config/wrong-type"]),
      ("requisite: 1\nfail-on: off\n", ["2:10 config/bad-value"]),
      ("requisite: 1\nfiles: {'a': {casin: wire}}\n", ["2:15 config/unknown-key"]),
      (
        "requisite: 1\nfiles: {'../a': {}, 'b//c': {exclude: 1}}\n",
        ["2:10 config/bad-pattern", "2:23 config/bad-pattern", "2:39 config/wrong-type"]
      ),
      (
        "requisite: 1\nexclude: ['a[b', \"x/\\u002e./y\"]\n",
        ["2:13 config/bad-pattern", "2:21 config/bad-pattern"]
      ),
      (
        "requisite: 1\npacks: [/a.yaml, ../a.yaml, 'a\\b', 'https://a/b', 'C:/a', 'x/.GIT/y']\n",
        [
          "2:9 config/bad-path",
          "2:29 config/bad-path",
          "2:36 config/bad-path",
          "2:51 config/bad-path",
          "2:59 config/bad-path",
        ]
      ),
      ("requisite: 1\nbaseline: /a\n", ["2:11 config/bad-path"]),
      (
        "requisite: 1\nformats: ['sarif=', 'text=../x', 'json=.git/hooks/pre-commit']\n",
        ["2:11 config/bad-path", "2:21 config/bad-path", "2:34 config/bad-path"]
      ),
      (
        "requisite: 1\nparameters: {a: 1, .b: 2, c.: 3, d.e: 4}\n",
        ["2:14 config/bad-value", "2:20 config/bad-value", "2:27 config/bad-value"]
      ),
      ("requisite: 1\nrequisite: 1\n", ["2:1 config/duplicate-key"]),
      ("requisite: 1\npacks: [a\ncasing: x\n", ["3:7 config/syntax"]),
      ("requisite: 1\nsuppressions: a\n", ["2:15 config/wrong-type"]),
    ] as [(String, [String])])
  func reportsErrors(text: String, lines: [String]) {
    let reading = readConfiguration(text)
    #expect(reading.diagnostics.map { $0.place() } == lines)
    #expect(reading.configuration == nil)
    expectMessages(reading.diagnostics.map(\.goldenLine), of: text)
  }
}
