import Documents

// The sets extension.

extension CELFunction {
  static let setContains = CELFunction(
    "sets.contains", "Whether the first list has every element of the second one.",
    traits: .comparesElements,
    [.global([.listOfA, .listOfA], .boolean)],
    cases: [
      "sets.contains([1, 2, 3], [3, 1])", "!sets.contains([1], [1, 2])",
      "sets.contains([1], [1.0])",
    ]
  ) { evaluator, arguments, request, symbols throws(Fault) in
    let elements = try evaluator.listElements(arguments.first, request)
    let others = try evaluator.listElements(arguments.second, request)
    return .boolean(try evaluator.isSubset(others, of: elements, request, symbols))
  }

  static let setEquivalent = CELFunction(
    "sets.equivalent", "Whether both lists have the same elements.", traits: .comparesElements,
    [.global([.listOfA, .listOfA], .boolean)],
    cases: [
      "sets.equivalent([1, 1, 2], [2, 1])", "!sets.equivalent([1], [1, 2])",
      "!sets.equivalent([1, 2], [1])",
    ]
  ) { evaluator, arguments, request, symbols throws(Fault) in
    let elements = try evaluator.listElements(arguments.first, request)
    let others = try evaluator.listElements(arguments.second, request)
    guard try evaluator.isSubset(elements, of: others, request, symbols) else {
      return .boolean(false)
    }
    return .boolean(try evaluator.isSubset(others, of: elements, request, symbols))
  }

  static let setIntersects = CELFunction(
    "sets.intersects", "Whether the lists have a common element.", traits: .comparesElements,
    [.global([.listOfA, .listOfA], .boolean)],
    cases: ["sets.intersects([1, 2], [2, 3])", "!sets.intersects([1], [2])"]
  ) { evaluator, arguments, request, symbols throws(Fault) in
    let elements = try evaluator.listElements(arguments.first, request)
    let others = try evaluator.set(
      of: try evaluator.listElements(arguments.second, request), request, symbols)
    for element in elements
    where try evaluator.position(of: element, in: others, request, symbols) != nil {
      return .boolean(true)
    }
    return .boolean(false)
  }
}

extension CELEvaluator {
  /// Whether every element of a list is in another one.
  fileprivate mutating func isSubset(
    _ elements: [CELValue], of others: [CELValue], _ request: Request, _ symbols: SymbolTable
  ) throws(Fault) -> Bool {
    let set = try set(of: others, request, symbols)
    for element in elements where try position(of: element, in: set, request, symbols) == nil {
      return false
    }
    return true
  }

  /// The elements of a list as a set.
  mutating func set(
    of elements: [CELValue], _ request: Request, _ symbols: SymbolTable
  ) throws(Fault) -> ValueSet {
    var set = ValueSet()
    for element in elements { _ = try insert(element, into: &set, request, symbols) }
    return set
  }
}
