package import SourceText

extension CELValue {
  /// Writes the value; one of a document is refused.
  ///
  /// Recursion is as deep as the value nests, which is limited.
  package func write(to writer: inout BinaryWriter) {
    switch self {
    case .null: writer.byte(0)
    case .boolean(let isTrue): writer.byte(isTrue ? 2 : 1)
    case .integer(let number):
      writer.byte(3)
      writer.integer(number)
    case .unsigned(let number):
      writer.byte(4)
      writer.unsigned(number)
    case .double(let number):
      writer.byte(5)
      writer.double(number)
    case .string(let text): Self.write(6, text, to: &writer)
    case .bytes(let bytes): Self.write(7, bytes, to: &writer)
    case .address(let bytes): Self.write(8, bytes, to: &writer)
    case .network(let bytes): Self.write(9, bytes, to: &writer)
    case .list(let list):
      writer.byte(10)
      writer.list(list.elements) { $0.write(to: &$1) }
    case .map(let map):
      writer.byte(map.isSorted ? 11 : 12)
      writer.list(map.entries) { entry, writer in
        entry.key.write(to: &writer)
        entry.value.write(to: &writer)
      }
    case .optional(let optional):
      writer.byte(13)
      writer.optional(optional.value) { $0.write(to: &$1) }
    case .timestamp(let time):
      writer.byte(14)
      writer.integer(time.seconds)
      writer.integer(time.nanoseconds)
    case .duration(let nanoseconds):
      writer.byte(15)
      writer.integer(nanoseconds)
    case .type(let kind):
      writer.byte(16)
      writer.text(kind.rawValue)
    case .node, .name: writer.refuse()
    }
  }

  private static func write(_ tag: UInt8, _ bytes: [UInt8], to writer: inout BinaryWriter) {
    writer.byte(tag)
    writer.data(bytes)
  }

  /// Reads a value.
  package init(from reader: inout BinaryReader) {
    let tag = reader.byte()
    switch tag {
    case 0: self = .null
    case 1, 2: self = .boolean(tag == 2)
    case 3: self = .integer(Int64(reader.integer()))
    case 4: self = .unsigned(reader.unsigned())
    case 5: self = .double(reader.double())
    case 6: self = .string(reader.data())
    case 7: self = .bytes(reader.data())
    case 8: self = .address(reader.data())
    case 9: self = .network(reader.data())
    case 10: self = .list(CELList(reader.list { CELValue(from: &$0) }))
    case 11, 12: self = .map(CELMap(from: &reader, isSorted: tag == 11))
    case 13: self = .optional(CELOptional(reader.optional { CELValue(from: &$0) }))
    case 14:
      let seconds = Int64(reader.integer())
      let time = CELTimestamp(seconds: seconds, nanoseconds: reader.int32())
      if time == nil { reader.refuse() }
      self = time.map { .timestamp($0) } ?? .null
    case 15: self = .duration(nanoseconds: Int64(reader.integer()))
    case 16:
      let kind = CELKind(rawValue: reader.text())
      if kind == nil { reader.refuse() }
      self = .type(kind ?? .null)
    default:
      reader.refuse()
      self = .null
    }
  }
}

extension CELType {
  /// Writes the type.
  func write(to writer: inout BinaryWriter) {
    switch self {
    case .dyn: writer.byte(0)
    case .null: writer.byte(1)
    case .boolean: writer.byte(2)
    case .integer: writer.byte(3)
    case .unsigned: writer.byte(4)
    case .double: writer.byte(5)
    case .number: writer.byte(6)
    case .string: writer.byte(7)
    case .bytes: writer.byte(8)
    case .timestamp: writer.byte(9)
    case .duration: writer.byte(10)
    case .list(let element):
      writer.byte(11)
      element.write(to: &writer)
    case .map(let key, let value):
      writer.byte(12)
      key.write(to: &writer)
      value.write(to: &writer)
    case .optional(let wrapped):
      writer.byte(13)
      wrapped.write(to: &writer)
    case .type(let type):
      writer.byte(14)
      type.write(to: &writer)
    case .shape(let number):
      writer.byte(15)
      writer.integer(number)
    case .opaque(let name, let parameters):
      writer.byte(16)
      writer.text(name)
      writer.list(parameters) { $0.write(to: &$1) }
    case .parameter(let number):
      writer.byte(17)
      writer.integer(number)
    }
  }

  /// Reads a type.
  init(from reader: inout BinaryReader) {
    switch reader.byte() {
    case 0: self = .dyn
    case 1: self = .null
    case 2: self = .boolean
    case 3: self = .integer
    case 4: self = .unsigned
    case 5: self = .double
    case 6: self = .number
    case 7: self = .string
    case 8: self = .bytes
    case 9: self = .timestamp
    case 10: self = .duration
    case 11: self = .list(CELType(from: &reader))
    case 12:
      let key = CELType(from: &reader)
      self = .map(key, CELType(from: &reader))
    case 13: self = .optional(CELType(from: &reader))
    case 14: self = .type(CELType(from: &reader))
    case 15: self = .shape(reader.integer())
    case 16:
      let name = reader.text()
      self = .opaque(name, reader.list { CELType(from: &$0) })
    case 17: self = .parameter(reader.integer())
    default:
      reader.refuse()
      self = .dyn
    }
  }
}
