import RequisitePatterns
import Testing

struct PathGlobTests {
  @Test(arguments: [
    // Without a slash: a name at any depth, a folder's with everything in it.
    ("*.json", ["a.json", "x/y/a.json", ".json", "x.json/a.txt"], ["a.jsonl", "a.JSON", "json"]),
    ("vendor", ["vendor", "vendor/a.json", "x/vendor/y/a.json"], ["vendors/a.json", "xvendor"]),
    ("vendor/", ["vendor/a.json", "x/vendor/y/a.json"], ["vendor", "x/vendor"]),
    // With one: from the configuration's folder on.
    ("/vendor", ["vendor", "vendor/a.json"], ["x/vendor/a.json"]),
    ("./vendor", ["vendor", "vendor/a.json"], ["x/vendor/a.json"]),
    ("/vendor/", ["vendor/a.json"], ["vendor", "x/vendor/a.json"]),
    ("a/b", ["a/b", "a/b/c.json"], ["a/bc", "x/a/b"]),
    ("a/*", ["a/b", "a/.b"], ["a/b/c", "a"]),
    ("a/*.json", ["a/b.json"], ["a/b/c.json", "b.json", "x/a/b.json"]),
    ("a/*/", ["a/b/c", "a/b/c/d"], ["a/b"]),
    // Any folders, none among them.
    ("**", ["a", "a/b"], []),
    ("**/a.json", ["a.json", "x/a.json", "x/y/a.json"], ["xa.json", "a.jsonl"]),
    ("a/**", ["a/b", "a/b/c"], ["a", "ab/c", "x/a/b"]),
    ("a/**/b.json", ["a/b.json", "a/x/b.json", "a/x/y/b.json"], ["a/xb.json", "ab.json"]),
    ("a/**/**/b", ["a/b", "a/x/b"], ["ab"]),
    ("**/a/**", ["a/b", "x/a/b"], ["a", "xa/b"]),
    // Characters.
    ("a?c", ["abc", "aéc", "a👋c"], ["ac", "abbc", "a/c"]),
    ("[a-c]x", ["ax", "cx"], ["dx", "x", "Ax"]),
    ("[!a-c]x", ["dx", "éx"], ["ax"]),
    ("[^a-c]x", ["dx"], ["ax"]),
    ("x[!a]y", ["xby"], ["x/y", "xay"]),
    ("x[+-9]y", ["x.y", "x0y", "x+y"], ["x/y", "x:y"]),
    ("[]a]", ["]", "a"], ["b"]),
    ("[a-]", ["a", "-"], ["b"]),
    ("[é-í]", ["é", "ë"], ["e"]),
    ("[\\]\\-]", ["]", "-"], ["\\"]),
    ("\\*.\\{x\\}", ["*.{x}"], ["a.{x}", "*.x"]),
    ("\\!a", ["!a"], ["a"]),
    ("a.b+c(d)|e^$", ["a.b+c(d)|e^$"], ["axb+c(d)|e^$", "a.bbc(d)|e^$"]),
    ("a,b}", ["a,b}"], ["a"]),
    // Either.
    ("*.{json,jsonl}", ["a.json", "x/a.jsonl"], ["a.yaml", "a.jsonll"]),
    ("{requests,old/requests}/**", ["requests/a", "old/requests/a"], ["x/requests/a"]),
    ("{a,b/c}", ["a", "x/a", "b/c"], ["x/b/c"]),
    ("a{,b}", ["a", "ab"], ["abb"]),
    ("{a,b}{c,d}", ["ac", "bd"], ["ab", "a"]),
    // What looks the same need not be the same.
    ("caf\u{E9}", ["caf\u{E9}"], ["cafe\u{301}"]),
    ("a\nb", ["a\nb"], ["ab"]),
  ])
  func fits(pattern: String, paths: [String], others: [String]) throws {
    let glob = try PathGlob(pattern)
    for path in paths { #expect(glob.matches(path), "\(pattern) should fit \(path)") }
    for path in others { #expect(!glob.matches(path), "\(pattern) should not fit \(path)") }
  }

  @Test(arguments: [
    ("vendor", ["vendor", "x/vendor", "vendor/x"], ["x"]),
    ("vendor/", ["vendor", "x/vendor"], ["x"]),
    ("/vendor", ["vendor", "vendor/x"], ["x/vendor"]),
    ("a/**", ["a", "a/b"], ["b"]),
    ("**", ["a"], []),
    ("*", ["a"], []),
    ("*.json", ["x.json"], ["x"]),
    ("a/*.json", [], ["a", "a/x.json"]),
    ("a/**/*.json", [], ["a", "a/x"]),
    ("{a/*.json,b}", ["b"], ["a"]),
  ])
  func coversFolders(pattern: String, folders: [String], others: [String]) throws {
    let glob = try PathGlob(pattern)
    for folder in folders { #expect(glob.coversFolder(folder), "\(pattern) covers \(folder)") }
    for folder in others { #expect(!glob.coversFolder(folder), "\(pattern) leaves \(folder)") }
  }

  @Test(arguments: [
    ("", PathGlobError.Kind.empty, 0..<0), ("/", .empty, 0..<1), ("//", .empty, 0..<2),
    ("!a", .negated, 0..<1), ("a//b", .emptyName, 1..<3), ("a/./b", .sameFolder, 2..<3),
    ("../a", .parentFolder, 0..<2), ("a/../b", .parentFolder, 2..<4), ("..", .parentFolder, 0..<2),
    ("a/{b,..}", .parentFolder, 5..<7), (".", .sameFolder, 0..<1),
    ("**.json", .partialFolders, 0..<2), ("a/x**", .partialFolders, 3..<5),
    ("***", .partialFolders, 0..<2), ("a[b", .unclosedClass, 1..<2), ("[]", .unclosedClass, 0..<1),
    ("é[z-a]", .reversedRange, 3..<6), ("[a/b]", .slashInClass, 2..<3),
    ("[[:alpha:]]", .namedClass, 1..<3), ("a{b,c", .unclosedBrace, 1..<2),
    ("{a,{b,c}}", .nestedBraces, 3..<4), ("a\\b", .needlessEscape, 1..<3),
    ("a\\", .trailingBackslash, 1..<2),
    (
      String(repeating: "{a,b}", count: 9),
      .tooManyAlternatives(limit: 256), 40..<45
    ),
    (String(repeating: "?", count: 30_000), .tooLarge, 0..<30_000),
  ])
  func isRefused(pattern: String, kind: PathGlobError.Kind, range: Range<Int>) {
    #expect(throws: PathGlobError.self) {
      do throws(PathGlobError) {
        _ = try PathGlob(pattern)
      } catch {
        #expect(error.kind == kind)
        #expect(error.range == range)
        #expect(!error.message.isEmpty)
        throw error
      }
    }
  }

  /// A matcher that tries one way after the other would not come to an end here.
  @Test func endsSoonWhereManyWaysAreOpen() throws {
    let pattern = String(repeating: "*a", count: 40) + "b"
    #expect(!(try PathGlob(pattern).matches(String(repeating: "a", count: 4000))))
    let deep = String(repeating: "**/a/", count: 20) + "b"
    #expect(!(try PathGlob(deep).matches(String(repeating: "a/", count: 2000) + "c")))
  }
}
