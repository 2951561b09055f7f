import SourceText
import Testing

struct ExactTextTests {
  /// Texts that `String` takes for the same are not, unless their bytes are.
  @Test func textsAreTheirBytes() {
    let (composed, decomposed) = ("caf\u{E9}", "cafe\u{301}")
    #expect(composed == decomposed)
    #expect(!composed.hasSameBytes(as: decomposed))
    #expect(composed.hasSameBytes(as: String(decoding: Array(composed.utf8), as: UTF8.self)))
    #expect(ExactText(composed) != ExactText(decomposed))
    #expect(Set([composed, decomposed, composed].map(ExactText.init)).count == 2)
    #expect(!composed.hasSameBytes(as: "caf") && !"".hasSameBytes(as: composed))
    #expect("".hasSameBytes(as: "") && ExactText("") == ExactText(""))
  }
}
