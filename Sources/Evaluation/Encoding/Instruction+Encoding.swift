import Formats
import SourceText

extension SchemaID {
  func write(to writer: inout BinaryWriter) { writer.unsigned(UInt64(index)) }

  init(from reader: inout BinaryReader) {
    self.init(Int(truncatingIfNeeded: reader.unsigned()))
  }
}

extension Instruction {
  /// Writes the instruction: a tag, then what it refers to.
  func write(to writer: inout BinaryWriter) {
    func put(_ tag: UInt8, _ operand: Int? = nil, _ flag: Bool? = nil) {
      writer.byte(tag)
      if let operand { writer.integer(operand) }
      if let flag { writer.flag(flag) }
    }
    switch self {
    case .types(let types): put(0, Int(types.rawValue))
    case .integerWidth(let bits): put(1, bits)
    case .constant(let index): put(2, index)
    case .enumeration(let index): put(3, index)
    case .minimum(let index, let isExclusive): put(4, index, isExclusive)
    case .maximum(let index, let isExclusive): put(5, index, isExclusive)
    case .multipleOf(let index): put(6, index)
    case .minLength(let count): put(7, count)
    case .maxLength(let count): put(8, count)
    case .minBytes(let count): put(9, count)
    case .maxBytes(let count): put(10, count)
    case .pattern(let index): put(11, index)
    case .characters(let index): put(12, index)
    case .format(let format):
      put(13)
      writer.text(format.rawValue)
    case .content(let index): put(14, index)
    case .minItems(let count): put(15, count)
    case .maxItems(let count): put(16, count)
    case .uniqueItems: put(17)
    case .contains(let index): put(18, index)
    case .items(let index): put(19, index)
    case .containsAll(let index): put(20, index)
    case .minProperties(let count): put(21, count)
    case .maxProperties(let count): put(22, count)
    case .required(let index): put(23, index)
    case .members(let index): put(24, index)
    case .propertyNames(let schema): put(25, schema.index)
    case .dependentRequired(let index): put(26, index)
    case .dependentSchemas(let index): put(27, index)
    case .presence(let index): put(28, index)
    case .minTotalBytes(let count): put(29, count)
    case .maxTotalBytes(let count): put(30, count)
    case .allOf(let index): put(31, index)
    case .anyOf(let index): put(32, index)
    case .oneOf(let index): put(33, index)
    case .not(let schema): put(34, schema.index)
    case .conditional(let index): put(35, index)
    case .reference(let schema): put(36, schema.index)
    case .dynamicReference(let index): put(37, index)
    case .unevaluatedItems(let schema): put(38, schema.index)
    case .unevaluatedProperties(let schema): put(39, schema.index)
    case .custom(let index): put(40, index)
    case .never: put(41)
    }
  }

  /// Reads an instruction.
  init(from reader: inout BinaryReader) {
    let tag = reader.byte()
    func next() -> Int { reader.integer() }
    func schema() -> SchemaID { SchemaID(reader.integer()) }
    switch tag {
    case 0: self = .types(TypeSet(rawValue: UInt8(truncatingIfNeeded: next())))
    case 1: self = .integerWidth(next())
    case 2: self = .constant(index: next())
    case 3: self = .enumeration(index: next())
    case 4: self = .minimum(index: next(), isExclusive: reader.flag())
    case 5: self = .maximum(index: next(), isExclusive: reader.flag())
    case 6: self = .multipleOf(index: next())
    case 7: self = .minLength(next())
    case 8: self = .maxLength(next())
    case 9: self = .minBytes(next())
    case 10: self = .maxBytes(next())
    case 11: self = .pattern(index: next())
    case 12: self = .characters(index: next())
    case 13:
      let format = StringFormat(rawValue: reader.text())
      if format == nil { reader.refuse() }
      self = format.map { .format($0) } ?? .never
    case 14: self = .content(index: next())
    case 15: self = .minItems(next())
    case 16: self = .maxItems(next())
    case 17: self = .uniqueItems
    case 18: self = .contains(index: next())
    case 19: self = .items(index: next())
    case 20: self = .containsAll(index: next())
    case 21: self = .minProperties(next())
    case 22: self = .maxProperties(next())
    case 23: self = .required(index: next())
    case 24: self = .members(index: next())
    case 25: self = .propertyNames(schema())
    case 26: self = .dependentRequired(index: next())
    case 27: self = .dependentSchemas(index: next())
    case 28: self = .presence(index: next())
    case 29: self = .minTotalBytes(next())
    case 30: self = .maxTotalBytes(next())
    case 31: self = .allOf(index: next())
    case 32: self = .anyOf(index: next())
    case 33: self = .oneOf(index: next())
    case 34: self = .not(schema())
    case 35: self = .conditional(index: next())
    case 36: self = .reference(schema())
    case 37: self = .dynamicReference(index: next())
    case 38: self = .unevaluatedItems(schema())
    case 39: self = .unevaluatedProperties(schema())
    case 40: self = .custom(index: next())
    case 41: self = .never
    default:
      reader.refuse()
      self = .never
    }
  }
}
