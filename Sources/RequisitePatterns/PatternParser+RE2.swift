/// RE2: the syntax that `matches` in CEL takes (github.com/google/re2/wiki/Syntax).
extension PatternParser {
  /// The flags that `(?ims)` sets.
  ///
  /// `U`, which swaps greedy and lazy, cannot change whether there is a match.
  private struct RE2Flags {
    var foldsCase = false
    var isMultiline = false
    var dotMatchesAll = false
  }

  /// A part of a pattern, and how often its repeats multiply what is innermost.
  private struct RE2Item {
    var tree: SyntaxTree
    var rounds = 1
  }

  /// Reads a whole pattern.
  mutating func parseRE2() throws(PatternError) -> SyntaxTree {
    let item = try re2Alternatives(RE2Flags(), depth: 0)
    if peek == 0x29 { throw error(.unmatchedParenthesis) }
    return item.tree
  }

  private mutating func re2Alternatives(
    _ outer: RE2Flags, depth: Int
  ) throws(PatternError) -> RE2Item {
    guard depth < PatternLimits.depth else { throw error(.tooDeep(limit: PatternLimits.depth)) }
    // Flags that are set in a group hold up to its end, in further alternatives as well.
    var flags = outer
    var branches: [SyntaxTree] = []
    var rounds = 1
    repeat {
      let branch = try re2Branch(&flags, depth: depth)
      branches.append(branch.tree)
      rounds = max(rounds, branch.rounds)
    } while take(0x7C)
    return RE2Item(tree: .choosing(branches), rounds: rounds)
  }

  private mutating func re2Branch(
    _ flags: inout RE2Flags, depth: Int
  ) throws(PatternError) -> RE2Item {
    var items: [RE2Item] = []
    var followsRepeat = false
    while let scalar = peek, scalar != 0x7C, scalar != 0x29 {
      let start = index
      if let bounds = try re2Repeat(scalar) {
        guard let item = items.popLast() else {
          throw error(.nothingToRepeat(text(from: start, to: start + 1)), at: start)
        }
        if followsRepeat {
          throw error(
            .notInRE2(
              "a repeat of a repeat", advice: "put the first one in a group, as in '(?:a+)*'"),
            at: start)
        }
        items.append(try re2Repetition(of: item, bounds, at: start))
        followsRepeat = true
        continue
      }
      followsRepeat = false
      switch scalar {
      case 0x28:
        if let group = try re2Group(&flags, depth: depth) { items.append(group) }
      case 0x5B: items.append(RE2Item(tree: .set(try re2Class(foldsCase: flags.foldsCase))))
      case 0x5C where peek(1) == 0x51:
        index += 2
        while !isAtEnd, !take("\\E") {
          if let literal = peek, take(literal) { items.append(Self.literal(literal, flags)) }
        }
      default: items.append(RE2Item(tree: try re2Atom(scalar, flags)))
      }
    }
    return RE2Item(
      tree: .joining(items.map(\.tree)), rounds: items.map(\.rounds).max() ?? 1)
  }

  private static func literal(_ value: UInt32, _ flags: RE2Flags) -> RE2Item {
    RE2Item(tree: .set(folded(ScalarSet(value, value), flags)))
  }

  private static func folded(_ set: ScalarSet, _ flags: RE2Flags) -> ScalarSet {
    flags.foldsCase ? CaseFolding.closure(of: set) : set
  }

  private mutating func re2Atom(
    _ scalar: UInt32, _ flags: RE2Flags
  ) throws(PatternError) -> SyntaxTree {
    switch scalar {
    case 0x5E:
      index += 1
      return flags.isMultiline ? Self.afterLineFeed : .assertion(.start)
    case 0x24:
      index += 1
      return flags.isMultiline ? Self.beforeLineFeed : .assertion(.end)
    case 0x2E:
      index += 1
      return .set(flags.dotMatchesAll ? .any : ScalarSet(0x0A, 0x0A).inverted)
    case 0x5C:
      let assertion: SyntaxTree.Assertion? =
        switch peek(1) {
        case 0x41: .start
        case 0x7A: .end
        case 0x62: .wordBoundary
        case 0x42: .notWordBoundary
        default: nil
        }
      if let assertion {
        index += 2
        return .assertion(assertion)
      }
      if let set = try re2ClassEscape(foldsCase: flags.foldsCase) { return .set(set) }
      let value = try re2Escape(isInClass: false)
      return Self.literal(value, flags).tree
    default:
      index += 1
      return Self.literal(scalar, flags).tree
    }
  }

  /// `^` and `$` with the flag `m`: nothing but a line feed, or nothing, is on that side.
  private static let afterLineFeed = SyntaxTree.look(
    .set(ScalarSet(0x0A, 0x0A).inverted), behind: true, negated: true, number: -3)
  private static let beforeLineFeed = SyntaxTree.look(
    .set(ScalarSet(0x0A, 0x0A).inverted), behind: false, negated: true, number: -4)

  // MARK: Repeats

  /// Reads a repeat if one is here; a brace that starts none is a character.
  private mutating func re2Repeat(
    _ scalar: UInt32
  ) throws(PatternError) -> (lower: Int, upper: Int?)? {
    let start = index
    let bounds: (lower: Int, upper: Int?)
    switch scalar {
    case 0x2A: bounds = (0, nil)
    case 0x2B: bounds = (1, nil)
    case 0x3F: bounds = (0, 1)
    case 0x7B:
      index += 1
      guard let lower = re2Count() else {
        index = start
        return nil
      }
      var upper: Int? = lower
      if take(0x2C) { upper = peek == 0x7D ? nil : re2Count() ?? -1 }
      guard peek == 0x7D, upper != -1 else {
        index = start
        return nil
      }
      if max(lower, upper ?? 0) > PatternLimits.re2Repetitions {
        throw error(
          .notInRE2(
            "a repeat of more than \(PatternLimits.re2Repetitions) times",
            advice: "use smaller bounds"), at: start)
      }
      if let upper, upper < lower { throw error(.reversedBounds, at: start) }
      bounds = (lower, upper)
    default: return nil
    }
    index += 1
    _ = take(0x3F)
    return bounds
  }

  /// Reads decimal digits without needless zeros.
  private mutating func re2Count() -> Int? {
    let hasNeedlessZero = peek == 0x30 && peek(1).map { (0x30...0x39).contains($0) } ?? false
    return hasNeedlessZero ? nil : number()
  }

  private func re2Repetition(
    of item: RE2Item, _ bounds: (lower: Int, upper: Int?), at start: Int
  ) throws(PatternError) -> RE2Item {
    let count = max(bounds.upper ?? bounds.lower, 1)
    var rounds = item.rounds
    if bounds.lower > 1 || bounds.upper ?? 0 > 1 { rounds *= count }
    guard rounds <= PatternLimits.re2Repetitions else {
      throw error(
        .notInRE2(
          "a repeat of more than \(PatternLimits.re2Repetitions) times",
          advice: "use smaller bounds"), at: start)
    }
    return RE2Item(
      tree: .repeating(item.tree, lower: bounds.lower, upper: bounds.upper), rounds: rounds)
  }

  // MARK: Groups

  /// Reads a group, or flags that hold from here on, of which nothing is left.
  private mutating func re2Group(
    _ flags: inout RE2Flags, depth: Int
  ) throws(PatternError) -> RE2Item? {
    let start = index
    index += 1
    var inner = flags
    if take("?P<") {
      try re2GroupName(start: start)
    } else if peek == 0x3F, peek(1) == 0x3C, peek(2) != 0x3D, peek(2) != 0x21 {
      index += 2
      try re2GroupName(start: start)
    } else if take(0x3F) {
      guard try re2Flags(&inner, start: start) else {
        flags = inner
        return nil
      }
    }
    let body = try re2Alternatives(inner, depth: depth + 1)
    guard take(0x29) else { throw error(.unclosedGroup, at: start) }
    return body
  }

  /// Reads flags, and the colon or parenthesis behind them; whether a group follows.
  private mutating func re2Flags(
    _ flags: inout RE2Flags, start: Int
  ) throws(PatternError) -> Bool {
    var isOn = true
    var hasFlag = true
    while let scalar = peek {
      index += 1
      switch scalar {
      case 0x69: flags.foldsCase = isOn
      case 0x6D: flags.isMultiline = isOn
      case 0x73: flags.dotMatchesAll = isOn
      case 0x55: break
      case 0x2D where isOn:
        isOn = false
        hasFlag = false
        continue
      case 0x3A where hasFlag: return true
      case 0x29 where hasFlag: return false
      case 0x3D, 0x21:
        throw error(
          .notInRE2("a lookahead", advice: "use a second 'matches' beside this one"), at: start)
      case 0x3C:
        throw error(
          .notInRE2("a lookbehind", advice: "use a second 'matches' beside this one"), at: start)
      default:
        throw error(
          .notInRE2(
            "'\(text(from: start))'",
            advice: "groups start with '(?:', '(?P<name>' or flags, as in '(?i:'"), at: start)
      }
      hasFlag = true
    }
    throw error(.unclosedGroup, at: start)
  }

  private mutating func re2GroupName(start: Int) throws(PatternError) {
    let nameStart = index
    while let scalar = peek, scalar != 0x3E { _ = take(scalar) }
    let name = text(from: nameStart)
    let isWord =
      !name.isEmpty
      && name.unicodeScalars.allSatisfy {
        switch $0.properties.generalCategory {
        case .uppercaseLetter, .lowercaseLetter, .titlecaseLetter, .modifierLetter, .otherLetter,
          .nonspacingMark, .spacingMark, .decimalNumber, .connectorPunctuation:
          true
        default: false
        }
      }
    guard take(0x3E), isWord else { throw error(.badGroupName, at: nameStart) }
    guard !namedReferences.contains(where: { $0.name.utf8.elementsEqual(name.utf8) }) else {
      throw error(.duplicateGroupName(name), at: nameStart)
    }
    namedReferences.append((name, nameStart))
  }
}
