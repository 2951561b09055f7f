/// A run of `*` or `_`.
struct EmphasisRun {
  /// The character.
  let byte: UInt8
  /// How many there are.
  let length: Int
  /// How many found no partner yet.
  var count: Int
  /// The place of the run among the pieces.
  let piece: Int
  let opens: Bool
  let closes: Bool

  init(in bytes: [UInt8], _ range: Range<Int>, piece: Int) {
    byte = bytes[range.lowerBound]
    length = range.count
    count = length
    self.piece = piece
    let before = Side(Self.scalar(before: range.lowerBound, in: bytes))
    let after = Side(Self.scalar(at: range.upperBound, in: bytes))
    let leftFlanking =
      after != .blank && (after != .punctuation || before != .other)
    let rightFlanking =
      before != .blank && (before != .punctuation || after != .other)
    if byte == UInt8(ascii: "_") {
      opens = leftFlanking && (!rightFlanking || before == .punctuation)
      closes = rightFlanking && (!leftFlanking || after == .punctuation)
    } else {
      (opens, closes) = (leftFlanking, rightFlanking)
    }
  }

  /// What is on one side of a run.
  private enum Side {
    case blank
    case punctuation
    case other

    init(_ scalar: Unicode.Scalar?) {
      guard let scalar else {
        self = .blank
        return
      }
      switch scalar.properties.generalCategory {
      case .spaceSeparator: self = .blank
      case .control: self = scalar.properties.isWhitespace ? .blank : .other
      case .connectorPunctuation, .dashPunctuation, .openPunctuation, .closePunctuation,
        .initialPunctuation, .finalPunctuation, .otherPunctuation, .mathSymbol, .currencySymbol,
        .modifierSymbol, .otherSymbol:
        self = .punctuation
      default: self = .other
      }
    }
  }

  private static func scalar(before end: Int, in bytes: [UInt8]) -> Unicode.Scalar? {
    var start = end
    while start > 0, end - start < 4 {
      start -= 1
      if bytes[start] & 0xC0 != 0x80 { break }
    }
    return String(decoding: bytes[start..<end], as: UTF8.self).unicodeScalars.last
  }

  private static func scalar(at start: Int, in bytes: [UInt8]) -> Unicode.Scalar? {
    String(decoding: bytes[start..<min(bytes.count, start + 4)], as: UTF8.self).unicodeScalars.first
  }
}

/// Matches runs of marks to emphasis (CommonMark 0.31, section 6.2).
struct EmphasisMatcher {
  /// The runs that may have a partner, in the order of the text.
  var runs: [EmphasisRun] = []

  /// What a run that closes looks for: where none was found, none is looked for again.
  private struct Search: Hashable {
    var byte: UInt8
    var opens: Bool
    var remainder: Int
  }

  /// Matches the runs from a place on, and takes them away.
  mutating func match(from first: Int, in pieces: inout [MarkdownInlineParser.Piece]) {
    /// The runs that wait for a partner.
    var open: [EmphasisRun] = []
    var bottoms: [Search: Int] = [:]
    func leave(_ run: EmphasisRun) {
      pieces[run.piece].marks = [UInt8](repeating: run.byte, count: run.count)
    }
    for var run in runs[first...] {
      while run.closes, run.count > 0 {
        let search = Search(byte: run.byte, opens: run.opens, remainder: run.length % 3)
        let bottom = bottoms[search] ?? 0
        guard let place = open.indices.dropFirst(bottom).last(where: { open[$0].matches(run) })
        else {
          bottoms[search] = open.count
          break
        }
        // What is open within has found no partner.
        open[(place + 1)...].forEach(leave)
        open.removeSubrange((place + 1)...)
        for (key, value) in bottoms where value > place { bottoms[key] = place }
        let taken = min(run.count, open[place].count) >= 2 ? 2 : 1
        let span: Markdown.Span = taken == 2 ? .strong : .emphasis
        pieces[open[place].piece].begins.append(span)
        pieces[run.piece].ends.append(span)
        run.count -= taken
        open[place].count -= taken
        if open[place].count == 0 { open.removeLast() }
      }
      if run.opens, run.count > 0 { open.append(run) } else { leave(run) }
    }
    open.forEach(leave)
    runs.removeSubrange(first...)
  }
}

extension EmphasisRun {
  /// Whether this run opens what another one closes; the lengths decide where one could do both.
  fileprivate func matches(_ closer: EmphasisRun) -> Bool {
    guard byte == closer.byte else { return false }
    guard closes || closer.opens else { return true }
    return (length + closer.length) % 3 != 0 || length % 3 == 0 && closer.length % 3 == 0
  }
}
