import Documents
import Formats
import SourceText

/// What the keywords say that apply schemas by themselves: choices, conditions, contents.
extension SchemaChecker {
  @inline(never)
  mutating func explainContent(
    _ index: Int, _ node: NodeID, in request: Request, into result: inout Explanation
  ) {
    let content = program.contents[index]
    guard let document = EmbeddedContent.read(content, node, in: request) else {
      explainUnreadable(content, node, in: request, into: &result)
      return
    }
    guard let schema = content.schema else { return }
    let embedded = Request(document, bindingNamesTo: program.symbols)
    let isSensitive = result.values.isGuarded(node)
    var inner = Explanation(values: result.values.values(in: embedded, of: node))
    explain(schema, .root, in: embedded, into: &inner)
    for failure in inner.failures {
      let place = document.shownRange(of: failure.anchor)
      let pointer = inner.values.shownPointer(to: failure.anchor, in: embedded)
      result.add(
        failure.keyword, node,
        pointer.isEmpty || isSensitive
          ? "in the embedded JSON: \(failure.message)"
          : "at \(pointer) of the embedded JSON: \(failure.message)",
        decodedRange: content.isBase64 || isSensitive ? nil : place)
    }
  }

  @inline(never)
  private func explainUnreadable(
    _ content: Content, _ node: NodeID, in request: Request, into result: inout Explanation
  ) {
    let text = request.utf8(of: node)
    if content.isBase64 {
      if let fault = StringFormat.base64.fault(in: text) {
        result.addFault(fault, "contentEncoding", "string is not base64", node, in: request)
      } else {
        result.add("contentMediaType", node, "decoded string is not JSON")
      }
    } else if let fault = StringFormat.json.fault(in: text) {
      result.addFault(fault, "contentMediaType", "string is not JSON", node, in: request)
    } else {
      result.add("contentMediaType", node, "string is not JSON")
    }
  }

  // MARK: - Elements

  @inline(never)
  mutating func explainContains(
    _ index: Int, _ node: NodeID, in request: Request, into result: inout Explanation
  ) {
    let contains = program.containsTable[index]
    var matches: [NodeID] = []
    for element in request.elements(of: node)
    where holds(contains.schema, element, in: request) {
      matches.append(element)
    }
    let phrase = phrase(for: contains.schema, metBy: node, by: matches, in: request, result.values)
    if matches.count < contains.minimum {
      addTooFew(contains, matches, phrase, node, into: &result)
    } else {
      addTooMany(contains, matches, phrase, node, into: &result)
    }
  }

  @inline(never)
  private func addTooFew(
    _ contains: Contains, _ matches: [NodeID], _ phrase: String?, _ node: NodeID,
    into result: inout Explanation
  ) {
    let what = phrase ?? "matches the schema of \"contains\""
    guard contains.minimum > 1 else {
      result.add("contains", node, "no element \(what)")
      return
    }
    result.add(
      "minContains", node,
      matches.isEmpty
        ? "no element \(what); at least \(contains.minimum) must"
        : "list has \(Self.countedElements(matches.count)) \(what), fewer than the minimum of \(contains.minimum)",
      related: matches.prefix(8).map { .init($0, "counted element") })
  }

  @inline(never)
  private func addTooMany(
    _ contains: Contains, _ matches: [NodeID], _ phrase: String?, _ node: NodeID,
    into result: inout Explanation
  ) {
    let what = phrase ?? "matches the schema of \"contains\""
    result.add(
      "maxContains", node,
      "list has \(Self.countedElements(matches.count)) \(what), more than the maximum of \(contains.maximum ?? 0)",
      related: matches.prefix(8).map { .init($0, "counted element") })
  }

  /// So many elements, as a phrase in the singular follows them.
  private static func countedElements(_ count: Int) -> String {
    "\(ValueText.count(count, "element")) \(count == 1 ? "that" : "of which each")"
  }

  // MARK: - Conditions

  @inline(never)
  mutating func explainNot(
    _ schema: SchemaID, _ node: NodeID, in request: Request, into result: inout Explanation
  ) {
    let shown = result.values.subject(for: node, in: request)
    let title = titleWords(of: schema)
    let reasons = supports(of: schema, node, in: request).filter { $0 != node }
    let related = reasons.map { Failure.Related($0, "matched here") }
    if program.schemas[schema.index].instructions.isEmpty {
      result.add("not", node, "no value is allowed here, found \(shown)")
    } else if let phrase = phrase(
      for: schema, metBy: node, by: [node], in: request, result.values)
    {
      result.add(
        "not", node, "\(shown) \(phrase), which is not allowed here\(title)", related: related)
    } else {
      var message = "\(shown) matches a schema that is not allowed here\(title)"
      if !result.values.holdsSensitive(node, in: request),
        let (keyword, types) = idleKeyword(of: schema, for: node, in: request)
      {
        message += ": \(keyword) applies only to \(types.words)"
      }
      result.add("not", node, message, related: related)
    }
  }

  @inline(never)
  mutating func explainConditional(
    _ index: Int, _ node: NodeID, in request: Request, into result: inout Explanation
  ) {
    let conditional = program.conditionals[index]
    let isMet = holds(conditional.condition, node, in: request)
    guard let branch = isMet ? conditional.consequence : conditional.alternative else { return }
    let start = result.failures.count
    explain(branch, node, in: request, into: &result)
    guard result.failures.count > start else { return }
    result.add(
      isMet
        ? metCondition(conditional.condition, node, in: request, result.values)
        : unmetCondition(conditional.condition, node, in: request, like: result), from: start)
  }

  @inline(never)
  private mutating func metCondition(
    _ condition: SchemaID, _ node: NodeID, in request: Request, _ values: ValueText
  ) -> Explanation.Circumstance {
    let reasons = supports(of: condition, node, in: request)
    return .init(
      node: node,
      related: reasons.map {
        request.kind(of: $0) == .name
          ? .init($0, "because this member is present") : .init($0, "because of this value")
      },
      words: phrase(for: condition, metBy: node, by: [node], in: request, values).map {
        "applies because the value \($0)"
      }
        ?? "applies because the value matches \"if\"")
  }

  @inline(never)
  private mutating func unmetCondition(
    _ condition: SchemaID, _ node: NodeID, in request: Request, like result: Explanation
  ) -> Explanation.Circumstance {
    let failures = failures(of: condition, node, in: request, like: result)
    let reason = failures.first.map { ": \($0.message)" } ?? ""
    return .init(
      node: node,
      related: failures.filter { $0.missing == nil }.prefix(4).map {
        .init($0.anchor, "because a condition does not hold: \($0.message)")
      },
      words: "applies because a condition does not hold\(reason)")
  }

  /// The nodes below a value that made a schema hold: what a condition was met by.
  ///
  /// A value that was looked at stands for its name as well, whose presence may have been asked for.
  @inline(never)
  mutating func supports(
    of schema: SchemaID, _ node: NodeID, in request: Request
  ) -> [NodeID] {
    var nodes: Set<NodeID> = []
    addSupports(of: schema, node, in: request, isOutermost: true, to: &nodes)
    return nodes.filter { request.kind(of: $0) != .name || !nodes.contains(NodeID($0.index + 1)) }
      .sorted()
  }

  private mutating func addSupports(
    of schema: SchemaID, _ node: NodeID, in request: Request, isOutermost: Bool,
    to nodes: inout Set<NodeID>
  ) {
    guard enter() else { return }
    defer { depth -= 1 }
    let entersResource = enterResource(of: schema)
    defer { if entersResource { scope.removeLast() } }
    for index in program.schemas[schema.index].instructions {
      switch program.instructions[index] {
      case .members(let table):
        for member in request.members(of: node) {
          guard let child = program.memberTables[table].schema(for: request.symbol(of: member.name))
          else { continue }
          addSupports(of: child, member.value, in: request, isOutermost: false, to: &nodes)
        }
      case .required(let list):
        for name in program.nameLists[list] {
          if let found = request.name(of: name.symbol, in: node) { nodes.insert(found) }
        }
      case .reference(let target):
        addSupports(of: target, node, in: request, isOutermost: isOutermost, to: &nodes)
      case .dynamicReference(let table):
        addSupports(
          of: dynamicTarget(table), node, in: request, isOutermost: isOutermost, to: &nodes)
      case .allOf(let list), .anyOf(let list), .oneOf(let list):
        for branch in program.schemaLists[list] where holds(branch, node, in: request) {
          addSupports(of: branch, node, in: request, isOutermost: isOutermost, to: &nodes)
        }
      case .not, .never: break
      default: if !isOutermost { nodes.insert(node) }
      }
    }
  }
}
