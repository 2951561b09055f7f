import Testing

/// Declarations that other modules see have a comment in the sources.
struct DocumentationCommentTests {
  /// A declaration for other modules.
  private struct Declaration {
    let location: String
    /// The text up to its body, in one line.
    let text: String
    /// The lines of its comment.
    let comment: [Substring]

    /// Whether the function itself throws, and not only a closure that it takes.
    var isThrowing: Bool {
      guard text.contains(/\b(func|init|get)\b/) else { return false }
      var depth = 0
      let outside = text.filter { character in
        if character == "(" { depth += 1 }
        defer { if character == ")" { depth -= 1 } }
        return depth == 0
      }
      return outside.contains(/\bthrows\b/)
    }
  }

  private static func declarations(in lines: [Substring], of file: String) -> [Declaration] {
    lines.indices.compactMap { index in
      let line = lines[index].drop { $0 == " " }
      guard line.hasPrefix("p") || line.hasPrefix("@"),
        line.contains(/^(@\w+(\([^)]*\))? )*(public|package) (?!import |extension )/)
      else { return nil }
      var start = index
      while start > 0, lines[start - 1].contains(/^ *@\w+/) { start -= 1 }
      let comment = lines[..<start].reversed().prefix { $0.contains(/^ *\/\/\//) }
      var text = String(lines[index])
      if text.contains(/\b(func|init)\b/) {
        for line in lines[(index + 1)...].prefix(12) where !text.contains("{") {
          text += " " + line
        }
      }
      let head = text.prefix { $0 != "{" }
      return Declaration(
        location: "\(file):\(index + 1)", text: String(head), comment: Array(comment))
    }
  }

  /// Every declaration says what it is; every one that throws says what and when.
  @Test func declarationsAreDocumented() throws {
    var count = 0
    var throwing = 0
    for file in try Sources.swiftFiles(in: "Sources") {
      for declaration in Self.declarations(in: try Sources.lines(of: file), of: file) {
        count += 1
        #expect(!declaration.comment.isEmpty, "\(declaration.location): \(declaration.text)")
        guard declaration.isThrowing else { continue }
        throwing += 1
        #expect(
          declaration.comment.contains { $0.contains("/// - Throws: ") },
          "\(declaration.location): \(declaration.text): what does it throw?")
      }
    }
    #expect(count > 1000)
    #expect(throwing > 20)
  }

  @Test func findsWhatIsMissing() {
    let lines: [Substring] = [
      "/// A type.", "package struct A {", "  package var a = 1", "  /// Reads.",
      "  @discardableResult",
      "  package func read(", "    _ body: (Int) throws -> Int", "  ) throws(E) -> Int {",
      "  /// Calls.", "  package func call(_ body: () throws -> Int) rethrows {",
      "package import B",
      "  /// A private one.", "  func c() throws {",
    ]
    let found = Self.declarations(in: lines, of: "A.swift")
    #expect(found.map(\.location) == ["A.swift:2", "A.swift:3", "A.swift:6", "A.swift:10"])
    #expect(found.map(\.isThrowing) == [false, false, true, false])
    #expect(found.map(\.comment.isEmpty) == [false, true, false, false])
  }
}
