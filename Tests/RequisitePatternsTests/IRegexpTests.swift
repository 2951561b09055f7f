import Foundation
import Testing

@testable import RequisitePatterns

/// RFC 9485: what its grammar takes, and what matches.
struct IRegexpTests {
  @Test(.enabled(if: SuiteFolder.exists(SuiteFolder.iRegexp), "iregexp.json is absent"))
  func agreesWithTheCases() throws {
    let root = try #require(SuiteFolder.json(at: SuiteFolder.iRegexp) as? [String: Any])
    let cases = try #require(root["tests"] as? [[String: Any]])
    var count = 0
    for item in cases {
      let source = try #require(item["pattern"] as? String)
      let isValid = try #require(item["valid"] as? Bool)
      let whole = try? Pattern(source, dialect: .iRegexp, extent: .whole)
      let anywhere = try? Pattern(source, dialect: .iRegexp, extent: .anywhere)
      #expect((whole != nil) == isValid, "\(source)")
      if let input = item["input"] as? String {
        if let match = item["match"] as? Bool {
          #expect(whole?.hasMatch(in: input) == match, "match: \(source) on \(input)")
        }
        if let search = item["search"] as? Bool {
          #expect(anywhere?.hasMatch(in: input) == search, "search: \(source) on \(input)")
        }
      }
      count += 1
    }
    print("I-Regexp: \(count) cases")
    #expect(count > 200)
  }

  @Test(arguments: [
    ("^", "^"), ("$", "$"), ("a^b$", "a^b$"), ("[a^]", "^"), ("[-a]", "-"), ("[a-]", "-"),
    ("[^-]", "a"), ("\\.\\-\\^", ".-^"), ("\\n\\r\\t", "\n\r\t"), ("", ""), ("a|", ""),
    ("()", ""), ("[\\p{L}\\-]+", "é-"), ("/", "/"), ("a{2,}", "aaa"), (".", "\u{2028}"),
  ])
  func matchesWhole(source: String, text: String) throws {
    #expect(try Pattern(source, dialect: .iRegexp, extent: .whole).hasMatch(in: text))
  }

  @Test(arguments: [
    "\\$", "\\/", "\\d", "a*?", "a**", "{", "a{", "a{,2}", "[]", "[^]", "[a", "(a", "a)", "]",
    "[a--]", "[a-b-c]", "[[a]", "\\p{LC}", "\\p{Letter}", "\\p{Script=Greek}", "\\u0041", "\\",
    "(?:a)", "[b-a]", "[\\p{L}-z]", "\\pL", "a{2,1}",
  ])
  func refuses(source: String) {
    #expect(throws: PatternError.self) { try Pattern(source, dialect: .iRegexp) }
  }
}
