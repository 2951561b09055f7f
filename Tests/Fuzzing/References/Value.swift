/// A JSON value, kept as plainly as possible: what the references compute with.
indirect enum Value: Equatable {
  case null
  case boolean(Bool)
  /// A number by its JSON text.
  case number(String)
  /// A string by its UTF-8 bytes: texts that only look the same are different.
  case string([UInt8])
  case array([Value])
  case object([Member])

  struct Member: Equatable {
    var name: [UInt8]
    var value: Value
  }

  static func text(_ text: String) -> Value { .string(Array(text.utf8)) }

  static func object(_ members: [(String, Value)]) -> Value {
    .object(members.map { Member(name: Array($0.0.utf8), value: $0.1) })
  }

  subscript(name: String) -> Value? {
    guard case .object(let members) = self else { return nil }
    return members.last { $0.name == Array(name.utf8) }?.value
  }

  /// The value of a number; exact for those that the generators make.
  var double: Double? {
    if case .number(let text) = self { Double(text) } else { nil }
  }

  /// Whether two values are equal as JSON Schema and JSONPath mean it.
  static func areEqual(_ left: Value, _ right: Value) -> Bool {
    switch (left, right) {
    case (.number, .number): return left.double == right.double
    case (.array(let left), .array(let right)):
      return left.count == right.count && zip(left, right).allSatisfy { areEqual($0, $1) }
    case (.object(let left), .object(let right)):
      return left.count == right.count
        && left.allSatisfy { member in
          right.contains { $0.name == member.name && areEqual($0.value, member.value) }
        }
    default: return left == right
    }
  }
}

// MARK: - Writing

extension Value {
  /// The JSON text of the value without white space.
  var json: [UInt8] {
    var choices = Choices([])
    return json(&choices)
  }

  /// The JSON text of the value, with white space and escapes by choice.
  func json(_ choices: inout Choices) -> [UInt8] {
    var text: [UInt8] = []
    append(to: &text, &choices)
    return text
  }

  private func append(to text: inout [UInt8], _ choices: inout Choices) {
    Self.appendBlank(to: &text, &choices)
    switch self {
    case .null: text += Array("null".utf8)
    case .boolean(let value): text += Array((value ? "true" : "false").utf8)
    case .number(let number): text += Array(number.utf8)
    case .string(let string): Self.append(quoted: string, to: &text, &choices)
    case .array(let elements):
      text.append(UInt8(ascii: "["))
      for (index, element) in elements.enumerated() {
        if index > 0 { text.append(UInt8(ascii: ",")) }
        element.append(to: &text, &choices)
      }
      if elements.isEmpty { Self.appendBlank(to: &text, &choices) }
      text.append(UInt8(ascii: "]"))
    case .object(let members):
      text.append(UInt8(ascii: "{"))
      for (index, member) in members.enumerated() {
        if index > 0 { text.append(UInt8(ascii: ",")) }
        Self.appendBlank(to: &text, &choices)
        Self.append(quoted: member.name, to: &text, &choices)
        Self.appendBlank(to: &text, &choices)
        text.append(UInt8(ascii: ":"))
        member.value.append(to: &text, &choices)
      }
      if members.isEmpty { Self.appendBlank(to: &text, &choices) }
      text.append(UInt8(ascii: "}"))
    }
    Self.appendBlank(to: &text, &choices)
  }

  private static func appendBlank(to text: inout [UInt8], _ choices: inout Choices) {
    guard choices.once(in: 8) else { return }
    text += Array(choices.pick([" ", "\n", "\r\n", "\t", "  ", "\r"]).utf8)
  }

  private static func append(
    quoted string: [UInt8], to text: inout [UInt8], _ choices: inout Choices
  ) {
    text.append(UInt8(ascii: "\""))
    for scalar in String(decoding: string, as: UTF8.self).unicodeScalars {
      let isEscaped = scalar.value < 0x20 || scalar == "\"" || scalar == "\\"
      guard isEscaped || choices.once(in: 16) else {
        text += Array(String(scalar).utf8)
        continue
      }
      switch scalar {
      case "\"", "\\", "/": text += [UInt8(ascii: "\\"), UInt8(scalar.value)]
      case "\n": text += Array("\\n".utf8)
      default:
        for unit in String(scalar).utf16 {
          let digits = String(unit, radix: 16, uppercase: choices.once(in: 2))
          text += Array(("\\u" + String(repeating: "0", count: 4 - digits.count) + digits).utf8)
        }
      }
    }
    text.append(UInt8(ascii: "\""))
  }
}

// MARK: - Making

extension Value {
  /// Makes a value by choice; the first choice is a leaf.
  static func make(_ choices: inout Choices, depth: Int = 0) -> Value {
    switch choices.below(depth < 5 ? 8 : 4) {
    case 0: return .number(choices.pick(numbers))
    case 1: return .text(choices.pick(texts))
    case 2: return .boolean(choices.once(in: 2))
    case 3: return choices.pick([.null, .array([]), .object([Member]())])
    case 4, 5: return .array((0..<choices.below(5)).map { _ in make(&choices, depth: depth + 1) })
    default:
      var members: [Member] = []
      for _ in 0..<choices.below(6) {
        let name = Array(choices.pick(names).utf8)
        if members.contains(where: { $0.name == name }) { continue }
        members.append(Member(name: name, value: make(&choices, depth: depth + 1)))
      }
      return .object(members)
    }
  }

  /// Numbers that a `Double` holds exactly, in several spellings.
  static let numbers = [
    "0", "1", "2", "-1", "3", "1.0", "0.5", "-1.5", "-1.50", "1e1", "10", "2.5", "-0", "100E-2",
    "12345678901", "7", "0.25",
  ]
  static let texts = [
    "", "a", "ab", "b", "é", "👋", "a\"b", "it's", "a\\b", "\n", "{}[],:", "null", "-1", "abcabc",
    "e\u{301}", "\u{0}", "x y", "1.0",
  ]
  static let names = ["a", "b", "c", "é", "a/b", "m~n", "", "it's", "a\\b", "x y", "0", "e\u{301}"]
}
