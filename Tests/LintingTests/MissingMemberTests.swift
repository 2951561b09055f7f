import Findings
import Linting
import RequisiteFiles
import RulePacks
import TestSupport
import SourceText
import Testing

/// Where a member that is missing would be.
struct MissingMemberTests {
  /// Names that need an escape in a normalised path, or in a pointer, or in neither.
  @Test(arguments: [
    ("it's", "/it's", #"$['a']['it\'s']"#), (#"a\b"#, #"/a\b"#, #"$['a']['a\\b']"#),
    ("x/y~z", "/x~1y~0z", "$['a']['x/y~z']"), (#"say "é""#, #"/say "é""#, #"$['a']['say "é"']"#),
    ("", "/", "$['a']['']"), ("tab\there", "/tab\there", #"$['a']['tab\there']"#),
  ])
  func hasItsPath(name: String, pointer: String, path: String) throws {
    try withFolder { folder in
      let quoted = String(
        "\""
          + name.replacing("\\", with: #"\\"#).replacing("\"", with: "\\\"")
          .replacing("\t", with: "\\t") + "\"")
      try write(
        """
        requisite: 1
        name: p
        request: { detect: { required: [a] } }
        rules:
          has-member:
            description: The member is there.
            given: $.a
            then: { required: [\(quoted)] }
        """, to: "\(folder)/p.yaml")
      let loading = PackLoader(in: RealFileSystem()).load([PackReference("\(folder)/p.yaml")])
      #expect(loading.diagnostics.map(\.message) == [])
      for text in [#"{"a": {}}"#, #"{"b": {"a": 1}, "a": {"other": {}}}"#] {
        var linter = LintSession([
          LintOptions(in: RealFileSystem(), packs: loading.packs, applicability: .always)
        ])
        let result = linter.lint(
          Array(text.utf8),
          of: InputSource(.file("a.json"), shownPath: "a.json", syntax: .json, isExplicit: true))
        #expect(result.findings.map(\.location.pointer?.description) == ["/a\(pointer)"])
        #expect(result.findings.map(\.location.normalizedPath) == [path])
      }
    }
  }

  /// A sensitive value that no tree holds is not shown either: behind a second document, and where
  /// the text ends inside it.
  @Test(arguments: [
    #"{HEAD} oops "CustomerId": 4711, "X": 1}"#, #"{HEAD} oops "CustomerId": "4711", "X": 1}"#,
    #"{HEAD, "CustomerId": 4711"#, #"{HEAD, "CustomerId": "4711"#, #"{HEAD, "CustomerId": [4711, "#,
    #"{HEAD, "CustomerId": "a\"#,
  ])
  func whatIsSensitiveIsNotShown(text: String) {
    let head =
      #""InstanceId": "i-1", "ContactFlowId": "f-1", "ParticipantDetails": {"DisplayName": "J"}"#
    let text = text.replacing("HEAD", with: head)
    let result = lint(text.utf8)
    #expect(!result.findings.isEmpty)
    for finding in result.findings {
      for location in [finding.location] + finding.related.map(\.location) {
        let excerpt = location.excerpt?.text ?? ""
        #expect(!excerpt.contains("4711"), "\(excerpt)")
      }
      #expect(!finding.message.contains("4711"), "\(finding.message)")
    }
    // What is not sensitive is shown where a value follows the sensitive one.
    if text.hasSuffix("\"X\": 1}") {
      #expect(
        result.findings.allSatisfy { $0.location.excerpt?.text.contains("‹redacted›") ?? true })
    }
  }
}
