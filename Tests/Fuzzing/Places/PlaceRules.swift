/// Rules about the requests of a model that are made by choice.
///
/// Most ask for what the table of places has steps for; some for anything that a schema or an expression
/// can say.
struct PlaceRules {
  let model: PlaceModel

  /// A pack as JSON; its model is in `model.json`.
  func pack(_ choices: inout Choices) -> Value {
    var request: [(String, Value)] = [
      ("operation", .text("Operation")), ("schema", .text("model.json")),
    ]
    if choices.once(in: 2) { request.append(("detect", detection(&choices))) }
    var rules: [(String, Value)] = []
    for index in 0..<choices.pick([0, 0, 1, 1, 2, 3, 6]) {
      rules.append(("r\(index)", rule(&choices)))
    }
    // What logs have most: nothing is wrong but that one member is missing, line after line.
    if choices.once(in: 3),
      case .structure(let members, let required, _) = model.resolved(model.root),
      let member = members.first(where: { !required.contains($0.name) })
    {
      rules.append(
        ("lone", .object([("then", .object([("required", .array([.text(member.name)]))]))])))
    }
    var pack: [(String, Value)] = [
      ("requisite", .number("1")), ("name", .text("p")), ("request", .object(request)),
    ]
    if !rules.isEmpty { pack.append(("rules", .object(rules))) }
    return .object(pack)
  }

  /// What requests are known by: mostly something that they have.
  private func detection(_ choices: inout Choices) -> Value {
    guard case .structure(_, let required, _) = model.root, choices.below(5) < 4 else {
      return schema(about: model.root, &choices, depth: 3)
    }
    return .object([("required", .array(required.prefix(2).map { .text($0) }))])
  }

  private func rule(_ choices: inout Choices) -> Value {
    let target = target(&choices)
    var members: [(String, Value)] = []
    if target.path != "$" || choices.once(in: 4) { members.append(("given", .text(target.path))) }
    if choices.once(in: 3) { members.append(("when", condition(target.shape, &choices))) }
    members.append(("then", condition(target.shape, &choices)))
    return .object(members)
  }

  /// What is asked of a value, as a schema or an expression.
  private func condition(_ shape: PlaceModel.Shape, _ choices: inout Choices) -> Value {
    switch choices.below(12) {
    case 0...5: return schema(about: shape, &choices, depth: 0)
    case 6: return ReferenceSchema.make(&choices)
    default: return .text(expression(shape, &choices, depth: 0))
    }
  }

  // MARK: - Paths

  /// A path, and what is there by the model.
  private func target(_ choices: inout Choices) -> (path: String, shape: PlaceModel.Shape) {
    var path = "$"
    var shape = model.resolved(model.root)
    for _ in 0..<choices.below(5) {
      switch shape {
      case .leaf: return (path, shape)
      case .structure(let members, _, _):
        if choices.below(12) == 11 { return (path + ".*", members[0].shape) }
        let member = choices.pick(members)
        path += Self.step(member.name)
        shape = model.resolved(member.shape)
      case .map(let value, _):
        if choices.once(in: 2) { return (path + ".*", model.resolved(value)) }
        path += Self.step(choices.pick(["a", "Tags", "x y"]))
        shape = model.resolved(value)
      case .list(let element, _):
        if choices.below(8) == 7 { return (path + "[0]", model.resolved(element)) }
        return (path + "[*]", model.resolved(element))
      case .definition: return (path, shape)
      }
    }
    if choices.below(24) == 23, case .structure(let members, _, _) = model.resolved(model.root) {
      let member = choices.pick(members)
      return ("$." + Self.step(member.name), member.shape)
    }
    return (path, shape)
  }

  private static func step(_ name: String) -> String {
    if isWord(name) { return ".\(name)" }
    return "[\(literal(.text(name)))]"
  }

  private static func isWord(_ name: String) -> Bool {
    name.utf8.allSatisfy { byte in
      byte == UInt8(ascii: "_") || (UInt8(ascii: "0")...UInt8(ascii: "9")).contains(byte)
        || (UInt8(ascii: "A")...UInt8(ascii: "Z")).contains(byte)
        || (UInt8(ascii: "a")...UInt8(ascii: "z")).contains(byte)
    } && !name.isEmpty
  }

  private static func literal(_ value: Value) -> String {
    String(decoding: value.json, as: UTF8.self)
  }

  // MARK: - Schemas

  private typealias Keyword = (String, Value)

  /// A schema about values at a place.
  private func schema(
    about shape: PlaceModel.Shape, _ choices: inout Choices, depth: Int
  ) -> Value {
    if depth < 3, choices.once(in: 3) { return choice(among: shape, &choices, depth: depth) }
    var keywords: [Keyword] = []
    for _ in 0..<(1 + choices.below(2)) {
      switch model.resolved(shape) {
      case .leaf(let own, let good, let bad):
        keywords += leafKeywords(own, good, bad, &choices)
      case .structure(let members, _, _):
        keywords += memberKeywords(members, &choices, depth: depth)
      case .map(let value, _): keywords += mapKeywords(value, &choices, depth: depth)
      case .list(let element, _): keywords += listKeywords(element, &choices, depth: depth)
      case .definition: keywords.append(("type", .text("object")))
      }
    }
    return .object(PlaceModel.firstOfEach(keywords))
  }

  private func choice(
    among shape: PlaceModel.Shape, _ choices: inout Choices, depth: Int
  ) -> Value {
    let first = schema(about: shape, &choices, depth: depth + 1)
    let second = schema(about: shape, &choices, depth: depth + 1)
    switch choices.below(6) {
    case 0: return .object([("not", first)])
    case 1: return .object([("anyOf", .array([first, second]))])
    case 2: return .object([("oneOf", .array([first, second]))])
    case 3: return .object([("allOf", .array([first, second]))])
    case 4: return .object([("if", first), ("then", second)])
    default:
      let third = schema(about: shape, &choices, depth: depth + 1)
      return .object([("if", first), ("then", second), ("else", third)])
    }
  }

  private func leafKeywords(
    _ own: [Keyword], _ good: [Value], _ bad: [Value], _ choices: inout Choices
  ) -> [Keyword] {
    let values = good + good + bad
    switch choices.below(14) {
    case 0 where !own.isEmpty: return [choices.pick(own)]
    case 0, 1: return [("const", choices.pick(values))]
    case 2:
      return [("enum", .array(Self.distinct([choices.pick(values), choices.pick(values)])))]
    case 3:
      return [("enum", .array(Self.distinct(good)))]
    case 4:
      return [("type", .text(choices.pick(["string", "integer", "number", "boolean", "null"])))]
    case 5: return [("type", .array([.text("string"), .text("integer")]))]
    case 6: return [("pattern", .text(choices.pick(PlaceModel.patterns)))]
    case 7: return [("minLength", .number(choices.pick(["0", "1", "2", "16", "17"])))]
    case 8: return [("maxLength", .number(choices.pick(["0", "1", "2", "16", "17"])))]
    case 9: return [("minBytes", .number("2"))]
    case 10: return [("maxBytes", .number("16"))]
    case 11: return [("multipleOf", .number(choices.pick(["1", "5", "0.5"])))]
    case 12: return [("format", .text(choices.pick(["int32", "int64", "uuid", "date"])))]
    default:
      let bound = good.compactMap(\.double).first.map { "\(Int($0))" } ?? "1"
      return [
        (
          choices.pick(["minimum", "maximum", "exclusiveMinimum", "exclusiveMaximum"]),
          .number(bound)
        )
      ]
    }
  }

  private func memberKeywords(
    _ members: [PlaceModel.Member], _ choices: inout Choices, depth: Int
  ) -> [Keyword] {
    func name(_ choices: inout Choices) -> String {
      choices.below(16) == 15 ? choices.pick(PlaceModel.names) : choices.pick(members).name
    }
    func names(_ choices: inout Choices) -> Value {
      .array(Self.distinct([.text(name(&choices)), .text(name(&choices))]))
    }
    switch choices.below(depth > 3 ? 8 : 14) {
    case 0, 1: return [("required", names(&choices))]
    case 2: return [("dependentRequired", .object([(name(&choices), names(&choices))]))]
    case 3:
      return [(choices.pick(["exactlyOneOf", "atLeastOneOf", "atMostOneOf"]), names(&choices))]
    case 4: return [("minProperties", .number(choices.pick(["0", "1", "3", "64"])))]
    case 5: return [("maxProperties", .number(choices.pick(["0", "2", "5", "64"])))]
    case 6: return [("type", .text(choices.pick(["object", "object", "array"])))]
    case 7: return [("maxTotalBytes", .number(choices.pick(["20", "100", "400"])))]
    case 8:
      return [("propertyNames", .object([("pattern", .text(choices.pick(PlaceModel.patterns)))]))]
    case 9:
      let about = schema(
        about: .structure(members: members, required: [], keywords: []), &choices, depth: 4)
      return [("dependentSchemas", .object([(name(&choices), about)]))]
    default:
      let member = choices.pick(members)
      var value = schema(about: member.shape, &choices, depth: depth + 1)
      if choices.below(12) == 11 { value = .boolean(false) }
      return [("properties", .object([(member.name, value)]))]
    }
  }

  private func mapKeywords(
    _ value: PlaceModel.Shape, _ choices: inout Choices, depth: Int
  ) -> [Keyword] {
    switch choices.below(6) {
    case 0: return PlaceModel.mapKeywords(&choices)
    case 1: return [("required", .array([.text("a")]))]
    case 2:
      return [("properties", .object([("Tags", schema(about: value, &choices, depth: depth + 1))]))]
    case 3: return [("propertyNames", nameSchema(&choices, depth: 0))]
    case 4:
      return [
        ("patternProperties", .object([("^a", schema(about: value, &choices, depth: depth + 1))]))
      ]
    default: return [("additionalProperties", schema(about: value, &choices, depth: depth + 1))]
    }
  }

  /// A schema of names.
  private func nameSchema(_ choices: inout Choices, depth: Int) -> Value {
    switch choices.below(depth > 1 ? 5 : 9) {
    case 0: return .object([("pattern", .text(choices.pick(PlaceModel.patterns)))])
    case 1: return .object([("minLength", .number("2")), ("maxLength", .number("16"))])
    case 2: return .object([("const", .text(choices.pick(["a", "Tags", "é"])))])
    case 3: return .object([("enum", .array([.text("a"), .text("Tags"), .text("x y"), .null]))])
    case 4: return .object([("type", .text("string"))])
    case 5: return .object([("not", nameSchema(&choices, depth: depth + 1))])
    case 6:
      return .object([
        ("if", nameSchema(&choices, depth: depth + 1)),
        ("then", nameSchema(&choices, depth: depth + 1)),
      ])
    default:
      return .object([
        (
          choices.pick(["anyOf", "allOf", "oneOf"]),
          .array([nameSchema(&choices, depth: depth + 1), nameSchema(&choices, depth: depth + 1)])
        )
      ])
    }
  }

  private func listKeywords(
    _ element: PlaceModel.Shape, _ choices: inout Choices, depth: Int
  ) -> [Keyword] {
    var values: [Value] = [.text("a"), .null]
    if case .leaf(_, let good, let bad) = model.resolved(element) { values = good + bad.prefix(2) }
    switch choices.below(9) {
    case 0: return [("contains", schema(about: element, &choices, depth: depth + 1))]
    case 1:
      return [("containsAll", .array(Self.distinct([choices.pick(values), choices.pick(values)])))]
    case 2, 8: return [("uniqueItems", .boolean(true))]
    case 3: return [("minItems", .number(choices.pick(["0", "1", "2"])))]
    case 4: return [("maxItems", .number(choices.pick(["0", "1", "2"])))]
    case 5: return [("contains", .object([("const", choices.pick(values))]))]
    case 6:
      return [
        ("contains", schema(about: element, &choices, depth: depth + 1)),
        ("minContains", .number(choices.pick(["0", "2"]))),
        ("maxContains", .number("2")),
      ]
    default: return [("items", schema(about: element, &choices, depth: depth + 1))]
    }
  }

  private static func distinct(_ values: [Value]) -> [Value] {
    var kept: [Value] = []
    for value in values where !kept.contains(where: { Value.areEqual($0, value) }) {
      kept.append(value)
    }
    return kept
  }
}

// MARK: - Expressions

extension PlaceRules {
  /// An expression about a value at a place, or about the request.
  private func expression(
    _ shape: PlaceModel.Shape, _ choices: inout Choices, depth: Int
  ) -> String {
    guard depth < 3, choices.below(5) > 1 else { return term(shape, &choices) }
    let first = expression(shape, &choices, depth: depth + 1)
    let second = expression(shape, &choices, depth: depth + 1)
    switch choices.below(6) {
    case 0: return "!(\(first))"
    case 1, 2: return "(\(first)) && (\(second))"
    case 3, 4: return "(\(first)) || (\(second))"
    default:
      return "(\(first)) ? (\(second)) : (\(expression(shape, &choices, depth: depth + 1)))"
    }
  }

  private func term(_ shape: PlaceModel.Shape, _ choices: inout Choices) -> String {
    let usesRoot = choices.once(in: 2)
    var text = usesRoot ? "root" : "self"
    var shape = model.resolved(usesRoot ? model.root : shape)
    var isMember = false
    for _ in 0..<(1 + choices.below(3)) {
      switch shape {
      case .structure(let members, _, _):
        let member = choices.pick(members)
        guard Self.isWord(member.name) else { continue }
        text += ".\(member.name)"
        shape = model.resolved(member.shape)
        isMember = true
      case .map(let value, _) where choices.once(in: 2):
        text += "." + choices.pick(["a", "Tags"])
        shape = model.resolved(value)
        isMember = true
      default: break
      }
    }
    if isMember, choices.once(in: 3) {
      return choices.once(in: 4) ? "!has(\(text))" : "has(\(text))"
    }
    return comparison(text, shape, isMember, &choices)
  }

  private func comparison(
    _ path: String, _ shape: PlaceModel.Shape, _ isMember: Bool, _ choices: inout Choices
  ) -> String {
    let bound = choices.pick(["0", "1", "2", "16", "60", "-1"])
    let operation = choices.pick(["<", "<=", ">", ">=", "==", "!="])
    let size =
      choices.once(in: 3)
      ? "\(bound) \(operation) size(\(path))" : "size(\(path)) \(operation) \(bound)"
    guard case .leaf(_, let good, let bad) = shape else {
      if case .list(let element, _) = shape, case .leaf(_, let good, _) = model.resolved(element),
        choices.once(in: 2)
      {
        return "\(Self.literal(choices.pick(good))) in \(path)"
      }
      return size
    }
    // Values that are allowed are of the right type, most of the others of a wrong one.
    let value = choices.below(10) == 9 ? choices.pick(bad + good) : choices.pick(good)
    let literal = Self.literal(value)
    switch value {
    case .boolean:
      return choices.once(in: 2) ? path : "\(path) \(choices.pick(["==", "!="])) \(literal)"
    case .number:
      if choices.once(in: 8) { return "int(\(path)) % 2 == 0" }
      return choices.once(in: 3)
        ? "\(literal) \(operation) \(path)" : "\(path) \(operation) \(literal)"
    case .string:
      switch choices.below(8) {
      case 0: return size
      case 1: return "\(path) in [\(literal), \(Self.literal(choices.pick(good)))]"
      case 2: return "\(path).startsWith(\(literal))"
      case 3: return "(\(path) == \(literal) ? \(literal) : \"ON\") == \(path)"
      case 4: return "\(literal) == \(path)"
      default: return "\(path) \(choices.pick(["==", "!="])) \(literal)"
      }
    default: return isMember ? "has(\(path))" : "\(path) == \(literal)"
    }
  }
}
