import Reporting
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
    (
      "a & b &lt; &#65;&#x42; &#0; &none; &", "<p>a &amp; b &lt; AB \u{FFFD} &amp;none; &amp;</p>\n"
    ),
    (
      "| a | b |\n| --- | --- |\n| `c\\|d` | e |\nend\n\nout",
      "\(Markup.tableStart)\n<thead><tr><th>a</th><th>b</th></tr></thead>\n<tbody>\n<tr><td><code>c|d</code></td><td>e</td></tr>\n<tr><td>end</td><td></td></tr>\n</tbody>\n</table>\n</div>\n<p>out</p>\n"
    ),
    // CommonMark 0.31, by section. 2.2: tabs are columns.
    ("\tfoo\tbaz", "<pre><code>foo\tbaz</code></pre>\n"),
    ("- foo\n\n\tbar", "<ul>\n<li><p>foo</p>\n<p>bar</p>\n</li>\n</ul>\n"),
    (">\t\tfoo", "<blockquote>\n<pre><code>  foo</code></pre>\n</blockquote>\n"),
    ("-\t\tfoo", "<ul>\n<li><pre><code>  foo</code></pre>\n</li>\n</ul>\n"),
    // 4.1 to 4.5: rules, headings and code.
    ("Foo\n***\nbar", "<p>Foo</p>\n<hr>\n<p>bar</p>\n"),
    ("- foo\n***", "<ul>\n<li>foo\n</li>\n</ul>\n<hr>\n"),
    ("## foo ##  ", "<h5>foo</h5>\n"), ("# foo#", "<h4>foo#</h4>\n"),
    ("#\n##  ##", "<h4></h4>\n<h5></h5>\n"),
    ("Foo *bar*\nbaz\n====", "<h4>Foo <em>bar</em>\nbaz</h4>\n"),
    ("- Foo\n---", "<ul>\n<li>Foo\n</li>\n</ul>\n<hr>\n"),
    ("> foo\n-----", "<blockquote>\n<p>foo</p>\n</blockquote>\n<hr>\n"),
    ("a\n= =", "<p>a\n= =</p>\n"),
    ("Foo\n    bar", "<p>Foo\nbar</p>\n"),
    (
      "  - foo\n\n        bar",
      "<ul>\n<li><p>foo</p>\n<pre><code>bar</code></pre>\n</li>\n</ul>\n"
    ),
    ("```\n\n  a", "<pre><code>\n  a</code></pre>\n"), ("```\n\n", "<pre><code></code></pre>\n"),
    ("````\na\n```\n`````\nb", "<pre><code>a\n```</code></pre>\n<p>b</p>\n"),
    ("> ```\n> a\n\nb", "<blockquote>\n<pre><code>a</code></pre>\n</blockquote>\n<p>b</p>\n"),
    ("  ```\n  a\n    b\n```", "<pre><code>a\n  b</code></pre>\n"),
    // 5: quotes, items and lists.
    ("> bar\nbaz\n> foo", "<blockquote>\n<p>bar\nbaz\nfoo</p>\n</blockquote>\n"),
    (
      "> - foo\n- bar",
      "<blockquote>\n<ul>\n<li>foo\n</li>\n</ul>\n</blockquote>\n<ul>\n<li>bar\n</li>\n</ul>\n"
    ),
    (
      "> 1. > Q\nq",
      "<blockquote>\n<ol>\n<li><blockquote>\n<p>Q\nq</p>\n</blockquote>\n</li>\n</ol>\n</blockquote>\n"
    ),
    ("- a\n+ b", "<ul>\n<li>a\n</li>\n</ul>\n<ul>\n<li>b\n</li>\n</ul>\n"),
    ("-\n\n  foo", "<ul>\n<li></li>\n</ul>\n<p>foo</p>\n"),
    ("-\n  foo", "<ul>\n<li>foo\n</li>\n</ul>\n"),
    (
      "- a\n  - b\n\n    c\n- d",
      "<ul>\n<li>a\n<ul>\n<li><p>b</p>\n<p>c</p>\n</li>\n</ul>\n</li>\n<li>d\n</li>\n</ul>\n"
    ),
    (
      "* a\n  > b\n  >\n* c",
      "<ul>\n<li>a\n<blockquote>\n<p>b</p>\n</blockquote>\n</li>\n<li>c\n</li>\n</ul>\n"
    ),
    (
      "- a\n- ```\n  b\n\n\n  ```\n- c",
      "<ul>\n<li>a\n</li>\n<li><pre><code>b\n\n</code></pre>\n</li>\n<li>c\n</li>\n</ul>\n"
    ),
    ("1234567890. no", "<p>1234567890. no</p>\n"), ("-one", "<p>-one</p>\n"),
    ("a\n14. b", "<p>a\n14. b</p>\n"), ("a\n-", "<h5>a</h5>\n"), ("a\n*\n", "<p>a\n*</p>\n"),
    // 6.1: code.
    ("`` `a` `` ` b `", "<p><code>`a`</code> <code>b</code></p>\n"),
    ("`a\nb`", "<p><code>a b</code></p>\n"),
    ("*a`*`", "<p>*a<code>*</code></p>\n"),
    // 6.2: emphasis.
    ("a*\"b\"*", "<p>a*&quot;b&quot;*</p>\n"), ("*foo*bar", "<p><em>foo</em>bar</p>\n"),
    ("_foo_bar", "<p>_foo_bar</p>\n"),
    ("пристаням_стремятся_", "<p>пристаням_стремятся_</p>\n"),
    ("*(*foo*)*", "<p><em>(<em>foo</em>)</em></p>\n"),
    ("foo-_(bar)_", "<p>foo-<em>(bar)</em></p>\n"),
    ("*foo**bar**baz*", "<p><em>foo<strong>bar</strong>baz</em></p>\n"),
    ("*foo**bar*", "<p><em>foo**bar</em></p>\n"),
    ("foo***bar***baz", "<p>foo<em><strong>bar</strong></em>baz</p>\n"),
    ("**foo*", "<p>*<em>foo</em></p>\n"), ("*foo _bar* baz_", "<p><em>foo _bar</em> baz_</p>\n"),
    ("**foo **bar baz**", "<p>**foo <strong>bar baz</strong></p>\n"),
    ("*a `*`*", "<p><em>a <code>*</code></em></p>\n"),
    ("‘*a*’£*b*", "<p>‘<em>a</em>’£<em>b</em></p>\n"),
    // 6.3 to 6.5: links.
    ("[a](<https://x.y/b c>)", "<p>a</p>\n"),
    ("[a](https://x.y/(b(c)) 'd')", "<p><a href=\"https://x.y/(b(c))\">a</a></p>\n"),
    ("[a](https://x.y \"b", "<p>[a](https://x.y &quot;b</p>\n"),
    ("[a\\]](https://x.y)", "<p><a href=\"https://x.y\">a]</a></p>\n"),
    (
      "[a [b](https://x.y) c](https://z)", "<p>[a <a href=\"https://x.y\">b</a> c](https://z)</p>\n"
    ),
    ("*[a*](https://x.y)", "<p>*<a href=\"https://x.y\">a*</a></p>\n"),
    ("[a *b](https://x.y)*", "<p><a href=\"https://x.y\">a *b</a>*</p>\n"),
    ("[a](https://x.y/?b&amp;c)", "<p><a href=\"https://x.y/?b&amp;c\">a</a></p>\n"),
    ("![a *b*](https://x.y)", "<p><a href=\"https://x.y\">a <em>b</em></a></p>\n"),
    ("[![a](https://x.y)](https://z)", "<p><a href=\"https://z\">a</a></p>\n"),
    ("[<https://x.y>](https://z)", "<p><a href=\"https://z\">https://x.y</a></p>\n"),
    ("[`]`](https://x.y)", "<p><a href=\"https://x.y\"><code>]</code></a></p>\n"),
    // Tables of GFM.
    (
      "a\nb | c\n:-:|--\nd",
      "<p>a</p>\n\(Markup.tableStart)\n<thead><tr><th>b</th><th>c</th></tr></thead>\n<tbody>\n<tr><td>d</td><td></td></tr>\n</tbody>\n</table>\n</div>\n"
    ),
    ("| a |\n| - | - |", "<p>| a |\n| - | - |</p>\n"),
    (
      "| a |\n| -- |\n> b",
      "\(Markup.tableStart)\n<thead><tr><th>a</th></tr></thead>\n<tbody>\n</tbody>\n</table>\n</div>\n<blockquote>\n<p>b</p>\n</blockquote>\n"
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

  /// A short text does not fill in cells without end.
  @Test(arguments: [(3, 2, 4), (1_001, 400, 400_000), (2_001, 2_000, 500_000)])
  func filledCellsAreLimited(columns: Int, rows: Int, filled: Int) {
    let header = String(repeating: "|a", count: columns) + "|\n"
    let marks = String(repeating: "|-", count: columns) + "|\n"
    let html = MarkdownHTML.html(
      of: header + marks + String(repeating: "b\n", count: rows), below: 3)
    #expect(html.ranges(of: "<td></td>").count == filled)
    #expect(html.ranges(of: "<td>b</td>").count == rows)
  }

  /// No text takes time or depth that its length does not account for.
  @Test(arguments: [
    "*", "_", "[", "(", "](", "`", "&", "![", "[](", "[a](b ", "[a](b \"", "*a_ ", "[a](b)",
    "a**b*c_", "\ta", "``` ", "> ", "- ", "1. ", "<", "\\", "| ", "**a", "_a*", "  - ",
  ])
  func hostileRepetitionsEnd(unit: String) {
    let text = String(repeating: unit, count: 20_000)
    #expect(!MarkdownHTML.html(of: text, below: 3).isEmpty)
    let lines = String(repeating: unit + "\n", count: 2_000)
    #expect(!MarkdownHTML.html(of: lines, below: 3).isEmpty)
  }
}
