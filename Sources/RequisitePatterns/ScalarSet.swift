/// A set of code points: sorted ranges that neither overlap nor touch.
struct ScalarSet: Hashable, Sendable {
  /// Code points from `first` to `last`, both within.
  struct Range: Hashable, Sendable {
    var first: UInt32
    var last: UInt32
  }

  static let largest: UInt32 = 0x10_FFFF

  private(set) var ranges: [Range]

  init() {
    ranges = []
  }

  /// Makes a set of ranges in any order.
  init(_ unsorted: [Range]) {
    var sorted = unsorted
    sorted.sort { $0.first < $1.first }
    var merged: [Range] = []
    merged.reserveCapacity(sorted.count)
    for range in sorted {
      if let previous = merged.last, range.first <= previous.last + 1 {
        merged[merged.count - 1].last = max(previous.last, range.last)
      } else {
        merged.append(range)
      }
    }
    ranges = merged
  }

  init(_ first: UInt32, _ last: UInt32) {
    ranges = [Range(first: first, last: last)]
  }

  /// Trusts that the ranges are sorted and apart.
  init(sorted ranges: [Range]) {
    self.ranges = ranges
  }

  var isEmpty: Bool { ranges.isEmpty }

  func contains(_ value: UInt32) -> Bool {
    var low = 0
    var high = ranges.count
    while low < high {
      let middle = (low + high) / 2
      if ranges[middle].last < value { low = middle + 1 } else { high = middle }
    }
    return low < ranges.count && ranges[low].first <= value
  }

  func union(_ other: ScalarSet) -> ScalarSet {
    if isEmpty { return other }
    if other.isEmpty { return self }
    return ScalarSet(ranges + other.ranges)
  }

  var inverted: ScalarSet {
    var result: [Range] = []
    result.reserveCapacity(ranges.count + 1)
    var next: UInt32 = 0
    for range in ranges {
      if range.first > next { result.append(Range(first: next, last: range.first - 1)) }
      next = range.last + 1
    }
    if next <= Self.largest { result.append(Range(first: next, last: Self.largest)) }
    return ScalarSet(sorted: result)
  }

  /// What is in exactly one of the two sets.
  func symmetricDifference(_ other: ScalarSet) -> ScalarSet {
    var edges: [UInt32] = []
    for range in ranges + other.ranges {
      edges.append(range.first)
      edges.append(range.last + 1)
    }
    edges.sort()
    var result: [Range] = []
    var index = 0
    var start: UInt32?
    while index < edges.count {
      // An edge that occurs twice leaves the membership as it was.
      if index + 1 < edges.count, edges[index] == edges[index + 1] {
        index += 2
        continue
      }
      if let first = start {
        result.append(Range(first: first, last: edges[index] - 1))
        start = nil
      } else {
        start = edges[index]
      }
      index += 1
    }
    return ScalarSet(sorted: result)
  }

  func isDisjoint(with other: ScalarSet) -> Bool {
    var left = 0
    var right = 0
    while left < ranges.count, right < other.ranges.count {
      if ranges[left].last < other.ranges[right].first {
        left += 1
      } else if other.ranges[right].last < ranges[left].first {
        right += 1
      } else {
        return false
      }
    }
    return true
  }
}

extension ScalarSet {
  static let any = ScalarSet(0, largest)
  static let digit = ScalarSet(0x30, 0x39)
  /// ECMA-262 WordCharacters without the flag `i`.
  static let word = ScalarSet(sorted: [
    Range(first: 0x30, last: 0x39), Range(first: 0x41, last: 0x5A),
    Range(first: 0x5F, last: 0x5F), Range(first: 0x61, last: 0x7A),
  ])
  /// ECMA-262 WhiteSpace and LineTerminator.
  static let space = ScalarSet(sorted: [
    Range(first: 0x09, last: 0x0D), Range(first: 0x20, last: 0x20),
    Range(first: 0xA0, last: 0xA0), Range(first: 0x1680, last: 0x1680),
    Range(first: 0x2000, last: 0x200A), Range(first: 0x2028, last: 0x2029),
    Range(first: 0x202F, last: 0x202F), Range(first: 0x205F, last: 0x205F),
    Range(first: 0x3000, last: 0x3000), Range(first: 0xFEFF, last: 0xFEFF),
  ])
  /// ECMA-262 LineTerminator.
  static let lineTerminator = ScalarSet(sorted: [
    Range(first: 0x0A, last: 0x0A), Range(first: 0x0D, last: 0x0D),
    Range(first: 0x2028, last: 0x2029),
  ])
}
