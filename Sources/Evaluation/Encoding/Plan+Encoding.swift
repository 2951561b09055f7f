import CEL
import Documents
import JSONPath
package import SourceText

extension Plan {
  /// Writes the plan as bytes that `init(from:)` makes the same plan of, with the usual limits.
  ///
  /// A plan with something that has no form as bytes is refused: a value made by code, such as an assertion
  /// without an instruction of its own. Functions of expressions are written as numbers, so that bytes are
  /// read by the very version of the program that wrote them.
  package func write(to writer: inout BinaryWriter) {
    program.write(to: &writer)
    ruleTable.write(to: &writer)
    expressions.write(to: &writer)
    writer.list(privacy.sensitive) { $0.write(to: &$1) }
  }

  /// Reads a plan.
  package init(from reader: inout BinaryReader) {
    program = SchemaProgram(from: &reader)
    ruleTable = RuleTable(from: &reader, symbols: program.symbols)
    expressions = ExpressionTable(from: &reader)
    privacy.sensitive = reader.list { SensitivePath(from: &$0) }
  }
}

extension ExpressionTable {
  fileprivate func write(to writer: inout BinaryWriter) {
    writer.list(queries) { $0.write(to: &$1) }
    writer.list(programs) { $0.write(to: &$1) }
    writer.list(parameters) { $0.write(to: &$1) }
    writer.list(parametersOfPrograms) { $1.integer($0) }
  }

  fileprivate init(from reader: inout BinaryReader) {
    queries = reader.list { JSONPathQuery(from: &$0) }
    programs = reader.list { CELProgram(from: &$0) }
    parameters = reader.list { CELValue(from: &$0) }
    parametersOfPrograms = reader.list { $0.integer() }
  }
}

extension SensitivePath {
  fileprivate func write(to writer: inout BinaryWriter) {
    switch self {
    case .path(let symbols):
      writer.flag(false)
      Self.write(symbols, to: &writer)
    case .query(let index, let last, let innermost):
      writer.flag(true)
      writer.integer(index)
      Self.write(last, to: &writer)
      Self.write(innermost, to: &writer)
    }
  }

  private static func write(_ symbols: [Symbol], to writer: inout BinaryWriter) {
    writer.list(symbols) { $0.write(to: &$1) }
  }

  fileprivate init(from reader: inout BinaryReader) {
    guard reader.flag() else {
      self = .path(reader.list { Symbol(from: &$0) })
      return
    }
    let index = reader.integer()
    let last = reader.list { Symbol(from: &$0) }
    self = .query(index: index, last: last, innermost: reader.list { Symbol(from: &$0) })
  }
}
