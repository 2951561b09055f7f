import Documents
import Evaluation
import Findings

/// Keywords and values of older drafts and of other schema languages, and what to write instead.
enum ForeignKeywords {
  /// What to write instead of a keyword that there is not; nil for one that no other language has.
  static func advice(on name: String) -> String? { byName[name] }

  private static let byName: [String: String] = [
    // OpenAPI 3.0
    "nullable": "write type: [string, 'null'], and remove 'nullable'",
    "example": "write 'examples' with a list",
    "discriminator": "write the alternatives as 'oneOf', each with a 'const' for the member",
    "xml": "write it as a note of your own, x-xml", "externalDocs": "write 'description'",
    // Older drafts
    "id": "write '$id'", "divisibleBy": "write 'multipleOf'",
    "extends": "write 'allOf' with a list of schemas", "disallow": "write not: { type: TYPE }",
    // Other languages
    "optional": "remove it; a member is optional unless 'required' of its object lists it",
    "allowNull": "write type: [string, 'null']",
    "regex": "write 'pattern'", "regexp": "write 'pattern'", "match": "write 'pattern'",
    "min": "write 'minimum', or 'minLength' for strings, 'minItems' for lists",
    "max": "write 'maximum', or 'maxLength' for strings, 'maxItems' for lists",
    "length": "write 'minLength' and 'maxLength'", "size": "write 'minItems' and 'maxItems'",
    "unique": "write 'uniqueItems'", "values": "write 'enum' with a list",
    "oneof": "write 'oneOf'", "anyof": "write 'anyOf'", "allof": "write 'allOf'",
    "fields": "write 'properties'", "members": "write 'properties'",
    "elements": "write 'items'", "strict": "write additionalProperties: false",
    "notEmpty": "write minLength: 1, or minItems: 1 for lists",
    "equals": "write 'const'", "eq": "write 'const'", "in": "write 'enum' with a list",
  ]
}

extension SchemaCompiler {
  /// What to write in place of the boolean `exclusiveMinimum` or `exclusiveMaximum` of draft 4, whose
  /// bound is in the keyword beside it.
  func advice(onExclusive use: KeywordUse, beside name: String) -> String? {
    guard kind(of: use.value) == .boolean else { return nil }
    let bound = sibling(name, of: use).map { text(of: $0.value) } ?? "NUMBER"
    return
      "\(use.name) takes a number that replaces \(name): write \(use.name): \(bound) and remove \(name)"
  }

  /// Warns of a keyword that later drafts replaced, in a schema of a pack's own file.
  mutating func warnOfReplaced(_ use: KeywordUse, by replacement: String) {
    guard isStrict, use.draft == .draft2020, parameterFiles[use.schema.file] != nil else { return }
    mistake(
      "schema/deprecated-keyword",
      "'\(use.name)' is not a keyword of JSON Schema 2020-12; write \(replacement)",
      at: use.namePlace,
      severity: .warning)
  }
}
