import TestSupport
import Testing

@testable import RequisitePatterns

/// What is refused, where, and in which words.
struct PatternErrorTests {
  @Test(
    arguments: [
      ("a(b", .unclosedGroup, 1), ("é(b", .unclosedGroup, 2), ("ab)", .unmatchedParenthesis, 2),
      ("x[a", .unclosedClass, 1), ("*a", .nothingToRepeat("*"), 0),
      ("a**", .nothingToRepeat("*"), 2), ("^*", .nothingToRepeat("*"), 1),
      ("a{3,2}", .reversedBounds, 1), ("[z-a]", .reversedRange, 1),
      ("ab\\", .trailingBackslash, 2), ("(?<1>a)", .badGroupName, 3),
      ("(?<n>a)(?<n>b)", .duplicateGroupName("n"), 10),
      ("(?>a)", .unknownGroup("(?>", advice: "write '(?:'"), 0),
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
      ("\\-", .unknownEscape("-", advice: nil), 0), ("\\j", .unknownEscape("j", advice: nil), 0),
      ("[\\w-.]", .classInRange, 1), ("\\x1", .incompleteEscape("x"), 0),
      ("\\u12", .incompleteEscape("u"), 0), ("\\u{110000}", .codePointTooLarge, 2),
      ("\\c1", .incompleteEscape("c"), 0), ("\\p", .incompleteProperty(instead: nil), 0),
      ("\\p{Lettr}", .unknownProperty("Lettr", nearest: "Letter"), 3),
      ("\\p{Greek}", .unknownProperty("Greek", nearest: "Script=Greek"), 3),
      ("\\p{Script=Greeek}", .unknownProperty("Script=Greeek", nearest: "Script=Greek"), 3),
      ("\\p{xyzzy}", .unknownProperty("xyzzy", nearest: nil), 3),
      ("(?=a)*", .nothingToRepeat("*"), 5),
    ] as [(String, PatternError.Kind, Int)])
  func refusesUnderTheUnicodeFlag(source: String, kind: PatternError.Kind, offset: Int) {
    #expect(throws: PatternError(kind, at: offset)) {
      try Pattern(source, dialect: .ecmaScriptUnicode)
    }
  }

  /// What other dialects read otherwise, with its place and what to write instead.
  @Test(
    arguments: [
      ("a\\A", 1, "'^'"), ("é\\z", 2, "'$'"), ("\\Z", 0, "'$'"), ("\\h", 0, "[ \\t]"),
      ("[a\\h]", 2, " \\t"), ("\\H", 0, "[^ \\t]"), ("\\R", 0, "\\r?\\n"), ("\\G", 0, "'^'"),
      ("\\K", 0, "(?<=…)"), ("\\Qa\\E", 0, "backslash"), ("\\e", 0, "\\x1B"), ("\\a", 0, "\\x07"),
      ("\\N", 0, "[^\\n]"), ("\\X", 0, "\\P{M}\\p{M}*"), ("\\1", 0, "\\x01"), ("\\12", 0, "\\x0A"),
      ("\\07", 0, "\\x07"), ("\\08", 0, "no group"), ("[\\7]", 1, "\\x07"), ("\\é", 0, "'é'"),
      ("\\pL", 0, "\\p{L}"), ("\\PN", 0, "\\P{N}"), ("\\pX", 0, "\\p{Letter}"),
      ("x\\p{Leter}", 4, "'Letter'"), ("\\p{IsGreek}", 3, "Script=Greek"),
      ("\\p{InGreek}", 3, "Script=Greek"), ("\\p{IsAlphabetic}", 3, "'Alphabetic'"),
      ("\\p{Alnum}", 3, "[A-Za-z0-9]"), ("[\\p{Alnum}]", 4, "'A-Za-z0-9'"),
      ("\\p{^L}", 3, "\\P{L}"), ("\\p{L&}", 3, "\\p{LC}"), ("\\p{Letter", 0, "braces"),
      ("\\x{41}", 0, "\\u{41}"), ("[\\x{1F600}]", 1, "\\u{1F600}"), ("\\x{g}", 0, "\\x41"),
      ("\\x4", 0, "\\x41"), ("\\u12", 0, "\\u0041"), ("\\c1", 0, "\\cJ"), ("\\cé", 0, "\\cJ"),
      ("\\k", 0, "'k'"), ("[[:alpha:]]", 1, "A-Za-z"), ("[a[:^digit:]]", 2, "list"),
      ("[:alpha:]", 0, "[A-Za-z]"), ("[[=a=]]", 1, "list"), ("[a&&[^b]]", 4, "nested"),
      ("[[a-z]x]", 1, "nested"), ("[a-\\d]", 1, "\\-"), ("[\\d-a-z]", 1, "\\-"),
      ("[\\B]", 1, "brackets"), ("a{,3}", 1, "{0,3}"), ("a{,}", 1, "'*'"), ("a{1", 1, "\\{"),
      ("a{1,x}", 1, "\\{"), ("a{ 1, 2 }", 1, "{1,2}"), ("{3}", 0, "\\{"), ("a++", 2, "possessive"),
      ("a{2}+", 4, "possessive"), ("(?x)a", 0, "white space"), ("(?P<n>a)", 0, "(?<name>"),
      ("(?P=n)", 0, "write the pattern"), ("(?'n'a)", 0, "(?<name>"), ("(?#a)", 0, "comments"),
      ("(?|a)", 0, "(?:"), ("(?R)", 0, "write the pattern"), ("(?1)", 0, "write the pattern"),
      ("(?(1)a)", 0, "lookaheads"), ("(?i)a", 2, "[Aa]"), ("(?=a)*", 5, "repeat"),
    ])
  func refusesOtherDialects(source: String, offset: Int, advice: String) {
    do throws(PatternError) {
      _ = try Pattern(source)
      Issue.record("accepted")
    } catch {
      #expect(error.offset == offset)
      #expect(error.message.contains(advice), "\(error.message)")
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

  @Test(arguments: ["(a)\\1", "x)", "(?s)."])
  func reportsWhatToDo(source: String) {
    do throws(PatternError) {
      _ = try Pattern(source)
      Issue.record("accepted")
    } catch {
      expectMessages(["\(error.offset): \(error.message)"], of: source)
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
