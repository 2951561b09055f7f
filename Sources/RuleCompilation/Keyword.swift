import Documents
import Evaluation

/// One keyword of a schema: what it is called and what it becomes.
struct Keyword: Sendable {
  /// The name, as schemas write it.
  let name: String
  /// One line for people.
  let summary: String
  /// The drafts of JSON Schema that have it.
  var drafts: Set<Draft> = Set(Draft.allCases)
  /// The vocabulary it is part of.
  var vocabulary = Vocabulary.validation
  /// The types of values that it says anything of; any type where it is empty.
  var types: TypeSet = []
  /// Where its value holds schemas.
  var subschemas = Subschemas.none
  /// Whether it is only a note for people, which may be anywhere.
  var isAnnotation = false
  /// Writes its instructions.
  let compile: @Sendable (KeywordUse, inout SchemaCompiler) -> Void

  /// Where a keyword's value holds schemas.
  enum Subschemas: Sendable {
    /// Nowhere.
    case none
    /// The value is one.
    case one
    /// The value is a list of them, or, for `items` of old, one or a list.
    case list
    /// The value maps names to them.
    case map
  }
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
