import SourceText
import Testing

struct LineIndexTests {
  /// The region of a text's first byte, wherever the text is in its file.
  @Test(arguments: ["", "ab", "é\n", "a\r\n\n😀x", "\u{FEFF}", "\u{FEFF}é"])
  func theFirstByteHasTheRegionThatItHasByAnIndex(before: String) {
    let file = Array((before + "{\"é\": 1}").utf8)
    var base = LineIndex.Base.wholeFile
    base.advance(over: file, from: 0, to: before.utf8.count)
    let text = Array(file[before.utf8.count...])
    #expect(base.firstByte == LineIndex(text, base: base).region(of: TextRange(0, 1), in: text))
  }

  @Test(arguments: [
    ("a\nb", 2, 2, 1), ("a\r\nb", 3, 2, 1), ("a\rb", 2, 2, 1), ("a\r\n\rb", 4, 3, 1),
    ("é😀x", 6, 1, 3), ("\u{FEFF}ab", 4, 1, 2), ("", 0, 1, 1), ("a\n", 2, 2, 1),
  ])
  func findsLineAndColumn(_ text: String, offset: Int, line: Int, column: Int) {
    let bytes = Array(text.utf8)
    let position = LineIndex(bytes).position(of: offset, in: bytes)
    #expect(position.line == line)
    #expect(position.column == column)
  }

  @Test func countsUTF16Apart() {
    let bytes = Array("é😀x".utf8)
    let position = LineIndex(bytes).position(of: 6, in: bytes)
    #expect(position.utf16Column == 4)
    #expect(position.byteColumn == 7)
  }

  @Test func looksUpFarIntoALongLine() {
    let bytes = Array(String(repeating: "é", count: 5000).utf8)
    let index = LineIndex(bytes)
    for scalar in stride(from: 0, to: 5000, by: 333) {
      #expect(index.position(of: scalar * 2, in: bytes).column == scalar + 1)
      #expect(index.offset(line: 1, column: scalar + 1, in: bytes) == scalar * 2)
    }
  }

  /// A part of a text has the lines and columns of the whole, wherever it begins.
  @Test func partsContinueTheWhole() {
    let characters: [Unicode.Scalar] = ["a", "\u{E9}", "\u{1F600}", "\n", "\r", "\t"]
    for round in 0..<60 {
      // Without any return as well, and without any line feed.
      let left = characters.filter { $0 != "\r" || round % 3 > 0 }
        .filter { $0 != "\n" || round % 3 > 1 }
      let text = (0..<Int.random(in: 1...60)).map { _ in left.randomElement() ?? "a" }
      let whole = Array(String(String.UnicodeScalarView(text)).utf8)
      let index = LineIndex(whole)
      var base = LineIndex.Base.wholeFile
      var start = 0
      for place in 1..<whole.count where whole[place] & 0xC0 != 0x80 {
        let partsPair = whole[place] == UInt8(ascii: "\n") && whole[place - 1] == UInt8(ascii: "\r")
        if partsPair || Bool.random() { continue }
        base.advance(over: whole, from: start, to: place)
        start = place
        let part = Array(whole[place...])
        let found = LineIndex(part, base: base).position(of: 0, in: part)
        let expected = index.position(of: place, in: whole)
        #expect(
          [found.line, found.column, found.utf16Column, found.byteColumn, found.offset]
            == [
              expected.line, expected.column, expected.utf16Column, expected.byteColumn,
              expected.offset,
            ], "\(whole) \(place)")
      }
    }
  }

  /// Lines and columns by the definition, at every offset of texts of all kinds of characters.
  @Test func agreesWithTheDefinition() {
    let characters: [Unicode.Scalar] = ["a", "\u{E9}", "\u{20AC}", "\u{1F600}", "\n", "\r", "\t"]
    for _ in 0..<20 {
      let text = (0..<Int.random(in: 0...1_500)).map { _ in characters.randomElement() ?? "a" }
      let bytes = Array(String(String.UnicodeScalarView(text)).utf8)
      let index = LineIndex(bytes)
      var (offset, line, column, utf16, scalars) = (0, 1, 1, 1, 0)
      for (place, scalar) in text.enumerated() {
        let position = index.position(of: offset, in: bytes)
        #expect(position.line == line && position.column == column)
        #expect(position.utf16Column == utf16 && position.scalarOffset == scalars)
        offset += UTF8.width(scalar)
        scalars += 1
        let next = place + 1 < text.count ? text[place + 1] : nil
        if scalar == "\n" || scalar == "\r" && next != "\n" {
          (line, column, utf16) = (line + 1, 1, 1)
        } else {
          (column, utf16) = (column + 1, utf16 + UTF16.width(scalar))
        }
      }
    }
  }

  @Test func aPartOfAFileKnowsItsPlace() {
    let bytes = Array("{}\n{}".utf8)
    let index = LineIndex(bytes, base: .init(offset: 1000, lines: 20))
    let position = index.position(of: 4, in: bytes)
    #expect(position.line == 22)
    #expect(position.column == 2)
    #expect(position.offset == 1004)
  }
}

struct NearestNameTests {
  @Test(arguments: [
    ("SuportedMessagingContentTypes", "SupportedMessagingContentTypes"),
    ("ConnectInstanceId", "InstanceId"), ("contact_flow_id", "ContactFlowId"),
  ])
  func suggests(_ name: String, _ expected: String) {
    let names = ["InstanceId", "ContactFlowId", "SupportedMessagingContentTypes", "Attributes"]
    #expect(NearestName.nearest(to: name, among: names) == expected)
  }

  @Test func isSilentWhenNothingIsNear() {
    #expect(NearestName.nearest(to: "Zebra", among: ["InstanceId", "Attributes"]) == nil)
  }
}
