import Testing

@testable import Patterns

/// What is refused, where, and in which words.
struct PatternErrorTests {
  @Test(
    arguments: [
      ("a(b", .unclosedGroup, 1), ("é(b", .unclosedGroup, 2), ("ab)", .unmatchedParenthesis, 2),
      ("x[a", .unclosedClass, 1), ("*a", .nothingToRepeat("*"), 0),
      ("a**", .nothingToRepeat("*"), 2), ("^*", .nothingToRepeat("*"), 1),
      ("a{3,2}", .reversedBounds, 1), ("[z-a]", .reversedRange, 1),
      ("ab\\", .trailingBackslash, 2), ("(?<1>a)", .badGroupName, 3),
      ("(?<n>a)(?<n>b)", .duplicateGroupName("n"), 10), ("(?>a)", .unknownGroup("(?>"), 0),
      ("(?s).*", .flagsForTheRest("s"), 0), ("(?i:a)", .caseInsensitive, 2),
      ("(a)\\1", .backReference("\\1"), 3), ("\\1(a)", .backReference("\\1"), 0),
      ("(?<n>a)\\k<n>", .backReference("\\k<n>"), 7), ("(?<=a)*", .nothingToRepeat("*"), 6),
      ("^(?:(?:a{1,100}){1,100}b){1,100}$", .tooLarge(limit: 20_000), 0),
    ] as [(String, PatternError.Kind, Int)])
  func refuses(source: String, kind: PatternError.Kind, offset: Int) {
    #expect(throws: PatternError(kind, at: offset)) { try Pattern(source) }
  }

  @Test(
    arguments: [
      ("a}", .loneBracket("}"), 1), ("a]", .loneBracket("]"), 1), ("a{", .loneBracket("{"), 1),
      ("\\-", .unknownEscape("-"), 0), ("\\a", .unknownEscape("a"), 0),
      ("[\\w-.]", .classInRange, 1), ("\\x1", .incompleteEscape("x"), 0),
      ("\\u12", .incompleteEscape("u"), 0), ("\\u{110000}", .codePointTooLarge, 2),
      ("\\c1", .incompleteEscape("c"), 0), ("\\p", .incompleteProperty, 0),
      ("\\p{Lettr}", .unknownProperty("Lettr", nearest: "Letter"), 3),
      ("\\p{Greek}", .unknownProperty("Greek", nearest: "Script=Greek"), 3),
      ("\\p{Script=Greeek}", .unknownProperty("Script=Greeek", nearest: "Script=Greek"), 3),
      ("\\p{xyzzy}", .unknownProperty("xyzzy", nearest: nil), 3), ("\\01", .unknownEscape("0"), 0),
      ("\\2(a)", .unknownEscape("2"), 0), ("(?=a)*", .nothingToRepeat("*"), 5),
    ] as [(String, PatternError.Kind, Int)])
  func refusesUnderTheUnicodeFlag(source: String, kind: PatternError.Kind, offset: Int) {
    #expect(throws: PatternError(kind, at: offset)) {
      try Pattern(source, dialect: .ecmaScriptUnicode)
    }
  }

  @Test func refusesDeepNestingWithoutRunningOutOfStack() {
    let source = String(repeating: "(", count: 100_000) + String(repeating: ")", count: 100_000)
    #expect(throws: PatternError(.tooDeep(limit: 200), at: 200)) { try Pattern(source) }
  }

  @Test func refusesMoreThanTablesHold() {
    let manyCharacters = (0..<3000).map { String(UnicodeScalar(0x4E00 + $0) ?? "x") }.joined()
    #expect(throws: PatternError(.tooManyClasses(limit: 2000), at: 0)) {
      try Pattern(manyCharacters)
    }
    let manyLookarounds = "x" + (0..<70).map { "(?=.*a{\($0)})" }.joined() + "y"
    #expect(throws: PatternError(.tooManyLookarounds(limit: 64), at: 0)) {
      try Pattern(manyLookarounds)
    }
  }

  @Test(arguments: [
    (
      "(a)\\1",
      "the back-reference '\\1' cannot be matched in linear time; write the text out instead"
    ),
    ("x)", "')' closes no group; write '\\)' for the character"),
    (
      "(?s).",
      "'(?s)' sets flags for the rest of the pattern, which ECMA-262 has not; "
        + "write '(?s:' and close the group where they end"
    ),
  ])
  func saysWhatToDo(source: String, message: String) {
    do throws(PatternError) {
      _ = try Pattern(source)
      Issue.record("accepted")
    } catch {
      #expect(error.message == message)
    }
  }

  @Test(arguments: ["(a)\\1", "(?<n>a)\\k<n>", "(?i:a)", "a{1,1000000}", "\\k<n>(?<n>a)"])
  func checksSyntaxAlone(source: String) throws {
    try Pattern.checkSyntax(source)
  }

  @Test(arguments: ["\\Z", "(", "\\k<m>(?<n>a)", "\\1", "a{2,1}", "\\p{Nope}"])
  func refusesSyntax(source: String) {
    #expect(throws: PatternError.self) { try Pattern.checkSyntax(source) }
  }
}
