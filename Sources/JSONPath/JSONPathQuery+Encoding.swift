import Documents
package import SourceText

extension JSONPathQuery {
  /// Writes the query; one with a pattern that is refused is refused itself.
  package func write(to writer: inout BinaryWriter) {
    writer.flag(start == .current)
    writer.list(segments) { segment, writer in
      writer.flag(segment.isDescendant)
      writer.list(segment.selectors) { selector, writer in
        selector.kind.write(to: &writer)
        writer.range(selector.range)
      }
      writer.range(segment.range)
    }
    writer.range(range)
    writer.integer(patternCount)
  }

  /// Reads a query.
  package init(from reader: inout BinaryReader) {
    start = reader.flag() ? .current : .root
    segments = reader.list { reader in
      let isDescendant = reader.flag()
      let selectors = reader.list { reader in
        let kind = Selector.Kind(from: &reader)
        return Selector(kind: kind, range: reader.range())
      }
      return Segment(isDescendant: isDescendant, selectors: selectors, range: reader.range())
    }
    range = reader.range()
    patternCount = reader.integer()
  }
}

extension JSONPathQuery.Selector.Kind {
  fileprivate func write(to writer: inout BinaryWriter) {
    switch self {
    case .name(let name):
      writer.byte(0)
      writer.data(name.bytes)
      name.symbol.write(to: &writer)
    case .wildcard: writer.byte(1)
    case .index(let index):
      writer.byte(2)
      writer.integer(index)
    case .slice(let start, let end, let step):
      writer.byte(3)
      writer.optional(start) { $1.integer($0) }
      writer.optional(end) { $1.integer($0) }
      writer.integer(step)
    case .filter(let expression):
      writer.byte(4)
      expression.write(to: &writer)
    }
  }

  fileprivate init(from reader: inout BinaryReader) {
    switch reader.byte() {
    case 0:
      let bytes = reader.data()
      self = .name(JSONPathQuery.Name(bytes: bytes, symbol: Symbol(from: &reader)))
    case 1: self = .wildcard
    case 2: self = .index(reader.integer())
    case 3:
      let start = reader.optional { $0.integer() }
      let end = reader.optional { $0.integer() }
      self = .slice(start: start, end: end, step: reader.integer())
    case 4: self = .filter(LogicalExpression(from: &reader))
    default:
      reader.refuse()
      self = .wildcard
    }
  }
}

// Filters nest no deeper than the parser allows, which bounds the recursion.
extension LogicalExpression {
  fileprivate func write(to writer: inout BinaryWriter) {
    switch self {
    case .or(let parts):
      writer.byte(0)
      writer.list(parts) { $0.write(to: &$1) }
    case .and(let parts):
      writer.byte(1)
      writer.list(parts) { $0.write(to: &$1) }
    case .not(let part):
      writer.byte(2)
      part.write(to: &writer)
    case .comparison(let left, let comparison, let right):
      writer.byte(3)
      left.write(to: &writer)
      writer.text(comparison.rawValue)
      right.write(to: &writer)
    case .exists(let query):
      writer.byte(4)
      query.write(to: &writer)
    case .matches(let test):
      writer.byte(5)
      test.write(to: &writer)
    }
  }

  fileprivate init(from reader: inout BinaryReader) {
    switch reader.byte() {
    case 0: self = .or(reader.list { LogicalExpression(from: &$0) })
    case 1: self = .and(reader.list { LogicalExpression(from: &$0) })
    case 2: self = .not(LogicalExpression(from: &reader))
    case 3:
      let left = ValueExpression(from: &reader)
      let comparison = ComparisonOperator(rawValue: reader.text())
      if comparison == nil { reader.refuse() }
      self = .comparison(left, comparison ?? .equal, ValueExpression(from: &reader))
    case 4: self = .exists(JSONPathQuery(from: &reader))
    case 5: self = .matches(PatternTest(from: &reader))
    default:
      reader.refuse()
      self = .or([])
    }
  }
}

extension ValueExpression {
  fileprivate func write(to writer: inout BinaryWriter) {
    switch self {
    case .literal(.null): writer.byte(0)
    case .literal(.boolean(let isTrue)): writer.byte(isTrue ? 2 : 1)
    case .literal(.number(let number)):
      writer.byte(3)
      number.write(to: &writer)
    case .literal(.string(let text)):
      writer.byte(4)
      writer.data(text)
    case .query(let query):
      writer.byte(5)
      query.write(to: &writer)
    case .length(let value):
      writer.byte(6)
      value.write(to: &writer)
    case .count(let query):
      writer.byte(7)
      query.write(to: &writer)
    case .value(let query):
      writer.byte(8)
      query.write(to: &writer)
    }
  }

  fileprivate init(from reader: inout BinaryReader) {
    let tag = reader.byte()
    switch tag {
    case 0: self = .literal(.null)
    case 1, 2: self = .literal(.boolean(tag == 2))
    case 3: self = .literal(.number(ExactNumber(from: &reader)))
    case 4: self = .literal(.string(reader.data()))
    case 5: self = .query(JSONPathQuery(from: &reader))
    case 6: self = .length(ValueExpression(from: &reader))
    case 7: self = .count(JSONPathQuery(from: &reader))
    case 8: self = .value(JSONPathQuery(from: &reader))
    default:
      reader.refuse()
      self = .literal(.null)
    }
  }
}

extension PatternTest {
  fileprivate func write(to writer: inout BinaryWriter) {
    if patternError != nil { writer.refuse() }
    subject.write(to: &writer)
    pattern.write(to: &writer)
    writer.flag(isWhole)
    writer.integer(number)
    writer.range(patternRange)
    writer.flag(compiled != nil)
  }

  fileprivate init(from reader: inout BinaryReader) {
    subject = ValueExpression(from: &reader)
    pattern = ValueExpression(from: &reader)
    isWhole = reader.flag()
    number = reader.integer()
    patternRange = reader.range()
    guard reader.flag() else { return }
    // A pattern is compiled from what it is written as, not from what that is taken for.
    if case .literal(.string(let text)) = pattern {
      compiled = try? RegularExpressions.compile(
        String(decoding: text, as: UTF8.self), isWhole: isWhole)
    }
    if compiled == nil { reader.refuse() }
  }
}
