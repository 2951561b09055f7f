import Foundation
import TestSupport
import Testing

/// What the README shows is true: its commands run, in their order.
struct ReadmeTests {
  /// Each block runs in a copy of the folders that its commands name.
  ///
  /// The gate runs the marked commands, which build and test.
  @Test func everyCommandRuns() async throws {
    let text = try String(contentsOf: repository.appending(path: "README.md"), encoding: .utf8)
    let lines = text.split(separator: "\n")
    var count = 0
    for block in try ShellBlocks.blocks(of: "README.md") {
      try await ShellBlocks.run(block, excluding: ["sudo "]) { command, outcome in
        // The comment behind a command states its exit code, unless that is 0.
        let line = lines.first { $0.hasPrefix(command + " ") } ?? ""
        let stated = line.firstMatch(of: /\s{2}# .*exit code (\d)/)?.1 ?? "0"
        #expect(outcome.status == stated, "\(command)")
        count += 1
      }
    }
    #expect(count >= 10)
  }

  /// The finding at the top is one of the example that the first command checks.
  @Test func theFindingIsReal() async throws {
    let text = try String(contentsOf: repository.appending(path: "README.md"), encoding: .utf8)
    let shown = try #require(text.firstMatch(of: /```text\n([^`]*)\n```/)).1
    try await ShellBlocks.run(
      ["cd Rules/aws/connect/examples", "requisite check several-faults.json"], excluding: []
    ) { _, outcome in
      let output = String(decoding: outcome.output, as: UTF8.self)
      let lines = shown.split(separator: "\n", omittingEmptySubsequences: false)
      #expect(ShownOutput(lines).isPart(of: output), "\(output)")
    }
  }

  @Test func isShort() throws {
    let text = try String(contentsOf: repository.appending(path: "README.md"), encoding: .utf8)
    #expect(text.split(separator: "\n", omittingEmptySubsequences: false).count < 181)
  }
}
