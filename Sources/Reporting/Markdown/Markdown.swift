/// A text in Markdown as its blocks, in the order of the text.
///
/// Reads paragraphs, headings, lists, quotes, code, rules, emphasis and links (CommonMark 0.31), and the
/// tables of GFM. Raw HTML and definitions of links are text. All that renders or rewrites Markdown
/// begins here. Blocks and inlines are events with ranges of the source, so that nothing recurses over
/// untrusted text.
package struct Markdown: Sendable {
  /// The bytes of the text.
  let source: [UInt8]
  /// The lines without their ends, as ranges of `source`.
  let lines: [Range<Int>]
  /// The blocks, containers as their begin and end.
  package let blocks: [Block]

  /// A block without blocks in it, or the begin or end of a container.
  package enum Block: Sendable {
    case begin(Container)
    case end(Container)
    case leaf(Leaf)
  }

  /// A block that contains blocks.
  package enum Container: Sendable, Equatable {
    case quote
    /// A list; `start` is the first number of an ordered one. The paragraphs of a tight one are lines.
    case list(start: Int?, isTight: Bool)
    case item
  }

  /// A block of lines.
  package struct Leaf: Sendable {
    /// What a block is.
    package enum Kind: Sendable, Equatable {
      case paragraph
      case heading(level: Int, isUnderlined: Bool)
      /// Code, between fences or indented.
      case code(Fence?, isClosed: Bool)
      /// A table; its content is the header and the rows.
      case table
      case rule
    }

    /// What the block is.
    package var kind: Kind
    /// The lines that the block takes, fences and underlines included, as indices of `lines`.
    var lines: Range<Int>
    /// What its lines hold, without the marks of the block and of its containers.
    var content: [Segment] = []
    /// How many quotes the block is in.
    var quotes: Int
    /// How many quotes and items the block is in.
    var depth: Int

    /// Adds the lines up to one.
    mutating func extend(to line: Int) { lines = lines.lowerBound..<(line + 1) }
  }

  /// A part of a line.
  struct Segment: Sendable, Equatable {
    /// How many columns of a tab before the part belong to it.
    var padding = 0
    /// The part, as a range of `source`.
    var range: Range<Int>
  }

  /// The line that opens a block of code.
  package struct Fence: Sendable, Equatable {
    /// The character of the fence: a backtick or a tilde.
    var byte: UInt8
    /// How many of them there are: at least three.
    var count: Int
    /// How many columns are before them within their container.
    var indent: Int
  }

  /// Reads a text.
  package init(_ text: some StringProtocol) {
    source = Array(text.utf8)
    lines = Self.lines(of: source)
    var parser = MarkdownBlockParser(source: source)
    // What is behind the last line's end is no line, but kept as an empty one for what is written.
    let count = lines.last?.isEmpty ?? true ? lines.count - 1 : lines.count
    for (number, line) in lines.prefix(count).enumerated() { parser.take(line, number: number) }
    blocks = parser.finished()
  }

  /// The blocks that contain no others.
  var leaves: [Leaf] {
    blocks.compactMap {
      if case .leaf(let leaf) = $0 { leaf } else { nil }
    }
  }

  /// The text of a range of the source.
  func text(_ range: Range<Int>) -> String { String(decoding: source[range], as: UTF8.self) }

  /// The text of a block of code.
  package func code(of leaf: Leaf) -> String {
    leaf.content.map { String(repeating: " ", count: $0.padding) + text($0.range) }
      .joined(separator: "\n")
  }

  /// The inlines of a paragraph or heading.
  package func inlines(of leaf: Leaf) -> [Inline] {
    var bytes: [UInt8] = []
    var offsets: [Int] = []
    for (place, segment) in leaf.content.enumerated() {
      if place > 0 {
        bytes.append(UInt8(ascii: "\n"))
        offsets.append(leaf.content[place - 1].range.upperBound)
      }
      bytes += source[segment.range]
      offsets += segment.range
    }
    return MarkdownInlineParser.inlines(of: bytes, at: offsets)
  }

  /// The inlines of the rows of a table, by cells; the first row is the header.
  package func rows(of leaf: Leaf) -> [[[Inline]]] {
    leaf.content.map { row in
      MarkdownTable.cells(in: source, row.range).map { cell in
        // A backslash makes a bar a part of its cell, in code as well.
        let kept = cell.filter { offset in
          source[offset] != UInt8(ascii: "\\") || offset + 1 >= cell.upperBound
            || source[offset + 1] != UInt8(ascii: "|")
        }
        return MarkdownInlineParser.inlines(of: kept.map { source[$0] }, at: kept)
      }
    }
  }

  private static func lines(of source: [UInt8]) -> [Range<Int>] {
    var lines: [Range<Int>] = []
    var start = 0
    var index = 0
    while index < source.count {
      let byte = source[index]
      if byte == UInt8(ascii: "\n") || byte == UInt8(ascii: "\r") {
        lines.append(start..<index)
        let isPair =
          byte == UInt8(ascii: "\r") && index + 1 < source.count
          && source[index + 1] == UInt8(ascii: "\n")
        if isPair { index += 1 }
        start = index + 1
      }
      index += 1
    }
    lines.append(start..<source.count)
    return lines
  }
}

extension UInt8 {
  /// Whether the byte is a space or a tab.
  var isMarkdownBlank: Bool { self == 0x20 || self == 0x09 }

  /// Whether a backslash before this ASCII character makes it text.
  var isMarkdownPunctuation: Bool {
    switch self {
    case 0x21...0x2F, 0x3A...0x40, 0x5B...0x60, 0x7B...0x7E: true
    default: false
    }
  }
}

extension [UInt8] {
  /// The range without spaces and tabs at its ends.
  func trimmingBlanks(_ range: Range<Int>) -> Range<Int> {
    var (start, end) = (range.lowerBound, range.upperBound)
    while start < end, self[start].isMarkdownBlank { start += 1 }
    while start < end, self[end - 1].isMarkdownBlank { end -= 1 }
    return start..<end
  }

  /// How many times the byte at an index is repeated before `end`.
  func runLength(at index: Int, before end: Int) -> Int {
    guard index < end else { return 0 }
    var next = index + 1
    while next < end, self[next] == self[index] { next += 1 }
    return next - index
  }
}
