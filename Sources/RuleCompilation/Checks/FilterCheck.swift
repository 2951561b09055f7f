import Documents
import Evaluation
import JSONPath
import RequisitePatterns
import SourceText

/// Filters of a path: queries that select nothing, values that never compare, patterns that are none.
///
/// Filters nest no deeper than their parser allows, which bounds the recursion.
extension PathCheck {
  /// Checks a filter on children of some shapes.
  mutating func check(_ filter: LogicalExpression, on shapes: Set<Int>) {
    switch filter {
    case .or(let parts), .and(let parts):
      for part in parts { check(part, on: shapes) }
    case .not(let part): check(part, on: shapes)
    case .exists(let query): _ = self.shapes(selectedBy: query, current: shapes)
    case .comparison(let left, let comparison, let right):
      let leftTypes = types(of: left, on: shapes)
      let rightTypes = types(of: right, on: shapes)
      guard let leftTypes, let rightTypes, leftTypes.widened.isDisjoint(with: rightTypes.widened),
        let range = left.queryRange ?? right.queryRange
      else { return }
      let verb = comparison == .notEqual ? "always holds" : "never holds"
      add(
        "'\(comparison.rawValue)' \(verb) between \(leftTypes.words) and \(rightTypes.words)", range
      )
    case .matches(let test):
      _ = types(of: test.pattern, on: shapes)
      if let types = types(of: test.subject, on: shapes), !types.contains(.string),
        let range = test.subject.queryRange
      {
        add("pattern never matches: the model has \(types.words) here, not a string", range)
      }
      if let error = test.patternError {
        // The pattern's text begins behind its quote.
        let start = min(
          test.patternRange.lowerBound + 1 + error.offset, test.patternRange.upperBound)
        add(error.message, TextRange(start, start), code: "pack/bad-path")
      }
    }
  }

  /// The types that a value may have, `Nothing` aside; nil where they are not known.
  private mutating func types(of value: ValueExpression, on shapes: Set<Int>) -> TypeSet? {
    switch value {
    case .literal(.null): return .null
    case .literal(.boolean): return .boolean
    case .literal(.number): return .number
    case .literal(.string): return .string
    case .length(let inner):
      _ = types(of: inner, on: shapes)
      return .number
    case .count(let query):
      _ = self.shapes(selectedBy: query, current: shapes)
      return .number
    case .query(let query), .value(let query):
      let selected = self.shapes(selectedBy: query, current: shapes)
      var types: TypeSet = []
      for number in selected {
        guard let known = self.shapes[number].types else { return nil }
        types.formUnion(known)
      }
      return selected.isEmpty ? nil : types
    }
  }
}

extension ValueExpression {
  /// The bytes of the query that gives the value; nil for other values.
  fileprivate var queryRange: TextRange? {
    switch self {
    case .query(let query), .value(let query), .count(let query): query.range
    case .length(let inner): inner.queryRange
    case .literal: nil
    }
  }
}

extension TypeSet {
  /// The set with both names of numbers where it has one of them.
  var widened: TypeSet {
    isDisjoint(with: [.integer, .number]) ? self : union([.integer, .number])
  }
}
