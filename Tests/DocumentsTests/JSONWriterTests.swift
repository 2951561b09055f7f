import Documents
import Testing

struct JSONWriterTests {
  private func example(_ layout: JSONWriter.Layout) -> String {
    var output: [UInt8] = []
    var json = JSONWriter(layout)
    json.beginObject(into: &output)
    json.member("text", "a/b", into: &output)
    json.member("none", nil as String?, into: &output)
    json.name("list", into: &output)
    json.beginArray(into: &output)
    json.value(-1, into: &output)
    json.value(true, into: &output)
    json.beginObject(into: &output)
    json.endObject(into: &output)
    json.value(verbatim: Array("1e400".utf8), into: &output)
    json.endArray(into: &output)
    json.name("empty", into: &output)
    json.beginArray(into: &output)
    json.endArray(into: &output)
    json.member("last", false, into: &output)
    json.endObject(into: &output)
    return String(decoding: output, as: UTF8.self)
  }

  @Test func writesCompactly() {
    #expect(
      example(.compact)
        == #"{"text":"a/b","none":null,"list":[-1,true,{},1e400],"empty":[],"last":false}"#)
  }

  @Test func indents() {
    #expect(
      example(.indented) == """
        {
          "text": "a/b",
          "none": null,
          "list": [
            -1,
            true,
            {},
            1e400
          ],
          "empty": [],
          "last": false
        }
        """)
  }

  @Test func writesValuesOneAfterAnother() {
    var output: [UInt8] = []
    var json = JSONWriter()
    for number in 1...2 {
      json.beginArray(into: &output)
      json.value(number, into: &output)
      json.endArray(into: &output)
      output.append(UInt8(ascii: "\n"))
    }
    #expect(String(decoding: output, as: UTF8.self) == "[1]\n[2]\n")
  }

  @Test(
    arguments: [
      ("", #""""#), ("a/b", #""a/b""#), ("\"\\", #""\"\\""#),
      ("\u{0}\u{8}\t\n\u{C}\r\u{1F}", #""\u0000\b\t\n\f\r\u001f""#),
      ("\u{7F}\u{9B}\u{2028}\u{202E}", #""\u007f\u009b\u2028\u202e""#),
      ("\u{E0041}", #""\udb40\udc41""#), ("é名😀", #""é名😀""#),
    ])
  func escapes(text: String, expected: String) {
    var output: [UInt8] = []
    JSONWriter.append(quoted: text, to: &output)
    #expect(String(decoding: output, as: UTF8.self).utf8.elementsEqual(expected.utf8))
  }

  /// Every scalar of the basic plane, and some beyond, comes back from the reader.
  @Test func isReadBackAsWritten() {
    for start in stride(from: 0 as UInt32, to: 0x110000, by: 0x40) {
      if start >= 0x10000, start % 0x4000 != 0 { continue }
      let scalars = (start..<(start + 0x40)).compactMap(Unicode.Scalar.init)
      let text = String(String.UnicodeScalarView(scalars))
      var output: [UInt8] = []
      JSONWriter.append(quoted: text, to: &output)
      let reading = JSONReader.read(output)
      #expect(reading.errors.isEmpty)
      #expect(reading.document.utf8(of: .root).elementsEqual(text.utf8))
    }
  }
}
