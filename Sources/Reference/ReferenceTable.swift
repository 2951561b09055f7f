/// A table of the reference: what the program supports, as `requisite list` prints it.
package struct ReferenceTable: Sendable {
  /// A column of a table.
  package struct Column: Sendable {
    /// The name in JSON, such as `beyond`.
    package let key: String
    /// The heading.
    package let title: String

    /// Creates a column.
    package init(_ key: String, _ title: String) {
      self.key = key
      self.title = title
    }
  }

  /// A cell of a table.
  package enum Cell: Sendable, Hashable {
    case text(String)
    case number(Int)
    case list([String])
  }

  /// The columns, of which the first one identifies a row.
  package let columns: [Column]
  /// The rows, each with a cell for each column.
  package let rows: [[Cell]]

  /// Creates a table.
  package init(_ columns: [Column], _ rows: [[Cell]]) {
    self.columns = columns
    self.rows = rows
  }
}
