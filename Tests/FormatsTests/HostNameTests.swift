import Formats
import Foundation
import Testing

struct HostNameTests {
  @Test(arguments: [
    FaultCase(.hostname, "1️⃣"),
    FaultCase(.hostname, "a_b".marked(1)),
    FaultCase(.hostname, "a.1️⃣-b"),
    FaultCase(.hostname, "a1️⃣-.b"),
    FaultCase(.hostname, "a.1️⃣"),
    FaultCase(.hostname, "a.1️⃣.b"),
    FaultCase(.hostname, "a.1️⃣é"),
    FaultCase(.hostname, "a.1️⃣xn--X"),
    FaultCase(.hostname, "a.1️⃣xn--a-b"),
    FaultCase(.hostname, "1️⃣xn---9uc"),
    FaultCase(.hostname, "1️⃣xn--7a"),
    FaultCase(.idnHostname, "b1️⃣Ü"),
    FaultCase(.idnHostname, "bü1️⃣-"),
    FaultCase(.idnHostname, "bü1️⃣--a"),
    FaultCase(.idnHostname, "a.1️⃣\u{301}b"),
    FaultCase(.idnHostname, "a1️⃣☃"),
    FaultCase(.idnHostname, "a1️⃣ａ"),
    FaultCase(.idnHostname, "a1️⃣\u{378}"),
    FaultCase(.idnHostname, "caf1️⃣e\u{301}"),
    FaultCase(.idnHostname, "l1️⃣··l"),
    FaultCase(.idnHostname, "אב.1️⃣1a"),
    FaultCase(.idnHostname, "א1️⃣a"),
    FaultCase(.idnHostname, "1️⃣١א"),
    FaultCase(.idnHostname, "א.é1️⃣ʹ"),
    FaultCase(.idnHostname, "אé".marked(2)),
  ])
  func tellsWhereItGoesWrong(_ fault: FaultCase) {
    fault.check()
  }

  /// The samples of RFC 3492, section 7.1, that fit into a label.
  @Test(arguments: [
    ("ليهمابتكلموشعربي؟", "egbpdaj6bu4bxfgehfvwxn", false),
    ("他们为什么不说中文", "ihqwcrb4cv8a8dqg056pqjye", true),
    ("他們爲什麽不說中文", "ihqwctvzc91f659drss3x8bo0yb", true),
    ("pročprostěnemluvíčesky", "Proprostnemluvesky-uyb24dma41a", true),
    ("למההםפשוטלאמדבריםעברית", "4dbcagdahymbxekheh6e0a7fei0b", true),
    (
      "यहलोगहिन्दीक्योंनहींबोलसकतेहैं", "i1baa7eci9glrd9b2ae1bj0hfcgg6iyaf8o0a1dig0cd", true
    ),
    ("なぜみんな日本語を話してくれないのか", "n8jok5ay5dzabd5bym9f0cm5685rrjetr6pdxa", true),
    ("почемужеонинеговорятпорусски", "b1abfaaepdrnnbgefbaDotcwatmq2g4l", true),
    (
      "porquénopuedensimplementehablarenespañol", "PorqunopuedensimplementehablarenEspaol-fmd56a",
      true
    ),
    ("tạisaohọkhôngthểchỉnóitiếngviệt", "TisaohkhngthchnitingVit-kjcr8268qyxafd2f1b9g", true),
    ("3年b組金八先生", "3B-ww4c5e180e575a65lsy2b", true),
    ("安室奈美恵-with-super-monkeys", "-with-SUPER-MONKEYS-pc58ag80a8qai00g7n9n", true),
  ])
  func readsALabels(label: String, encoded: String, isValid: Bool) {
    #expect((StringFormat.hostname.fault(in: "xn--" + encoded) == nil) == isValid)
    #expect((StringFormat.idnHostname.fault(in: label) == nil) == isValid)
  }

  /// A zero-width non-joiner is between letters that join, marks between them skipped (RFC 5892,
  /// appendix A.1).
  @Test(arguments: [
    ("\u{712}\u{200C}\u{712}", true), ("\u{712}\u{730}\u{200C}\u{712}", true),
    ("\u{712}\u{200C}\u{74A}\u{715}", true), ("\u{1820}\u{18A9}\u{200C}\u{1820}", true),
    ("\u{1820}\u{200C}\u{18A9}\u{1820}", true), ("\u{628}\u{64B}\u{200C}\u{650}\u{628}", true),
    ("\u{715}\u{200C}\u{712}", false), ("\u{715}\u{730}\u{200C}\u{712}", false),
    ("\u{712}\u{200C}\u{730}", false), ("\u{1820}\u{200C}\u{18A9}", false),
    ("\u{628}\u{200C}\u{6FD}", false), ("a\u{200C}a", false), ("\u{730}\u{200C}\u{712}", false),
  ])
  func joinersAreBetweenLetters(label: String, isValid: Bool) {
    #expect((StringFormat.idnHostname.fault(in: label) == nil) == isValid)
  }

  /// Every character that others compose is refused where they stand for it, and only there.
  @Test func knowsEveryComposition() {
    var count = 0
    for value in UInt32(0xC0)..<0x20000 {
      guard let scalar = Unicode.Scalar(value), !(0xAC00..<0xD7A4).contains(value),
        scalar.properties.generalCategory != .unassigned
      else { continue }
      let composed = String(Character(scalar))
      let parts = composed.decomposedStringWithCanonicalMapping
      guard parts.unicodeScalars.count > 1, StringFormat.idnHostname.fault(in: composed) == nil
      else { continue }
      count += 1
      let fault = StringFormat.idnHostname.fault(in: parts)
      #expect(fault?.message.contains("(NFC)") == true, "U+\(String(value, radix: 16))")
    }
    #expect(count > 400)
  }

  /// Labels of letters and marks in any order are refused exactly where Foundation composes them.
  @Test func agreesWithFoundationOnNormalForms() {
    let pieces: [Unicode.Scalar] = [
      "a", "e", "o", "\u{E2}", "\u{1EA1}", "\u{1B0}", "\u{3B1}", "\u{1F00}", "\u{915}", "\u{300}",
      "\u{301}", "\u{302}", "\u{323}", "\u{327}", "\u{31B}", "\u{304}", "\u{308}", "\u{313}",
      "\u{94D}", "\u{9C7}", "\u{9BE}",
    ]
    var seed: UInt64 = 7
    for _ in 0..<3000 {
      var label = String.UnicodeScalarView(["x"])
      for _ in 0..<6 {
        seed = seed &* 6_364_136_223_846_793_005 &+ 1_442_695_040_888_963_407
        label.append(pieces[Int(seed >> 33) % pieces.count])
      }
      let text = String(label)
      let normal = text.precomposedStringWithCanonicalMapping
      let isNormal = normal.unicodeScalars.elementsEqual(label)
      #expect((StringFormat.idnHostname.fault(in: text) == nil) == isNormal, "\(Array(label))")
    }
  }
}

extension String {
  /// The text with the mark of a fault before a byte.
  fileprivate func marked(_ offset: Int) -> String {
    let index = utf8.index(startIndex, offsetBy: offset)
    return String(self[..<index]) + "1️⃣" + String(self[index...])
  }
}
