import Documents
import RequisitePatterns
import SourceText

extension SchemaProgram {
  /// Writes the schemas; those with an assertion that has no instruction of its own are refused.
  ///
  /// Of the documents that constants are in, the constants alone are written, as one document.
  func write(to writer: inout BinaryWriter) {
    if !customAssertions.isEmpty { writer.refuse() }
    symbols.write(to: &writer)
    writer.list(schemas) { $0.write(to: &$1) }
    writer.list(instructions) { $0.write(to: &$1) }
    writer.flag(hasDynamicReferences)
    var values = Document()
    func copy(_ constants: [Constant]) -> [NodeID] {
      constants.map { values.appendValue($0.node, of: constantDocuments[$0.document].document) }
    }
    let single = copy(constants)
    let enumerated = enumerations.map { copy($0.values) }
    let listed = valueLists.map { copy($0) }
    values.write(to: &writer)
    Self.write(single, to: &writer)
    writer.list(enumerated) { Self.write($0, to: &$1) }
    writer.list(listed) { Self.write($0, to: &$1) }
    writer.list(numbers) { $0.write(to: &$1) }
    writer.list(patterns) { $0.write(to: &$1) }
    writer.list(classes) { $0.write(to: &$1) }
    writeTables(to: &writer)
  }

  private static func write(_ nodes: [NodeID], to writer: inout BinaryWriter) {
    writer.list(nodes) { $1.integer($0.index) }
  }

  private func writeTables(to writer: inout BinaryWriter) {
    writer.list(contents) { $0.write(to: &$1) }
    writer.list(containsTable) { $0.write(to: &$1) }
    writer.list(itemsTable) { $0.write(to: &$1) }
    writer.list(nameLists) { names, writer in writer.list(names) { $0.write(to: &$1) } }
    writer.list(memberTables) { $0.write(to: &$1) }
    writer.list(dependentNames) { entries, writer in
      writer.list(entries) { entry, writer in
        entry.name.write(to: &writer)
        writer.list(entry.required) { $0.write(to: &$1) }
      }
    }
    writer.list(dependentSchemas) { entries, writer in
      writer.list(entries) { MemberTable.write($0, to: &$1) }
    }
    writer.list(presences) { $0.write(to: &$1) }
    writer.list(schemaLists) { schemas, writer in writer.list(schemas) { $0.write(to: &$1) } }
    writer.list(conditionals) { $0.write(to: &$1) }
    writer.list(dynamicReferences) { $0.write(to: &$1) }
  }

  /// Reads schemas.
  init(from reader: inout BinaryReader) {
    symbols = SymbolTable(from: &reader)
    schemas = reader.list { CompiledSchema(from: &$0) }
    instructions = reader.list { Instruction(from: &$0) }
    hasDynamicReferences = reader.flag()
    let values = Document(from: &reader)
    func constants(_ reader: inout BinaryReader) -> [Constant] {
      reader.list { reader in
        let node = NodeID(reader.integer())
        guard (0..<values.nodeCount).contains(node.index) else {
          reader.refuse()
          return Constant(document: 0, node: .root, string: nil)
        }
        let isString = values.kind(of: node) == .string
        return Constant(
          document: 0, node: node, string: isString ? Array(values.utf8(of: node)) : nil)
      }
    }
    constantDocuments = [Request(values)]
    self.constants = constants(&reader)
    enumerations = reader.list { Enumeration(values: constants(&$0)) }
    valueLists = reader.list { constants(&$0) }
    numbers = reader.list { ExactNumber(from: &$0) }
    patterns = reader.list { Pattern(from: &$0) }
    classes = reader.list { CharacterClass(from: &$0) }
    readTables(from: &reader)
  }

  private mutating func readTables(from reader: inout BinaryReader) {
    contents = reader.list { Content(from: &$0) }
    containsTable = reader.list { Contains(from: &$0) }
    itemsTable = reader.list { Items(from: &$0) }
    nameLists = reader.list { $0.list { MemberName(from: &$0) } }
    memberTables = reader.list { MemberTable(from: &$0) }
    dependentNames = reader.list { reader in
      reader.list { reader in
        let name = MemberName(from: &reader)
        return (name, reader.list { MemberName(from: &$0) })
      }
    }
    dependentSchemas = reader.list { $0.list { MemberTable.entry(from: &$0) } }
    presences = reader.list { Presence(from: &$0) }
    schemaLists = reader.list { $0.list { SchemaID(from: &$0) } }
    conditionals = reader.list { Conditional(from: &$0) }
    dynamicReferences = reader.list { DynamicReference(from: &$0) }
  }
}

extension CompiledSchema {
  fileprivate func write(to writer: inout BinaryWriter) {
    writer.integer(instructions.lowerBound)
    writer.integer(instructions.count)
    writer.integer(resource)
    writer.optional(title) { $1.text($0) }
  }

  fileprivate init(from reader: inout BinaryReader) {
    let start = reader.integer()
    let end = start + reader.integer()
    let resource = reader.integer()
    if end < start { reader.refuse() }
    self.init(
      instructions: start..<max(start, end), resource: resource,
      title: reader.optional { $0.text() })
  }
}

extension Content {
  fileprivate func write(to writer: inout BinaryWriter) {
    writer.flag(isBase64)
    writer.flag(isJSON)
    writer.optional(schema) { $0.write(to: &$1) }
  }

  fileprivate init(from reader: inout BinaryReader) {
    let (isBase64, isJSON) = (reader.flag(), reader.flag())
    self.init(
      isBase64: isBase64, isJSON: isJSON, schema: reader.optional { SchemaID(from: &$0) })
  }
}

extension Contains {
  fileprivate func write(to writer: inout BinaryWriter) {
    schema.write(to: &writer)
    writer.integer(minimum)
    writer.optional(maximum) { $1.integer($0) }
    writer.flag(marksItems)
  }

  fileprivate init(from reader: inout BinaryReader) {
    let schema = SchemaID(from: &reader)
    let minimum = reader.integer()
    let maximum = reader.optional { $0.integer() }
    self.init(schema: schema, minimum: minimum, maximum: maximum, marksItems: reader.flag())
  }
}

extension Items {
  fileprivate func write(to writer: inout BinaryWriter) {
    writer.list(prefix) { $0.write(to: &$1) }
    writer.optional(rest) { $0.write(to: &$1) }
    writer.text(restKeyword)
  }

  fileprivate init(from reader: inout BinaryReader) {
    let prefix = reader.list { SchemaID(from: &$0) }
    let rest = reader.optional { SchemaID(from: &$0) }
    self.init(prefix: prefix, rest: rest, restKeyword: reader.text())
  }
}

extension MemberName {
  func write(to writer: inout BinaryWriter) {
    symbol.write(to: &writer)
    writer.text(text)
  }

  init(from reader: inout BinaryReader) {
    let symbol = Symbol(from: &reader)
    self.init(symbol: symbol, text: reader.text())
  }
}

extension MemberTable {
  fileprivate typealias Entry = (name: MemberName, schema: SchemaID)

  fileprivate static func write(_ entry: Entry, to writer: inout BinaryWriter) {
    entry.name.write(to: &writer)
    entry.schema.write(to: &writer)
  }

  fileprivate static func entry(from reader: inout BinaryReader) -> Entry {
    let name = MemberName(from: &reader)
    return (name, SchemaID(from: &reader))
  }

  fileprivate func write(to writer: inout BinaryWriter) {
    writer.list(named) { Self.write($0, to: &$1) }
    writer.list(patterns) { entry, writer in
      writer.integer(entry.pattern)
      entry.schema.write(to: &writer)
    }
    writer.optional(additional) { $0.write(to: &$1) }
    writer.flag(forbidsAdditional)
  }

  fileprivate init(from reader: inout BinaryReader) {
    let named = reader.list { Self.entry(from: &$0) }
    let patterns = reader.list { reader in
      let pattern = reader.integer()
      return (pattern: pattern, schema: SchemaID(from: &reader))
    }
    let additional = reader.optional { SchemaID(from: &$0) }
    self.init(
      named: named, patterns: patterns, additional: additional, forbidsAdditional: reader.flag())
  }
}

extension Presence {
  fileprivate func write(to writer: inout BinaryWriter) {
    writer.text(keyword.rawValue)
    writer.list(names) { $0.write(to: &$1) }
  }

  fileprivate init(from reader: inout BinaryReader) {
    let keyword = Keyword(rawValue: reader.text())
    if keyword == nil { reader.refuse() }
    self.init(
      keyword: keyword ?? .atLeastOneOf, names: reader.list { MemberName(from: &$0) })
  }
}

extension Conditional {
  fileprivate func write(to writer: inout BinaryWriter) {
    condition.write(to: &writer)
    writer.optional(consequence) { $0.write(to: &$1) }
    writer.optional(alternative) { $0.write(to: &$1) }
  }

  fileprivate init(from reader: inout BinaryReader) {
    let condition = SchemaID(from: &reader)
    let consequence = reader.optional { SchemaID(from: &$0) }
    self.init(
      condition: condition, consequence: consequence,
      alternative: reader.optional { SchemaID(from: &$0) })
  }
}

extension DynamicReference {
  fileprivate func write(to writer: inout BinaryWriter) {
    fallback.write(to: &writer)
    writer.list(targets.sorted { $0.key < $1.key }) { target, writer in
      writer.integer(target.key)
      target.value.write(to: &writer)
    }
  }

  fileprivate init(from reader: inout BinaryReader) {
    self.init(fallback: SchemaID(from: &reader), targets: [:])
    for _ in 0..<reader.count() {
      let resource = reader.integer()
      targets[resource] = SchemaID(from: &reader)
    }
  }
}
