import Testing

@testable import CEL

/// The list of functions and macros is complete.
struct SupportedFunctionTests {
  private static let names = Set(SupportedFunction.all.map(\.name))

  @Test func everyFunctionIsListed() {
    for function in CELFunction.all where function.name != "@sortBy" {
      #expect(Self.names.contains(function.name), "\(function.name)")
    }
  }

  @Test(arguments: SupportedFunction.all.map(\.name))
  func functionHasSignatures(name: String) throws {
    let function = try #require(SupportedFunction.all.first { $0.name == name })
    #expect(!function.signatures.isEmpty)
    for signature in function.signatures {
      #expect(signature.contains("\(name)("), "\(signature)")
      #expect(signature.contains(" -> "), "\(signature)")
    }
    #expect(function.summary.hasSuffix("."))
  }

  /// Each macro works in each of its ways.
  @Test(arguments: [
    "has({'a': 1}.a)", "[1].all(x, x > 0)", "{'a': 1}.all(k, k == 'a')",
    "[1].all(i, x, i < x)", "{'a': 1}.all(k, v, v > 0)", "[1].exists(x, x > 0)",
    "[1].exists(i, x, i < x)", "[1].exists_one(x, x > 0)", "[1].exists_one(i, x, i < x)",
    "[1].existsOne(x, x > 0)", "[1].existsOne(i, x, i < x)", "[1].map(x, x + 1) == [2]",
    "{'a': 1}.map(k, k) == ['a']", "[1].map(x, x > 0, x) == [1]", "[1].filter(x, x > 0) == [1]",
    "{'a': 1}.filter(k, true) == ['a']", "[1].transformList(i, x, i + x) == [1]",
    "[1].transformList(i, x, x > 0, x) == [1]", "{'a': 1}.transformMap(k, v, v + 1) == {'a': 2}",
    "{'a': 1}.transformMap(k, v, v > 0, v) == {'a': 1}",
    "{'a': 1}.transformMapEntry(k, v, {v: k}) == {1: 'a'}",
    "{'a': 1}.transformMapEntry(k, v, v > 0, {v: k}) == {1: 'a'}",
    "[2, 1].sortBy(x, x) == [1, 2]", "optional.of(1).optMap(x, x + 1).value() == 2",
    "optional.of(1).optFlatMap(x, optional.of(x)).value() == 1", "cel.bind(x, 1, x == 1)",
    "cel.block([1], cel.index(0) == 1)",
  ])
  func macroWorks(expression: String) throws {
    let name = try #require(
      expression.firstMatch(
        of:
          /(?:cel\.)?(?:has|all|exists_one|existsOne|exists|map|filter|transform\w+|sortBy|opt\w*Map|bind|block)(?=\()/
      )
    ).0
    #expect(Self.names.contains(String(name)))
    var fixture = Fixture()
    #expect(fixture.evaluate(expression) == "true")
  }
}
