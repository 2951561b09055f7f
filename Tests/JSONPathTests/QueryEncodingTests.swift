import Documents
import SourceText
import TestSupport
import Testing

@testable import JSONPath

private let path = "jsonpath-compliance-test-suite/cts.json"

/// A query that is written as bytes and read again is the same query.
struct QueryEncodingTests {
  @Test(arguments: [
    "$.a['b'][0][-1][1:5:2][:][*]..c", "$[?@.a && !@.b || (@.c > 1.5e400)]",
    "$[?length(@.a) == 3 && count(@.*) != 1 && value(@..d) < 'x']",
    "$[?match(@.a, 'a.*') || search(@.b, '[a-z]+') || match(@.c, $.pattern)]",
    "$[?@.a == null || @.b == true || @ == false || $.c <= 9007199254740993]",
  ])
  func queriesReadBack(text: String) throws { try expectSame(Array(text.utf8)) }

  @Test(.enabled(if: Conformance.has(path), "the compliance suite is not beside the checkout"))
  func queriesOfTheSuiteReadBack() throws {
    let suite = JSONReader.read(try Conformance.bytes(path)).document
    for test in suite.elements(of: try #require(suite.value(named: "tests", in: .root))) {
      let selector = try #require(suite.value(named: "selector", in: test))
      if suite.value(named: "invalid_selector", in: test) != nil { continue }
      try expectSame(Array(suite.utf8(of: selector)))
    }
  }

  private func expectSame(_ text: [UInt8]) throws {
    var symbols = SymbolTable()
    let query = try JSONPathQuery(utf8: text).compiled(symbols: &symbols)
    var writer = BinaryWriter()
    query.write(to: &writer)
    guard writer.isSound else { return }
    var reader = BinaryReader(writer.bytes)
    let read = JSONPathQuery(from: &reader)
    #expect(reader.isSound && reader.isAtEnd)
    #expect(described(read) == described(query), "\(String(decoding: text, as: UTF8.self))")
  }

  private func described(_ value: Any) -> String {
    var text = ""
    dump(value, to: &text)
    return text
  }
}
