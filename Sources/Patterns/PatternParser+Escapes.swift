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
      if isUnicode { throw error(.unknownEscape(text(from: start + 1)), at: start) }
      index = start
    }
    if scalar == 0x6B, isUnicode || hasNames {
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
    case 0x2D where isInClass && isUnicode: return Escape(scalar)
    case 0x63:
      if let control = controlLetter(isInClass: isInClass) { return Escape(control) }
      if isUnicode { throw error(.incompleteEscape("c"), at: start) }
      // Annex B: the backslash is a character of its own, and `c` is read again.
      index = start + 1
      return Escape(0x5C)
    case 0x30...0x39:
      return Escape(try decimalEscape(scalar, start: start))
    case 0x78:
      if let value = hexadecimal(digits: 2) { return Escape(value) }
      if isUnicode { throw error(.incompleteEscape("x"), at: start) }
      return Escape(scalar)
    case 0x75:
      if let value = try unicodeEscape(allowsBraces: isUnicode) { return Escape(value) }
      if isUnicode { throw error(.incompleteEscape("u"), at: start) }
      return Escape(scalar)
    case 0x70 where isUnicode, 0x50 where isUnicode:
      let set = try property(start: start)
      return Escape(scalar == 0x50 ? set.inverted : set)
    default:
      let isSyntax = scalar < 0x80 && Self.syntaxCharacters.contains(scalar)
      if isUnicode, !isSyntax {
        throw error(.unknownEscape(text(from: start + 1)), at: start)
      }
      if scalar == 0x6B, hasNames { throw error(.incompleteEscape("k"), at: start) }
      return Escape(scalar)
    }
  }

  /// The characters that an escape under `u` may stand for: `^ $ \ . * + ? ( ) [ ] { } |` and `/`.
  private static let syntaxCharacters = ScalarSet(
    [
      0x24, 0x28, 0x29, 0x2A, 0x2B, 0x2E, 0x2F, 0x3F, 0x5B, 0x5C, 0x5D, 0x5E, 0x7B, 0x7C, 0x7D,
    ].map { ScalarSet.Range(first: $0, last: $0) })

  private mutating func controlLetter(isInClass: Bool) -> UInt32? {
    guard let letter = peek else { return nil }
    let isLetter = (0x41...0x5A).contains(letter) || (0x61...0x7A).contains(letter)
    let isLenient = isInClass && !isUnicode
    guard isLetter || isLenient && ((0x30...0x39).contains(letter) || letter == 0x5F) else {
      return nil
    }
    index += 1
    return letter & 31
  }

  /// `\0`; under Annex B an octal number up to `\377`, or the digit itself for `\8` and `\9`.
  private mutating func decimalEscape(
    _ first: UInt32, start: Int
  ) throws(PatternError) -> UInt32 {
    let isFollowed = peek.map { (0x30...0x39).contains($0) } ?? false
    if isUnicode {
      guard first == 0x30, !isFollowed else {
        throw error(.unknownEscape(text(from: start + 1)), at: start)
      }
      return 0
    }
    guard first < 0x38 else { return first }
    var value = first - 0x30
    let limit = first < 0x34 ? 2 : 1
    for _ in 0..<limit {
      guard let digit = peek, (0x30...0x37).contains(digit) else { break }
      value = value * 8 + digit - 0x30
      index += 1
    }
    return value
  }

  private mutating func hexadecimal(digits count: Int) -> UInt32? {
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

  private static func hexadecimalDigit(_ scalar: UInt32) -> UInt32? {
    switch scalar {
    case 0x30...0x39: scalar - 0x30
    case 0x41...0x46: scalar - 0x41 + 10
    case 0x61...0x66: scalar - 0x61 + 10
    default: nil
    }
  }

  /// Reads what follows `\u`: four digits, two surrogates' worth of them, or digits in braces.
  mutating func unicodeEscape(allowsBraces: Bool) throws(PatternError) -> UInt32? {
    let start = index
    if allowsBraces, take(0x7B) {
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

  private mutating func property(start: Int) throws(PatternError) -> ScalarSet {
    guard take(0x7B) else { throw error(.incompleteProperty, at: start) }
    let nameStart = index
    while let scalar = peek, scalar != 0x7D { _ = take(scalar) }
    let name = text(from: nameStart)
    guard take(0x7D) else { throw error(.incompleteProperty, at: start) }
    guard let set = UnicodeProperty.set(for: name) else {
      throw error(
        .unknownProperty(name, nearest: UnicodeProperty.nearest(to: name)), at: nameStart)
    }
    return set
  }

  // MARK: Classes

  /// Reads `[…]`, at its bracket.
  mutating func characterClass() throws(PatternError) -> ScalarSet {
    let start = index
    index += 1
    let isNegated = take(0x5E)
    let set = try classBody()
    guard take(0x5D) else { throw error(.unclosedClass, at: start) }
    return isNegated ? set.inverted : set
  }

  /// Reads the members of a class, up to its `]` or the end.
  mutating func classBody() throws(PatternError) -> ScalarSet {
    var ranges: [ScalarSet.Range] = []
    while let scalar = peek, scalar != 0x5D {
      let start = index
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
      } else if isUnicode {
        throw error(.classInRange, at: start)
      } else {
        ranges += first.set.ranges + last.set.ranges
        ranges.append(ScalarSet.Range(first: 0x2D, last: 0x2D))
      }
    }
    return ScalarSet(ranges)
  }

  private mutating func classAtom(_ scalar: UInt32) throws(PatternError) -> Escape {
    if scalar == 0x5C { return try escape(isInClass: true) }
    index += 1
    return Escape(scalar)
  }
}
