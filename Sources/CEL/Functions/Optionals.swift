import Documents

// Values that may be missing.

extension CELFunction {
  static let optionalOf = CELFunction(
    "optional.of", "An optional with the value.",
    [.global([.a], .optionalOfA)],
    cases: ["optional.of(1).value() == 1", "optional.of(null).hasValue()"]
  ) { evaluator, arguments, _, _ throws(Fault) in
    try evaluator.limited(.optional(CELOptional(arguments.first)))
  }

  static let optionalOfNonZeroValue = CELFunction(
    "optional.ofNonZeroValue",
    "An optional with the value, or without one for an empty or zero value.",
    [.global([.a], .optionalOfA)],
    cases: [
      "optional.ofNonZeroValue('a').value() == 'a'", "!optional.ofNonZeroValue('').hasValue()",
      "!optional.ofNonZeroValue(0.0).hasValue()", "!optional.ofNonZeroValue([]).hasValue()",
    ]
  ) { evaluator, arguments, request, symbols throws(Fault) in
    let isZero = try evaluator.isZero(arguments.first, request, symbols)
    return try evaluator.limited(.optional(CELOptional(isZero ? nil : arguments.first)))
  }

  static let optionalNone = CELFunction(
    "optional.none", "An optional without a value.",
    [.global([], .optionalOfA)],
    cases: ["!optional.none().hasValue()"]
  ) { _, _, _, _ throws(Fault) in .optional(CELOptional(nil)) }

  static let optionalUnwrap = CELFunction(
    "optional.unwrap", "The values of those optionals that have one.",
    [.global([.list(.optionalOfA)], .listOfA)],
    cases: ["optional.unwrap([optional.of(1), optional.none(), optional.of(2)]) == [1, 2]"]
  ) { evaluator, arguments, request, _ throws(Fault) in
    try evaluator.unwrapped(arguments, request)
  }

  static let unwrapOpt = CELFunction(
    "unwrapOpt", "The values of those optionals that have one.",
    [.member([.list(.optionalOfA)], .listOfA)],
    cases: ["[optional.of(1), optional.none(), optional.of(2)].unwrapOpt() == [1, 2]"]
  ) { evaluator, arguments, request, _ throws(Fault) in
    try evaluator.unwrapped(arguments, request)
  }

  static let hasValue = CELFunction(
    "hasValue", "Whether the optional has a value.",
    [.member([.optionalOfA], .boolean)],
    cases: ["optional.of(1).hasValue()", "!{}[?'a'].hasValue()"]
  ) { evaluator, arguments, _, _ throws(Fault) in
    .boolean(try evaluator.optional(arguments.first).value != nil)
  }

  static let value = CELFunction(
    "value", "The value of the optional; without one, an error.",
    [.member([.optionalOfA], .a)],
    cases: ["optional.of('a').value() == 'a'"]
  ) { evaluator, arguments, _, _ throws(Fault) in
    guard let value = try evaluator.optional(arguments.first).value else {
      throw evaluator.fault(.missingOptionalValue)
    }
    return value
  }

  static let or = CELFunction(
    "or", "The optional if it has a value, otherwise the other one.", traits: .isLazy,
    [.member([.optionalOfA, .optionalOfA], .optionalOfA)],
    cases: [
      "optional.of(1).or(optional.of(2)).value() == 1",
      "optional.none().or(optional.of(2)).value() == 2",
      "optional.of(1).or(optional.of(1 / 0)).value() == 1",
    ]
  ) { evaluator, arguments, _, _ throws(Fault) in
    if try evaluator.optional(arguments.first).value != nil { return arguments.first }
    _ = try evaluator.optional(arguments.second)
    return arguments.second
  }

  static let orValue = CELFunction(
    "orValue", "The value of the optional if it has one, otherwise the argument.",
    traits: .isLazy,
    [.member([.optionalOfA, .a], .a)],
    cases: [
      "optional.of(1).orValue(2) == 1", "optional.none().orValue(2) == 2",
      "optional.of(1).orValue(1 / 0) == 1",
    ]
  ) { evaluator, arguments, _, _ throws(Fault) in
    try evaluator.optional(arguments.first).value ?? arguments.second
  }

  static let first = CELFunction(
    "first", "The first element, if any.",
    [.member([.listOfA], .optionalOfA)],
    cases: ["[1, 2].first().value() == 1", "![].first().hasValue()"]
  ) { evaluator, arguments, request, _ throws(Fault) in
    let elements = try evaluator.listElements(arguments.first, request)
    return try evaluator.limited(.optional(CELOptional(elements.first)))
  }

  static let last = CELFunction(
    "last", "The last element, if any.",
    [.member([.listOfA], .optionalOfA)],
    cases: ["[1, 2].last().value() == 2", "![].last().hasValue()"]
  ) { evaluator, arguments, request, _ throws(Fault) in
    let elements = try evaluator.listElements(arguments.first, request)
    return try evaluator.limited(.optional(CELOptional(elements.last)))
  }
}

extension CELEvaluator {
  fileprivate func optional(_ value: CELValue) throws(Fault) -> CELOptional {
    guard case .optional(let optional) = value else { throw fault(.unsupported) }
    return optional
  }

  fileprivate mutating func unwrapped(
    _ arguments: Arguments, _ request: Request
  ) throws(Fault) -> CELValue {
    var result: [CELValue] = []
    for element in try listElements(arguments.first, request) {
      if let value = try optional(element).value { result.append(value) }
    }
    return .list(CELList(result))
  }

  /// Whether a value is its type's empty or zero one.
  fileprivate mutating func isZero(
    _ value: CELValue, _ request: Request, _ symbols: SymbolTable
  ) throws(Fault) -> Bool {
    switch try read(value, request) {
    case .null: return true
    case .boolean(let value): return !value
    case .integer(let value): return value == 0
    case .unsigned(let value): return value == 0
    case .double(let value): return value == 0
    case .bytes(let bytes): return bytes.isEmpty
    case .duration(let span): return span == 0
    case .timestamp(let time): return time.seconds == 0 && time.nanoseconds == 0
    case .optional(let optional): return optional.value == nil
    case .type, .address, .network: return false
    case .string, .name, .list, .map, .node:
      if let count = value.elementCount(in: request) { return count == 0 }
      return try readText(value, request, symbols)?.isEmpty ?? false
    }
  }
}
