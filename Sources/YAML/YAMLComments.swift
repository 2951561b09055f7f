import Documents
package import SourceText

/// A comment of a YAML text, and the lines that it is about.
package struct YAMLComment: Sendable, Hashable {
  /// The bytes from the `#` to the end of its line, without blanks at the end.
  package var range: TextRange
  /// The bytes of the lines that it is about; nil where no content follows it.
  ///
  /// Behind content, that is the line of the comment; otherwise, the next line with content. A scalar of
  /// several lines makes one line of them.
  package var subject: TextRange?
}

extension YAMLReader {
  /// The comments of the first document that begin with a text, blanks behind the `#` aside.
  ///
  /// A `#` begins a comment at the start of a line and behind a blank (YAML 1.2.2, section 6.6), outside of
  /// scalars. Where the text is malformed, the comments before the error are found.
  package static func comments(
    in source: [UInt8], beginningWith beginning: [UInt8]
  ) -> [YAMLComment] {
    guard source.otherEncoding(from: 0, to: source.count) == nil,
      let screened = ScreenedSource(source), screened.tagDirectiveOverLimit == nil
    else { return [] }
    var scan = CommentScan(source, from: screened.start, beginning)
    scan.read(screened)
    return scan.comments
  }

  /// The lines of a text as comments are about them.
  package static func commentedLines(in source: [UInt8]) -> CommentedLines {
    var scan = CommentScan(source, from: 0, nil)
    if source.otherEncoding(from: 0, to: source.count) == nil,
      let screened = ScreenedSource(source),
      screened.tagDirectiveOverLimit == nil
    {
      scan = CommentScan(source, from: screened.start, nil)
      scan.read(screened)
    }
    return CommentedLines(scan: scan)
  }
}

/// The lines of a YAML text, where a scalar of several lines makes one line of them.
package struct CommentedLines: Sendable {
  fileprivate let scan: CommentScan

  /// The bytes of the lines that a comment is about if it is above or behind what is at an offset.
  package func lines(at offset: Int) -> TextRange { scan.lines(around: offset) }
}

/// Looks for comments between the scalars and brackets that libyaml finds.
private struct CommentScan: Sendable {
  private let source: [UInt8]
  /// Where the text begins.
  private let start: Int
  /// What the comments that are noted begin with; nil for none.
  private let beginning: [UInt8]?
  /// How far the text was looked at.
  private var cursor: Int
  /// Where the last content ends.
  private var contentEnd: Int?
  /// The place of the last scalar without text.
  private var lastEmpty: Int?
  /// The comments, each with an offset on the lines that it is about.
  private var found: [(range: TextRange, place: Int?)] = []
  /// The first comment for which content has not come yet.
  private var waiting = 0
  /// The lines that scalars make one line of, in order and apart.
  private var joinedLines: [TextRange] = []

  init(_ source: [UInt8], from start: Int, _ beginning: [UInt8]?) {
    self.source = source
    self.start = start
    self.beginning = beginning
    cursor = start
  }

  // MARK: - Steps

  mutating func read(_ screened: ScreenedSource) {
    var parser = EventParser(screened.parserBytes)
    var offsets = CharacterOffsets(screened.bytes)
    var documentCount = 0
    do throws(ParserProblem) {
      while true {
        var event = try parser.next()
        event.start = start + offsets.offset(ofCharacter: event.start)
        event.end = start + offsets.offset(ofCharacter: event.end)
        switch event.kind {
        case .documentStart:
          documentCount += 1
          // A file holds one document.
          if documentCount > 1 { return scanGap(to: event.start) }
        case .streamEnd: return scanGap(to: source.count)
        case .documentEnd: break
        case .scalar(_, let isPlain): readScalar(event, isPlain: isPlain)
        case .alias: add(TextRange(event.start, event.end))
        case .sequenceStart, .mappingStart, .sequenceEnd, .mappingEnd:
          guard event.end > event.start, let bracket = source.byte(at: event.end - 1),
            bracket != UInt8(ascii: ","), bracket.isFlowIndicator
          else { break }
          add(TextRange(event.end - 1, event.end))
        }
      }
    } catch {
      // Behind the last step there may be a part of a scalar.
      let end = endOfTrivia()
      scanGap(to: end)
      if end < source.count { place(at: end) }
    }
  }

  private mutating func readScalar(_ event: Event, isPlain: Bool) {
    guard event.start < event.end else {
      // Nothing is behind the last indicator. Where keys nest, many such scalars are at one place.
      if lastEmpty != event.start {
        lastEmpty = event.start
        add(TextRange(at: source.endOfTokens(from: cursor, to: event.start)))
      }
      return
    }
    let start = NodeProperties(of: event, in: source).contentStart
    guard start < event.end else { return add(TextRange(at: event.end)) }
    let mark = source[start]
    guard !isPlain, mark == UInt8(ascii: "|") || mark == UInt8(ascii: ">") else {
      return add(TextRange(start, event.end))
    }
    // A comment may follow on the line of the indicator.
    var headerEnd = start
    while headerEnd < event.end, !source[headerEnd].isBlankOrBreak { headerEnd += 1 }
    add(TextRange(start, headerEnd))
    let lineEnd = lineEnd(from: headerEnd)
    scanGap(to: lineEnd)
    let end = source.endWithoutBlankLines(from: start, to: event.end)
    if end > lineEnd { add(TextRange(start, end)) }
  }

  /// Adds content: a scalar, an alias or a bracket.
  private mutating func add(_ content: TextRange) {
    scanGap(to: content.lowerBound)
    place(at: content.lowerBound)
    cursor = max(cursor, content.upperBound)
    contentEnd = max(contentEnd ?? start, content.upperBound)
    guard source[content.lowerBound..<content.upperBound].contains(where: \.isBreak) else { return }
    let lines = TextRange(
      lineStart(of: content.lowerBound), lineEnd(from: content.upperBound))
    if let last = joinedLines.last, lines.lowerBound <= last.upperBound {
      joinedLines[joinedLines.count - 1] = TextRange(
        last.lowerBound, max(last.upperBound, lines.upperBound))
    } else {
      joinedLines.append(lines)
    }
  }

  /// Notes the content that comments on lines of their own have waited for.
  private mutating func place(at offset: Int) {
    for index in waiting..<found.count where found[index].place == nil {
      found[index].place = offset
    }
    waiting = found.count
  }

  // MARK: - Between contents

  /// Looks for comments in a stretch without scalars.
  private mutating func scanGap(to end: Int) {
    var index = cursor
    while let mark = source.firstOffset(of: UInt8(ascii: "#"), from: index, to: end) {
      index = lineEnd(from: mark)
      if mark == start || source[mark - 1].isBlankOrBreak { addComment(TextRange(mark, index)) }
    }
    cursor = max(cursor, index, end)
  }

  private mutating func addComment(_ line: TextRange) {
    var text = line.lowerBound + 1
    while text < line.upperBound, source[text].isBlank { text += 1 }
    guard let beginning, source[text..<line.upperBound].starts(with: beginning) else { return }
    var end = line.upperBound
    while source[end - 1].isBlank { end -= 1 }
    let isBehindContent = contentEnd.map { $0 > lineStart(of: line.lowerBound) } ?? false
    found.append(
      (TextRange(line.lowerBound, end), isBehindContent ? line.lowerBound : nil))
  }

  /// The end of the white space and comments that come next.
  private func endOfTrivia() -> Int {
    var index = cursor
    while index < source.count {
      if source[index] == UInt8(ascii: "#") {
        index = lineEnd(from: index)
      } else if source[index].isBlankOrBreak {
        index += 1
      } else {
        break
      }
    }
    return index
  }

  // MARK: - Lines

  private func lineStart(of offset: Int) -> Int {
    var index = offset
    while index > start, !source[index - 1].isBreak { index -= 1 }
    return index
  }

  private func lineEnd(from offset: Int) -> Int {
    var index = offset
    while index < source.count, !source[index].isBreak { index += 1 }
    return index
  }

  /// The comments with the lines that they are about.
  var comments: [YAMLComment] {
    // Comments above one another are about the same lines.
    var last: (place: Int, lines: TextRange)?
    return found.map { range, place in
      guard let place else { return YAMLComment(range: range, subject: nil) }
      if let last, last.place == place { return YAMLComment(range: range, subject: last.lines) }
      let lines = lines(around: place)
      last = (place, lines)
      return YAMLComment(range: range, subject: lines)
    }
  }

  /// The lines of what is at an offset.
  fileprivate func lines(around offset: Int) -> TextRange {
    if let place = joinedLines.index(holding: offset) { return joinedLines[place] }
    return TextRange(lineStart(of: offset), lineEnd(from: offset))
  }
}
