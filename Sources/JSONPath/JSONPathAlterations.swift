package import SourceText

/// The small changes to a query that the tests of what it selects should notice.
///
/// A step to all children goes to the first alone, one to all descendants to the children alone; a
/// filter goes, or its comparison changes; an index moves by one; one of several choices is left out.
package enum JSONPathAlterations {
  /// The changes to a query, in the order of its text; none for a text that is no query.
  package static func all(of text: String) -> [TextAlteration] {
    guard text.utf8.count <= TextAlteration.textLimit, let query = try? JSONPathQuery(text) else {
      return []
    }
    let bytes = Array(text.utf8)
    var alterations: [TextAlteration] = []
    func add(_ range: TextRange, _ replacement: String) {
      alterations.append(TextAlteration(range, in: bytes, to: replacement))
    }
    for segment in query.segments {
      let shown = bytes[segment.range.lowerBound..<segment.range.upperBound]
      if segment.isDescendant, shown.starts(with: "..".utf8) {
        let isBracket = shown.dropFirst(2).first == UInt8(ascii: "[")
        add(TextRange(at: segment.range.lowerBound, count: 2), isBracket ? "" : ".")
      }
      for (number, selector) in segment.selectors.enumerated() {
        switch selector.kind {
        case .wildcard:
          // `.*` and `[*]` differ in what can take the star's place.
          if segment.selectors.count == 1, !segment.isDescendant { add(segment.range, "[0]") }
        case .index(let index):
          for moved in [index - 1, index + 1] where (moved < 0) == (index < 0) {
            add(selector.range, String(moved))
          }
        case .filter:
          add(selector.range, "*")
          for change in operators(in: selector.range, of: bytes) { add(change.range, change.other) }
        case .name, .slice: break
        }
        if segment.selectors.count > 1 {
          let range =
            number == 0
            ? TextRange(selector.range.lowerBound, segment.selectors[1].range.lowerBound)
            : TextRange(
              segment.selectors[number - 1].range.upperBound, selector.range.upperBound)
          add(range, "")
        }
      }
    }
    return alterations.sorted { $0.range < $1.range }
  }

  /// The comparisons and connectives of a filter, and what each is changed to.
  private static func operators(
    in range: TextRange, of text: [UInt8]
  ) -> [(range: TextRange, other: String)] {
    let pairs = [
      ("==", "!="), ("!=", "=="), ("<=", "<"), (">=", ">"), ("&&", "||"), ("||", "&&"),
      ("<", "<="), (">", ">="),
    ]
    var found: [(range: TextRange, other: String)] = []
    var index = range.lowerBound
    var quote: UInt8?
    while index < range.upperBound {
      let byte = text[index]
      if let open = quote {
        if byte == UInt8(ascii: "\\") { index += 1 } else if byte == open { quote = nil }
        index += 1
        continue
      }
      if byte == UInt8(ascii: "'") || byte == UInt8(ascii: "\"") { quote = byte }
      if let (sign, other) = pairs.first(where: { text[index...].starts(with: $0.0.utf8) }) {
        found.append((TextRange(at: index, count: sign.utf8.count), other))
        index += sign.utf8.count
      } else {
        index += 1
      }
    }
    return found
  }
}
