/// What compiling takes, in steps of `LoadingBudget`.
///
/// Only what packs can repeat without writing it again has to be counted: one list that a thousand rules
/// refer to, one model that each rule's paths go through. The steps of what a pack writes out are few.
enum CompilationCost {
  /// A rule, for each request that it is about.
  static let rule = 150
  /// A schema that is given a number.
  static let schema = 20
  /// A keyword of a schema.
  static let keyword = 10
  /// A value or a name in a list, or a member of a mapping.
  static let element = 8
  /// A schema that is checked, beside its keywords.
  static let check = 20
  /// A shape of the model that is looked at.
  static let shape = 2
  /// A byte of an expression, which is parsed and typed.
  static let expressionByte = 4
  /// A path, which is parsed, beside its bytes.
  static let path = 40
  /// A byte of a pattern.
  static let patternByte = 20
  /// A parameter whose value is held to its declaration, a schema of its own.
  static let parameterValue = 150
  /// A parameter that a pack's words may name.
  static let parameter = 8
}
