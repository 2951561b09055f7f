/// Which lines of a text became which of another.
package enum LineDifference {
  /// Lines that were written over by others; either may be none.
  package struct Change: Sendable, Hashable {
    /// The lines that went, by their places from 0 on.
    package var old: Range<Int>
    /// The lines that came.
    package var new: Range<Int>
  }

  /// How many lines may differ before all between the first and the last change count as changed.
  private static let differenceLimit = 1_000

  /// The lines of a text, line ends included.
  package static func lines(of bytes: [UInt8]) -> [TextRange] {
    var lines: [TextRange] = []
    var start = 0
    for (index, byte) in bytes.enumerated() where byte == 0x0A {
      lines.append(TextRange(start, index + 1))
      start = index + 1
    }
    if start < bytes.count { lines.append(TextRange(start, bytes.count)) }
    return lines
  }

  /// The changes, in order and apart: as few lines as can be, up to a bound (Myers 1986).
  package static func changes(
    from old: [UInt8], _ oldLines: [TextRange], to new: [UInt8], _ newLines: [TextRange]
  ) -> [Change] {
    var numbers: [ArraySlice<UInt8>: Int] = [:]
    func number(_ text: ArraySlice<UInt8>) -> Int {
      if let known = numbers[text] { return known }
      numbers[text] = numbers.count
      return numbers.count - 1
    }
    let left = oldLines.map { number(old[$0.lowerBound..<$0.upperBound]) }
    let right = newLines.map { number(new[$0.lowerBound..<$0.upperBound]) }
    var start = 0
    while start < min(left.count, right.count), left[start] == right[start] { start += 1 }
    var (leftEnd, rightEnd) = (left.count, right.count)
    while leftEnd > start, rightEnd > start, left[leftEnd - 1] == right[rightEnd - 1] {
      leftEnd -= 1
      rightEnd -= 1
    }
    guard start < leftEnd || start < rightEnd else { return [] }
    guard
      let pairs = pairs(Array(left[start..<leftEnd]), Array(right[start..<rightEnd]))
    else { return [Change(old: start..<leftEnd, new: start..<rightEnd)] }
    var changes: [Change] = []
    var (oldPlace, newPlace) = (start, start)
    for (one, other) in pairs + [(leftEnd - start, rightEnd - start)] {
      if start + one > oldPlace || start + other > newPlace {
        changes.append(Change(old: oldPlace..<(start + one), new: newPlace..<(start + other)))
      }
      (oldPlace, newPlace) = (start + one + 1, start + other + 1)
    }
    return changes
  }

  /// The pairs of lines that stay, or nil where too many differ.
  private static func pairs(_ left: [Int], _ right: [Int]) -> [(Int, Int)]? {
    let limit = min(left.count + right.count, differenceLimit)
    var furthest = [Int](repeating: 0, count: 2 * limit + 3)
    let middle = limit + 1
    var trace: [[Int]] = []
    for difference in 0...limit {
      trace.append(furthest)
      for diagonal in stride(from: -difference, through: difference, by: 2) {
        let goesDown =
          diagonal == -difference
          || diagonal != difference
            && furthest[middle + diagonal - 1] < furthest[middle + diagonal + 1]
        var x =
          goesDown ? furthest[middle + diagonal + 1] : furthest[middle + diagonal - 1] + 1
        var y = x - diagonal
        while x < left.count, y >= 0, y < right.count, left[x] == right[y] {
          x += 1
          y += 1
        }
        furthest[middle + diagonal] = x
        if x >= left.count, y >= right.count {
          return walkBack(trace, left.count, right.count, middle)
        }
      }
    }
    return nil
  }

  private static func walkBack(
    _ trace: [[Int]], _ width: Int, _ height: Int, _ middle: Int
  ) -> [(Int, Int)] {
    var pairs: [(Int, Int)] = []
    var (x, y) = (width, height)
    for difference in stride(from: trace.count - 1, through: 0, by: -1) {
      let furthest = trace[difference]
      let diagonal = x - y
      let goesDown =
        diagonal == -difference
        || diagonal != difference
          && furthest[middle + diagonal - 1] < furthest[middle + diagonal + 1]
      let previous = goesDown ? diagonal + 1 : diagonal - 1
      let previousX = difference == 0 ? 0 : furthest[middle + previous]
      let previousY = difference == 0 ? 0 : previousX - previous
      while x > previousX, y > previousY {
        x -= 1
        y -= 1
        pairs.append((x, y))
      }
      (x, y) = (previousX, previousY)
    }
    return pairs.reversed()
  }
}
