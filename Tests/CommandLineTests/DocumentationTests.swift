import Foundation
import TestSupport
import Testing

/// The commands of the documentation's pages run, in their order, page by page.
///
/// A page starts in a folder with a copy of `Rules`. A block of code behind a line that ends in
/// `` `NAME`: `` is the content of that file.
struct DocumentationTests {
  private static let folder = "Sources/requisite/Documentation.docc"

  /// Commands that need rights, a network or another program.
  private static let excluded = ["sudo ", "git ", "pre-commit ", "curl "]

  static let pages: [String] =
    ((try? FileManager.default.contentsOfDirectory(
      atPath: repository.appending(path: folder).path)) ?? [])
    .filter { page in
      page.hasSuffix(".md") && !((try? ShellBlocks.blocks(of: "\(folder)/\(page)")) ?? []).isEmpty
    }
    .sorted()

  @Test func pagesAreFound() { #expect(Self.pages.count >= 6) }

  @Test(arguments: pages) func everyCommandRuns(page: String) async throws {
    let path = "\(Self.folder)/\(page)"
    let text = try String(contentsOf: repository.appending(path: path), encoding: .utf8)
    let outputs = Self.outputs(in: text)
    var count = 0
    try await ShellBlocks.run(
      try ShellBlocks.blocks(of: path).joined(), with: Self.files(in: text),
      excluding: Self.excluded
    ) { command, outcome in
      let error = String(decoding: outcome.error, as: UTF8.self)
      // A page may show an error, and then the text of it.
      let shown = outputs[command] ?? []
      let showsError = shown.contains { $0.contains(" error: ") }
      let isDone = ["0", "1"].contains(outcome.status) || showsError && outcome.status == "2"
      #expect(isDone, "\(page): \(command): \(outcome.status): \(error)")
      count += 1
      let output = String(decoding: outcome.output, as: UTF8.self) + error
      for line in shown {
        #expect(output.contains(line), "\(page): \(command) does not print \(line)")
      }
    }
    #expect(count > 0)
  }

  /// The lines of a `text` block right behind an `sh` block, by the last command of that.
  private static func outputs(in page: String) -> [String: [String]] {
    var outputs: [String: [String]] = [:]
    for match in page.matches(of: /```sh\n([^`]*)\n```\n\n```text\n([^`]*)\n```/) {
      guard let command = match.1.split(separator: "\n").last else { continue }
      outputs[String(command)] = match.2.split(separator: "\n").map(String.init)
    }
    return outputs
  }

  /// The files whose content a page shows, by name.
  private static func files(in page: String) -> [(name: String, content: String)] {
    var files: [(name: String, content: String)] = []
    var name: String?
    var isInside = false
    for line in page.components(separatedBy: "\n") {
      if line.hasPrefix("```") {
        isInside.toggle()
        if isInside, let name { files.append((name, "")) }
        if !isInside { name = nil }
      } else if isInside {
        if name != nil { files[files.count - 1].content += line + "\n" }
      } else if !line.isEmpty {
        name = line.firstMatch(of: /`([\w.-]+\.(?:yaml|json|jsonl))`:$/).map { String($0.1) }
      }
    }
    return files
  }
}
