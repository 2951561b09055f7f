import Testing

@testable import Reporting

struct TextWidthTests {
  @Test(
    arguments: [
      (nil, nil, nil), (nil, 80, 80), ("", 80, 80), ("100", 80, 100), ("100", nil, 100),
      ("1", 80, 40), ("39", nil, 40), ("40", nil, 40), ("200", nil, 200), ("201", nil, 200),
      ("99999999999999999999", nil, 200), ("0", 80, 80), ("000", nil, nil), ("-60", nil, nil),
      ("+60", nil, nil), (" 60", nil, nil), ("60x", 80, 80), ("٦٠", nil, nil), ("wide", 90, 90),
      (nil, 10, 40), (nil, 500, 200),
    ] as [(String?, Int?, Int?)])
  func chooses(variable: String?, terminal: Int?, columns: Int?) {
    #expect(TextWidth.columns(variable: variable, terminal: terminal) == columns)
  }
}

struct LineWrappingTests {
  @Test(
    arguments: [
      ("", 20, []),
      ("one two", 20, ["one two"]),
      ("exactly twenty chars", 20, ["exactly twenty chars"]),
      ("exactly twenty chars.", 20, ["exactly twenty", "chars."]),
      ("a  b", 20, ["a b"]),
      ("at least twenty columns are used", 3, ["at least twenty", "columns are used"]),
      // Addresses stay whole.
      (
        "see https://example.com/a/long/address now", 20,
        ["see", "https://example.com/a/long/address", "now"]
      ),
      // Columns count, not characters: wide characters take two, marks none.
      ("名前名前名前名前 名前", 20, ["名前名前名前名前", "名前"]),
      ("éééééééééé éééééééééé", 20, ["éééééééééé", "éééééééééé"]),
      (
        "e\u{301}e\u{301}e\u{301}e\u{301}e\u{301} 0123456789abcd", 20,
        ["e\u{301}e\u{301}e\u{301}e\u{301}e\u{301} 0123456789abcd"]
      ),
      // Text without spaces is broken before wide characters.
      ("名前名前名前名前名前名前名前", 20, ["名前名前名前名前名前", "名前名前"]),
      // What was written out as an escape is never broken.
      ("0123456789 abcdef\\u{1B}\\u{202E}", 20, ["0123456789", "abcdef\\u{1B}\\u{202E}"]),
    ] as [(String, Int, [String])])
  func wraps(text: String, columns: Int, lines: [String]) {
    #expect(LineWrapping.lines(of: text, columns: columns) == lines)
  }

  @Test(
    arguments: [
      ("write it as `a\u{A0}b` there", 20, ["write it as `a b`", "there"]),
      ("write it exactly as `a\u{A0}b` is", 20, ["write it exactly as", "`a b` is"]),
      // Too long for any line.
      ("`a\u{A0}0123456789\u{A0}0123456789` is", 20, ["`a 0123456789", "0123456789` is"]),
    ] as [(String, Int, [String])])
  func keepsFixedSpaces(text: String, columns: Int, lines: [String]) {
    #expect(LineWrapping.lines(of: text, columns: columns, hasFixedSpaces: true) == lines)
  }

  @Test(
    arguments: [
      ("no marks", "no marks"), ("{{ self }}", "{{\u{A0}self\u{A0}}}"),
      ("a {{ b c }} d {{ e", "a {{\u{A0}b\u{A0}c\u{A0}}} d {{ e"),
      ("}} a {{ b }}", "}} a {{\u{A0}b\u{A0}}}"),
    ])
  func fixesSpaces(text: String, fixed: String) {
    #expect(LineWrapping.fixingSpaces(in: text, from: "{{", to: "}}") == fixed)
  }

  @Test(
    arguments: [
      (nil, "a     one two three four five six seven eight\nlong  x\n"),
      (44, "a     one two three four five six seven\n      eight\nlong  x\n"),
      (37, "a     one two three four five six\n      seven eight\nlong  x\n"),
      (30, "a\n    one two three four five\n    six seven eight\nlong\n    x\n"),
    ] as [(Int?, String)])
  func wrapsTables(columns: Int?, text: String) {
    let rows = [["a", "one two three four five six seven eight"], ["long", "x"]]
    #expect(TextTable.text(columns: columns, rows) == text)
  }
}

struct MarkdownWrappingTests {
  @Test(
    arguments: [
      ("one\ntwo", "one two"),
      ("one two three four five six seven", "one two three four five six\nseven"),
      ("# A heading of more than thirty columns", "# A heading of more than thirty columns"),
      ("one\n\ntwo", "one\n\ntwo"),
      ("one  \ntwo\\\nthree", "one\ntwo\\\nthree"),
      // Items, nested and with paragraphs.
      (
        "- one two three four five six seven\n- eight",
        "- one two three four five six\n  seven\n- eight"
      ),
      ("10. one two three four five six", "10. one two three four five\n    six"),
      (
        "- one\n  two\n  - three four five six seven eight",
        "- one two\n  - three four five six seven\n    eight"
      ),
      ("- one\n\n  two three four five six seven", "- one\n\n  two three four five six\n  seven"),
      (
        "- one\n\ntwo three four five six seven eight",
        "- one\n\ntwo three four five six seven\neight"
      ),
      // Code and tables keep their lines.
      (
        "```\none two three four five six seven\n```", "```\none two three four five six seven\n```"
      ),
      ("~~~\n- one two three four five six seven", "~~~\n- one two three four five six seven"),
      ("    one two three four five six seven", "    one two three four five six seven"),
      (
        "| a | b |\n| --- | --- |\n| one two three four | five six seven |",
        "| a | b |\n| --- | --- |\n| one two three four | five six seven |"
      ),
      ("> one two three four five six seven", "> one two three four five six seven"),
      (
        "> a\none two three four five six seven\n\nTitle of two lines\nthat is underlined\n---",
        "> a\none two three four five six seven\n\nTitle of two lines\nthat is underlined\n---"
      ),
      ("`one\ntwo` three four five six seven", "`one two` three four five six\nseven"),
      // Code within a line is kept together where a line has room for it.
      ("one two three four five `six seven`", "one two three four five\n`six seven`"),
      ("``one ` two`` three four five six `seven", "``one ` two`` three four five\nsix `seven"),
      ("`one two three four five six seven` x", "`one two three four five six\nseven` x"),
    ])
  func wraps(markdown: String, text: String) {
    #expect(MarkdownText.wrapped(markdown, columns: 30) == text)
  }
}

struct MarkdownOpeningTests {
  @Test(
    arguments: [
      ("", ""), ("One. Two.\nThree.\n\nFour.", "One. Two. Three."), ("No stop", "No stop"),
      ("# Why\n\nOne.", "One."), ("## A\n### B\nOne.", "One."),
      // What a colon announces is a part of it.
      ("One of:\n\n- `a`\n- `b`;\n- c.\n\nMore.", "One of: a; b; c."),
      ("One of:\n- a\n- b", "One of: a; b."),
      ("One of:\n\n1. a\n2. b", "One of: a; b."),
      ("One of:\n\n* a\n\n* b\n\nMore.", "One of: a; b."),
      ("One of:\n\n- a\n  goes on\n- b", "One of: a goes on; b."),
      ("One of:\n\n- a. More of a.\n- b: c.", "One of: a; b: c."),
      (
        "One of:\n\n" + (1...10).map { "- \($0)\n" }.joined(), "One of: 1; 2; 3; 4; 5; 6; 7; 8; …"
      ),
      (
        "At most:\n\n| type | bytes |\n| --- | --- |\n| `a`, b | 1 |\n| c | 2 |",
        "At most: a, b: 1; c: 2."
      ),
      ("At most:\n\ntype | bytes | note\n--- | --- | ---\na | 1 | x\n\nMore.", "At most: a: 1, x."),
      ("Write:\n\n```json\n{}\n```\n", "Write: {}"),
      ("Write:\n```\n{}\n```\n", "Write: {}"),
      ("Write:\n\n    {}\n\nMore.", "Write: {}"),
      ("First:\n\nSecond. Third.", "First: Second. Third."),
      // Nothing is announced.
      ("One of:", "One of."), ("One of:\n\n# Heading", "One of."),
      ("One of:\n\n```\n```", "One of."),
      // No list.
      ("1984 was\n- a\n- b", "1984 was"), ("Two\n2) three", "Two 2) three"),
      ("- a\n- b", "a; b."), ("No list.\n\n- a\n", "No list."),
    ])
  func reads(markdown: String, opening: String) {
    #expect(MarkdownText.opening(of: markdown) == opening)
  }

  @Test func keepsSpacesOfCode() {
    #expect(
      MarkdownText.opening(of: "Not `; a=b` or `c`.", codeSpace: "\u{A0}")
        == "Not ;\u{A0}a=b or c.")
  }
}
