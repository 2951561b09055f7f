import Testing

@testable import PackDocumentation

/// The Markdown of help as HTML.
struct MarkdownTests {
  @Test(arguments: [
    ("One\ntwo", "<p>One\ntwo</p>\n"),
    ("One\n\nTwo", "<p>One</p>\n<p>Two</p>\n"),
    ("One  \ntwo\\\nthree", "<p>One<br>\ntwo<br>\nthree</p>\n"),
    ("# Title\ntext", "<h4>Title</h4>\n<p>text</p>\n"),
    ("### Three", "<h6>Three</h6>\n"), ("###### Six", "<h6>Six</h6>\n"),
    ("####### no", "<p>####### no</p>\n"),
    ("- a\n- b", "<ul>\n<li>a\n</li>\n<li>b\n</li>\n</ul>\n"),
    ("- a\n\n- b", "<ul>\n<li><p>a</p>\n</li>\n<li><p>b</p>\n</li>\n</ul>\n"),
    ("3. a\n4. b", "<ol start=\"3\">\n<li>a\n</li>\n<li>b\n</li>\n</ol>\n"),
    ("- a\n  - b\n- c", "<ul>\n<li>a\n<ul>\n<li>b\n</li>\n</ul>\n</li>\n<li>c\n</li>\n</ul>\n"),
    ("text\n- a", "<p>text</p>\n<ul>\n<li>a\n</li>\n</ul>\n"),
    ("In 2024. Not a list", "<p>In 2024. Not a list</p>\n"),
    ("> q\n> r", "<blockquote>\n<p>q\nr</p>\n</blockquote>\n"),
    ("```yaml\na: <b>\n```\nend", "<pre><code>a: &lt;b&gt;</code></pre>\n<p>end</p>\n"),
    ("    a\n\n    b", "<pre><code>a\n\nb</code></pre>\n"),
    ("---", "<hr>\n"),
    ("*a* **b** ***c***", "<p><em>a</em> <strong>b</strong> <em><strong>c</strong></em></p>\n"),
    ("snake_case_name and 2 * 3 * 4", "<p>snake_case_name and 2 * 3 * 4</p>\n"),
    ("_a_ __b__", "<p><em>a</em> <strong>b</strong></p>\n"),
    ("**a", "<p>**a</p>\n"),
    ("`a <b>` ``c ` d``", "<p><code>a &lt;b&gt;</code> <code>c ` d</code></p>\n"),
    ("`a", "<p>`a</p>\n"),
    (#"\*a\* \<b>"#, "<p>*a* &lt;b&gt;</p>\n"),
    (
      "[a *b*](https://x.y/?a=1&b=2)",
      "<p><a href=\"https://x.y/?a=1&amp;b=2\">a <em>b</em></a></p>\n"
    ),
    ("[a](javascript:x) [b](/c)", "<p>a b</p>\n"),
    ("[a] (b)", "<p>[a] (b)</p>\n"),
    ("<https://x.y/z> <b>", "<p><a href=\"https://x.y/z\">https://x.y/z</a> &lt;b&gt;</p>\n"),
    ("a & b &lt;", "<p>a &amp; b &amp;lt;</p>\n"),
    (
      "| a | b |\n| --- | --- |\n| `c\\|d` | e |\nend",
      "\(Markup.tableStart)\n<thead><tr><th>a</th><th>b</th></tr></thead>\n<tbody>\n<tr><td><code>c|d</code></td><td>e</td></tr>\n</tbody>\n</table>\n</div>\n<p>end</p>\n"
    ),
  ])
  func rendersWhatHelpIsWrittenIn(markdown: String, html: String) {
    #expect(MarkdownHTML.html(of: markdown, below: 3) == html)
  }

  /// What a run opens last is innermost, however many tags it opens.
  @Test(arguments: [2, 3, 7, 30_000])
  func longRunsOfMarksNest(count: Int) {
    let marks = String(repeating: "*", count: count)
    let strong = count / 2
    let begin = (count % 2 == 1 ? "<em>" : "") + String(repeating: "<strong>", count: strong)
    let end = String(repeating: "</strong>", count: strong) + (count % 2 == 1 ? "</em>" : "")
    #expect(
      MarkdownHTML.html(of: "\(marks)a\(marks)", below: 3) == "<p>\(begin)a\(end)</p>\n")
  }

  /// No text takes time or depth that its length does not account for.
  @Test(arguments: [
    "*", "_", "[", "(", "](", "`", "``` ", "> ", "- ", "1. ", "<", "\\", "| ", "**a", "_a*", "  - ",
  ])
  func hostileRepetitionsEnd(unit: String) {
    let text = String(repeating: unit, count: 20_000)
    #expect(!MarkdownHTML.html(of: text, below: 3).isEmpty)
    let lines = String(repeating: unit + "\n", count: 2_000)
    #expect(!MarkdownHTML.html(of: lines, below: 3).isEmpty)
  }
}
