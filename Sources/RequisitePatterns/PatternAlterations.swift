package import SourceText

/// The small changes to a pattern that its tests should notice.
///
/// Anchors and alternatives are dropped, bounds of quantifiers and ends of classes moved by one. A
/// change may give a text that is no pattern, or one of the same meaning.
package enum PatternAlterations {
  /// The changes to a pattern, in the order of its text.
  package static func all(of pattern: String) -> [TextAlteration] {
    guard pattern.utf8.count <= TextAlteration.textLimit else { return [] }
    var scan = AlterationScan(pattern)
    scan.readPattern()
    return scan.alterations.sorted { $0.range < $1.range }
  }

  /// The changes to the text between the brackets of a class.
  package static func all(ofClass body: String) -> [TextAlteration] {
    guard body.utf8.count <= TextAlteration.textLimit else { return [] }
    var scan = AlterationScan(body)
    scan.readClassBody()
    return scan.alterations.sorted { $0.range < $1.range }
  }
}

/// Goes through a pattern that is known to be well formed, and notes what could be changed in it.
private struct AlterationScan {
  let text: [UInt8]
  var index = 0
  var alterations: [TextAlteration] = []

  /// A group that is open, or the pattern itself: where its alternatives begin.
  private struct Disjunction {
    var starts: [Int]
    /// Where the group's parenthesis stands.
    var open: Int
  }

  init(_ text: String) { self.text = Array(text.utf8) }

  private func byte(_ distance: Int = 0) -> UInt8 {
    index + distance < text.count ? text[index + distance] : 0
  }

  private func has(_ prefix: String) -> Bool { text[index...].starts(with: prefix.utf8) }

  private mutating func add(_ range: Range<Int>, _ replacement: String, _ summary: String? = nil) {
    alterations.append(
      TextAlteration(
        TextRange(range.lowerBound, range.upperBound), in: text, to: replacement, summary: summary))
  }

  private func string(_ range: Range<Int>) -> String {
    String(decoding: text[range], as: UTF8.self)
  }

  // MARK: - Patterns

  mutating func readPattern() {
    var open = [Disjunction(starts: [0], open: 0)]
    /// Where the atom that a quantifier would belong to begins.
    var atom = 0
    while index < text.count {
      let start = index
      switch byte() {
      case UInt8(ascii: "\\"):
        skipEscape()
        // A dot that loses its backslash is the most common slip of all.
        if text[start..<index].elementsEqual("\\.".utf8) { add(start..<index, ".") }
        if text[start..<index].elementsEqual("\\b".utf8) { add(start..<index, "") }
        atom = start
      case UInt8(ascii: "["):
        index += 1
        readClassBody()
        index = min(index + 1, text.count)
        atom = start
      case UInt8(ascii: "("):
        readGroupOpening()
        open.append(Disjunction(starts: [index], open: start))
      case UInt8(ascii: ")"):
        if open.count > 1 {
          let group = open.removeLast()
          addAlternatives(group, end: start)
          atom = group.open
        }
        index += 1
      case UInt8(ascii: "|"):
        index += 1
        open[open.count - 1].starts.append(index)
      case UInt8(ascii: "^"), UInt8(ascii: "$"):
        index += 1
        add(start..<index, "")
      case UInt8(ascii: "*"), UInt8(ascii: "+"), UInt8(ascii: "?"), UInt8(ascii: "{"):
        if !readQuantifier(of: atom) {
          index += 1
          atom = start
        }
      default:
        index += 1
        while byte() & 0xC0 == 0x80, index < text.count { index += 1 }
        atom = start
      }
    }
    for group in open { addAlternatives(group, end: text.count) }
  }

  private mutating func readGroupOpening() {
    let start = index
    for (look, opposite) in [("(?=", "(?!"), ("(?!", "(?="), ("(?<=", "(?<!"), ("(?<!", "(?<=")]
    where has(look) {
      index += look.utf8.count
      add(start..<index, opposite)
      return
    }
    index += 1
    guard byte() == UInt8(ascii: "?") else { return }
    while index < text.count, byte() != UInt8(ascii: ":"), byte() != UInt8(ascii: ">") {
      index += 1
    }
    index = min(index + 1, text.count)
  }

  private mutating func addAlternatives(_ group: Disjunction, end: Int) {
    guard group.starts.count > 1 else { return }
    for (number, start) in group.starts.enumerated() {
      let isLast = number == group.starts.count - 1
      // The bar before the last one goes with it, for the others the bar behind.
      let stop = isLast ? end : group.starts[number + 1]
      let shown = string(start..<(isLast ? end : stop - 1))
      add((isLast ? start - 1 : start)..<stop, "", "without the alternative \(shown)")
    }
  }

  private mutating func readQuantifier(of atom: Int) -> Bool {
    let start = index
    switch byte() {
    case UInt8(ascii: "*"):
      index += 1
      add(start..<index, "+")
    case UInt8(ascii: "+"):
      index += 1
      add(start..<index, "*")
      add(start..<index, "", "\(string(atom..<index)) → \(string(atom..<start))")
    case UInt8(ascii: "?"):
      index += 1
      add(start..<index, "", "\(string(atom..<index)) → \(string(atom..<start))")
      add(atom..<index, "", "without \(string(atom..<index))")
    default:
      guard let end = text[index...].firstIndex(of: UInt8(ascii: "}")) else { return false }
      let parts = text[(index + 1)..<end].split(
        separator: UInt8(ascii: ","), omittingEmptySubsequences: false)
      guard (1...2).contains(parts.count),
        let lower = Int(String(decoding: parts[0], as: UTF8.self))
      else { return false }
      let upper = parts.count == 2 ? Int(String(decoding: parts[1], as: UTF8.self)) : nil
      if parts.count == 2, upper == nil, !parts[1].isEmpty { return false }
      index = end + 1
      addBounds(start..<index, lower, upper, isRange: parts.count == 2)
    }
    // A lazy quantifier matches the same texts.
    if byte() == UInt8(ascii: "?") { index += 1 }
    return true
  }

  private mutating func addBounds(
    _ range: Range<Int>, _ lower: Int, _ upper: Int?, isRange: Bool
  ) {
    guard lower < 1 << 20, (upper ?? 0) < 1 << 20 else { return }
    for change in [-1, 1] {
      if isRange {
        if lower + change >= 0, upper.map({ lower + change <= $0 }) ?? true {
          add(range, "{\(lower + change),\(upper.map(String.init) ?? "")}")
        }
        if let upper, upper + change >= lower { add(range, "{\(lower),\(upper + change)}") }
      } else if lower + change >= 0 {
        add(range, "{\(lower + change)}")
      }
    }
  }

  // MARK: - Classes

  /// Reads up to the closing bracket or the end.
  mutating func readClassBody() {
    if byte() == UInt8(ascii: "^") {
      add(index..<(index + 1), "", "without the ^ that negates the class")
      index += 1
    }
    let first = index
    while index < text.count, byte() != UInt8(ascii: "]") {
      let start = index
      let lower = readClassItem()
      guard byte() == UInt8(ascii: "-"), index + 1 < text.count,
        byte(1) != UInt8(ascii: "]"), let lower
      else {
        // What is alone in its class cannot be left out.
        let isAlone = start == first && (index >= text.count || byte() == UInt8(ascii: "]"))
        if !isAlone { add(start..<index, "", "without \(string(start..<index)) in the class") }
        continue
      }
      index += 1
      let upperStart = index
      guard let upper = readClassItem() else { continue }
      moveEnds(start, lower, upperStart, upper)
    }
  }

  /// Moves each end of a range in a class by one, both ways.
  private mutating func moveEnds(_ start: Int, _ lower: UInt32, _ upperStart: Int, _ upper: UInt32)
  {
    let old = string(start..<index)
    let (lowerText, upperText) = (string(start..<(upperStart - 1)), string(upperStart..<index))
    for change in [-1, 1] {
      if let moved = Self.spelled(Int(lower) + change), Int(lower) + change <= Int(upper) {
        add(start..<(upperStart - 1), moved, "\(old) → \(moved)-\(upperText)")
      }
      if let moved = Self.spelled(Int(upper) + change), Int(upper) + change >= Int(lower) {
        add(upperStart..<index, moved, "\(old) → \(lowerText)-\(moved)")
      }
    }
  }

  /// Skips one character or escape of a class; its code point where it is a character.
  private mutating func readClassItem() -> UInt32? {
    let start = index
    if byte() == UInt8(ascii: "\\") {
      skipEscape()
      let escape = text[(start + 1)..<index]
      // An escaped mark is that mark; letters and digits have meanings of their own.
      guard escape.count == 1, let mark = escape.first, mark < 0x80 else { return nil }
      let isWord =
        (mark | 0x20) >= UInt8(ascii: "a") && (mark | 0x20) <= UInt8(ascii: "z")
        || mark >= UInt8(ascii: "0") && mark <= UInt8(ascii: "9")
      return isWord ? nil : UInt32(mark)
    }
    index += 1
    while byte() & 0xC0 == 0x80, index < text.count { index += 1 }
    return string(start..<index).unicodeScalars.first?.value
  }

  /// A code point as it can be in a class.
  private static func spelled(_ value: Int) -> String? {
    guard value >= 0, let scalar = UInt32(exactly: value).flatMap(Unicode.Scalar.init) else {
      return nil
    }
    switch scalar {
    case "\\", "]", "[", "^", "-": return "\\" + String(scalar)
    case "\0"..<" ", "\u{7F}"..."\u{9F}":
      let digits = String(value, radix: 16)
      return "\\u" + String(repeating: "0", count: 4 - digits.count) + digits
    default: return String(scalar)
    }
  }

  // MARK: - Escapes

  /// Skips a backslash and what belongs to it.
  private mutating func skipEscape() {
    index += 1
    let letter = byte()
    index = min(index + 1, text.count)
    switch letter {
    case UInt8(ascii: "u"), UInt8(ascii: "p"), UInt8(ascii: "P"), UInt8(ascii: "x"):
      // RE2, which expressions use, also knows `\pL` and `\x{41}`.
      if byte() == UInt8(ascii: "{") {
        while index < text.count, byte() != UInt8(ascii: "}") { index += 1 }
        index = min(index + 1, text.count)
      } else {
        let length = letter == UInt8(ascii: "u") ? 4 : letter == UInt8(ascii: "x") ? 2 : 1
        index = min(index + length, text.count)
      }
    case UInt8(ascii: "c"): index = min(index + 1, text.count)
    case UInt8(ascii: "k"):
      while index < text.count, byte() != UInt8(ascii: ">") { index += 1 }
      index = min(index + 1, text.count)
    default:
      while byte() & 0xC0 == 0x80, index < text.count { index += 1 }
    }
  }
}
