package import SourceText

/// The source line of a finding as a person may see it: cut to a window, sensitive values replaced.
package struct Excerpt: Sendable, Hashable {
  /// The line's text, still hostile: not escaped for any reader.
  package var text: String
  /// The range of the finding's characters in `text`, in code points.
  package var highlight: Range<Int>
  /// Whether the line goes on before the window.
  package var isCutBefore: Bool
  /// Whether the line goes on behind the window.
  package var isCutAfter: Bool

  /// The text that replaces a sensitive value in all output.
  package static let redaction = Redaction.mark

  /// The maximum number of bytes of a long line on each side of the highlight's start.
  package static let windowSize = 120

  /// Where the highlight begins within a line.
  private static func focus(in line: TextRange, highlight: TextRange) -> Int {
    min(max(highlight.lowerBound, line.lowerBound), line.upperBound)
  }

  /// What an excerpt of a line shows of it.
  package static func window(
    of bytes: [UInt8], line: TextRange, highlight: TextRange
  ) -> TextRange {
    let focus = focus(in: line, highlight: highlight)
    var start = max(line.lowerBound, focus - windowSize)
    var end = min(line.upperBound, max(focus, min(highlight.upperBound, focus + 80)) + windowSize)
    while start > line.lowerBound, bytes[start] & 0xC0 == 0x80 { start -= 1 }
    while end < line.upperBound, bytes[end] & 0xC0 == 0x80 { end += 1 }
    return TextRange(start, end)
  }

  /// Cuts the line `line` of `bytes` around `highlight` and replaces what `redactions` cover.
  ///
  /// All ranges are byte ranges of `bytes`; a highlight that goes past the line is cut to it.
  package init(
    of bytes: [UInt8], line: TextRange, highlight: TextRange, redactions: Redactions = []
  ) {
    let focus = Self.focus(in: line, highlight: highlight)
    let window = Self.window(of: bytes, line: line, highlight: highlight)
    let (start, end) = (window.lowerBound, window.upperBound)
    let highlightEnd = min(max(highlight.upperBound, focus), end)

    var pieces: [UInt8] = []
    var highlightStartCount: Int?
    var highlightEndCount: Int?
    var offset = start
    func scalars(_ bytes: [UInt8]) -> Int {
      // Most lines are ASCII, of which each byte is a code point.
      bytes.contains { $0 >= 0x80 }
        ? String(decoding: bytes, as: UTF8.self).unicodeScalars.count : bytes.count
    }
    let covers = redactions.ranges(meeting: TextRange(start, end))
    var nextCover = 0
    while offset < end {
      while nextCover < covers.count, covers[nextCover].upperBound <= offset { nextCover += 1 }
      let cover = nextCover < covers.count ? covers[nextCover] : nil
      if let cover, cover.lowerBound <= offset {
        if highlightStartCount == nil, focus < cover.upperBound, focus >= offset {
          highlightStartCount = scalars(pieces)
        }
        pieces.append(contentsOf: Self.redaction.utf8)
        if highlightEndCount == nil, highlightEnd <= cover.upperBound, highlightStartCount != nil {
          highlightEndCount = scalars(pieces)
        }
        offset = min(cover.upperBound, end)
      } else {
        if offset == focus { highlightStartCount = scalars(pieces) }
        if offset == highlightEnd, highlightEndCount == nil { highlightEndCount = scalars(pieces) }
        // Up to where something is to be noted.
        var stop = min(end, cover?.lowerBound ?? end)
        if focus > offset { stop = min(stop, focus) }
        if highlightEnd > offset { stop = min(stop, highlightEnd) }
        pieces += bytes[offset..<stop]
        offset = stop
      }
    }
    let text = String(decoding: pieces, as: UTF8.self)
    let count = scalars(pieces)
    let lower = min(highlightStartCount ?? count, count)
    self.text = text
    self.highlight = lower..<max(lower, min(highlightEndCount ?? count, count))
    isCutBefore = start > line.lowerBound
    isCutAfter = end < line.upperBound
  }
}
