import Testing

@testable import RequisitePatterns

/// What matches, by ECMA-262; each expectation was checked against an engine.
struct PatternTests {
  @Test(arguments: [
    ("", ""), ("", "abc"), ("a", "bab"), ("^a", "ab"), ("a$", "ba"), ("^$", ""), ("a|b", "cb"),
    ("^(?:a|b)+$", "abba"), ("^a{2,3}$", "aaa"), ("^a{2}b?$", "aa"), ("^a{0}$", ""),
    (".", "é"), ("^.$", "😀"), ("^..$", "e\u{301}"), ("[^a]", "\n"), ("^[^]$", "\n"),
    ("^[é-ü]$", "ö"), ("^\\u{1F600}$", "😀"), ("^\\uD83D\\uDE00$", "😀"), ("^\\x41\\u0042$", "AB"),
    ("^\\cJ$", "\n"), ("^\\0$", "\0"), ("\\.\\*\\/", ".*/"), ("^[\\b]$", "\u{8}"), ("^[\\-]$", "-"),
    ("^\\s$", "\u{FEFF}"), ("^\\s$", "\u{2029}"), ("^\\W$", "é"), ("^\\D$", "٣"),
    ("^\\p{L}+$", "Grüße"), ("^\\p{Lu}$", "É"), ("^\\P{Lu}$", "é"), ("\\p{Script=Greek}", "aβ"),
    ("^\\p{scx=Deva}$", "\u{1CD0}"), ("^\\p{sc=Zinh}$", "\u{1CD0}"), ("^[\\p{Nd}_]+$", "٣_4"),
    ("^\\p{General_Category=Decimal_Number}$", "7"), ("^\\p{Emoji}$", "😀"), ("^\\p{ASCII}$", "~"),
    ("^\\p{Any}$", "\u{10FFFF}"), ("^\\p{Alphabetic}$", "ª"), ("^\\p{White_Space}$", "\u{85}"),
    ("\\bfoo\\b", "a foo."), ("\\Boo", "foo"), ("^\\b\\w", "a"), ("$\\B", ""), ("$\\b", "a"),
    ("a(?=b)", "ab"), ("a(?!b)", "ac"), ("(?<=a)b", "ab"), ("(?<!a)b", "cb"), ("(?<!a)b", "b"),
    ("^(?=.*\\d)(?=.*[a-z]).{4,}$", "ab1c"), ("(?!\\.)[.a]+$", ".a"), ("a(?<=(?<!b)a)", "ca"),
    ("(?=(?=a)a)ab", "ab"), ("(?<=^a+)b", "aab"), ("a(?=b$)", "cab"), ("(?:(?=a)a)+$", "aa"),
    ("(?<year>\\d{4})-(?<month>\\d\\d)", "2024-01"), ("(?<a>x)|(?<a>y)", "y"), ("a+?b*?", "a"),
    ("(?s:.)", "\n"), ("(?m:^b$)", "a\nb\nc"), ("(?s-m:^.$)", "\n"), ("^(?-s:.)$", "a"),
    ("[]|a", "a"), ("(?:)*a", "a"), ("(a*)*b", "b"), ("(?:a?){3}$", "aa"), ("^[^\\s]{2,}$", "漢字"),
  ])
  func matches(source: String, text: String) throws {
    let pattern = try Pattern(source)
    #expect(pattern.hasMatch(in: text))
  }

  @Test(arguments: [
    ("a", ""), ("a", "bcd"), ("^a", "ba"), ("a$", "a\n"), ("^$", "\n"), (".", "\n"), (".", "\r"),
    (".", "\u{2028}"), ("^.$", "e\u{301}"), ("[]", "a"), ("^a{2,3}$", "aaaa"), ("^\\d$", "٣"),
    ("^\\w$", "é"), ("^\\s$", "\u{180E}"), ("\\p{Lu}", "abc"), ("\\p{Script=Greek}", "abc"),
    ("^\\p{sc=Deva}$", "\u{1CD0}"), ("\\bfoo\\b", "foobar"), ("\\B", "a"), ("$\\b", ""),
    ("a(?=b)", "ac"), ("a(?!b)", "ab"), ("(?<=a)b", "cb"), ("(?<!a)b", "ab"), ("\\B", "aéa"),
    ("^(?!aws:).+$", "aws:x"), ("^(?=.*\\d)(?=.*[a-z]).{4,}$", "abcd"), ("(?<!-)$", "a-"),
    ("^(?!.*\\.\\.).*$", "a..b"), ("(?m:^b$)", "a\nbc"), ("\\uD83D", "😀"), ("é", "e\u{301}"),
    // Bounds count characters, whatever bytes they take.
    ("^é{3}$", "éé"), ("^[^\\s]{3,}$", "漢字"), ("^é{2,3}x", "éx"), ("^.{1,2}$", "😀😀😀"),
    ("^[^a]{4,}a$", "😀a"),
  ])
  func doesNotMatch(source: String, text: String) throws {
    let pattern = try Pattern(source)
    #expect(!pattern.hasMatch(in: text))
  }

  /// Spellings beyond the flag `u`, beside others that keep its meaning.
  @Test(arguments: [
    ("^[\\w-.]+$", "a-.b", true), ("^[\\w-.]+$", "ä", false), ("^[\\p{L}-.]+$", "ä-ö.", true),
    ("^[.-\\w]$", "-", true), ("^[.-\\w]$", "/", false),
    ("^[\\d-a]+$", "1-a", true), ("^[\\w-.-]$", "-", true), ("^[\\w--]$", "-", true),
    ("^\\-\\_\\:\\@\\ \\\"\\'\\<\\~$", "-_:@ \"'<~", true), ("^\\p{Lu}\\_\\u{1F600}$", "Ä_😀", true),
    ("^\\p{L}\\-$", "p{L}-", false), ("^[\\p{L}\\_\\!]+$", "ä_!", true), ("a{", "a{", true),
    ("^{\\p{L}+}$", "{äb}", true), ("^{\\p{L}+}$", "{p{L}}", false), ("^\\p{L}]}$", "ä]}", true),
    ("^\\p{Lu}{x}$", "Ä{x}", true), ("^a{}{}$", "a{}{}", true), ("^{,x}$", "{,x}", true),
    ("^[[].+]$", "[a]", true), ("^\\[[^[\\]]*]$", "[ab]", true), ("x*}", "}", true),
  ])
  func readsBeyondTheFlag(source: String, text: String, isMatch: Bool) throws {
    #expect(try Pattern(source).hasMatch(in: text) == isMatch)
    #expect(throws: PatternError.self) { try Pattern(source, dialect: .ecmaScriptUnicode) }
  }

  @Test(
    arguments: [
      // A character that no class holds stands where the bytes are malformed.
      ("^.$", [0xFF], false), ("^[^a]$", [0x80], false), ("^a", [0x61, 0xFF], true),
      ("b$", [0xE2, 0x82, 0x62], true), ("^\\W*$", [0xC3], false), ("", [0xFF], true),
      ("a(?!.)", [0x61, 0xFF], true), ("\\p{Any}", [0xED, 0xA0, 0x80], false),
      ("^[^a]*$", [0xF0, 0x9F, 0x98], false), ("(?<=a)", [0xC3, 0x61, 0xC3], true),
    ] as [(String, [UInt8], Bool)])
  func treatsMalformedBytesAsCharactersOfNoClass(
    source: String, bytes: [UInt8], isMatch: Bool
  ) throws {
    #expect(try Pattern(source).hasMatch(in: bytes.span) == isMatch)
  }

  @Test(arguments: [
    ("(a|ab)(c|bcd)", "abcd", true), ("a|ab", "ab", true), ("a*?", "aaa", true),
    ("a", "ba", false), ("^a$", "a", true), ("(?!b).*", "bc", false), ("a(?=b)b", "ab", true),
    ("a(?=b)", "ab", false), ("", "a", false), ("[a-z]{1,3}", "abcd", false),
  ])
  func matchesWhole(source: String, text: String, isMatch: Bool) throws {
    #expect(try Pattern(source, extent: .whole).hasMatch(in: text) == isMatch)
  }

  @Test func emptiesACacheOfAnotherPattern() throws {
    let words = try Pattern("^(?:ab|cd)+$")
    let digits = try Pattern("^(?:12|34)+$|(?<=x)5")
    var cache = PatternCache()
    for _ in 0..<3 {
      #expect(words.hasMatch(in: Array("abcd".utf8).span, cache: &cache))
      #expect(!words.hasMatch(in: Array("1234".utf8).span, cache: &cache))
      #expect(digits.hasMatch(in: Array("1234".utf8).span, cache: &cache))
      #expect(digits.hasMatch(in: Array("x5".utf8).span, cache: &cache))
      #expect(!digits.hasMatch(in: Array("abcd".utf8).span, cache: &cache))
    }
  }

  @Test(arguments: [
    "^[a-z]{1,1000000}$", "[\\P{M}\\p{M}]{1,20000}", "^.{0,20000}$|^a$", "x.{1,100000}y?",
    "^(?:[a-z]{1,200000}|[0-9]{1,200000}x?)$", "(?:.|\\n){0,51200}",
  ])
  func takesLargeBoundsOfSimpleForms(source: String) throws {
    #expect(try Pattern(source).hasMatch(in: "xab"))
  }
}
