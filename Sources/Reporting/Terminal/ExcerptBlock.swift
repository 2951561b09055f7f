import Findings

/// A source line with its number, and a line of carets under what is meant.
///
///       3 |   "Types": ["text/markdown"],
///         |            ^~~~~~~~~~~~~~~~~
struct ExcerptBlock {
  var excerpt: Excerpt
  var line: Int
  /// How many columns the block may take in all.
  var columns: Int

  /// The text that stands before the bar of a line without a number.
  static func gutterWidth(line: Int) -> Int {
    var (width, rest) = (4, line)
    while rest >= 10 {
      rest /= 10
      width += 1
    }
    return width
  }

  /// One code point as it is shown: where its text ends, and how many columns it takes.
  private struct Cell {
    var end: Int
    var width: Int
  }

  private static let tabWidth = 4

  /// The part of a line that is shown.
  struct Shown {
    var text: ArraySlice<UInt8>
    /// The part of `text` that is meant.
    var highlight: Range<Int>
    /// How many columns there are before the highlight.
    var before: Int
    /// How many columns the highlight has.
    var marked: Int
    var isCutBefore: Bool
    var isCutAfter: Bool
  }

  /// What fits of the line, with everything unseen written out.
  func shown() -> Shown {
    if TerminalText.isPlain(excerpt.text) { return shownPlain() }
    let (text, cells) = cells()
    let highlight = excerpt.highlight.clamped(to: 0..<cells.count)
    let window = window(of: cells, highlight, columns: textColumns)
    func start(of cell: Int) -> Int { cell == 0 ? 0 : cells[cell - 1].end }
    let marked = highlight.clamped(to: window)
    return Shown(
      text: text[start(of: window.lowerBound)..<start(of: window.upperBound)],
      highlight: start(of: marked.lowerBound)..<start(of: marked.upperBound),
      before: width(of: cells[window.lowerBound..<highlight.lowerBound]),
      marked: width(of: cells[marked]),
      isCutBefore: excerpt.isCutBefore || window.lowerBound > 0,
      isCutAfter: excerpt.isCutAfter || window.upperBound < cells.count)
  }

  /// The same for a text of which every byte takes one column.
  private func shownPlain() -> Shown {
    let text = Array(excerpt.text.utf8)
    let highlight = excerpt.highlight.clamped(to: 0..<text.count)
    let window = plainWindow(of: text.count, highlight, columns: textColumns)
    let marked = highlight.clamped(to: window)
    return Shown(
      text: text[window], highlight: marked,
      before: highlight.lowerBound - window.lowerBound, marked: marked.count,
      isCutBefore: excerpt.isCutBefore || window.lowerBound > 0,
      isCutAfter: excerpt.isCutAfter || window.upperBound < text.count)
  }

  /// How many columns there are for the text of the line.
  private var textColumns: Int { max(20, columns - Self.gutterWidth(line: line) - 2) }

  /// Appends the two lines: what is shown of the text, and marks under a part of it.
  func write(_ palette: Palette, severity: Severity, into output: inout [UInt8]) {
    let shown = shown()
    palette.write(.gutter, into: &output) { output in
      output.write("  ")
      output.write(number: line)
      output.write(" |")
    }
    if shown.isCutBefore || shown.isCutAfter || !shown.text.isEmpty { output.append(0x20) }
    if shown.isCutBefore { output.write("…") }
    output.append(contentsOf: shown.text)
    if shown.isCutAfter { output.write("…") }
    output.write("\n")

    output.write(" ", count: Self.gutterWidth(line: line))
    palette.write("|", .gutter, into: &output)
    output.write(" ", count: 1 + (shown.isCutBefore ? 1 : 0) + shown.before)
    palette.write(.severity(severity), into: &output) { output in
      output.write("^")
      output.write("~", count: shown.marked - 1)
    }
    output.write("\n")
  }

  /// The line as it is shown, and its code points.
  private func cells() -> (text: [UInt8], cells: [Cell]) {
    var text: [UInt8] = []
    var cells: [Cell] = []
    text.reserveCapacity(excerpt.text.utf8.count + 16)
    cells.reserveCapacity(excerpt.text.utf8.count)
    var column = 0
    for scalar in excerpt.text.unicodeScalars {
      let start = text.count
      var width = 1
      if scalar == "\t" {
        width = Self.tabWidth - column % Self.tabWidth
        text.write(" ", count: width)
      } else if TerminalText.isUnseen(scalar) {
        TerminalText.append(scalar, into: &text)
        // What is written out is ASCII.
        width = text.count - start
      } else {
        TerminalText.append(scalar, into: &text)
        width = TerminalText.width(of: scalar)
      }
      column += width
      cells.append(Cell(end: text.count, width: width))
    }
    return (text, cells)
  }

  private func width(of cells: ArraySlice<Cell>) -> Int {
    cells.reduce(0) { $0 + $1.width }
  }

  /// The same as `window` for so many cells of one column each.
  private func plainWindow(of count: Int, _ highlight: Range<Int>, columns: Int) -> Range<Int> {
    let marks = (excerpt.isCutBefore ? 1 : 0) + (excerpt.isCutAfter ? 1 : 0)
    guard count > columns - marks else { return 0..<count }
    let room = columns - 2
    let first = max(0, min(highlight.lowerBound - room / 3, count - room, highlight.lowerBound))
    let least = min(highlight.lowerBound + 1, count)
    let last = max(least, min(count, first + room))
    return first..<max(first, last)
  }

  /// The cells that fit a number of columns, the highlight's start among them.
  private func window(
    of cells: [Cell], _ highlight: Range<Int>, columns: Int
  ) -> Range<Int> {
    var first = 0
    var last = cells.count
    var total = width(of: cells[...])
    let marks = (excerpt.isCutBefore ? 1 : 0) + (excerpt.isCutAfter ? 1 : 0)
    guard total > columns - marks else { return 0..<cells.count }
    let room = columns - 2
    // A third of the room is for what stands before the highlight, if there is so much.
    var before = width(of: cells[..<highlight.lowerBound])
    while first < highlight.lowerBound, before > room / 3, total > room {
      before -= cells[first].width
      total -= cells[first].width
      first += 1
    }
    while last > highlight.lowerBound + 1, total > room {
      last -= 1
      total -= cells[last].width
    }
    // A mark that lost its letter would join the ellipsis.
    while first > 0, first < highlight.lowerBound, cells[first].width == 0 { first += 1 }
    return first..<max(first, last)
  }
}
