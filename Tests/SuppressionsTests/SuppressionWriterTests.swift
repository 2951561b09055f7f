import Documents
import Findings
import SourceText
import Suppressions
import Testing

struct SuppressionWriterTests {
  private static let entry = SuppressionText(
    rule: "p/r", path: "b/c.json", pointer: "/A", reason: "it's due: #7", owner: "chat")

  private static func adding(
    _ entry: SuppressionText = entry, to text: String
  ) throws -> String {
    let bytes = try SuppressionWriter.adding(
      entry, to: SourceFile(path: "i.yaml", bytes: Array(text.utf8)))
    return String(decoding: bytes, as: UTF8.self)
  }

  private static let block = """
    rule: p/r
        path: b/c.json
        pointer: /A
        reason: 'it''s due: #7'
        owner: chat

    """

  @Test(arguments: [
    // Behind the last entry, at its indentation; comments stay where they are.
    (
      """
      # why
      requisite: 1
      suppressions:
        # the first
        - rule: p/q   # yes
          path: a/b
          reason: |
            two
            lines
        # the end
      """ + "\n",
      """
      # why
      requisite: 1
      suppressions:
        # the first
        - rule: p/q   # yes
          path: a/b
          reason: |
            two
            lines
        - \(block)  # the end
      """ + "\n"
    ),
    // At the margin, and without a line end at the end.
    (
      "requisite: 1\nsuppressions:\n- path: a/b\n  reason: x\n  rule: p/q",
      "requisite: 1\nsuppressions:\n- path: a/b\n  reason: x\n  rule: p/q\n- rule: p/r\n  path: b/c.json\n  pointer: /A\n  reason: 'it''s due: #7'\n  owner: chat"
    ),
    // Other keys go on behind the list.
    (
      "suppressions:\n  - rule: p/q\n    path: a/b\n    reason: x\n\nrequisite: 1\n",
      "suppressions:\n  - rule: p/q\n    path: a/b\n    reason: x\n  - \(block)\nrequisite: 1\n"
    ),
    // In braces, as the last one.
    (
      "requisite: 1\nsuppressions:\n  - { rule: p/q, path: a/b, reason: x } # c\n",
      "requisite: 1\nsuppressions:\n  - { rule: p/q, path: a/b, reason: x } # c\n  - { rule: p/r, path: b/c.json, pointer: /A, reason: 'it''s due: #7', owner: chat }\n"
    ),
    // In brackets, on one line and on several.
    (
      "requisite: 1\nsuppressions: [{ rule: p/q, path: a/b, reason: x }] # c\n",
      "requisite: 1\nsuppressions: [{ rule: p/q, path: a/b, reason: x }, { rule: p/r, path: b/c.json, pointer: /A, reason: 'it''s due: #7', owner: chat }] # c\n"
    ),
    (
      "{\"requisite\": 1, \"suppressions\": [\n  {\"rule\": \"p/q\", \"path\": \"a/b\", \"reason\": \"x\"}\n]}\n",
      "{\"requisite\": 1, \"suppressions\": [\n  {\"rule\": \"p/q\", \"path\": \"a/b\", \"reason\": \"x\"},\n  {\"rule\": \"p/r\", \"path\": \"b/c.json\", \"pointer\": \"/A\", \"reason\": \"it's due: #7\", \"owner\": \"chat\"}\n]}\n"
    ),
    // Where there is none yet.
    (
      "requisite: 1\n", "requisite: 1\nsuppressions:\n  - \(block)"
    ),
    (
      "requisite: 1\nsuppressions:\n  # none\nx: 1\n",
      "requisite: 1\nsuppressions:\n  - \(block)  # none\nx: 1\n"
    ),
    (
      "suppressions: []\nrequisite: 1\n", "suppressions:\n  - \(block)requisite: 1\n"
    ),
    (
      "suppressions: ~\nrequisite: 1\n", "suppressions:\n  - \(block)requisite: 1\n"
    ),
    (
      "suppressions:   null\nrequisite: 1\n", "suppressions:\n  - \(block)requisite: 1\n"
    ),
    (
      "suppressions: null # none\nrequisite: 1\n",
      "suppressions: # none\n  - \(block)requisite: 1\n"
    ),
    (
      "requisite: 1\nsuppressions: ~ # none",
      "requisite: 1\nsuppressions: # none\n  - \(block.dropLast())"
    ),
    (
      "requisite: 1\nsuppressions:\n  # a\n  Null   # b\n",
      "requisite: 1\nsuppressions:\n  # a   # b\n  - \(block)"
    ),
    ("requisite: 1\nsuppressions: null", "requisite: 1\nsuppressions:\n  - \(block.dropLast())"),
    (
      "suppressions: [] # none\nrequisite: 1\n",
      "suppressions: [{ rule: p/r, path: b/c.json, pointer: /A, reason: 'it''s due: #7', owner: chat }] # none\nrequisite: 1\n"
    ),
  ])
  func addsOneEntryAndKeepsTheRest(before: String, after: String) throws {
    #expect(try Self.adding(to: before) == after)
  }

  @Test(arguments: ["null # c", "~", "", "# c", "[] # c", "null", "  # c\r\n  # d"])
  func lineEndsOfAnEmptyListStay(value: String) throws {
    for end in ["\r\n", "\r\nx: 1\r\n"] {
      let after = try Self.adding(to: "requisite: 1\r\nsuppressions: \(value)\(end)")
      #expect(after.utf8.count(where: { $0 == 0x0A }) == after.utf8.count(where: { $0 == 0x0D }))
      #expect(after.contains("# c") == value.contains("# c"))
      #expect(after.hasSuffix("x: 1\r\n") == end.contains("x"))
    }
  }

  @Test func lineEndsStayAsTheyAre() throws {
    let before =
      "requisite: 1\r\nsuppressions:\r\n  - rule: p/q\r\n    path: a/b\r\n    reason: x\r\n"
    let after = try Self.adding(to: before)
    #expect(after.utf8.starts(with: before.utf8))
    #expect(after.utf8.count(where: { $0 == 0x0A }) == after.utf8.count(where: { $0 == 0x0D }))
  }

  /// Whatever stands in a text, it is read as it was given.
  @Test(arguments: [
    "x", "no", "5", "null", "~", "- a", "a: b", "a #b", "'", "\"", "'a' \"b\"", "{a}", "[a]", "*a",
    "&a", "!a", "%a", "@a", "`a", "a\\b", "a\nb", "a\r\nb", "a\tb", " a", "a ", "é ✓ 👋", "\u{7F}",
    "\u{1B}[31m", "\u{202E}x", "\u{FEFF}x", "\u{2028}", "\u{E0001}", "2027-03-31", "a,b", "#a",
    "true", "Yes", "0x1F", ".5", "=", "<<", "a:b", "a:", "?", "|", ">",
  ])
  func everyTextComesBack(text: String) throws {
    let entry = SuppressionText(
      rule: "p/r", path: "a/b.json",
      pointer: PointerPattern.text(of: JSONPointer(tokens: [Array(text.utf8)])), reason: text,
      owner: text)
    for before in [
      "requisite: 1\n",
      "requisite: 1\nsuppressions: [{ rule: p/q, path: a/b, reason: x }]\n",
      "{\"requisite\": 1, \"suppressions\": [{\"rule\": \"p/q\", \"path\": \"a/b\", \"reason\": \"x\"}]}\n",
    ] where !text.utf8.allSatisfy({ $0 == 0x20 }) {
      let after = try Self.adding(entry, to: before)
      let reading = SuppressionReader.read(
        SourceFile(path: "i.yaml", bytes: Array(after.utf8)))
      let last = try #require(reading.entries.last)
      #expect(last.reason.utf8.elementsEqual(text.utf8))
      #expect((last.owner ?? "").utf8.elementsEqual(text.utf8))
    }
  }

  @Test(arguments: [
    "requisite: 1\nsuppressions: x\n", "requisite: 1\nsuppressions:\n  - {}\n", "- a\n", "a: [\n",
    "requisite: 1\nsuppressions: &l [{ rule: p/q, path: a/b, reason: &r x }]\nb: { requisite: 2\n",
    "requisite: 1\n---\nb: 1\n",
  ])
  func refusesWhatItCannotAddTo(text: String) {
    #expect(throws: Diagnostic.self) { try Self.adding(to: text) }
  }

  @Test func aNewFileHasAHeaderForEditors() throws {
    let bytes = SuppressionWriter.newFile(Self.entry, schema: "s.json")
    let text = String(decoding: bytes, as: UTF8.self)
    #expect(text.hasPrefix("# yaml-language-server: $schema=s.json\nrequisite: 1\n"))
    let reading = SuppressionReader.read(SourceFile(path: "i.yaml", bytes: bytes))
    #expect(reading.diagnostics.isEmpty)
    #expect(reading.entries.count == 1)
  }
}
