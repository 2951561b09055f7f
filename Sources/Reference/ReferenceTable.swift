/// A table of the reference: what the program supports, as `requisite list` prints it.
package struct ReferenceTable: Sendable {
  /// A cell of a table.
  package enum Cell: Sendable, Hashable {
    case text(String)
    case number(Int)
    case list([String])
  }

  /// The names of the columns in JSON, such as `beyond`; the first one identifies a row.
  package let columns: [String]
  /// The rows, each with a cell for each column.
  package let rows: [[Cell]]

  /// Creates a table.
  package init(_ columns: [String], _ rows: [[Cell]]) {
    self.columns = columns
    self.rows = rows
  }
}
