import Documents
import Evaluation

/// Bounds that no value is between.
extension PlanBuild {
  /// A lower bound, an upper bound, and whether a value at both of them is out of range.
  private static let pairs: [(lower: String, upper: String, isExclusive: Bool)] = [
    ("minimum", "maximum", false), ("exclusiveMinimum", "maximum", true),
    ("minimum", "exclusiveMaximum", true), ("exclusiveMinimum", "exclusiveMaximum", true),
    ("minLength", "maxLength", false), ("minItems", "maxItems", false),
    ("minProperties", "maxProperties", false), ("minContains", "maxContains", false),
    ("minContains", "maxItems", false), ("minBytes", "maxBytes", false),
    ("minLength", "maxBytes", false), ("minTotalBytes", "maxTotalBytes", false),
  ]

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

  private static let lowerBounds = [
    ("minimum", "maximum"), ("minLength", "maxLength"), ("minItems", "maxItems"),
    ("minProperties", "maxProperties"), ("minBytes", "maxBytes"),
  ]

  /// Looks for bounds that the model has more tightly already, or that it leaves no value for.
  ///
  /// A rule that repeats a bound of the model gives its failure a message, and is of use.
  mutating func checkModelBounds(_ schema: CheckedSchema) {
    guard let known = modelSchema(schema) else { return }
    for (lower, upper) in Self.lowerBounds {
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
