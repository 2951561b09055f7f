import SourceText
import Testing

struct IPAddressTests {
  /// A text, and its canonical form (RFC 5952).
  @Test(arguments: [
    ("0.0.0.0", "0.0.0.0"), ("255.255.255.255", "255.255.255.255"), ("10.1.2.30", "10.1.2.30"),
    ("::", "::"), ("::1", "::1"), ("1::", "1::"), ("0:0:0:0:0:0:0:0", "::"),
    ("2001:DB8::a:0:1", "2001:db8::a:0:1"), ("2001:0db8:0:0:1:0:0:1", "2001:db8::1:0:0:1"),
    ("1:0:3:4:5:6:7:8", "1:0:3:4:5:6:7:8"), ("1:2:3:4:5:6:7::", "1:2:3:4:5:6:7:0"),
    ("::2:3:4:5:6:7:8", "0:2:3:4:5:6:7:8"), ("1::8", "1::8"), ("::ffff:102:304", "::ffff:102:304"),
    ("::ffff:1.2.3.4", "::ffff:102:304"), ("1:2:3:4:5:6:7.8.9.10", "1:2:3:4:5:6:708:90a"),
    ("64:ff9b::1.2.3.4", "64:ff9b::102:304"), ("1::3:1.2.3.4", "1::3:102:304"),
  ])
  func readsAddresses(text: String, canonical: String) throws {
    let address = try IPAddress(Array(text.utf8).span)
    #expect(address.description == canonical)
    #expect(address.version == (text.contains(":") ? .six : .four))
    #expect(address.endsInVersion4 == (text.contains(":") && text.contains(".")))
    #expect(IPAddress(bytes: address.bytes)?.description == canonical)
  }

  /// A text, and the offset at which it is no address.
  @Test(arguments: [
    ("", 0), ("1.2.3", 5), ("1.2.3.4.5", 7), ("1.2.3.4 ", 7), ("256.1.1.1", 0), ("1.2.3.256", 6),
    ("01.2.3.4", 0), ("1.2.3.00", 6), ("1..2.3", 2), ("a.b.c.d", 0), ("1.2.3.4/8", 7),
    (":", 0), ("1:", 2), (":1", 0), (":::", 2), ("1:::2", 3), ("1::2::3", 5), ("1::2:", 5),
    ("1:2:3:4:5:6:7", 13), ("1:2:3:4:5:6:7:8:9", 16), ("1:2:3:4:5:6:7::8", 16),
    ("12345::", 4), ("g::", 0), ("fe80::1%eth0", 7), ("1:2:3:4:5:6:7:1.2.3.4", 14),
    ("::1.2.3", 7), ("::1.2.3.4:5", 9), ("[::1]", 0),
  ])
  func refusesOtherTexts(text: String, offset: Int) throws {
    let bytes = Array(text.utf8)
    let fault = #expect(throws: IPAddress.Fault.self) { _ = try IPAddress(bytes.span) }
    #expect(fault?.offset == offset)
  }

  @Test(arguments: [
    ("::ffff:102:304", "1.2.3.4"), ("::fffe:102:304", "::fffe:102:304"), ("::", "::"),
    ("1::ffff:102:304", "1::ffff:102:304"), ("1.2.3.4", "1.2.3.4"),
  ])
  func mappedAddressesAreOfVersion4(text: String, expected: String) throws {
    #expect(try IPAddress(Array(text.utf8).span).unmapped.description == expected)
  }
}
