import Documents
import SourceText
import TestSupport
import Testing

@testable import JSONPath

private func paths(_ query: String, _ json: String) throws -> [String] {
  let document = JSONReader.read(Array(json.utf8)).document
  return try JSONPathQuery(query).select(in: Request(document)).map {
    document.normalizedPath(to: $0)
  }
}

struct JSONPathQueryTests {
  @Test func showsItsParts() throws {
    let query = try JSONPathQuery("$.a ['b','é']..[?@.c == 1]")
    #expect(query.segments.map(\.range) == [TextRange(1, 3), TextRange(4, 14), TextRange(14, 27)])
    #expect(query.segments.map(\.isDescendant) == [false, false, true])
    #expect(
      query.segments.map { $0.selectors.map(\.range) } == [
        [TextRange(2, 3)], [TextRange(5, 8), TextRange(9, 13)], [TextRange(17, 26)],
      ])
    guard
      case .filter(.comparison(.query(let inner), .equal, .literal(.number(let number)))) =
        query.segments[2].selectors[0].kind
    else {
      Issue.record("the filter is not a comparison")
      return
    }
    #expect(inner.start == .current)
    #expect(inner.isSingular)
    #expect(inner.range == TextRange(18, 21))
    #expect(number == .integer(1))
  }

  @Test(arguments: [
    ("$", true), ("$.a[0]['b']", true), ("$.*", false), ("$..a", false), ("$[0,1]", false),
    ("$[0:1]", false), ("$[?@]", false),
  ])
  func knowsWhetherItIsSingular(text: String, isSingular: Bool) throws {
    #expect(try JSONPathQuery(text).isSingular == isSingular)
  }

  @Test(arguments: [
    (
      "$[?@ == 1]", "[1, 1.0, 10e-1, 1.0000000000000000000000001, \"1\"]", ["$[0]", "$[1]", "$[2]"]
    ),
    (
      "$[?@ > 9007199254740993]", "[9007199254740992, 9007199254740993, 9007199254740994, 1e400]",
      ["$[2]", "$[3]"]
    ),
    ("$[?@ == 'é']", #"["é", "e\u0301", "\u00e9"]"#, ["$[0]", "$[2]"]),
    ("$[?@ < '\u{FFFD}']", "[\"😀\", \"a\"]", ["$[1]"]),
    (
      "$[?@ == $[0]]",
      #"[{"a":[1,{"b":2}],"c":null},{"c":null,"a":[1.0,{"b":2}]},{"a":[1,{"b":2}]}]"#,
      ["$[0]", "$[1]"]
    ),
    ("$[?@.a == @.b]", #"[{}, {"a":1}, {"a":null,"b":null}]"#, ["$[0]", "$[2]"]),
    ("$[?@.a <= null]", #"[{}, {"a":null}]"#, ["$[1]"]),
    ("$[?length(@) == 2]", #"["😀é", [1,2], {"a":1,"b":2}, 12, "a"]"#, ["$[0]", "$[1]", "$[2]"]),
    ("$[?value(@..x) == 1]", #"[{"x":1}, {"y":{"x":1}}, {"x":1,"y":{"x":1}}]"#, ["$[0]", "$[1]"]),
    ("$[?match(@, '[')]", #"["[", "a"]"#, []),
    ("$[?search(@, 'a$|^b.')]", #"["xa", "ax", "bc", "b\n"]"#, ["$[0]", "$[2]"]),
    ("$[0,0]", "[1]", ["$[0]", "$[0]"]),
    ("$..a", #"{"a":{"a":1},"b":[{"a":2}]}"#, ["$['a']", "$['a']['a']", "$['b'][0]['a']"]),
    ("$[-1,-3:,::-2,7]", "[1,2,3]", ["$[2]", "$[0]", "$[1]", "$[2]", "$[2]", "$[0]"]),
    ("$.*", #"{"a'\\\n\u0001":1}"#, [#"$['a\'\\\n\u0001']"#]),
  ])
  func selects(query: String, json: String, expected: [String]) throws {
    #expect(try paths(query, json) == expected)
  }

  @Test func passesOverHiddenMembers() throws {
    let document = JSONReader.read(Array(#"{"a":{"x":1},"b":{"x":2}}"#.utf8)).document
    var binding = Binding()
    binding.reset(for: document)
    binding.hide(NodeID(1))
    let request = Request(document, binding: binding)
    for query in ["$.*", "$..x", "$[?@.x]", "$.a", "$.b"] {
      let found = try JSONPathQuery(query).select(in: request).map(\.index)
      #expect(found.allSatisfy { $0 > 4 })
      #expect(found.isEmpty == (query == "$.a"))
    }
    let counted = try JSONPathQuery("$[?length($) == 1]").select(in: request)
    #expect(counted.count == 1)
  }

  @Test func startsAtAnyNode() throws {
    let document = JSONReader.read(Array(#"{"x":1,"request":{"x":2,"y":[3]}}"#.utf8)).document
    let root = try #require(document.value(named: "request", in: .root))
    let found = try JSONPathQuery("$..[?@ > $.x]").select(in: Request(document, root: root))
    #expect(found.map { document.normalizedPath(to: $0, from: root) } == ["$['y'][0]"])
    #expect(document.normalizedPath(to: root) == "$['request']")
    #expect(document.normalizedPath(to: NodeID(root.index - 1)) == "$['request']")
  }

  @Test func stopsAtTheStepLimit() throws {
    let json = "[" + [String](repeating: "[1,2,3]", count: 300).joined(separator: ",") + "]"
    let document = JSONReader.read(Array(json.utf8)).document
    let query = try JSONPathQuery("$..[?count($..*) > 0]")
    #expect(throws: JSONPathLimit(steps: 100_000)) {
      try query.select(in: Request(document), stepLimit: 100_000)
    }
    let limit = JSONPathLimit(steps: 5)
    expectMessages([limit.message], of: "the step limit")
    #expect(try JSONPathQuery("$..*").select(in: Request(document), stepLimit: 5000).count == 1200)
  }

  /// Selected nodes multiply with each segment; the limit holds their number too.
  @Test func boundsTheNodesSelected() throws {
    let document = JSONReader.read(Array("[[[[[[[[[[[[1]]]]]]]]]]]]".utf8)).document
    let segment = "[" + [String](repeating: "0", count: 100).joined(separator: ",") + "]"
    let query = try JSONPathQuery("$" + String(repeating: segment, count: 10))
    #expect(throws: JSONPathLimit.self) {
      try query.select(in: Request(document), stepLimit: 100_000)
    }
  }

  @Test func evaluatesOneConditionAtATime() throws {
    let document = JSONReader.read(Array(#"[{"a":"xy"},{"a":"z"}]"#.utf8)).document
    let query = try JSONPathQuery("$[?match(@.a, '[xy]+')]")
    guard case .filter(let condition) = query.segments[0].selectors[0].kind else {
      Issue.record("not a filter")
      return
    }
    var steps = 0
    var cache = JSONPathCache()
    var found: [Bool] = []
    for element in document.elements(of: .root) {
      found.append(
        try condition.holds(for: element, in: Request(document), steps: &steps, cache: &cache))
    }
    #expect(found == [true, false])
    #expect(steps > 0)
  }

  @Test func tellsOfPatternsThatAreNone() throws {
    let query = try JSONPathQuery("$[?match(@, 'a(')]")
    guard case .filter(.matches(let test)) = query.segments[0].selectors[0].kind else {
      Issue.record("not a pattern test")
      return
    }
    #expect(test.patternError != nil)
    #expect(test.patternRange == TextRange(12, 16))
  }

  @Test func comparesManyMembersInAnyOrder() throws {
    let names = (0..<300).map { "\"n\($0)\":\($0)" }
    let json = "[{\(names.joined(separator: ","))},{\(names.reversed().joined(separator: ","))}]"
    #expect(try paths("$[?@ == $[0]]", json) == ["$[0]", "$[1]"])
  }
}
