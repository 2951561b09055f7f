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
  static func gutterWidth(line: Int) -> Int { String(line).utf8.count + 3 }

  /// One code point as it is shown.
  private struct Cell {
    var text: [UInt8]
    var width: Int
  }

  private static let tabWidth = 4
  private static let ellipsis = Cell(text: Array("…".utf8), width: 1)

  /// Appends the two lines.
  func write(_ palette: Palette, severity: Severity, into output: inout [UInt8]) {
    var cells = cells()
    var highlight = excerpt.highlight.clamped(to: 0..<cells.count)
    cut(&cells, &highlight, to: max(20, columns - Self.gutterWidth(line: line) - 2))

    palette.write("  \(line) |", .gutter, into: &output)
    if !cells.isEmpty { output.append(0x20) }
    for cell in cells { output.append(contentsOf: cell.text) }
    output.write("\n")

    output.write(" ", count: Self.gutterWidth(line: line))
    palette.write("|", .gutter, into: &output)
    output.write(" ", count: 1 + cells[..<highlight.lowerBound].reduce(0) { $0 + $1.width })
    palette.write(.severity(severity), into: &output) { output in
      output.write("^")
      output.write("~", count: cells[highlight].reduce(0) { $0 + $1.width } - 1)
    }
    output.write("\n")
  }

  private func cells() -> [Cell] {
    var cells: [Cell] = []
    var column = 0
    for scalar in excerpt.text.unicodeScalars {
      var cell = Cell(text: [], width: 1)
      if scalar == "\t" {
        cell.width = Self.tabWidth - column % Self.tabWidth
        cell.text.write(" ", count: cell.width)
      } else {
        TerminalText.append(scalar, into: &cell.text)
        // What is written out is ASCII.
        cell.width =
          TerminalText.isUnseen(scalar) ? cell.text.count : TerminalText.width(of: scalar)
      }
      column += cell.width
      cells.append(cell)
    }
    return cells
  }

  /// Cuts the cells to a number of columns, the highlight's start staying in view.
  private func cut(_ cells: inout [Cell], _ highlight: inout Range<Int>, to columns: Int) {
    var first = 0
    var last = cells.count
    var width = cells.reduce(0) { $0 + $1.width }
    var room = columns - (excerpt.isCutBefore ? 1 : 0) - (excerpt.isCutAfter ? 1 : 0)
    if width > room {
      room = columns - 2
      // A third of the room is for what stands before the highlight, if there is so much.
      var before = cells[..<highlight.lowerBound].reduce(0) { $0 + $1.width }
      while first < highlight.lowerBound, before > room / 3, width > room {
        before -= cells[first].width
        width -= cells[first].width
        first += 1
      }
      while last > highlight.lowerBound + 1, width > room {
        last -= 1
        width -= cells[last].width
      }
    }
    let isCutBefore = excerpt.isCutBefore || first > 0
    let isCutAfter = excerpt.isCutAfter || last < cells.count
    // A mark that lost its letter would join the ellipsis.
    while isCutBefore, first < highlight.lowerBound, cells[first].width == 0 { first += 1 }
    cells = Array(cells[first..<last])
    let shift = (isCutBefore ? 1 : 0) - first
    let lower = highlight.lowerBound + shift
    highlight = lower..<max(lower, min(highlight.upperBound, last) + shift)
    if isCutBefore { cells.insert(Self.ellipsis, at: 0) }
    if isCutAfter { cells.append(Self.ellipsis) }
  }
}
