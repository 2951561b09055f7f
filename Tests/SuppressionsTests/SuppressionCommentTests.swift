import Findings
import SourceText
import Suppressions
import Testing

/// What suppression comments say.
struct SuppressionCommentTests {
  private func read(_ text: String) throws(SuppressionComment.Problem) -> SuppressionComment {
    let bytes = Array(text.utf8)
    return try SuppressionComment(in: bytes, TextRange(0, bytes.count)) {
      ["acme", "json", "yaml"].contains($0)
    }
  }

  @Test(
    arguments: [
      ("# requisite: ignore acme/a why", "acme/a", nil, "why"),
      ("#requisite:ignore acme/a why", "acme/a", nil, "why"),
      ("#\t requisite: \t ignore\tacme/a\t why not ", "acme/a", nil, "why not "),
      ("# requisite: ignore acme/schema/type x", "acme/schema/type", nil, "x"),
      ("# requisite: ignore acme/schema/$ref x", "acme/schema/$ref", nil, "x"),
      ("# requisite: ignore yaml/duplicate-name x", "yaml/duplicate-name", nil, "x"),
      ("# requisite: ignore other/rule x", "other/rule", nil, "x"),
      ("# requisite: ignore acme/a until 2027-03-31 x y", "acme/a", "2027-03-31", "x y"),
      ("# requisite: ignore acme/a until\t2028-02-29\t: x", "acme/a", "2028-02-29", ": x"),
      ("# requisite: ignore acme/a it lasts until then", "acme/a", nil, "it lasts until then"),
      ("# requisite: ignore acme/a A/B tests need it", "acme/a", nil, "A/B tests need it"),
      ("# requisite: ignore acme/a and/or # more", "acme/a", nil, "and/or # more"),
      ("# requisite: ignore acme/a -", "acme/a", nil, "-"),
      (
        "# requisite: ignore acme/a until 2027-03-31 until then", "acme/a", "2027-03-31",
        "until then"
      ),
    ] as [(String, String, String?, String)])
  func readsComments(text: String, rule: String, until: String?, reason: String) throws {
    let comment = try read(text)
    #expect(comment.rule.description == rule)
    #expect(comment.until?.description == until)
    #expect(comment.reason == reason)
  }

  /// Each with the part that is wrong; nil for all of it.
  @Test(
    arguments: [
      ("# requisite:", nil), ("# requisite: ignor acme/a why", nil),
      ("# requisite: Ignore acme/a why", nil), ("# requisite: ignored", nil),
      ("# requisite:ignoreacme/a why", nil), ("# requisite: 1", nil),
      ("# requisite: ignore", nil), ("# requisite: ignore  ", nil),
      ("# requisite: ignore acme/a", nil), ("# requisite: ignore acme/a \t", nil),
      ("# requisite: ignore acme/a until 2027-03-31", nil),
      ("# requisite: ignore acme/a until", nil),
      ("# requisite: ignore acme/a until then", "then"),
      ("# requisite: ignore acme/a until 2027-02-29 x", "2027-02-29"),
      ("# requisite: ignore acme/a until 2027-3-31 x", "2027-3-31"),
      ("# requisite: ignore acme/a until 2027-03-31: x", "2027-03-31:"),
      ("# requisite: ignore acme why", "acme"), ("# requisite: ignore * why", "*"),
      ("# requisite: ignore acme/* why", "acme/*"), ("# requisite: ignore acme/ why", "acme/"),
      ("# requisite: ignore /a why", "/a"), ("# requisite: ignore acme/a: why", "acme/a:"),
      ("# requisite: ignore acme/a,acme/b why", "acme/a,acme/b"),
      ("# requisite: ignore acme/a, acme/b why", "acme/a,"),
      ("# requisite: ignore acme/\u{E9} why", "acme/\u{E9}"),
      ("# requisite: ignore acme/a acme/b why", "acme/b"),
      ("# requisite: ignore acme/a json/syntax, x", "json/syntax,"),
      ("# requisite: ignore acme/a until 2027-03-31 acme/b why", "acme/b"),
      (
        "# requisite: ignore acme/" + String(repeating: "a", count: 200) + " why",
        "acme/" + String(repeating: "a", count: 200)
      ),
    ] as [(String, String?)])
  func reportsProblems(text: String, place: String?) throws {
    let problem = try #require(throws: SuppressionComment.Problem.self) { try read(text) }
    let bytes = Array(text.utf8)
    #expect(
      String(decoding: bytes[problem.range.lowerBound..<problem.range.upperBound], as: UTF8.self)
        == place ?? text)
    // Nothing that a request says is in the message.
    #expect(!problem.message.contains("acme/a "))
  }

  @Test(arguments: [("2027-03-30", false), ("2027-03-31", false), ("2027-04-01", true)])
  func expires(day: String, isExpired: Bool) throws {
    let comment = try read("# requisite: ignore acme/a until 2027-03-31 x")
    #expect(comment.isExpired(on: try #require(CalendarDate(day.utf8))) == isExpired)
  }
}
