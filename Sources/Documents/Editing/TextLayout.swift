import SourceText

/// How the text of a document is laid out, so that what is put into it looks like the rest.
package struct TextLayout: Sendable {
  /// The line end that the text has first; LF where it has one line.
  package var lineBreak: [UInt8] = [0x0A]
  /// Whether members or elements are on lines of their own anywhere.
  package var hasLines = false
  /// What a level is indented by.
  package var unit: [UInt8] = [0x20, 0x20]
  /// What is between a name and its value.
  package var colon: [UInt8] = Array(": ".utf8)
  /// What is between two items on one line.
  package var comma: [UInt8] = Array(", ".utf8)
  /// Whether a list of its own stands one element a line.
  package var expandsArrays = false
  /// Whether an object of its own stands one member a line.
  package var expandsObjects = false
  /// Whether there is a space inside of the brackets of an object on one line.
  package var padsObjects = false
  /// Whether there is a space inside of the brackets of an array on one line.
  package var padsArrays = false

  /// How many nodes are looked at.
  private static let nodeLimit = 1_000

  /// Looks at the beginning of a document.
  package init(of document: Document) {
    let source = document.source
    let range = document.range
    if let feed = source[range.lowerBound..<range.upperBound].firstIndex(where: {
      $0 == 0x0A || $0 == 0x0D
    }) {
      let isPair = source[feed] == 0x0D && source.byte(at: feed + 1) == 0x0A
      lineBreak = isPair ? [0x0D, 0x0A] : [source[feed]]
    }
    var arrays: Bool?
    var objects: Bool?
    var rootObjects: Bool?
    var comma: [UInt8]?
    var colon: [UInt8]?
    var unit: [UInt8]?
    var pads: (objects: Bool?, arrays: Bool?) = (nil, nil)
    for index in 0..<min(document.nodeCount, Self.nodeLimit) {
      let node = NodeID(index)
      let kind = document.kind(of: node)
      guard kind == .object || kind == .array, document.childCount(of: node) > 0 else {
        if kind == .name, colon == nil {
          let value = document.range(of: NodeID(index + 1))
          colon = Self.separator(
            source, document.range(of: node).upperBound, value.lowerBound, UInt8(ascii: ":"))
        }
        continue
      }
      let first = document.range(of: NodeID(index + 1)).lowerBound
      let start = document.range(of: node).lowerBound
      guard start < first else { continue }
      let lead = source[(start + 1)..<first]
      let isExpanded = lead.contains { $0 == 0x0A || $0 == 0x0D }
      if isExpanded {
        hasLines = true
        if unit == nil {
          let outer = Self.indentation(of: start, in: source)
          let inner = Self.indentation(of: first, in: source)
          if inner.starts(with: outer) { unit = Array(inner[outer.count...]) }
        }
      } else if kind == .object {
        pads.objects = pads.objects ?? !lead.isEmpty
      } else {
        pads.arrays = pads.arrays ?? !lead.isEmpty
      }
      if kind == .array {
        arrays = arrays ?? isExpanded
      } else if index == 0 {
        rootObjects = isExpanded
      } else {
        objects = objects ?? isExpanded
      }
      if !isExpanded, comma == nil { comma = Self.comma(between: node, in: document) }
    }
    if let unit { self.unit = unit }
    if let colon { self.colon = colon }
    self.comma = comma ?? (hasLines || self.colon.count > 1 ? Array(", ".utf8) : [0x2C])
    if comma == nil, colon == nil { self.comma = Array(", ".utf8) }
    expandsArrays = hasLines && arrays ?? true
    expandsObjects = hasLines && objects ?? rootObjects ?? true
    padsObjects = pads.objects ?? false
    padsArrays = pads.arrays ?? false
  }

  /// What is between the first two items of a container, where that is a comma and blanks.
  private static func comma(between container: NodeID, in document: Document) -> [UInt8]? {
    guard document.childCount(of: container) > 1 else { return nil }
    let first = NodeID(container.index + 1)
    let value = document.kind(of: first) == .name ? NodeID(first.index + 1) : first
    let second = NodeID(document.end(of: value))
    let end = document.range(of: value).upperBound
    let start = document.range(of: second).lowerBound
    guard end <= start, !document.source[end..<start].contains(where: { $0 == 0x0A || $0 == 0x0D })
    else { return nil }
    return separator(document.source, end, start, UInt8(ascii: ","))
  }

  /// The text between two offsets, where it is one such mark among blanks.
  package static func separator(
    _ source: [UInt8], _ start: Int, _ end: Int, _ mark: UInt8
  ) -> [UInt8]? {
    guard start < end, end <= source.count else { return nil }
    let text = source[start..<end]
    let isPlain = text.allSatisfy { $0 == mark || isBlank($0) }
    return isPlain && text.count(where: { $0 == mark }) == 1 ? Array(text) : nil
  }

  /// Whether a byte is white space.
  package static func isBlank(_ byte: UInt8) -> Bool {
    byte == 0x20 || byte == 0x09 || byte == 0x0A || byte == 0x0D
  }

  /// The blanks that the line of an offset begins with, up to the offset.
  package static func indentation(of offset: Int, in source: [UInt8]) -> [UInt8] {
    let start = lineStart(of: offset, in: source)
    return Array(source[start..<offset].prefix { $0 == 0x20 || $0 == 0x09 })
  }

  /// Where the line of an offset begins, behind a byte-order mark.
  package static func lineStart(of offset: Int, in source: [UInt8]) -> Int {
    var start = min(offset, source.count)
    while start > 0, source[start - 1] != 0x0A, source[start - 1] != 0x0D { start -= 1 }
    return start == 0 && offset >= 3 && source.starts(with: ByteOrderMark.utf8) ? 3 : start
  }
}

extension [UInt8] {
  /// The byte at an offset, or nil past the end.
  func byte(at offset: Int) -> UInt8? { offset < count ? self[offset] : nil }
}
