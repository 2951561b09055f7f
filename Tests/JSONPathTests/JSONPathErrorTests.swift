import SourceText
import TestSupport
import Testing

@testable import JSONPath

struct JSONPathErrorTests {
  @Test(arguments: [
    ("", 1),
    (" $", 1),
    ("$ ", 2),
    ("a.b", 1),
    ("@.a", 1),
    ("$.é.", 5),
    ("$.é.1", 5),
    ("$. a", 3),
    ("$..", 4),
    ("$a", 2),
    ("$.a b", 5),
    ("$[]", 3),
    ("$[a]", 3),
    ("$.a.trace-id", 5),
    ("$[?@.x-y == 1]", 6),
    ("$..2fa", 4),
    ("$[0", 4),
    ("$[0 1]", 5),
    ("$[01]", 3),
    ("$[-0]", 3),
    ("$[- 1]", 4),
    ("$[9007199254740992]", 3),
    ("$['a]", 3),
    (#"$['\x']"#, 4),
    (#"$['\u12']"#, 4),
    (#"$['\uD800']"#, 4),
    ("$['a\tb']", 5),
    ("$[?true]", 4),
    ("$[?@.a = 1]", 8),
    ("$[?@.a == ]", 11),
    ("$[?@.a == 01]", 11),
    ("$[?@.* == 1]", 4),
    ("$[?1 == $..a]", 9),
    ("$[?!@.a == 1]", 4),
    ("$[?(@.a]", 8),
    ("$[?@.a && ]", 11),
    ("$[?len(@.a) > 1]", 4),
    ("$[?lenght(@.a) > 1]", 4),
    ("$[?length(@.a)]", 4),
    ("$[?length(@.*) > 1]", 11),
    ("$[?count(1) > 1]", 10),
    ("$[?match(@.a)]", 4),
    ("$[?match(@.a, 'a') == true]", 4),
    ("$[?length (@.a) > 1]", 10),
    ("$[?yes]", 4),
  ])
  func reportsErrors(text: String, column: Int) {
    let error = #expect(throws: JSONPathError.self) { try JSONPathQuery(text) }
    #expect(error?.column == column)
    expectMessages(["\(column): \(error?.message ?? "none")"], of: text)
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
