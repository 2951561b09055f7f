/// A place in a text, counted in each unit that a reader may want.
///
/// Lines and columns are 1-based. A byte-order mark belongs to no column: the first character after
/// it is column 1. Offsets are 0-based and count the mark.
package struct Position: Sendable, Hashable {
  /// The 1-based line; LF, CRLF and a lone CR each end one.
  package var line: Int
  /// The 1-based column in Unicode code points (text and JSON reports).
  package var column: Int
  /// The 1-based column in UTF-16 code units (SARIF, editors).
  package var utf16Column: Int
  /// The 1-based column in bytes.
  package var byteColumn: Int
  /// The offset in bytes from the start of the file.
  package var offset: Int
  /// The offset in Unicode code points from the start of the text.
  package var scalarOffset: Int
  /// The offset in UTF-16 code units from the start of the text.
  package var utf16Offset: Int

  /// Creates a position from its counts.
  package init(
    line: Int, column: Int, utf16Column: Int, byteColumn: Int, offset: Int, scalarOffset: Int,
    utf16Offset: Int
  ) {
    self.line = line
    self.column = column
    self.utf16Column = utf16Column
    self.byteColumn = byteColumn
    self.offset = offset
    self.scalarOffset = scalarOffset
    self.utf16Offset = utf16Offset
  }

  /// The very start of a text.
  package static let start = Position(
    line: 1, column: 1, utf16Column: 1, byteColumn: 1, offset: 0, scalarOffset: 0, utf16Offset: 0)
}

/// A stretch of a file as people and reports name it: where it starts and where it ends.
package struct Region: Sendable, Hashable {
  /// The position of the first character.
  package var start: Position
  /// The position just past the last character.
  package var end: Position

  /// Creates a region from its two ends.
  package init(start: Position, end: Position) {
    self.start = start
    self.end = end
  }
}

extension Region: Comparable {
  /// Orders by where the regions start, then by where they end.
  package static func < (left: Region, right: Region) -> Bool {
    (left.start.offset, left.end.offset) < (right.start.offset, right.end.offset)
  }
}
