import Documents

// The functions of the math extension on bits. Those of an int move as they are, whatever its sign.

extension CELFunction {
  static let bitAnd = CELFunction(
    "math.bitAnd", "The bitwise AND.",
    CELType.wholeNumbers.map { .global([$0, $0], $0) },
    cases: ["math.bitAnd(6, 3) == 2", "math.bitAnd(6u, 3u) == 2u"]
  ) { evaluator, arguments, request, _ throws(Fault) in
    try evaluator.combinedBits(arguments, request) { $0 & $1 }
  }

  static let bitOr = CELFunction(
    "math.bitOr", "The bitwise OR.",
    CELType.wholeNumbers.map { .global([$0, $0], $0) },
    cases: ["math.bitOr(6, 3) == 7", "math.bitOr(6u, 3u) == 7u"]
  ) { evaluator, arguments, request, _ throws(Fault) in
    try evaluator.combinedBits(arguments, request) { $0 | $1 }
  }

  static let bitXor = CELFunction(
    "math.bitXor", "The bitwise XOR.",
    CELType.wholeNumbers.map { .global([$0, $0], $0) },
    cases: ["math.bitXor(6, 3) == 5", "math.bitXor(6u, 3u) == 5u"]
  ) { evaluator, arguments, request, _ throws(Fault) in
    try evaluator.combinedBits(arguments, request) { $0 ^ $1 }
  }

  static let bitNot = CELFunction(
    "math.bitNot", "The bitwise complement.",
    CELType.wholeNumbers.map { .global([$0], $0) },
    cases: ["math.bitNot(5) == -6", "math.bitNot(0u) == 18446744073709551615u"]
  ) { evaluator, arguments, request, _ throws(Fault) in
    switch try evaluator.takeNumber(arguments.first, request) {
    case .integer(let value): return .integer(~value)
    case .unsigned(let value): return .unsigned(~value)
    default: throw evaluator.fault(.unsupported)
    }
  }

  static let bitShiftLeft = CELFunction(
    "math.bitShiftLeft", "The number shifted left by a number of bits.",
    CELType.wholeNumbers.map { .global([$0, .integer], $0) },
    cases: ["math.bitShiftLeft(1, 3) == 8", "math.bitShiftLeft(1u, 64) == 0u"]
  ) { evaluator, arguments, request, _ throws(Fault) in
    try evaluator.shiftedBits(arguments, request) { $0 << $1 }
  }

  static let bitShiftRight = CELFunction(
    "math.bitShiftRight", "The number shifted right by a number of bits.",
    CELType.wholeNumbers.map { .global([$0, .integer], $0) },
    cases: ["math.bitShiftRight(-1, 63) == 1", "math.bitShiftRight(8u, 2) == 2u"]
  ) { evaluator, arguments, request, _ throws(Fault) in
    try evaluator.shiftedBits(arguments, request) { $0 >> $1 }
  }
}

extension CELEvaluator {
  fileprivate mutating func combinedBits(
    _ arguments: Arguments, _ request: Request, _ combine: (UInt64, UInt64) -> UInt64
  ) throws(Fault) -> CELValue {
    let left = try takeNumber(arguments.first, request)
    switch (left, try takeNumber(arguments.second, request)) {
    case (.integer(let left), .integer(let right)):
      return .integer(
        Int64(bitPattern: combine(UInt64(bitPattern: left), UInt64(bitPattern: right))))
    case (.unsigned(let left), .unsigned(let right)): return .unsigned(combine(left, right))
    default: throw fault(.unsupported)
    }
  }

  fileprivate mutating func shiftedBits(
    _ arguments: Arguments, _ request: Request, _ shift: (UInt64, UInt64) -> UInt64
  ) throws(Fault) -> CELValue {
    let operand = try takeNumber(arguments.first, request)
    guard case .integer(let count) = try takeNumber(arguments.second, request) else {
      throw fault(.unsupported)
    }
    if count < 0 { throw fault(.invalid(.negativeShift)) }
    switch operand {
    case .integer(let value):
      return .integer(
        count >= 64 ? 0 : Int64(bitPattern: shift(UInt64(bitPattern: value), UInt64(count))))
    case .unsigned(let value): return .unsigned(count >= 64 ? 0 : shift(value, UInt64(count)))
    default: throw fault(.unsupported)
    }
  }
}
