/// The rows of tables (GFM 0.29).
enum MarkdownTable {
  /// The cells of a row, as ranges without blanks at their ends; `\|` is a bar within a cell.
  static func cells(in source: [UInt8], _ row: Range<Int>) -> [Range<Int>] {
    let row = source.trimmingBlanks(row)
    var cells: [Range<Int>] = []
    var start = row.lowerBound
    if start < row.upperBound, source[start] == UInt8(ascii: "|") { start += 1 }
    var index = start
    while index < row.upperBound {
      if source[index] == UInt8(ascii: "|") {
        cells.append(source.trimmingBlanks(start..<index))
        start = index + 1
      }
      index += source[index] == UInt8(ascii: "\\") ? 2 : 1
    }
    if start < row.upperBound { cells.append(source.trimmingBlanks(start..<row.upperBound)) }
    return cells
  }

  /// Whether a line and the next one begin a table: there are as many cells as marks of columns.
  static func begins(in source: [UInt8], _ header: Range<Int>, _ marks: Range<Int>) -> Bool {
    let isMark = source[marks].allSatisfy {
      $0 == UInt8(ascii: "|") || $0 == UInt8(ascii: "-") || $0 == UInt8(ascii: ":")
        || $0.isMarkdownBlank
    }
    // A line of dashes alone underlines a heading.
    guard isMark,
      source[marks].contains(where: { $0 == UInt8(ascii: "|") || $0 == UInt8(ascii: ":") })
    else { return false }
    let columns = cells(in: source, marks)
    return columns.allSatisfy { isColumn(source[$0]) }
      && columns.count == cells(in: source, header).count

    func isColumn(_ cell: ArraySlice<UInt8>) -> Bool {
      let dashes = cell.drop { $0 == UInt8(ascii: ":") }
      let rest = dashes.drop { $0 == UInt8(ascii: "-") }
      return cell.count - dashes.count <= 1 && rest.count < dashes.count && rest.count <= 1
        && rest.allSatisfy { $0 == UInt8(ascii: ":") }
    }
  }
}
