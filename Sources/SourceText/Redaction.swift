/// What is in place of a sensitive value, wherever one would be shown.
package enum Redaction {
  /// The mark itself: one, so that no writer can drift from the others.
  package static let mark = "‹redacted›"

  /// A text with a mark in the place of each stretch that is hidden, by its offset from the start.
  package static func marked(_ text: ArraySlice<UInt8>, hiding ranges: [TextRange]) -> [UInt8] {
    guard !ranges.isEmpty else { return Array(text) }
    var result: [UInt8] = []
    var offset = 0
    var isMarked = false
    for range in ranges.sorted() where range.upperBound > offset && range.lowerBound < text.count {
      let start = max(offset, range.lowerBound)
      result += text.dropFirst(offset).prefix(start - offset)
      // One mark stands for stretches that touch.
      if !isMarked || start > offset { result += mark.utf8 }
      isMarked = true
      offset = min(range.upperBound, text.count)
    }
    return result + text.dropFirst(offset)
  }
}
