import Documents
import SourceText

/// What `anyOf` and `oneOf` say.
extension SchemaChecker {
  /// Tells, where no branch holds, the one that comes nearest: whose failures are fewest and deepest.
  @inline(never)
  mutating func explainAny(
    _ index: Int, _ node: NodeID, in request: Request, into result: inout Explanation
  ) {
    let choice = choice(index, node, in: request)
    var nearest = Nearest()
    for (position, branch) in program.schemaLists[index].enumerated() {
      let failures = failures(of: branch, node, in: request, like: result)
      if failures.isEmpty { return }
      if choice.isMeant(position) { nearest.take(failures, of: branch, from: node) }
    }
    if addChoice(choice, "anyOf", node, in: request, into: &result) { return }
    addNearest(nearest, "anyOf", index, node, in: request, into: &result)
  }

  @inline(never)
  mutating func explainOne(
    _ index: Int, _ node: NodeID, in request: Request, into result: inout Explanation
  ) {
    let choice = choice(index, node, in: request)
    var nearest = Nearest()
    var holding: [Int] = []
    for (position, branch) in program.schemaLists[index].enumerated() {
      let failures = failures(of: branch, node, in: request, like: result)
      if failures.isEmpty { holding.append(position) }
      if choice.isMeant(position) { nearest.take(failures, of: branch, from: node) }
    }
    if holding.isEmpty {
      if addChoice(choice, "oneOf", node, in: request, into: &result) { return }
      addNearest(nearest, "oneOf", index, node, in: request, into: &result)
    } else if holding.count > 1 {
      addRivals(holding, index, node, into: &result)
    }
  }

  /// The branch that comes nearest to holding, of those that were looked at.
  private struct Nearest {
    var branch: SchemaID?
    var failures: [Failure] = []
    private var distance = Int.max

    mutating func take(_ failures: [Failure], of branch: SchemaID, from node: NodeID) {
      let distance = Self.distance(failures, from: node)
      guard distance < self.distance else { return }
      (self.branch, self.failures, self.distance) = (branch, failures, distance)
    }

    /// How far a value is from what a branch asks for, by what fails of it.
    private static func distance(_ failures: [Failure], from node: NodeID) -> Int {
      var distance = 0
      var deepest = node.index
      for failure in failures {
        deepest = max(deepest, failure.anchor.index)
        switch failure.keyword {
        // A value of another type, or marked as another kind of thing, is not what the branch is for.
        case "type" where failure.anchor == node: distance += 1_000
        case "const", "enum": distance += failure.anchor == node ? 4 : 12
        default: distance += 4
        }
      }
      return distance - (deepest > node.index ? 2 : 0)
    }
  }

  /// What one branch says of a value.
  @inline(never)
  mutating func failures(
    of branch: SchemaID, _ node: NodeID, in request: Request, like result: Explanation
  ) -> [Failure] {
    var inner = result.emptied()
    explain(branch, node, in: request, into: &inner)
    return inner.failures
  }

  @inline(never)
  private func addNearest(
    _ nearest: Nearest, _ keyword: String, _ index: Int, _ node: NodeID, in request: Request,
    into result: inout Explanation
  ) {
    guard let branch = nearest.branch, let first = nearest.failures.first else { return }
    let count = program.schemaLists[index].count
    let title = titleWords(of: branch)
    // Alternatives within an alternative are one choice to a person.
    let leaf = first.leaf ?? .init(first.anchor, first.message)
    var closest = ": \(leaf.message)"
    if leaf.node != node, !result.values.isGuarded(leaf.node),
      case let place = request.document.pointer(to: leaf.node).description,
      place.utf8.count <= ValueText.limit
    {
      closest = " at \(place)\(closest)"
    }
    let more = nearest.failures.count > 1 ? " (and \(nearest.failures.count - 1) more)" : ""
    let message =
      count == 1
      ? "the only alternative\(title) does not match\(closest)\(more)"
      : "none of the \(count) alternatives matches; closest\(title)\(closest)\(more)"
    result.add(
      keyword, node, message,
      related: (leaf.node == node ? [] : [leaf]) + first.related.filter { $0.node != leaf.node },
      leaf: leaf)
  }

  /// Reports that more alternatives hold than one.
  @inline(never)
  private func addRivals(
    _ holding: [Int], _ index: Int, _ node: NodeID, into result: inout Explanation
  ) {
    let branches = program.schemaLists[index]
    let list = Self.list(holding) { "\($0 + 1)\(titleWords(of: branches[$0]))" }
    result.add(
      "oneOf", node,
      "only one of the \(branches.count) alternatives may match, but \(list) do")
  }

  /// A schema's name for itself in brackets, if it has one.
  func titleWords(of schema: SchemaID) -> String {
    program.schemas[schema.index].title.map { " (\(ValueText.ofPack($0)))" } ?? ""
  }
}
