/// Shorter trees for "is there a match anywhere?".
///
/// Where nothing is behind a repeat, the fewest rounds do: `a{1,1024}` finds a match where `a`
/// does, and `a*` wherever it looks. The same holds ahead of the pattern, as a match may start
/// later. So large bounds, and most stars, never reach the automaton.
extension SyntaxTree {
  /// The tree without what no search for a match needs at its start and at its end.
  var trimmedForSearch: SyntaxTree {
    trimmed(atEnd: true).trimmed(atEnd: false)
  }

  /// Trims the bodies of lookarounds, each at the side that is open; the sides next to the place
  /// stay.
  var trimmedInside: SyntaxTree {
    switch self {
    case .empty, .set, .assertion:
      return self
    case .sequence(let items):
      return .joining(items.map(\.trimmedInside))
    case .alternation(let branches):
      return .choosing(branches.map(\.trimmedInside))
    case .repetition(let item, let lower, let upper):
      return .repeating(item.trimmedInside, lower: lower, upper: upper)
    case .look(let body, let behind, let negated, let number):
      return .look(
        body.trimmedInside.trimmed(atEnd: !behind), behind: behind, negated: negated,
        number: number)
    }
  }

  func trimmed(atEnd: Bool) -> SyntaxTree {
    switch self {
    case .empty, .set, .assertion:
      return self
    case .sequence(var items):
      while let item = atEnd ? items.last : items.first {
        let trimmed = item.trimmed(atEnd: atEnd)
        if atEnd { items.removeLast() } else { items.removeFirst() }
        if trimmed.isEmpty { continue }
        if atEnd { items.append(trimmed) } else { items.insert(trimmed, at: 0) }
        break
      }
      return .joining(items)
    case .alternation(let branches):
      let trimmed = branches.map { $0.trimmed(atEnd: atEnd) }
      // A branch that asks for nothing makes the others needless.
      return trimmed.contains(where: \.isEmpty) ? .empty : .choosing(trimmed)
    case .repetition(let item, let lower, _):
      guard lower > 0 else { return .empty }
      let edge = item.trimmed(atEnd: atEnd)
      if lower == 1 { return edge }
      if case .set = item { return .repeating(item, lower: lower, upper: lower) }
      let rest = SyntaxTree.repeating(item, lower: lower - 1, upper: lower - 1)
      return .joining(atEnd ? [rest, edge] : [edge, rest])
    case .look(let body, let behind, negated: false, number: _) where behind != atEnd:
      // `a(?=b)` is found where `ab` is.
      return body.trimmed(atEnd: atEnd)
    case .look:
      return self
    }
  }
}
