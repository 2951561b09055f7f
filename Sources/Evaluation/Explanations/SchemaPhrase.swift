import Documents
import Formats
import RequisitePatterns

/// What a schema asks for, in a few words.
extension SchemaChecker {
  /// What a value does that satisfies a schema: `is "a"`, `has the member "b"`; nil where that takes
  /// more than a few words, would tell what a sensitive value is, or would not be true: keywords also
  /// hold of values that they say nothing of.
  ///
  /// The phrase is said of `subjects`: of `node` itself, or of parts of it.
  func phrase(
    for schema: SchemaID, metBy node: NodeID, by subjects: [NodeID], in request: Request,
    _ values: ValueText
  ) -> String? {
    var budget = Self.phraseBudget
    var visits = Self.subjectBudget
    guard !values.holdsSensitive(node, in: request),
      subjects.allSatisfy({ speaks(schema, of: $0, in: request, &visits) }),
      let phrase = phrase(for: schema, &budget),
      phrase.utf8.count <= ValueText.packLimit
    else { return nil }
    return phrase
  }

  /// How many schemas a phrase is made of at most; schemas may refer to each other without end.
  private static let phraseBudget = 16

  /// How many applications of a schema are looked at for whether a phrase is true.
  private static let subjectBudget = 200

  /// Whether every keyword of a schema is about the value, and those of its subschemas about its parts.
  private func speaks(
    _ schema: SchemaID, of node: NodeID, in request: Request, _ budget: inout Int
  ) -> Bool {
    budget -= 1
    guard budget >= 0 else { return false }
    let type = request.type(of: node)
    for index in program.schemas[schema.index].instructions {
      let instruction = program.instructions[index]
      if let (_, types) = instruction.subject(in: program), types.isDisjoint(with: type) {
        return false
      }
      switch instruction {
      case .reference(let target):
        if !speaks(target, of: node, in: request, &budget) { return false }
      case .allOf(let list), .anyOf(let list):
        for branch in program.schemaLists[list]
        where !speaks(branch, of: node, in: request, &budget) {
          return false
        }
      case .members(let table):
        for member in request.members(of: node) {
          guard let child = program.memberTables[table].schema(for: request.symbol(of: member.name))
          else { continue }
          if !speaks(child, of: member.value, in: request, &budget) { return false }
        }
      case .items(let index):
        guard let rest = program.itemsTable[index].rest else { continue }
        for element in request.elements(of: node)
        where !speaks(rest, of: element, in: request, &budget) {
          return false
        }
      case .contains(let index):
        for element in request.elements(of: node)
        where !speaks(program.containsTable[index].schema, of: element, in: request, &budget) {
          return false
        }
      default: break
      }
    }
    return true
  }

  /// A keyword of a schema that says nothing of a value, and the types that it is about.
  func idleKeyword(
    of schema: SchemaID, for node: NodeID, in request: Request
  ) -> (keyword: String, types: TypeSet)? {
    let type = request.type(of: node)
    var schema = schema
    for _ in 0..<Self.phraseBudget {
      var target: SchemaID?
      for index in program.schemas[schema.index].instructions {
        let instruction = program.instructions[index]
        if let subject = instruction.subject(in: program), subject.types.isDisjoint(with: type) {
          return subject
        }
        if case .reference(let next) = instruction { target = next }
      }
      guard let target else { return nil }
      schema = target
    }
    return nil
  }

  private func phrase(for schema: SchemaID, _ budget: inout Int) -> String? {
    budget -= 1
    guard budget >= 0, program.schemas[schema.index].instructions.count <= 8 else { return nil }
    let instructions = program.schemas[schema.index].instructions.map { program.instructions[$0] }
    var required: [String] = []
    for case .required(let index) in instructions {
      required += program.nameLists[index].map(\.text)
    }
    var parts: [String] = []
    var types: String?
    for instruction in instructions {
      switch instruction {
      case .types(let set): types = "is \(set.words)"
      case .required: break
      case .members(let index):
        guard let part = membersPhrase(index, &required, &budget) else { return nil }
        parts.append(part)
      default:
        guard let part = phrase(for: instruction, &budget) else { return nil }
        parts.append(part)
      }
    }
    if !required.isEmpty {
      let names = Self.list(required) { "\"\($0)\"" }
      parts.insert("has the member\(required.count == 1 ? "" : "s") \(names)", at: 0)
    }
    // What is said of a value says its type, too.
    if parts.isEmpty { return types }
    return parts.joined(separator: " and ")
  }

  /// What is asked of members that must be there; those are taken out of `required`.
  private func membersPhrase(_ index: Int, _ required: inout [String], _ budget: inout Int)
    -> String?
  {
    let table = program.memberTables[index]
    guard table.patterns.isEmpty, table.additional == nil else { return nil }
    var parts: [String] = []
    for entry in table.named {
      guard let phrase = phrase(for: entry.schema, &budget) else { return nil }
      let place = required.firstIndex { $0.utf8.elementsEqual(entry.name.text.utf8) }
      if let place {
        required.remove(at: place)
        parts.append("has a member \"\(entry.name.text)\" that \(phrase)")
      } else {
        parts.append("has no member \"\(entry.name.text)\" except one that \(phrase)")
      }
    }
    return parts.isEmpty ? nil : parts.joined(separator: " and ")
  }

  private func phrase(for instruction: Instruction, _ budget: inout Int) -> String? {
    func atLeast(_ count: Int, _ noun: String) -> String {
      "has at least \(ValueText.count(count, noun))"
    }
    func atMost(_ count: Int, _ noun: String) -> String {
      "has at most \(ValueText.count(count, noun))"
    }
    switch instruction {
    case .integerWidth(let bits): return "is a \(bits)-bit integer"
    case .constant(let index): return "is \(text(of: program.constants[index]))"
    case .enumeration(let index):
      let values = program.enumerations[index].values
      return values.count == 1
        ? "is \(text(of: values[0]))" : "is one of \(Self.shortList(values) { text(of: $0) })"
    case .minimum(let index, let isExclusive):
      return "is \(isExclusive ? "greater than" : "at least") \(program.numbers[index].text)"
    case .maximum(let index, let isExclusive):
      return "is \(isExclusive ? "less than" : "at most") \(program.numbers[index].text)"
    case .multipleOf(let index): return "is a multiple of \(program.numbers[index].text)"
    case .minLength(let count): return atLeast(count, "character")
    case .maxLength(let count): return atMost(count, "character")
    case .minBytes(let count): return atLeast(count, "UTF-8 byte")
    case .maxBytes(let count): return atMost(count, "UTF-8 byte")
    case .pattern(let index): return "matches the pattern \(program.patterns[index].source)"
    case .characters(let index): return "has only characters among \(program.classes[index].body)"
    case .format(let format): return "is \(format.phrase)"
    case .minItems(let count): return atLeast(count, "element")
    case .maxItems(let count): return atMost(count, "element")
    case .uniqueItems: return "has no duplicate elements"
    case .contains(let index):
      let contains = program.containsTable[index]
      guard contains.minimum == 1, contains.maximum == nil else { return nil }
      return phrase(for: contains.schema, &budget).map { "has an element that \($0)" }
    case .items(let index):
      let items = program.itemsTable[index]
      guard items.prefix.isEmpty, let rest = items.rest else { return nil }
      return phrase(for: rest, &budget).map { "has no element except one that \($0)" }
    case .containsAll(let index):
      return "has the elements \(Self.list(program.valueLists[index]) { text(of: $0) })"
    case .minProperties(let count): return atLeast(count, "member")
    case .maxProperties(let count): return atMost(count, "member")
    case .propertyNames(let names):
      return phrase(for: names, &budget).map { "has no name except one that \($0)" }
    case .presence(let index):
      let presence = program.presences[index]
      let count =
        switch presence.keyword {
        case .exactlyOneOf: "exactly one"
        case .atMostOneOf: "at most one"
        case .atLeastOneOf: "at least one"
        }
      return "has \(count) of the members \(Self.list(presence.names) { "\"\($0.text)\"" })"
    case .minTotalBytes(let count): return "\(atLeast(count, "UTF-8 byte")) in names and strings"
    case .maxTotalBytes(let count): return "\(atMost(count, "UTF-8 byte")) in names and strings"
    case .custom(let index): return program.customAssertions[index].phrase
    case .allOf(let index): return phrases(program.schemaLists[index], joined: " and ", &budget)
    case .anyOf(let index): return phrases(program.schemaLists[index], joined: " or ", &budget)
    case .reference(let schema): return phrase(for: schema, &budget)
    case .never, .types, .required, .members, .content, .dependentRequired, .dependentSchemas,
      .oneOf, .not, .conditional, .dynamicReference, .unevaluatedItems, .unevaluatedProperties:
      return nil
    }
  }

  private func phrases(
    _ schemas: [SchemaID], joined separator: String, _ budget: inout Int
  ) -> String? {
    guard schemas.count <= 4 else { return nil }
    var phrases: [String] = []
    for schema in schemas {
      guard let phrase = phrase(for: schema, &budget) else { return nil }
      phrases.append(phrase)
    }
    return phrases.joined(separator: separator)
  }
}

extension Request {
  /// The type of a value, and of a name that of a string.
  func type(of node: NodeID) -> TypeSet {
    let kind = kind(of: node)
    return kind == .absent ? .null : kind.types
  }
}

extension Instruction {
  /// The keyword of the instruction and the types that it is about; nil where it is about any value.
  fileprivate func subject(in program: SchemaProgram) -> (keyword: String, types: TypeSet)? {
    switch self {
    case .integerWidth: ("format", .number)
    case .minimum(_, let isExclusive): (isExclusive ? "exclusiveMinimum" : "minimum", .number)
    case .maximum(_, let isExclusive): (isExclusive ? "exclusiveMaximum" : "maximum", .number)
    case .multipleOf: ("multipleOf", .number)
    case .minLength: ("minLength", .string)
    case .maxLength: ("maxLength", .string)
    case .minBytes: ("minBytes", .string)
    case .maxBytes: ("maxBytes", .string)
    case .pattern: ("pattern", .string)
    case .characters: ("characters", .string)
    case .format: ("format", .string)
    case .content(let index):
      (program.contents[index].isJSON ? "contentMediaType" : "contentEncoding", .string)
    case .minItems: ("minItems", .array)
    case .maxItems: ("maxItems", .array)
    case .uniqueItems: ("uniqueItems", .array)
    case .containsAll: ("containsAll", .array)
    case .contains: ("contains", .array)
    case .items(let index):
      (program.itemsTable[index].prefix.isEmpty ? "items" : "prefixItems", .array)
    case .unevaluatedItems: ("unevaluatedItems", .array)
    case .minProperties: ("minProperties", .object)
    case .maxProperties: ("maxProperties", .object)
    case .required: ("required", .object)
    case .dependentRequired: ("dependentRequired", .object)
    case .dependentSchemas: ("dependentSchemas", .object)
    case .presence(let index): (program.presences[index].keyword.rawValue, .object)
    case .propertyNames: ("propertyNames", .object)
    case .unevaluatedProperties: ("unevaluatedProperties", .object)
    case .members(let index):
      (
        !program.memberTables[index].named.isEmpty
          ? "properties"
          : program.memberTables[index].patterns.isEmpty
            ? "additionalProperties" : "patternProperties",
        .object
      )
    case .minTotalBytes: ("minTotalBytes", [.array, .object])
    case .maxTotalBytes: ("maxTotalBytes", [.array, .object])
    case .custom(let index): program.customAssertions[index].subject
    case .never, .types, .constant, .enumeration, .reference, .not, .allOf, .anyOf, .oneOf,
      .conditional, .dynamicReference:
      nil
    }
  }
}
