import Testing

/// Functions on text outside of ASCII count code points.
struct TextFunctionTests {
  @Test(arguments: [
    ("'é👋b'.charAt(0)", "é"), ("'é👋b'.charAt(1)", "👋"), ("'é👋b'.charAt(2)", "b"),
    ("'é👋b'.charAt(3)", ""), ("'é👋b'.substring(1)", "👋b"), ("'é👋b'.substring(0, 1)", "é"),
    ("'é👋b'.substring(1, 2)", "👋"), ("'é👋b'.substring(3)", ""), ("size('é👋b')", "3"),
    ("'é👋b'.indexOf('b')", "2"), ("'é👋é'.lastIndexOf('é')", "2"), ("'é👋b'.indexOf('é', 1)", "-1"),
    ("'éÉ'.lowerAscii()", "éÉ"), ("'é👋b'.reverse()", "b👋é"), ("'é👋'.split('')", #"["é", "👋"]"#),
    ("utf8Bytes('é👋b')", "7"),
  ])
  func countsCodePoints(expression: String, expected: String) {
    var fixture = Fixture()
    #expect(fixture.evaluate(expression) == expected)
  }

  @Test(arguments: [
    "'é👋b'.charAt(4)", "'é👋b'.charAt(-1)", "'é👋b'.substring(4)", "'é👋b'.substring(2, 1)",
    "'é👋b'.substring(0, 4)",
  ])
  func placesOutsideAreErrors(expression: String) {
    var fixture = Fixture()
    #expect(fixture.evaluate(expression).hasPrefix("error: "), "\(expression)")
  }
}
