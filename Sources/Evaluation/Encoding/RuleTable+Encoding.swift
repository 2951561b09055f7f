import Documents
import Findings
import RequestDecoding
import SourceText

extension RuleTable {
  /// Writes the table.
  func write(to writer: inout BinaryWriter) {
    writer.text(packName)
    model.shapes.write(to: &writer)
    writer.optional(detect) { $0.write(to: &$1) }
    writer.flag(detectsObjectsOnly)
    writer.optional(modelSchema) { $0.write(to: &$1) }
    writer.list(rules) { $0.write(to: &$1) }
    let severities = modelSeverities.sorted {
      $0.key.utf8.lexicographicallyPrecedes($1.key.utf8)
    }
    writer.list(severities) { entry, writer in
      writer.text(entry.key)
      PlanRule.write(entry.value, to: &writer)
    }
    writer.list(identities) { identity, writer in
      identity.arrays.write(to: &writer)
      identity.member.write(to: &writer)
    }
  }

  /// Reads a table whose names are in `symbols`.
  init(from reader: inout BinaryReader, symbols: SymbolTable) {
    self.init(packName: reader.text())
    model = RequestModel(shapes: NameShapes(from: &reader), symbols: symbols)
    detect = reader.optional { SchemaID(from: &$0) }
    detectsObjectsOnly = reader.flag()
    modelSchema = reader.optional { SchemaID(from: &$0) }
    rules = reader.list { PlanRule(from: &$0) }
    for _ in 0..<reader.count() {
      let keyword = reader.text()
      modelSeverities[keyword] = .some(PlanRule.severity(from: &reader))
    }
    identities = reader.list { reader in
      let arrays = Selector(from: &reader)
      return ArrayIdentity(arrays: arrays, member: MemberName(from: &reader))
    }
  }
}

extension PlanRule {
  fileprivate func write(to writer: inout BinaryWriter) {
    writer.text(id.pack)
    writer.text(id.rule)
    Self.write(severity, to: &writer)
    writer.list(selectors) { $0.write(to: &$1) }
    writer.optional(condition) { $0.write(to: &$1) }
    assertion.write(to: &writer)
    writer.optional(message) { $0.write(to: &$1) }
    writer.optional(summary) { $1.text($0) }
    writer.optional(fix) { $0.write(to: &$1) }
    writer.optional(fixIsSafe) { $1.flag($0) }
  }

  fileprivate init(from reader: inout BinaryReader) {
    let pack = reader.text()
    let id = RuleID(pack: pack, rule: reader.text())
    let severity = Self.severity(from: &reader)
    let selectors = reader.list { Selector(from: &$0) }
    let condition = reader.optional { Condition(from: &$0) }
    let assertion = Condition(from: &reader)
    let message = reader.optional { MessageTemplate(from: &$0) }
    let summary = reader.optional { $0.text() }
    let fix = reader.optional { FixTemplate(from: &$0) }
    self.init(
      id: id, severity: severity, selectors: selectors, condition: condition,
      assertion: assertion, message: message, summary: summary, fix: fix,
      fixIsSafe: reader.optional { $0.flag() })
  }

  fileprivate static func write(_ severity: Severity?, to writer: inout BinaryWriter) {
    switch severity {
    case nil: writer.byte(0)
    case .info?: writer.byte(1)
    case .warning?: writer.byte(2)
    case .error?: writer.byte(3)
    }
  }

  fileprivate static func severity(from reader: inout BinaryReader) -> Severity? {
    switch reader.byte() {
    case 0: return nil
    case 1: return .info
    case 2: return .warning
    case 3: return .error
    default:
      reader.refuse()
      return nil
    }
  }
}

extension Selector {
  fileprivate func write(to writer: inout BinaryWriter) {
    switch self {
    case .path(let symbols, let thenEach):
      writer.byte(thenEach ? 1 : 0)
      writer.list(symbols) { $0.write(to: &$1) }
    case .query(let index):
      writer.byte(2)
      writer.integer(index)
    }
  }

  fileprivate init(from reader: inout BinaryReader) {
    let tag = reader.byte()
    self =
      tag == 2
      ? .query(index: reader.integer())
      : .path(reader.list { Symbol(from: &$0) }, thenEach: tag == 1)
  }
}

extension Condition {
  fileprivate func write(to writer: inout BinaryWriter) {
    switch self {
    case .schema(let schema):
      writer.flag(false)
      writer.integer(schema.index)
    case .expression(let index):
      writer.flag(true)
      writer.integer(index)
    }
  }

  fileprivate init(from reader: inout BinaryReader) {
    let isExpression = reader.flag()
    let index = reader.integer()
    self = isExpression ? .expression(index: index) : .schema(SchemaID(index))
  }
}

extension MessageTemplate {
  fileprivate func write(to writer: inout BinaryWriter) {
    writer.list(parts) { part, writer in
      switch part {
      case .text(let text):
        writer.flag(false)
        writer.text(text)
      case .expression(let index):
        writer.flag(true)
        writer.integer(index)
      }
    }
  }

  fileprivate init(from reader: inout BinaryReader) {
    self.init(
      parts: reader.list { reader in
        reader.flag() ? .expression(index: reader.integer()) : .text(reader.text())
      })
  }
}

extension FixTemplate {
  fileprivate func write(to writer: inout BinaryWriter) {
    writer.text(description)
    writer.flag(isSafe)
    writer.list(operations) { operation, writer in
      writer.text(operation.kind.rawValue)
      operation.path.write(to: &writer)
      writer.optional(operation.from) { $0.write(to: &$1) }
      writer.optional(operation.value) { $0.write(to: &$1) }
    }
  }

  fileprivate init(from reader: inout BinaryReader) {
    let description = reader.text()
    let isSafe = reader.flag()
    let operations = reader.list { reader in
      let kind = JSONPatch.Kind(rawValue: reader.text())
      if kind == nil { reader.refuse() }
      let path = MessageTemplate(from: &reader)
      let from = reader.optional { MessageTemplate(from: &$0) }
      let value = reader.optional { ValueTemplate(from: &$0) }
      return Operation(kind ?? .test, path: path, from: from, value: value)
    }
    self.init(description: description, isSafe: isSafe, operations: operations)
  }
}

extension FixTemplate.ValueTemplate {
  /// Recursion is as deep as the value nests, which the pack's reader limits.
  fileprivate func write(to writer: inout BinaryWriter) {
    switch self {
    case .constant(let value):
      writer.byte(0)
      value.write(to: &writer)
    case .expression(let index):
      writer.byte(1)
      writer.integer(index)
    case .text(let text):
      writer.byte(2)
      text.write(to: &writer)
    case .array(let elements):
      writer.byte(3)
      writer.list(elements) { $0.write(to: &$1) }
    case .object(let members):
      writer.byte(4)
      writer.list(members) { member, writer in
        writer.data(member.name)
        member.value.write(to: &writer)
      }
    }
  }

  fileprivate init(from reader: inout BinaryReader) {
    switch reader.byte() {
    case 0: self = .constant(JSONValue(from: &reader))
    case 1: self = .expression(index: reader.integer())
    case 2: self = .text(MessageTemplate(from: &reader))
    case 3: self = .array(reader.list { Self(from: &$0) })
    case 4:
      self = .object(
        reader.list { reader in
          let name = reader.data()
          return (name: name, value: Self(from: &reader))
        })
    default:
      reader.refuse()
      self = .array([])
    }
  }
}
