import Documents
import RequisitePatterns
package import SourceText

extension CELProgram {
  /// Writes the program; one with an error in it is refused.
  package func write(to writer: inout BinaryWriter) {
    if !failures.isEmpty || functionNumbers.contains(where: { $0 < 0 }) { writer.refuse() }
    writer.list(instructions) { $0.write(to: &$1) }
    writer.list(ranges) { $1.range($0) }
    writer.list(constants) { $0.write(to: &$1) }
    writer.list(operands) { $1.integer($0) }
    writer.list(stepSymbols) { $0.write(to: &$1) }
    writer.list(stepNames) { $1.data($0) }
    writer.list(loops) { $0.write(to: &$1) }
    writer.list(functionNumbers) { $1.integer($0) }
    writer.list(patterns) { $0.write(to: &$1) }
    writer.integer(root)
    writer.integer(variableCount)
    writer.integer(slotCount)
    type.write(to: &writer)
    writer.list(references) { reference, writer in
      writer.integer(reference.variable)
      writer.list(reference.members) { $1.text($0) }
      writer.range(reference.range)
    }
  }

  /// Reads a program.
  package init(from reader: inout BinaryReader) {
    instructions = reader.list { Instruction(from: &$0) }
    ranges = reader.list { $0.range() }
    constants = reader.list { CELValue(from: &$0) }
    operands = reader.list { $0.int32() }
    stepSymbols = reader.list { Symbol(from: &$0) }
    stepNames = reader.list { $0.data() }
    loops = reader.list { Loop(from: &$0) }
    functionNumbers = reader.list { $0.integer() }
    for number in functionNumbers {
      guard CELFunction.all.indices.contains(number) else {
        reader.refuse()
        break
      }
      functions.append(CELFunction.all[number].body)
      functionNames.append(CELFunction.all[number].shownName)
    }
    patterns = reader.list { CELPattern(from: &$0) }
    root = reader.int32()
    variableCount = reader.integer()
    slotCount = reader.integer()
    type = CELType(from: &reader)
    references = reader.list { reader in
      let variable = reader.integer()
      let members = reader.list { $0.text() }
      return Reference(variable: variable, members: members, range: reader.range())
    }
  }
}

extension Loop {
  fileprivate func write(to writer: inout BinaryWriter) {
    writer.byte(kind.rawValue)
    writer.integer(range)
    writer.integer(slot)
    writer.flag(hasSecond)
    writer.optional(condition) { $1.integer($0) }
    writer.integer(body)
  }

  fileprivate init(from reader: inout BinaryReader) {
    let kind = Comprehension.Kind(rawValue: reader.byte())
    if kind == nil { reader.refuse() }
    self.kind = kind ?? .all
    range = reader.int32()
    slot = reader.int32()
    hasSecond = reader.flag()
    condition = reader.optional { $0.int32() }
    body = reader.int32()
  }
}

extension Instruction {
  fileprivate func write(to writer: inout BinaryWriter) {
    func put(_ tag: UInt8, _ operands: Int32...) {
      writer.byte(tag)
      for operand in operands { writer.integer(operand) }
    }
    switch self {
    case .constant(let index): put(0, index)
    case .variable(let slot): put(1, slot)
    case .path(let slot, let first, let count): put(2, slot, first, count)
    case .select(let operand, let step): put(3, operand, step)
    case .optionalSelect(let operand, let step): put(4, operand, step)
    case .presence(let operand, let step): put(5, operand, step)
    case .index(let operand, let index): put(6, operand, index)
    case .optionalIndex(let operand, let index): put(7, operand, index)
    case .and(let first, let count): put(8, first, count)
    case .or(let first, let count): put(9, first, count)
    case .not(let operand): put(10, operand)
    case .negate(let operand): put(11, operand)
    case .asDouble(let operand): put(12, operand)
    case .conditional(let condition, let first, let second): put(13, condition, first, second)
    case .equal(let left, let right, let isNegated): put(14, left, right, isNegated ? 1 : 0)
    case .order(let symbol, let left, let right):
      put(15, left, right)
      writer.text(symbol.rawValue)
    case .arithmetic(let symbol, let left, let right):
      put(16, left, right)
      writer.text(symbol.rawValue)
    case .remainder(let left, let right): put(17, left, right)
    case .contains(let element, let container): put(18, element, container)
    case .matches(let operand, let pattern): put(19, operand, pattern)
    case .call(let function, let first, let count): put(20, function, first, count)
    case .lazyCall(let function, let first, let count): put(21, function, first, count)
    case .list(let first, let count): put(22, first, count)
    case .map(let first, let count): put(23, first, count)
    case .comprehension(let loop): put(24, loop)
    case .binding(let slot, let operand, let body): put(25, slot, operand, body)
    case .optionalMap(let operand, let slot, let body, let isFlat):
      put(26, operand, slot, body, isFlat ? 1 : 0)
    case .failure(let index): put(27, index)
    }
  }

  fileprivate init(from reader: inout BinaryReader) {
    let tag = reader.byte()
    func next() -> Int32 { reader.int32() }
    switch tag {
    case 0: self = .constant(next())
    case 1: self = .variable(slot: next())
    case 2: self = .path(slot: next(), first: next(), count: next())
    case 3: self = .select(next(), step: next())
    case 4: self = .optionalSelect(next(), step: next())
    case 5: self = .presence(next(), step: next())
    case 6: self = .index(next(), next())
    case 7: self = .optionalIndex(next(), next())
    case 8: self = .and(first: next(), count: next())
    case 9: self = .or(first: next(), count: next())
    case 10: self = .not(next())
    case 11: self = .negate(next())
    case 12: self = .asDouble(next())
    case 13: self = .conditional(next(), next(), next())
    case 14: self = .equal(next(), next(), isNegated: next() != 0)
    case 15, 16:
      let (left, right) = (next(), next())
      let symbol = BinaryOperator(rawValue: reader.text())
      if symbol == nil { reader.refuse() }
      self =
        tag == 15
        ? .order(symbol ?? .less, left, right) : .arithmetic(symbol ?? .add, left, right)
    case 17: self = .remainder(next(), next())
    case 18: self = .contains(next(), next())
    case 19: self = .matches(next(), pattern: next())
    case 20: self = .call(next(), first: next(), count: next())
    case 21: self = .lazyCall(next(), first: next(), count: next())
    case 22: self = .list(first: next(), count: next())
    case 23: self = .map(first: next(), count: next())
    case 24: self = .comprehension(next())
    case 25: self = .binding(slot: next(), next(), body: next())
    case 26: self = .optionalMap(next(), slot: next(), body: next(), isFlat: next() != 0)
    default:
      reader.refuse()
      self = .constant(0)
    }
  }
}
