/// Finds the name that a person most likely meant.
package enum NearestName {
  /// The candidate closest to `name`, or nil where none is close enough to be worth saying.
  ///
  /// Letter case and separators count for nothing; otherwise a third of the letters may differ.
  /// Names longer than 256 code points are not compared.
  package static func nearest(to name: String, among candidates: some Sequence<String>) -> String? {
    let wanted = folded(name)
    guard !wanted.isEmpty, wanted.count <= 256 else { return nil }
    var best: (name: String, distance: Int)?
    for candidate in candidates {
      let other = folded(candidate)
      guard other.count <= 256 else { continue }
      let distance = editDistance(wanted, other)
      let isContained =
        min(wanted.count, other.count) >= 5
        && (contains(wanted, other) || contains(other, wanted))
      guard distance <= max(1, max(wanted.count, other.count) / 3) || isContained else { continue }
      if best.map({ distance < $0.distance }) ?? true { best = (candidate, distance) }
    }
    return best?.name
  }

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

  /// Whether a folded name is another one but for one letter more, less, other or changed about.
  package static func isSlip(_ name: [UInt8], of other: [UInt8]) -> Bool {
    abs(name.count - other.count) <= 1 && editDistance(name, other) <= 1
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
