import Documents
import Evaluation
import JSONPath
import RequisitePatterns
import RequestDecoding
import SourceText

/// Follows a path through the request's model, and finds what in it can select nothing.
struct PathCheck {
  /// A part of a path that can never do anything.
  struct Fault {
    /// The bytes of the path's text.
    var range: TextRange
    /// What is wrong, in words.
    var message: String
    /// The stable name of the kind of trouble.
    var code: String
  }

  let shapes: [ModelBuilder.ModelShape]
  let root: Int
  let symbols: SymbolTable
  private(set) var faults: [Fault] = []
  /// How many steps are left, in those of `CompilationCost`; without any, nothing is found.
  var stepsLeft = Int.max
  /// The root's shape and those of everything below it, once a path has asked for them.
  var rootClosure: Set<Int>?
  /// Whether names that may be meant are looked for.
  var wantsHints = true

  /// How many faults of one path are reported.
  static let faultLimit = 20

  init(model: ModelBuilder, root: Int, symbols: SymbolTable) {
    shapes = model.shapes
    self.root = root
    self.symbols = symbols
  }

  /// The shapes of what a query selects; empty where it selects nothing, which is then a fault.
  ///
  /// `current` are the shapes of the node that `@` stands for. Queries nest no deeper than their
  /// parser allows, which bounds the recursion.
  mutating func shapes(selectedBy query: JSONPathQuery, current: Set<Int> = []) -> Set<Int> {
    var found: Set<Int> = query.start == .root ? [root] : current
    for segment in query.segments where !found.isEmpty {
      let from = segment.isDescendant ? closure(of: found) : found
      var next: Set<Int> = []
      for selector in segment.selectors {
        let selected = children(of: from, by: selector, isDescendant: segment.isDescendant)
        next.formUnion(selected)
        if case .filter(let filter) = selector.kind, !selected.isEmpty {
          check(filter, on: selected)
        }
      }
      found = next
    }
    return found
  }

  mutating func add(
    _ message: String, _ range: TextRange, code: String = "pack/unreachable-path"
  ) {
    guard faults.count < Self.faultLimit else { return }
    faults.append(Fault(range: range, message: message, code: code))
  }

  // MARK: - Selectors

  private mutating func children(
    of shapes: Set<Int>, by selector: JSONPathQuery.Selector, isDescendant: Bool
  ) -> Set<Int> {
    if case .slice(let start, let end, let step) = selector.kind, isEmpty(start, end, step) {
      add("slice selects nothing in any array", selector.range)
      return []
    }
    var selected: Set<Int> = []
    for shape in shapes where takesSteps(for: shape, by: selector.kind) {
      selected.formUnion(children(of: shape, by: selector.kind))
    }
    if selected.isEmpty, stepsLeft > 0 {
      add(reason(selector.kind, on: shapes, isDescendant: isDescendant), selector.range)
    }
    return selected
  }

  private func isEmpty(_ start: Int?, _ end: Int?, _ step: Int) -> Bool {
    if step == 0 { return true }
    guard step > 0, let end, (start ?? 0) >= 0, end >= 0 else { return false }
    return (start ?? 0) >= end
  }

  private func children(of number: Int, by kind: JSONPathQuery.Selector.Kind) -> Set<Int> {
    let known = shapes[number]
    switch kind {
    case .name(let name):
      guard admits(.object, known) else { return [] }
      switch known.shape.kind {
      case .structure:
        if let member = member(name.bytes, of: known) { return [member] }
        return known.shape.isOpen ? [0] : []
      case .map: return [known.shape.child]
      case .list, .anything: return [0]
      }
    case .index, .slice:
      guard admits(.array, known) else { return [] }
      return known.shape.kind == .list ? [known.shape.child] : [0]
    case .wildcard, .filter:
      guard admits(.object, known) || admits(.array, known) else { return [] }
      return children(of: known)
    }
  }

  /// The shapes of all children of a value.
  private func children(of known: ModelBuilder.ModelShape) -> Set<Int> {
    switch known.shape.kind {
    case .structure:
      let members = known.shape.members.map(\.shape)
      return Set(members + (known.shape.isOpen ? [0] : []))
    case .map, .list: return [known.shape.child]
    case .anything:
      return admits(.object, known) || admits(.array, known) ? [0] : []
    }
  }

  private func member(_ name: [UInt8], of known: ModelBuilder.ModelShape) -> Int? {
    let symbol = symbols.symbol(of: name)
    return known.memberShapes[symbol]
  }

  private func admits(_ type: TypeSet, _ known: ModelBuilder.ModelShape) -> Bool {
    known.types.map { $0.contains(type) } ?? true
  }

  /// Shapes and those of everything below them.
  private mutating func closure(of start: Set<Int>) -> Set<Int> {
    if start == [root], let rootClosure { return rootClosure }
    var found = start
    var work = Array(start)
    while let number = work.popLast(), takesSteps(for: number, by: .wildcard) {
      for child in children(of: shapes[number]) where found.insert(child).inserted {
        work.append(child)
      }
    }
    if start == [root], stepsLeft > 0 { rootClosure = found }
    return found
  }

  /// Takes the steps of looking at what a selector selects of a shape; false where there are none.
  private mutating func takesSteps(
    for number: Int, by selector: JSONPathQuery.Selector.Kind
  ) -> Bool {
    let width =
      switch selector {
      case .name, .index, .slice: 1
      case .wildcard, .filter: 1 + shapes[number].shape.members.count
      }
    stepsLeft = stepsLeft.subtractingReportingOverflow(CompilationCost.shape * width).partialValue
    return stepsLeft > 0
  }

  // MARK: - Words

  private func reason(
    _ kind: JSONPathQuery.Selector.Kind, on numbers: Set<Int>, isDescendant: Bool
  ) -> String {
    let known = numbers.sorted().map { shapes[$0] }
    let types = known.reduce(into: TypeSet()) { $0.formUnion($1.types ?? []) }
    switch kind {
    case .name(let name) where known.contains { $0.shape.kind == .structure && admits(.object, $0) }:
      let text = String(decoding: name.bytes, as: UTF8.self)
      let place = isDescendant ? " anywhere below" : ""
      let message = "unknown member '\(text)' in the model\(place)"
      guard wantsHints else { return message }
      let names = known.flatMap { $0.shape.members.map { symbols.name(of: $0.symbol) } }
      return message + ModelNames.hint(text, among: names)
    case .name:
      return "selects nothing: the model has \(types.words) here, which has no members"
    case .index, .slice:
      return "selects nothing: the model has \(types.words) here, which has no elements"
    case .wildcard, .filter:
      return "selects nothing: the model has \(types.words) here, which has no children"
    }
  }
}

/// What to say after "the model has no such member".
enum ModelNames {
  /// The nearest name as a question, else the names where they are few.
  ///
  /// In a huge model only the first thousand names are compared.
  static func hint(_ name: String, among names: [String]) -> String {
    if let nearest = NearestName.nearest(to: name, among: names.prefix(1_000)) {
      return "; did you mean '\(nearest)'?"
    }
    guard !names.isEmpty, names.count <= 8 else { return "" }
    return "; known: \(names.joined(separator: ", "))"
  }
}
