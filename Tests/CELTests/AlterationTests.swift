import CEL
import SourceText
import Testing

/// The small changes that are tried on expressions.
struct AlterationTests {
  private func texts(_ expression: String, _ parameters: [String: Int64] = [:]) -> [String] {
    CELAlterations.all(of: expression, parameters: parameters)
      .map { $0.applied(to: Array(expression.utf8)) }
  }

  @Test(
    arguments: [
      ("a < b", ["a <= b"]),
      ("a >= 5", ["a > 5", "a >= 4", "a >= 6"]),
      ("a == 'x'", ["a != 'x'", "a == 'x~'"]),
      ("a && b", ["a || b", " b", "a "]),
      (
        "a || b && c || d",
        [
          "a && b && c && d", " b && c || d", "a || d", "a || b && c ", "a || b || c || d",
          "a ||  c || d", "a || b  || d",
        ]
      ),
      ("!a", ["a"]),
      ("!(a && b)", ["(a && b)", "!(a || b)", "!( b)", "!(a )"]),
      ("a in ['x', 'y']", ["!(a in ['x', 'y'])", "a in [ 'y']", "a in ['x']"]),
      ("!(a in ['x'])", ["(a in ['x'])", "!(a in ['x~'])"]),
      ("has(a.b)", ["!(has(a.b))"]),
      ("a.startsWith('x')", ["!(a.startsWith('x'))", "a.contains('x')", "a.startsWith('x~')"]),
      ("a ? b : c", ["(b)", "(c)"]),
      (
        "a + 1 > 2",
        ["a - 1 > 2", "a + 0 > 2", "a + 2 > 2", "a + 1 >= 2", "a + 1 > 1", "a + 1 > 3"]
      ),
      ("a.all(x, x > b)", ["!(a.all(x, x > b))", "a.exists(x, x > b)", "a.all(x, x >= b)"]),
      ("a.matches('^b')", ["!(a.matches('^b'))", "a.matches('b')"]),
      ("{'a': b, 'c': d}", ["{ 'c': d}", "{'a': b}"]),
      ("a == true", ["a != true", "a == false"]),
      ("a <", []),
    ] as [(String, [String])])
  func changesAnExpression(expression: String, expected: [String]) {
    let found = texts(expression)
    #expect(Set(found) == Set(expected))
    #expect(found.count == Set(found).count)
  }

  @Test func writesParametersOut() {
    #expect(
      Set(texts("size(self) <= params.most", ["most": 9]))
        == ["size(self) < params.most", "size(self) <= 8", "size(self) <= 10"])
    #expect(texts("self <= params.most", [:]) == ["self < params.most"])
  }

  @Test func tellsWhatIsMentioned() {
    let mentions = CELAlterations.mentions(
      of: "self.kind['x:y'] == 'a' && size(self.name) < 5 && self.name.matches('^b')")
    #expect(mentions.texts.map { String(decoding: $0, as: UTF8.self) } == ["x:y", "a", "^b"])
    #expect(mentions.numbers == [5])
    #expect(mentions.names.map { String(decoding: $0, as: UTF8.self) } == ["kind", "name", "name"])
    #expect(mentions.patterns.map { String(decoding: $0, as: UTF8.self) } == ["^b"])
  }
}
