import SourceText
import Testing

struct SourceFileTests {
  /// The line index is built once, on demand, for all copies of a file.
  @Test func copiesShareTheirLines() {
    let file = SourceFile(path: "a", bytes: Array("a\nb".utf8))
    let copy = file
    #expect(!file.hasLineIndex)
    #expect(copy.lineIndex().lineCount == 2)
    #expect(file.hasLineIndex)
    #expect(!SourceFile(path: "a", bytes: file.bytes).hasLineIndex)
  }
}
