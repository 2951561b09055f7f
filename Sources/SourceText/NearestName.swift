/// Finds the name that a person most likely meant.
package enum NearestName {
  /// The candidate closest to `name`, or nil where none is close enough to be worth saying.
  ///
  /// Letter case and separators count for nothing; otherwise a third of the letters may differ, and a
  /// name of one or two letters is no misspelling of another. A word that other languages use for a candidate,
  /// such as `warn` or `int`, is near to it. Names longer than 256 bytes are not compared; the work is
  /// bounded, so that of very many or long candidates only the first ones are.
  package static func nearest(to name: String, among candidates: some Sequence<String>) -> String? {
    FoldedNames(candidates).nearest(to: name)
  }

  /// How many steps one search takes: letters that are looked at, pairs of letters that are compared.
  fileprivate static let stepLimit = 1_000_000

  /// Words, folded, that other languages and tools have for words of ours.
  fileprivate static let synonyms: [String: [String]] = [
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
    var folded: [UInt8] = []
    folded.reserveCapacity(name.utf8.count)
    append(folded: name, to: &folded)
    return folded
  }

  /// Adds a name without separators and in lower case.
  fileprivate static func append(folded name: String, to folded: inout [UInt8]) {
    let bytes = name.utf8Span.span
    for index in bytes.indices {
      let byte = bytes[index]
      switch byte {
      case UInt8(ascii: "_"), UInt8(ascii: "-"), UInt8(ascii: " "), UInt8(ascii: "."): continue
      case UInt8(ascii: "A")...UInt8(ascii: "Z"): folded.append(byte | 0x20)
      default: folded.append(byte)
      }
    }
  }

  /// Which letters a folded name has, some of them taken for one another.
  fileprivate struct Letters: Sendable {
    private var bits: UInt64 = 0

    init(of name: ArraySlice<UInt8>) {
      for byte in name { bits |= 1 << UInt64(byte & 63) }
    }

    /// Whether one of two names may have all letters of the other.
    func mayContain(_ other: Letters) -> Bool {
      bits & other.bits == bits || bits & other.bits == other.bits
    }

    /// A bound below the distance of two names: each letter that only one of them has is a difference.
    func leastDistance(to other: Letters) -> Int {
      max((bits & ~other.bits).nonzeroBitCount, (other.bits & ~bits).nonzeroBitCount)
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

  fileprivate static func contains(_ long: ArraySlice<UInt8>, _ short: ArraySlice<UInt8>) -> Bool {
    guard short.count <= long.count, let first = short.first else { return false }
    return (long.startIndex...(long.endIndex - short.count)).contains { start in
      long[start] == first && long[start...].starts(with: short)
    }
  }

  /// The Damerau–Levenshtein distance (adjacent transpositions count as one), or any number over the limit
  /// where it is over that.
  ///
  /// `rows` is room that is used again from call to call.
  fileprivate static func editDistance(
    _ left: borrowing Span<UInt8>, _ right: borrowing Span<UInt8>, upTo limit: Int,
    in rows: inout [Int]
  ) -> Int {
    let width = right.count + 1
    if rows.count < 3 * width {
      rows.append(contentsOf: repeatElement(0, count: 3 * width - rows.count))
    }
    // The first cells of the row before the last one, of the last one, and of the one at hand.
    var (beforeLast, last, row) = (0, width, 2 * width)
    for place in 0..<width { rows[last + place] = place }
    var leastOfLast = 0
    for i in 0..<left.count {
      rows[row] = i + 1
      var least = i + 1
      for j in 0..<right.count {
        var cost = min(
          rows[last + j + 1] + 1, rows[row + j] + 1,
          rows[last + j] + (left[i] == right[j] ? 0 : 1))
        if i > 0, j > 0, left[i] == right[j - 1], left[i - 1] == right[j] {
          cost = min(cost, rows[beforeLast + j - 1] + 1)
        }
        rows[row + j + 1] = cost
        least = min(least, cost)
      }
      // A row is reached from the two before it.
      if least > limit, leastOfLast > limit { return least }
      leastOfLast = least
      (beforeLast, last, row) = (last, row, beforeLast)
    }
    return rows[last + right.count]
  }
}

/// Names that others are compared with, folded once for many searches.
package struct FoldedNames: Sendable {
  /// The names, in the order in which the first of equally near ones wins.
  package let names: [String]
  /// Their folded forms, one behind the other.
  private var bytes: [UInt8] = []
  /// For each name, where its folded form is, and which letters it has; empty for a name that is too long.
  private var forms: [Form] = []

  private struct Form {
    var range: Range<Int>
    var letters: NearestName.Letters
  }

  /// Folds names.
  package init(_ names: some Sequence<String>) {
    self.names = Array(names)
    forms.reserveCapacity(self.names.count)
    for name in self.names {
      let start = bytes.count
      if name.utf8.count <= 1_024 { NearestName.append(folded: name, to: &bytes) }
      let range = start..<bytes.count
      forms.append(Form(range: range, letters: .init(of: bytes[range])))
    }
  }

  /// The name closest to `name`; see `NearestName.nearest(to:among:)`.
  ///
  /// Only names are compared whose number is a candidate.
  package func nearest(to name: String, where isCandidate: (Int) -> Bool = { _ in true }) -> String?
  {
    var steps = NearestName.stepLimit
    return nearest(to: name, &steps, where: isCandidate)
  }

  /// The same, as long as there are steps left.
  fileprivate func nearest(
    to name: String, _ stepsLeft: inout Int, where isCandidate: (Int) -> Bool
  ) -> String? {
    let wanted = NearestName.folded(name)
    guard !wanted.isEmpty, wanted.count <= Self.longestForm else { return nil }
    let letters = NearestName.Letters(of: wanted[...])
    let synonyms = NearestName.synonyms[String(decoding: wanted, as: UTF8.self)] ?? []
    var rows: [Int] = []
    var best: (number: Int, distance: Int)?
    for number in names.indices where stepsLeft > 0 && isCandidate(number) {
      let form = forms[number]
      let length = form.range.count
      stepsLeft -= 8 + length
      guard length <= Self.longestForm else { continue }
      if !synonyms.isEmpty, synonyms.contains(where: { names[number].utf8.elementsEqual($0.utf8) })
      {
        return names[number]
      }
      let (short, long) = (min(wanted.count, length), max(wanted.count, length))
      let allowed = long < 3 ? 0 : max(1, long / 3)
      let isContained =
        short >= 5 && letters.mayContain(form.letters)
        && (NearestName.contains(wanted[...], bytes[form.range])
          || NearestName.contains(bytes[form.range], wanted[...]))
      guard isContained || long - short <= allowed else { continue }
      if !isContained { stepsLeft -= wanted.count * length }
      let mayBeNear = isContained || letters.leastDistance(to: form.letters) <= allowed
      guard mayBeNear else { continue }
      // What is contained differs by the letters around it.
      let distance =
        isContained
        ? long - short
        : NearestName.editDistance(
          wanted.span, bytes.span.extracting(form.range), upTo: allowed, in: &rows)
      guard isContained || distance == 0 || distance <= allowed && short > 1 else { continue }
      if best.map({ distance < $0.distance }) ?? true { best = (number, distance) }
    }
    return best.map { names[$0.number] }
  }

  /// How long the folded names are that are compared.
  private static let longestForm = 256
}

/// Finds nearest names for one name after another among the same candidates.
///
/// All searches together take a bounded number of steps; then no name is near any more. So a file with
/// thousands of misspelled names is no slower to report than one with a hundred.
package struct NearestNames: Sendable {
  /// The candidates, in the order in which the first of equally near ones wins.
  package let candidates: [String]
  private lazy var folded = FoldedNames(candidates)
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
    return folded.nearest(to: name, &steps) { _ in true }
  }
}
