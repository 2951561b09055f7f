/// A place in a line of Markdown, in bytes and columns: a tab goes to the next multiple of 4 columns.
struct MarkdownLineCursor {
  let end: Int
  private var offset: Int
  private var column = 0
  /// How many columns of the tab before `offset` are not skipped.
  private var padding = 0

  init(_ line: Range<Int>) {
    offset = line.lowerBound
    end = line.upperBound
  }

  /// What was not skipped.
  var rest: Markdown.Segment { Markdown.Segment(padding: padding, range: offset..<end) }

  /// How many columns are blank from here, and the offset of the first byte that is not.
  func indent(in source: [UInt8]) -> (columns: Int, next: Int) {
    var (next, column) = (offset, self.column + padding)
    while next < end, source[next].isMarkdownBlank {
      column += source[next] == 0x20 ? 1 : 4 - column % 4
      next += 1
    }
    return (column - self.column, next)
  }

  /// Skips blanks and then the bytes of a mark.
  mutating func skipMark(_ length: Int, in source: [UInt8]) {
    let (columns, next) = indent(in: source)
    offset = min(next + length, end)
    column += columns + length
    padding = 0
  }

  /// Skips as many blank columns, or all that there are.
  mutating func skipColumns(_ count: Int, in source: [UInt8]) {
    let target = column + count
    var reached = column + padding
    while reached < target, offset < end, source[offset].isMarkdownBlank {
      reached += source[offset] == 0x20 ? 1 : 4 - reached % 4
      offset += 1
    }
    padding = max(0, reached - target)
    column = min(reached, target)
  }
}

/// The mark that begins an item of a list.
struct MarkdownItemMark {
  /// The character of a bullet, or the one after a number.
  let byte: UInt8
  /// The number of an item of an ordered list.
  let number: Int?
  /// How many bytes the mark has.
  let length: Int
  /// How many columns are between the mark and the content.
  let spaces: Int
  /// How many columns are before the content.
  let width: Int
  /// Whether the item may follow the text of a paragraph: it has content, and is the first of its list.
  let mayInterrupt: Bool

  init?(at cursor: MarkdownLineCursor, in source: [UInt8]) {
    let (indent, start) = cursor.indent(in: source)
    guard start < cursor.end else { return nil }
    let digits = source[start..<cursor.end].prefix {
      (UInt8(ascii: "0")...UInt8(ascii: "9")).contains($0)
    }
    let markEnd = start + digits.count
    guard markEnd < cursor.end else { return nil }
    byte = source[markEnd]
    let marks = digits.isEmpty ? "-*+" : ".)"
    guard marks.utf8.contains(byte), digits.count <= 9 else { return nil }
    number = digits.isEmpty ? nil : Int(String(decoding: digits, as: UTF8.self))
    length = digits.count + 1
    var rest = cursor
    rest.skipMark(length, in: source)
    let (columns, next) = rest.indent(in: source)
    let isEmpty = next == cursor.end
    guard isEmpty || columns > 0 else { return nil }
    // Code may begin an item; it is 4 columns after a space.
    spaces = isEmpty || columns > 4 ? 1 : columns
    width = indent + length + spaces
    mayInterrupt = !isEmpty && (number ?? 1) == 1
  }
}
