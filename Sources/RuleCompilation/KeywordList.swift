import Documents

/// Every keyword that a schema may have.
enum KeywordList {
  /// All keywords; to add one, write its file and a line here.
  static let all: [Keyword] = [
    // Core; references are followed by the compiler itself.
    .dialect,
    .ignored("$id", .string, "The address of the schema, which references are relative to."),
    .ignored("$anchor", .string, "A name for the schema, for references.", drafts: since2019),
    .ignored(
      "$dynamicAnchor", .string, "A name for the schema, for dynamic references.",
      drafts: [.draft2020]), .annotation("$comment", .string, "A comment."),
    .ignored(
      "$vocabulary", .mapping, "The vocabularies of a meta-schema.", drafts: since2019),
    .definitions("$defs"),
    .definitions("definitions", replacedBy: "$defs"),
    .ignored(
      "$recursiveAnchor", .boolean, "Whether recursive references may lead here.",
      drafts: [.draft2019]),
    .reference, .dynamicReference, .recursiveReference,
    // Applicators.
    .allOf, .anyOf, .oneOf, .not, .condition,
    .ignoredSchema("then", "The value satisfies this schema if it satisfies that of if."),
    .ignoredSchema("else", "The value satisfies this schema if it does not satisfy that of if."),
    .dependentSchemas, .prefixItems, .items, .additionalItems, .contains,
    .ignored(
      "minContains", .count, "At least this many elements satisfy the schema of contains.",
      drafts: since2019),
    .ignored(
      "maxContains", .count, "At most this many elements satisfy the schema of contains.",
      drafts: since2019), .properties, .patternProperties,
    .additionalProperties,
    .propertyNames, .unevaluatedItems, .unevaluatedProperties, .dependencies,
    // Validation.
    .type, .enumeration, .constant, .multipleOf, .maximum, .exclusiveMaximum, .minimum,
    .exclusiveMinimum, .maxLength, .minLength, .pattern, .maxItems, .minItems, .uniqueItems,
    .maxProperties, .minProperties, .required, .dependentRequired,
    // Formats and contents.
    .format, .contentMediaType, .contentEncoding,
    .ignoredSchema(
      "contentSchema", "The JSON inside the string satisfies this schema.", drafts: since2019),
    // Annotations.
    .annotation("title", .string, "A title."),
    .annotation("description", .string, "A description."),
    .annotation("default", .anything, "A default value; checks nothing."),
    .annotation("deprecated", .boolean, "Whether the value is deprecated; checks nothing."),
    .annotation("readOnly", .boolean, "Whether only the service sets the value; checks nothing."),
    .annotation(
      "writeOnly", .boolean, "Whether the service never returns the value; checks nothing."),
    .annotation("examples", .list, "Sample values; checks nothing."),
    // Our own.
    .minBytes, .maxBytes, .minTotalBytes, .maxTotalBytes, .characters, .containsAll,
    .exactlyOneOf, .atMostOneOf, .atLeastOneOf,
  ]

  private static let since2019: Set<Draft> = [.draft2019, .draft2020]

  /// The keywords by name.
  static let byName: [String: Keyword] = Dictionary(
    all.map { ($0.name, $0) }, uniquingKeysWith: { first, _ in first })
}

extension Keyword {
  /// What the value of a keyword must be that asserts nothing by itself.
  enum ValueForm: String, Sendable {
    case anything
    case string = "a string"
    case boolean = "true or false"
    case list = "a list"
    case mapping = "a mapping"
    case count = "an integer of at least 0"

    /// Whether a node is of the form.
    func fits(_ node: NodeID, in document: Document) -> Bool {
      switch self {
      case .anything: true
      case .string: document.kind(of: node) == .string
      case .boolean: document.kind(of: node) == .boolean
      case .list: document.kind(of: node) == .array
      case .mapping: document.kind(of: node) == .object
      case .count:
        document.kind(of: node) == .number && document.number(of: node).isInteger
          && document.number(of: node) >= .integer(0)
      }
    }
  }

  /// A keyword that asserts nothing by itself, whose value has to be of a form.
  static func ignored(
    _ name: String, _ form: ValueForm, _ summary: String,
    drafts: Set<Draft> = Set(Draft.allCases)
  ) -> Keyword {
    Keyword(
      name: name, summary: summary, drafts: drafts, vocabulary: .core
    ) { use, compiler in
      guard compiler.isStrict,
        !form.fits(use.value.node, in: compiler.resources.document(of: use.value))
      else { return }
      compiler.mistake(
        "schema/wrong-type", "\(use.name) takes \(form.rawValue)", at: use.value)
    }
  }

  /// A note for people.
  static func annotation(_ name: String, _ form: ValueForm, _ summary: String) -> Keyword {
    var keyword = ignored(name, form, summary)
    keyword.isAnnotation = true
    return keyword
  }

  /// A keyword whose schema another keyword takes up.
  static func ignoredSchema(
    _ name: String, _ summary: String, drafts: Set<Draft> = Set(Draft.allCases)
  ) -> Keyword {
    Keyword(
      name: name, summary: summary, drafts: drafts,
      vocabulary: .applicator,
      subschemas: .one
    ) { _, _ in }
  }

  /// A keyword that holds schemas for references to find.
  static func definitions(_ name: String, replacedBy newName: String? = nil) -> Keyword {
    Keyword(
      name: name, summary: "Schemas for references.", vocabulary: .core,
      subschemas: .map
    ) { use, compiler in
      if let newName { compiler.warnOfReplaced(use, by: newName) }
    }
  }
}
