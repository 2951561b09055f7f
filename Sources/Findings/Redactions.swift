package import SourceText

/// The stretches of a text that must not be shown.
///
/// Kept in order and apart, so that asking takes a binary search.
package struct Redactions: Sendable {
  private var covers: [TextRange] = []

  /// The stretches, in order.
  package var ranges: [TextRange] { covers }

  /// Creates redactions from ranges in any order, which may overlap.
  package init(_ ranges: some Sequence<TextRange>) { self.init(Array(ranges)) }

  /// Creates redactions from ranges in any order, which may overlap.
  package init(_ ranges: [TextRange]) {
    let isInOrder = zip(ranges, ranges.dropFirst()).allSatisfy { $0.lowerBound <= $1.lowerBound }
    for range in isInOrder ? ranges : ranges.sorted() where !range.isEmpty {
      if let last = covers.last, range.lowerBound < last.upperBound {
        covers[covers.count - 1] = TextRange(
          last.lowerBound, max(last.upperBound, range.upperBound))
      } else {
        covers.append(range)
      }
    }
  }

  private init() {}

  /// Redactions that hide nothing.
  package static let nothing = Redactions()

  /// The stretch that holds the byte at an offset.
  package func cover(at offset: Int) -> TextRange? {
    let index = firstIndex(behind: offset)
    guard index < covers.count, covers[index].lowerBound <= offset else { return nil }
    return covers[index]
  }

  /// These and more stretches.
  package func adding(_ ranges: [TextRange]) -> Redactions {
    ranges.isEmpty ? self : Redactions(covers + ranges)
  }

  /// The stretches that have a byte of a range, in order.
  package func ranges(meeting range: TextRange) -> [TextRange] {
    Array(
      covers[firstIndex(behind: range.lowerBound)...].prefix { $0.lowerBound < range.upperBound })
  }

  /// The index of the first stretch that ends behind an offset.
  private func firstIndex(behind offset: Int) -> Int {
    var low = 0
    var high = covers.count
    while low < high {
      let middle = low + (high - low) / 2
      if covers[middle].upperBound <= offset { low = middle + 1 } else { high = middle }
    }
    return low
  }

  /// Whether any byte of a range is kept back.
  package func meets(_ range: TextRange) -> Bool {
    guard !range.isEmpty else { return false }
    let low = firstIndex(behind: range.lowerBound)
    return low < covers.count && covers[low].lowerBound < range.upperBound
  }

  /// Whether all of a range is kept back.
  package func contains(_ range: TextRange) -> Bool {
    cover(at: range.lowerBound)?.contains(range) ?? false
  }
}

extension Redactions: ExpressibleByArrayLiteral {
  /// Creates redactions from ranges.
  package init(arrayLiteral ranges: TextRange...) { self.init(ranges) }
}
