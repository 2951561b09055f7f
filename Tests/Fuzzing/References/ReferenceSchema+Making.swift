extension ReferenceSchema {
  /// How many definitions a schema has; each refers only to later ones.
  private static let definitionCount = 3

  /// Makes a whole schema by choice.
  static func make(_ choices: inout Choices) -> Value {
    var definitions: [(String, Value)] = []
    for index in 0..<definitionCount {
      definitions.append(("d\(index)", schema(&choices, depth: 2, definition: index)))
    }
    let root = schema(&choices, depth: 0, definition: -1)
    guard case .object(let members) = root else { return root }
    return .object(
      members + [Value.Member(name: Array("$defs".utf8), value: .object(definitions))])
  }

  private static func schema(_ choices: inout Choices, depth: Int, definition: Int) -> Value {
    if depth > 3 || choices.once(in: 12) { return .boolean(!choices.once(in: 2)) }
    var members: [Value.Member] = []
    func add(_ name: String, _ value: Value) {
      if members.contains(where: { $0.name == Array(name.utf8) }) { return }
      members.append(Value.Member(name: Array(name.utf8), value: value))
    }
    func inner(_ choices: inout Choices) -> Value {
      schema(&choices, depth: depth + 1, definition: definition)
    }
    func inners(_ choices: inout Choices) -> Value {
      .array((0..<(1 + choices.below(3))).map { _ in inner(&choices) })
    }
    func names(_ choices: inout Choices, atLeast: Int) -> Value {
      let start = choices.below(4)
      return .array(
        Value.names[start..<(start + atLeast + choices.below(2))].map { .text($0) })
    }
    func map(_ choices: inout Choices, _ names: [String]) -> Value {
      let start = choices.below(names.count - 1)
      return .object(
        names[start..<min(names.count, start + 1 + choices.below(3))].map { ($0, inner(&choices)) })
    }
    let count = Value.number(choices.pick(["0", "1", "2", "3", "1.0"]))
    for _ in 0..<(1 + choices.below(4)) {
      switch choices.below(36) {
      case 0: add("type", .text(choices.pick(types)))
      case 1:
        add("type", .array([.text("string"), .text(choices.pick(["number", "null", "object"]))]))
      case 2: add("const", Value.make(&choices, depth: 3))
      case 3:
        add(
          "enum", .array((0..<(1 + choices.below(4))).map { _ in Value.make(&choices, depth: 3) }))
      case 4: add(choices.pick(bounds), .number(choices.pick(Value.numbers)))
      case 5:
        add("multipleOf", .number(choices.pick(["1", "2", "0.5", "3", "1.0", "0.25", "1e1"])))
      case 6: add(choices.pick(["minLength", "maxLength", "minBytes", "maxBytes"]), count)
      case 7: add("pattern", .text(choices.pick(patterns.map(\.source))))
      case 8: add(choices.pick(["minItems", "maxItems", "minProperties", "maxProperties"]), count)
      case 9: add("uniqueItems", .boolean(choices.once(in: 2)))
      case 10, 11: add("items", inner(&choices))
      case 12: add("prefixItems", inners(&choices))
      case 13:
        add("contains", inner(&choices))
        if choices.once(in: 2) { add(choices.pick(["minContains", "maxContains"]), count) }
      case 14: add("containsAll", .array([Value.make(&choices, depth: 4)]))
      case 15, 16, 17: add("properties", map(&choices, Value.names))
      case 18: add("patternProperties", map(&choices, patterns.map(\.source)))
      case 19, 20: add("additionalProperties", inner(&choices))
      case 21: add("propertyNames", inner(&choices))
      case 22: add("required", names(&choices, atLeast: 1))
      case 23:
        add(
          "dependentRequired", .object([(choices.pick(Value.names), names(&choices, atLeast: 1))]))
      case 24: add("dependentSchemas", map(&choices, Value.names))
      case 25: add("allOf", inners(&choices))
      case 26: add("anyOf", inners(&choices))
      case 27: add("oneOf", inners(&choices))
      case 28: add("not", inner(&choices))
      case 29, 30:
        add("if", inner(&choices))
        if choices.once(in: 2) { add("then", inner(&choices)) }
        if choices.once(in: 2) { add("else", inner(&choices)) }
      case 31: add("unevaluatedItems", inner(&choices))
      case 32, 33: add("unevaluatedProperties", inner(&choices))
      case 34:
        let first = definition + 1
        guard first < definitionCount else { continue }
        add("$ref", .text("#/$defs/d\(first + choices.below(definitionCount - first))"))
      default:
        add(
          choices.pick(["exactlyOneOf", "atLeastOneOf", "atMostOneOf"]), names(&choices, atLeast: 2)
        )
      }
    }
    return .object(members)
  }

  private static let types = ["null", "boolean", "number", "integer", "string", "array", "object"]
  private static let bounds = ["minimum", "maximum", "exclusiveMinimum", "exclusiveMaximum"]
}
