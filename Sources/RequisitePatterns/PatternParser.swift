/// Reads a pattern by ECMA-262 section 22.2.1 with the flag `u`.
///
/// Extensions read the dialects of I-Regexp and RE2.
struct PatternParser {
  /// The code points of the pattern, and where each starts in its UTF-8; one more offset for the
  /// end.
  private let scalars: [UInt32]
  private let offsets: [Int]
  /// Whether a few spellings are read that the flag `u` refuses: an escaped punctuation mark or space,
  /// a hyphen beside a class in brackets, and a `]`, `{` or `}` that cannot begin a quantifier.
  let isTolerant: Bool
  /// Whether only the syntax is asked for, so that a back-reference and the flag `i` pass.
  let isSyntaxOnly: Bool
  var index = 0
  /// The names that back-references gave, each with its place.
  var namedReferences: [(name: String, place: Int)] = []
  private(set) var groupCount = 0
  /// The alternatives around the place being read, as (disjunction, alternative).
  private var path: [(disjunction: Int, alternative: Int)] = []
  private var disjunctionCount = 0
  private var lookCount = 0
  private var names: [(name: [UInt32], path: [(disjunction: Int, alternative: Int)])] = []
  /// The flags that `(?ms-ms:` sets.
  private var dotMatchesAll = false
  private var isMultiline = false
  /// Where the last quantifier ended.
  private var quantifierEnd = -1
  /// An unescaped `[` within a class, which other dialects read as the start of a nested class.
  var innerBracket: Int?

  init(_ text: String, isTolerant: Bool, isSyntaxOnly: Bool = false) {
    var scalars: [UInt32] = []
    var offsets: [Int] = []
    var offset = 0
    for scalar in text.unicodeScalars {
      scalars.append(scalar.value)
      offsets.append(offset)
      offset += UTF8.width(scalar)
    }
    offsets.append(offset)
    self.scalars = scalars
    self.offsets = offsets
    self.isTolerant = isTolerant
    self.isSyntaxOnly = isSyntaxOnly
    countGroups()
  }

  /// Reads a whole pattern.
  mutating func parse() throws(PatternError) -> SyntaxTree {
    let tree = try disjunction(depth: 0)
    if peek == 0x29 { throw error(.unmatchedParenthesis) }
    for reference in namedReferences {
      guard names.contains(where: { Self.text($0.name).utf8.elementsEqual(reference.name.utf8) })
      else { throw error(.unknownReference(reference.name), at: reference.place) }
    }
    return tree
  }

  // MARK: The text

  var isAtEnd: Bool { index >= scalars.count }
  var peek: UInt32? { index < scalars.count ? scalars[index] : nil }

  func peek(_ distance: Int) -> UInt32? {
    index + distance < scalars.count ? scalars[index + distance] : nil
  }

  mutating func take(_ scalar: UInt32) -> Bool {
    guard peek == scalar else { return false }
    index += 1
    return true
  }

  mutating func take(_ text: StaticString) -> Bool {
    let count = text.utf8CodeUnitCount
    guard index + count <= scalars.count else { return false }
    let isEqual = text.withUTF8Buffer { bytes in
      unsafe bytes.elementsEqual(scalars[index..<index + count]) { UInt32($0) == $1 }
    }
    if isEqual { index += count }
    return isEqual
  }

  func error(_ kind: PatternError.Kind, at place: Int? = nil) -> PatternError {
    PatternError(kind, at: offsets[min(place ?? index, scalars.count)])
  }

  func text(from start: Int, to end: Int? = nil) -> String {
    Self.text(scalars[min(start, scalars.count)..<min(end ?? index, scalars.count)])
  }

  private static func text(_ values: some Sequence<UInt32>) -> String {
    var result = ""
    for value in values {
      if let scalar = Unicode.Scalar(value) { result.unicodeScalars.append(scalar) }
    }
    return result
  }

  /// Counts the groups ahead of reading, for `\1` may be before the group it names.
  private mutating func countGroups() {
    var position = 0
    var isInClass = false
    while position < scalars.count {
      switch scalars[position] {
      case 0x5C: position += 1
      case 0x5B: isInClass = true
      case 0x5D: isInClass = false
      case 0x28 where !isInClass:
        let rest = scalars[(position + 1)...].prefix(3)
        if rest.first != 0x3F {
          groupCount += 1
        } else if rest.count == 3, rest[position + 2] == 0x3C,
          rest[position + 3] != 0x3D, rest[position + 3] != 0x21
        {
          groupCount += 1
        }
      default: break
      }
      position += 1
    }
  }

  // MARK: Structure

  private mutating func disjunction(depth: Int) throws(PatternError) -> SyntaxTree {
    guard depth < PatternLimits.depth else { throw error(.tooDeep(limit: PatternLimits.depth)) }
    let number = disjunctionCount
    disjunctionCount += 1
    var branches: [SyntaxTree] = []
    repeat {
      path.append((number, branches.count))
      branches.append(try alternative(depth: depth))
      path.removeLast()
    } while take(0x7C)
    return .choosing(branches)
  }

  private mutating func alternative(depth: Int) throws(PatternError) -> SyntaxTree {
    var items: [SyntaxTree] = []
    while let scalar = peek, scalar != 0x7C, scalar != 0x29 {
      items.append(try term(scalar, depth: depth))
    }
    return .joining(items)
  }

  private mutating func term(_ scalar: UInt32, depth: Int) throws(PatternError) -> SyntaxTree {
    let start = index
    var item: SyntaxTree
    switch scalar {
    case 0x5E:
      index += 1
      item = isMultiline ? Self.lineStart : .assertion(.start)
      return try notQuantified(item)
    case 0x24:
      index += 1
      item = isMultiline ? Self.lineEnd : .assertion(.end)
      return try notQuantified(item)
    case 0x5C where peek(1) == 0x62 || peek(1) == 0x42:
      item = .assertion(peek(1) == 0x62 ? .wordBoundary : .notWordBoundary)
      index += 2
      return try notQuantified(item)
    case 0x28:
      let (group, mayRepeat) = try group(depth: depth)
      if !mayRepeat { return try notQuantified(group) }
      item = group
    case 0x2E:
      index += 1
      item = .set(dotMatchesAll ? .any : ScalarSet.lineTerminator.inverted)
    case 0x5B:
      item = .set(try characterClass())
    case 0x5C:
      item = try atomEscape()
    case 0x2B where quantifierEnd == index:
      throw error(.possessive)
    case 0x2A, 0x2B, 0x3F:
      throw error(.nothingToRepeat(text(from: start, to: start + 1)))
    case 0x7B:
      guard isTolerant else { throw error(.loneBracket("{")) }
      try checkLoneBrace()
      index += 1
      item = .set(ScalarSet(scalar, scalar))
    case 0x5D, 0x7D:
      guard isTolerant else { throw error(.loneBracket(text(from: start, to: start + 1))) }
      if scalar == 0x5D, let innerBracket { throw error(.nestedClass, at: innerBracket) }
      index += 1
      item = .set(ScalarSet(scalar, scalar))
    default:
      index += 1
      item = .set(ScalarSet(scalar, scalar))
    }
    if let bounds = try quantifier() {
      item = .repeating(item, lower: bounds.lower, upper: bounds.upper)
      quantifierEnd = index
    }
    return item
  }

  /// Refuses a `{` that begins a quantifier of another dialect, or one that is not complete.
  private func checkLoneBrace() throws(PatternError) {
    let digits: ClosedRange<UInt32> = 0x30...0x39
    var end = index + 1
    var bounds = ""
    while end < scalars.count,
      digits.contains(scalars[end]) || scalars[end] == 0x2C
        || scalars[end] == 0x20
    {
      if scalars[end] != 0x20 { bounds += text(from: end, to: end + 1) }
      end += 1
    }
    let isClosed = end < scalars.count && scalars[end] == 0x7D
    let shown = text(from: index, to: isClosed ? end + 1 : end)
    let parts = bounds.utf8.split(separator: 0x2C, omittingEmptySubsequences: false)
    guard let first = parts.first,
      !first.isEmpty || isClosed && parts.count == 2
        || parts.count > 1 && !parts[1].isEmpty
    else { return }
    guard isClosed, parts.count <= 2 else { throw error(.badQuantifier(shown, instead: nil)) }
    if shown.utf8.count == bounds.utf8.count + 2, !first.isEmpty {
      throw error(.nothingToRepeat("{"))
    }
    let lower = first.isEmpty ? "0" : String(Substring(first))
    let instead =
      parts.count == 1
      ? "{\(lower)}"
      : first.isEmpty && parts[1].isEmpty ? "*" : "{\(lower),\(String(Substring(parts[1])))}"
    throw error(.badQuantifier(shown, instead: instead))
  }

  private mutating func notQuantified(_ item: SyntaxTree) throws(PatternError) -> SyntaxTree {
    let start = index
    if try quantifier() != nil {
      throw error(.nothingToRepeat(text(from: start, to: start + 1)), at: start)
    }
    return item
  }

  /// Reads a quantifier if one is here; a brace that starts none is left alone.
  mutating func quantifier() throws(PatternError) -> (lower: Int, upper: Int?)? {
    let start = index
    let bounds: (Int, Int?)
    switch peek {
    case 0x2A: bounds = (0, nil)
    case 0x2B: bounds = (1, nil)
    case 0x3F: bounds = (0, 1)
    case 0x7B:
      index += 1
      guard let lower = number() else {
        index = start
        return nil
      }
      var upper: Int? = lower
      if take(0x2C) { upper = number() }
      guard peek == 0x7D else {
        index = start
        return nil
      }
      if let upper, upper < lower { throw error(.reversedBounds, at: start) }
      bounds = (lower, upper)
    default: return nil
    }
    index += 1
    _ = take(0x3F)
    return bounds
  }

  /// Reads decimal digits; a number too large for any bound stays at the largest one.
  mutating func number() -> Int? {
    let start = index
    var value = 0
    while let digit = peek, (0x30...0x39).contains(digit) {
      value = min(value * 10 + Int(digit - 0x30), 1 << 32)
      index += 1
    }
    return index > start ? value : nil
  }

  // MARK: Groups

  private mutating func group(depth: Int) throws(PatternError) -> (SyntaxTree, Bool) {
    let start = index
    index += 1
    let flags = (dotMatchesAll, isMultiline)
    var look: (behind: Bool, negated: Bool)?
    if take("?=") {
      look = (false, false)
    } else if take("?!") {
      look = (false, true)
    } else if take("?<=") {
      look = (true, false)
    } else if take("?<!") {
      look = (true, true)
    } else if take("?<") {
      try groupName()
    } else if peek == 0x3F {
      try modifiers()
    }
    let body = try disjunction(depth: depth + 1)
    guard take(0x29) else { throw error(.unclosedGroup, at: start) }
    (dotMatchesAll, isMultiline) = flags
    guard let look else { return (body, true) }
    lookCount += 1
    return (.look(body, behind: look.behind, negated: look.negated, number: lookCount), false)
  }

  /// Reads `?:` or `?ms-ms:`.
  private mutating func modifiers() throws(PatternError) {
    let start = index - 1
    index += 1
    var seen: [UInt32] = []
    var isOn = true
    while let scalar = peek, scalar != 0x3A {
      let isFlag = scalar == 0x69 || scalar == 0x6D || scalar == 0x73
      if scalar == 0x29, !seen.isEmpty {
        throw error(.flagsForTheRest(text(from: start + 2)), at: start)
      }
      guard isFlag && !seen.contains(scalar) || scalar == 0x2D && isOn else {
        throw unknownGroup(at: start)
      }
      switch scalar {
      case 0x2D: isOn = false
      case 0x6D: isMultiline = isOn
      case 0x73: dotMatchesAll = isOn
      default: if isOn, !isSyntaxOnly { throw error(.caseInsensitive) }
      }
      if isFlag { seen.append(scalar) }
      index += 1
    }
    guard take(0x3A), isOn || !seen.isEmpty else {
      throw unknownGroup(at: start)
    }
  }

  /// The error for a `(?` that starts no group, shown up to where the flags or the name would end.
  private func unknownGroup(at start: Int) -> PatternError {
    var end = min(start + 3, scalars.count)
    while end < scalars.count, end < start + 8, scalars[end - 1] != 0x3A, scalars[end - 1] != 0x29,
      scalars[end - 1] != 0x3C, scalars[end - 1] != 0x3E, Self.isASCIILetter(scalars[end])
    {
      end += 1
    }
    let second = start + 3 < scalars.count ? scalars[start + 3] : nil
    return error(
      .unknownGroup(
        text(from: start, to: end),
        advice: start + 2 < scalars.count
          ? ForeignSpelling.advice(forGroup: scalars[start + 2], second) : nil),
      at: start)
  }

  /// Whether a code point is an ASCII letter.
  static func isASCIILetter(_ value: UInt32) -> Bool {
    (0x41...0x5A).contains(value) || (0x61...0x7A).contains(value)
  }

  private mutating func groupName() throws(PatternError) {
    let start = index
    var name: [UInt32] = []
    while let scalar = peek, scalar != 0x3E {
      var value = scalar
      index += 1
      if scalar == 0x5C {
        guard take(0x75), let escaped = try unicodeEscape() else {
          throw error(.badGroupName, at: start)
        }
        value = escaped
      }
      guard Self.isNameScalar(value, isFirst: name.isEmpty) else {
        throw error(.badGroupName, at: start)
      }
      name.append(value)
    }
    guard take(0x3E), !name.isEmpty else { throw error(.badGroupName, at: start) }
    // Two groups may share a name where no match can enter both (ECMA-262 section 22.2.1.1).
    for other in names where other.name == name {
      let isApart = other.path.contains { step in
        path.contains {
          $0.disjunction == step.disjunction && $0.alternative != step.alternative
        }
      }
      if !isApart { throw error(.duplicateGroupName(Self.text(name)), at: start) }
    }
    names.append((name, path))
  }

  private static func isNameScalar(_ value: UInt32, isFirst: Bool) -> Bool {
    guard let scalar = Unicode.Scalar(value) else { return false }
    if value == 0x24 || value == 0x5F { return true }
    return isFirst
      ? scalar.properties.isIDStart
      : scalar.properties.isIDContinue || value == 0x200C || value == 0x200D
  }

  /// `^` and `$` between lines, as lookarounds: no line terminator, or nothing, is absent there.
  private static let lineStart = SyntaxTree.look(
    .set(ScalarSet.lineTerminator.inverted), behind: true, negated: true, number: -1)
  private static let lineEnd = SyntaxTree.look(
    .set(ScalarSet.lineTerminator.inverted), behind: false, negated: true, number: -2)
}
