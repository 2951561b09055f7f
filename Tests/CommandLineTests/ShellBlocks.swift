import Foundation
import TestSupport
import Testing

/// The shell commands that a page of documentation shows.
enum ShellBlocks {
  /// The commands of each `sh` block of a page, by its path in the repository.
  ///
  /// A line that ends in a backslash continues; comments are dropped, whether a line of their own or
  /// two spaces behind a command. Blocks after a `<!-- command: … -->` are left out: another test
  /// runs those.
  static func blocks(of page: String) throws -> [[String]] {
    blocks(in: try String(contentsOf: repository.appending(path: page), encoding: .utf8))
  }

  /// The commands of each `sh` block of a text in Markdown.
  static func blocks(in text: String) -> [[String]] {
    var blocks: [[String]] = []
    var block: [String]?
    var start = ""
    var isMarked = false
    for line in text.split(separator: "\n", omittingEmptySubsequences: false) {
      let trimmed = line.trimmingCharacters(in: .whitespaces)
      if trimmed.hasPrefix("<!-- command: ") {
        isMarked = true
      } else if trimmed.hasPrefix("```") {
        if let commands = block {
          if !isMarked { blocks.append(commands) }
          (block, isMarked) = (nil, false)
        } else if trimmed == "```sh" {
          block = []
        } else {
          isMarked = false
        }
      } else if block != nil {
        let code = start + (trimmed.hasPrefix("#") ? "" : line.components(separatedBy: "  #")[0])
        let command = code.trimmingCharacters(in: .whitespaces)
        if command.hasSuffix("\\") {
          start = command.dropLast() + " "
        } else {
          start = ""
          if !command.isEmpty { block?.append(command) }
        }
      }
    }
    return blocks
  }

  /// Runs commands in their order, in a folder with a copy of `Rules` and the given files.
  ///
  /// A command runs where the `cd` before it leads, and the files are there. Those that begin with one
  /// of `excluded` are left out. `body` is called with each command and what it did.
  static func run(
    _ commands: some Sequence<String>, with files: [(name: String, content: String)] = [],
    excluding excluded: [String], _ body: (String, Program.Outcome) throws -> Void
  ) async throws {
    try await Program.withFolder { folder in
      try FileManager.default.copyItem(
        at: repository.appending(path: "Rules"), to: folder.appending(path: "Rules"))
      func writeFiles(to place: URL) throws {
        for (name, content) in files {
          try Data(content.utf8).write(to: place.appending(path: name))
        }
      }
      var place = folder
      try writeFiles(to: place)
      for command in commands where !excluded.contains(where: command.hasPrefix) {
        if command.hasPrefix("cd ") {
          place = place.appending(path: String(command.dropFirst(3)))
          try writeFiles(to: place)
        } else {
          try body(command, try await Program.run(command, in: place))
        }
      }
    }
  }
}

struct ShellBlocksTests {
  @Test func commandsAreFoundByBlock() {
    let page = """
      Text with `requisite check`.

      ```sh
      # A comment of its own.
      cd Rules   # where the packs are
      requisite check a.json \\
        --fail-on warning
      ```

      ```yaml
      a: 1
      ```

      <!-- command: run elsewhere -->
      ```sh
      make
      ```

      - an item
        ```sh
        echo '#'
        ```
      """
    #expect(
      ShellBlocks.blocks(in: page) == [
        ["cd Rules", "requisite check a.json    --fail-on warning"], ["echo '#'"],
      ])
  }

  @Test func anUnmarkedBlockFollowsAMarkedOne() {
    let page = "<!-- command: x -->\n```sh\na\n```\n```sh\nb\n```\n"
    #expect(ShellBlocks.blocks(in: page) == [["b"]])
  }
}
