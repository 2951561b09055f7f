/// Finds the name that a person most likely meant.
package enum NearestName {
  /// The candidate closest to `name`, or nil where none is close enough to be worth saying.
  ///
  /// Letter case and separators count for nothing; otherwise a third of the letters may differ, and a
  /// name of one or two letters is no misspelling of another. A word that other languages use for a candidate,
  /// such as `warn` or `int`, is near to it. Names longer than 256 bytes are not compared; the work is
  /// bounded, so that of very many or long candidates only the first ones are.
  package static func nearest(to name: String, among candidates: some Sequence<String>) -> String? {
    var steps = stepLimit
    return nearest(to: name, among: candidates, &steps)
  }

  /// The same, as long as there are steps left.
  fileprivate static func nearest(
    to name: String, among candidates: some Sequence<String>, _ stepsLeft: inout Int
  ) -> String? {
    let wanted = folded(name)
    guard !wanted.isEmpty, wanted.count <= 256 else { return nil }
    let synonyms = Self.synonyms[String(decoding: wanted, as: UTF8.self)] ?? []
    var best: (name: String, distance: Int)?
    for candidate in candidates where candidate.utf8.count <= 1_024 && stepsLeft > 0 {
      let other = folded(candidate)
      stepsLeft -= 8 + other.count
      guard other.count <= 256 else { continue }
      if synonyms.contains(where: { candidate.utf8.elementsEqual($0.utf8) }) { return candidate }
      let (short, long) = (min(wanted.count, other.count), max(wanted.count, other.count))
      let allowed = long < 3 ? 0 : max(1, long / 3)
      let isContained = short >= 5 && (contains(wanted, other) || contains(other, wanted))
      guard isContained || long - short <= allowed else { continue }
      // What is contained differs by the letters around it.
      let distance = isContained ? long - short : editDistance(wanted, other)
      if !isContained { stepsLeft -= wanted.count * other.count }
      guard isContained || distance == 0 || distance <= allowed && short > 1 else { continue }
      if best.map({ distance < $0.distance }) ?? true { best = (candidate, distance) }
    }
    return best?.name
  }

  /// How many steps one search takes: letters that are looked at, pairs of letters that are compared.
  fileprivate static let stepLimit = 1_000_000

  /// Words, folded, that other languages and tools have for words of ours.
  private static let synonyms: [String: [String]] = [
    "warn": ["warning"], "warnings": ["warning"], "caution": ["warning"],
    "err": ["error"], "errors": ["error"], "fatal": ["error"], "critical": ["error"],
    "information": ["info"], "informational": ["info"], "notice": ["info"], "note": ["info"],
    "hint": ["info"], "none": ["off", "never", "null"], "disabled": ["off"], "disable": ["off"],
    "ignore": ["off"], "false": ["off"], "silent": ["off"],
    "int": ["integer"], "int32": ["integer"], "int64": ["integer"], "long": ["integer"],
    "float": ["number"], "double": ["number"], "decimal": ["number"], "str": ["string"],
    "text": ["string"], "bool": ["boolean"], "list": ["array"], "dict": ["object"],
    "map": ["object"], "hash": ["object"], "record": ["object"], "nil": ["null"],
  ]

  /// The name without separators and in lower case (ASCII letters only).
  package static func folded(_ name: String) -> [UInt8] {
    name.utf8.compactMap { byte in
      switch byte {
      case UInt8(ascii: "_"), UInt8(ascii: "-"), UInt8(ascii: " "), UInt8(ascii: "."): nil
      case UInt8(ascii: "A")...UInt8(ascii: "Z"): byte | 0x20
      default: byte
      }
    }
  }

  /// The code points of a name without separators, in lower case.
  package static func foldedScalars(_ name: some StringProtocol) -> [Unicode.Scalar] {
    var scalars: [Unicode.Scalar] = []
    for scalar in name.unicodeScalars {
      switch scalar {
      case "_", "-", " ", ".": continue
      case "A"..."Z": scalars.append(Unicode.Scalar(UInt8(truncatingIfNeeded: scalar.value) | 0x20))
      case "\u{80}"...: scalars += scalar.properties.lowercaseMapping.unicodeScalars
      default: scalars.append(scalar)
      }
    }
    return scalars
  }

  /// Whether two folded names differ by one element at most: added, left out, replaced or swapped.
  ///
  /// The work is proportional to the shorter of the two.
  package static func isSlip<Element: Equatable>(_ name: [Element], of other: [Element]) -> Bool {
    guard abs(name.count - other.count) <= 1 else { return false }
    let shorter = min(name.count, other.count)
    var start = 0
    while start < shorter, name[start] == other[start] { start += 1 }
    var end = 0
    while end < shorter - start, name[name.count - 1 - end] == other[other.count - 1 - end] {
      end += 1
    }
    switch (name.count - start - end, other.count - start - end) {
    case (0, 0), (0, 1), (1, 0), (1, 1): return true
    case (2, 2): return name[start] == other[start + 1] && name[start + 1] == other[start]
    default: return false
    }
  }

  private static func contains(_ long: [UInt8], _ short: [UInt8]) -> Bool {
    guard short.count <= long.count else { return false }
    return (0...(long.count - short.count)).contains { long[$0...].starts(with: short) }
  }

  /// The Damerau–Levenshtein distance (adjacent transpositions count as one).
  private static func editDistance(_ left: [UInt8], _ right: [UInt8]) -> Int {
    var beforeLast = [Int](repeating: 0, count: right.count + 1)
    var last = Array(0...right.count)
    for i in left.indices {
      var row = [i + 1]
      row.reserveCapacity(right.count + 1)
      for j in right.indices {
        var cost = min(last[j + 1] + 1, row[j] + 1, last[j] + (left[i] == right[j] ? 0 : 1))
        if i > 0, j > 0, left[i] == right[j - 1], left[i - 1] == right[j] {
          cost = min(cost, beforeLast[j - 1] + 1)
        }
        row.append(cost)
      }
      (beforeLast, last) = (last, row)
    }
    return last[right.count]
  }
}

/// Finds nearest names for one name after another among the same candidates.
///
/// All searches together take a bounded number of steps; then no name is near any more. So a file with
/// thousands of misspelled names is no slower to report than one with a hundred.
package struct NearestNames: Sendable {
  /// The candidates, in the order in which the first of equally near ones wins.
  package let candidates: [String]
  private var stepsLeft = 20 * NearestName.stepLimit

  /// Creates a search among candidates.
  package init(_ candidates: [String]) {
    self.candidates = candidates
  }

  /// The candidate closest to a name; see `NearestName.nearest(to:among:)`.
  package mutating func nearest(to name: String) -> String? {
    guard stepsLeft > 0 else { return nil }
    var steps = min(stepsLeft, NearestName.stepLimit)
    let before = steps
    defer { stepsLeft -= before - steps }
    return NearestName.nearest(to: name, among: candidates, &steps)
  }
}
