import Documents

/// Every keyword that a schema may have.
enum KeywordList {
  /// All keywords; to add one, write its file and a line here.
  static let all: [Keyword] = [
    // Core; references are followed by the compiler itself.
    .dialect,
    .ignored(
      "$id", .plainString, "The address of the schema, which references are relative to."),
    .ignored("$anchor", .plainString, "A name for the schema, for references.", drafts: since2019),
    .ignored(
      "$dynamicAnchor", .plainString, "A name for the schema, for dynamic references.",
      drafts: [.draft2020]),
    .annotation("$comment", .plainString, "A comment."),
    .ignored(
      "$vocabulary", .plainMapping, "The vocabularies of a meta-schema.", drafts: since2019),
    .definitions("$defs"),
    .definitions("definitions", replacedBy: "$defs"),
    .ignored(
      "$recursiveAnchor", .plainBoolean, "Whether recursive references may lead here.",
      drafts: [.draft2019]),
    .reference,
    .dynamicReference,
    .recursiveReference,
    // Applicators.
    .allOf,
    .anyOf,
    .oneOf,
    .not,
    .condition,
    .ignoredSchema(
      "then", "The value satisfies this schema if it satisfies that of if.", needs: ["if"]),
    .ignoredSchema(
      "else", "The value satisfies this schema if it does not satisfy that of if.", needs: ["if"]),
    .dependentSchemas,
    .prefixItems,
    .items,
    .additionalItems,
    .contains,
    .minContains,
    .maxContains,
    .properties,
    .patternProperties,
    .additionalProperties,
    .propertyNames,
    .unevaluatedItems,
    .unevaluatedProperties,
    .dependencies,
    // Validation.
    .type,
    .enumeration,
    .constant,
    .multipleOf,
    .maximum,
    .exclusiveMaximum,
    .minimum,
    .exclusiveMinimum,
    .maxLength,
    .minLength,
    .pattern,
    .maxItems,
    .minItems,
    .uniqueItems,
    .maxProperties,
    .minProperties,
    .required,
    .dependentRequired,
    // Formats and contents.
    .format,
    .contentMediaType,
    .contentEncoding,
    .ignoredSchema(
      "contentSchema", "The JSON inside the string satisfies this schema.", drafts: since2019,
      needs: ["contentMediaType"]),
    // Annotations.
    .annotation("title", .plainString, "A title."),
    .annotation("description", .plainString, "A description."),
    .annotation("default", .anything, "A default value; checks nothing."),
    .annotation("deprecated", .plainBoolean, "Whether the value is deprecated; checks nothing."),
    .annotation(
      "readOnly", .plainBoolean, "Whether only the service sets the value; checks nothing."),
    .annotation(
      "writeOnly", .plainBoolean, "Whether the service never returns the value; checks nothing."),
    .annotation("examples", .plainList, "Sample values; checks nothing."),
    // Our own.
    .minBytes,
    .maxBytes,
    .minTotalBytes,
    .maxTotalBytes,
    .characters,
    .containsAll,
    .exactlyOneOf,
    .atMostOneOf,
    .atLeastOneOf,
  ]

  private static let since2019: Set<Draft> = [.draft2019, .draft2020]

  /// The keywords by name.
  static let byName: [String: Keyword] = Dictionary(
    all.map { ($0.name, $0) }, uniquingKeysWith: { first, _ in first })
}

extension Keyword {
  /// The names of the keywords whose values are of some forms.
  static func names(where isWanted: (ValueForm) -> Bool) -> [String] {
    KeywordList.all.filter { isWanted($0.value) }.map(\.name)
  }

  /// A keyword that asserts nothing by itself, whose value has to be of a form.
  static func ignored(
    _ name: String, _ form: ValueForm, _ summary: String,
    drafts: Set<Draft> = Set(Draft.allCases), isAnnotation: Bool = false
  ) -> Keyword {
    Keyword(
      name: name, summary: summary, drafts: drafts, vocabulary: .core, value: form,
      isAnnotation: isAnnotation
    ) { use, compiler in compiler.check(use, is: form) }
  }

  /// A note for people.
  static func annotation(_ name: String, _ form: ValueForm, _ summary: String) -> Keyword {
    ignored(name, form, summary, isAnnotation: true)
  }

  /// A keyword whose schema another keyword takes up.
  static func ignoredSchema(
    _ name: String, _ summary: String, drafts: Set<Draft> = Set(Draft.allCases), needs: [String]
  ) -> Keyword {
    Keyword(
      name: name, summary: summary, drafts: drafts, vocabulary: .applicator, value: .schema,
      subschemas: .one, needs: needs
    ) { use, compiler in compiler.checkUnused(use) }
  }

  /// A keyword that holds schemas for references to find.
  static func definitions(_ name: String, replacedBy newName: String? = nil) -> Keyword {
    Keyword(
      name: name, summary: "Schemas for references.", vocabulary: .core, value: .definitions,
      subschemas: .map
    ) { use, compiler in
      if let newName { compiler.warnOfReplaced(use, by: newName) }
      compiler.checkUnused(use)
    }
  }
}

extension SchemaCompiler {
  /// Compiles the schemas of a keyword that nothing may take up, so that errors in them are reported.
  ///
  /// Only in a pack's own file: models and shared files may have definitions for other readers.
  mutating func checkUnused(_ use: KeywordUse) {
    guard isStrict, parameterFiles[use.schema.file] != nil else { return }
    guard case .definitions = KeywordList.byName[use.name]?.value else {
      _ = schema(at: use.value)
      return
    }
    for entry in mapping(use, of: "schemas") ?? [] { _ = schema(at: entry.value) }
  }

  /// Reports a value that is not of a form, of a keyword that another one takes up.
  mutating func check(_ use: KeywordUse, is form: Keyword.ValueForm) {
    let document = resources.document(of: use.value)
    let kind = document.kind(of: use.value.node)
    let (fits, words): (Bool, String) =
      switch form {
      case .plainString: (kind == .string, "a string")
      case .plainBoolean: (kind == .boolean, "true or false")
      case .plainList: (kind == .array, "a list")
      case .plainMapping: (kind == .object, "a mapping")
      case .count:
        (
          kind == .number && document.number(of: use.value.node).isInteger
            && document.number(of: use.value.node) >= .integer(0), "an integer of at least 0"
        )
      default: (true, "")
      }
    guard isStrict, !fits else { return }
    mistake("schema/wrong-type", "\(use.name) takes \(words)", at: use.value)
  }
}
