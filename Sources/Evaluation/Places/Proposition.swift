/// Something to find out about a request from its slots, with three outcomes.
///
/// Of expressions, a value that is not there has the outcome `absent`, which decides nothing unless
/// another operand does (cel-spec, "Logical Operators"). Schemas have the first two outcomes.
indirect enum Proposition: Sendable {
  case truth(Truth)
  /// A question to the value in a slot, with the outcome where there is none.
  case ask(PlaceTable.Operation, slot: Int32, operand: UInt64, missing: Truth)
  case not(Proposition)
  case all([Proposition])
  case any([Proposition])
  /// One proposition decides which of two others does; absent where it is.
  case choice(Proposition, Proposition, Proposition)

  enum Truth: Sendable {
    case yes
    case no
    case absent
  }

  static let yes = Proposition.truth(.yes)
  static let no = Proposition.truth(.no)
  static let absent = Proposition.truth(.absent)

  /// The same, decided as far as it can be without a request.
  var simplified: Proposition {
    switch self {
    case .truth, .ask: return self
    case .not(let operand):
      switch operand.simplified {
      case .truth(.yes): return .no
      case .truth(.no): return .yes
      case .truth(.absent): return .absent
      case .not(let inner): return inner
      case let other: return .not(other)
      }
    case .all(let operands): return Self.joined(operands, neutral: .yes, decisive: .no)
    case .any(let operands): return Self.joined(operands, neutral: .no, decisive: .yes)
    case .choice(let condition, let first, let second):
      switch condition.simplified {
      case .truth(.yes): return first.simplified
      case .truth(.no): return second.simplified
      case .truth(.absent): return .absent
      case let other: return .choice(other, first.simplified, second.simplified)
      }
    }
  }

  /// Operands without those that decide nothing, or the outcome where one decides all.
  private static func joined(
    _ operands: [Proposition], neutral: Truth, decisive: Truth
  ) -> Proposition {
    var kept: [Proposition] = []
    for operand in operands.map(\.simplified) {
      if case .truth(let truth) = operand {
        if truth == neutral { continue }
        if truth == decisive { return operand }
      }
      kept.append(operand)
    }
    if kept.isEmpty { return .truth(neutral) }
    if kept.count == 1 { return kept[0] }
    if neutral == .no, let short = presenceFirst(kept) { return short }
    return neutral == .yes ? .all(kept) : .any(kept)
  }

  /// "Absent, or else so" as one question: `any` of the absence of a slot, and a question to it.
  private static func presenceFirst(_ operands: [Proposition]) -> Proposition? {
    guard operands.count == 2,
      case .not(.ask(.isPresent, let slot, _, _)) = operands[0],
      case .ask(let operation, slot, let operand, _) = operands[1]
    else { return nil }
    return .ask(operation, slot: slot, operand: operand, missing: .yes)
  }
}

extension PlaceTableCompiler {
  /// Where the outcomes of a proposition lead.
  struct Exits: Hashable {
    var onTrue: Int32
    var onFalse: Int32
    var onAbsent: Int32
    var onUndecided: Int32
  }

  /// How many steps a table has at most.
  static let stepLimit = 20_000

  /// Appends the steps of a proposition; the result is the first one.
  ///
  /// Recursion is as deep as rules nest.
  func emit(_ proposition: Proposition, _ exits: Exits) -> Int32 {
    switch proposition {
    case .truth(.yes): return exits.onTrue
    case .truth(.no): return exits.onFalse
    case .truth(.absent): return exits.onAbsent
    case .ask(let operation, let slot, let operand, let missing):
      let onMissing =
        switch missing {
        case .yes: exits.onTrue
        case .no: exits.onFalse
        case .absent: exits.onAbsent
        }
      return append(
        PlaceTable.Step(
          operation: operation, slot: slot, operand: operand, onTrue: exits.onTrue,
          onFalse: exits.onFalse, onMissing: onMissing, onUndecided: exits.onUndecided))
    case .not(let operand):
      var swapped = exits
      swap(&swapped.onTrue, &swapped.onFalse)
      return emit(operand, swapped)
    case .choice(let condition, let first, let second):
      var inner = exits
      inner.onTrue = emit(first, exits)
      inner.onFalse = emit(second, exits)
      return emit(condition, inner)
    case .all(let operands): return emit(operands[...], exits)
    case .any(let operands):
      // What is true of one is what is false of all their negations.
      var swapped = exits
      swap(&swapped.onTrue, &swapped.onFalse)
      return emit(operands.map { .not($0) }[...], swapped)
    }
  }

  /// Operands that all have to be true.
  private func emit(_ operands: ArraySlice<Proposition>, _ exits: Exits) -> Int32 {
    guard let first = operands.first else { return exits.onTrue }
    var inner = exits
    inner.onTrue = emit(operands.dropFirst(), exits)
    if first.mayBeAbsent {
      // The others may still decide; if they do not, the outcome is that of the first.
      var rest = exits
      rest.onTrue = exits.onAbsent
      inner.onAbsent =
        exits.onAbsent == exits.onTrue ? inner.onTrue : emit(operands.dropFirst(), rest)
    }
    return emit(first, inner)
  }

  func append(_ step: PlaceTable.Step) -> Int32 {
    table.steps.append(step)
    if table.steps.count > Self.stepLimit { hasTooManySteps = true }
    return Int32(table.steps.count - 1)
  }
}

extension Proposition {
  /// Whether the outcome may be that a value is absent.
  var mayBeAbsent: Bool {
    switch self {
    case .truth(let truth): truth == .absent
    case .ask(_, _, _, let missing): missing == .absent
    case .not(let operand): operand.mayBeAbsent
    case .all(let operands), .any(let operands): operands.contains(where: \.mayBeAbsent)
    case .choice(let condition, let first, let second):
      condition.mayBeAbsent || first.mayBeAbsent || second.mayBeAbsent
    }
  }
}
