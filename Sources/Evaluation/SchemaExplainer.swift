package import Documents
import Formats
import Patterns
import SourceText

/// What a failed schema says: one failure for each leaf keyword that does not hold.
package struct Explanation: Sendable {
  /// The failures in the order in which they were met.
  package var failures: [Failure] = []
  /// Shows values, or keeps them back.
  package let values: ValueText
  /// The nodes under whose values the keywords at hand apply: an `if` that held.
  var conditions: [Failure.Related] = []
  /// Names that the model knows, for suggesting the nearest.
  let symbols: SymbolTable

  /// How many failures of one request are told.
  static let limit = 1_000

  /// Begins an explanation.
  package init(values: ValueText, symbols: SymbolTable) {
    self.values = values
    self.symbols = symbols
  }

  mutating func add(
    _ keyword: String, _ anchor: NodeID, missing: String? = nil, _ message: String,
    related: [Failure.Related] = [], range: TextRange? = nil
  ) {
    guard failures.count < Self.limit else { return }
    failures.append(
      Failure(
        keyword: keyword, anchor: anchor, missing: missing, message: message,
        related: related + conditions.filter { $0.node != anchor }, range: range))
  }
}

extension SchemaChecker {
  /// Tells every leaf keyword of a schema that does not hold of a value.
  package mutating func explain(
    _ schema: SchemaID, _ node: NodeID, in document: Document, into result: inout Explanation
  ) {
    guard enter() else { return }
    defer { depth &-= 1 }
    let compiled = plan.schemas[schema.index]
    let entersResource = plan.hasDynamicReferences && scope.last != compiled.resource
    if entersResource { scope.append(compiled.resource) }
    defer { if entersResource { scope.removeLast() } }
    var hasWrongType = false
    for index in compiled.instructions {
      let instruction = plan.instructions[index]
      // A value of the wrong type is one fault, whatever list of values it is missing from as well.
      if hasWrongType, instruction.isListOfValues { continue }
      guard !holds(instruction, node, in: document, of: schema) else { continue }
      switch instruction {
      case .types, .integerWidth: hasWrongType = true
      default: break
      }
      explain(instruction, node, in: document, of: schema, into: &result)
    }
  }

  private mutating func explain(
    _ instruction: Instruction, _ node: NodeID, in document: Document, of schema: SchemaID,
    into result: inout Explanation
  ) {
    let shown = result.values.words(for: node, in: document)
    switch instruction {
    case .never: result.add("false", node, "nothing is allowed here")
    case .types(let types):
      result.add(
        "type", node,
        "expected \(types.words), found \(result.values.typedWords(for: node, in: document))")
    case .integerWidth(let bits):
      result.add("type", node, "expected an integer of \(bits) bits, found \(shown)")
    case .constant(let index):
      result.add("const", node, "expected \(text(of: plan.constants[index])), found \(shown)")
    case .enumeration(let index):
      result.add("enum", node, enumerationMessage(index, node, in: document, values: result.values))

    case .minimum(let index, let isExclusive):
      result.add(
        isExclusive ? "exclusiveMinimum" : "minimum", node,
        isExclusive
          ? "\(shown) is not greater than \(text(of: plan.numbers[index]))"
          : "\(shown) is less than the minimum \(text(of: plan.numbers[index]))")
    case .maximum(let index, let isExclusive):
      result.add(
        isExclusive ? "exclusiveMaximum" : "maximum", node,
        isExclusive
          ? "\(shown) is not less than \(text(of: plan.numbers[index]))"
          : "\(shown) is greater than the maximum \(text(of: plan.numbers[index]))")
    case .multipleOf(let index):
      result.add(
        "multipleOf", node, "\(shown) is no multiple of \(text(of: plan.numbers[index]))")

    case .minLength(let count):
      result.add(
        "minLength", node,
        "\(ValueText.count(document.scalarCount(of: node), "character")), fewer than the minimum of \(ValueText.grouped(count))"
      )
    case .maxLength(let count):
      result.add(
        "maxLength", node,
        "\(ValueText.count(document.scalarCount(of: node), "character")), more than the maximum of \(ValueText.grouped(count))"
      )
    case .minBytes(let count):
      result.add(
        "minBytes", node,
        "\(ValueText.count(document.utf8Count(of: node), "UTF-8 byte")), fewer than the minimum of \(ValueText.grouped(count))"
      )
    case .maxBytes(let count):
      result.add(
        "maxBytes", node,
        "\(ValueText.count(document.utf8Count(of: node), "UTF-8 byte")), more than the maximum of \(ValueText.grouped(count))"
      )
    case .pattern(let index):
      result.add(
        "pattern", node, "\(shown) does not match the pattern \(plan.patterns[index].source)")
    case .characters(let index): explainCharacters(index, node, in: document, into: &result)
    case .format(let format): explainFormat(format, node, in: document, into: &result)
    case .content(let index): explainContent(index, node, in: document, into: &result)

    case .minItems(let count):
      result.add(
        "minItems", node,
        "\(ValueText.count(document.childCount(of: node), "element")), fewer than the minimum of \(ValueText.grouped(count))"
      )
    case .maxItems(let count):
      result.add(
        "maxItems", node,
        "\(ValueText.count(document.childCount(of: node), "element")), more than the maximum of \(ValueText.grouped(count))"
      )
    case .uniqueItems:
      guard let (element, earlier) = document.firstRepetition(in: node) else { return }
      result.add(
        "uniqueItems", element,
        "\(result.values.words(for: element, in: document)) stands in the list already",
        related: [.init(earlier, "the same element stands here")])
    case .contains(let index): explainContains(index, node, in: document, into: &result)
    case .items(let index):
      for (position, element) in document.elements(of: node).enumerated() {
        let items = plan.itemsTable[index]
        if position < items.prefix.count {
          explain(items.prefix[position], element, in: document, into: &result)
        } else if let rest = items.rest {
          if plan.schemas[rest.index].isNever(in: plan) {
            result.add(
              items.restKeyword, element,
              "the list has \(ValueText.count(items.prefix.count, "element")) at most")
          } else {
            explain(rest, element, in: document, into: &result)
          }
        }
      }
    case .containsAll(let index):
      let missing = plan.valueLists[index].filter { !contains($0, node, in: document) }
      result.add(
        "containsAll", node,
        "the list lacks \(missing.map { text(of: $0) }.joined(separator: " and "))")

    case .minProperties(let count):
      result.add(
        "minProperties", node,
        "\(ValueText.count(document.memberCount(of: node), "member")), fewer than the minimum of \(ValueText.grouped(count))"
      )
    case .maxProperties(let count):
      result.add(
        "maxProperties", node,
        "\(ValueText.count(document.memberCount(of: node), "member")), more than the maximum of \(ValueText.grouped(count))"
      )
    case .required(let index):
      for name in plan.nameLists[index] where document.name(of: name.symbol, in: node) == nil {
        result.add("required", node, missing: name.text, "the member \"\(name.text)\" is missing")
      }
    case .members(let index): explainMembers(index, node, in: document, into: &result)
    case .propertyNames(let names):
      for member in document.members(of: node) where !holds(names, member.name, in: document) {
        explain(names, member.name, in: document, into: &result)
      }
    case .dependentRequired(let index):
      for entry in plan.dependentNames[index] {
        guard let trigger = document.name(of: entry.name.symbol, in: node) else { continue }
        for name in entry.required where document.name(of: name.symbol, in: node) == nil {
          result.add(
            "dependentRequired", node, missing: name.text,
            "the member \"\(name.text)\" is missing, which \"\(entry.name.text)\" needs",
            related: [.init(trigger, "this member needs it")])
        }
      }
    case .dependentSchemas(let index):
      for entry in plan.dependentSchemas[index] {
        guard let trigger = document.name(of: entry.name.symbol, in: node) else { continue }
        result.conditions.append(.init(trigger, "this member asks for it"))
        explain(entry.schema, node, in: document, into: &result)
        result.conditions.removeLast()
      }
    case .presence(let index): explainPresence(index, node, in: document, into: &result)

    case .minTotalBytes(let count):
      result.add(
        "minTotalBytes", node,
        "\(ValueText.count(document.totalUTF8Count(of: node), "UTF-8 byte")) in names and strings, fewer than the minimum of \(ValueText.grouped(count))"
      )
    case .maxTotalBytes(let count):
      result.add(
        "maxTotalBytes", node,
        "\(ValueText.count(document.totalUTF8Count(of: node), "UTF-8 byte")) in names and strings, more than the maximum of \(ValueText.grouped(count))"
      )

    case .allOf(let index):
      for branch in plan.schemaLists[index] { explain(branch, node, in: document, into: &result) }
    case .anyOf(let index):
      explainNearest("anyOf", index, node, in: document, into: &result)
    case .oneOf(let index): explainOneOf(index, node, in: document, into: &result)
    case .not(let schema):
      let what = plan.schemas[schema.index].title.map { " (\($0))" } ?? ""
      result.add("not", node, "\(shown) is just what is not allowed here\(what)")
    case .conditional(let index):
      let conditional = plan.conditionals[index]
      let isMet = holds(conditional.condition, node, in: document)
      guard let branch = isMet ? conditional.consequence : conditional.alternative else { return }
      let reasons = isMet ? supports(of: conditional.condition, node, in: document) : []
      let count = result.conditions.count
      result.conditions += reasons.map { .init($0, "because of this value") }
      explain(branch, node, in: document, into: &result)
      result.conditions.removeLast(result.conditions.count - count)
    case .reference(let schema): explain(schema, node, in: document, into: &result)
    case .dynamicReference(let index):
      explain(target(of: plan.dynamicReferences[index]), node, in: document, into: &result)
    case .unevaluatedItems(let rest):
      for element in unevaluatedItems(node, of: schema, in: document) {
        if plan.schemas[rest.index].isNever(in: plan) {
          result.add("unevaluatedItems", element, "no schema allows for this element")
        } else {
          explain(rest, element, in: document, into: &result)
        }
      }
    case .unevaluatedProperties(let rest):
      for name in unevaluatedNames(node, of: schema, in: document) {
        if plan.schemas[rest.index].isNever(in: plan) {
          result.add(
            "unevaluatedProperties", name,
            "no schema allows for the member \(result.values.words(for: name, in: document))")
        } else {
          explain(rest, NodeID(name.index + 1), in: document, into: &result)
        }
      }
    }
  }

  // MARK: - The values of the pack

  /// A value of the pack in words.
  func text(of constant: Constant) -> String {
    let document = plan.constantDocuments[constant.document]
    return ValueText(sensitive: [], in: document).words(for: constant.node, in: document)
  }

  func text(of number: ExactNumber) -> String {
    switch number {
    case .integer(let value): String(value)
    case .decimal: "\(number.double)"
    }
  }

  private func enumerationMessage(
    _ index: Int, _ node: NodeID, in document: Document, values: ValueText
  ) -> String {
    let allowed = plan.enumerations[index].values
    let shown = values.words(for: node, in: document)
    let list = allowed.prefix(8).map { text(of: $0) }.joined(separator: ", ")
    let rest = allowed.count > 8 ? " and \(allowed.count - 8) more" : ""
    var message =
      allowed.count == 1 ? "\(shown) is not \(list)" : "\(shown) is not one of \(list)\(rest)"
    if document.kind(of: node).isText, !values.isSensitive(node), allowed.count > 1,
      let nearest = NearestName.nearest(
        to: document.text(of: node),
        among: allowed.compactMap { $0.string.map { String(decoding: $0, as: UTF8.self) } })
    {
      message += "; did you mean \"\(nearest)\"?"
    }
    return message
  }

  /// The nodes below a value whose scalars made a schema hold: what a condition was met by.
  mutating func supports(
    of schema: SchemaID, _ node: NodeID, in document: Document, isOutermost: Bool = true
  ) -> [NodeID] {
    guard enter() else { return [] }
    defer { depth &-= 1 }
    var nodes: [NodeID] = []
    for index in plan.schemas[schema.index].instructions {
      switch plan.instructions[index] {
      case .members(let table):
        for member in document.members(of: node) {
          guard let child = plan.memberTables[table].schema(for: document.symbol(of: member.name))
          else { continue }
          nodes += supports(of: child, member.value, in: document, isOutermost: false)
        }
      case .reference(let target):
        nodes += supports(of: target, node, in: document, isOutermost: isOutermost)
      case .allOf(let list):
        for branch in plan.schemaLists[list] {
          nodes += supports(of: branch, node, in: document, isOutermost: isOutermost)
        }
      case .anyOf(let list), .oneOf(let list):
        for branch in plan.schemaLists[list] where holds(branch, node, in: document) {
          nodes += supports(of: branch, node, in: document, isOutermost: isOutermost)
        }
      case .required, .not, .never: break
      default: if !isOutermost, !nodes.contains(node) { nodes.append(node) }
      }
    }
    return nodes
  }
}

extension Instruction {
  /// Whether the instruction compares a value with values of the pack.
  fileprivate var isListOfValues: Bool {
    switch self {
    case .constant, .enumeration: true
    default: false
    }
  }
}

extension CompiledSchema {
  /// Whether the schema is `false`.
  func isNever(in plan: Plan) -> Bool {
    guard instructions.count == 1, case .never = plan.instructions[instructions.lowerBound] else {
      return false
    }
    return true
  }
}
