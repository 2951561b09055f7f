import Foundation
import TestSupport
import Testing

/// The commands of the documentation's pages run, in their order, page by page.
///
/// A page starts in a folder with a copy of `Rules`. A block of code behind a line that ends in
/// `` `NAME`: `` is the content of that file. A `text` block right behind an `sh` block is what its
/// last command prints; a line with only `…` stands for lines that are left out.
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
      #expect(
        ShownOutput(shown).isPart(of: output), "\(page): \(command) prints otherwise:\n\(output)")
    }
    #expect(count > 0)
  }

  /// A block of output shows what a command prints, so that the program cannot change without it.
  @Test(arguments: pages) func everyOutputHasACommand(page: String) throws {
    let text = try String(
      contentsOf: repository.appending(path: "\(Self.folder)/\(page)"), encoding: .utf8)
    #expect(Self.outputs(in: text).count == text.components(separatedBy: "```text\n").count - 1)
  }

  /// The lines of a `text` block right behind an `sh` block, by the last command of that.
  private static func outputs(in page: String) -> [String: [Substring]] {
    var outputs: [String: [Substring]] = [:]
    for match in page.matches(of: /```sh\n([^`]*)\n```\n\n```text\n([^`]*)\n```/) {
      guard let command = ShellBlocks.blocks(in: "```sh\n\(match.1)\n```").joined().last else {
        continue
      }
      outputs[command] = match.2.split(separator: "\n", omittingEmptySubsequences: false)
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

/// What a page shows of a command's output.
struct ShownOutput {
  private let parts: [[Substring]]

  init(_ lines: [Substring]) {
    parts = lines.split { $0.trimmingCharacters(in: .whitespaces) == "…" }.map(Array.init)
  }

  /// Whether an output has the lines: those of each part in a row, and the parts in their order.
  func isPart(of output: String) -> Bool {
    var rest = output.split(separator: "\n", omittingEmptySubsequences: false)[...]
    for part in parts {
      guard let start = rest.indices.first(where: { rest[$0...].starts(with: part) }) else {
        return false
      }
      rest = rest[(start + part.count)...]
    }
    return true
  }
}

struct ShownOutputTests {
  @Test(arguments: [
    ("a\nb", true), ("b\nc", true), ("a\n…\nc", true), ("…\nd", true), ("a\n  …\nd", true),
    ("a\nc", false), ("b\na", false), ("c\n…\nb", false), ("e", false), ("a\n…\na", false),
  ])
  func partsAreInOrder(shown: String, isPart: Bool) {
    let lines = shown.split(separator: "\n", omittingEmptySubsequences: false)
    #expect(ShownOutput(lines).isPart(of: "a\nb\nc\nd\n") == isPart)
  }
}
