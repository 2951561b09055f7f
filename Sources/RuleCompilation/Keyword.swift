import Documents
import Evaluation

/// One keyword of a schema: everything that is known of it, in one declaration.
///
/// To add one, write a file that declares it, with its cases, and a line in `KeywordList.all`. An
/// assertion that needs no machinery of its own compiles to a `CustomAssertion`. Checks of packs,
/// mutations, rules of models, the published schema of packs, the documentation and the tests follow.
package struct Keyword: Sendable {
  /// The name, as schemas write it.
  package let name: String
  /// One line for people.
  let summary: String
  /// The drafts of JSON Schema that have it.
  let drafts: Set<Draft>
  /// The vocabulary it is part of.
  let vocabulary: Vocabulary
  /// The types of values that it says anything of; any type where it is empty.
  let types: TypeSet
  /// What its value is.
  package let value: ValueForm
  /// Where its value holds schemas.
  package let subschemas: Subschemas
  /// Whether it is only a note for people, which may be anywhere.
  let isAnnotation: Bool
  /// What it limits, and from which side.
  let bound: Bound?
  /// Keywords of which one has to be beside it for it to say anything.
  let needs: [String]
  /// How mutations of a pack change it.
  package let mutation: Mutation
  /// The rule of a request's model that fails with it; nil where only other keywords fail.
  let rule: Rule?
  /// Schemas with values that satisfy them and others that do not, for the tests.
  let cases: @Sendable () -> [Case]
  /// Writes its instructions.
  let compile: @Sendable (KeywordUse, inout SchemaCompiler) -> Void

  init(
    name: String, summary: String, drafts: Set<Draft> = Set(Draft.allCases),
    vocabulary: Vocabulary = .validation, types: TypeSet = [], value: ValueForm,
    subschemas: Subschemas = .none, isAnnotation: Bool = false, bound: Bound? = nil,
    needs: [String] = [], mutation: Mutation = .none, rule: Rule? = nil,
    cases: @escaping @Sendable @autoclosure () -> [Case] = [],
    compile: @escaping @Sendable (KeywordUse, inout SchemaCompiler) -> Void
  ) {
    self.name = name
    self.summary = summary
    self.drafts = drafts
    self.vocabulary = vocabulary
    self.types = types
    self.value = value
    self.subschemas = subschemas
    self.isAnnotation = isAnnotation
    self.bound = bound
    self.needs = needs
    self.mutation = mutation
    self.rule = rule
    self.cases = cases
    self.compile = compile
  }

  /// Where a keyword's value holds schemas.
  package enum Subschemas: Sendable {
    /// Nowhere.
    case none
    /// The value is one.
    case one
    /// The value is a list of them, or, for `items` of old, one or a list.
    case list
    /// The value maps names to them.
    case map
  }

  /// What a keyword's value is.
  package enum ValueForm: Sendable {
    /// Any value.
    case anything
    /// A string that a parameter cannot stand for.
    case plainString
    /// `true` or `false`, that a parameter cannot stand for.
    case plainBoolean
    /// A list that a parameter cannot stand for.
    case plainList
    /// A mapping that a parameter cannot stand for.
    case plainMapping
    /// The name of a type, or a list of them.
    case types
    /// A number.
    case number
    /// An integer of at least 0.
    case count
    /// A string.
    case string
    /// `true` or `false`.
    case boolean
    /// The name of a format.
    case format
    /// A list of values.
    case values
    /// A list of member names.
    case names
    /// Lists of member names by member name.
    case namesByName
    /// A schema.
    case schema
    /// A list of schemas.
    case schemas
    /// A schema, or a list of them.
    case schemaOrSchemas
    /// Schemas by member name.
    case schemasByName
    /// Schemas by pattern of member names.
    case schemasByPattern
    /// Schemas by name, which only references lead to.
    case definitions
    /// Schemas or lists of member names, by member name.
    case dependencies

    /// Whether a parameter can stand for the value.
    var takesParameters: Bool {
      switch self {
      case .plainString, .plainBoolean, .plainList, .plainMapping, .definitions: false
      default: true
      }
    }
  }

  /// A limit of a measure of values.
  struct Bound: Sendable {
    /// What is measured.
    enum Measure: Sendable {
      case number, characters, bytes, totalBytes, elements, matchingElements, members
    }

    let measure: Measure
    let isUpper: Bool
    let isExclusive: Bool

    static func lower(_ measure: Measure, isExclusive: Bool = false) -> Bound {
      Bound(measure: measure, isUpper: false, isExclusive: isExclusive)
    }

    static func upper(_ measure: Measure, isExclusive: Bool = false) -> Bound {
      Bound(measure: measure, isUpper: true, isExclusive: isExclusive)
    }
  }

  /// How mutations of a pack change a keyword; those of its subschemas come with these.
  package enum Mutation: Sendable {
    /// Only its subschemas change.
    case none
    /// It is left out.
    case drop
    /// It is left out where it is `true`.
    case flag
    /// It is left out, or its number moves by one.
    case bound
    /// The same, but the number stays above 0.
    case positiveNumber
    /// It is left out, or its pattern changes.
    case pattern
    /// It is left out, or its class of characters changes.
    case characterClass
    /// The patterns that are its names change.
    case patternNames
    /// It is left out, or has another value.
    case constant
    /// It is left out, or lacks one of its values.
    case values
    /// It lacks one of its values, each of which is required.
    case requiredValues
    /// It lacks one of its names.
    case names
    /// One of its lists lacks a name.
    case namesByName
    /// It is left out, lacks a type, or takes a similar one.
    case types
    /// It is left out, lacks a name, or becomes another keyword.
    case presence(others: [String])
    /// It lacks an alternative, or becomes another keyword.
    case alternatives(otherwise: String? = nil)

    /// It lacks an alternative.
    static let alternatives = Mutation.alternatives()
  }

  /// The texts of the rule of a model that fails with a keyword.
  struct Rule: Sendable {
    /// What it demands.
    let summary: String
    /// Why, and how to fix it.
    let help: String

    init(_ summary: String, help: String) {
      self.summary = summary
      self.help = help
    }
  }

  /// A schema in JSON, with values that satisfy it, and values that fail by some keywords.
  struct Case: Sendable {
    let schema: String
    let valid: [String]
    let invalid: [String]
    /// The keywords that fail; empty for the keyword itself.
    let fails: [String]

    init(_ schema: String, valid: [String], invalid: [String], fails: [String] = []) {
      self.schema = schema
      self.valid = valid
      self.invalid = invalid
      self.fails = fails
    }
  }

  /// The keyword of a name, or nil.
  package static func named(_ name: String) -> Keyword? { KeywordList.byName[name] }
}

/// A keyword in a schema of a pack.
struct KeywordUse {
  /// The keyword's name.
  var name: String
  /// Its value; a parameter's value where it refers to one.
  var value: SchemaPlace
  /// Where its name stands.
  var namePlace: SchemaPlace
  /// The schema that it is part of.
  var schema: SchemaPlace
  /// By which draft it is read.
  var draft: Draft
}

/// A node of one of the files that take part in a compilation.
struct SchemaPlace: Hashable, Sendable {
  /// The file's number in the compilation.
  var file: Int
  /// The node.
  var node: NodeID
}
