import CEL
import Documents
import Testing

struct RenderingTests {
  private func render(
    _ expression: String, limit: Int = 1000, sensitive: String? = nil
  ) throws -> CELRendering {
    var fixture = Fixture(
      #"{"id": "secret", "n": 1.50, "list": ["a\n", {"k": null}], "s": "żółć"}"#)
    let program = try #require(fixture.compile(expression).program)
    let value = try fixture.evaluator.evaluate(
      program, fixture.variables, fixture.request, fixture.symbols)
    let hidden = sensitive.map { fixture.document.value(named: $0, in: .root) } ?? nil
    return value.rendered(in: fixture.request, symbols: fixture.symbols, limit: limit) {
      $0 == hidden
    }
  }

  @Test(arguments: [
    ("self.id", "secret"),
    ("self.n", "1.50"),
    ("self.list", #"["a\n", {"k": null}]"#),
    ("[1, 2u, 2.0, 1.5, true, null, 'x\"y']", #"[1, 2, 2, 1.5, true, null, "x\"y"]"#),
    ("{'a': [1], 2: b'abc'}", #"{"a": [1], 2: 3 bytes}"#),
    ("optional.of(5)", "5"),
    ("optional.none()", "none"),
    ("type(1)", "int"),
    ("duration('1500ms')", "1.5s"),
    ("ip('2001:DB8::1')", "2001:db8::1"),
  ])
  func rendersValues(expression: String, expected: String) throws {
    #expect(try render(expression).text == expected)
  }

  @Test func redactsSensitiveNodes() throws {
    let whole = try render("self", sensitive: "id")
    #expect(whole.text.hasPrefix(#"{"id": ‹redacted›, "n": 1.50"#))
    #expect(whole.isRedacted)
    #expect(try render("self.id", sensitive: "id").text == "‹redacted›")
    #expect(try render("[self.id, self.n]", sensitive: "id").text == "[‹redacted›, 1.50]")
    #expect(try !render("self.n", sensitive: "id").isRedacted)
  }

  @Test(arguments: [(3, "ż…"), (4, "żó…"), (8, "żółć"), (0, "…")])
  func cutsBetweenCodePoints(limit: Int, expected: String) throws {
    #expect(try render("self.s", limit: limit).text == expected)
  }

  @Test func cutsLongLists() throws {
    #expect(try render("lists.range(100)", limit: 8).text == "[0, 1, 2…")
  }
}
