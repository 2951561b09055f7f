/// Writes a schema of 2020-12 for draft-07, which SchemaStore and older tools ask for.
enum Draft07 {
  /// A keyword whose meaning in draft-07 nobody has looked at yet.
  struct UnknownKeyword: Error, CustomStringConvertible {
    var keyword: String
    var description: String { "'\(keyword)' is not converted to draft-07; add it to Draft07.swift" }
  }

  /// The keywords that mean the same in both drafts and hold no schemas; `deprecated` is none of draft-07, and harmless.
  private static let plain: Set = [
    "title", "description", "default", "deprecated", "examples", "type", "enum", "const",
    "required",
    "pattern", "format", "minLength", "maxLength", "minimum", "maximum", "minItems", "maxItems",
    "uniqueItems", "minProperties", "maxProperties",
  ]
  /// Those that hold one schema; `items` of 2020-12 is never a list.
  private static let single: Set = [
    "additionalProperties", "propertyNames", "items", "contains", "not", "if", "then", "else",
  ]
  /// Those that hold a list of schemas.
  private static let lists: Set = ["anyOf", "oneOf", "allOf"]
  /// Those that hold schemas by name.
  private static let maps: Set = ["properties", "patternProperties", "$defs"]

  /// The schema for draft-07.
  static func schema(_ schema: JSON) throws -> JSON {
    guard case .object(let members) = schema else { return schema }
    var converted: [JSON.Member] = []
    var reference: JSON?
    for member in members {
      let value = member.value
      switch member.name {
      case "$schema":
        converted.append(
          .init(name: "$schema", value: .string("http://json-schema.org/draft-07/schema#")))
      case "$id": converted.append(.init(name: "$id", value: .string(address(value.text ?? ""))))
      case "$ref":
        reference = .object([
          .init(
            name: "$ref",
            value: .string((value.text ?? "").replacing("#/$defs/", with: "#/definitions/")))
        ])
      case _ where plain.contains(member.name): converted.append(member)
      case _ where single.contains(member.name):
        converted.append(.init(name: member.name, value: try self.schema(value)))
      case _ where lists.contains(member.name):
        converted.append(
          .init(name: member.name, value: .array(try value.elements.map { try self.schema($0) })))
      case _ where maps.contains(member.name):
        converted.append(
          .init(
            name: member.name == "$defs" ? "definitions" : member.name,
            value: .object(
              try value.members.map { .init(name: $0.name, value: try self.schema($0.value)) })))
      default: throw UnknownKeyword(keyword: member.name)
      }
    }
    guard let reference else { return .object(converted) }
    // Draft-07 ignores what is beside a reference.
    if converted.isEmpty { return reference }
    guard !converted.contains(where: { $0.name == "allOf" }) else {
      throw UnknownKeyword(keyword: "$ref beside allOf")
    }
    converted.append(.init(name: "allOf", value: .array([reference])))
    return .object(converted)
  }

  /// The address of the converted schema: in a folder of its own beside the other one.
  private static func address(_ address: String) -> String {
    let start = address.lastIndex(of: "/").map { address.index(after: $0) } ?? address.startIndex
    return address[..<start] + "draft-07/" + address[start...]
  }
}
