import Foundation
import Testing

/// What DocC renders without a warning, and wrongly.
struct PageTests {
  private static let folder = "Sources/requisite/Documentation.docc"

  private static func pages() throws -> [String] {
    try Sources.files(in: folder).filter { $0.hasSuffix(".md") }
  }

  /// A row with another number of cells is cut off; a `|` within a cell has to be escaped.
  @Test func rowsHaveTheCellsOfTheirTable() throws {
    var count = 0
    for page in try Self.pages() + ["README.md"] {
      var expected: Int?
      var isCode = false
      for (index, line) in try Sources.lines(of: page).enumerated() {
        if line.hasPrefix("```") { isCode.toggle() }
        guard !isCode, line.hasPrefix("|") else {
          expected = nil
          continue
        }
        let bars = line.replacing("\\|", with: "").count { $0 == "|" }
        count += 1
        #expect(bars == expected ?? bars, "\(page):\(index + 1): \(line)")
        expected = expected ?? bars
      }
    }
    #expect(count > 100)
  }

  /// A page that no topic lists is among the rest, under no heading.
  @Test func landingPageListsEveryPage() throws {
    let landing = try Sources.text(of: "\(Self.folder)/Documentation.md")
    for page in try Self.pages() where !page.hasSuffix("/Documentation.md") {
      let name = page.dropFirst(Self.folder.count + 1).dropLast(".md".count)
      #expect(landing.contains("\n- <doc:\(name)>\n"), "\(name)")
    }
  }

  /// A sample in Swift is from the file that the line before it names.
  @Test func samplesAreFromTheSources() throws {
    var count = 0
    for page in try Self.pages() {
      let lines = try Sources.lines(of: page)
      for (index, line) in lines.enumerated() where line == "```swift" {
        let sample = lines[(index + 1)...].prefix { $0 != "```" }.joined(separator: "\n")
        let name = lines[..<index].last { !$0.isEmpty }?.firstMatch(of: /`(Sources\/[^`]+\.swift)`/)
        let path = try #require(name?.1, "\(page):\(index + 1)")
        #expect(try Sources.text(of: String(path)).contains(sample), "\(page):\(index + 1)")
        count += 1
      }
    }
    #expect(count > 0)
  }
}
