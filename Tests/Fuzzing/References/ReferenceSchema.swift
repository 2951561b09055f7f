/// JSON Schema 2020-12 on plain values, keyword by keyword: the reference for `Evaluation`.
struct ReferenceSchema {
  /// The whole schema, for references.
  let root: Value

  /// What a schema makes of a value: its verdict, and what it evaluated.
  struct Result {
    var isValid = true
    var names: Set<[UInt8]> = []
    var places: Set<Int> = []

    mutating func merge(_ other: Result) {
      isValid = isValid && other.isValid
      names.formUnion(other.names)
      places.formUnion(other.places)
    }
  }

  func evaluate(_ schema: Value, _ value: Value) -> Result {
    if case .boolean(let isValid) = schema { return Result(isValid: isValid) }
    guard case .object(let keywords) = schema else { return Result() }
    var result = Result()
    for keyword in keywords {
      let name = String(decoding: keyword.name, as: UTF8.self)
      if name.hasPrefix("unevaluated") { continue }
      result.merge(evaluate(name, keyword.value, of: schema, value))
    }
    // What is unevaluated is known only once everything else is.
    switch value {
    case .array(let elements):
      guard let rest = schema["unevaluatedItems"] else { break }
      for (place, element) in elements.enumerated() where !result.places.contains(place) {
        result.isValid = result.isValid && evaluate(rest, element).isValid
      }
      result.places = Set(elements.indices)
    case .object(let members):
      guard let rest = schema["unevaluatedProperties"] else { break }
      for member in members where !result.names.contains(member.name) {
        result.isValid = result.isValid && evaluate(rest, member.value).isValid
      }
      result.names = Set(members.map(\.name))
    default: break
    }
    return result
  }

  private func evaluate(
    _ keyword: String, _ wanted: Value, of schema: Value, _ value: Value
  ) -> Result {
    switch value {
    case .number: if let result = number(keyword, wanted, value) { return result }
    case .string(let text): if let result = string(keyword, wanted, text) { return result }
    case .array(let elements):
      if let result = array(keyword, wanted, of: schema, elements) { return result }
    case .object(let members):
      if let result = object(keyword, wanted, of: schema, members, value) { return result }
    default: break
    }
    return any(keyword, wanted, of: schema, value)
  }

  private static func list(_ value: Value) -> [Value] {
    if case .array(let elements) = value { elements } else { [] }
  }

  private static func members(_ value: Value) -> [Value.Member] {
    if case .object(let members) = value { members } else { [] }
  }

  private static func text(_ value: Value) -> [UInt8] {
    if case .string(let text) = value { text } else { [] }
  }

  private static func count(_ value: Value) -> Int { Int(value.double ?? 0) }

  // MARK: - Any value

  private func any(
    _ keyword: String, _ wanted: Value, of schema: Value, _ value: Value
  ) -> Result {
    func valid(_ isValid: Bool) -> Result { Result(isValid: isValid) }
    switch keyword {
    case "type":
      let types: [Value] = if case .array(let types) = wanted { types } else { [wanted] }
      return valid(
        types.contains { Self.isOf(String(decoding: Self.text($0), as: UTF8.self), value) })
    case "const": return valid(Value.areEqual(wanted, value))
    case "enum": return valid(Self.list(wanted).contains { Value.areEqual($0, value) })
    case "allOf":
      return Self.list(wanted).reduce(into: Result()) { $0.merge(evaluate($1, value)) }
    case "anyOf":
      let results = Self.list(wanted).map { evaluate($0, value) }.filter(\.isValid)
      guard !results.isEmpty else { return valid(false) }
      return results.reduce(into: Result()) { $0.merge($1) }
    case "oneOf":
      let results = Self.list(wanted).map { evaluate($0, value) }.filter(\.isValid)
      return results.count == 1 ? results[0] : valid(false)
    case "not": return valid(!evaluate(wanted, value).isValid)
    case "if":
      let condition = evaluate(wanted, value)
      guard let branch = schema[condition.isValid ? "then" : "else"] else {
        return condition.isValid ? condition : Result()
      }
      var result = condition.isValid ? condition : Result()
      result.merge(evaluate(branch, value))
      return result
    case "$ref":
      let name = String(decoding: Self.text(wanted).dropFirst("#/$defs/".utf8.count), as: UTF8.self)
      guard let definition = root["$defs"]?[name] else { return valid(false) }
      return evaluate(definition, value)
    default: return Result()
    }
  }

  private static func isOf(_ type: String, _ value: Value) -> Bool {
    switch value {
    case .null: type == "null"
    case .boolean: type == "boolean"
    case .number:
      type == "number"
        || type == "integer" && value.double.map { $0 == $0.rounded() } ?? false
    case .string: type == "string"
    case .array: type == "array"
    case .object: type == "object"
    }
  }

  // MARK: - Numbers and strings

  private func number(_ keyword: String, _ wanted: Value, _ value: Value) -> Result? {
    guard let number = value.double, let bound = wanted.double else { return nil }
    switch keyword {
    case "minimum": return Result(isValid: number >= bound)
    case "maximum": return Result(isValid: number <= bound)
    case "exclusiveMinimum": return Result(isValid: number > bound)
    case "exclusiveMaximum": return Result(isValid: number < bound)
    case "multipleOf":
      let quotient = number / bound
      return Result(isValid: quotient == quotient.rounded())
    default: return nil
    }
  }

  private func string(_ keyword: String, _ wanted: Value, _ text: [UInt8]) -> Result? {
    let length = text.count { $0 & 0xC0 != 0x80 }
    switch keyword {
    case "minLength": return Result(isValid: length >= Self.count(wanted))
    case "maxLength": return Result(isValid: length <= Self.count(wanted))
    case "minBytes": return Result(isValid: text.count >= Self.count(wanted))
    case "maxBytes": return Result(isValid: text.count <= Self.count(wanted))
    case "pattern": return Result(isValid: Self.matches(wanted, text))
    default: return nil
    }
  }

  /// Patterns that schemas are made with.
  static let patterns: [(source: String, regex: ReferenceRegex)] = [
    ("^a", .sequence([.start, .character("a")])),
    ("b$", .sequence([.character("b"), .end])),
    ("^.{2,3}$", .sequence([.start, .repetition(.any, lower: 2, upper: 3), .end])),
    ("[^a-c]", .set([.range("a", "c")], isNegated: true)),
    ("é", .character("é")),
    (
      "a.*b",
      .sequence([.character("a"), .repetition(.any, lower: 0, upper: nil), .character("b")])
    ),
  ]

  private static func matches(_ pattern: Value, _ text: [UInt8]) -> Bool {
    let source = String(decoding: self.text(pattern), as: UTF8.self)
    return patterns.first { $0.source == source }?.regex.hasMatch(in: text, isWhole: false) ?? true
  }

  // MARK: - Arrays

  private func array(
    _ keyword: String, _ wanted: Value, of schema: Value, _ elements: [Value]
  ) -> Result? {
    var result = Result()
    switch keyword {
    case "minItems": result.isValid = elements.count >= Self.count(wanted)
    case "maxItems": result.isValid = elements.count <= Self.count(wanted)
    case "uniqueItems":
      guard wanted == .boolean(true) else { return result }
      for (place, element) in elements.enumerated()
      where elements[..<place].contains(where: { Value.areEqual($0, element) }) {
        result.isValid = false
      }
    case "prefixItems":
      for (place, (schema, element)) in zip(Self.list(wanted), elements).enumerated() {
        result.isValid = result.isValid && evaluate(schema, element).isValid
        result.places.insert(place)
      }
    case "items":
      let start = schema["prefixItems"].map { Self.list($0).count } ?? 0
      for place in elements.indices.dropFirst(start) {
        result.isValid = result.isValid && evaluate(wanted, elements[place]).isValid
        result.places.insert(place)
      }
    case "contains":
      for (place, element) in elements.enumerated() where evaluate(wanted, element).isValid {
        result.places.insert(place)
      }
      let lower = schema["minContains"].map(Self.count) ?? 1
      let upper = schema["maxContains"].map(Self.count) ?? .max
      result.isValid = result.places.count >= lower && result.places.count <= upper
    case "containsAll":
      result.isValid = Self.list(wanted).allSatisfy { wanted in
        elements.contains { Value.areEqual($0, wanted) }
      }
    default: return nil
    }
    return result
  }

  // MARK: - Objects

  private func object(
    _ keyword: String, _ wanted: Value, of schema: Value, _ members: [Value.Member],
    _ value: Value
  ) -> Result? {
    var result = Result()
    let names = members.map(\.name)
    func has(_ name: Value) -> Bool { names.contains(Self.text(name)) }
    func hold(_ members: [Value.Member], _ schema: Value) {
      for member in members {
        result.isValid = result.isValid && evaluate(schema, member.value).isValid
        result.names.insert(member.name)
      }
    }
    switch keyword {
    case "minProperties": result.isValid = members.count >= Self.count(wanted)
    case "maxProperties": result.isValid = members.count <= Self.count(wanted)
    case "required": result.isValid = Self.list(wanted).allSatisfy(has)
    case "properties":
      for entry in Self.members(wanted) {
        hold(members.filter { $0.name == entry.name }, entry.value)
      }
    case "patternProperties":
      for entry in Self.members(wanted) {
        hold(members.filter { Self.matches(.string(entry.name), $0.name) }, entry.value)
      }
    case "additionalProperties":
      let named = schema["properties"].map { Self.members($0).map(\.name) } ?? []
      let patterns = schema["patternProperties"].map { Self.members($0).map(\.name) } ?? []
      hold(
        members.filter { member in
          !named.contains(member.name)
            && !patterns.contains { Self.matches(.string($0), member.name) }
        }, wanted)
    case "propertyNames":
      result.isValid = names.allSatisfy { evaluate(wanted, .string($0)).isValid }
    case "dependentRequired":
      result.isValid = Self.members(wanted).allSatisfy { entry in
        !names.contains(entry.name) || Self.list(entry.value).allSatisfy(has)
      }
    case "dependentSchemas":
      for entry in Self.members(wanted) where names.contains(entry.name) {
        result.merge(evaluate(entry.value, value))
      }
    case "exactlyOneOf": result.isValid = Self.list(wanted).count(where: has) == 1
    case "atLeastOneOf": result.isValid = Self.list(wanted).contains(where: has)
    case "atMostOneOf": result.isValid = Self.list(wanted).count(where: has) <= 1
    default: return nil
    }
    return result
  }
}
