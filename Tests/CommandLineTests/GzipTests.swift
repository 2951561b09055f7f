import Foundation
import Testing

/// The commands with inputs that are compressed with gzip, which no scenario can hold.
struct GzipTests {
  private static let head =
    #""InstanceId": "i-1", "ContactFlowId": "f-1", "ParticipantDetails": {"DisplayName": "Jane Doe"}"#
  /// A request with an error, and one with a finding that can be fixed.
  private static let log =
    "{\(head), \"ClientToken\": \"t-1\", \"ChatDurationInMinutes\": 5}\n"
    + #"{"instanceId": "i-1", "contactFlowId": "f-1", "participantDetails": {"displayName": "J"}, "ClientToken": "t"}"#
    + "\n"

  /// Runs shell commands in a folder with `log.jsonl` and `log.jsonl.gz`; gives the last one's outcome.
  private func run(_ commands: String...) async throws -> (
    status: String, output: String, error: String, isUnchanged: Bool
  ) {
    try await Program.withFolder { folder in
      let file = folder.appending(path: "log.jsonl.gz")
      try Data(Self.log.utf8).write(to: folder.appending(path: "log.jsonl"))
      _ = try await Program.run("gzip -k log.jsonl", in: folder)
      let before = try Data(contentsOf: file)
      var last = ("", "", "")
      for command in commands {
        let outcome = try await Program.run(command, in: folder)
        last = (
          outcome.status, String(decoding: outcome.output, as: UTF8.self),
          String(decoding: outcome.error, as: UTF8.self)
        )
      }
      return (last.0, last.1, last.2, (try? Data(contentsOf: file)) == before)
    }
  }

  @Test(arguments: [
    "requisite check -f compact log.jsonl.gz | sed s/.gz:/:/",
    "cp log.jsonl.gz log.jsonl; requisite check -f compact log.jsonl",
    "requisite check -f compact --stdin-filename log.jsonl - < log.jsonl.gz",
    "requisite check -f compact --stdin-filename log.jsonl.gz - < log.jsonl.gz | sed s/.gz:/:/",
    "requisite check -f compact --stdin-filename log.jsonl.gz - < log.jsonl | sed s/.gz:/:/",
    "rm log.jsonl; requisite check -f compact . | sed s/.gz:/:/",
  ])
  func findingsAreThoseOfTheText(command: String) async throws {
    let plain = try await run("requisite check -f compact log.jsonl")
    #expect(plain.output.contains("log.jsonl:1:"))
    let compressed = try await run(command)
    #expect(compressed.output == plain.output)
  }

  @Test func fixingLeavesTheFileAlone() async throws {
    let fixed = try await run("requisite check -f compact --fix --unsafe-fixes log.jsonl.gz")
    #expect(fixed.status == "2")
    #expect(fixed.isUnchanged)
    #expect(fixed.error.contains("[fix/compressed]"))
    let checked = try await run("requisite check -f compact log.jsonl.gz")
    #expect(
      fixed.output.split(separator: "\n").map { $0.prefix { $0 != " " } }
        == checked.output.split(separator: "\n").map { $0.prefix { $0 != " " } })
    let shown = try await run("requisite check --diff --unsafe-fixes log.jsonl.gz")
    #expect(shown.status == "1")
    #expect(shown.output.contains("+++"))
    #expect(shown.isUnchanged)
  }

  /// Nothing to fix is no error.
  @Test func fixingWithoutFixesChecks() async throws {
    let outcome = try await run(
      "head -n 1 log.jsonl | gzip > one.jsonl.gz", "requisite check --fix one.jsonl.gz")
    #expect(outcome.status == "1")
  }

  @Test func baselineFollowsACompressedLog() async throws {
    let outcome = try await run(
      "rm log.jsonl.gz; requisite baseline write .", "gzip log.jsonl",
      "requisite check --baseline .requisite-baseline.jsonl .")
    #expect(outcome.status == "0", "\(outcome.error)")
  }

  @Test func inspectShowsTheText() async throws {
    let plain = try await run("requisite inspect log.jsonl")
    let compressed = try await run("requisite inspect log.jsonl.gz")
    #expect(!plain.output.isEmpty)
    #expect(compressed.output == plain.output)
  }

  @Test(arguments: ["check", "inspect", "baseline write"])
  func damageIsAnError(command: String) async throws {
    let outcome = try await run(
      "head -c 60 log.jsonl.gz > cut.jsonl.gz", "requisite \(command) cut.jsonl.gz")
    #expect(outcome.status == "2")
    #expect(outcome.error.contains("[input/corrupt-gzip]"))
  }
}
