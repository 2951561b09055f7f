package import Documents

/// What an expression of the most common form says, as a tree for other ways to answer it.
///
/// The forms: paths of members from a variable, `==`, `!=`, `in`, comparisons, `has`, `size`, `&&`, `||`,
/// `!` and `?:` over these and constants. Whatever else an expression holds is `other`.
package indirect enum CELOutline: Sendable {
  /// A value that is the same in every evaluation.
  case constant(CELValue)
  /// What members lead to from a variable of the environment, itself without any.
  case path(variable: Int, members: [Symbol])
  /// `has`: whether the last member is there, of what the others lead to.
  case presence(variable: Int, members: [Symbol])
  /// `&&` of all operands.
  case all([CELOutline])
  /// `||` of all operands.
  case any([CELOutline])
  /// `!`.
  case not(CELOutline)
  /// `condition ? first : second`.
  case choice(CELOutline, CELOutline, CELOutline)
  /// `==`.
  case equal(CELOutline, CELOutline)
  /// `left <= right`; the other comparisons are told by this one, with operands exchanged or negated.
  case atMost(CELOutline, CELOutline)
  /// `element in container`.
  case contains(CELOutline, in: CELOutline)
  /// `size(operand)`.
  case size(CELOutline)
  /// Anything else.
  case other
}

extension CELOutline {
  /// Calls `body` with each path that is read, those of `has` among them.
  package func forEachPath(_ body: ((variable: Int, members: [Symbol])) -> Void) {
    switch self {
    case .path(let variable, let members), .presence(let variable, let members):
      body((variable, members))
    case .all(let operands), .any(let operands):
      for operand in operands { operand.forEachPath(body) }
    case .not(let operand), .size(let operand): operand.forEachPath(body)
    case .choice(let condition, let first, let second):
      for operand in [condition, first, second] { operand.forEachPath(body) }
    case .equal(let left, let right), .atMost(let left, let right),
      .contains(let left, in: let right):
      left.forEachPath(body)
      right.forEachPath(body)
    case .constant, .other: break
    }
  }
}

extension CELProgram {
  /// What the expression says.
  package var outline: CELOutline { outline(at: root) }

  /// Recursion is as deep as the expression nests, which is limited.
  private func outline(at index: Int32) -> CELOutline {
    switch instructions[Int(index)] {
    case .constant(let index): return .constant(constants[Int(index)])
    case .variable(let slot) where slot < variableCount:
      return .path(variable: Int(slot), members: [])
    case .path(let slot, let first, let count) where slot < variableCount:
      return .path(
        variable: Int(slot), members: Array(stepSymbols[Int(first)..<Int(first + count)]))
    case .select(let operand, let step):
      guard case .path(let variable, let members) = outline(at: operand) else { return .other }
      return .path(variable: variable, members: members + [stepSymbols[Int(step)]])
    case .presence(let operand, let step):
      guard case .path(let variable, let members) = outline(at: operand) else { return .other }
      return .presence(variable: variable, members: members + [stepSymbols[Int(step)]])
    case .and(let first, let count): return .all(outlines(first, count))
    case .or(let first, let count): return .any(outlines(first, count))
    case .not(let operand): return .not(outline(at: operand))
    case .conditional(let condition, let first, let second):
      return .choice(outline(at: condition), outline(at: first), outline(at: second))
    case .equal(let left, let right, let isNegated):
      let equal = CELOutline.equal(outline(at: left), outline(at: right))
      return isNegated ? .not(equal) : equal
    case .order(let operation, let left, let right):
      return Self.order(operation, outline(at: left), outline(at: right))
    case .contains(let element, let container):
      return .contains(outline(at: element), in: outline(at: container))
    case .call(let function, let first, 1) where functionNames[Int(function)] == "size":
      return .size(outline(at: operands[Int(first)]))
    default: return .other
    }
  }

  private func outlines(_ first: Int32, _ count: Int32) -> [CELOutline] {
    operands[Int(first)..<Int(first + count)].map { outline(at: $0) }
  }

  /// A comparison; one that is told as the negation of another has no value either where that has none.
  private static func order(
    _ operation: BinaryOperator, _ left: CELOutline, _ right: CELOutline
  ) -> CELOutline {
    switch operation {
    case .lessOrEqual: .atMost(left, right)
    case .greaterOrEqual: .atMost(right, left)
    case .less: .not(.atMost(right, left))
    case .greater: .not(.atMost(left, right))
    case .equal, .notEqual, .contains, .add, .subtract, .multiply, .divide, .remainder: .other
    }
  }
}
