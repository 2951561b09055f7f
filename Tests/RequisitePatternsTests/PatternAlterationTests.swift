import RequisitePatterns
import SourceText
import Testing

/// The small changes that are tried on patterns.
struct PatternAlterationTests {
  private func texts(_ alterations: [TextAlteration], of text: String) -> [String] {
    alterations.map { $0.applied(to: Array(text.utf8)) }
  }

  @Test(
    arguments: [
      ("^a$", ["a$", "^a"]),
      ("a+b", ["a*b", "ab"]),
      ("ab*", ["ab+"]),
      ("ab?c", ["ac", "abc"]),
      ("a{2}", ["a{1}", "a{3}"]),
      ("a{0,2}", ["a{0,1}", "a{1,2}", "a{0,3}"]),
      ("a{1,}?", ["a{0,}?", "a{2,}?"]),
      ("x|yz|", ["yz|", "x|", "x|yz"]),
      ("(ab|c)d", ["(c)d", "(ab)d"]),
      ("(?=a)(?<!b)", ["(?!a)(?<!b)", "(?=a)(?<=b)"]),
      ("(?:a)?", ["", "(?:a)"]),
      (#"a\.b\\.\b"#, [#"a.b\\.\b"#, #"a\.b\\."#]),
      (
        "[b-y_]", ["[a-y_]", "[c-y_]", "[b-x_]", "[b-z_]", "[b-y]"]
      ),
      ("[^a]", ["[a]"]),
      (#"[\d\]]"#, [#"[\]]"#, #"[\d]"#]),
      ("[é-é]", ["[è-é]", "[é-ê]"]),
      (#"\u{41}\x41\p{L}\cA(?<n>a)\k<n>"#, []),
      ("a{b}", []),
    ] as [(String, [String])])
  func changesAPattern(pattern: String, expected: [String]) {
    #expect(Set(texts(PatternAlterations.all(of: pattern), of: pattern)) == Set(expected))
  }

  @Test(
    arguments: [
      ("A-C", ["@-C", "B-C", "A-B", "A-D"]), ("a-z-", ["`-z-", "b-z-", "a-y-", "a-{-", "a-z"]),
      ("A-Z", [#"@-Z"#, "B-Z", "A-Y", #"A-\["#]), ("a", []), ("^a", ["a"]), ("", []),
    ] as [(String, [String])])
  func changesAClass(body: String, expected: [String]) {
    #expect(Set(texts(PatternAlterations.all(ofClass: body), of: body)) == Set(expected))
  }

  /// No text makes the scan trap, well formed or not.
  @Test func readsAnyText() {
    let pieces = ["(", ")", "[", "]", "\\", "|", "{", "}", "1", ",", "-", "^", "?", "é", "u", "<"]
    for first in pieces {
      for second in pieces {
        for third in pieces {
          let text = first + second + third
          for change in PatternAlterations.all(of: text) + PatternAlterations.all(ofClass: text) {
            #expect(change.range.upperBound <= text.utf8.count)
          }
        }
      }
    }
  }
}
