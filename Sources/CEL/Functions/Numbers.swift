import Documents

// The math extension, apart from bits.

extension CELFunction {
  static let greatest = CELFunction(
    "math.greatest", "The greatest of the arguments, or of a list.", traits: .gathersNumbers,
    [.global([.list(.dyn)], .dyn)],
    cases: ["math.greatest(1, 2.5, 2u) == 2.5", "math.greatest([3, 1]) == 3"]
  ) { evaluator, arguments, request, _ throws(Fault) in
    try evaluator.extremeNumber(arguments.first, wantsGreatest: true, request)
  }

  static let least = CELFunction(
    "math.least", "The least of the arguments, or of a list.", traits: .gathersNumbers,
    [.global([.list(.dyn)], .dyn)],
    cases: ["math.least(1, 0.5, 2u) == 0.5", "math.least([3, 1]) == 1"]
  ) { evaluator, arguments, request, _ throws(Fault) in
    try evaluator.extremeNumber(arguments.first, wantsGreatest: false, request)
  }

  static let ceil = CELFunction(
    "math.ceil", "The number rounded up.",
    foreignNames: ForeignNames("ceil", use: "math.ceil(x)"),
    [.global([.double], .double)],
    cases: ["math.ceil(1.2) == 2.0", "math.ceil(-1.2) == -1.0"]
  ) { evaluator, arguments, request, _ throws(Fault) in
    .double(try evaluator.doubleArgument(arguments, request).rounded(.up))
  }

  static let floor = CELFunction(
    "math.floor", "The number rounded down.",
    foreignNames: ForeignNames("floor", use: "math.floor(x)"),
    [.global([.double], .double)],
    cases: ["math.floor(1.8) == 1.0", "math.floor(-1.2) == -2.0"]
  ) { evaluator, arguments, request, _ throws(Fault) in
    .double(try evaluator.doubleArgument(arguments, request).rounded(.down))
  }

  static let round = CELFunction(
    "math.round", "The number rounded to the nearest integer, halves away from zero.",
    foreignNames: ForeignNames("round", use: "math.round(x)"),
    [.global([.double], .double)],
    cases: ["math.round(1.5) == 2.0", "math.round(-2.5) == -3.0", "math.round(1.4) == 1.0"]
  ) { evaluator, arguments, request, _ throws(Fault) in
    .double(
      try evaluator.doubleArgument(arguments, request).rounded(.toNearestOrAwayFromZero))
  }

  static let trunc = CELFunction(
    "math.trunc", "The number without its fraction.",
    foreignNames: ForeignNames("trunc", use: "math.trunc(x)"),
    [.global([.double], .double)],
    cases: ["math.trunc(1.8) == 1.0", "math.trunc(-1.8) == -1.0"]
  ) { evaluator, arguments, request, _ throws(Fault) in
    .double(try evaluator.doubleArgument(arguments, request).rounded(.towardZero))
  }

  static let abs = CELFunction(
    "math.abs", "The absolute value.", traits: .distinguishesDoubles,
    foreignNames: ForeignNames("abs", use: "math.abs(x)"),
    CELType.numbers.map { .global([$0], $0) },
    cases: ["math.abs(-1) == 1", "math.abs(2u) == 2u", "math.abs(-1.5) == 1.5"]
  ) { evaluator, arguments, request, _ throws(Fault) in
    try evaluator.magnitude(try evaluator.takeNumber(arguments.first, request))
  }

  static let sign = CELFunction(
    "math.sign", "-1, 0 or 1.", traits: .distinguishesDoubles,
    foreignNames: ForeignNames("sign", use: "math.sign(x)"),
    CELType.numbers.map { .global([$0], $0) },
    cases: [
      "math.sign(-7) == -1", "math.sign(0) == 0", "math.sign(2u) == 1u", "math.sign(-1.5) == -1.0",
    ]
  ) { evaluator, arguments, request, _ throws(Fault) in
    switch try evaluator.takeNumber(arguments.first, request) {
    case .integer(let value): return .integer(value.signum())
    case .unsigned(let value): return .unsigned(value == 0 ? 0 : 1)
    case .double(let value):
      return .double(value.isNaN || value == 0 ? value : (value < 0 ? -1 : 1))
    default: throw evaluator.fault(.unsupported)
    }
  }

  static let sqrt = CELFunction(
    "math.sqrt", "The square root.",
    foreignNames: ForeignNames("sqrt", use: "math.sqrt(x)"),
    CELOverload.globals(CELType.numbers, .double),
    cases: ["math.sqrt(9) == 3.0", "math.sqrt(9u) == 3.0", "math.sqrt(0.25) == 0.5"]
  ) { evaluator, arguments, request, _ throws(Fault) in
    switch try evaluator.takeNumber(arguments.first, request) {
    case .integer(let value): return .double(Double(value).squareRoot())
    case .unsigned(let value): return .double(Double(value).squareRoot())
    case .double(let value): return .double(value.squareRoot())
    default: throw evaluator.fault(.unsupported)
    }
  }

  static let isNaN = CELFunction(
    "math.isNaN", "Whether the number is NaN.",
    [.global([.double], .boolean)],
    cases: ["math.isNaN(0.0 / 0.0)", "!math.isNaN(1.5)"]
  ) { evaluator, arguments, request, _ throws(Fault) in
    .boolean(try evaluator.doubleArgument(arguments, request).isNaN)
  }

  static let isInf = CELFunction(
    "math.isInf", "Whether the number is infinite.",
    [.global([.double], .boolean)],
    cases: ["math.isInf(-1.0 / 0.0)", "!math.isInf(1.5)"]
  ) { evaluator, arguments, request, _ throws(Fault) in
    .boolean(try evaluator.doubleArgument(arguments, request).isInfinite)
  }

  static let isFinite = CELFunction(
    "math.isFinite", "Whether the number is neither NaN nor infinite.",
    [.global([.double], .boolean)],
    cases: ["math.isFinite(1.5)", "!math.isFinite(1.0 / 0.0)", "!math.isFinite(0.0 / 0.0)"]
  ) { evaluator, arguments, request, _ throws(Fault) in
    .boolean(try evaluator.doubleArgument(arguments, request).isFinite)
  }
}

extension CELEvaluator {
  /// The double that is the first argument.
  fileprivate mutating func doubleArgument(
    _ arguments: Arguments, _ request: Request
  ) throws(Fault) -> Double {
    guard case .double(let value) = try takeNumber(arguments.first, request) else {
      throw fault(.unsupported)
    }
    return value
  }

  fileprivate func magnitude(_ operand: CELValue) throws(Fault) -> CELValue {
    switch operand {
    case .integer(let value):
      guard let result = Int64(exactly: value.magnitude) else { throw fault(.overflow) }
      return .integer(result)
    case .unsigned: return operand
    case .double(let value): return .double(value.magnitude)
    default: throw fault(.unsupported)
    }
  }

  fileprivate mutating func extremeNumber(
    _ operand: CELValue, wantsGreatest: Bool, _ request: Request
  ) throws(Fault) -> CELValue {
    var values = [operand]
    if operand.isList(in: request) { values = try elements(of: operand, request) ?? [] }
    var best: CELValue?
    for value in values {
      let number = try takeNumber(value, request)
      switch number {
      case .integer, .unsigned, .double: break
      default: throw fault(.unsupported)
      }
      guard let known = best else {
        best = number
        continue
      }
      guard let order = NumberOrder.compare(number, known) else { return .double(.nan) }
      if wantsGreatest ? order > 0 : order < 0 { best = number }
    }
    guard let best else { throw fault(.invalid(.emptyList)) }
    return best
  }
}
