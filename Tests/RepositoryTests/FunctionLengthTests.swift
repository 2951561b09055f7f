import Testing

/// Functions of the command line are short: a command parses arguments, runs, and picks an exit code.
struct FunctionLengthTests {
  /// The most lines of a function, from its first line to its closing brace.
  private static let limit = 40

  /// A function, initializer, or computed property.
  private struct Function {
    let line: Int
    let name: String
    let length: Int
  }

  /// The functions of a file.
  ///
  /// The formatter puts the brace that ends a declaration alone on a line, below the declaration's first
  /// character.
  private static func functions(in lines: [Substring]) -> [Function] {
    lines.indices.compactMap { start in
      let line = lines[start]
      let indent = line.prefix { $0 == " " }
      let words = line.dropFirst(indent.count).split { " (<:[?".contains($0) }
      guard let kind = words.firstIndex(where: { ["func", "init", "deinit", "var"].contains($0) }),
        words[..<kind].allSatisfy({ isModifier($0) })
      else { return nil }
      // The signature ends with the first line that ends with a brace; a requirement or a stored
      // property has none before the next declaration.
      let body = lines[start...].firstIndex { $0.hasSuffix("{") || $0.isEmpty }
      guard let body, lines[body].hasSuffix("{"),
        let end = lines[body...].firstIndex(where: { $0 == indent + "}" })
      else { return nil }
      return Function(
        line: start + 1, name: words[kind...].prefix(2).joined(separator: " "),
        length: end - start + 1)
    }
  }

  private static func isModifier(_ word: Substring) -> Bool {
    word.hasPrefix("@")
      || [
        "private", "fileprivate", "package", "public", "static", "mutating", "consuming",
        "convenience", "override", "lazy", "nonisolated", "set)",
      ].contains(word)
  }

  @Test func functionsOfTheCommandLineAreShort() throws {
    var count = 0
    for file in try Sources.swiftFiles(in: "Sources/requisite") {
      for function in Self.functions(in: try Sources.lines(of: file)) {
        count += 1
        #expect(
          function.length <= Self.limit,
          "\(file):\(function.line): \(function.name) has \(function.length) lines")
      }
    }
    #expect(count > 200, "the scanner found \(count) functions")
  }

  @Test func scannerSeesWholeFunctions() {
    let text = """
      struct A {
        var stored = 1
        private(set) var other: Int

        @discardableResult
        static func long(
          _ a: Int
        ) throws -> Int {
          if a > 0 {
            return 1
          }
          return 2
        }

        var computed: Int {
          1
        }
      }
      """
    let found = Self.functions(
      in: text.split(separator: "\n", omittingEmptySubsequences: false))
    #expect(found.map(\.length) == [8, 3])
    #expect(found.map(\.line) == [6, 15])
  }
}
