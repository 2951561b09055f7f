import SourceText
import TestSupport
import Testing

@testable import JSONPath

struct JSONPathErrorTests {
  @Test(arguments: [
    ("", 1, "expected '$', found the end at column 1"),
    (" $", 1, "expected no white space before the query at column 1"),
    ("$ ", 2, "expected no white space after the query at column 2"),
    ("a.b", 1, "expected '$', found 'a' at column 1"),
    ("@.a", 1, "expected '$', found '@' at column 1"),
    ("$.é.", 5, "expected a name or '*' after '.', found the end at column 5"),
    (
      "$.é.1", 5,
      "a name behind a dot has only letters, digits and '_'; write it in brackets: ['1'] at column 5"
    ),
    ("$. a", 3, "expected no white space after '.' at column 3"),
    ("$..", 4, "expected a name, '*' or '[' after '..', found the end at column 4"),
    ("$a", 2, "expected '.', '..', '[' or the end of the query, found 'a' at column 2"),
    ("$.a b", 5, "expected '.', '..', '[' or the end of the query, found 'b' at column 5"),
    (
      "$[]", 3,
      "expected a name in quotes, an index, a slice, '*' or a filter '?…', found ']' at column 3"
    ),
    (
      "$[a]", 3,
      "expected a name in quotes, an index, a slice, '*' or a filter '?…', found 'a' at column 3"
    ),
    (
      "$.a.trace-id", 5,
      "a name behind a dot has only letters, digits and '_'; write it in brackets: ['trace-id'] at column 5"
    ),
    (
      "$[?@.x-y == 1]", 6,
      "a name behind a dot has only letters, digits and '_'; write it in brackets: ['x-y'] at column 6"
    ),
    (
      "$..2fa", 4,
      "a name behind a dot has only letters, digits and '_'; write it in brackets: ['2fa'] at column 4"
    ),
    ("$[0", 4, "expected ',' or ']', found the end at column 4"),
    ("$[0 1]", 5, "expected ',' or ']', found '1' at column 5"),
    ("$[01]", 3, "expected an integer without leading zeros, found '01' at column 3"),
    ("$[-0]", 3, "expected an integer without leading zeros, found '-0' at column 3"),
    ("$[- 1]", 4, "expected a digit after '-', found ' ' at column 4"),
    (
      "$[9007199254740992]", 3,
      "expected an integer from -9007199254740991 to 9007199254740991 at column 3"
    ),
    ("$['a]", 3, "expected the closing quote of the string that begins at column 3"),
    (
      #"$['\x']"#, 4,
      #"expected one of the escapes \b \f \n \r \t \/ \\ \uXXXX or the escaped quote, found '\x' at column 4"#
    ),
    (#"$['\u12']"#, 4, #"expected four hexadecimal digits after '\u' at column 4"#),
    (
      #"$['\uD800']"#, 4,
      #"expected a whole surrogate pair, such as \ud83d\ude00, found half of one at column 4"#
    ),
    (
      "$['a\tb']", 5,
      "expected an escape such as \\n, found the control character U+0009 at column 5"
    ),
    (
      "$[?true]", 4, "expected a test, found a literal alone: compare it with something at column 4"
    ),
    ("$[?@.a = 1]", 8, "expected ',' or ']', found '=' at column 8"),
    ("$[?@.a == ]", 11, "expected a literal, a query or a function, found ']' at column 11"),
    ("$[?@.a == 01]", 11, "expected a number as in JSON, found '01' at column 11"),
    (
      "$[?@.* == 1]", 4,
      "expected a query for at most one node in a comparison, such as @.a or @[0] at column 4"
    ),
    (
      "$[?1 == $..a]", 9,
      "expected a query for at most one node in a comparison, such as @.a or @[0] at column 9"
    ),
    (
      "$[?!@.a == 1]", 4,
      "expected the comparison after '!' in parentheses, as in !(@.a == 1) at column 4"
    ),
    ("$[?(@.a]", 8, "expected an operator or ')', found ']' at column 8"),
    (
      "$[?@.a && ]", 11, "expected a query, a comparison, a function or '(', found ']' at column 11"
    ),
    (
      "$[?len(@.a) > 1]", 4,
      "expected one of the functions length, count, match, search and value, found 'len' at column 4"
    ),
    (
      "$[?lenght(@.a) > 1]", 4,
      "expected one of the functions length, count, match, search and value, found 'lenght' (did you mean length?) at column 4"
    ),
    (
      "$[?length(@.a)]", 4,
      "expected a test, found length, which gives a value: compare it, as in length(…) > 1 at column 4"
    ),
    (
      "$[?length(@.*) > 1]", 11,
      "expected a query for at most one node as argument of length, such as @.a or @[0] at column 11"
    ),
    ("$[?count(1) > 1]", 10, "expected a query such as @.* as argument of count at column 10"),
    ("$[?match(@.a)]", 4, "expected 2 arguments of match, found 1 at column 4"),
    (
      "$[?match(@.a, 'a') == true]", 4,
      "expected a value, found match, which gives no value to compare but is a test itself at column 4"
    ),
    ("$[?length (@.a) > 1]", 10, "expected '(' right after length, found ' ' at column 10"),
    ("$[?yes]", 4, "expected a query, a comparison, a function or '(', found 'yes' at column 4"),
  ])
  func saysWhatWasExpectedWhere(text: String, column: Int, message: String) {
    let error = #expect(throws: JSONPathError.self) { try JSONPathQuery(text) }
    #expect(error?.message == message)
    #expect(error?.column == column)
    // The byte offset names the same character as the column.
    let offset = String(text.unicodeScalars.prefix(column - 1)).utf8.count
    #expect(error?.offset == offset)
  }

  @Test(arguments: ["(", "@[?", "!("])
  func limitsNesting(opening: String) {
    let text = "$[?" + String(repeating: opening, count: 100_000)
    let error = #expect(throws: JSONPathError.self) { try JSONPathQuery(text) }
    #expect(error?.kind == .tooDeep(limit: 64))
  }

  @Test func limitsNestedFunctions() {
    let text = "$[?" + String(repeating: "length(", count: 100_000)
    let error = #expect(throws: JSONPathError.self) { try JSONPathQuery(text) }
    #expect(error?.kind == .tooDeep(limit: 64))
  }

  /// Any text is read or refused, whatever was done to it; places lie within it.
  @Test func survivesDamagedQueries() {
    let texts = [
      "$.a[0,-1]['b\\u00e9'][1:2:3]..*", "$[?@.a == 'x' && !(@.b < 1.5e3 || @['c'])]",
      "$..[?match(@.a, '[a-z]+') && count(@.*) >= length(value($..b))]",
      "$[ ?search( @ , \"a\" ) ]",
    ].map { Array($0.utf8) }
    let pieces = [
      "$", "@", "?", "(", ")", "[", "]", "'", "\"", "\\", ",", ":", "-", "1e", "é", " ", "==",
    ]
    .map { Array($0.utf8) }
    var random = SteadyBytes(seed: 7)
    var refused = 0
    for round in 0..<8000 {
      var text = texts[round % texts.count]
      for _ in 0..<Int.random(in: 1...3, using: &random) {
        let place = Int.random(in: 0..<text.count, using: &random)
        if Bool.random(using: &random) {
          text.remove(at: place)
        } else {
          text.insert(
            contentsOf: pieces[Int.random(in: 0..<pieces.count, using: &random)], at: place)
        }
        if text.isEmpty { text = [0x24] }
      }
      do throws(JSONPathError) {
        let query = try JSONPathQuery(utf8: text)
        #expect(query.range == TextRange(0, text.count))
      } catch {
        refused += 1
        #expect(error.range.upperBound <= text.count)
        #expect(!error.message.isEmpty)
      }
    }
    #expect(refused > 4000)
  }
}
