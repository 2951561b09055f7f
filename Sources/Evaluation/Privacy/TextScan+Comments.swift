import SourceText

extension TextScan {
  // MARK: - Comments

  /// The comment at the end of a line of JSON, if there is one.
  func comment(in line: TextRange) -> TextRange? {
    var isInString = false
    var index = line.lowerBound
    while index < line.upperBound {
      switch bytes[index] {
      case UInt8(ascii: "\\") where isInString: index += 1
      case UInt8(ascii: "\""): isInString.toggle()
      case UInt8(ascii: "#"), UInt8(ascii: "/"):
        if !isInString, beginsComment(at: index) { return TextRange(index, line.upperBound) }
      default: break
      }
      index += 1
    }
    return nil
  }

  func beginsComment(at index: Int) -> Bool {
    if bytes[index] == UInt8(ascii: "#") { return true }
    guard !isYAML else { return false }
    return bytes[index] == UInt8(ascii: "*")
      || bytes[index] == UInt8(ascii: "/") && index + 1 < bytes.count
        && (bytes[index + 1] == UInt8(ascii: "/") || bytes[index + 1] == UInt8(ascii: "*"))
  }

  /// The end of white space and comments, and whether there are any comments.
  func triviaEnd(from start: Int) -> (end: Int, hasComment: Bool) {
    var index = start
    var hasComment = false
    var ends: [Int] = []
    var known: (end: Int, hasComment: Bool)?
    while index < bytes.count {
      if !cache.triviaEnds.isEmpty {
        known = cache.triviaEnds[index]
        if known != nil { break }
      }
      if Self.isBlank(bytes[index]) {
        index += 1
        continue
      }
      guard beginsComment(at: index), bytes[index] != UInt8(ascii: "*") else { break }
      hasComment = true
      if bytes[index] == UInt8(ascii: "/"), bytes[index + 1] == UInt8(ascii: "*") {
        index = blockCommentEnd(from: index)
      } else {
        index = lineEnd(from: index)
      }
      ends.append(index)
    }
    let end = known?.end ?? index
    for (number, comment) in ends.enumerated() {
      cache.triviaEnds[comment] = (
        end, number + 1 < ends.count || known?.hasComment ?? false
      )
    }
    return (end, hasComment || known?.hasComment ?? false)
  }

  /// The end of the comment that begins with `/*` at an offset.
  private func blockCommentEnd(from start: Int) -> Int {
    // The asterisk that begins it does not end it.
    let first = start + 2
    var star = first
    if let known = cache.blockCommentEnd, known.first <= first, first <= known.star {
      star = known.star
    } else {
      while star < bytes.count, !endsBlockComment(at: star) { star += 1 }
      cache.blockCommentEnd = (first, star)
    }
    return min(star + 2, bytes.count)
  }

  private func endsBlockComment(at index: Int) -> Bool {
    bytes[index] == UInt8(ascii: "*") && index + 1 < bytes.count
      && bytes[index + 1] == UInt8(ascii: "/")
  }

  /// The end of the line before the one that begins at an offset.
  fileprivate func lineEnd(before start: Int) -> Int {
    let end = start - 1
    return end > 0 && bytes[end] == 0x0A && bytes[end - 1] == 0x0D ? end - 1 : end
  }

  /// The start of the line behind the one that ends at an offset.
  fileprivate func lineStart(after end: Int) -> Int {
    let isPair = end + 1 < bytes.count && bytes[end] == 0x0D && bytes[end + 1] == 0x0A
    return end + (isPair ? 2 : 1)
  }

  /// What was found in a text, so that no part of it is looked at for each name anew.
  final class Cache {
    /// The end of white space and comments from the end of each comment among them, and whether there
    /// are more comments.
    var triviaEnds: [Int: (end: Int, hasComment: Bool)] = [:]
    /// Where the first `*/` from an offset is; the end of the text where there is none.
    var blockCommentEnd: (first: Int, star: Int)?
    /// Whether brackets that close behind comments end their containers.
    var containerEnds: [Int: Bool] = [:]
  }
}

/// Finds the comments beside names and values that are asked for in order.
///
/// What is above one was looked at for the one before it: no line is looked at for each name anew.
struct NearbyComments {
  private let scan: TextScan
  /// The start of the line of the last name, and how far line ends were searched.
  private var line = (start: 0, searched: 0)
  /// The last `/*`, and how far it was searched.
  private var opener: (start: Int?, searched: Int) = (nil, 0)
  /// From which offset to which all comments behind values are found, with the lines below.
  private var behind = (start: 0, lineEnd: -1, end: 0)

  init(in scan: TextScan) { self.scan = scan }

  /// The comments right before a member: on its line, or on the lines above.
  ///
  /// `floor` is the end of the last value, or the last name: no more than its line is looked at.
  mutating func ranges(before name: Int, notBefore floor: Int) -> [TextRange] {
    let bytes = scan.bytes
    var ranges: [TextRange] = []
    var index = name
    if index > floor, TextScan.isQuote(bytes[index - 1]) { index -= 1 }
    while index > floor, bytes[index - 1] == UInt8(ascii: "\\") { index -= 1 }
    while index > floor, bytes[index - 1] == UInt8(ascii: " ") || bytes[index - 1] == 0x09 {
      index -= 1
    }
    if index > 1, !scan.isYAML, bytes[index - 1] == UInt8(ascii: "/"),
      bytes[index - 2] == UInt8(ascii: "*")
    {
      ranges.append(TextRange(lastOpener(before: index - 2), index))
    }
    var start = lineStart(of: index)
    while start > 0, start >= floor {
      let end = scan.lineEnd(before: start)
      start = scan.lineStart(of: end)
      let first = scan.blankEnd(from: start, acrossLines: false)
      guard first < end, scan.beginsComment(at: first) else {
        if !scan.isYAML, let comment = scan.comment(in: TextRange(start, end)) {
          ranges.append(comment)
        }
        break
      }
      ranges.append(TextRange(first, end))
    }
    return ranges
  }

  private mutating func lineStart(of offset: Int) -> Int {
    var start = offset
    while start > line.searched, scan.bytes[start - 1] != 0x0A, scan.bytes[start - 1] != 0x0D {
      start -= 1
    }
    if start > line.searched { line.start = start }
    line.searched = max(line.searched, offset)
    return line.start
  }

  /// The last `/*` that ends at or before an offset, or the start of the text.
  private mutating func lastOpener(before end: Int) -> Int {
    let bytes = scan.bytes
    while opener.searched + 2 <= end {
      let index = opener.searched
      if bytes[index] == UInt8(ascii: "/"), bytes[index + 1] == UInt8(ascii: "*") {
        opener.start = index
      }
      opener.searched += 1
    }
    return opener.start ?? 0
  }

  /// The comments right behind a value: on its line, or on the lines below.
  mutating func ranges(behind end: Int) -> [TextRange] {
    // A comment goes on to the end of its line: those behind this value are found.
    if behind.start <= end, end <= behind.lineEnd { return [] }
    let bytes = scan.bytes
    var ranges: [TextRange] = []
    let line = scan.lineEnd(from: end)
    if let mark = bytes[min(end, line)..<line].firstIndex(of: UInt8(ascii: "#")) {
      ranges.append(TextRange(mark, line))
    }
    var start = scan.lineStart(after: line)
    if start >= behind.end {
      while start < bytes.count {
        let first = scan.blankEnd(from: start, acrossLines: false)
        guard first < bytes.count, scan.beginsComment(at: first) else { break }
        let end = scan.lineEnd(from: first)
        ranges.append(TextRange(first, end))
        start = scan.lineStart(after: end)
      }
      behind.end = start
    }
    behind.start = end
    behind.lineEnd = line
    return ranges
  }
}
