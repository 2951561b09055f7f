import Formats
import Testing

struct InternetFormatTests {
  @Test(arguments: [
    FaultCase(.ipv4, "1.2.31️⃣", "expected '.' and another of four numbers"),
    FaultCase(.ipv4, "1.2.3.1️⃣", "expected a decimal number from 0 to 255"),
    FaultCase(.ipv4, "1.2.1️⃣256.1", "expected a number from 0 to 255"),
    FaultCase(.ipv4, "1️⃣087.10.0.1", "a number in an address has no leading zero"),
    FaultCase(.ipv4, "1.2.3.1️⃣00", "a number in an address has no leading zero"),
    FaultCase(.ipv4, "1.2.3.41️⃣%eth0", "expected the end after four numbers"),
    FaultCase(.ipv6, "1️⃣", "expected a group of one to four hexadecimal digits"),
    FaultCase(.ipv6, "1️⃣:", "expected a group of one to four hexadecimal digits"),
    FaultCase(.ipv6, "::1️⃣:", "expected a group of one to four hexadecimal digits"),
    FaultCase(.ipv6, "1:1️⃣", "expected a group of one to four hexadecimal digits"),
    FaultCase(.ipv6, "fe80::11️⃣%eth0", "expected ':' or the end after a group"),
    FaultCase(.ipv6, "1::2:1️⃣:", "'::' may stand only once"),
    FaultCase(.ipv6, "1:2:3:4::5:6:7:81️⃣", "'::' stands for at least one group"),
    FaultCase(.ipv6, "1:2:3:4:5:6:7:8:1️⃣9", "expected the end after eight groups"),
    FaultCase(
      .ipv6, "1:2:3:4:5:6:7:1️⃣1.2.3.4", "an IPv4 address takes the place of the last two groups"),
    FaultCase(.uuid, "2eb8aa081️⃣", Self.uuidHyphen),
    FaultCase(.uuid, "1️⃣{2eb8aa08-aa98-11ea-b4aa-73b441d16380}", Self.uuidDigit),
    FaultCase(
      .uuid, "2eb8aa08-aa98-11ea-b4aa-73b441d163801️⃣0", "expected the end after 36 characters"),
    FaultCase(.uri, "1️⃣", "expected a scheme, such as 'https:', at the start"),
    FaultCase(.uri, "1️⃣9p:x", "a scheme starts with a letter"),
    FaultCase(.uri, "example1️⃣/a:b", "expected ':' after the scheme"),
    FaultCase(.uri, "urn:a1️⃣ b", "a space must be written as '%20'"),
    FaultCase(.uri, "urn:a#b1️⃣#c", "a second '#' must be written as '%23'"),
    FaultCase(.uri, "urn:1️⃣é", "a character beyond ASCII must be percent-encoded"),
    FaultCase(.uri, "https://a1️⃣é/", "a character beyond ASCII must be percent-encoded"),
    FaultCase(.uri, "https://a1️⃣[", "brackets hold only the address of a host"),
    FaultCase(.uri, "https://[::1]1️⃣a", "expected ':' and the port, or the path, after ']'"),
    FaultCase(.uri, "https://[::11️⃣", "expected ']' after the address"),
    FaultCase(
      .uri, "https://[v1️⃣.a]", "expected the hexadecimal version of the address after 'v'"),
    FaultCase(.uri, "https://[v11️⃣]", "expected '.' after the version of the address"),
    FaultCase(.uri, "https://[v1.1️⃣]", "expected the address, up to ']'"),
    FaultCase(.uri, "https://a:11️⃣x", "expected only digits of the port after ':'"),
    FaultCase(.uri, "https://a@b1️⃣@c", "only one '@' may stand before the host; write '%40'"),
    FaultCase(
      .uri, "https://a1️⃣<@c", "this character must be percent-encoded in the user information"),
    FaultCase(.uriReference, "a1️⃣ b:c", "a space must be written as '%20'"),
    FaultCase(
      .uriReference, "a%20b1️⃣:c",
      "no scheme stands before this ':'; write './' before a path that has one"),
    FaultCase(
      .iriReference, "é1️⃣:c",
      "no scheme stands before this ':'; write './' before a path that has one"),
    FaultCase(.iri, "urn:a1️⃣\u{E000}", "this character must be percent-encoded"),
    FaultCase(.iri, "urn:a1️⃣\u{FFFE}", "this character must be percent-encoded"),
    FaultCase(
      .uri, "urn:a1️⃣%4", "expected two hexadecimal digits after '%'; write '%25' for the character"
    ),
    FaultCase(.uriTemplate, "a1️⃣{b,c", "this '{' is never closed"),
    FaultCase(.uriTemplate, "{a1️⃣-b}", "expected ',' or '}' after the variable"),
    FaultCase(
      .uriTemplate, "a1️⃣}", "this '}' closes no expression; write '%7D' for the character"),
    FaultCase(
      .uriTemplate, "{+1️⃣}",
      "expected the name of a variable: letters, digits, '_', and '.' between them"),
    FaultCase(
      .uriTemplate, "{a:1️⃣12345}", "expected a length from 1 to 9999, without leading zeros"),
    FaultCase(.uriTemplate, "a1️⃣<", "this character must be percent-encoded"),
    FaultCase(.uriTemplate, "1️⃣\u{85}", "this character must be percent-encoded"),
    FaultCase(.uriTemplate, "a1️⃣ ", "spaces and control characters must be percent-encoded"),
  ])
  func tellsWhereItGoesWrong(_ fault: FaultCase) {
    fault.check()
  }

  private static let uuidHyphen =
    "expected '-': the groups have 8, 4, 4, 4 and 12 hexadecimal digits"
  private static let uuidDigit =
    "expected a hexadecimal digit: the groups have 8, 4, 4, 4 and 12 of them"

  @Test(arguments: [
    FaultCase(.email, "1️⃣", "expected a local part, '@' and a domain"),
    FaultCase(.email, "joe1️⃣", "expected '@' and the domain after the local part"),
    FaultCase(.email, "joe@1️⃣", "expected the domain after '@'"),
    FaultCase(.email, "1️⃣@a", "expected a local part before '@'"),
    FaultCase(
      .email, "joe.1️⃣@a", "a '.' stands only between other characters of the local part"),
    FaultCase(
      .email, "joe1️⃣ b@a", "this character may stand in the local part only within quotes"),
    FaultCase(.email, "jo1️⃣é@a", "the local part has only ASCII characters"),
    FaultCase(.email, "\"jo1️⃣é\"@a", "the local part has only ASCII characters"),
    FaultCase(.email, "1️⃣\"joe@a", "this quote is never closed"),
    FaultCase(.email, "1️⃣\"joe\\", "this quote is never closed"),
    FaultCase(.email, "\"jo1️⃣\n\"@a", "a control character may not stand in quotes"),
    FaultCase(.idnEmail, "\"jo\\1️⃣é\"@a", "only an ASCII character may follow a backslash"),
    FaultCase(.email, "joe@a.1️⃣.b", "expected a label before the dot"),
    FaultCase(.email, "joe@1️⃣é.com", "a label has only letters, digits and hyphens of ASCII"),
    FaultCase(.email, "joe@[1.2.3.41️⃣", "expected ']' after the address"),
    FaultCase(.email, "joe@[1.2.3.4]1️⃣x", "expected the end after ']'"),
    FaultCase(.email, "joe@[1.2.31️⃣]", "expected '.' and another of four numbers"),
    FaultCase(.email, "joe@[IPv6:1️⃣g]", "expected a group of one to four hexadecimal digits"),
    FaultCase(.email, "joe@[x1️⃣-:a]", "a tag before an address does not end in '-'"),
    FaultCase(.email, "joe@[x:1️⃣]", "expected an address after ':'"),
    FaultCase(.email, "joe@[x:a1️⃣ ]", "this character may not stand in an address"),
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
