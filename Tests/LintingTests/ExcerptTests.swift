import Findings
import SourceText
import Testing

/// Excerpts of lines that are longer than their window.
struct ExcerptTests {
  /// The characters of a long line, and how many bytes each takes.
  @Test(arguments: ["é", "名", "👋"]) func longLinesAreCutBetweenCharacters(character: String) throws
  {
    let line = String(repeating: character, count: 300)
    let bytes = Array(line.utf8)
    let scalar = try #require(character.unicodeScalars.first)
    for offset in 0...bytes.count {
      let excerpt = Excerpt(
        of: bytes, line: TextRange(0, bytes.count), highlight: TextRange(offset, offset + 4))
      #expect(
        excerpt.text.unicodeScalars.allSatisfy { $0 == scalar }, "offset \(offset): \(excerpt.text)"
      )
      let count = excerpt.text.unicodeScalars.count
      #expect(excerpt.highlight.upperBound <= count)
      // The window grows to whole characters.
      let width = character.utf8.count
      #expect(excerpt.isCutBefore == (offset - Excerpt.windowSize >= width))
      let end = min(bytes.count, offset + 4) + Excerpt.windowSize
      #expect(
        excerpt.isCutAfter
          == ((end + width - 1) / width * width < bytes.count))
      // The highlight begins where the offset's character does.
      let start = max(0, offset - Excerpt.windowSize) / width
      if offset % width == 0, offset < bytes.count {
        #expect(excerpt.highlight.lowerBound == offset / width - start)
      }
    }
  }

  @Test func aByteOrderMarkIsNoPartOfItsLine() {
    let source = SourceFile(path: "a.json", bytes: [0xEF, 0xBB, 0xBF] + Array("[é, x]\n".utf8))
    let location = source.location(of: TextRange(8, 9))
    #expect(location.region.start.line == 1)
    #expect(location.region.start.column == 5)
    #expect(location.region.start.byteColumn == 6)
    #expect(location.excerpt?.text == "[é, x]")
    #expect(location.excerpt?.highlight == 4..<5)
    #expect(location.excerpt?.isCutBefore == false)
    let start = source.location(of: TextRange(3, 4))
    #expect(start.region.start.column == 1)
    #expect(start.excerpt?.highlight == 0..<1)
  }
}
