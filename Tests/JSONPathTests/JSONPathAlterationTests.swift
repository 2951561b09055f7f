import JSONPath
import SourceText
import Testing

/// The small changes that are tried on paths.
struct JSONPathAlterationTests {
  @Test(
    arguments: [
      ("$.a.b", []),
      ("$.a[*]", ["$.a[0]"]),
      ("$..a", ["$.a"]),
      ("$..['a']", ["$['a']"]),
      ("$.a[1]", ["$.a[0]", "$.a[2]"]),
      ("$.a[0]", ["$.a[1]"]),
      ("$.a[-1]", ["$.a[-2]"]),
      ("$['a', 'b']", ["$['b']", "$['a']"]),
      (
        "$[?@.a == '<' && @.b]",
        ["$[*]", "$[?@.a != '<' && @.b]", "$[?@.a == '<' || @.b]"]
      ),
      ("$[?@.a <= 5]", ["$[*]", "$[?@.a < 5]"]),
      ("no path", []),
    ] as [(String, [String])])
  func changesAPath(path: String, expected: [String]) {
    let found = JSONPathAlterations.all(of: path).map { $0.applied(to: Array(path.utf8)) }
    #expect(Set(found) == Set(expected))
    #expect(found.allSatisfy { (try? JSONPathQuery($0)) != nil })
  }
}
