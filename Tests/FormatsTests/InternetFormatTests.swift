import Formats
import Testing

struct InternetFormatTests {
  @Test(arguments: [
    FaultCase(.ipv4, "1.2.31️⃣"),
    FaultCase(.ipv4, "1.2.3.1️⃣"),
    FaultCase(.ipv4, "1.2.1️⃣256.1"),
    FaultCase(.ipv4, "1️⃣087.10.0.1"),
    FaultCase(.ipv4, "1.2.3.1️⃣00"),
    FaultCase(.ipv4, "1.2.3.41️⃣%eth0"),
    FaultCase(.ipv6, "1️⃣"),
    FaultCase(.ipv6, "1️⃣:"),
    FaultCase(.ipv6, "::1️⃣:"),
    FaultCase(.ipv6, "1:1️⃣"),
    FaultCase(.ipv6, "fe80::11️⃣%eth0"),
    FaultCase(.ipv6, "1::2:1️⃣:"),
    FaultCase(.ipv6, "1:2:3:4::5:6:7:81️⃣"),
    FaultCase(.ipv6, "1:2:3:4:5:6:7:8:1️⃣9"),
    FaultCase(.ipv6, "1:2:3:4:5:6:7:1️⃣1.2.3.4"),
    FaultCase(.uuid, "2eb8aa081️⃣"),
    FaultCase(.uuid, "1️⃣{2eb8aa08-aa98-11ea-b4aa-73b441d16380}"),
    FaultCase(.uuid, "2eb8aa08-aa98-11ea-b4aa-73b441d163801️⃣0"),
    FaultCase(.uri, "1️⃣"),
    FaultCase(.uri, "1️⃣9p:x"),
    FaultCase(.uri, "example1️⃣/a:b"),
    FaultCase(.uri, "urn:a1️⃣ b"),
    FaultCase(.uri, "urn:a#b1️⃣#c"),
    FaultCase(.uri, "urn:1️⃣é"),
    FaultCase(.uri, "https://a1️⃣é/"),
    FaultCase(.uri, "https://a1️⃣["),
    FaultCase(.uri, "https://[::1]1️⃣a"),
    FaultCase(.uri, "https://[::11️⃣"),
    FaultCase(.uri, "https://[v1️⃣.a]"),
    FaultCase(.uri, "https://[v11️⃣]"),
    FaultCase(.uri, "https://[v1.1️⃣]"),
    FaultCase(.uri, "https://a:11️⃣x"),
    FaultCase(.uri, "https://a@b1️⃣@c"),
    FaultCase(.uri, "https://a1️⃣<@c"),
    FaultCase(.uriReference, "a1️⃣ b:c"),
    FaultCase(.uriReference, "a%20b1️⃣:c"),
    FaultCase(.iriReference, "é1️⃣:c"),
    FaultCase(.iri, "urn:a1️⃣\u{E000}"),
    FaultCase(.iri, "urn:a1️⃣\u{FFFE}"),
    FaultCase(.uri, "urn:a1️⃣%4"),
    FaultCase(.uriTemplate, "a1️⃣{b,c"),
    FaultCase(.uriTemplate, "{a1️⃣-b}"),
    FaultCase(.uriTemplate, "a1️⃣}"),
    FaultCase(.uriTemplate, "{+1️⃣}"),
    FaultCase(.uriTemplate, "{a:1️⃣12345}"),
    FaultCase(.uriTemplate, "a1️⃣<"),
    FaultCase(.uriTemplate, "1️⃣\u{85}"),
    FaultCase(.uriTemplate, "a1️⃣ "),
  ])
  func tellsWhereItGoesWrong(_ fault: FaultCase) {
    fault.check()
  }

  @Test(arguments: [
    FaultCase(.email, "1️⃣"),
    FaultCase(.email, "joe1️⃣"),
    FaultCase(.email, "joe@1️⃣"),
    FaultCase(.email, "1️⃣@a"),
    FaultCase(.email, "joe.1️⃣@a"),
    FaultCase(.email, "joe1️⃣ b@a"),
    FaultCase(.email, "jo1️⃣é@a"),
    FaultCase(.email, "\"jo1️⃣é\"@a"),
    FaultCase(.email, "1️⃣\"joe@a"),
    FaultCase(.email, "1️⃣\"joe\\"),
    FaultCase(.email, "\"jo1️⃣\n\"@a"),
    FaultCase(.idnEmail, "\"jo\\1️⃣é\"@a"),
    FaultCase(.email, "joe@a.1️⃣.b"),
    FaultCase(.email, "joe@1️⃣é.com"),
    FaultCase(.email, "joe@[1.2.3.41️⃣"),
    FaultCase(.email, "joe@[1.2.3.4]1️⃣x"),
    FaultCase(.email, "joe@[1.2.31️⃣]"),
    FaultCase(.email, "joe@[IPv6:1️⃣g]"),
    FaultCase(.email, "joe@[x1️⃣-:a]"),
    FaultCase(.email, "joe@[x:1️⃣]"),
    FaultCase(.email, "joe@[x:a1️⃣ ]"),
  ])
  func tellsWhereAnAddressGoesWrong(_ fault: FaultCase) {
    fault.check()
  }

  @Test(
    arguments: [
      (.ipv6, "1:2:3:4:5:6:7::"), (.ipv6, "::2:3:4:5:6:7:8"), (.ipv6, "::1.2.3.4"),
      (.ipv6, "1:2:3:4:5:6:1.2.3.4"), (.uri, "a:"), (.uri, "file:///etc"), (.uri, "a://@:"),
      (.uri, "https://[v1f.a:b]:"), (.uriReference, "a/b:c"), (.uriReference, "?a:b"),
      (.iri, "urn:x?\u{E000}"), (.iriReference, ""), (.uriTemplate, "{/a%20b*,c:3}{|d}"),
      (.email, "\"\"@a"), (.email, "\"a\\\"b\"@a"), (.email, "a@[ipV6:::1]"),
      (.email, "a@[tag:x]"), (.email, "a@xn--x"), (.idnEmail, "é@é.é"),
    ] as [(StringFormat, String)])
  func accepts(format: StringFormat, text: String) {
    #expect(format.fault(in: text) == nil)
  }
}
