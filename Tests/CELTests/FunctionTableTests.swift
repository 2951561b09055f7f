import Testing

@testable import CEL

/// Each function's declaration is complete, and what it says holds.
struct FunctionTableTests {
  /// The functions by number, since a name can stand for two.
  private static let numbers = Array(CELFunction.all.indices)

  @Test(arguments: numbers)
  func casesHold(number: Int) {
    var fixture = Fixture()
    for expression in CELFunction.all[number].cases() {
      #expect(fixture.evaluate(expression) == "true", "\(expression)")
    }
  }

  /// Each way to call a function, by its receiver and its number of arguments, is in a case.
  @Test(arguments: numbers)
  func casesCoverEveryWayToCall(number: Int) throws {
    let function = CELFunction.all[number]
    var called: Set<Way> = []
    for expression in function.cases() {
      let tree = try Parser.parse(expression).tree
      for node in tree.nodes {
        guard case .call(let name, let target, let arguments) = node.kind else { continue }
        if name.text == function.name {
          called.insert(
            Way(isMember: target != nil, count: arguments.count + (target == nil ? 0 : 1)))
        } else if function.name.hasSuffix(".\(name.text)"), target != nil {
          called.insert(Way(isMember: false, count: arguments.count))
        }
      }
    }
    for overload in function.overloads() where !function.traits.contains(.gathersNumbers) {
      let way = Way(isMember: overload.isMember, count: overload.parameters.count)
      #expect(called.contains(way), "\(function.name): \(way)")
    }
    #expect(!function.cases().isEmpty)
  }

  /// A way to call a function.
  private struct Way: Hashable {
    var isMember: Bool
    var count: Int
  }

  /// One declaration for each name and receiver; names in other languages and mutations lead to one.
  @Test func namesAreClear() {
    var ways: Set<String> = []
    var foreignNames: Set<String> = []
    let names = Set(CELFunction.all.map(\.name))
    for function in CELFunction.all {
      for isMember in [false, true]
      where function.overloads().contains(where: { $0.isMember == isMember }) {
        #expect(ways.insert("\(function.name) \(isMember)").inserted, "\(function.name)")
      }
      for name in function.foreignNames.names {
        #expect(!names.contains(name), "\(name)")
        #expect(foreignNames.insert(name).inserted, "\(name)")
        #expect(ForeignWords.hint(forFunction: name)?.hasPrefix("use ") == true, "\(name)")
      }
      if let mutation = function.mutation { #expect(names.contains(mutation), "\(mutation)") }
      #expect(function.summary.hasSuffix("."), "\(function.name)")
    }
  }

  /// What a case calls with an unevaluated argument does not fail for it.
  @Test(arguments: ["optional.of(1).or(optional.of(1 / 0))", "optional.of(1).orValue(1 / 0)"])
  func lazyFunctionsLeaveTheirOtherArgument(expression: String) {
    var fixture = Fixture()
    #expect(!fixture.evaluate(expression).hasPrefix("error"))
  }
}
