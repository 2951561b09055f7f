/// A replacement of some bytes of a text by others.
package struct TextEdit: Sendable, Hashable {
  /// The bytes that go; empty where something is only put in.
  package var range: TextRange
  /// What takes their place.
  package var text: [UInt8]

  /// Creates an edit.
  package init(_ range: TextRange, _ text: [UInt8]) {
    self.range = range
    self.text = text
  }
}

/// Edits of one text that do not get in one another's way, in the order of their places.
package struct TextEdits: Sendable {
  /// The edits.
  package private(set) var edits: [TextEdit] = []

  /// Creates an empty list.
  package init() {}

  /// Whether there are none.
  package var isEmpty: Bool { edits.isEmpty }

  /// Adds edits that belong together; false, and none is added, where one of them meets another.
  ///
  /// Edits may touch. Two that only put something in at the same place meet: which comes first
  /// would be chance.
  package mutating func add(_ new: [TextEdit]) -> Bool {
    var merged = edits
    for edit in new {
      var (low, high) = (0, merged.count)
      while low < high {
        let middle = low + (high - low) / 2
        if merged[middle].range < edit.range { low = middle + 1 } else { high = middle }
      }
      if low > 0, merged[low - 1].range.upperBound > edit.range.lowerBound { return false }
      if low < merged.count {
        let next = merged[low].range
        if next.lowerBound < edit.range.upperBound || next == edit.range { return false }
      }
      merged.insert(edit, at: low)
    }
    edits = merged
    return true
  }

  /// Where a range of the text is once all edits are made, what they put into it included.
  package func moved(_ range: TextRange) -> TextRange {
    var (start, end) = (range.lowerBound, range.upperBound)
    for edit in edits {
      let growth = edit.text.count - edit.range.count
      if edit.range.upperBound <= range.lowerBound {
        start += growth
        end += growth
      } else if edit.range.lowerBound < range.upperBound {
        start -= max(0, range.lowerBound - edit.range.lowerBound)
        end += growth + max(0, edit.range.upperBound - range.upperBound)
      }
    }
    return TextRange(start, end)
  }

  /// Where the texts that some of the edits put in are, once all are made.
  package func places(of some: Set<TextEdit>) -> [TextRange] {
    var shift = 0
    var places: [TextRange] = []
    for edit in edits {
      if some.contains(edit) {
        places.append(TextRange(at: edit.range.lowerBound + shift, count: edit.text.count))
      }
      shift += edit.text.count - edit.range.count
    }
    return places
  }

  /// The text with all edits made.
  package func applied(to bytes: [UInt8]) -> [UInt8] {
    var result: [UInt8] = []
    result.reserveCapacity(bytes.count + edits.reduce(0) { $0 + $1.text.count })
    var offset = 0
    for edit in edits where edit.range.upperBound <= bytes.count {
      result += bytes[offset..<edit.range.lowerBound]
      result += edit.text
      offset = edit.range.upperBound
    }
    result += bytes[offset...]
    return result
  }
}
