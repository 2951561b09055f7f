import SourceText

extension CursorContext {
  /// A line of YAML, outside of brackets.
  private struct Line {
    /// The offset of its first byte that is no blank and no dash of a list.
    var start: Int
    var end: Int
    /// The columns of the dashes before it.
    var dashes: [Int] = []
    /// The column of what follows them.
    var column: Int
    /// The name that it begins with, and where its colon is.
    var name: (text: String, colon: Int)?

    init(_ text: [UInt8], _ begin: Int, _ end: Int) {
      var index = begin
      func skipBlanks() { while index < end, text[index] == 0x20 { index += 1 } }
      skipBlanks()
      while index < end, text[index] == UInt8(ascii: "-"),
        index + 1 == end || text[index + 1] == 0x20
      {
        dashes.append(index - begin)
        index += 1
        skipBlanks()
      }
      start = index
      self.end = end
      column = index - begin
      name = Self.name(text, from: index, to: end)
    }

    /// The offset of the bracket that the value begins with; nil where it begins with none.
    func bracket(in text: [UInt8]) -> Int? {
      var index = name.map { $0.colon + 1 } ?? start
      while index < end, text[index] == 0x20 { index += 1 }
      guard index < end, "{[".utf8.contains(text[index]) else { return nil }
      return index
    }

    /// The column that nothing below may be deeper than, since the value of the line is complete, or text that
    /// goes on below; nil where more may belong to it.
    func completeColumn(in text: [UInt8]) -> Int? {
      var index = name.map { $0.colon + 1 } ?? start
      while index < end, text[index] == 0x20 { index += 1 }
      guard index < end, !"#&!".utf8.contains(text[index]) else { return nil }
      return name == nil ? dashes.last : column
    }

    private static func name(
      _ text: [UInt8], from start: Int, to end: Int
    ) -> (text: String, colon: Int)? {
      var index = start
      while index < end {
        if text[index] == UInt8(ascii: ":"), index + 1 == end || text[index + 1] == 0x20 {
          var bytes = text[start..<index]
          if let quote = bytes.first, quote == UInt8(ascii: "\"") || quote == UInt8(ascii: "'") {
            bytes = bytes.dropFirst().dropLast()
          }
          return (String(decoding: bytes, as: UTF8.self), index)
        }
        if "#{[,".utf8.contains(text[index]) { return nil }
        index += 1
      }
      return nil
    }
  }

  /// Finds the place of an offset by the indentation of lines; nil in a comment.
  init?(inBlocksOf text: [UInt8], at offset: Int) {
    var frames: [(column: Int, step: Step)] = []
    var begin = 0
    // Looking for the end of brackets that nobody closes, line by line, would take too long.
    var closesBrackets = true
    // Nothing is deeper than the name of a value that is complete.
    var complete: Int?
    /// Leaves the values that end before a name at a column or, with `isItem`, before an item of a list.
    func pop(to column: Int, isItem: Bool = false) {
      while let last = frames.last,
        last.column > column || last.column == column && !(isItem && last.step != .element)
      {
        frames.removeLast()
      }
    }
    while begin <= text.count {
      var end = text[begin...].firstIndex(of: 0x0A) ?? text.count
      let next = end + 1
      if end > begin, text[end - 1] == 0x0D { end -= 1 }
      let line = Line(text, begin, end)
      let isCurrent = offset >= begin && offset < next || next > text.count
      let isBlank = line.start >= end || text[line.start] == UInt8(ascii: "#")
      if !isBlank, !isCurrent {
        let isContinued = line.name == nil && line.dashes.isEmpty && line.column > complete ?? .max
        if !isContinued { complete = line.completeColumn(in: text) }
      }
      if isBlank, !isCurrent {
        if !line.dashes.isEmpty { push(line.dashes) }
        begin = next
        continue
      }
      if !isBlank, closesBrackets || isCurrent,
        let bracket = line.bracket(in: text), bracket < offset
      {
        push(line.dashes)
        pop(to: line.column)
        let path = frames.map(\.step) + (line.name.map { [.name($0.text)] } ?? [])
        var scanner = FlowScanner(text, from: bracket, offset: offset, in: path)
        let flow = scanner.scan()
        if let place = flow.place, flow.isClosed || isCurrent {
          self = place
          return
        }
        closesBrackets = closesBrackets && flow.isClosed
        if let flowEnd = flow.end, flowEnd >= next, flowEnd <= offset {
          begin = (text[flowEnd...].firstIndex(of: 0x0A) ?? text.count) + 1
          if begin <= offset { continue }
          return nil
        }
      }
      if isCurrent {
        guard line.start >= end || text[line.start] != UInt8(ascii: "#") else { return nil }
        push(line.dashes)
        let column = line.start >= end && line.dashes.isEmpty ? offset - begin : line.column
        if let complete, (line.dashes.first ?? column) > complete { return nil }
        pop(to: column)
        self.init(line, text, offset, frames.map(\.step))
        if role == .name { siblings = Self.names(around: line, begin, column, in: text) }
        return
      }
      push(line.dashes)
      if let name = line.name {
        pop(to: line.column)
        frames.append((line.column, .name(name.text)))
      }
      begin = next
    }
    return nil

    func push(_ dashes: [Int]) {
      for dash in dashes {
        pop(to: dash, isItem: true)
        frames.append((dash, .element))
      }
    }
  }

  private init(_ line: Line, _ text: [UInt8], _ offset: Int, _ path: [Step]) {
    if let name = line.name, offset > name.colon {
      self.init(
        path + [.name(name.text)], .value, token: Self.word(around: offset, in: text, line.end),
        isQuoted: false)
    } else if let name = line.name {
      self.init(path, .name, token: TextRange(line.start, name.colon), isQuoted: false)
    } else {
      let isValue = !line.dashes.isEmpty && line.start < line.end && path.last == .element
      self.init(
        path, isValue ? .value : .name, token: Self.word(around: offset, in: text, line.end),
        isQuoted: false)
    }
    isQuoted = token.count > 1 && "\"'".utf8.contains(text[token.lowerBound])
  }

  /// The word without blanks, commas and brackets that an offset is in or behind.
  static func word(around offset: Int, in text: [UInt8], _ end: Int? = nil) -> TextRange {
    func isPart(_ byte: UInt8) -> Bool { byte > 0x20 && !",[]{}".utf8.contains(byte) }
    var (start, stop) = (min(offset, text.count), min(offset, text.count))
    while start > 0, isPart(text[start - 1]) { start -= 1 }
    while stop < end ?? text.count, isPart(text[stop]) { stop += 1 }
    return TextRange(start, stop)
  }

  /// The names of the lines that belong to the same mapping as a line.
  private static func names(
    around line: Line, _ begin: Int, _ column: Int, in text: [UInt8]
  ) -> Set<String> {
    var names: Set<String> = []
    /// Whether lines further away may still belong to it.
    func note(_ other: Line) -> Bool {
      if other.start >= other.end || text[other.start] == UInt8(ascii: "#") { return true }
      if other.column < column { return false }
      if other.column == column, let name = other.name { names.insert(name.text) }
      return other.column > column || other.dashes.isEmpty
    }
    var end = begin - 1
    while end > 0, line.dashes.isEmpty {
      let start = text[..<end].lastIndex(of: 0x0A).map { $0 + 1 } ?? 0
      guard note(Line(text, start, end)) else { break }
      end = start - 1
    }
    var start = (text[begin...].firstIndex(of: 0x0A) ?? text.count) + 1
    while start < text.count {
      let end = text[start...].firstIndex(of: 0x0A) ?? text.count
      let other = Line(text, start, end)
      if !other.dashes.isEmpty, other.column <= column { break }
      guard note(other) else { break }
      start = end + 1
    }
    return names
  }
}
