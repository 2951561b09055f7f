import Documents

// The math extension.

extension CELEvaluator {
  mutating func number(
    _ function: CELFunction, _ arguments: Arguments, _ document: Document, _ symbols: SymbolTable
  ) throws(Fault) -> CELValue {
    if function == .greatest || function == .least {
      return try extremeNumber(arguments.first, wantsGreatest: function == .greatest, document)
    }
    let operand = try takeNumber(arguments.first, document)
    switch function {
    case .bitAnd, .bitOr, .bitXor, .bitNot, .bitShiftLeft, .bitShiftRight:
      return try bits(function, operand, try takeNumber(arguments.second, document))
    case .abs: return try magnitude(operand)
    case .sign:
      switch operand {
      case .integer(let value): return .integer(value.signum())
      case .unsigned(let value): return .unsigned(value == 0 ? 0 : 1)
      case .double(let value):
        return .double(value.isNaN || value == 0 ? value : (value < 0 ? -1 : 1))
      default: throw fault(.unsupported)
      }
    case .sqrt:
      switch operand {
      case .integer(let value): return .double(Double(value).squareRoot())
      case .unsigned(let value): return .double(Double(value).squareRoot())
      case .double(let value): return .double(value.squareRoot())
      default: throw fault(.unsupported)
      }
    default: break
    }
    guard case .double(let value) = operand else { throw fault(.unsupported) }
    switch function {
    case .ceil: return .double(value.rounded(.up))
    case .floor: return .double(value.rounded(.down))
    case .round: return .double(value.rounded(.toNearestOrAwayFromZero))
    case .trunc: return .double(value.rounded(.towardZero))
    case .isNaN: return .boolean(value.isNaN)
    case .isInf: return .boolean(value.isInfinite)
    case .isFinite: return .boolean(value.isFinite)
    default: throw fault(.unsupported)
    }
  }

  private func magnitude(_ operand: CELValue) throws(Fault) -> CELValue {
    switch operand {
    case .integer(let value):
      guard let result = Int64(exactly: value.magnitude) else { throw fault(.overflow) }
      return .integer(result)
    case .unsigned: return operand
    case .double(let value): return .double(value.magnitude)
    default: throw fault(.unsupported)
    }
  }

  private mutating func extremeNumber(
    _ operand: CELValue, wantsGreatest: Bool, _ document: Document
  ) throws(Fault) -> CELValue {
    var values = [operand]
    if operand.isList(in: document) { values = try elements(of: operand, document) ?? [] }
    var best: CELValue?
    for value in values {
      let number = try takeNumber(value, document)
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

  private func bits(
    _ function: CELFunction, _ left: CELValue, _ right: CELValue
  ) throws(Fault) -> CELValue {
    if function == .bitShiftLeft || function == .bitShiftRight {
      return try shifted(function, left, right)
    }
    if function == .bitNot {
      switch left {
      case .integer(let value): return .integer(~value)
      case .unsigned(let value): return .unsigned(~value)
      default: throw fault(.unsupported)
      }
    }
    switch (left, right) {
    case (.integer(let left), .integer(let right)):
      return .integer(
        Int64(
          bitPattern: Self.combined(
            function, UInt64(bitPattern: left), UInt64(bitPattern: right))))
    case (.unsigned(let left), .unsigned(let right)):
      return .unsigned(Self.combined(function, left, right))
    default: throw fault(.unsupported)
    }
  }

  private static func combined(
    _ function: CELFunction, _ left: UInt64, _ right: UInt64
  ) -> UInt64 {
    switch function {
    case .bitAnd: left & right
    case .bitOr: left | right
    default: left ^ right
    }
  }

  /// Shifts bits; those of an int move as bits, without regard to the sign.
  private func shifted(
    _ function: CELFunction, _ left: CELValue, _ right: CELValue
  ) throws(Fault) -> CELValue {
    guard case .integer(let count) = right else { throw fault(.unsupported) }
    if count < 0 { throw fault(.invalid(.negativeShift)) }
    func shift(_ value: UInt64) -> UInt64 {
      if count >= 64 { return 0 }
      return function == .bitShiftLeft ? value << UInt64(count) : value >> UInt64(count)
    }
    switch left {
    case .integer(let value):
      return .integer(Int64(bitPattern: shift(UInt64(bitPattern: value))))
    case .unsigned(let value): return .unsigned(shift(value))
    default: throw fault(.unsupported)
    }
  }
}
