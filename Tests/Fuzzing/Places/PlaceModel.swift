/// A model of requests that is made by choice: what its schema says, and how values of it look.
struct PlaceModel {
  /// What there is at one place.
  indirect enum Shape {
    /// A value without members or elements, and values that its keywords allow and forbid.
    case leaf(keywords: [(String, Value)], good: [Value], bad: [Value])
    case structure(members: [Member], required: [String], keywords: [(String, Value)])
    case map(of: Shape, keywords: [(String, Value)])
    case list(of: Shape, keywords: [(String, Value)])
    /// Whatever a definition has it.
    case definition(Int)
  }

  struct Member {
    var name: String
    var shape: Shape
  }

  private(set) var root = Shape.leaf(keywords: [], good: [.null], bad: [])
  private(set) var definitions: [Shape] = []
  private var definitionCount = 0

  /// Makes a model by choice.
  init(_ choices: inout Choices) {
    definitionCount = choices.below(4)
    for _ in 0..<definitionCount {
      definitions.append(Self.composite(&choices, depth: 2, definitionCount))
    }
    root = Self.structure(&choices, depth: 0, definitionCount)
  }

  /// The shape behind references; a chain of these ends somewhere, or anything is allowed.
  func resolved(_ shape: Shape) -> Shape {
    var shape = shape
    for _ in 0..<8 {
      guard case .definition(let number) = shape else { return shape }
      shape = definitions[number]
    }
    return .leaf(keywords: [], good: [.null], bad: [])
  }

  /// Whether there are values without members or elements at a place.
  func isLeaf(_ shape: Shape) -> Bool {
    if case .leaf = resolved(shape) { true } else { false }
  }

  // MARK: - Making

  private static func shape(
    _ choices: inout Choices, depth: Int, _ definitionCount: Int
  ) -> Shape {
    if depth > 3 { return leaf(&choices) }
    switch choices.below(12) {
    case 0...5: return leaf(&choices)
    case 6 where definitionCount > 0: return .definition(choices.below(definitionCount))
    default: return composite(&choices, depth: depth, definitionCount)
    }
  }

  private static func composite(
    _ choices: inout Choices, depth: Int, _ definitionCount: Int
  ) -> Shape {
    switch choices.below(4) {
    case 0:
      return .list(
        of: shape(&choices, depth: depth + 1, definitionCount), keywords: listKeywords(&choices))
    case 1:
      return .map(
        of: shape(&choices, depth: depth + 1, definitionCount), keywords: mapKeywords(&choices))
    default: return structure(&choices, depth: depth, definitionCount)
    }
  }

  private static func structure(
    _ choices: inout Choices, depth: Int, _ definitionCount: Int
  ) -> Shape {
    var members: [Member] = []
    let isLarge = choices.below(24) == 23
    let count = isLarge ? choices.pick([59, 60, 61, 62, 64, 65, 100]) : 1 + choices.below(7)
    let names = choices.below(12) == 11 ? oddNames : names
    let start = choices.below(names.count)
    for index in 0..<count {
      // With a stride that is prime to the number of names, none comes twice.
      let name = isLarge ? "Member\(index)" : names[(start + 7 * index) % names.count]
      let isLeaf = isLarge && index > 2
      members.append(
        Member(
          name: name,
          shape: isLeaf ? leaf(&choices) : shape(&choices, depth: depth + 1, definitionCount)))
    }
    var required: [String] = []
    for member in members where choices.once(in: isLarge ? 12 : 3) { required.append(member.name) }
    var keywords: [(String, Value)] = []
    if choices.below(4) > 0 { keywords.append(("additionalProperties", .boolean(false))) }
    if choices.once(in: 12) {
      keywords.append(("maxProperties", .number("\(1 + choices.below(count + 1))")))
    }
    return .structure(members: members, required: required, keywords: keywords)
  }

  private static func listKeywords(_ choices: inout Choices) -> [(String, Value)] {
    var keywords: [(String, Value)] = []
    if choices.once(in: 4) { keywords.append(("minItems", .number("\(choices.below(3))"))) }
    if choices.once(in: 4) { keywords.append(("maxItems", .number("\(1 + choices.below(4))"))) }
    if choices.once(in: 6) { keywords.append(("uniqueItems", .boolean(true))) }
    return keywords
  }

  static func mapKeywords(_ choices: inout Choices) -> [(String, Value)] {
    var keywords: [(String, Value)] = []
    if choices.once(in: 3) {
      keywords.append(
        (
          "propertyNames",
          .object([(choices.pick(nameKeywords), .number(choices.pick(nameBounds)))])
        ))
    }
    if choices.once(in: 3) {
      keywords.append(("propertyNames", .object([("pattern", .text(choices.pick(patterns)))])))
    }
    if choices.once(in: 6) { keywords.append(("minProperties", .number("1"))) }
    if choices.once(in: 6) { keywords.append(("maxProperties", .number("3"))) }
    if choices.once(in: 6) {
      keywords.append(("maxTotalBytes", .number(choices.pick(["8", "40", "200"]))))
    }
    return PlaceModel.firstOfEach(keywords)
  }

  private static let nameKeywords = ["minLength", "maxLength"]
  private static let nameBounds = ["1", "4", "16"]

  /// A leaf of one of the forms that a table knows, or of none.
  private static func leaf(_ choices: inout Choices) -> Shape {
    switch choices.below(10) {
    case 0, 1: return texts(&choices)
    case 2: return enumeration(&choices)
    case 3:
      let pattern = choices.pick(patternTable)
      return .leaf(
        keywords: [("type", .text("string")), ("pattern", .text(pattern.source))],
        good: pattern.good.map { .text($0) },
        bad: ["?", "é", "", "ON", "a?"].map { .text($0) } + [.number("1")])
    case 4, 5: return integers(&choices)
    case 6:
      return .leaf(
        keywords: [("type", .text("boolean"))], good: [.boolean(true), .boolean(false)],
        bad: [.null, .text("true"), .number("0")])
    case 7:
      return .leaf(
        keywords: [("type", .text("number")), ("maximum", .number("10"))],
        good: (choices.below(6) == 5
          ? ["1", "0.5", "-1e2", "1e1", "-0", "10.0"] : ["1", "-0", "10"])
          .map { .number($0) },
        bad: ["10.5", "11", "1e30", "123456789012345678901"].map { .number($0) })
    case 8:
      return .leaf(
        keywords: [("type", .array([.text("string"), .text("null")]))],
        good: [.text("a"), .text(""), choices.below(6) == 5 ? .null : .text("b")],
        bad: [.number("1"), .boolean(false)])
    default:
      return .leaf(
        keywords: [], good: [.text("a"), .number("1"), .boolean(true), .array([])], bad: [])
    }
  }

  private static func texts(_ choices: inout Choices) -> Shape {
    let lower = choices.pick([0, 0, 1, 2, 15, 16])
    let upper = lower + choices.pick([0, 1, 3, 16, 17, 1000])
    func text(_ count: Int, _ character: String) -> Value {
      .text(String(repeating: character, count: max(count, 0)))
    }
    var keywords: [(String, Value)] = [("type", .text("string"))]
    if lower > 0 { keywords.append(("minLength", .number("\(lower)"))) }
    if upper < 1000 { keywords.append(("maxLength", .number("\(upper)"))) }
    let middle = min(lower + 1, upper)
    return .leaf(
      keywords: keywords,
      good: [text(lower, "x"), text(middle, "é"), text(lower, "👋"), text(middle, "a")],
      bad: [text(lower - 1, "👋"), text(upper + 1, "é"), text(upper + 1, "x"), .number("3"), .null])
  }

  private static func enumeration(_ choices: inout Choices) -> Shape {
    let count = choices.below(24) == 23 ? choices.pick([59, 60, 61, 100]) : 1 + choices.below(4)
    let strings = choices.below(12) == 11 ? strings : plainStrings
    let start = choices.below(strings.count)
    let values: [Value] = (0..<count).map { index in
      .text(count > 4 ? "constant \(index)" : strings[(start + index) % strings.count])
    }
    return .leaf(
      keywords: count == 1 ? [("const", values[0])] : [("enum", .array(values))], good: values,
      bad: [.text("constant"), .text("constant 600"), .null, .number("0"), .array([])])
  }

  private static func integers(_ choices: inout Choices) -> Shape {
    let lower = choices.pick([0, -1, 1, 60, -(1 << 62), Int(Int32.min), .min + 1])
    let upper = choices.once(in: 8) ? .max - 1 : lower + choices.pick([0, 1, 100, Int(Int32.max)])
    var keywords: [(String, Value)] = [("type", .text("integer"))]
    if choices.below(3) > 0 { keywords.append(("minimum", .number("\(lower)"))) }
    if choices.below(3) > 0 { keywords.append(("maximum", .number("\(upper)"))) }
    if choices.once(in: 6) { keywords.append(("exclusiveMinimum", .number("\(lower - 1)"))) }
    if choices.once(in: 6) { keywords.append(("exclusiveMaximum", .number("\(upper).5"))) }
    if choices.once(in: 6) { keywords.append(("format", .text("int32"))) }
    // The extremes of 64 bits, by themselves or beside narrower bounds.
    if choices.once(in: 8) { keywords.append(("maximum", .number("\(Int.max)"))) }
    if choices.once(in: 8) { keywords.append(("minimum", .number("\(Int.min)"))) }
    keywords = firstOfEach(keywords)
    let middle = lower / 2 + upper / 2
    return .leaf(
      keywords: keywords, good: ["\(lower)", "\(upper)", "\(middle)"].map { .number($0) },
      bad: [
        "\(lower - 1)", "\(upper + 1)", "\(middle).0", "\(middle)e0", "1.5", "-0", "0.0", "1e2",
        "999999999999999999", "1000000000000000000", "9223372036854775807", "-9223372036854775808",
        "9223372036854775808", "123456789012345678901234567890", "1e400",
      ].map { .number($0) } + [.text("1"), .null])
  }

  static func firstOfEach(_ keywords: [(String, Value)]) -> [(String, Value)] {
    var seen: Set<String> = []
    return keywords.filter { seen.insert($0.0).inserted }
  }

  // MARK: - Words

  /// Names of several lengths, around those of a register, some of which differ in their ends alone.
  static let names = [
    "a", "Name", "InstanceId", "ContentType", "b", "DisplayNames", "SixteenLetters16", "c",
    "SeventeenLetters7", "FifteenLetters5", "SupportedMessagingContentTypes", "Tags",
    "SupportedMessagingContentTypez", "Value", "Kind", "Eight888", "Seven77", "Nine99999", "d",
  ]
  /// The same, with some that are no words, or are written with escapes.
  private static let oddNames =
    ["é", "snake_case", "x y", "q\"t", "b\\s", "𝄞x", "é\u{301}"] + names
  /// Strings that are written as they are.
  private static let plainStrings = [
    "a", "text/plain", "ON", "OFF", "", "é", "SixteenLetters16", "SeventeenLetters7", "👋 hello",
    "arn:aws:connect:1", "A_1-b", "0123456789", "\u{7F}",
  ]
  private static let strings = plainStrings + ["a\"b", "x\\y", "tab\there", "\u{0}"]
  static let patterns = patternTable.map(\.source)
  /// Patterns, and strings that match them.
  private static let patternTable: [(source: String, good: [String])] = [
    ("^[A-Za-z]+$", ["a", "ON", "SixteenLettersIs"]), ("^arn:", ["arn:", "arn:é", "arn:aws:x"]),
    ("^[a-z0-9_]{1,16}$", ["a", "0", "abcdefghijklmnop"]), ("o", ["o", "foo", "éo"]),
    ("^$", [""]), ("^aws:.*$", ["aws:", "aws:x y", "aws:👋"]), ("[0-9]$", ["0", "a9"]),
    ("^a[^b]*$", ["a", "ac", "aé"]), ("é", ["é", "aé"]), ("^(a|b)+$", ["a", "ab"]),
    ("^text/", ["text/", "text/plain"]), ("^[A-Z_]*$", ["", "A_B", "ON"]),
  ]
}

// MARK: - Schemas

extension PlaceModel {
  /// The schema of the model.
  var schema: Value {
    guard case .object(let members) = schema(of: root) else { return .boolean(true) }
    let definitions = definitions.enumerated().map { ("d\($0.offset)", schema(of: $0.element)) }
    return .object(
      members + [Value.Member(name: Array("$defs".utf8), value: .object(definitions))])
  }

  private func schema(of shape: Shape) -> Value {
    switch shape {
    case .leaf(let keywords, _, _): return .object(keywords)
    case .structure(let members, let required, let keywords):
      var all: [(String, Value)] = [("type", .text("object"))]
      all.append(("properties", .object(members.map { ($0.name, schema(of: $0.shape)) })))
      if !required.isEmpty { all.append(("required", .array(required.map { .text($0) }))) }
      return .object(all + keywords)
    case .map(let value, let keywords):
      return .object(
        [("type", .text("object")), ("additionalProperties", schema(of: value))] + keywords)
    case .list(let element, let keywords):
      return .object([("type", .text("array")), ("items", schema(of: element))] + keywords)
    case .definition(let number): return .object([("$ref", .text("#/$defs/d\(number)"))])
    }
  }
}
