import Documents
import Evaluation

/// Bounds that no value is between.
extension PlanBuild {
  /// A lower bound, an upper bound, and whether a value at both of them is out of range.
  private typealias Pair = (lower: String, upper: String, isExclusive: Bool)

  /// All pairs of bounds that no value can be between.
  private static let pairs: [Pair] = pairs { $0.measure.isAtMost($1.measure) }

  /// The pairs of bounds that a schema and its model both may have.
  private static let modelPairs: [Pair] = pairs {
    $0.measure == $1.measure && $0.measure != .matchingElements && !$0.isExclusive
      && !$1.isExclusive
  }

  private static func pairs(where isPair: (Keyword.Bound, Keyword.Bound) -> Bool) -> [Pair] {
    var pairs: [Pair] = []
    for lower in KeywordList.all {
      guard let low = lower.bound, !low.isUpper else { continue }
      for upper in KeywordList.all {
        guard let high = upper.bound, high.isUpper, isPair(low, high) else { continue }
        pairs.append((lower.name, upper.name, low.isExclusive || high.isExclusive))
      }
    }
    return pairs
  }

  /// Looks for a lower bound above an upper one.
  mutating func checkBounds(_ schema: CheckedSchema) {
    for pair in Self.pairs {
      guard let lower = schema.number(pair.lower), let upper = schema.number(pair.upper),
        upper < lower || pair.isExclusive && upper == lower, let place = schema.keywords[pair.lower]
      else { continue }
      let relation = upper == lower ? "leaves nothing below" : "is greater than"
      reportContradiction(
        "\(pair.lower) \(schema.text(pair.lower)) \(relation) \(pair.upper) "
          + "\(schema.text(pair.upper)); no value satisfies both", at: place.value)
    }
    let required = Set(schema.names("required").map(\.text)).count
    if let limit = schema.number("maxProperties"), limit < .integer(Int64(required)),
      let place = schema.keywords["required"]
    {
      reportContradiction(
        "required lists \(required) members, but maxProperties is \(schema.text("maxProperties"))",
        at: place.name)
    }
  }

  // MARK: - Against the model

  /// Looks for bounds that the model has more tightly already, or that it leaves no value for.
  ///
  /// A rule that repeats a bound of the model gives its failure a message, and is of use.
  mutating func checkModelBounds(_ schema: CheckedSchema) {
    guard let known = modelSchema(schema) else { return }
    for (lower, upper, _) in Self.modelPairs {
      if let bound = schema.number(lower), let place = schema.keywords[lower]?.value {
        if let limit = known.number(upper), limit < bound {
          reportContradiction(
            "\(lower) \(schema.text(lower)) never holds: the model's \(upper) is \(known.text(upper))",
            at: place, severity: schema.stance.severity)
        } else if let least = known.number(lower), bound < least, !isIdle(lower, bound) {
          reportUseless(
            "\(lower) \(schema.text(lower)) always holds: the model's \(lower) is \(known.text(lower))",
            at: place)
        }
      }
      if let bound = schema.number(upper), let place = schema.keywords[upper]?.value {
        if let least = known.number(lower), bound < least {
          reportContradiction(
            "\(upper) \(schema.text(upper)) never holds: the model's \(lower) is \(known.text(lower))",
            at: place, severity: schema.stance.severity)
        } else if let limit = known.number(upper), limit < bound {
          reportUseless(
            "\(upper) \(schema.text(upper)) always holds: the model's \(upper) is \(known.text(upper))",
            at: place)
        }
      }
    }
  }
}

extension Keyword.Bound.Measure {
  /// Whether no value has more of this than of another measure.
  fileprivate func isAtMost(_ other: Keyword.Bound.Measure) -> Bool {
    switch (self, other) {
    case (.characters, .bytes), (.matchingElements, .elements): true
    default: self == other
    }
  }
}
