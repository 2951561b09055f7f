import Documents
import SourceText
import Testing

/// Control characters inside strings and names, wherever they fall into a word of eight bytes.
struct ControlCharacterTests {
  @Test(arguments: 0..<UInt8(0x20)) func isAnErrorAtItsByte(byte: UInt8) {
    for lead in 0..<18 {
      for tail in [0, 1, 7, 9] {
        let inside =
          [UInt8](repeating: 0x61, count: lead) + [byte] + [UInt8](repeating: 0x62, count: tail)
        for isName in [false, true] {
          let before = Array((isName ? "{\"" : "[\"").utf8)
          let after = Array((isName ? "\": 1}" : "\"]").utf8)
          let text = before + inside + after
          var document = Document(source: text)
          #expect(!JSONReader.read(into: &document), "byte \(byte) after \(lead)")
          let errors = JSONReader.recover(text).errors
          let places = errors.map(\.range.lowerBound)
          #expect(places.first == before.count + lead, "byte \(byte) after \(lead): \(places)")
        }
      }
    }
  }

  /// The character after the last control is plain.
  @Test func aSpaceAndDeleteArePlain() {
    for byte: UInt8 in [0x20, 0x7F] {
      let text = Array("[\"abcdefg".utf8) + [byte] + Array("\"]".utf8)
      #expect(JSONReader.read(text).errors.isEmpty)
      #expect(JSONReader.recover(text).errors.isEmpty)
    }
  }

  @Test func aPairOfEscapesIsOneCharacterOrAnError() {
    for (text, count) in [
      (#"["\ud83d\ude00"]"#, 0), (#"["\ud800\u0041"]"#, 1), (#"["\ud800"]"#, 1),
      (#"["\udc00\ud800"]"#, 2), (#"["\ud800\ud800\udc00"]"#, 1), (#"{"\ud800\u0041": 1}"#, 1),
    ] {
      var document = Document(source: Array(text.utf8))
      let isRead = JSONReader.read(into: &document)
      #expect(isRead == (count == 0), "\(text)")
      let errors = JSONReader.recover(Array(text.utf8)).errors
      #expect(errors.count == count, "\(text): \(errors.map(\.message))")
      #expect(errors.allSatisfy { $0.category == .encoding }, "\(text)")
    }
  }

  /// What is too long to be quoted whole is quoted by its beginning.
  @Test(arguments: [39, 40, 41, 42, 80]) func longWordsAreQuotedAsText(count: Int) {
    let word = String(repeating: "w", count: count)
    for text in ["[\(word)]", "{\"a\": \(word)}", "[${\(word)}]", "[{{ \(word) }}]", "[<\(word)>]"]
    {
      let errors = JSONReader.read(Array(text.utf8)).errors
      #expect(errors.count == 1, "\(text): \(errors.map(\.message))")
      for error in errors {
        #expect(error.message.contains("wwwwwwwwww"), "\(error.message)")
        for debug in ["Slice", "Optional", "UInt8", "UnicodeScalar"] {
          #expect(!error.message.contains(debug), "\(error.message)")
        }
      }
    }
  }
}
