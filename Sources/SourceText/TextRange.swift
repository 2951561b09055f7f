/// A half-open range of byte offsets into one text.
///
/// Offsets fit 32 bits: one text is at most 4 GiB − 1 bytes. A JSON Lines file may be longer, since
/// each of its lines is a text of its own with a base offset.
public struct TextRange: Sendable, Hashable {
  /// The offset of the first byte.
  public let lowerBound: Int
  /// The offset just past the last byte; never less than `lowerBound`.
  public let upperBound: Int

  /// Creates a range; an upper bound below the lower one is raised to it.
  @inlinable
  public init(_ lowerBound: Int, _ upperBound: Int) {
    self.lowerBound = lowerBound
    self.upperBound = upperBound < lowerBound ? lowerBound : upperBound
  }

  /// Creates a range of `count` bytes from `offset`.
  @inlinable
  public init(at offset: Int, count: Int = 0) {
    self.init(offset, offset + count)
  }

  /// The length of the range, in bytes.
  @inlinable public var count: Int { upperBound - lowerBound }

  /// Whether the range spans no byte.
  @inlinable public var isEmpty: Bool { upperBound == lowerBound }

  /// The same bytes seen from a text that starts `offset` bytes earlier.
  @inlinable
  public func shifted(by offset: Int) -> TextRange {
    TextRange(lowerBound + offset, upperBound + offset)
  }

  /// Whether `other` is within this range, ends included.
  @inlinable
  public func contains(_ other: TextRange) -> Bool {
    lowerBound <= other.lowerBound && other.upperBound <= upperBound
  }
}

extension RandomAccessCollection where Element == TextRange, Index == Int {
  /// The place of the range that holds an offset, ends included, among ranges in order and apart.
  package func index(holding offset: Int) -> Int? {
    var (low, high) = (startIndex, endIndex)
    while low < high {
      let middle = low + (high - low) / 2
      if self[middle].upperBound < offset { low = middle + 1 } else { high = middle }
    }
    return low < endIndex && self[low].lowerBound <= offset ? low : nil
  }
}

extension TextRange: Comparable {
  /// Orders by start, then by end.
  @inlinable
  public static func < (left: TextRange, right: TextRange) -> Bool {
    (left.lowerBound, left.upperBound) < (right.lowerBound, right.upperBound)
  }
}

extension TextRange: CustomStringConvertible {
  /// The bounds, for debugging.
  public var description: String { "\(lowerBound)..<\(upperBound)" }
}
