package import Documents

/// Shows values of a request in messages; the one place that decides what may be shown.
package struct ValueText: Sendable {
  /// The nodes, as stretches of the tree in order and apart, whose values are never shown.
  private let sensitive: [Range<Int>]
  /// Whether values that are not sensitive are shown.
  private let showsValues: Bool

  /// What stands in the place of a sensitive value.
  package static let redaction = "‹redacted›"

  /// How many code points of a value are shown at most.
  static let limit = 60

  /// Creates a text maker that keeps back what is at or under the given nodes.
  package init(sensitive: [NodeID], in document: Document, showsValues: Bool = true) {
    var stretches: [Range<Int>] = []
    for node in sensitive.sorted() {
      // The names within a sensitive object are as telling as its values.
      let stretch = node.index..<max(node.index + 1, document.end(of: node))
      if let last = stretches.last, stretch.lowerBound < last.upperBound { continue }
      stretches.append(stretch)
    }
    self.sensitive = stretches
    self.showsValues = showsValues
  }

  /// Whether a node's content must not be shown.
  package func isSensitive(_ node: NodeID) -> Bool {
    !showsValues || overlaps(node.index..<node.index + 1)
  }

  /// Whether anything at or under a node must not be shown.
  package func holdsSensitive(_ node: NodeID, in document: Document) -> Bool {
    let range = node.index..<max(node.index + 1, document.end(of: node))
    return !showsValues || overlaps(range)
  }

  private func overlaps(_ range: Range<Int>) -> Bool {
    var low = 0
    var high = sensitive.count
    while low < high {
      let middle = low + (high - low) / 2
      if sensitive[middle].upperBound <= range.lowerBound {
        low = middle + 1
      } else {
        high = middle
      }
    }
    return low < sensitive.count && sensitive[low].lowerBound < range.upperBound
  }

  /// A value in a few words: `"1500"`, `30`, `null`, `an object of 3 members`.
  package func words(for node: NodeID, in document: Document) -> String {
    switch document.kind(of: node) {
    case .object:
      return "an object of \(Self.count(document.memberCount(of: node), "member"))"
    case .array: return "an array of \(Self.count(document.childCount(of: node), "element"))"
    case .absent: return "nothing"
    case .null: return isSensitive(node) ? Self.redaction : "null"
    case .boolean, .number, .string, .name:
      guard !isSensitive(node) else { return Self.redaction }
      return Self.shortened(document.utf8(of: node), isQuoted: document.kind(of: node).isText)
    }
  }

  /// A value with its type before it: `the string "1500"`.
  package func typedWords(for node: NodeID, in document: Document) -> String {
    switch document.kind(of: node) {
    case .null: "null"
    case .boolean: "the boolean \(words(for: node, in: document))"
    case .number: "the number \(words(for: node, in: document))"
    case .string, .name: "the string \(words(for: node, in: document))"
    case .object, .array, .absent: words(for: node, in: document)
    }
  }

  /// Text cut to what a message can hold.
  package static func shortened(_ bytes: ArraySlice<UInt8>, isQuoted: Bool) -> String {
    // Four bytes a code point at most: no more than that is decoded of a long text.
    let text = String(decoding: bytes.prefix(limit * 4 + 4), as: UTF8.self)
    var shown = String(String.UnicodeScalarView(text.unicodeScalars.prefix(limit)))
    if shown.utf8.count < bytes.count { shown += "…" }
    return isQuoted ? "\"\(shown)\"" : shown
  }

  /// A number of things: `1 member`, `2 members`.
  package static func count(_ count: Int, _ noun: String) -> String {
    "\(grouped(count)) \(noun)\(count == 1 ? "" : "s")"
  }

  /// A number with its thousands set apart: `32,768`.
  package static func grouped(_ value: Int) -> String {
    let digits = Array(String(value.magnitude))
    var text = value < 0 ? "-" : ""
    for (index, digit) in digits.enumerated() {
      if index > 0, (digits.count - index) % 3 == 0 { text.append(",") }
      text.append(digit)
    }
    return text
  }
}
