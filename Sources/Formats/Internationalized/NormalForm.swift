/// Normalization form C (Unicode Standard Annex 15), of labels whose characters all are allowed.
///
/// Such characters are stable by themselves (RFC 5892, section 2.2), and no part of a Hangul
/// syllable is among them, so that only marks can be out of order or left apart.
enum NormalForm {
  /// The first character that form C would change; nil where the label is in it.
  static func firstFault(in label: [Unicode.Scalar]) -> Int? {
    guard label.contains(where: isMovable) else { return nil }
    var scalars = decomposed(label)
    sortMarks(in: &scalars)
    let normal = composed(scalars)
    for index in label.indices {
      guard index < normal.count, normal[index] == label[index] else { return index }
    }
    return nil
  }

  /// Whether a character may move before another, or into it.
  private static func isMovable(_ scalar: Unicode.Scalar) -> Bool {
    // No character before U+0300 is a combining mark.
    scalar.value >= 0x300
      && (combiningClass(scalar) > 0 || CompositionTable.shared.composesWithFirst(scalar.value))
  }

  private static func decomposed(_ label: [Unicode.Scalar]) -> [Unicode.Scalar] {
    var result: [Unicode.Scalar] = []
    for scalar in label {
      var tail: [UInt32] = []
      var value = scalar.value
      while let parts = CompositionTable.shared.parts(of: value) {
        tail.append(parts.second)
        value = parts.first
      }
      for part in [value] + tail.reversed() {
        if let scalar = Unicode.Scalar(part) { result.append(scalar) }
      }
    }
    return result
  }

  /// The canonical ordering algorithm, by insertion: a label is short.
  private static func sortMarks(in scalars: inout [Unicode.Scalar]) {
    for end in scalars.indices {
      let rank = combiningClass(scalars[end])
      guard rank > 0 else { continue }
      var index = end
      while index > 0, combiningClass(scalars[index - 1]) > rank {
        scalars.swapAt(index, index - 1)
        index -= 1
      }
    }
  }

  /// The canonical composition algorithm.
  private static func composed(_ scalars: [Unicode.Scalar]) -> [Unicode.Scalar] {
    var result: [Unicode.Scalar] = []
    var starter: Int?
    var lastRank: UInt8 = 0
    for scalar in scalars {
      let rank = combiningClass(scalar)
      if let starter, starter == result.count - 1 || lastRank < rank,
        let value = CompositionTable.shared.composite(of: result[starter].value, scalar.value),
        let composite = Unicode.Scalar(value)
      {
        result[starter] = composite
        continue
      }
      if rank == 0 { starter = result.count }
      lastRank = rank
      result.append(scalar)
    }
    return result
  }

  private static func combiningClass(_ scalar: Unicode.Scalar) -> UInt8 {
    scalar.properties.canonicalCombiningClass.rawValue
  }
}
