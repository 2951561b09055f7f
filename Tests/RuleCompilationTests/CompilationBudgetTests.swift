import Documents
import Evaluation
import Findings
import RuleCompilation
import RulePacks
import SourceText
import Testing

/// Compiling a pack takes no more steps than it may, and where it can be, no more than the pack is long.
struct CompilationBudgetTests {
  private func compile(
    _ pack: String, model: String = "", _ budget: inout LoadingBudget
  ) throws -> RuleCompilation {
    let reading = RulePackReader.read(
      SourceFile(path: "pack.yaml", bytes: Array("requisite: 1\nname: p\n\(pack)".utf8))
    ) { path throws(Diagnostic) in
      SourceFile(path: path, bytes: Array(model.utf8))
    }
    #expect(reading.diagnostics.map(\.message) == [])
    let (composition, mistakes) = PackComposer.compose(
      [
        .init(
          pack: try #require(reading.pack), parents: [], ancestors: [], isBuiltIn: false,
          isWhole: true)
      ], roots: [0])
    #expect(mistakes == [])
    return RuleCompiler.compile(
      composition, requestOf: composition.requestOwners.first, checking: [.contents],
      budget: &budget)
  }

  private static func lines(_ count: Int, _ line: (Int) -> String) -> String {
    (0..<count).map(line).joined()
  }

  /// A pack whose parts multiply.
  struct Case: Sendable, CustomTestStringConvertible {
    var name: String
    var make: @Sendable (Int) -> (pack: String, model: String)
    var testDescription: String { name }
  }

  private static let withModel = "request: { operation: O, schema: m.yaml }\n"

  private static func shared(_ keyword: String) -> Case {
    Case(name: "\(keyword) of one parameter in all rules") { count in
      let values = (0..<count).map { "v\($0)" }.joined(separator: ", ")
      let rules = lines(count) {
        "  r\($0): { given: $.a\($0), then: { \(keyword): { $param: x } } }\n"
      }
      return (
        "parameters:\n  x: { type: array, default: [\(values)] }\nrules:\n\(rules)", ""
      )
    }
  }

  private static func overModel(_ name: String, _ rule: @escaping @Sendable (Int) -> String) -> Case
  {
    Case(name: name) { count in
      let members = lines(count) {
        "  n\($0): { type: object, properties: { k\($0): { type: string } } }\n"
      }
      return (
        withModel + "rules:\n" + lines(count) { "  r\($0): \(rule($0))\n" },
        "type: object\nadditionalProperties: false\nproperties:\n\(members)"
      )
    }
  }

  static let products: [Case] = [
    shared("enum"), shared("required"), shared("containsAll"),
    overModel("descendants in all rules") { "{ given: $..k\($0), then: { maxLength: 3 } }" },
    overModel("schemas for all members") { _ in
      "{ given: '$..*', then: { properties: { k1: { maxLength: 2 } } } }"
    },
    overModel("filters on all members") { "{ given: '$[?@.k\($0)]', then: { maxProperties: 3 } }" },
    Case(name: "values of the model") { count in
      let values = (0..<count).map { "v\($0)" }
      return (
        withModel
          + "rules: { r: { given: $.a, then: { enum: [\(values.reversed().joined(separator: ", "))] } } }\n",
        "type: object\nproperties: { a: { type: string, enum: [\(values.joined(separator: ", "))] } }\n"
      )
    },
  ]

  /// Over the budget, nothing is compiled, and the rule is named.
  @Test(arguments: products)
  func productsEndByTheBudget(product: Case) throws {
    let (pack, model) = product.make(300)
    var budget = LoadingBudget(costLimit: 1, leastCompilation: 150_000)
    let compilation = try compile(pack, model: model, &budget)
    #expect(!budget.isLeftForCompilation)
    #expect(compilation.plan == nil)
    let limits = compilation.diagnostics.filter { $0.code == "pack/limit" }
    #expect(limits.map(\.severity) == [.error])
    #expect(limits.first?.message.contains("'p/r") ?? false, "\(compilation.diagnostics)")
    #expect(limits.first?.location != nil)
    // No mistakes are reported that only the limit makes look like ones.
    #expect(
      compilation.diagnostics.filter { $0.severity == .error && $0.code != "pack/limit" } == [])
    var larger = LoadingBudget()
    #expect(try compile(pack, model: model, &larger).plan != nil)
  }

  static let sums: [Case] = [
    Case(name: "dynamic references") { count in
      let definitions = lines(count) {
        "  d\($0): { $id: d\($0), $dynamicAnchor: a, properties: { x: { $dynamicRef: '#a' } } }\n"
      }
      let members = lines(count) { "  p\($0): { $ref: d\($0) }\n" }
      return (
        withModel,
        "$id: https://example.com/r\n$dynamicAnchor: a\n$defs:\n\(definitions)properties:\n\(members)"
      )
    },
    Case(name: "chains of references") { count in
      let definitions = lines(count) { "  d\($0): { $ref: '#/$defs/d\($0 + 1)' }\n" }
      let members = lines(count) { "  p\($0): { $ref: '#/$defs/d\($0)' }\n" }
      return (
        withModel,
        "$defs:\n\(definitions)  d\(count): { type: object }\ntype: object\nproperties:\n\(members)"
      )
    },
    Case(name: "rules with a parameter each") { count in
      let parameters = lines(count) { "  x\($0): { type: integer, default: \($0) }\n" }
      let rules = lines(count) { "  r\($0): { given: $.a\($0), then: self < params.x\($0) }\n" }
      return ("parameters:\n\(parameters)rules:\n\(rules)", "")
    },
    Case(name: "rules about members of a model") { count in
      let members = lines(count) { "  n\($0): { type: string }\n" }
      let rules = lines(count) { "  r\($0): { given: $, then: { required: [n\($0)] } }\n" }
      return (
        withModel + "rules:\n\(rules)",
        "type: object\nadditionalProperties: false\nproperties:\n\(members)"
      )
    },
  ]

  @Test(arguments: sums)
  func sumsGrowWithTheirLength(sum: Case) throws {
    var steps: [Int] = []
    for count in [50, 100, 200] {
      let (pack, model) = sum.make(count)
      var budget = LoadingBudget()
      let compilation = try compile(pack, model: model, &budget)
      #expect(compilation.plan != nil, "\(compilation.diagnostics)")
      steps.append(budget.spentOnCompilation)
    }
    #expect(steps[0] > 0)
    #expect(steps[1] <= steps[0] * 5 / 2, "\(steps)")
    #expect(steps[2] <= steps[1] * 5 / 2, "\(steps)")
  }

  /// All references by one anchor lead to the same schemas, those of resources found late included.
  @Test func dynamicReferencesLeadToAllResources() throws {
    var budget = LoadingBudget()
    let (pack, model) = Self.sums[0].make(3)
    let plan = try #require(try compile(pack, model: model, &budget).plan)
    #expect(plan.program.dynamicReferences.map { $0.targets.count } == [4, 4, 4])
  }

  @Test func aLimitIsNoLessThanCompilingNeedsInAnyCase() throws {
    var budget = LoadingBudget(costLimit: 1)
    #expect(budget.limit == 2)
    #expect(budget.compilationLimit == LoadingBudget.leastCompilation)
    let compilation = try compile("rules: { r: { then: { maxProperties: 3 } } }\n", &budget)
    #expect(compilation.plan != nil)
    #expect(budget.spentOnCompilation > 0)
  }
}
