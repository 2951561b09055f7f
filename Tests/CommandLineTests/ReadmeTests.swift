import Foundation
import TestSupport
import Testing

/// What the README shows is true: its commands run, in their order.
struct ReadmeTests {
  /// Each block runs in a copy of the folders that its commands name.
  ///
  /// The gate runs the marked commands, which build and test.
  @Test func everyCommandRuns() async throws {
    var count = 0
    for block in try ShellBlocks.blocks(of: "README.md") {
      try await ShellBlocks.run(block, excluding: ["sudo "]) { command, outcome in
        // Findings end with 1; what is wrong with a command ends with 2.
        let isDone = ["0", "1"].contains(outcome.status)
        #expect(isDone, "\(command): \(outcome.status)")
        count += 1
      }
    }
    #expect(count >= 10)
  }

  @Test func isShort() throws {
    let text = try String(contentsOf: repository.appending(path: "README.md"), encoding: .utf8)
    #expect(text.split(separator: "\n", omittingEmptySubsequences: false).count < 181)
  }
}
