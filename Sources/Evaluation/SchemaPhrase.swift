import Documents
import Formats
import Patterns

/// What a schema asks for, in a few words.
extension SchemaChecker {
  /// What a value does that satisfies a schema: `is "a"`, `has the member "b"`; nil where that takes
  /// more than a few words, or would tell what a sensitive value is.
  func phrase(
    for schema: SchemaID, metBy node: NodeID, in document: Document, _ values: ValueText
  ) -> String? {
    var budget = Self.phraseBudget
    guard !values.holdsSensitive(node, in: document),
      let phrase = phrase(for: schema, &budget),
      phrase.utf8.count <= ValueText.packLimit
    else { return nil }
    return phrase
  }

  /// How many schemas a phrase is made of at most; schemas may refer to each other without end.
  private static let phraseBudget = 16

  private func phrase(for schema: SchemaID, _ budget: inout Int) -> String? {
    budget -= 1
    guard budget >= 0, plan.schemas[schema.index].instructions.count <= 8 else { return nil }
    let instructions = plan.schemas[schema.index].instructions.map { plan.instructions[$0] }
    var required: [String] = []
    for case .required(let index) in instructions {
      required += plan.nameLists[index].map(\.text)
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
    let table = plan.memberTables[index]
    guard table.patterns.isEmpty, table.additional == nil else { return nil }
    var parts: [String] = []
    for entry in table.named {
      guard let phrase = phrase(for: entry.schema, &budget) else { return nil }
      let place = required.firstIndex { $0.utf8.elementsEqual(entry.name.text.utf8) }
      if let place {
        required.remove(at: place)
        parts.append("has a member \"\(entry.name.text)\" that \(phrase)")
      } else {
        parts.append("has no member \"\(entry.name.text)\" but one that \(phrase)")
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
    case .integerWidth(let bits): return "is an integer of \(bits) bits"
    case .constant(let index): return "is \(text(of: plan.constants[index]))"
    case .enumeration(let index):
      let values = plan.enumerations[index].values
      return values.count == 1
        ? "is \(text(of: values[0]))" : "is one of \(Self.shortList(values) { text(of: $0) })"
    case .minimum(let index, let isExclusive):
      return "is \(isExclusive ? "greater than" : "at least") \(plan.numbers[index].text)"
    case .maximum(let index, let isExclusive):
      return "is \(isExclusive ? "less than" : "at most") \(plan.numbers[index].text)"
    case .multipleOf(let index): return "is a whole multiple of \(plan.numbers[index].text)"
    case .minLength(let count): return atLeast(count, "character")
    case .maxLength(let count): return atMost(count, "character")
    case .minBytes(let count): return atLeast(count, "UTF-8 byte")
    case .maxBytes(let count): return atMost(count, "UTF-8 byte")
    case .pattern(let index): return "matches the pattern \(plan.patterns[index].source)"
    case .characters(let index): return "has only characters among \(plan.classes[index].body)"
    case .format(let format): return "is \(format.phrase)"
    case .minItems(let count): return atLeast(count, "element")
    case .maxItems(let count): return atMost(count, "element")
    case .uniqueItems: return "has no element twice"
    case .contains(let index):
      let contains = plan.containsTable[index]
      guard contains.minimum == 1, contains.maximum == nil else { return nil }
      return phrase(for: contains.schema, &budget).map { "has an element that \($0)" }
    case .items(let index):
      let items = plan.itemsTable[index]
      guard items.prefix.isEmpty, let rest = items.rest else { return nil }
      return phrase(for: rest, &budget).map { "has no element but such that \($0)" }
    case .containsAll(let index):
      return "has the elements \(Self.list(plan.valueLists[index]) { text(of: $0) })"
    case .minProperties(let count): return atLeast(count, "member")
    case .maxProperties(let count): return atMost(count, "member")
    case .propertyNames(let names):
      return phrase(for: names, &budget).map { "has no name but such that \($0)" }
    case .presence(let index):
      let presence = plan.presences[index]
      let count =
        switch presence.keyword {
        case .exactlyOneOf: "exactly one"
        case .atMostOneOf: "at most one"
        case .atLeastOneOf: "at least one"
        }
      return "has \(count) of the members \(Self.list(presence.names) { "\"\($0.text)\"" })"
    case .minTotalBytes(let count): return "\(atLeast(count, "UTF-8 byte")) in names and strings"
    case .maxTotalBytes(let count): return "\(atMost(count, "UTF-8 byte")) in names and strings"
    case .allOf(let index): return phrases(plan.schemaLists[index], joined: " and ", &budget)
    case .anyOf(let index): return phrases(plan.schemaLists[index], joined: " or ", &budget)
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
