/// What follows a backslash, and character classes.
extension PatternParser {
  /// Reads an escape outside a class, at its backslash.
  mutating func atomEscape() throws(PatternError) -> SyntaxTree {
    let start = index
    guard let scalar = peek(1) else { throw error(.trailingBackslash) }
    if (0x31...0x39).contains(scalar) {
      index += 1
      var number = 0
      while let digit = peek, (0x30...0x39).contains(digit) {
        number = min(number * 10 + Int(digit - 0x30), 1 << 32)
        index += 1
      }
      if number <= groupCount {
        if isSyntaxOnly { return .empty }
        throw error(.backReference(text(from: start)), at: start)
      }
      throw error(
        .unknownEscape(text(from: start + 1), advice: ForeignSpelling.advice(forOctal: number)),
        at: start)
    }
    if scalar == 0x6B {
      index += 2
      guard take(0x3C) else { throw error(.incompleteEscape("k"), at: start) }
      while let next = peek, next != 0x3E { _ = take(next) }
      let name = text(from: start + 3)
      guard take(0x3E) else { throw error(.incompleteEscape("k"), at: start) }
      if isSyntaxOnly {
        namedReferences.append((name, start))
        return .empty
      }
      throw error(.backReference(text(from: start)), at: start)
    }
    return .set(try escape(isInClass: false).set)
  }

  /// What an escape stands for; `single` is its code point where it is one character.
  private struct Escape {
    var set: ScalarSet
    var single: UInt32?

    init(_ set: ScalarSet) {
      self.set = set
    }

    init(_ value: UInt32) {
      set = ScalarSet(value, value)
      single = value
    }
  }

  private mutating func escape(isInClass: Bool) throws(PatternError) -> Escape {
    let start = index
    index += 1
    guard let scalar = peek else { throw error(.trailingBackslash, at: start) }
    index += 1
    switch scalar {
    case 0x64: return Escape(.digit)
    case 0x44: return Escape(ScalarSet.digit.inverted)
    case 0x77: return Escape(.word)
    case 0x57: return Escape(ScalarSet.word.inverted)
    case 0x73: return Escape(.space)
    case 0x53: return Escape(ScalarSet.space.inverted)
    case 0x74: return Escape(0x09)
    case 0x6E: return Escape(0x0A)
    case 0x76: return Escape(0x0B)
    case 0x66: return Escape(0x0C)
    case 0x72: return Escape(0x0D)
    case 0x62 where isInClass: return Escape(0x08)
    case 0x2D where isInClass: return Escape(scalar)
    case 0x63:
      guard let letter = peek, Self.isASCIILetter(letter) else {
        throw error(.incompleteEscape("c"), at: start)
      }
      index += 1
      return Escape(letter & 31)
    case 0x30...0x39:
      return Escape(try decimalEscape(scalar, start: start))
    case 0x78:
      if let value = hexadecimal(digits: 2) { return Escape(value) }
      throw incompleteHexadecimal(start: start)
    case 0x75:
      if let value = try unicodeEscape() { return Escape(value) }
      throw error(.incompleteEscape("u"), at: start)
    case 0x70, 0x50:
      let set = try property(letter: scalar, isInClass: isInClass, start: start)
      return Escape(scalar == 0x50 ? set.inverted : set)
    default:
      let isSyntax = scalar < 0x80 && Self.syntaxCharacters.contains(scalar)
      guard isSyntax || isTolerant && Self.isPunctuation(scalar) else {
        throw error(
          .unknownEscape(
            text(from: start + 1),
            advice: ForeignSpelling.advice(forEscape: scalar, isInClass: isInClass)),
          at: start)
      }
      return Escape(scalar)
    }
  }

  /// Whether a code point is a space or an ASCII punctuation mark: its escape needs no backslash.
  private static func isPunctuation(_ value: UInt32) -> Bool {
    (0x20...0x2F).contains(value) || (0x3A...0x40).contains(value) || (0x5B...0x60).contains(value)
      || (0x7B...0x7E).contains(value)
  }

  /// The characters that an escape under `u` may mean: `^ $ \ . * + ? ( ) [ ] { } |` and `/`.
  private static let syntaxCharacters = ScalarSet(
    [
      0x24, 0x28, 0x29, 0x2A, 0x2B, 0x2E, 0x2F, 0x3F, 0x5B, 0x5C, 0x5D, 0x5E, 0x7B, 0x7C, 0x7D,
    ].map { ScalarSet.Range(first: $0, last: $0) })

  /// `\0`, which no digit may follow.
  private mutating func decimalEscape(
    _ first: UInt32, start: Int
  ) throws(PatternError) -> UInt32 {
    if first == 0x30, peek.map({ !(0x30...0x39).contains($0) }) ?? true { return 0 }
    var number = Int(first - 0x30)
    while let digit = peek, (0x30...0x39).contains(digit), index - start < 4 {
      number = number * 10 + Int(digit - 0x30)
      index += 1
    }
    throw error(
      .unknownEscape(text(from: start + 1), advice: ForeignSpelling.advice(forOctal: number)),
      at: start)
  }

  /// The error for `\x` without two digits: `\x{41}` is how other dialects write `\u{41}`.
  private func incompleteHexadecimal(start: Int) -> PatternError {
    var end = index + 1
    while let scalar = end < index + 9 ? peek(end - index) : nil,
      Self.hexadecimalDigit(scalar) != nil
    {
      end += 1
    }
    guard peek == 0x7B, end > index + 1, peek(end - index) == 0x7D else {
      return error(.incompleteEscape("x"), at: start)
    }
    return error(
      .unknownEscape(
        text(from: start + 1, to: end + 1),
        advice: "write '\\u\(text(from: index, to: end + 1))'"), at: start)
  }

  mutating func hexadecimal(digits count: Int) -> UInt32? {
    var value: UInt32 = 0
    for distance in 0..<count {
      guard let scalar = peek(distance), let digit = Self.hexadecimalDigit(scalar) else {
        return nil
      }
      value = value * 16 + digit
    }
    index += count
    return value
  }

  static func hexadecimalDigit(_ scalar: UInt32) -> UInt32? {
    switch scalar {
    case 0x30...0x39: scalar - 0x30
    case 0x41...0x46: scalar - 0x41 + 10
    case 0x61...0x66: scalar - 0x61 + 10
    default: nil
    }
  }

  /// Reads what follows `\u`: four digits, two surrogates' worth of them, or digits in braces.
  mutating func unicodeEscape() throws(PatternError) -> UInt32? {
    let start = index
    if take(0x7B) {
      var value: UInt32 = 0
      while let scalar = peek, let digit = Self.hexadecimalDigit(scalar) {
        value = value * 16 + digit
        guard value <= ScalarSet.largest else { throw error(.codePointTooLarge, at: start) }
        index += 1
      }
      guard index > start + 1, take(0x7D) else {
        index = start
        return nil
      }
      return value
    }
    guard let lead = hexadecimal(digits: 4) else { return nil }
    guard (0xD800...0xDBFF).contains(lead) else { return lead }
    let afterLead = index
    if take("\\u"), let trail = hexadecimal(digits: 4), (0xDC00...0xDFFF).contains(trail) {
      return 0x1_0000 + (lead - 0xD800) << 10 + (trail - 0xDC00)
    }
    index = afterLead
    return lead
  }

  private mutating func property(
    letter: UInt32, isInClass: Bool, start: Int
  ) throws(PatternError) -> ScalarSet {
    let escape = letter == 0x50 ? "\\P" : "\\p"
    guard take(0x7B) else {
      let name = peek.map { Self.isASCIILetter($0) ? text(from: index, to: index + 1) : "" } ?? ""
      let isKnown = UnicodeProperty.set(for: name) != nil
      throw error(.incompleteProperty(instead: isKnown ? "\(escape){\(name)}" : nil), at: start)
    }
    let nameStart = index
    while let scalar = peek, scalar != 0x7D { _ = take(scalar) }
    let name = text(from: nameStart)
    guard take(0x7D) else { throw error(.incompleteProperty(instead: nil), at: start) }
    if let set = UnicodeProperty.set(for: name) { return set }
    if let instead = ForeignSpelling.instead(
      ofProperty: name, isNegated: letter == 0x50, isInClass: isInClass)
    {
      throw error(.foreignProperty(name, instead: instead), at: nameStart)
    }
    throw error(
      .unknownProperty(name, nearest: UnicodeProperty.nearest(to: name)), at: nameStart)
  }

  // MARK: Classes

  /// Reads `[…]`, at its bracket.
  mutating func characterClass() throws(PatternError) -> ScalarSet {
    let start = index
    if isTolerant, let end = posixClassEnd() {
      throw error(posixClass(to: end, isInClass: false), at: start)
    }
    index += 1
    let isNegated = take(0x5E)
    let set = try classBody()
    guard take(0x5D) else { throw error(.unclosedClass, at: start) }
    return isNegated ? set.inverted : set
  }

  /// Reads the members of a class, up to its `]` or the end.
  mutating func classBody() throws(PatternError) -> ScalarSet {
    var ranges: [ScalarSet.Range] = []
    var opening: Int?
    var escapesBracket = false
    while let scalar = peek, scalar != 0x5D {
      let start = index
      if isTolerant, scalar == 0x5B {
        if let end = posixClassEnd() { throw error(posixClass(to: end, isInClass: true)) }
        if opening == nil, let next = peek(1), next != 0x5D { opening = start }
      }
      if scalar == 0x5C, peek(1) == 0x5D { escapesBracket = true }
      let first = try classAtom(scalar)
      guard peek == 0x2D, let after = peek(1), after != 0x5D else {
        ranges += first.set.ranges
        continue
      }
      index += 1
      let last = try classAtom(after)
      if let low = first.single, let high = last.single {
        guard low <= high else { throw error(.reversedRange, at: start) }
        ranges.append(ScalarSet.Range(first: low, last: high))
        continue
      }
      // A hyphen beside a class stands for itself, unless it looks like part of a range.
      let startsRange =
        first.single.map { Self.isASCIILetter($0) || (0x30...0x39).contains($0) } ?? false
      let continues = peek == 0x2D && peek(1) != nil && peek(1) != 0x5D
      guard isTolerant, !startsRange, !continues else { throw error(.classInRange, at: start) }
      ranges += first.set.ranges + last.set.ranges
      ranges.append(ScalarSet.Range(first: 0x2D, last: 0x2D))
    }
    if innerBracket == nil, !escapesBracket { innerBracket = opening }
    return ScalarSet(ranges)
  }

  private mutating func classAtom(_ scalar: UInt32) throws(PatternError) -> Escape {
    if scalar == 0x5C { return try escape(isInClass: true) }
    index += 1
    return Escape(scalar)
  }

  /// Where a `[:name:]` ends that starts here, or a `[=x=]` or `[.x.]`; nil where there is none.
  private func posixClassEnd() -> Int? {
    guard let mark = peek(1), mark == 0x3A || mark == 0x3D || mark == 0x2E else { return nil }
    var distance = 2
    if mark == 0x3A, peek(distance) == 0x5E { distance += 1 }
    let nameStart = distance
    while let scalar = peek(distance), Self.isASCIILetter(scalar), distance < 16 { distance += 1 }
    guard distance > nameStart, peek(distance) == mark, peek(distance + 1) == 0x5D else {
      return nil
    }
    // `[=a=]` alone is a class of two characters.
    if mark != 0x3A, peek(distance + 2) != 0x5D { return nil }
    return index + distance + 2
  }

  private func posixClass(to end: Int, isInClass: Bool) -> PatternError.Kind {
    let shown = text(from: index, to: end)
    let members = ForeignSpelling.posixMembers(of: String(shown.dropFirst(2).dropLast(2)))
    return .posixClass(shown, instead: isInClass ? members : members.map { "[\($0)]" })
  }
}
