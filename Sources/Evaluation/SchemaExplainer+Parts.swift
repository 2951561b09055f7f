import Documents
import Formats
import Patterns
import SourceText

extension SchemaChecker {
  mutating func explainCharacters(
    _ index: Int, _ node: NodeID, in document: Document, into result: inout Explanation
  ) {
    let text = document.utf8(of: node)
    guard let offset = plan.classes[index].firstOutside(text.span) else { return }
    let source = plan.classes[index].body
    let what = document.kind(of: node) == .name ? "the name" : "the text"
    guard !result.values.isSensitive(node) else {
      result.add("characters", node, "a character of \(what) is not among \(source)")
      return
    }
    var decoder = UTF8()
    var iterator = text.dropFirst(offset).makeIterator()
    var character = "\u{FFFD}"
    if case .scalarValue(let scalar) = decoder.decode(&iterator) { character = String(scalar) }
    let position = text.prefix(offset).count { $0 & 0xC0 != 0x80 } + 1
    result.add(
      "characters", node,
      "character \(position) of \(what) \(result.values.words(for: node, in: document)) is \"\(character)\", which is not among \(source)"
    )
  }

  mutating func explainFormat(
    _ format: StringFormat, _ node: NodeID, in document: Document, into result: inout Explanation
  ) {
    guard let fault = format.fault(in: document.utf8(of: node)) else { return }
    let range = document.sourceRange(ofDecoded: fault.offset, in: node)
    if result.values.isSensitive(node) {
      result.add("format", node, "the string is not \(format.phrase)")
    } else {
      result.add(
        "format", node, "the string is not \(format.phrase): \(fault.message)", range: range)
    }
  }

  mutating func explainContent(
    _ index: Int, _ node: NodeID, in document: Document, into result: inout Explanation
  ) {
    let content = plan.contents[index]
    let text = document.utf8(of: node)
    if content.isBase64, let fault = StringFormat.base64.fault(in: text) {
      let isSensitive = result.values.isSensitive(node)
      result.add(
        "contentEncoding", node,
        isSensitive && fault.quotesText
          ? "the string is not base64" : "the string is not base64: \(fault.message)",
        range: isSensitive ? nil : document.sourceRange(ofDecoded: fault.offset, in: node))
      return
    }
    guard var embedded = EmbeddedContent.read(content, node, in: document) else {
      if content.isBase64 {
        result.add("contentMediaType", node, "what the string encodes is not JSON")
      } else if let fault = StringFormat.json.fault(in: text), !result.values.isSensitive(node) {
        result.add(
          "contentMediaType", node, "the string is not JSON: \(fault.message)",
          range: document.sourceRange(ofDecoded: fault.offset, in: node))
      } else {
        result.add("contentMediaType", node, "the string is not JSON")
      }
      return
    }
    guard let schema = content.schema else { return }
    embedded.document.bindNames(to: plan.symbols)
    let isSensitive = result.values.isSensitive(node)
    var inner = Explanation(
      values: ValueText(sensitive: [], in: embedded.document, showsValues: !isSensitive),
      symbols: plan.symbols)
    explain(schema, .root, in: embedded.document, into: &inner)
    for failure in inner.failures {
      let place = embedded.document.range(of: failure.anchor)
      let pointer = embedded.document.pointer(to: failure.anchor).description
      let start = document.sourceRange(ofDecoded: place.lowerBound, in: node)
      let end = document.sourceRange(ofDecoded: place.upperBound, in: node)
      result.add(
        failure.keyword, node,
        pointer.isEmpty || isSensitive
          ? "in the embedded JSON: \(failure.message)"
          : "at \(pointer) of the embedded JSON: \(failure.message)",
        range: content.isBase64 || isSensitive
          ? nil : TextRange(start.lowerBound, end.lowerBound))
    }
  }

  mutating func explainContains(
    _ index: Int, _ node: NodeID, in document: Document, into result: inout Explanation
  ) {
    let contains = plan.containsTable[index]
    let count = document.elements(of: node).count {
      holds(contains.schema, $0, in: document)
    }
    let wanted = constantText(of: contains.schema)
    if count < contains.minimum {
      let keyword = contains.minimum == 1 ? "contains" : "minContains"
      let found = count == 0 ? "no element" : "only \(ValueText.count(count, "element"))"
      let least = contains.minimum == 1 ? "" : "; at least \(contains.minimum) must"
      result.add(
        keyword, node,
        wanted.map { "\(found) of the list is \($0)\(least)" }
          ?? "\(found) of the list satisfies what one must\(least)")
    } else {
      result.add(
        "maxContains", node,
        "\(ValueText.count(count, "element")) of the list \(wanted.map { "are \($0)" } ?? "satisfy it"), more than the maximum of \(contains.maximum ?? 0)"
      )
    }
  }

  /// The one value that a schema allows, in words, if it is as plain as that.
  private func constantText(of schema: SchemaID) -> String? {
    for index in plan.schemas[schema.index].instructions {
      if case .constant(let constant) = plan.instructions[index] {
        return text(of: plan.constants[constant])
      }
    }
    return nil
  }

  mutating func explainMembers(
    _ index: Int, _ node: NodeID, in document: Document, into result: inout Explanation
  ) {
    for member in document.members(of: node) {
      var isNamed = false
      let table = plan.memberTables[index]
      if let schema = table.schema(for: document.symbol(of: member.name)) {
        isNamed = true
        if !holds(schema, member.value, in: document) {
          explain(schema, member.value, in: document, into: &result)
        }
      }
      for entry in table.patterns where matches(entry.pattern, member.name, in: document) {
        isNamed = true
        if !holds(entry.schema, member.value, in: document) {
          explain(entry.schema, member.value, in: document, into: &result)
        }
      }
      guard !isNamed, let additional = table.additional else { continue }
      if table.forbidsAdditional {
        explainUnknown(member.name, of: node, table: table, in: document, into: &result)
      } else if !holds(additional, member.value, in: document) {
        explain(additional, member.value, in: document, into: &result)
      }
    }
  }

  private func explainUnknown(
    _ name: NodeID, of object: NodeID, table: MemberTable, in document: Document,
    into result: inout Explanation
  ) {
    let shown = result.values.words(for: name, in: document)
    // A member that is there already was hardly meant once more.
    let absent = table.named.filter { document.name(of: $0.name.symbol, in: object) == nil }
    let nearest = NearestName.nearest(
      to: document.text(of: name), among: absent.map(\.name.text))
    result.add(
      "additionalProperties", name,
      nearest.map { "unknown member \(shown); did you mean \"\($0)\"?" }
        ?? "unknown member \(shown)"
    )
  }

  mutating func explainPresence(
    _ index: Int, _ node: NodeID, in document: Document, into result: inout Explanation
  ) {
    let presence = plan.presences[index]
    let names = presence.names.map { "\"\($0.text)\"" }.joined(separator: ", ")
    let present = presentNames(of: presence, node, in: document).sorted()
    guard let last = present.last, present.count > 1 else {
      result.add(
        presence.keyword.rawValue, node,
        presence.keyword == .exactlyOneOf
          ? "exactly one of \(names) must be there; none is"
          : "at least one of \(names) must be there; none is")
      return
    }
    let most = presence.keyword == .exactlyOneOf ? "exactly one" : "at most one"
    result.add(
      presence.keyword.rawValue, NodeID(last.index + 1),
      "\(most) of \(names) may be there; \(present.count == 2 ? "both are" : "\(present.count) are")",
      related: present.dropLast().map {
        .init(NodeID($0.index + 1), "this member is there as well")
      })
  }

  /// Tells the branch that comes nearest to holding: the one whose failures are fewest and deepest.
  mutating func explainNearest(
    _ keyword: String, _ index: Int, _ node: NodeID, in document: Document,
    into result: inout Explanation
  ) {
    let branches = plan.schemaLists[index]
    var best: (branch: SchemaID, explanation: Explanation, score: Int)?
    for branch in branches {
      var inner = Explanation(values: result.values, symbols: plan.symbols)
      explain(branch, node, in: document, into: &inner)
      let failsOnType = inner.failures.contains { $0.keyword == "type" && $0.anchor == node }
      let deepest = inner.failures.map(\.anchor.index).max() ?? node.index
      let score =
        inner.failures.count * 4 + (failsOnType ? 1_000 : 0) - (deepest > node.index ? 2 : 0)
      if best.map({ score < $0.score }) ?? true { best = (branch, inner, score) }
    }
    guard let best, let first = best.explanation.failures.first else {
      result.add(keyword, node, "none of the alternatives holds")
      return
    }
    let isElsewhere = first.anchor != node && first.missing == nil
    let title = plan.schemas[best.branch.index].title.map { " (\($0))" } ?? ""
    result.add(
      keyword, node,
      "none of the \(branches.count) alternatives holds; the nearest one\(title) says: \(first.message)",
      related: isElsewhere ? [.init(first.anchor, first.message)] : [])
  }

  mutating func explainOneOf(
    _ index: Int, _ node: NodeID, in document: Document, into result: inout Explanation
  ) {
    var holding: [Int] = []
    for (position, branch) in plan.schemaLists[index].enumerated()
    where holds(branch, node, in: document) {
      holding.append(position + 1)
    }
    if holding.isEmpty {
      explainNearest("oneOf", index, node, in: document, into: &result)
    } else {
      let list = holding.map(String.init).joined(separator: " and ")
      result.add(
        "oneOf", node, "exactly one of the alternatives may hold; alternatives \(list) do")
    }
  }
}
