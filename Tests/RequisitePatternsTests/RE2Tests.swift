import Testing

@testable import RequisitePatterns

/// RE2: what its grammar takes, and what matches.
struct RE2Tests {
  @Test(arguments: [
    ("\\Aab\\z", "ab", true), ("\\Ab", "ab", false), ("a\\z", "a\n", false), ("a$", "a\n", false),
    ("(?m)^b$", "a\nb\nc", true), ("(?m)^b", "a\rb", false), ("(?m)\\Ab", "a\nb", false),
    ("^.$", "\r", true), ("^.$", "\u{2028}", true), (".", "\n", false), ("(?s).", "\n", true),
    ("(?s:.)a", "\na", true), ("^\\pL+$", "é", true), ("\\pN", "x", false), ("\\PL", "é", false),
    ("^\\p{Greek}$", "α", true), ("\\p{^Greek}", "α", false), ("\\P{^Greek}", "α", true),
    ("^\\p{Lu}$", "É", true), ("^\\p{Any}$", "\u{10FFFF}", true), ("\\pC", "\u{378}", false),
    ("^[[:alpha:]]+$", "abc", true), ("^[[:alpha:]]+$", "é", false), ("[[:^alpha:]]", "a", false),
    ("^[[:word:]-]+$", "a_1-", true), ("^[[:space:]]$", "\u{B}", true), ("^\\s$", "\u{B}", false),
    ("^\\s$", "\u{A0}", false), ("^\\S$", "\u{A0}", true), ("\\d", "٣", false), ("\\w", "é", false),
    ("^\\x{31}\\x41$", "1A", true), ("^\\x{1F600}$", "😀", true), ("^\\101\\0$", "A\0", true),
    ("^\\07$", "\u{7}", true), ("^\\a\\f\\t\\n\\r\\v$", "\u{7}\u{C}\t\n\r\u{B}", true),
    ("^\\Qa.b*\\E+$", "a.b**", true), ("\\Qa.b", "axb", false), ("^a{,3}$", "a{,3}", true),
    ("^a{2,3}?$", "aaa", true), ("^a{02}$", "a{02}", true), ("^{$", "{", true),
    ("^]}$", "]}", true),
    ("^[]a]+$", "]a", true), ("^[^]a]$", "b", true), ("^[a-]$", "-", true),
    ("^[\\d-a-z]+$", "1-m", true),
    ("^[--/]$", ".", true), ("^[a\\-z]$", "-", true), ("[\\s\\S]", "\n", true),
    ("[^a]", "\n", true),
    ("(?i)^straSSE$", "STRAsse", true), ("(?i)k", "\u{212A}", true), ("(?i)^[a-c]$", "B", true),
    ("(?i)[^a]", "A", false), ("(?i)σ", "ς", true), ("(?i)i", "ı", false), ("(?i)ß", "ẞ", true),
    ("(?i:a)b", "AB", false), ("(?i)a|b", "B", true), ("(?:(?i)a)b", "Ab", true),
    ("(?i)a(?-i)b", "AB", false), ("(?i)\\W", "\u{212A}", false), ("(?i)\\p{Lu}", "a", true),
    ("(?P<y>a)(?<z>b)", "ab", true), ("(?U)a+", "a", true), ("(?i-s)^A.$", "ab", true),
    ("^*a", "a", true), ("(?:)*", "", true), ("()|a", "", true), ("\\bé", "é", false),
    ("\\-\\_\\@\\ \\/", "-_@ /", true), ("^(?:a{2}){3}$", "aaaaaa", true), ("a|", "", true),
  ])
  func matches(source: String, text: String, isMatch: Bool) throws {
    #expect(try Pattern(source, dialect: .re2).hasMatch(in: text) == isMatch)
  }

  @Test(
    arguments: [
      ("\\Z", 0, "\\z"), ("a\\C", 1, "'.'"), ("\\1", 0, "groups"), ("(a)\\1", 3, "groups"),
      ("\\8", 0, "groups"), ("\\h", 0, "[ \\t]"), ("\\u0041", 0, "\\x{"), ("\\e", 0, "\\x1B"),
      ("\\E", 0, "backslash"), ("[\\b]", 1, "\\x08"), ("\\é", 0, "RE2"), ("\\x4", 0, "\\x41"),
      ("\\x{110000}", 0, "U+10FFFF"), ("\\p{Letter}", 3, "\\p{L}"),
      ("\\p{Script=Greek}", 3, "\\p{Greek}"),
      ("\\p{IsGreek}", 3, "\\p{Greek}"), ("\\p{Greec}", 3, "\\p{Greek}"), ("\\pX", 2, "RE2"),
      ("\\p", 0, "braces"), ("[[:alpa:]]", 1, "RE2"), ("[a-\\d]", 3, "RE2"), ("[b-a]", 1, "range"),
      ("[a", 0, "]"), ("[]", 0, "]"), ("(a", 0, ")"), ("a)", 1, ")"), ("a**", 2, "group"),
      ("a++", 2, "group"), ("a{2}{3}", 4, "group"), ("*a", 0, "repeat"), ("a|*", 2, "repeat"),
      ("(*)", 1, "repeat"), ("a{1001}", 1, "1000"), ("(?:a{100}){11}", 10, "1000"),
      ("a{3,2}", 1, "order"), ("(?=a)", 0, "lookahead"), ("(?!a)", 0, "lookahead"),
      ("(?<=a)", 0, "lookbehind"), ("(?<!a)", 0, "lookbehind"), ("(?>a)", 0, "(?:"),
      ("(?P=n)", 0, "(?:"), ("(?x)a", 0, "(?:"), ("(?i", 0, ")"), ("(?-)", 0, "(?:"),
      ("(?P<n>a)(?P<n>b)", 12, "'n'"), ("(?P<a-b>c)", 4, "name"), ("\\", 0, "backslash"),
      ("\\p{Grek}", 3, "\\p{Greek}"),
    ])
  func refuses(source: String, offset: Int, advice: String) {
    do throws(PatternError) {
      _ = try Pattern(source, dialect: .re2)
      Issue.record("accepted")
    } catch {
      #expect(error.offset == offset)
      #expect(error.message.contains(advice), "\(error.message)")
    }
  }

  /// No text makes a reader trap, whatever the dialect.
  @Test func readsAnyText() {
    let pieces = [
      "(", ")", "[", "]", "\\", "|", "{", "}", "1", ",", "-", "^", "?", "é", "u", "<", ":", "p",
      "x", "Q", "*", "P", "&", " ", "i",
    ]
    for first in pieces {
      for second in pieces {
        for third in pieces {
          for text in [
            first + second + third, "(?" + first + second + third, "[" + first + second + third,
          ] {
            for dialect in [Pattern.Dialect.ecmaScript, .ecmaScriptUnicode, .re2, .iRegexp] {
              if let pattern = try? Pattern(text, dialect: dialect) {
                _ = pattern.hasMatch(in: "a")
              }
            }
          }
        }
      }
    }
  }
}
