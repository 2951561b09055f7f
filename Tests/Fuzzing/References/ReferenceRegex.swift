/// A regular expression as a tree, matched by trying everything: the reference for `Patterns`.
indirect enum ReferenceRegex: Sendable {
  case empty
  case character(Unicode.Scalar)
  case any
  case set([SetItem], isNegated: Bool)
  case sequence([ReferenceRegex])
  case choice([ReferenceRegex])
  case repetition(ReferenceRegex, lower: Int, upper: Int?)
  case start, end, boundary, notBoundary
  case look(ReferenceRegex, isBehind: Bool, isNegated: Bool)

  enum SetItem: Sendable {
    case range(Unicode.Scalar, Unicode.Scalar)
    /// `d`, `w` or `s`, or their negations by a capital.
    case shorthand(Character)
  }
}

// MARK: - Matching

extension ReferenceRegex {
  /// A text in UTF-8 as characters; nil for a malformed byte, which no class holds.
  static func characters(of text: [UInt8]) -> [Unicode.Scalar?] {
    var characters: [Unicode.Scalar?] = []
    var decoder = UTF8()
    var iterator = text.makeIterator()
    while true {
      switch decoder.decode(&iterator) {
      case .scalarValue(let scalar): characters.append(scalar)
      case .error: characters.append(nil)
      case .emptyInput: return characters
      }
    }
  }

  /// Whether any part of a text matches, or all of it.
  func hasMatch(in text: [UInt8], isWhole: Bool) -> Bool {
    let characters = Self.characters(of: text)
    if isWhole { return ends(from: 0, characters).contains(characters.count) }
    return (0...characters.count).contains { !ends(from: $0, characters).isEmpty }
  }

  /// Where the matches that start at a place end.
  private func ends(from start: Int, _ text: [Unicode.Scalar?]) -> Set<Int> {
    func one(_ holds: (Unicode.Scalar) -> Bool) -> Set<Int> {
      guard start < text.count, let scalar = text[start], holds(scalar) else { return [] }
      return [start + 1]
    }
    func here(_ holds: Bool) -> Set<Int> { holds ? [start] : [] }
    switch self {
    case .empty: return [start]
    case .character(let wanted): return one { $0 == wanted }
    case .any: return one { !["\n", "\r", "\u{2028}", "\u{2029}"].contains($0) }
    case .set(let items, let isNegated):
      return one { scalar in items.contains { $0.holds(scalar) } != isNegated }
    case .sequence(let items):
      var places: Set = [start]
      for item in items {
        places = places.reduce(into: []) { $0.formUnion(item.ends(from: $1, text)) }
      }
      return places
    case .choice(let branches):
      return branches.reduce(into: []) { $0.formUnion($1.ends(from: start, text)) }
    case .repetition(let item, let lower, let upper):
      func step(_ places: Set<Int>) -> Set<Int> {
        places.reduce(into: []) { $0.formUnion(item.ends(from: $1, text)) }
      }
      var places: Set = [start]
      for _ in 0..<lower {
        let next = step(places)
        if next == places { break }
        places = next
      }
      var all = places
      for _ in 0..<(upper.map { $0 - lower } ?? text.count + 1) where !places.isEmpty {
        // What fewer repetitions reach already has nothing new behind it.
        places = step(places).subtracting(all)
        all.formUnion(places)
      }
      return all
    case .start: return here(start == 0)
    case .end: return here(start == text.count)
    case .boundary: return here(Self.isBoundary(start, text))
    case .notBoundary: return here(!Self.isBoundary(start, text))
    case .look(let item, let isBehind, let isNegated):
      let holds =
        isBehind
        ? (0...start).contains { item.ends(from: $0, text).contains(start) }
        : !item.ends(from: start, text).isEmpty
      return here(holds != isNegated)
    }
  }

  private static func isBoundary(_ place: Int, _ text: [Unicode.Scalar?]) -> Bool {
    func isWord(_ index: Int) -> Bool {
      guard text.indices.contains(index), let scalar = text[index] else { return false }
      return SetItem.shorthand("w").holds(scalar)
    }
    return isWord(place - 1) != isWord(place)
  }
}

extension ReferenceRegex.SetItem {
  func holds(_ scalar: Unicode.Scalar) -> Bool {
    switch self {
    case .range(let first, let last): return first <= scalar && scalar <= last
    case .shorthand(let letter):
      let isIn: Bool
      switch letter.lowercased() {
      case "d": isIn = ("0"..."9").contains(scalar)
      case "w":
        isIn =
          scalar == "_" || ("0"..."9").contains(scalar) || ("a"..."z").contains(scalar)
          || ("A"..."Z").contains(scalar)
      default:
        isIn =
          [9, 0xA, 0xB, 0xC, 0xD, 0x20, 0xA0, 0xFEFF, 0x2028, 0x2029].contains(scalar.value)
          || scalar.properties.generalCategory == .spaceSeparator
      }
      return isIn != letter.isUppercase
    }
  }
}

// MARK: - Making and writing

extension ReferenceRegex {
  /// Characters that patterns and texts are made of.
  static let alphabet: [Unicode.Scalar] = [
    "a", "b", "c", "A", "1", "_", "-", " ", "\n", "é", "👋", "\u{2028}", "]", "^", ".",
  ]

  /// Makes a pattern by choice; the first choice is a leaf.
  static func make(_ choices: inout Choices, depth: Int = 0) -> ReferenceRegex {
    switch choices.below(depth < 4 ? 14 : 5) {
    case 0, 1: return .character(choices.pick(alphabet))
    case 2: return .any
    case 3:
      let items = (0..<(1 + choices.below(3))).map { _ in SetItem.make(&choices) }
      return .set(items, isNegated: choices.once(in: 3))
    case 4: return choices.pick([.start, .end, .boundary, .notBoundary, .empty])
    case 5, 6, 7:
      return .sequence((0..<(1 + choices.below(4))).map { _ in make(&choices, depth: depth + 1) })
    case 8, 9:
      return .choice((0..<(2 + choices.below(2))).map { _ in make(&choices, depth: depth + 1) })
    case 10, 11, 12:
      let item = make(&choices, depth: depth + 1)
      let lower = choices.pick([0, 1, 0, 2, 3])
      return .repetition(
        item, lower: lower, upper: choices.pick([nil, lower, lower + 1, lower + 2]))
    default:
      return .look(
        make(&choices, depth: depth + 1), isBehind: choices.once(in: 2),
        isNegated: choices.once(in: 2))
    }
  }

  /// A text by choice, with malformed bytes in it now and then.
  static func makeText(_ choices: inout Choices) -> [UInt8] {
    var text: [UInt8] = []
    for _ in 0..<choices.below(14) {
      if choices.once(in: 20) {
        text.append(choices.pick([0xFF, 0xC3, 0x80, 0xF0]))
      } else {
        text += Array(String(choices.pick(alphabet)).utf8)
      }
    }
    return text
  }

  /// The pattern in the syntax of ECMA-262 with the flag `u`.
  func source(_ choices: inout Choices) -> String {
    switch self {
    case .empty: return ""
    case .character(let scalar): return Self.source(of: scalar, isInSet: false, &choices)
    case .any: return "."
    case .set(let items, let isNegated):
      if items.count == 1, !isNegated, case .shorthand(let letter) = items[0] {
        return "\\\(letter)"
      }
      var text = isNegated ? "[^" : "["
      for item in items {
        switch item {
        case .shorthand(let letter): text += "\\\(letter)"
        case .range(let first, let last):
          text += Self.source(of: first, isInSet: true, &choices)
          if last != first { text += "-" + Self.source(of: last, isInSet: true, &choices) }
        }
      }
      return text + "]"
    case .sequence(let items):
      var text = ""
      for item in items {
        let part = item.source(&choices)
        if case .choice = item { text += "(\(part))" } else { text += part }
      }
      return text
    case .choice(let branches):
      var parts: [String] = []
      for branch in branches { parts.append(branch.source(&choices)) }
      return parts.joined(separator: "|")
    case .repetition(let item, let lower, let upper):
      let part = item.source(&choices)
      let text: String
      switch item {
      case .character, .any, .set: text = part
      default:
        text = choices.pick(["(?:", "(", "(?<n\(choices.byte())x\(part.utf8.count)>"]) + part + ")"
      }
      let isLazy = choices.once(in: 4) ? "?" : ""
      switch (lower, upper) {
      case (0, nil): return text + "*" + isLazy
      case (1, nil): return text + "+" + isLazy
      case (0, 1): return text + "?" + isLazy
      case (_, nil): return text + "{\(lower),}" + isLazy
      case (_, .some(let upper)):
        return text + (upper == lower ? "{\(lower)}" : "{\(lower),\(upper)}") + isLazy
      }
    case .start: return "^"
    case .end: return "$"
    case .boundary: return "\\b"
    case .notBoundary: return "\\B"
    case .look(let item, let isBehind, let isNegated):
      return "(?" + (isBehind ? "<" : "") + (isNegated ? "!" : "=") + item.source(&choices) + ")"
    }
  }

  private static func source(
    of scalar: Unicode.Scalar, isInSet: Bool, _ choices: inout Choices
  ) -> String {
    switch choices.below(8) {
    case 1: return "\\u{\(String(scalar.value, radix: 16))}"
    case 2 where scalar.value < 0x10000:
      let digits = String(scalar.value, radix: 16)
      return "\\u" + String(repeating: "0", count: 4 - digits.count) + digits
    case 3 where scalar.value < 0x100:
      let digits = String(scalar.value, radix: 16)
      return "\\x" + String(repeating: "0", count: 2 - digits.count) + digits
    default:
      if "^$\\.*+?()[]{}|/".unicodeScalars.contains(scalar) || isInSet && scalar == "-" {
        return "\\\(scalar)"
      }
      return String(scalar)
    }
  }
}

extension ReferenceRegex.SetItem {
  static func make(_ choices: inout Choices) -> ReferenceRegex.SetItem {
    if choices.once(in: 3) {
      return .shorthand(choices.pick(["d", "w", "s", "D", "W", "S"]))
    }
    let first = choices.pick(ReferenceRegex.alphabet)
    let last = choices.once(in: 2) ? choices.pick(ReferenceRegex.alphabet) : first
    return .range(min(first, last), max(first, last))
  }
}
