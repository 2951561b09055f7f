import SourceText

extension TextScan {
  // MARK: - Comments

  /// The comments right before a member: on its line, or on the lines above.
  func comments(before name: Int) -> [TextRange] {
    var ranges: [TextRange] = []
    var index = name
    if index > 0, Self.isQuote(bytes[index - 1]) { index -= 1 }
    while index > 0, bytes[index - 1] == UInt8(ascii: "\\") { index -= 1 }
    while index > 0, bytes[index - 1] == UInt8(ascii: " ") || bytes[index - 1] == 0x09 {
      index -= 1
    }
    if index > 1, !isYAML, bytes[index - 1] == UInt8(ascii: "/"),
      bytes[index - 2] == UInt8(ascii: "*")
    {
      var start = index - 2
      while start > 1, !(bytes[start - 2] == UInt8(ascii: "/") && bytes[start - 1] == 0x2A) {
        start -= 1
      }
      ranges.append(TextRange(max(0, start - 2), index))
    }
    var line = lineStart(of: index)
    while line > 0 {
      let end = line - 1
      let start = lineStart(of: end)
      let first = blankEnd(from: start, acrossLines: false)
      guard first < end, beginsComment(at: first) else {
        if !isYAML, let comment = comment(in: TextRange(start, end)) { ranges.append(comment) }
        break
      }
      ranges.append(TextRange(first, end))
      line = start
    }
    return ranges
  }

  /// The comment at the end of a line of JSON, if there is one.
  private func comment(in line: TextRange) -> TextRange? {
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

  /// The comments right behind a value: on its line, or on the lines below.
  func comments(after end: Int) -> [TextRange] {
    var ranges: [TextRange] = []
    let line = lineEnd(from: end)
    if let mark = bytes[min(end, line)..<line].firstIndex(of: UInt8(ascii: "#")) {
      ranges.append(TextRange(mark, line))
    }
    var start = line + 1
    while start < bytes.count {
      let first = blankEnd(from: start, acrossLines: false)
      guard first < bytes.count, beginsComment(at: first) else { break }
      let end = lineEnd(from: first)
      ranges.append(TextRange(first, end))
      start = end + 1
    }
    return ranges
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
    while index < bytes.count {
      if Self.isBlank(bytes[index]) {
        index += 1
        continue
      }
      guard beginsComment(at: index), bytes[index] != UInt8(ascii: "*") else { break }
      hasComment = true
      if bytes[index] == UInt8(ascii: "/"), bytes[index + 1] == UInt8(ascii: "*") {
        index += 2
        while index < bytes.count,
          !(bytes[index] == UInt8(ascii: "/") && bytes[index - 1] == UInt8(ascii: "*"))
        { index += 1 }
        index = min(index + 1, bytes.count)
      } else {
        index = lineEnd(from: index)
      }
    }
    return (index, hasComment)
  }
}
