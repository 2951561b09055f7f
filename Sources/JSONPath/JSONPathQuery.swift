package import Documents
package import RequisitePatterns
package import SourceText

/// A JSONPath query (RFC 9535), read and checked for its types.
///
/// The tree is plain data: an evaluator of many rules may walk it itself. Ranges are bytes of the
/// query's text.
package struct JSONPathQuery: Sendable {
  /// Where a query begins.
  package enum Start: Sendable, Hashable {
    /// `$`: the root of the request.
    case root
    /// `@`: the node that a filter tests; only within a filter.
    case current
  }

  /// Where the query begins.
  package var start: Start
  /// The steps, each of which leads from every node so far to others.
  package var segments: [Segment]
  /// The bytes of the query.
  package var range: TextRange
  /// How many patterns the query holds, those in filters included, numbered from 0.
  package internal(set) var patternCount = 0

  /// A step of a query (section 2.5).
  package struct Segment: Sendable {
    /// Whether the selectors are applied to each node at and under the input, not only to it.
    package var isDescendant: Bool
    /// What the step selects among children; each selector's nodes follow those of the one before.
    package var selectors: [Selector]
    /// The bytes of the segment, its dots and brackets included.
    package var range: TextRange
  }

  /// A choice among the children of a node (section 2.3).
  package struct Selector: Sendable {
    /// What is chosen.
    package var kind: Kind
    /// The bytes of the selector, quotes included.
    package var range: TextRange

    /// What a selector chooses.
    package enum Kind: Sendable {
      /// The member with a name.
      case name(Name)
      /// Every child.
      case wildcard
      /// The element at an index; a negative one counts from the end.
      case index(Int)
      /// Every `step`-th element of a range; a missing bound is the array's end in that direction.
      case slice(start: Int?, end: Int?, step: Int)
      /// The children for which an expression holds.
      case filter(LogicalExpression)
    }
  }

  /// A member's name, as text and, after `compiled(symbols:)`, as symbol.
  package struct Name: Sendable {
    /// The name in UTF-8, decoded.
    package var bytes: [UInt8]
    /// The symbol to compare, or `.unknown` to compare the bytes.
    package var symbol = Symbol.unknown
  }

  /// Whether the query selects at most one node whatever the document (section 2.3.5.1).
  package var isSingular: Bool {
    segments.allSatisfy { segment in
      guard !segment.isDescendant, segment.selectors.count == 1 else { return false }
      switch segment.selectors[0].kind {
      case .name, .index: return true
      case .wildcard, .slice, .filter: return false
      }
    }
  }
}

/// A condition of a filter selector (section 2.3.5).
package indirect enum LogicalExpression: Sendable {
  /// At least one holds; evaluated in order.
  case or([LogicalExpression])
  /// All hold; evaluated in order.
  case and([LogicalExpression])
  /// The other does not hold.
  case not(LogicalExpression)
  /// Two values compare in a way.
  case comparison(ValueExpression, ComparisonOperator, ValueExpression)
  /// A query selects at least one node.
  case exists(JSONPathQuery)
  /// A text matches a pattern: the functions `match` and `search`.
  case matches(PatternTest)
}

/// How two values are compared (section 2.3.5.2.2).
package enum ComparisonOperator: String, Sendable, Hashable {
  case equal = "=="
  case notEqual = "!="
  case less = "<"
  case lessOrEqual = "<="
  case greater = ">"
  case greaterOrEqual = ">="
}

/// What gives a value, or the special result Nothing (section 2.4.1).
package indirect enum ValueExpression: Sendable {
  /// A value written in the query.
  case literal(Literal)
  /// The value of the one node of a singular query; Nothing if there is none.
  case query(JSONPathQuery)
  /// The length of a string in code points, of an array or of an object; else Nothing.
  case length(ValueExpression)
  /// How many nodes a query selects.
  case count(JSONPathQuery)
  /// The value of the one node of a query; Nothing if it selects none or several.
  case value(JSONPathQuery)

  /// A value written in a query.
  package enum Literal: Sendable {
    /// The value `null`.
    case null
    /// The value `true` or `false`.
    case boolean(Bool)
    /// A number, exactly.
    case number(ExactNumber)
    /// A string in UTF-8, decoded.
    case string([UInt8])
  }
}

/// A test of a text by an I-Regexp (RFC 9485; RFC 9535, sections 2.4.6 and 2.4.7).
package struct PatternTest: Sendable {
  /// The text.
  package var subject: ValueExpression
  /// The pattern.
  package var pattern: ValueExpression
  /// Whether all of the text must match (`match`), not a part of it (`search`).
  package var isWhole: Bool
  /// The number of the test within the outermost query.
  package var number: Int
  /// The bytes of the pattern's argument.
  package var patternRange: TextRange
  /// The pattern, where it is written in the query and well formed.
  package var compiled: Pattern?
  /// Why a pattern written in the query is refused; such a test never holds.
  package var patternError: PatternError?
}

extension JSONPathQuery {
  /// The same query with its names known by symbols, for documents whose names are bound.
  package func compiled(symbols: inout SymbolTable) -> JSONPathQuery {
    var query = self
    for segment in query.segments.indices {
      for selector in query.segments[segment].selectors.indices {
        switch query.segments[segment].selectors[selector].kind {
        case .name(var name):
          name.symbol = symbols.intern(name.bytes)
          query.segments[segment].selectors[selector].kind = .name(name)
        case .filter(let filter):
          query.segments[segment].selectors[selector].kind = .filter(
            filter.compiled(symbols: &symbols))
        case .wildcard, .index, .slice: break
        }
      }
    }
    return query
  }
}

// Filters nest no deeper than the parser allows, which bounds the recursion.
extension LogicalExpression {
  fileprivate func compiled(symbols: inout SymbolTable) -> LogicalExpression {
    switch self {
    case .or(let parts): return .or(Self.compiled(parts, &symbols))
    case .and(let parts): return .and(Self.compiled(parts, &symbols))
    case .not(let part): return .not(part.compiled(symbols: &symbols))
    case .comparison(let left, let comparison, let right):
      return .comparison(
        left.compiled(symbols: &symbols), comparison, right.compiled(symbols: &symbols))
    case .exists(let query): return .exists(query.compiled(symbols: &symbols))
    case .matches(var test):
      test.subject = test.subject.compiled(symbols: &symbols)
      test.pattern = test.pattern.compiled(symbols: &symbols)
      return .matches(test)
    }
  }

  private static func compiled(
    _ parts: [LogicalExpression], _ symbols: inout SymbolTable
  ) -> [LogicalExpression] {
    var result: [LogicalExpression] = []
    for part in parts { result.append(part.compiled(symbols: &symbols)) }
    return result
  }
}

extension ValueExpression {
  fileprivate func compiled(symbols: inout SymbolTable) -> ValueExpression {
    switch self {
    case .literal: self
    case .query(let query): .query(query.compiled(symbols: &symbols))
    case .length(let value): .length(value.compiled(symbols: &symbols))
    case .count(let query): .count(query.compiled(symbols: &symbols))
    case .value(let query): .value(query.compiled(symbols: &symbols))
    }
  }
}
