import Documents
import SourceText

/// The schemas of a JSON Schema's file that speak of one value: of a request's member, or of a field of a pack.
struct SchemaCursor {
  private let document: Document
  /// The schemas, the nearest first; a reference and what it leads to are both among them.
  private let schemas: [NodeID]

  /// How many schemas are looked at for one value.
  private static var mostSchemas: Int { 200 }

  /// The schemas of a file's whole value.
  init(_ document: Document) {
    self.init(document, document.isEmpty ? [] : [.root])
  }

  private init(_ document: Document, _ roots: [NodeID]) {
    self.document = document
    var all: [NodeID] = []
    var waiting = roots[...]
    while let schema = waiting.popFirst(), all.count < Self.mostSchemas {
      guard document.kind(of: schema) == .object, !all.contains(schema) else { continue }
      all.append(schema)
      if let reference = document.value(named: "$ref", in: schema),
        case let text = document.text(of: reference), text.hasPrefix("#"),
        let target = JSONPointer(String(text.dropFirst())).flatMap({ document.node(at: $0) })
      {
        waiting.append(target)
      }
      for keyword in ["allOf", "anyOf", "oneOf"] {
        guard let list = document.value(named: keyword, in: schema) else { continue }
        waiting += Array(document.elements(of: list))
      }
      for keyword in ["then", "else"] {
        if let branch = document.value(named: keyword, in: schema) { waiting.append(branch) }
      }
    }
    schemas = all
  }

  /// Whether nothing is known of the value.
  var isEmpty: Bool { schemas.isEmpty }

  // MARK: - Steps

  /// The schemas of the value at the end of a path; a root that is a list may be a batch of requests.
  func at(_ path: [CursorContext.Step]) -> SchemaCursor {
    var cursor = self
    var path = path[...]
    if path.first == .element, !cursor.types.contains("array") { path = path.dropFirst() }
    for step in path {
      switch step {
      case .name(let name): cursor = cursor.member(name)
      case .element: cursor = cursor.children("items")
      }
    }
    return cursor
  }

  private func children(_ keyword: String) -> SchemaCursor {
    SchemaCursor(document, schemas.compactMap { document.value(named: keyword, in: $0) })
  }

  private func member(_ name: String) -> SchemaCursor {
    var own: [NodeID] = []
    for properties in schemas.compactMap({ document.value(named: "properties", in: $0) }) {
      for member in document.members(of: properties)
      where Self.isSame(document.text(of: member.name), name) { own.append(member.value) }
    }
    return own.isEmpty ? children("additionalProperties") : SchemaCursor(document, own)
  }

  /// Whether a request may spell the name of a member so: in any casing.
  private static func isSame(_ name: String, _ other: String) -> Bool {
    name == other || Casing.camel.spelling(of: name) == other
      || Casing.snake.spelling(of: name) == other
  }

  // MARK: - What they say

  /// The names of members, each with its schemas.
  var members: [(name: String, cursor: SchemaCursor)] {
    var names: [String] = []
    for properties in schemas.compactMap({ document.value(named: "properties", in: $0) }) {
      for member in document.members(of: properties) {
        let name = document.text(of: member.name)
        if !names.contains(name) { names.append(name) }
      }
    }
    return names.map { ($0, member($0)) }
  }

  /// The names of members that have to be there.
  var required: [String] {
    schemas.compactMap { document.value(named: "required", in: $0) }
      .flatMap { document.elements(of: $0).map { document.text(of: $0) } }
  }

  /// What it says of itself.
  var description: String? { text("description") ?? text("title") }

  private func text(_ keyword: String) -> String? {
    for schema in schemas {
      guard let value = document.value(named: keyword, in: schema),
        document.kind(of: value) == .string
      else { continue }
      return document.text(of: value)
    }
    return nil
  }

  /// The types that the value may have.
  var types: [String] {
    var types: [String] = []
    for value in schemas.compactMap({ document.value(named: "type", in: $0) }) {
      let names = document.kind(of: value) == .array ? Array(document.elements(of: value)) : [value]
      for name in names.map({ document.text(of: $0) }) where !types.contains(name) {
        types.append(name)
      }
    }
    return types
  }

  /// The values of `enum` and `const`, and both of a boolean, as JSON text.
  var values: [String] {
    var values: [String] = []
    for schema in schemas {
      var nodes: [NodeID] = []
      if let list = document.value(named: "enum", in: schema) {
        nodes += Array(document.elements(of: list))
      }
      if let value = document.value(named: "const", in: schema) { nodes.append(value) }
      for node in nodes {
        let text = json(node)
        if !values.contains(text) { values.append(text) }
      }
    }
    if values.isEmpty, types == ["boolean"] { return ["true", "false"] }
    return values
  }

  /// Bounds, patterns and the like, as `maxLength: 100`.
  var limits: [String] {
    let keywords = [
      "minLength", "maxLength", "maxBytes", "minimum", "maximum", "exclusiveMinimum",
      "exclusiveMaximum", "multipleOf", "minItems", "maxItems", "uniqueItems", "minProperties",
      "maxProperties", "pattern", "format", "default",
    ]
    var limits: [String] = []
    for keyword in keywords {
      for schema in schemas {
        guard let value = document.value(named: keyword, in: schema),
          document.kind(of: value) != .object, document.kind(of: value) != .array
        else { continue }
        limits.append("\(keyword): \(document.text(of: value))")
        break
      }
    }
    return limits
  }

  private func json(_ node: NodeID) -> String {
    guard document.kind(of: node) == .string else { return document.text(of: node) }
    return String(decoding: OutgoingValue.string(document.text(of: node)).json, as: UTF8.self)
  }

  /// All that it says, in Markdown, under the name of the value; nil where it says nothing.
  func markdown(_ name: String, isRequired: Bool) -> String? {
    guard !isEmpty else { return nil }
    var facts: [String] = []
    if !types.isEmpty { facts.append(types.joined(separator: " or ")) }
    if isRequired { facts.append("required") }
    var text = "**\(Self.code(name))**"
    if !facts.isEmpty { text += ": " + facts.joined(separator: ", ") }
    if let description { text += "\n\n" + description }
    if !limits.isEmpty {
      text += "\n\n" + limits.map { "- " + Self.code($0) }.joined(separator: "\n")
    }
    if !values.isEmpty { text += "\n\nOne of " + values.map(Self.code).joined(separator: ", ") }
    return text
  }

  /// A text as Markdown shows code.
  static func code(_ text: String) -> String {
    var longest = 0
    for run in text.split(whereSeparator: { $0 != "`" }) { longest = max(longest, run.count) }
    let fence = String(repeating: "`", count: longest + 1)
    let blank = longest > 0 ? " " : ""
    return fence + blank + text + blank + fence
  }
}
