/// Durations (RFC 3339, appendix A).
///
/// A unit may follow only the next larger one: years and days need months between them.
enum DurationText {
  static func check(_ text: Span<UInt8>) throws(FormatFault) {
    var index = 0
    guard text.take("P", at: &index) else {
      throw FormatFault(at: index, "expected 'P' at the start of a duration")
    }
    if takeWeeks(text, at: &index) {
      return try text.expectEnd(at: index, "weeks cannot be combined with other units")
    }
    if !text.has("T", at: index) {
      try takeParts(text, at: &index, isTime: false)
    }
    guard text.take("T", at: &index) else { return }
    try takeParts(text, at: &index, isTime: true)
    try text.expectEnd(at: index, "expected one 'T' before hours, minutes and seconds")
  }

  /// `dur-week`; nothing where the number has another unit.
  private static func takeWeeks(_ text: Span<UInt8>, at index: inout Int) -> Bool {
    var end = index
    while let byte = text.byte(at: end), byte.isDigit { end += 1 }
    guard end > index, text.take("W", at: &end) else { return false }
    index = end
    return true
  }

  /// One or more numbers with their units, to the end of the text or a `T`.
  private static func takeParts(
    _ text: Span<UInt8>, at index: inout Int, isTime: Bool
  ) throws(FormatFault) {
    var next: Int?
    repeat {
      let start = index
      while let byte = text.byte(at: index), byte.isDigit { index += 1 }
      guard index > start else {
        throw FormatFault(
          at: index,
          next == nil
            ? "expected a whole number and its unit"
            : "expected the end, or another whole number and its unit")
      }
      if !isTime, text.has("W", at: index) {
        throw FormatFault(at: index, "weeks cannot be combined with other units")
      }
      guard let rank = rank(of: text.byte(at: index), isTime: isTime) else {
        throw FormatFault(
          at: index,
          isTime
            ? "expected 'H', 'M' or 'S' after the number"
            : "expected 'Y', 'M', 'W' or 'D' after the number; 'H' and 'S' come after a 'T'")
      }
      if let next, rank < next {
        throw FormatFault(at: index, "units must go from the largest to the smallest, each once")
      }
      if let next, rank > next {
        throw FormatFault(at: start, "missing unit between two others; write '0M'")
      }
      next = rank + 1
      index += 1
    } while index < text.count && !text.has("T", at: index)
  }

  private static func rank(of unit: UInt8?, isTime: Bool) -> Int? {
    switch (unit, isTime) {
    case (UInt8(ascii: "Y"), false), (UInt8(ascii: "H"), true): 0
    case (UInt8(ascii: "M"), _): 1
    case (UInt8(ascii: "D"), false), (UInt8(ascii: "S"), true): 2
    default: nil
    }
  }
}
