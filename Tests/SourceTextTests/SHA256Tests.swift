import SourceText
import Testing

struct SHA256Tests {
  private static let vectors: [(String, String)] = [
    // The examples of FIPS 180-4, and texts that end around the end of a block.
    ("", "e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855"),
    ("abc", "ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad"),
    (
      "abcdbcdecdefdefgefghfghighijhijkijkljklmklmnlmnomnopnopq",
      "248d6a61d20638b8e5c026930c3e6039a33ce45964ff2167f6ecedd419db06c1"
    ),
    (
      "abcdefghbcdefghicdefghijdefghijkefghijklfghijklmghijklmnhijklmnoijklmnopjklmnopqklmnopqrlmnopqrsmnopqrstnopqrstu",
      "cf5b16a778af8380036ce59e7b0492370b249b11e8f07a51afac45037afee9d1"
    ),
    (
      String(repeating: "a", count: 1_000_000),
      "cdc76e5c9914fb9281a1c7e284d73e67f1809a48a497200e046d39ccc7112cd0"
    ),
    (
      String(repeating: "a", count: 55),
      "9f4390f8d30c2dd92ec9f095b65e2b9ae9b0a925a5258e241c9f1e910f734318"
    ),
    (
      String(repeating: "a", count: 56),
      "b35439a4ac6f0948b6d6f9e3c6af0f5f590ce20f1bde7090ef7970686ec6738a"
    ),
    (
      String(repeating: "a", count: 63),
      "7d3e74a05d7db15bce4ad9ec0658ea98e3f06eeecf16b4c6fff2da457ddc2f34"
    ),
    (
      String(repeating: "a", count: 64),
      "ffe054fe7ae0cb6dc65c3af9b61d5209f439851db43d0ba5997337df154668eb"
    ),
    (
      String(repeating: "a", count: 65),
      "635361c48bb9eab14198e76ea8ab7f1a41685d6ad62aa9146d301d4f17eb0ae0"
    ),
    (
      String(repeating: "a", count: 119),
      "31eba51c313a5c08226adf18d4a359cfdfd8d2e816b13f4af952f7ea6584dcfb"
    ),
    (
      String(repeating: "a", count: 120),
      "2f3d335432c70b580af0e8e1b3674a7c020d683aa5f73aaaedfdc55af904c21c"
    ),
  ]

  @Test(arguments: vectors) func hashes(text: String, expected: String) {
    var whole = SHA256()
    whole.update(text)
    #expect(whole.finish() == expected)
    var bytes = SHA256()
    bytes.update(Array(text.utf8))
    let digest = bytes.digest()
    #expect(digest.count == 32)
    #expect(
      digest.map { String($0 >> 4, radix: 16) + String($0 & 0xF, radix: 16) }.joined() == expected)
  }

  /// However a text comes in, its hash is the same.
  @Test(arguments: [1, 3, 55, 63, 64, 65, 127, 128, 200]) func takesPieces(size: Int) {
    let text = (0..<1_000).map { UInt8(truncatingIfNeeded: $0 * 7) }
    var whole = SHA256()
    whole.update(text)
    var pieces = SHA256()
    for start in stride(from: 0, to: text.count, by: size) {
      let piece = text[start..<min(start + size, text.count)]
      if piece.count == 1, let byte = piece.first {
        pieces.update(byte)
      } else {
        pieces.update(Array(piece))
      }
    }
    #expect(pieces.finish() == whole.finish())
  }

  /// What is added to a copy is not in the other.
  @Test func copiesAreApart() {
    var hash = SHA256()
    hash.update("ab")
    var copy = hash
    copy.update("c")
    hash.update("d")
    #expect(copy.finish() == Self.vectors[1].1)
    #expect(hash.finish() != Self.vectors[1].1)
  }
}
