import Findings
import Foundation
import Linting
import PackDocumentation
import RequisiteFiles
import RulePacks
import TestSupport
import Testing

/// The page of a pack, as Markdown and as HTML.
struct PageTests {
  /// The page of a pack by its name or path.
  static func page(of pack: String) throws -> PackDocument {
    let loading = PackLoader(in: RealFileSystem()).load([PackReference(pack)])
    #expect(loading.diagnostics.filter { $0.severity == .error } == [])
    let composition = try #require(loading.packs.first?.composition)
    return PackDocument(
      of: composition, member: try #require(composition.roots.last),
      described: loading.packs.ruleDescriptions)
  }

  private static let goldens = URL(filePath: #filePath).deletingLastPathComponent()
    .appending(path: "Goldens")

  @Test(arguments: ["md", "html"]) func builtInPackIsToldOf(format: String) throws {
    let page = try Self.page(of: "aws-connect-chat")
    let text = format == "md" ? page.markdown() : page.html()
    try expectGolden(
      Array(text.utf8), at: Self.goldens.appending(path: "aws-connect-chat.\(format)"))
    // The same pack makes the same page.
    let again = try Self.page(of: "aws-connect-chat")
    #expect((format == "md" ? again.markdown() : again.html()) == text)
  }

  /// Paper is white, and has no examples to open.
  @Test func printedPageIsLightAndComplete() throws {
    let html = try Self.page(of: "aws-connect-chat").html()
    let dark = html.components(separatedBy: "(prefers-color-scheme: dark)")
    #expect(dark.count == 2)
    #expect(dark.first?.hasSuffix("@media screen and ") == true)
    let print = html.components(separatedBy: "@media print {")
    #expect(print.count == 2)
    #expect(print.last?.contains("details::details-content { content-visibility: visible;") == true)
  }

  /// A pack whose every text tries to be markup.
  private static let hostile = #"""
    requisite: 1
    name: hostile
    title: "<script>alert(1)</script> & *bold* `code` | \u202Ereversed"
    homepage: https://example.com/?a=1&b=2
    request:
      operation: "</title><img src=x onerror=alert(1)>"
      sensitive: $['</code><script>x</script>']
    parameters:
      least: { type: string, default: "</td><script>y</script>`|`", description: "a | b <i>c</i>" }
    rules:
      one:
        description: "</a></h3><script>z</script> [x](javascript:alert(1)) | cell"
        given: "$['</pre><script>q</script>']"
        then: { const: { $param: least } }
        message: "</pre><script>w</script> {{ params.least }}"
        tags: ["<b>tag</b>"]
        help: |
          # A heading <script>h</script>

          Raw <b onclick="x">HTML</b>, <!-- a comment -->, &lt;entities&gt; and [a link](javascript:alert(1)),
          [a good one](https://example.com/a?b=1&c="d"), <https://example.com/x>, ![image](https://example.com/i.png).

          [def]: javascript:alert(2)

          - item one
            with *emphasis* and **strong `code <i>`**
          - item two
            1. nested <u>item</u>

          > quoted <s>text</s>

          | a | b |
          | --- | :-: |
          | `x\|y` | <em>z</em> |

              indented </code></pre><script>c</script>

          ```html
          </code></pre><script>f</script>
          ````
          never closed ```
        examples:
          pass:
            - '</code>': { '<script>': "</pre><script>e</script> ```", a: [1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11, 12] }
          fail:
            - '</pre><script>q</script>': </details>
      unclosed:
        help: "``` opens and never closes <script>"
        then: true
    """#

  private func hostilePage() throws -> PackDocument {
    let folder = FileManager.default.temporaryDirectory.appending(
      path: "requisite-\(UUID().uuidString)")
    try FileManager.default.createDirectory(at: folder, withIntermediateDirectories: true)
    defer { try? FileManager.default.removeItem(at: folder) }
    let url = folder.appending(path: "hostile.yaml")
    try Data(Self.hostile.utf8).write(to: url)
    return try Self.page(of: url.path)
  }

  @Test func nothingOfAPackBecomesHTML() throws {
    let html = try hostilePage().html()
    try HTMLCheck.expectWellFormed(html)
    let tags = Set(HTMLCheck.tags(in: html).map(\.name))
    #expect(
      tags.subtracting([
        "html", "head", "meta", "title", "style", "body", "header", "h1", "h2", "h3", "h4", "p",
        "a",
        "nav", "ul", "ol", "li", "main", "section", "table", "thead", "tbody", "tr", "th", "td",
        "article", "span", "dl", "dt", "dd", "pre", "code", "details", "summary", "em", "strong",
        "blockquote", "div", "wbr",
      ]) == [])
    for tag in HTMLCheck.tags(in: html) where !tag.isEnd {
      let isHarmless = !tag.text.contains("javascript") && !tag.text.contains("onclick")
      #expect(isHarmless, "\(tag.text)")
      if tag.name == "a" {
        let leadsToWeb =
          tag.text.hasPrefix("<a href=\"https://") || tag.text.hasPrefix("<a href=\"#")
        #expect(leadsToWeb, "\(tag.text)")
      }
    }
    #expect(html.contains("‹U+202E›"))
    #expect(!html.contains("\u{202E}"))
    // Nothing is loaded from anywhere.
    for word in ["@import", "url(", "<link", "<script"] { #expect(!html.contains(word)) }
    let loads = HTMLCheck.tags(in: html).contains { $0.text.contains("src=") }
    #expect(!loads)
  }

  @Test func builtInPageIsWellFormed() throws {
    let html = try Self.page(of: "aws-connect-chat").html()
    try HTMLCheck.expectWellFormed(html)
    // Every anchor that is led to is there, once.
    let ids = HTMLCheck.attributes("id", in: html)
    #expect(Set(ids).count == ids.count)
    for target in HTMLCheck.attributes("href", in: html) where target.hasPrefix("#") {
      #expect(ids.contains(String(target.dropFirst())), "\(target)")
    }
  }

  @Test func nothingOfAPackBecomesMarkdown() throws {
    let text = try hostilePage().markdown()
    var isCode = false
    for line in text.split(separator: "\n", omittingEmptySubsequences: false) {
      if line.drop(while: { $0 == " " }).hasPrefix("```") {
        isCode.toggle()
        continue
      }
      // Indented code is code as well.
      guard !isCode, !line.hasPrefix("    ") else { continue }
      let plain = HTMLCheck.withoutCode(line)
      let isHarmless =
        !plain.contains("<script") && !plain.contains("<img") && !plain.contains("<b")
      #expect(isHarmless, "\(line)")
      #expect(!plain.contains("](javascript"), "\(line)")
      #expect(!plain.contains("]: javascript"), "\(line)")
    }
    // What a rule leaves open does not swallow the next part.
    #expect(!isCode)
    #expect(text.contains("\n### hostile/unclosed\n"))
  }
}

/// Reads HTML as strictly as a page of our own must be written.
enum HTMLCheck {
  struct Tag {
    var name: String
    var text: String
    var isEnd: Bool
  }

  private static let voids: Set = ["meta", "br", "hr", "wbr"]

  static func tags(in html: String) -> [Tag] {
    var tags: [Tag] = []
    var rest = html[...]
    while let start = rest.firstIndex(of: "<") {
      rest = rest[start...]
      guard let end = rest.firstIndex(of: ">") else { break }
      let text = String(rest[...end])
      let inner = text.dropFirst().dropLast()
      let isEnd = inner.hasPrefix("/")
      let name = (isEnd ? inner.dropFirst() : inner).prefix { $0 != " " }
      if !name.hasPrefix("!") { tags.append(Tag(name: String(name), text: text, isEnd: isEnd)) }
      rest = rest[rest.index(after: end)...]
    }
    return tags
  }

  static func expectWellFormed(
    _ html: String, sourceLocation: SourceLocation = #_sourceLocation
  ) throws {
    var open: [String] = []
    for tag in tags(in: html) where !voids.contains(tag.name) {
      if tag.isEnd {
        let last = open.popLast()
        #expect(last == tag.name, "\(tag.text)", sourceLocation: sourceLocation)
      } else {
        open.append(tag.name)
      }
    }
    #expect(open == [], sourceLocation: sourceLocation)
  }

  static func attributes(_ name: String, in html: String) -> [String] {
    html.components(separatedBy: " \(name)=\"").dropFirst().map {
      String($0.prefix { $0 != "\"" })
    }
  }

  /// A line of Markdown without its code spans and escaped characters.
  static func withoutCode(_ line: Substring) -> String {
    var text = ""
    var rest = line[...]
    while let character = rest.first {
      let run = rest.prefix { $0 == "`" }
      if character == "\\" {
        rest = rest.dropFirst(2)
      } else if run.isEmpty {
        text.append(character)
        rest.removeFirst()
      } else {
        // A span ends at a run as long as the one that opens it.
        rest = rest.dropFirst(run.count)
        while !rest.isEmpty {
          let next = rest.prefix { $0 == "`" }
          rest = rest.dropFirst(max(1, next.count))
          if next.count == run.count { break }
        }
      }
    }
    return text
  }
}
