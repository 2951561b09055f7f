/// I-Regexp: the grammar of RFC 9485 section 4, and nothing that it leaves out.
extension PatternParser {
  /// Reads a whole I-Regexp.
  mutating func parseIRegexp() throws(PatternError) -> SyntaxTree {
    let tree = try iRegexp(depth: 0)
    if peek == 0x29 { throw error(.unmatchedParenthesis) }
    return tree
  }

  private mutating func iRegexp(depth: Int) throws(PatternError) -> SyntaxTree {
    guard depth < PatternLimits.depth else { throw error(.tooDeep(limit: PatternLimits.depth)) }
    var branches: [SyntaxTree] = []
    repeat {
      var pieces: [SyntaxTree] = []
      while let scalar = peek, scalar != 0x7C, scalar != 0x29 {
        pieces.append(try piece(scalar, depth: depth))
      }
      branches.append(.joining(pieces))
    } while take(0x7C)
    return .choosing(branches)
  }

  private mutating func piece(_ scalar: UInt32, depth: Int) throws(PatternError) -> SyntaxTree {
    let start = index
    let atom: SyntaxTree
    switch scalar {
    case 0x28:
      _ = take(scalar)
      if peek == 0x3F {
        throw error(.notInIRegexp("a group that starts with '(?'"), at: start)
      }
      atom = try iRegexp(depth: depth + 1)
      guard take(0x29) else { throw error(.unclosedGroup, at: start) }
    case 0x2E:
      // RFC 9485 section 5.3: `.` is `[^\n\r]`.
      _ = take(scalar)
      atom = .set(
        ScalarSet([.init(first: 0x0A, last: 0x0A), .init(first: 0x0D, last: 0x0D)]).inverted)
    case 0x5B:
      atom = .set(try iRegexpClass())
    case 0x5C:
      atom = .set(try iRegexpEscape().set)
    case 0x2A, 0x2B, 0x3F:
      throw error(.nothingToRepeat(text(from: start, to: start + 1)))
    case 0x5D, 0x7B, 0x7D:
      throw error(.loneBracket(text(from: start, to: start + 1)))
    default:
      _ = take(scalar)
      atom = .set(ScalarSet(scalar, scalar))
    }
    let quantifierStart = index
    guard let bounds = try quantifier() else { return atom }
    if text(from: quantifierStart).utf8.dropFirst().last == 0x3F {
      throw error(.notInIRegexp("a lazy quantifier"), at: quantifierStart)
    }
    return .repeating(atom, lower: bounds.lower, upper: bounds.upper)
  }

  /// Reads an escape at its backslash; `single` is nil for a category.
  private mutating func iRegexpEscape() throws(PatternError) -> (set: ScalarSet, single: UInt32?) {
    let start = index
    _ = take(0x5C)
    guard let scalar = peek else { throw error(.trailingBackslash, at: start) }
    _ = take(scalar)
    let value: UInt32
    switch scalar {
    case 0x28...0x2B, 0x2D, 0x2E, 0x3F, 0x5B...0x5E, 0x7B...0x7D: value = scalar
    case 0x6E: value = 0x0A
    case 0x72: value = 0x0D
    case 0x74: value = 0x09
    case 0x70, 0x50:
      let set = try iRegexpCategory(start: start)
      return (scalar == 0x50 ? set.inverted : set, nil)
    default:
      throw error(.notInIRegexp("the escape '\(text(from: start))'"), at: start)
    }
    return (ScalarSet(value, value), value)
  }

  /// Reads `{category}`: one of the letters of General_Category, or two.
  private mutating func iRegexpCategory(start: Int) throws(PatternError) -> ScalarSet {
    guard take(0x7B) else { throw error(.incompleteProperty(instead: nil), at: start) }
    let nameStart = index
    while let scalar = peek, scalar != 0x7D { _ = take(scalar) }
    let name = text(from: nameStart)
    guard take(0x7D) else { throw error(.incompleteProperty(instead: nil), at: start) }
    // The grammar has no `LC` and no `Cs`.
    guard name.utf8.count <= 2, name != "LC", name != "Cs",
      let set = UnicodeProperty.generalCategories.set(named: name)
    else {
      throw error(.notInIRegexp("the property '\(name)'"), at: nameStart)
    }
    return set
  }

  private mutating func iRegexpClass() throws(PatternError) -> ScalarSet {
    let start = index
    _ = take(0x5B)
    let isNegated = take(0x5E)
    var ranges: [ScalarSet.Range] = []
    var isFirst = true
    while let scalar = peek, scalar != 0x5D {
      let memberStart = index
      if scalar == 0x2D {
        // A hyphen stands for itself only first or last.
        guard isFirst || peek(1) == 0x5D else {
          throw error(.loneBracket("-"), at: memberStart)
        }
        _ = take(scalar)
        ranges.append(.init(first: scalar, last: scalar))
        isFirst = false
        continue
      }
      isFirst = false
      let first = try iRegexpClassMember(scalar)
      guard let low = first.single, peek == 0x2D, let after = peek(1), after != 0x5D else {
        ranges += first.set.ranges
        continue
      }
      _ = take(0x2D)
      guard after != 0x2D else { throw error(.loneBracket("-")) }
      guard let high = try iRegexpClassMember(after).single else {
        throw error(.classInRange, at: memberStart)
      }
      guard low <= high else { throw error(.reversedRange, at: memberStart) }
      ranges.append(.init(first: low, last: high))
    }
    guard take(0x5D) else { throw error(.unclosedClass, at: start) }
    if isFirst { throw error(.notInIRegexp("an empty class"), at: start) }
    return isNegated ? ScalarSet(ranges).inverted : ScalarSet(ranges)
  }

  private mutating func iRegexpClassMember(
    _ scalar: UInt32
  ) throws(PatternError) -> (set: ScalarSet, single: UInt32?) {
    if scalar == 0x5C { return try iRegexpEscape() }
    guard scalar != 0x5B else { throw error(.loneBracket("[")) }
    _ = take(scalar)
    return (ScalarSet(scalar, scalar), scalar)
  }
}
