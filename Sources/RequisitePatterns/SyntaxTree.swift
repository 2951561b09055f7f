/// A pattern as a tree: captures, names and laziness are gone, for they do not change whether there
/// is a match.
indirect enum SyntaxTree: Sendable {
  /// Matches the empty text.
  case empty
  /// Matches one character of the set; an empty set matches nothing.
  case set(ScalarSet)
  case sequence([SyntaxTree])
  case alternation([SyntaxTree])
  /// `upper` is nil where there is no bound.
  case repetition(SyntaxTree, lower: Int, upper: Int?)
  case assertion(Assertion)
  /// `number` tells the lookarounds of a pattern apart; copies in a written-out repeat share it.
  case look(SyntaxTree, behind: Bool, negated: Bool, number: Int)

  /// What holds, or does not, between two characters.
  enum Assertion: Sendable {
    case start
    case end
    case wordBoundary
    case notWordBoundary
  }
}

/// The makers keep trees small: no sequence in a sequence, no repeat of nothing, one set for
/// `(a|b|[c-e])`.
extension SyntaxTree {
  static func joining(_ items: [SyntaxTree]) -> SyntaxTree {
    var flat: [SyntaxTree] = []
    for item in items {
      switch item {
      case .empty: continue
      case .sequence(let inner): flat += inner
      case .set, .alternation, .repetition, .assertion, .look: flat.append(item)
      }
    }
    if flat.count == 1 { return flat[0] }
    return flat.isEmpty ? .empty : .sequence(flat)
  }

  static func choosing(_ branches: [SyntaxTree]) -> SyntaxTree {
    var flat: [SyntaxTree] = []
    // Sets that stand side by side are one set: the order of branches cannot matter.
    var ranges: [ScalarSet.Range] = []
    var setCount = 0
    for branch in branches {
      switch branch {
      case .set(let set):
        ranges += set.ranges
        setCount += 1
      case .alternation(let inner):
        flat += inner
      case .empty, .sequence, .repetition, .assertion, .look:
        flat.append(branch)
      }
    }
    if setCount > 0 { flat.insert(.set(ScalarSet(ranges)), at: 0) }
    if flat.count == 1 { return flat[0] }
    if flat.allSatisfy(\.isEmpty) { return .empty }
    return .alternation(flat)
  }

  static func repeating(_ item: SyntaxTree, lower: Int, upper: Int?) -> SyntaxTree {
    if item.isEmpty || upper == 0 { return .empty }
    if lower == 1, upper == 1 { return item }
    return .repetition(item, lower: lower, upper: upper)
  }

  var isEmpty: Bool {
    if case .empty = self { true } else { false }
  }

  var isAssertion: Bool {
    if case .assertion = self { true } else { false }
  }

  /// Whether no match can start but at the start of the text.
  var startsAnchored: Bool {
    switch self {
    case .assertion(.start): true
    case .sequence(let items): Self.leadsAnchored(items)
    case .alternation(let branches): branches.allSatisfy(\.startsAnchored)
    case .repetition(let item, let lower, _): lower > 0 && item.startsAnchored
    case .empty, .set, .assertion, .look: false
    }
  }

  /// Whether an anchored item comes before any that reads a character.
  private static func leadsAnchored(_ items: [SyntaxTree]) -> Bool {
    for item in items {
      if item.startsAnchored { return true }
      switch item {
      case .look, .assertion: continue
      case .empty, .set, .sequence, .alternation, .repetition: return false
      }
    }
    return false
  }
}
