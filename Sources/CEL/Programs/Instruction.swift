import SourceText

/// One step of a program: what it does, and the numbers of the instructions that it needs first.
enum Instruction: Sendable {
  case constant(Int32)
  case variable(slot: Int32)
  /// Members of members of a variable: `count` steps from `first`.
  case path(slot: Int32, first: Int32, count: Int32)
  case select(Int32, step: Int32)
  case optionalSelect(Int32, step: Int32)
  case presence(Int32, step: Int32)
  case index(Int32, Int32)
  case optionalIndex(Int32, Int32)
  case and(first: Int32, count: Int32)
  case or(first: Int32, count: Int32)
  case not(Int32)
  case negate(Int32)
  /// A number of any type as a double; any other value as it is.
  case asDouble(Int32)
  case conditional(Int32, Int32, Int32)
  case equal(Int32, Int32, isNegated: Bool)
  case order(BinaryOperator, Int32, Int32)
  case arithmetic(BinaryOperator, Int32, Int32)
  /// The remainder of two doubles, of which CEL knows only that of integers.
  case remainder(Int32, Int32)
  case contains(Int32, Int32)
  /// `matches` with the pattern of a number.
  case matches(Int32, pattern: Int32)
  /// A call of the program's function of a number: `count` operands from `first`.
  case call(Int32, first: Int32, count: Int32)
  /// A call of which only the first operand is evaluated if that is an optional with a value.
  case lazyCall(Int32, first: Int32, count: Int32)
  /// `count` items from `first`; each is an operand and whether it is optional.
  case list(first: Int32, count: Int32)
  /// `count` entries from `first`; each is a key, a value and whether it is optional.
  case map(first: Int32, count: Int32)
  case comprehension(Int32)
  case binding(slot: Int32, Int32, body: Int32)
  case optionalMap(Int32, slot: Int32, body: Int32, isFlat: Bool)
  case failure(Int32)
}

/// A loop of a program.
struct Loop: Sendable {
  var kind: Comprehension.Kind
  var range: Int32
  /// The slot of the first variable; the second's follows it where there are two.
  var slot: Int32
  var hasSecond: Bool
  var condition: Int32?
  var body: Int32
}
