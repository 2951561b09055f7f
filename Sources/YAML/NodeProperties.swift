import SourceText

/// Where a node's anchor and tag are in the source, and where its content begins.
struct NodeProperties {
  /// The offset of the content's first byte, past anchor, tag, white space and comments.
  var contentStart: Int
  /// The bytes of the tag, if there is one.
  var tag: TextRange?

  /// Looks through the bytes of a node that libyaml found to have these properties.
  init(of event: Event, in source: [UInt8]) {
    contentStart = event.start
    guard event.anchor != nil || event.tag != nil else { return }
    var index = event.start
    scan: while index < event.end {
      switch source[index] {
      case UInt8(ascii: "&") where event.anchor != nil:
        index += 1 + (event.anchor?.count ?? 0)
      case UInt8(ascii: "!"):
        let start = index
        // A tag in its verbatim form may hold flow indicators.
        let isVerbatim = source.byte(at: start + 1) == UInt8(ascii: "<")
        while index < event.end, !source[index].isBlankOrBreak,
          isVerbatim || !source[index].isFlowIndicator
        {
          index += 1
        }
        tag = TextRange(start, index)
      case UInt8(ascii: "#"):
        while index < event.end, !source[index].isBreak { index += 1 }
      case let byte where byte.isBlankOrBreak: index += 1
      default: break scan
      }
    }
    contentStart = min(index, event.end)
  }
}

extension UInt8 {
  /// Whether the byte ends a line (YAML 1.2.2, section 5.4).
  var isBreak: Bool { self == UInt8(ascii: "\n") || self == UInt8(ascii: "\r") }

  /// Whether the byte is a space or a tab.
  var isBlank: Bool { self == UInt8(ascii: " ") || self == UInt8(ascii: "\t") }

  /// Whether the byte is white space of any kind.
  var isBlankOrBreak: Bool { isBlank || isBreak }

  /// Whether the byte is one of `,[]{}`.
  var isFlowIndicator: Bool {
    switch self {
    case UInt8(ascii: ","), UInt8(ascii: "["), UInt8(ascii: "]"), UInt8(ascii: "{"),
      UInt8(ascii: "}"):
      true
    default: false
    }
  }
}

extension [UInt8] {
  /// The byte at an offset, or nil past the end.
  func byte(at offset: Int) -> UInt8? { indices.contains(offset) ? self[offset] : nil }

  /// Where the last indicator ends in a stretch that holds but indicators, blanks and comments.
  func endOfTokens(from start: Int, to end: Int) -> Int {
    var last = start
    var index = start
    while index < Swift.min(end, count) {
      if self[index] == UInt8(ascii: "#"), index == 0 || self[index - 1].isBlankOrBreak {
        while index < end, !self[index].isBreak { index += 1 }
      } else {
        if !self[index].isBlankOrBreak { last = index + 1 }
        index += 1
      }
    }
    return last
  }

  /// The end of a block scalar without its last line break and the blank lines after it.
  func endWithoutBlankLines(from start: Int, to end: Int) -> Int {
    var result = end
    var index = end
    while index > start, self[index - 1].isBlankOrBreak {
      index -= 1
      if self[index].isBreak { result = index }
    }
    return result
  }
}
