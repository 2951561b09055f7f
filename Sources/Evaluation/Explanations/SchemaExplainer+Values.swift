import Documents
import Formats
import RequisitePatterns
import SourceText

/// What the instructions say that look at a value without applying further schemas.
extension SchemaChecker {
  @inline(never)
  mutating func explainValue(
    _ instruction: Instruction, _ node: NodeID, in request: Request,
    into result: inout Explanation
  ) {
    let values = result.values
    func shown() -> String { values.subject(for: node, in: request) }
    switch instruction {
    case .never:
      result.add("false", node, words: "no value is allowed here, found \(shown())")
    case .types(let types):
      result.add(
        "type", node,
        words: "expected \(types.words), found \(values.typedWords(for: node, in: request))")
    case .integerWidth(let bits):
      let number = request.number(of: node)
      guard number.isInteger else {
        result.add("type", node, words: "expected a \(bits)-bit integer, found \(shown())")
        break
      }
      result.add(
        "type", node, alias: number < .integer(0) ? .belowRange : .aboveRange,
        words: "expected a \(bits)-bit integer, found \(shown())\(Self.range(bits: bits))")
    case .constant(let index):
      result.add(
        "const", node, words: "expected \(text(of: program.constants[index])), found \(shown())")
    case .enumeration(let index):
      if result.isWordless {
        // The names that would be compared count all the same.
        _ = mayCompare(program.enumerations[index].values, node, in: request, values)
      }
      result.add(
        "enum", node, words: enumerationMessage(index, node, in: request, values: values))

    case .minimum(let index, let isExclusive):
      let bound = program.numbers[index]
      result.add(
        isExclusive ? "exclusiveMinimum" : "minimum", node,
        words: isExclusive
          ? "\(shown()) is not greater than \(bound.text)"
          : "\(shown()) is less than the minimum \(bound.text)")
    case .maximum(let index, let isExclusive):
      let bound = program.numbers[index]
      result.add(
        isExclusive ? "exclusiveMaximum" : "maximum", node,
        words: isExclusive
          ? "\(shown()) is not less than \(bound.text)"
          : "\(shown()) is greater than the maximum \(bound.text)")
    case .multipleOf(let index):
      result.add(
        "multipleOf", node, words: "\(shown()) is not a multiple of \(program.numbers[index].text)")

    case .minLength(let count):
      explainCount(
        "minLength", node, request.scalarCount(of: node), "character", minimum: count,
        in: request, into: &result)
    case .maxLength(let count):
      explainCount(
        "maxLength", node, request.scalarCount(of: node), "character", maximum: count,
        in: request, into: &result)
    case .minBytes(let count):
      explainCount(
        "minBytes", node, request.utf8Count(of: node), "UTF-8 byte", minimum: count,
        in: request, into: &result)
    case .maxBytes(let count):
      explainCount(
        "maxBytes", node, request.utf8Count(of: node), "UTF-8 byte", maximum: count,
        in: request, into: &result)
    case .pattern(let index):
      result.add(
        "pattern", node,
        words:
          "\(shown()) does not match the pattern \(ValueText.ofPack(program.patterns[index].source))"
      )
    case .characters(let index): explainCharacters(index, node, in: request, into: &result)
    case .format(let format): explainFormat(format, node, in: request, into: &result)

    case .minItems(let count):
      explainCount(
        "minItems", node, request.childCount(of: node), "element", minimum: count,
        in: request, into: &result)
    case .maxItems(let count):
      explainCount(
        "maxItems", node, request.childCount(of: node), "element", maximum: count,
        in: request, into: &result)
    case .uniqueItems:
      let room = max(1, Explanation.limit - result.failures.count)
      for (element, earlier) in request.repetitions(in: node, limit: room) {
        result.add(
          "uniqueItems", element,
          "duplicate element \(values.words(for: element, in: request))",
          related: [.init(earlier, "same element here")])
      }
    case .containsAll(let index):
      let missing = missingValues(index, node, in: request)
      result.add("containsAll", node, "list is missing \(Self.list(missing) { text(of: $0) })")

    case .minProperties(let count):
      explainCount(
        "minProperties", node, request.memberCount(of: node), "member", minimum: count,
        in: request, into: &result)
    case .maxProperties(let count):
      explainCount(
        "maxProperties", node, request.memberCount(of: node), "member", maximum: count,
        in: request, into: &result)
    case .required(let index):
      let present = presentSymbols(in: node, of: request, for: program.nameLists[index].count)
      for name in program.nameLists[index] where !has(name.symbol, node, in: request, present) {
        if result.isFull { return }
        let spelled = result.spelled(name)
        result.add("required", node, missing: spelled, words: "missing member \"\(spelled)\"")
      }
    case .dependentRequired(let index): explainDependent(index, node, in: request, into: &result)
    case .presence(let index): explainPresence(index, node, in: request, into: &result)

    case .minTotalBytes(let count):
      explainCount(
        "minTotalBytes", node, request.totalUTF8Count(of: node), "UTF-8 byte",
        "in names and strings", minimum: count, in: request, into: &result)
    case .maxTotalBytes(let count):
      explainCount(
        "maxTotalBytes", node, request.totalUTF8Count(of: node), "UTF-8 byte",
        "in names and strings", maximum: count, in: request, into: &result)

    case .custom(let index):
      let assertion = program.customAssertions[index]
      result.add(assertion.keyword, node, assertion.message(node, request, shown()))

    // What leads to further schemas is reported elsewhere.
    case .contains, .items, .members, .propertyNames, .dependentSchemas, .content, .allOf, .anyOf,
      .oneOf, .not, .conditional, .reference, .dynamicReference, .unevaluatedItems,
      .unevaluatedProperties:
      break
    }
  }

  /// Reports that there are too few or too many of something.
  @inline(never)
  private func explainCount(
    _ keyword: String, _ node: NodeID, _ count: Int, _ noun: String, _ place: String = "",
    minimum: Int? = nil, maximum: Int? = nil, in request: Request,
    into result: inout Explanation
  ) {
    if result.isWordless { return result.add(keyword, node, "") }
    var message = ValueText.count(count, noun)
    if !place.isEmpty { message += " \(place)" }
    if let minimum { message += ", fewer than the minimum of \(minimum.grouped)" }
    if let maximum { message += ", more than the maximum of \(maximum.grouped)" }
    if request.kind(of: node) == .name {
      message = "\(result.values.subject(for: node, in: request)) has \(message)"
    }
    result.add(keyword, node, message)
  }

  @inline(never)
  private mutating func enumerationMessage(
    _ index: Int, _ node: NodeID, in request: Request, values: ValueText
  ) -> String {
    let allowed = program.enumerations[index].values
    let shown = values.subject(for: node, in: request)
    guard !allowed.isEmpty else { return "no value is allowed here, found \(shown)" }
    let words = words(forEnumeration: index)
    var message =
      allowed.count == 1 ? "\(shown) is not \(words.list)" : "\(shown) is not one of \(words.list)"
    if mayCompare(allowed, node, in: request, values),
      let nearest = words.texts.nearest(to: request.text(of: node))
    {
      message += Suggestion.words(for: nearest)
    }
    return message
  }

  private mutating func words(forEnumeration index: Int) -> EnumerationWords {
    if let known = enumerationWords[index] { return known }
    let allowed = program.enumerations[index].values
    let words = EnumerationWords(
      list: Self.shortList(allowed) { text(of: $0) },
      // Among more, nothing is suggested.
      texts: FoldedNames(
        allowed.count > Self.suggestionLimit
          ? [] : allowed.compactMap { $0.string.map { String(decoding: $0, as: UTF8.self) } }))
    enumerationWords[index] = words
    return words
  }

  /// Whether a text may be compared with the strings that are allowed in its place.
  private mutating func mayCompare(
    _ allowed: [Constant], _ node: NodeID, in request: Request, _ values: ValueText
  ) -> Bool {
    request.kind(of: node).isText && !values.isSensitive(node, in: request) && allowed.count > 1
      && maySuggest(among: allowed.count)
  }

  @inline(never)
  private func explainCharacters(
    _ index: Int, _ node: NodeID, in request: Request, into result: inout Explanation
  ) {
    let text = request.utf8(of: node)
    guard let offset = program.classes[index].firstOutside(text.span) else { return }
    if result.isWordless { return result.add("characters", node, "") }
    let source = ValueText.ofPack(program.classes[index].body)
    let what = request.kind(of: node) == .name ? "the name" : "the text"
    guard !result.values.isSensitive(node, in: request) else {
      result.add("characters", node, "character of \(what) is not among \(source)")
      return
    }
    let character =
      UTF8Decoder.scalar(in: text.span, at: offset).map { String($0.scalar) } ?? "\u{FFFD}"
    let position = text.prefix(offset).count { $0 & 0xC0 != 0x80 } + 1
    result.add(
      "characters", node,
      "character \(position) of \(what) \(result.values.words(for: node, in: request)) is \"\(character)\", which is not among \(source)"
    )
  }

  @inline(never)
  private func explainFormat(
    _ format: StringFormat, _ node: NodeID, in request: Request, into result: inout Explanation
  ) {
    guard let fault = format.fault(in: request.utf8(of: node)) else { return }
    // A document in a string is no part of a sentence.
    let shown =
      format == .json ? "string" : result.values.subject(for: node, in: request)
    result.addFault(fault, "format", "\(shown) is not \(format.phrase)", node, in: request)
  }

  @inline(never)
  private func explainDependent(
    _ index: Int, _ node: NodeID, in request: Request, into result: inout Explanation
  ) {
    for entry in program.dependentNames[index] {
      guard let trigger = request.name(of: entry.name.symbol, in: node) else { continue }
      for name in entry.required where request.name(of: name.symbol, in: node) == nil {
        result.add(
          "dependentRequired", node, missing: result.spelled(name),
          "missing member \"\(result.spelled(name))\", required by \"\(result.spelled(entry.name))\"",
          related: [.init(trigger, "required by this member")])
      }
    }
  }

  @inline(never)
  private func explainPresence(
    _ index: Int, _ node: NodeID, in request: Request, into result: inout Explanation
  ) {
    let presence = program.presences[index]
    let names = presence.names.map { "\"\(result.spelled($0))\"" }
    let list = names.joined(separator: ", ")
    let present = presence.names.compactMap { request.name(of: $0.symbol, in: node) }.sorted()
    guard let last = present.last, present.count > 1 else {
      result.add(
        presence.keyword.rawValue, node,
        presence.keyword == .exactlyOneOf
          ? "expected exactly one of \(list); found none"
          : "expected at least one of \(list); found none")
      return
    }
    let most = presence.keyword == .exactlyOneOf ? "exactly one" : "at most one"
    result.add(
      presence.keyword.rawValue, NodeID(last.index + 1),
      "expected \(most) of \(list); found \(names.count == 2 ? "both" : "\(present.count)")",
      related: present.dropLast().map {
        .init(NodeID($0.index + 1), "also present")
      })
  }

  // MARK: - The values of the pack

  /// A value of the pack in words.
  func text(of constant: Constant) -> String {
    ValueText.ofPack(constant.node, in: program.constantDocuments[constant.document])
  }

  /// The first few of some things, and how many more there are.
  static func shortList<Thing>(_ things: [Thing], _ words: (Thing) -> String) -> String {
    let list = things.prefix(8).map(words).joined(separator: ", ")
    return things.count > 8 ? "\(list) and \(things.count - 8) more" : list
  }

  /// Some things with "and" before the last.
  static func list<Thing>(_ things: [Thing], _ words: (Thing) -> String) -> String {
    guard let last = things.last, things.count > 1 else {
      return things.first.map(words) ?? "nothing"
    }
    if things.count > 8 { return shortList(things, words) }
    return "\(things.dropLast().map(words).joined(separator: ", ")) and \(words(last))"
  }

  /// What integers of so many bits reach from and to.
  private static func range(bits: Int) -> String {
    switch bits {
    case 32: ", which is outside -2,147,483,648 to 2,147,483,647"
    default: ", which is outside -9,223,372,036,854,775,808 to 9,223,372,036,854,775,807"
    }
  }
}

extension Explanation {
  /// Adds what keeps a string out of a format, without quoting a sensitive one.
  mutating func addFault(
    _ fault: FormatFault, _ keyword: String, _ what: String, _ node: NodeID, in request: Request
  ) {
    let isSensitive = values.isSensitive(node, in: request)
    add(
      keyword, node, isSensitive && fault.quotesText ? what : "\(what): \(fault.message)",
      decodedRange: isSensitive ? nil : TextRange(at: fault.offset, count: 1))
  }
}
