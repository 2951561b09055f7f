import Formats
import Testing

/// Texts made to break a reader: no format may trap on any, and each fault lies within the text.
struct HostileInputTests {
  @Test(arguments: StringFormat.allCases)
  func readsLongTexts(format: StringFormat) {
    let pieces = [
      "a", "a.", "é", "é.", "\u{200C}", "ب\u{200C}", "1", "1:", "::", "%", "%41", "{", "{a", "{a,",
      "/", "~", "~0", "[", "[[", "(", "\\", "\"", "\"\\", "P1", "T", "=", "-", "xn--", "xn--a-",
      "\u{301}", "a\u{301}", "\u{0}", "@", ";", "; a=", "arn:", "・", "0",
    ]
    for piece in pieces {
      for prefix in [
        "", "a@", "https://", "xn--", "arn:aws:s3:::", "a/b; c=\"", "{", "2000-01-01T",
      ] {
        let text = Array(prefix.utf8) + Array(String(repeating: piece, count: 3_000).utf8)
        if let fault = format.fault(in: text[...]) {
          #expect((0...text.count).contains(fault.offset))
          #expect(!fault.message.isEmpty)
        }
      }
    }
  }

  @Test(arguments: StringFormat.allCases)
  func readsChangedBytes(format: StringFormat) {
    let texts = [
      "2016-12-31T23:59:60.5+01:30", "P1Y2M3DT4H5M6S", "\"a b\"@[IPv6:1::2:1.2.3.4]",
      "xn--9n2bp8q.실례.אב", "https://a:b@[v1.x]:80/p%20q?r#s", "{+a:10,b*}x{?c.d}", "0+1/a~0b",
      "arn:aws:s3:eu-west-1:123456789012:a/b", "QUJDRA==", "text/plain; a=\"b\\\"c\"",
      "2eb8aa08-aa98-11ea-b4aa-73b441d16380", "{\"a\": [1, \"\\u00e9\"]}", "(?<a>[b-c]{2,3})+?",
    ]
    let bytes: [UInt8] = [
      0, 0x0A, 0x20, 0x22, 0x25, 0x2D, 0x2E, 0x3A, 0x5C, 0x7F, 0x80, 0xC0, 0xF4, 0xFF,
    ]
    for text in texts {
      let original = Array(text.utf8)
      for index in original.indices {
        for byte in bytes {
          var changed = original
          changed[index] = byte
          for candidate in [changed[...], changed[...index], changed[index...]] {
            if let fault = format.fault(in: candidate) {
              #expect((0...candidate.count).contains(fault.offset))
            }
          }
        }
      }
    }
  }

  /// Offsets count from the start of the slice, wherever that lies.
  @Test func countsFromTheStartOfTheSlice() {
    let text = Array("xxx2000-13-01".utf8)
    #expect(StringFormat.date.fault(in: text[3...])?.offset == 5)
  }

  @Test(arguments: StringFormat.allCases)
  func hasAPhrase(format: StringFormat) {
    #expect(!format.phrase.isEmpty)
    #expect(StringFormat(rawValue: format.rawValue) == format)
  }
}
