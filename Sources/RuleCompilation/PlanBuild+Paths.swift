import Documents
import Evaluation
import JSONPath
import RequestDecoding
import RulePacks
import SourceText

/// JSONPaths of a pack: what they are compiled to, and what the model knows of their nodes.
extension PlanBuild {
  /// The query of a path, or nil where it is none, which is then told.
  mutating func query(_ path: Located<String>) -> JSONPathQuery? {
    schemas.spend(CompilationCost.path + CompilationCost.expressionByte * path.value.utf8.count)
    guard schemas.budget.isLeftForCompilation else { return nil }
    do throws(JSONPathError) {
      return try JSONPathQuery(path.value).compiled(symbols: &schemas.plan.program.symbols)
    } catch {
      schemas.mistake(
        "pack/bad-path", error.sentence, at: place(of: path.node),
        part: pack.file.sourceRange(
          of: error.range.lowerBound..<error.range.upperBound, in: path.node))
      return nil
    }
  }

  mutating func selector(_ query: JSONPathQuery) -> Selector {
    if let (symbols, thenEach) = query.plainPath {
      return .path(symbols, thenEach: thenEach)
    }
    schemas.plan.expressions.queries.append(query)
    return .query(index: schemas.plan.expressions.queries.count - 1)
  }

  mutating func addSensitive(_ path: Located<String>) {
    guard let query = query(path) else { return }
    _ = shapes(selectedBy: query, path)
    if let (symbols, thenEach) = query.plainPath, !thenEach {
      schemas.plan.privacy.sensitive.append(.path(symbols))
    } else {
      schemas.plan.expressions.queries.append(query)
      let named = query.segments.map { $0.memberNames }
      schemas.plan.privacy.sensitive.append(
        .query(
          index: schemas.plan.expressions.queries.count - 1, last: named.last ?? [],
          innermost: named.last { !$0.isEmpty } ?? []))
    }
  }

  mutating func addIdentity(_ identity: RulePack.Identity) {
    guard let query = query(identity.path) else { return }
    let arrays = shapes(selectedBy: query, identity.path).map { model.shapes[$0].shape }
    let name = identity.member.value
    let symbol = schemas.plan.program.symbols.intern(name)
    schemas.plan.ruleTable.identities.append(
      ArrayIdentity(arrays: selector(query), member: MemberName(symbol: symbol, text: name)))
    guard checking != .none else { return }
    if !arrays.isEmpty, arrays.allSatisfy({ $0.kind == .structure || $0.kind == .map }) {
      schemas.mistake(
        "pack/unreachable-path",
        "path selects objects; select an array, since only its elements have an identity",
        at: place(of: identity.path.node))
      return
    }
    let known = arrays.filter { $0.kind == .list }.map { model.shapes[$0.child].shape }
    schemas.spend(CompilationCost.shape * known.reduce(0) { $0 + $1.members.count })
    let isMember = known.contains { shape in
      shape.kind != .structure || shape.isOpen || shape.members.contains { $0.symbol == symbol }
    }
    if !isMember, !known.isEmpty {
      let names = known.flatMap {
        $0.members.map { schemas.plan.program.symbols.name(of: $0.symbol) }
      }
      schemas.mistake(
        "pack/unknown-member",
        "unknown member '\(name)' in the elements of this array"
          + ModelNames.hint(name, among: names),
        at: place(of: identity.member.node))
    }
  }

  /// The shapes of the nodes that a path selects, 0 for what the model does not tell.
  ///
  /// A part of the path that can select nothing is reported.
  mutating func shapes(
    selectedBy query: JSONPathQuery, _ path: Located<String>
  ) -> Set<Int> {
    if hasManyMistakes { return [0] }
    var check = PathCheck(
      model: model, root: visibleRootShape, symbols: schemas.plan.program.symbols)
    check.stepsLeft = schemas.budget.leftForCompilation
    check.wantsHints = schemas.wantsHints
    check.rootClosure = rootClosures[visibleRootShape]
    let before = check.stepsLeft
    let shapes = check.shapes(selectedBy: query)
    schemas.spend(before - check.stepsLeft)
    rootClosures[visibleRootShape] = check.rootClosure
    if check.stepsLeft <= 0 { return [0] }
    guard checking != .none else { return shapes }
    for fault in check.faults {
      schemas.mistake(
        fault.code, fault.message, at: place(of: path.node),
        part: pack.file.sourceRange(
          of: fault.range.lowerBound..<fault.range.upperBound, in: path.node))
    }
    return shapes
  }
}

extension JSONPathQuery {
  /// The names of a path that goes by names alone, but for a last step to all children; else nil.
  fileprivate var plainPath: (symbols: [Symbol], thenEach: Bool)? {
    guard start == .root else { return nil }
    var symbols: [Symbol] = []
    for (index, segment) in segments.enumerated() {
      guard !segment.isDescendant, segment.selectors.count == 1 else { return nil }
      switch segment.selectors[0].kind {
      case .name(let name): symbols.append(name.symbol)
      case .wildcard:
        return index == segments.count - 1 ? (symbols, true) : nil
      case .index, .slice, .filter: return nil
      }
    }
    return (symbols, false)
  }
}

extension JSONPathQuery.Segment {
  /// The symbols of the members that the segment names.
  fileprivate var memberNames: [Symbol] {
    selectors.compactMap { selector in
      guard case .name(let name) = selector.kind else { return nil }
      return name.symbol
    }
  }
}
