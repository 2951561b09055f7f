import SourceText
import Testing

struct UTF8DecoderTests {
  /// Each character of a plane's edges and many between them is read back.
  @Test func readsWhatIsWellFormed() {
    let edges: [UInt32] = [
      0, 0x7F, 0x80, 0x7FF, 0x800, 0xD7FF, 0xE000, 0xFFFD, 0xFFFF, 0x10000, 0x3FFFF, 0x40000,
      0xFFFFF, 0x100000, 0x10FFFF,
    ]
    for value in edges + stride(from: 0, through: 0x10FFFF, by: 37) {
      guard let scalar = Unicode.Scalar(value) else { continue }
      let bytes = [UInt8(ascii: "a")] + Array(String(scalar).utf8) + [UInt8(ascii: "b")]
      let found = UTF8Decoder.scalar(in: bytes.span, at: 1)
      #expect(found?.scalar == scalar && found?.length == bytes.count - 2)
      #expect(UTF8Decoder.length(in: bytes.span, at: 1) == bytes.count - 2)
    }
  }

  /// The first bytes of sequences, with what may follow them (The Unicode Standard, table 3-7).
  @Test func agreesWithTheStandardLibrary() {
    let others: [UInt8] = [0x00, 0x7F, 0x80, 0x8F, 0x90, 0x9F, 0xA0, 0xBF, 0xC0, 0xFF]
    for first in UInt8.min...UInt8.max {
      for second in others {
        for third in others {
          for count in 1...4 {
            let bytes = Array([first, second, third, 0x80].prefix(count))
            var decoder = UTF8()
            var iterator = bytes.makeIterator()
            var expected: Unicode.Scalar?
            if case .scalarValue(let scalar) = decoder.decode(&iterator) { expected = scalar }
            let found = UTF8Decoder.scalar(in: bytes.span, at: 0)
            #expect(found?.scalar == expected, "\(bytes)")
            #expect(found?.length ?? 0 == expected.map { UTF8.width($0) } ?? 0, "\(bytes)")
          }
        }
      }
    }
  }

  @Test(
    arguments: [
      [0x80], [0xBF], [0xC0, 0x80], [0xC1, 0xBF], [0xC2], [0xC2, 0x41], [0xE0, 0x9F, 0xBF],
      [0xE1, 0x80], [0xED, 0xA0, 0x80], [0xED, 0xBF, 0xBF], [0xF0, 0x8F, 0xBF, 0xBF],
      [0xF0, 0x90, 0x80], [0xF4, 0x90, 0x80, 0x80], [0xF5, 0x80, 0x80, 0x80], [0xFE], [0xFF],
    ] as [[UInt8]])
  func refusesWhatIsMalformed(bytes: [UInt8]) {
    #expect(UTF8Decoder.length(in: bytes.span, at: 0) == 0)
    #expect(UTF8Decoder.scalar(in: bytes.span, at: 0) == nil)
  }
}
