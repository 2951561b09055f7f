package import Formats

/// The number of a compiled schema in its plan.
package struct SchemaID: Sendable, Hashable {
  /// The index in the plan's list of schemas.
  package var index: Int

  /// Creates the number of the schema at an index.
  package init(_ index: Int) { self.index = index }
}

/// One assertion about a value, in a form that is run and no longer read.
///
/// Numbers that are called `index` lead into the plan's tables. An assertion about another type of
/// value than the one at hand holds, as JSON Schema has it.
package enum Instruction: Sendable {
  /// The value's type is among these.
  case types(TypeSet)
  /// The value is an integer of this many bits; failing is a matter of `type`.
  case integerWidth(Int)
  /// The value equals a value of the plan.
  case constant(index: Int)
  /// The value is one of a list.
  case enumeration(index: Int)
  /// The number is at least a bound, or above it.
  case minimum(index: Int, isExclusive: Bool)
  /// The number is at most a bound, or below it.
  case maximum(index: Int, isExclusive: Bool)
  /// The number is a whole multiple.
  case multipleOf(index: Int)
  /// The string has at least so many code points.
  case minLength(Int)
  /// The string has at most so many code points.
  case maxLength(Int)
  /// The string has at least so many bytes of UTF-8.
  case minBytes(Int)
  /// The string has at most so many bytes of UTF-8.
  case maxBytes(Int)
  /// A pattern matches somewhere in the string.
  case pattern(index: Int)
  /// Every character of the string is of a class.
  case characters(index: Int)
  /// The string is written in a format.
  case format(StringFormat)
  /// The string is a document of its own, which may have to satisfy a schema.
  case content(index: Int)
  /// The array has at least so many elements.
  case minItems(Int)
  /// The array has at most so many elements.
  case maxItems(Int)
  /// No two elements of the array are equal.
  case uniqueItems
  /// So many elements satisfy a schema.
  case contains(index: Int)
  /// The elements satisfy schemas, by place and for the rest.
  case items(index: Int)
  /// Each of some values is an element.
  case containsAll(index: Int)
  /// The object has at least so many members.
  case minProperties(Int)
  /// The object has at most so many members.
  case maxProperties(Int)
  /// The object has these members.
  case required(index: Int)
  /// Members, by name, pattern and for the rest, satisfy schemas.
  case members(index: Int)
  /// The names satisfy a schema.
  case propertyNames(SchemaID)
  /// A member's presence asks for others.
  case dependentRequired(index: Int)
  /// A member's presence asks for a schema.
  case dependentSchemas(index: Int)
  /// So many of the named members are present.
  case presence(index: Int)
  /// The names and strings of the value have at least so many bytes of UTF-8 in all.
  case minTotalBytes(Int)
  /// The names and strings of the value have at most so many bytes of UTF-8 in all.
  case maxTotalBytes(Int)
  /// The value satisfies all schemas of a list.
  case allOf(index: Int)
  /// The value satisfies at least one schema of a list.
  case anyOf(index: Int)
  /// The value satisfies exactly one schema of a list.
  case oneOf(index: Int)
  /// The value does not satisfy a schema.
  case not(SchemaID)
  /// If the value satisfies one schema, it satisfies a second, else a third.
  case conditional(index: Int)
  /// The value satisfies the schema that a reference names.
  case reference(SchemaID)
  /// The value satisfies the schema that an anchor names in the outermost resource that has it.
  case dynamicReference(index: Int)
  /// Elements that nothing else looked at satisfy a schema.
  case unevaluatedItems(SchemaID)
  /// Members that nothing else looked at satisfy a schema.
  case unevaluatedProperties(SchemaID)
  /// The value satisfies an assertion without an instruction of its own.
  case custom(index: Int)
  /// Nothing satisfies this.
  case never
}

extension Instruction {
  /// What an instruction is in JSON Schema (2020-12 core, section 7.6 and 7.5): an assertion, or an
  /// applicator of further schemas.
  enum Role: UInt8, Sendable {
    /// An assertion about the value itself.
    case assertion
    /// An applicator of schemas that must all hold: where it fails, a place within them fails.
    case conjunction
    /// An applicator that chooses among schemas, or counts those that hold: it fails as a whole.
    case choice
  }

  /// Whether the instruction is an assertion or an applicator.
  var role: Role {
    switch self {
    case .items, .members, .allOf, .reference, .dynamicReference: .conjunction
    case .contains, .propertyNames, .dependentSchemas, .content, .anyOf, .oneOf, .not,
      .conditional, .unevaluatedItems, .unevaluatedProperties:
      .choice
    case .never, .types, .integerWidth, .constant, .enumeration, .minimum, .maximum, .multipleOf,
      .minLength, .maxLength, .minBytes, .maxBytes, .pattern, .characters, .format, .minItems,
      .maxItems, .uniqueItems, .containsAll, .minProperties, .maxProperties, .required,
      .dependentRequired, .presence, .minTotalBytes, .maxTotalBytes, .custom:
      .assertion
    }
  }

  /// Whether the instruction asks for a type.
  var isType: Bool {
    switch self {
    case .types, .integerWidth: true
    default: false
    }
  }

  /// Whether the instruction compares a value with values of the pack.
  var isListOfValues: Bool {
    switch self {
    case .constant, .enumeration: true
    default: false
    }
  }

  /// Whether the instruction is about what no other looked at.
  var isUnevaluated: Bool {
    switch self {
    case .unevaluatedItems, .unevaluatedProperties: true
    default: false
    }
  }

  /// Whether the instruction chooses among schemas for the value itself.
  var isBranching: Bool {
    switch self {
    case .anyOf, .oneOf: true
    default: false
    }
  }
}

/// What has failed of a schema at a value, and with it what else is the same fault.
struct FailedKeywords {
  private var hasWrongType = false
  private var hasFailedBranch = false

  /// Whether an instruction's failure would say nothing new.
  ///
  /// A value of the wrong type is one fault, whatever list of values it is missing from as well; and
  /// what a branch that fails would have looked at, nobody can tell.
  func implies(_ instruction: Instruction) -> Bool {
    hasWrongType && (instruction.isListOfValues || instruction.isType)
      || hasFailedBranch && instruction.isUnevaluated
  }

  /// Notes that an instruction failed.
  mutating func insert(_ instruction: Instruction) {
    if instruction.isType { hasWrongType = true }
    if instruction.isBranching { hasFailedBranch = true }
  }
}

/// The types of values, as a set (JSON Schema 2020-12 validation, section 6.1.1).
package struct TypeSet: OptionSet, Sendable, Hashable {
  /// One bit for each type.
  package let rawValue: UInt8

  /// Creates a set from its bits.
  package init(rawValue: UInt8) { self.rawValue = rawValue }

  /// The value `null`.
  package static let null = TypeSet(rawValue: 1)
  /// `true` and `false`.
  package static let boolean = TypeSet(rawValue: 2)
  /// Whole numbers, `1.0` among them.
  package static let integer = TypeSet(rawValue: 4)
  /// Numbers of any kind.
  package static let number = TypeSet(rawValue: 8)
  /// Strings.
  package static let string = TypeSet(rawValue: 16)
  /// Arrays.
  package static let array = TypeSet(rawValue: 32)
  /// Objects.
  package static let object = TypeSet(rawValue: 64)

  /// Each type with its name in JSON Schema.
  package static let named: [(name: String, type: TypeSet)] = [
    ("null", .null), ("boolean", .boolean), ("integer", .integer), ("number", .number),
    ("string", .string), ("array", .array), ("object", .object),
  ]

  /// The types in words: `an integer`, `a string or null`.
  package var words: String {
    let words = Self.named.filter { contains($0.type) }.map { entry in
      switch entry.type {
      case .null: "null"
      case .integer, .array, .object: "an \(entry.name)"
      default: "a \(entry.name)"
      }
    }
    guard let last = words.last, words.count > 1 else { return words.first ?? "nothing" }
    return "\(words.dropLast().joined(separator: ", ")) or \(last)"
  }
}
