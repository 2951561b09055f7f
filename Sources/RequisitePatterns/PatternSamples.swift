/// Texts that a pattern is meant for, as material for tests.
package enum PatternSamples {
  /// How many texts are made of one pattern, and how long they are at most, in characters.
  private static let countLimit = 8
  private static let lengthLimit = 200

  /// Short texts that a pattern matches, as far as its lookarounds and anchors let it.
  ///
  /// One for each alternative, with as few repetitions as there may be, and with one more. None for a
  /// text that is no pattern.
  package static func texts(
    of pattern: String, dialect: Pattern.Dialect = .ecmaScript
  ) -> [String] {
    guard let tree = try? Pattern.tree(of: pattern, dialect: dialect) else { return [] }
    var samples: [String] = []
    for extra in [0, 1] {
      for sample in texts(of: tree, extra: extra) where !samples.contains(sample) {
        samples.append(sample)
      }
    }
    return Array(samples.prefix(countLimit))
  }

  /// Recursion is as deep as groups nest, which the parser limits.
  private static func texts(of tree: SyntaxTree, extra: Int) -> [String] {
    switch tree {
    case .empty, .assertion, .look: return [""]
    case .set(let set): return sample(of: set).map { [String($0)] } ?? []
    case .sequence(let items):
      var results = [""]
      for item in items {
        let parts = texts(of: item, extra: extra)
        results = results.flatMap { start in parts.map { start + $0 } }
        results = results.filter { $0.unicodeScalars.count <= lengthLimit }
        results.removeLast(max(0, results.count - countLimit))
      }
      return results
    case .alternation(let branches):
      var results: [String] = []
      for branch in branches.prefix(countLimit) { results += texts(of: branch, extra: extra) }
      return Array(results.prefix(countLimit))
    case .repetition(let item, let lower, let upper):
      let count = min(upper ?? lower + extra, lower + extra)
      guard count > 0, count <= lengthLimit else { return count == 0 ? [""] : [] }
      return texts(of: item, extra: extra).map { String(repeating: $0, count: count) }
    }
  }

  /// A letter or digit of a set where it has one, else its first character that is seen.
  private static func sample(of set: ScalarSet) -> Unicode.Scalar? {
    for scalar: Unicode.Scalar in ["a", "x", "A", "1", "_", "-"] where set.contains(scalar.value) {
      return scalar
    }
    for range in set.ranges {
      let first = max(range.first, 0x21)
      if first <= range.last, let scalar = Unicode.Scalar(first) { return scalar }
    }
    return nil
  }
}
