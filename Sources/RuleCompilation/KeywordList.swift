/// Every keyword that a schema may have.
enum KeywordList {
  /// All keywords; to add one, write its file and a line here.
  static let all: [Keyword] = [
    // Core; references are followed by the compiler itself.
    .dialect, .ignored("$id"), .ignored("$anchor"), .ignored("$dynamicAnchor"),
    .ignored("$comment"), .ignored("$vocabulary"), .definitions("$defs"),
    .definitions("definitions", replacedBy: "$defs"), .ignored("$recursiveAnchor"), .reference,
    .dynamicReference,
    .recursiveReference,
    // Applicators.
    .allOf, .anyOf, .oneOf, .not, .condition, .ignoredSchema("then"), .ignoredSchema("else"),
    .dependentSchemas, .prefixItems, .items, .additionalItems, .contains, .ignored("minContains"),
    .ignored("maxContains"), .properties, .patternProperties, .additionalProperties,
    .propertyNames, .unevaluatedItems, .unevaluatedProperties, .dependencies,
    // Validation.
    .type, .enumeration, .constant, .multipleOf, .maximum, .exclusiveMaximum, .minimum,
    .exclusiveMinimum, .maxLength, .minLength, .pattern, .maxItems, .minItems, .uniqueItems,
    .maxProperties, .minProperties, .required, .dependentRequired,
    // Formats and contents.
    .format, .contentMediaType, .contentEncoding, .ignoredSchema("contentSchema"),
    // Annotations.
    .ignored("title"), .ignored("description"), .ignored("default"), .ignored("deprecated"),
    .ignored("readOnly"), .ignored("writeOnly"), .ignored("examples"),
    // Our own.
    .minBytes, .maxBytes, .minTotalBytes, .maxTotalBytes, .characters, .containsAll,
    .exactlyOneOf, .atMostOneOf, .atLeastOneOf,
  ]

  /// The keywords by name.
  static let byName: [String: Keyword] = Dictionary(
    all.map { ($0.name, $0) }, uniquingKeysWith: { first, _ in first })
}

extension Keyword {
  /// A keyword that asserts nothing by itself.
  static func ignored(_ name: String) -> Keyword {
    Keyword(name: name, summary: "Asserts nothing by itself.", vocabulary: .core) { _, _ in }
  }

  /// A keyword whose schema another keyword takes up.
  static func ignoredSchema(_ name: String) -> Keyword {
    Keyword(
      name: name, summary: "Taken up by the keyword beside it.", vocabulary: .applicator,
      subschemas: .one
    ) { _, _ in }
  }

  /// A keyword that holds schemas for references to find.
  static func definitions(_ name: String, replacedBy newName: String? = nil) -> Keyword {
    Keyword(
      name: name, summary: "Holds schemas for references to find.", vocabulary: .core,
      subschemas: .map
    ) { use, compiler in
      if let newName { compiler.warnOfReplaced(use, by: newName) }
    }
  }
}
