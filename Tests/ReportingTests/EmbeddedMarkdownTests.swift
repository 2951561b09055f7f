import Testing

@testable import Reporting

/// Help as a part of a page in Markdown.
struct EmbeddedMarkdownTests {
  @Test(
    arguments: [
      ("# A\n###### B\n> ## C ##", "#### A\n###### B\n> ##### C"),
      ("A\nb\n===\nc", "#### A b\nc"), ("#", "#### "),
      // What is open at the end of the page is closed, and nothing else is.
      ("```\na", "```\na\n```"), ("a\n~~~~", "a\n~~~~\n~~~~"), ("- ```\n  a", "- ```\n  a"),
      ("> ```\n> a", "> ```\n> a"), ("```\na\n```", "```\na\n```"),
      // Links.
      ("[a](javascript:x) [b](https://x.y)", "[a]\\(javascript:x) [b](https://x.y)"),
      ("[a]: data:x\n\n[b]: https://x.y", "[a]\\: data:x\n\n[b]: https://x.y"),
      ("[a](\njavascript:x) [b](<c>)", "[a]\\(\njavascript:x) [b]\\(\\<c>)"),
      ("`[a](b)` <ftp://x> <b>", "`[a](b)` \\<ftp://x> \\<b>"),
      ("    [a](b)", "    [a](b)"), ("a\u{200B}", "a‹U+200B›"),
      ("[a]\u{200B}(b)", "[a]‹U+200B›(b)"),
      // Raw HTML, and code that is none for every renderer.
      ("`a\n<b>`", "`a <b>`"), ("A `a\n<b>`\n---", "##### A `a <b>`"),
      ("https://x/`[a](b)`", "https://x/\\`[a]\\(b)\\`"),
      ("a|b\n-|-\n1. ```\n   <b>", "a|b\n-|-\n1. \\`\\`\\`\n   \\<b>"),
      ("a|b\n-|-\n```\n<b>", "a|b\n-|-\n\\`\\`\\`\n\\<b>"),
    ])
  func embeds(markdown: String, embedded: String) {
    #expect(MarkdownText.embedded(markdown, below: 3) == embedded)
  }

  /// Steps are in proportion to the text: each part is in the result at most once.
  @Test(arguments: [
    "`a``b", "``` `` ` ", "[a](", "[](b[](", "[a](b \"", "](", "[[a](b)", "*a_b", "**a*", "<a",
    "&amp",
    "\\`",
  ])
  func inlinesAreAsManyAsMarks(unit: String) throws {
    let text = String(repeating: unit, count: 5_000)
    let markdown = Markdown(text)
    let inlines = markdown.inlines(of: try #require(markdown.leaves.first))
    #expect(inlines.count <= 2 * text.utf8.count)
    // Ranges are in order.
    let starts = inlines.map(\.range.lowerBound)
    #expect(starts == starts.sorted())
  }
}
