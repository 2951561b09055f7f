import Findings
import SourceText

/// A location in a text: the characters from ``start`` up to ``end``.
public struct Location: Sendable, Hashable {
  /// The position of the first character.
  public let start: Position
  /// The position just past the last character.
  public let end: Position
  /// The JSON Pointer (RFC 6901) of the value or member within its request.
  ///
  /// Of a missing member, the pointer that the member would have. Nil where no value could be read, and
  /// in diagnostics.
  public let pointer: String?
  /// The file, in diagnostics; nil in findings, which are about the bytes that were checked.
  public let path: String?
}

/// A position in a text, in each unit that a caller may need.
///
/// Lines and columns count from 1, offsets from 0. LF, CRLF and a lone CR each end a line. A byte-order
/// mark is in no column, but counts for ``offset``.
public struct Position: Sendable, Hashable {
  /// The line, from 1.
  public let line: Int
  /// The column in Unicode code points, from 1.
  public let column: Int
  /// The column in UTF-16 code units, from 1, as editors count.
  public let utf16Column: Int
  /// The offset in bytes from the start of the text.
  public let offset: Int
}

/// A location beside that of a finding or diagnostic, and what it has to do with it.
public struct RelatedLocation: Sendable, Hashable {
  /// The location.
  public let location: Location
  /// What is there: a short phrase without a full stop.
  public let message: String
}

extension Position {
  init(_ position: SourceText.Position) {
    self.init(
      line: position.line, column: position.column, utf16Column: position.utf16Column,
      offset: position.offset)
  }
}

extension Location {
  /// The location of a finding in the checked bytes; with a file, one of a diagnostic.
  init(_ location: Findings.Location, hasFile: Bool) {
    self.init(
      start: Position(location.region.start), end: Position(location.region.end),
      pointer: hasFile ? nil : location.pointer?.description, path: hasFile ? location.path : nil)
  }
}

extension RelatedLocation {
  init(_ related: Findings.RelatedLocation, hasFile: Bool) {
    self.init(
      location: Location(related.location, hasFile: hasFile), message: related.message)
  }
}
