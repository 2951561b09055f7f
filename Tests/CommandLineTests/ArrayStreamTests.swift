import Foundation
import Testing

/// Large arrays of requests from standard input and pipes.
struct ArrayStreamTests {
  private static let head =
    #""InstanceId": "i-1", "ContactFlowId": "f-1", "ParticipantDetails": {"DisplayName": "Jane Doe"}, "ClientToken": "t-1""#
  private static let array: String = {
    let good = "{\(head)}"
    let bad = "{\(head), \"ChatDurationInMinutes\": 5}"
    let elements = (0..<12_000).map { $0 % 400 == 0 ? bad : good }
    return "[\(elements.joined(separator: ",\n"))]\n"
  }()

  private func run(_ command: String) async throws -> (
    status: String, output: String, error: String
  ) {
    try await Program.withFolder { folder in
      try FileManager.default.createDirectory(
        at: folder.appending(path: "tmp"), withIntermediateDirectories: false)
      try Data(Self.array.utf8).write(to: folder.appending(path: "a.json"))
      let outcome = try await Program.run(command, in: folder)
      let left = try FileManager.default.contentsOfDirectory(
        atPath: folder.appending(path: "tmp").path)
      #expect(left == [])
      return (
        outcome.status, String(decoding: outcome.output, as: UTF8.self),
        String(decoding: outcome.error, as: UTF8.self)
      )
    }
  }

  /// The report is that of the file, byte for byte.
  @Test(
    arguments: [
      "cat a.json | TMPDIR=tmp requisite check -f FORMAT -j 2 --stdin-filename a.json -",
      "requisite check -f FORMAT -j 1 --stdin-filename a.json - < a.json",
      "gzip -c a.json | requisite check -f FORMAT --stdin-filename a.json -",
      "gzip a.json; requisite check -f FORMAT --stdin-filename a.json - < a.json.gz",
      "cat a.json | TMPDIR=no/such requisite check -f FORMAT -j 2 --stdin-filename a.json -",
      "cat a.json | TMPDIR=a.json requisite check -f FORMAT -j 1 --stdin-filename a.json -",
      "cat a.json | TMPDIR=/proc requisite check -f FORMAT --stdin-filename a.json -",
      "mv a.json b.json; mkfifo a.json; cat b.json > a.json & requisite check -f FORMAT a.json",
      "(printf 'x\\n'; cat a.json) > b.json; (read line; requisite check -f FORMAT --stdin-filename a.json -) < b.json",
    ], ["compact", "sarif"])
  func reportsAreThoseOfTheFile(command: String, format: String) async throws {
    // A pipe has no name that tells two runs apart, and so other fingerprints.
    if command.contains("mkfifo"), format != "compact" { return }
    let file = try await run("requisite check -f \(format) a.json")
    #expect(file.status == "1")
    let stream = try await run(command.replacing("FORMAT", with: format))
    #expect(stream.status == "1", "\(stream.error)")
    #expect(stream.output == file.output)
  }

  /// Without room for all of it, nothing is checked, and the run says so.
  @Test func anArrayThatIsKeptInPartIsAnError() async throws {
    let outcome = try await run("cat a.json | (ulimit -f 100; TMPDIR=tmp requisite check -)")
    #expect(outcome.status == "2")
    #expect(outcome.error.contains("[input/unreadable]"))
    #expect(outcome.error.contains("TMPDIR"))
    #expect(outcome.output == "")
  }

  #if os(Linux)
  /// A run that is killed leaves nothing behind; `run` looks.
  @Test(arguments: [("TERM", "143"), ("KILL", "137")])
  func killedRunsLeaveNothing(signal: String, status: String) async throws {
    // The pipe stays open for writing, so that the run waits for more of the array, with the file open.
    let outcome = try await run(
      """
      mkfifo p; exec 3<> p; TMPDIR=tmp requisite check - < p & P=$!; timeout 60 cat a.json >&3
      for I in $(seq 600); do
        if ls -l /proc/$P/fd | grep -q 'tmp/.*(deleted)'; then kill -\(signal) $P; wait $P; exit; fi
        sleep 0.1
      done
      kill -KILL $P; exit 99
      """)
    #expect(outcome.status == status, "\(outcome.error)")
  }
  #endif
}
