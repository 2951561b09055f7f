/// Escapes and classes of RE2.
extension PatternParser {
  /// Reads `\d`, `\pL` or another class at a backslash; nil where the escape is no class.
  mutating func re2ClassEscape(foldsCase: Bool) throws(PatternError) -> ScalarSet? {
    let start = index
    guard let letter = peek(1) else { return nil }
    let set: ScalarSet
    switch letter {
    case 0x64, 0x44: set = .digit
    case 0x77, 0x57: set = .word
    // RE2's white space is ASCII, without the vertical tab.
    case 0x73, 0x53:
      set = ScalarSet([
        .init(first: 0x09, last: 0x0A), .init(first: 0x0C, last: 0x0D),
        .init(first: 0x20, last: 0x20),
      ])
    case 0x70, 0x50:
      index += 2
      return try re2Property(isNegated: letter == 0x50, foldsCase: foldsCase, start: start)
    default: return nil
    }
    index += 2
    let folded = foldsCase ? CaseFolding.closure(of: set) : set
    return letter < 0x60 ? folded.inverted : folded
  }

  private mutating func re2Property(
    isNegated: Bool, foldsCase: Bool, start: Int
  ) throws(PatternError) -> ScalarSet {
    var isNegated = isNegated
    var nameStart = index
    let name: String
    if take(0x7B) {
      nameStart += 1
      if take(0x5E) {
        isNegated.toggle()
        nameStart += 1
      }
      while let scalar = peek, scalar != 0x7D { _ = take(scalar) }
      name = text(from: nameStart)
      guard take(0x7D) else { throw error(.incompleteProperty(instead: nil), at: start) }
    } else {
      guard let letter = peek, take(letter) else {
        throw error(.incompleteProperty(instead: nil), at: start)
      }
      name = text(from: nameStart)
    }
    guard let set = UnicodeProperty.setInRE2(for: name) else {
      let nearest = UnicodeProperty.nearestInRE2(to: name)
      throw error(
        .notInRE2("the class '\(name)'", advice: nearest.map { "write '\\p{\($0)}'" }),
        at: nameStart)
    }
    let folded = foldsCase ? CaseFolding.closure(of: set) : set
    return isNegated ? folded.inverted : folded
  }

  /// Reads the escape of a single character, at its backslash.
  mutating func re2Escape(isInClass: Bool) throws(PatternError) -> UInt32 {
    let start = index
    index += 1
    guard let scalar = peek else { throw error(.trailingBackslash, at: start) }
    index += 1
    switch scalar {
    case 0x30...0x37:
      // One digit from 1 on would be a back-reference.
      if scalar != 0x30, !(peek.map { (0x30...0x37).contains($0) } ?? false) { break }
      var value = scalar - 0x30
      for _ in 0..<2 {
        guard let digit = peek, (0x30...0x37).contains(digit) else { break }
        value = value * 8 + digit - 0x30
        index += 1
      }
      return value
    case 0x78:
      if take(0x7B) {
        var value: UInt32 = 0
        let digits = index
        while let digit = peek.flatMap(Self.hexadecimalDigit) {
          value = value * 16 + digit
          guard value <= ScalarSet.largest else { throw error(.codePointTooLarge, at: start) }
          index += 1
        }
        if index > digits, take(0x7D) { return value }
      } else if let value = hexadecimal(digits: 2) {
        return value
      }
      throw error(.incompleteEscape("x"), at: start)
    case 0x61: return 0x07
    case 0x66: return 0x0C
    case 0x6E: return 0x0A
    case 0x72: return 0x0D
    case 0x74: return 0x09
    case 0x76: return 0x0B
    default:
      let isWord = Self.isASCIILetter(scalar) || (0x30...0x39).contains(scalar)
      if scalar < 0x80, !isWord { return scalar }
    }
    throw error(
      .notInRE2(
        "the escape '\(text(from: start))'",
        advice: Self.re2Advice(forEscape: scalar, isInClass: isInClass)), at: start)
  }

  private static func re2Advice(forEscape letter: UInt32, isInClass: Bool) -> String? {
    guard let scalar = Unicode.Scalar(letter) else { return nil }
    return switch scalar {
    case "Z", "G": #"write '\z' for the end of the text"#
    case "u", "U": #"write '\x{…}' with the character's code point"#
    case "b" where isInClass: #"write '\x08' for the backspace"#
    case "1"..."9", "k", "g": "groups cannot be referred to; write the text out"
    case "c": #"write '\x' and the two hexadecimal digits of the control character"#
    case "C": "write '.' for any character"
    default: ForeignSpelling.advice(forEscape: letter, isInClass: isInClass)
    }
  }

  /// Reads `[…]`, at its bracket.
  mutating func re2Class(foldsCase: Bool) throws(PatternError) -> ScalarSet {
    let start = index
    index += 1
    let isNegated = take(0x5E)
    var ranges: [ScalarSet.Range] = []
    var isFirst = true
    while let scalar = peek, scalar != 0x5D || isFirst {
      isFirst = false
      if scalar == 0x5B, peek(1) == 0x3A, let set = try re2PosixClass() {
        let isInverted = set.isNegated
        let folded = foldsCase ? CaseFolding.closure(of: set.set) : set.set
        ranges += (isInverted ? folded.inverted : folded).ranges
        continue
      }
      if scalar == 0x5C, let set = try re2ClassEscape(foldsCase: foldsCase) {
        ranges += set.ranges
        continue
      }
      let place = index
      let low = try re2ClassCharacter(scalar)
      var high = low
      if peek == 0x2D, let after = peek(1), after != 0x5D {
        index += 1
        high = try re2ClassCharacter(after)
        guard low <= high else { throw error(.reversedRange, at: place) }
      }
      let range = ScalarSet(low, high)
      ranges += (foldsCase ? CaseFolding.closure(of: range) : range).ranges
    }
    guard take(0x5D) else { throw error(.unclosedClass, at: start) }
    let set = ScalarSet(ranges)
    return isNegated ? set.inverted : set
  }

  private mutating func re2ClassCharacter(_ scalar: UInt32) throws(PatternError) -> UInt32 {
    if scalar == 0x5C { return try re2Escape(isInClass: true) }
    index += 1
    return scalar
  }

  /// Reads `[:name:]`; nil where no `:]` follows, so that the bracket is a character.
  private mutating func re2PosixClass() throws(PatternError) -> (set: ScalarSet, isNegated: Bool)? {
    let start = index
    var distance = 2
    while let scalar = peek(distance) {
      if scalar == 0x3A, peek(distance + 1) == 0x5D { break }
      distance += 1
    }
    guard peek(distance) != nil else { return nil }
    index += distance
    let isNegated = text(from: start + 2, to: start + 3) == "^"
    let name = text(from: start + (isNegated ? 3 : 2))
    index += 2
    let members = name == "space" ? #"\t-\r "# : ForeignSpelling.posixMembers(of: name)
    var parser = PatternParser(members ?? "", isTolerant: true)
    guard members != nil, let set = try? parser.classBody() else {
      throw error(.notInRE2("the class '\(text(from: start))'", advice: nil), at: start)
    }
    return (set, isNegated)
  }
}
