import Foundation
import TestSupport
import Testing

/// Reports of the built binary are the same for any number of threads.
struct JobReportTests {
  private static let pack = """
    requisite: 1
    name: p
    request: { operation: O, schema: m.yaml }
    rules:
      r: { then: 'self.n * 2 < 10' }
      s: { then: { required: [note] }, severity: warning }
    """

  private static let model = """
    type: object
    required: [n]
    properties: { n: { type: integer }, note: { type: string } }
    additionalProperties: true
    """

  /// Logs of several blocks, an array and files; a rule that cannot be evaluated says nothing new beside the
  /// model's finding.
  private func withInputs(_ body: (URL) async throws -> Void) async throws {
    try await Program.withFolder { folder in
      let lines = [#"{"n": 1}"#, #"{"n": "x"}"#, #"{"n": 9, "note": "a"}"#, #"{"n": "x"}"#]
      let log = (0..<24_000).map { lines[$0 % lines.count] }
      for (name, text) in [
        ("p.yaml", Self.pack), ("m.yaml", Self.model),
        ("a.jsonl", log.joined(separator: "\n")), ("##[b].jsonl", log.joined(separator: "\n")),
        ("c.json", lines[1]), ("d.json", lines[0]),
      ] {
        try Data(text.utf8).write(to: folder.appending(path: name))
      }
      try await body(folder)
    }
  }

  @Test(arguments: [
    "check -f compact", "check -f compact --max-findings 7", "check -f compact=out",
    "check -f compact -f checkstyle=out", "check -f compact --fail-on error --quiet",
    "check -f jsonl --max-findings 20000", "baseline write --baseline out",
    "check -f compact --color always",
  ])
  func threadsChangeNothing(command: String) async throws {
    try await withInputs { folder in
      var outputs: [String] = []
      for jobs in ["1", "3"] {
        let outcome = try await Program.run(
          """
          rm -f out; '\(Program.url.path)' \(command) --pack p.yaml --jobs \(jobs) \
          a.jsonl '##[b].jsonl' c.json d.json > report 2> messages
          echo $?; wc -l report messages; cat report messages out 2> /dev/null | cksum
          """, in: folder)
        outputs.append(String(decoding: outcome.output, as: UTF8.self))
      }
      #expect(outputs[0] == outputs[1])
      #expect(!outputs[0].hasPrefix("2\n"), "\(outputs[0])")
    }
  }

  /// A comment for a rule that ran on the log before, and not on its own file, is not unused.
  @Test(arguments: ["1", "2"])
  func runsOnLogsAreNotThoseOfLaterFiles(jobs: String) async throws {
    try await Program.withFolder { folder in
      var files = [
        ".requisite.yaml": "requisite: 1\npacks: [a.yaml, b.yaml]",
        "m.yaml": "type: object",
        "log.jsonl": #"{"a": 1}"#,
        "request.yaml": "# requisite: ignore a/r why\nb: 1",
      ]
      for name in ["a", "b"] {
        files["\(name).yaml"] = """
          requisite: 1
          name: \(name)
          request: { operation: O\(name), schema: m.yaml, detect: { required: [\(name)] } }
          rules: { r: { then: 'self.\(name) < 10' } }
          """
      }
      for (name, text) in files { try Data(text.utf8).write(to: folder.appending(path: name)) }
      let outcome = try await Program.run(
        "'\(Program.url.path)' check -f compact --jobs \(jobs) log.jsonl request.yaml 2>&1",
        in: folder)
      #expect(
        String(decoding: outcome.output, as: UTF8.self) == "no findings in 2 files (2 requests)\n")
    }
  }
}
