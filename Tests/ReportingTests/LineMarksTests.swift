import Testing

@testable import Reporting

/// Where the marks of a line of Markdown end.
struct LineMarksTests {
  @Test(arguments: [
    ("`a` b", 0, "a", 3), ("``a`b``", 0, "a`b", 7), ("`a", 0, "`", 1), ("``a`", 0, "``", 2),
    ("`a``b`", 0, "a``b", 6), ("x```", 1, "```", 4), ("`` ` ``` ``", 0, " ` ``` ", 11),
    // An escaped backtick before it shortens the run that opens.
    (#"\```a``"#, 2, "a", 7),
  ])
  func codeSpansEnd(line: String, index: Int, content: String, end: Int) {
    let text = Array(line.unicodeScalars)
    var marks = LineMarks(text)
    let span = marks.codeSpan(at: index)
    #expect(String(String.UnicodeScalarView(text[span.content])) == content)
    #expect(span.end == end)
  }

  @Test(
    arguments: [
      ("[a](b)", "a b"), ("[a] (b)", nil), ("[a](b", nil), ("[a", nil), ("[](b) )", " b"),
      ("[a[b](c)", "a[b c"),
    ] as [(String, String?)])
  func linksEnd(line: String, parts: String?) {
    let text = Array(line.unicodeScalars)
    var marks = LineMarks(text)
    let found = marks.link(at: 0).map { link in
      [link.label, link.target].map { String(String.UnicodeScalarView(text[$0])) }
        .joined(separator: " ")
    }
    #expect(found == parts)
  }

  /// However many marks have no partner, each is passed once.
  @Test(arguments: [
    "`a``b", "`a``b`", "`", "` ", "`a`` ", "``` `` ` ", "[", "[a](", "[a]", "](", "[a](b) ", "[)",
    #"\`"#, #"\``"#,
  ])
  func stepsAreLinear(unit: String) {
    steps(String(repeating: unit, count: 2_000))
  }

  @Test func stepsAreLinearForRunsOfAllLengths() {
    let rising = (1...300).map { String(repeating: "`", count: $0) + "x" }
    steps(rising.joined())
    steps(rising.reversed().joined())
    steps((rising + rising).joined())
    steps((rising + rising.reversed()).joined())
  }

  private func steps(_ line: String) {
    let text = Array(line.unicodeScalars)
    var marks = LineMarks(text)
    var index = 0
    while index < text.count {
      switch text[index] {
      case "`": index = marks.codeSpan(at: index).end
      case "[": index = marks.link(at: index)?.end ?? index + 1
      case "\\": index += 2
      default: index += 1
      }
    }
    #expect(marks.steps <= 3 * text.count, "\(marks.steps)")
  }
}
