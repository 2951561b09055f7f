/// Reads the blocks of a text, line by line.
struct MarkdownBlockParser {
  /// How deep quotes and items may nest; what is deeper is text.
  static let depthLimit = 8

  let source: [UInt8]
  private var blocks: [Markdown.Block] = []
  private var open: [Open] = []
  private var leaf: Markdown.Leaf?
  /// How many quotes are before the blank line that was last, if one was.
  private var blankQuotes: Int?

  /// A container that is open.
  private enum Open {
    case quote
    /// A list: where it begins in `blocks`, and the character of its marks.
    case list(begin: Int, start: Int?, mark: UInt8, isTight: Bool)
    /// An item: the columns before its content, and whether it has none yet.
    case item(width: Int, isEmpty: Bool)
  }

  init(source: [UInt8]) { self.source = source }

  /// The blocks, all closed.
  consuming func finished() -> [Markdown.Block] {
    closeLeaf()
    close(to: 0)
    return blocks
  }

  private var quotes: Int {
    open.count {
      if case .quote = $0 { true } else { false }
    }
  }

  private var depth: Int {
    open.count {
      if case .list = $0 { false } else { true }
    }
  }

  private var isInParagraph: Bool { leaf?.kind == .paragraph }

  // MARK: Lines

  mutating func take(_ line: Range<Int>, number: Int) {
    var cursor = MarkdownLineCursor(line)
    var matched = matchContainers(&cursor)
    let isMatched = matched == open.count
    if !isMatched, !isInParagraph { closeLeaf() }
    if isMatched, continueCode(&cursor, number) { return }

    // Further containers, and blocks that a mark begins.
    var isContinued = true
    while let start = start(at: cursor, isContinued: isContinued && isMatched) {
      prepare(matched, forItem: start.itemMark)
      isContinued = false
      switch start {
      case .quote:
        cursor.skipMark(1, in: source)
        cursor.skipColumns(1, in: source)
        blocks.append(.begin(.quote))
        open.append(.quote)
      case .item(let mark): begin(mark, &cursor)
      case .leaf(let kind):
        take(kind, cursor, line, number)
        return
      }
      matched = open.count
    }
    takeText(cursor, number, matched: matched, isContinued: isContinued)
  }

  /// Skips the marks of the open containers that go on; the result is how many do.
  private func matchContainers(_ cursor: inout MarkdownLineCursor) -> Int {
    for (place, container) in open.enumerated() {
      let (columns, next) = cursor.indent(in: source)
      switch container {
      case .list: continue
      case .quote:
        guard columns <= 3, next < cursor.end, source[next] == UInt8(ascii: ">") else {
          return place
        }
        cursor.skipMark(1, in: source)
        cursor.skipColumns(1, in: source)
      case .item(let width, let isEmpty):
        if next == cursor.end {
          // No item begins with two blank lines.
          if isEmpty { return place }
        } else {
          guard columns >= width else { return place }
          cursor.skipColumns(width, in: source)
        }
      }
    }
    return open.count
  }

  /// Adds the line to the block of code that is open, if one is; whether the line is done.
  private mutating func continueCode(_ cursor: inout MarkdownLineCursor, _ number: Int) -> Bool {
    guard case .code(let fence, _)? = leaf?.kind else { return false }
    let (columns, next) = cursor.indent(in: source)
    if let fence {
      leaf?.extend(to: number)
      if columns <= 3, next < cursor.end, source[next] == fence.byte {
        let run = source.runLength(at: next, before: cursor.end)
        if run >= fence.count, source.trimmingBlanks((next + run)..<cursor.end).isEmpty {
          leaf?.kind = .code(fence, isClosed: true)
          closeLeaf()
          return true
        }
      }
      cursor.skipColumns(fence.indent, in: source)
    } else if next == cursor.end {
      blankQuotes = quotes
      cursor.skipColumns(4, in: source)
    } else if columns >= 4 {
      blankQuotes = nil
      cursor.skipColumns(4, in: source)
    } else {
      closeLeaf()
      return false
    }
    leaf?.content.append(cursor.rest)
    return true
  }

  private mutating func takeText(
    _ cursor: MarkdownLineCursor, _ number: Int, matched: Int, isContinued: Bool
  ) {
    let (_, next) = cursor.indent(in: source)
    let text = source.trimmingBlanks(next..<cursor.end)
    guard !text.isEmpty else {
      // The rest of a line that begins an item may be blank.
      guard isContinued else { return }
      closeLeaf()
      close(to: matched)
      blankQuotes = quotes
      return
    }
    // A paragraph goes on without the marks of its containers.
    if isContinued, isInParagraph {
      if matched == open.count, beginTable(text, number) { return }
      // Blanks at its end may break the line.
      append(Markdown.Segment(range: next..<cursor.end), number)
    } else if isContinued, matched == open.count, leaf?.kind == .table {
      append(Markdown.Segment(range: text), number)
    } else {
      prepare(matched, forItem: nil)
      leaf = newLeaf(.paragraph, number, [Markdown.Segment(range: next..<cursor.end)])
    }
  }

  private mutating func append(_ segment: Markdown.Segment, _ number: Int) {
    leaf?.content.append(segment)
    leaf?.extend(to: number)
  }

  /// Makes the last line of the paragraph the header of a table, if the line below has marks of columns.
  private mutating func beginTable(_ marks: Range<Int>, _ number: Int) -> Bool {
    guard var paragraph = leaf, let header = paragraph.content.last,
      MarkdownTable.begins(in: source, header.range, marks)
    else { return false }
    paragraph.content.removeLast()
    paragraph.lines = paragraph.lines.lowerBound..<(number - 1)
    leaf = paragraph.content.isEmpty ? nil : paragraph
    closeLeaf()
    leaf = newLeaf(.table, number, [Markdown.Segment(range: source.trimmingBlanks(header.range))])
    leaf?.lines = (number - 1)..<(number + 1)
    return true
  }

  // MARK: Starts

  /// What a mark begins.
  private enum Start {
    case quote
    case item(MarkdownItemMark)
    case leaf(Markdown.Leaf.Kind)

    /// The mark, if it begins an item.
    var itemMark: MarkdownItemMark? {
      if case .item(let mark) = self { mark } else { nil }
    }
  }

  /// What begins at the cursor; `isContinued` says whether the line may belong to the open block.
  private func start(at cursor: MarkdownLineCursor, isContinued: Bool) -> Start? {
    let (columns, next) = cursor.indent(in: source)
    guard next < cursor.end else { return nil }
    guard columns <= 3 else { return isInParagraph ? nil : .leaf(.code(nil, isClosed: true)) }
    let run = source.runLength(at: next, before: cursor.end)
    let continuesParagraph = isContinued && isInParagraph
    switch source[next] {
    case UInt8(ascii: ">") where depth < Self.depthLimit: return .quote
    case UInt8(ascii: "#"):
      guard run <= 6, next + run == cursor.end || source[next + run].isMarkdownBlank else { break }
      return .leaf(.heading(level: run, isUnderlined: false))
    case UInt8(ascii: "`"), UInt8(ascii: "~"):
      let info = source[(next + run)..<cursor.end]
      guard run >= 3, source[next] == UInt8(ascii: "~") || !info.contains(UInt8(ascii: "`")) else {
        break
      }
      return .leaf(
        .code(Markdown.Fence(byte: source[next], count: run, indent: columns), isClosed: false))
    case UInt8(ascii: "="), UInt8(ascii: "-"):
      guard continuesParagraph, source.trimmingBlanks((next + run)..<cursor.end).isEmpty else {
        break
      }
      return .leaf(
        .heading(level: source[next] == UInt8(ascii: "=") ? 1 : 2, isUnderlined: true))
    default: break
    }
    if isRule(next..<cursor.end) { return .leaf(.rule) }
    if depth < Self.depthLimit, let mark = MarkdownItemMark(at: cursor, in: source),
      !continuesParagraph || mark.mayInterrupt
    {
      return .item(mark)
    }
    return nil
  }

  private func isRule(_ range: Range<Int>) -> Bool {
    let mark = source[range.lowerBound]
    guard "-*_".utf8.contains(mark) else { return false }
    return source[range].allSatisfy { $0 == mark || $0.isMarkdownBlank }
      && source[range].count { $0 == mark } >= 3
  }

  private mutating func begin(_ mark: MarkdownItemMark, _ cursor: inout MarkdownLineCursor) {
    if case .list = open.last {
    } else {
      open.append(
        .list(begin: blocks.count, start: mark.number, mark: mark.byte, isTight: true))
      blocks.append(.begin(.list(start: mark.number, isTight: true)))
    }
    cursor.skipMark(mark.length, in: source)
    cursor.skipColumns(mark.spaces, in: source)
    blocks.append(.begin(.item))
    open.append(.item(width: mark.width, isEmpty: true))
  }

  private mutating func take(
    _ kind: Markdown.Leaf.Kind, _ cursor: MarkdownLineCursor, _ line: Range<Int>, _ number: Int
  ) {
    var cursor = cursor
    let (_, next) = cursor.indent(in: source)
    switch kind {
    case .code(nil, _):
      cursor.skipColumns(4, in: source)
      leaf = newLeaf(kind, number, [cursor.rest])
    case .code, .table, .paragraph: leaf = newLeaf(kind, number, [])
    case .heading(let level, let isUnderlined):
      if isUnderlined {
        // The paragraph was closed, and becomes the heading.
        if case .leaf(var heading)? = blocks.popLast() {
          heading.kind = kind
          heading.lines = heading.lines.lowerBound..<(number + 1)
          blocks.append(.leaf(heading))
        }
      } else {
        var title = source.trimmingBlanks((next + level)..<cursor.end)
        // Hashes at the end, after a blank, are no part of the heading.
        let body = source[title].reversed().drop { $0 == UInt8(ascii: "#") }.count
        let end = title.lowerBound + body
        if body == 0 || source[end - 1].isMarkdownBlank {
          title = source.trimmingBlanks(title.lowerBound..<end)
        }
        leaf = newLeaf(kind, number, [Markdown.Segment(range: title)])
        closeLeaf()
      }
    case .rule:
      leaf = newLeaf(kind, number, [])
      closeLeaf()
    }
  }

  private func newLeaf(
    _ kind: Markdown.Leaf.Kind, _ number: Int, _ content: [Markdown.Segment]
  ) -> Markdown.Leaf {
    Markdown.Leaf(
      kind: kind, lines: number..<(number + 1), content: content, quotes: quotes, depth: depth)
  }

  // MARK: Begin and end

  /// Closes what the next block is not in, and notes whether a blank line is before it.
  ///
  /// A list goes on only with an item of the same mark.
  private mutating func prepare(_ matched: Int, forItem mark: MarkdownItemMark?) {
    closeLeaf()
    close(to: matched)
    if case .list(_, _, let listMark, _)? = open.last, mark?.byte != listMark {
      close(to: open.count - 1)
    }
    let isSeparated = blankQuotes.map { $0 <= quotes } ?? false
    blankQuotes = nil
    switch open.last {
    case .list: if isSeparated { loosenList(at: open.count - 1) }
    case .item(let width, let isEmpty):
      if isSeparated, !isEmpty { loosenList(at: open.count - 2) }
      open[open.count - 1] = .item(width: width, isEmpty: false)
    default: break
    }
  }

  private mutating func loosenList(at place: Int) {
    guard open.indices.contains(place), case .list(let begin, let start, let mark, _) = open[place]
    else { return }
    open[place] = .list(begin: begin, start: start, mark: mark, isTight: false)
  }

  private mutating func close(to count: Int) {
    guard open.count > count else { return }
    closeLeaf()
    while open.count > count, let container = open.popLast() {
      switch container {
      case .quote: blocks.append(.end(.quote))
      case .item: blocks.append(.end(.item))
      case .list(let begin, let start, _, let isTight):
        blocks[begin] = .begin(.list(start: start, isTight: isTight))
        blocks.append(.end(.list(start: start, isTight: isTight)))
      }
    }
  }

  private mutating func closeLeaf() {
    guard var closed = leaf else { return }
    leaf = nil
    switch closed.kind {
    case .code(nil, _):
      while let last = closed.content.last, source.trimmingBlanks(last.range).isEmpty {
        closed.content.removeLast()
      }
      closed.lines = closed.lines.lowerBound..<(closed.lines.lowerBound + closed.content.count)
    case .paragraph:
      if let last = closed.content.popLast() {
        closed.content.append(Markdown.Segment(range: source.trimmingBlanks(last.range)))
      }
    default: break
    }
    blocks.append(.leaf(closed))
  }
}
