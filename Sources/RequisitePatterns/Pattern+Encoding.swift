package import SourceText

extension Pattern {
  /// Writes the pattern, compiled if it is of a plain form.
  package func write(to writer: inout BinaryWriter) {
    writer.text(source)
    plan.write(to: &writer)
  }

  /// Reads a pattern that was written in a dialect and for an extent.
  package init(
    from reader: inout BinaryReader, dialect: Dialect = .ecmaScript, extent: Extent = .anywhere
  ) {
    let source = reader.text()
    if let plan = MatchPlan(from: &reader) {
      self.init(source, plan)
      return
    }
    do throws(PatternError) {
      try self.init(source, dialect: dialect, extent: extent)
    } catch {
      reader.refuse()
      self.init(source, .always)
    }
  }
}

extension MatchPlan {
  /// Writes the plan; of one with automata, which are as quickly made as read, only that it is one.
  fileprivate func write(to writer: inout BinaryWriter) {
    switch self {
    case .always: writer.byte(1)
    case .contains(let test):
      writer.byte(2)
      test.write(to: &writer)
    case .runs(let runs):
      writer.byte(3)
      runs.write(to: &writer)
    case .guarded, .automaton, .lookarounds, .either: writer.byte(0)
    }
  }

  /// Reads a plan; nil for one that is to be made of the pattern's text.
  fileprivate init?(from reader: inout BinaryReader) {
    switch reader.byte() {
    case 1: self = .always
    case 2: self = .contains(CharacterTest(from: &reader))
    case 3: self = .runs(RunSequence(from: &reader))
    default: return nil
    }
  }
}
