import Findings
import Foundation
import SourceText
import Testing

@testable import Reporting

struct SARIFTextTests {
  @Test(
    arguments: [
      ("a b.json", "a%20b.json", true), ("./a//b/./c.json", "a/b/c.json", true),
      ("a:b/c:d", "a%3Ab/c%3Ad", true), ("100%#?[x]\\", "100%25%23%3F%5Bx%5D%5C", true),
      ("ü/名.json", "%C3%BC/%E5%90%8D.json", true), ("/tmp/a b", "file:///tmp/a%20b", false),
      ("/", "file:///", false), ("", "stdin", true), ("../x.json", "../x.json", true),
    ])
  func encodesPaths(path: String, uri: String, isRelative: Bool) {
    #expect(SARIFText.uri(ofPath: path) == (uri, isRelative))
  }

  @Test(
    arguments: [
      ("a is wrong", "a is wrong."), ("Done.", "Done."), ("why?", "why?"), ("a. \n", "a."),
      ("[x](y) \\", "\\[x\\] (y) \\\\."), ("{0} {{x}}", "{{0}} {{{{x}}}}."),
      ("expected ',' or '}'", "expected ',' or a closing brace."), ("a\nb", "a‹U+000A›b."),
      ("", ""),
    ])
  func escapesMessages(text: String, message: String) {
    #expect(SARIFText.message(text) == message)
  }
}

struct MarkdownTextTests {
  @Test(
    arguments: [
      ("**Bold** and *soft* and `code`", "Bold and soft and code"),
      ("# Title\n\n> quoted\n- item", "Title\n\nquoted\n- item"),
      (
        "[text](https://a.example) <https://b.example>",
        "text (https://a.example) https://b.example"
      ),
      ("snake_case_name 2 * 3", "snake_case_name 2 * 3"), ("_soft_ __bold__", "soft bold"),
      ("```json\n{ \"a\": [1] }\n```\nend\n", "{ \"a\": [1] }\nend"), ("\\*no\\*", "*no*"),
      ("``a`b`` `open", "a`b `open"), ("a\r\nb", "a\nb"), ("~~~\n*x*", "*x*"),
      // Marks whose partner is in another line, and none that have no partner.
      ("*a\nb* `c\nd` **e", "a\nb c d **e"),
      ("Title\n===\n> - *a*\n>   b\n***", "Title\n- a\n  b\n***"),
      ("[`a`](a) ![b](c \"d\") &lt;", "a b (c) <"),
      ("> ```\n> x\n> ```\n\n    *y*\n  1. z", "x\n\n    *y*\n  1. z"),
      ("a | *b*\n-|-\n`c\\|d` | e", "a | b\n-|-\nc|d | e"), ("## A ##", "A"),
    ])
  func strips(markdown: String, plain: String) {
    #expect(MarkdownText.plain(markdown) == plain)
  }

  @Test(
    arguments: [
      ("<b>x</b>", "\\<b>x\\</b>"), ("`<b>` <https://x.example>", "`<b>` <https://x.example>"),
      ("a < b", "a < b"), ("```\n<b>\n```\n<b>", "```\n<b>\n```\n\\<b>"), ("\\<b>", "\\<b>"),
      ("    <b>\n\n<b>", "    <b>\n\n\\<b>"),
      ("\\`<b>`", "\\`\\<b>\\`"), ("<https://x y>", "\\<https://x y>"),
      ("- ~~~\n  <b>\n<b>", "- ~~~\n  <b>\n\\<b>"),
      // Code in one line, so that HTML does not interrupt its paragraph; no backtick is left open.
      ("`a\n<b>`", "`a <b>`"), ("> `a\n<b>` <i>", "> `a <b>` \\<i>"),
      ("a `\n<div onclick=x>\n`", "a ` <div onclick=x> `"),
      ("- a `b  \n  c\n<p>` d\ne", "- a `b   c <p>` d\ne"), ("T `a\n<b>`\n===", "T `a <b>`\n==="),
      ("`<b>\n\n`<i>", "\\`\\<b>\n\n\\`\\<i>"), ("`` a `\n~~~a", "\\`\\` a \\`\n~~~a"),
      // Definitions and footnotes, which are text for us.
      ("[f]: https://x 'a `'\n<b>x</b> `c`", "[f]: https://x 'a `' <b>x</b> `c\\`"),
      ("[`f]: https://u '`'\n\n[x][`f] <b>`", "[\\`f]: https://u '\\`'\n\n[x][\\`f] \\<b>\\`"),
      (
        "[f]: https://u\n2) ~~~\n   ~~~\n<b>\n~~~\n<i>",
        "[f]: https://u\n2) \\~\\~\\~\n   \\~\\~\\~\n\\<b>\n\\~\\~\\~\n\\<i>"
      ),
      ("[f]: https://u\n===\n    <b>", "[f]: https://u\n===\n    \\<b>"),
      ("[^f]: a\n\n    <b>", "[^f]\\: a\n\n    \\<b>"),
      ("a\n[^f]: b\n-\n    <b>", "a\n[^f]\\: b\n-\n    \\<b>"),
      ("[f]: https://u\n\n~~~\n<b>\n~~~", "[f]: https://u\n\n~~~\n<b>\n~~~"),
      // Tables, which some do not know, and some know first.
      ("a|b\n-|-\n`c|<b>`", "a|b\n-|-\n\\`c|\\<b>\\`"), ("a|b\n-|-\nc|`<b>`", "a|b\n-|-\nc|`<b>`"),
      ("a`|`<b>`\n-|-", "a\\`|`<b>`\n-|-"), ("a|b\n-|-\n    <b>", "a|b\n-|-\n    \\<b>"),
      ("a|b\n-|-\n\n    <b>", "a|b\n-|-\n\n    <b>"), ("`a|<b>`\n- | -", "\\`a|\\<b>\\`\n- | -"),
      ("~~~ | b\n-|-\n<b>", "\\~\\~\\~ | b\n-|-\n\\<b>"),
      // Addresses that become links with what follows them, and links within links.
      ("https://x/`<b>`", "https://x/\\`&lt;b>\\`"), ("https://x/ `<b>`", "https://x/ `<b>`"),
      ("https://x/<b>", "https://x/&lt;b>"), ("https://x/\\<b> \\<b>", "https://x/&lt;b> \\<b>"),
      ("(www.x/`a`<b> <i>", "(www.x/`a`&lt;b> \\<i>"),
      (
        "[a [b](https://c) d](https://u \"`x\") <b>`",
        "[a [b](https://c) d](https://u \"\\`x\") \\<b>\\`"
      ),
      ("~~~|\n---\n<b>", "\\~\\~\\~|\n---\n\\<b>"),
      ("a|\n---\n2) ~~~\n   <b>", "a|\n---\n2) \\~\\~\\~\n   \\<b>"),
      ("# a|\n***\n~~~\n<b>", "# a|\n***\n\\~\\~\\~\n\\<b>"),
      ("# a\n***\n~~~\n<b>", "# a\n***\n~~~\n<b>"),
      ("*      <b>a|b\n-|-", "*      \\<b>a|b\n-|-"), ("~~~ | b\n<b>", "~~~ | b\n<b>"),
      ("https://x/` https://x/`_<b>", "https://x/` https://x/`_&lt;b>"),
      // Links to the web alone.
      ("[a](javascript:x) [b](http://x)", "[a]\\(javascript:x) [b](http://x)"),
      ("![a](//x/y) <javascript:x>", "![a]\\(//x/y) \\<javascript:x>"),
      ("[a]: data:x\n[b](<javascript:x>)", "[a]\\: data:x\n[b]\\(\\<javascript:x>)"),
      // Tabs within containers, whose columns are counted in more than one way.
      ("> > \t<b>\n> >     <b>", "> > \t\\<b>\n> >     \\<b>"), ("\t<b>", "\t<b>"),
      // Deeper than we read.
      (
        "- - - - - - - - - a\n\n                    <script>",
        "- - - - - - - - - a\n\n                    \\<script>"
      ),
      ("> > > > > > > > > ~~~\n~~~\n<b>", "> > > > > > > > > \\~\\~\\~\n\\~\\~\\~\n\\<b>"),
      ("> > > > > > >     <b>", "> > > > > > >     <b>"),
    ])
  func disarmsHTML(markdown: String, safe: String) {
    #expect(MarkdownText.withoutHTML(markdown) == safe)
  }

  @Test func opensWithWholeSentences() {
    #expect(MarkdownText.opening(of: "One of v1.2. Two.", limit: 13) == "One of v1.2.")
  }
}

struct SARIFResultsTests {
  private struct Log: Decodable {
    struct Run: Decodable {
      struct Result: Decodable {
        struct Message: Decodable { var text: String }
        var level: String
        var message: Message
        var ruleIndex: Int?
      }
      struct Invocation: Decodable {
        struct Notification: Decodable {
          struct Message: Decodable { var text: String }
          var message: Message
        }
        var executionSuccessful: Bool
        var toolExecutionNotifications: [Notification]?
      }
      var results: [Result]
      var invocations: [Invocation]
    }
    var runs: [Run]
  }

  private func run(_ severities: [Severity], limit: Int) throws -> Log.Run {
    var report = FixedReport.empty
    let file = SourceFile("a.json", "1")
    report.findings = severities.enumerated().map { place, severity in
      Finding(
        "json/syntax", severity, "at \(place)", in: file,
        at: file.location(of: "1", pointer: ""))
    }
    let log = report.written(as: .sarif, options: ReportOptions(resultLimit: limit))
    return try #require(JSONDecoder().decode(Log.self, from: Data(log)).runs.first)
  }

  @Test(
    arguments: [
      (3, [.info, .warning, .error, .info, .error], ["warning 1", "error 2", "error 4"]),
      (2, [.error, .info, .error, .error], ["error 0", "error 2"]),
      (
        4, [.info, .info, .info, .warning, .warning],
        ["note 0", "note 1", "warning 3", "warning 4"]
      ),
      (1, [.info, .info], ["note 0"]), (0, [.error], []),
      (2, [.warning, .warning, .error, .error, .warning], ["error 2", "error 3"]),
    ] as [(Int, [Severity], [String])])
  func keepsTheWorst(limit: Int, severities: [Severity], kept: [String]) throws {
    let run = try run(severities, limit: limit)
    let found = run.results.map { result in
      "\(result.level) \(result.message.text.filter(\.isNumber))"
    }
    #expect(found == kept)
    let said = run.invocations.first?.toolExecutionNotifications?.first?.message.text ?? ""
    #expect(said.hasPrefix("only \(limit) of \(severities.count) results are in this log;"))
    #expect(run.invocations.first?.executionSuccessful == true)
  }

  @Test func cutsNothingBelowTheLimit() throws {
    let run = try run([.error, .info], limit: 2)
    #expect(run.results.map(\.level) == ["error", "note"])
    #expect(run.results.first?.ruleIndex == 4)
    #expect(run.invocations.first?.toolExecutionNotifications == nil)
  }

  @Test func neverHoldsMoreThanGitHubTakes() {
    #expect(ReportOptions(resultLimit: 1_000_000).resultLimit == 25_000)
  }
}
