package import SourceText

/// A fix of a finding: edits of its file, all of them or none.
package struct Fix: Sendable, Hashable {
  /// What it does, for a person: a short phrase without a full stop.
  package var description: String
  /// Whether it changes nothing that anybody could have meant otherwise.
  package var isSafe: Bool
  /// The edits, in the order of their places.
  package var edits: [Edit]
  /// What becomes of the lines with the edits, for people to see; empty where nobody asked.
  package var hunks: [Hunk] = []

  /// Characters of the file that go, and what takes their place.
  package struct Edit: Sendable, Hashable {
    /// What goes; empty where something is only put in.
    package var region: Region
    /// What takes its place.
    package var text: String

    /// Creates an edit.
    package init(region: Region, text: String) {
      self.region = region
      self.text = text
    }
  }

  /// Lines of the file as they are and as the fix leaves them, sensitive values replaced.
  ///
  /// Long lines are cut around the edits. The text is still hostile: not escaped for any reader.
  package struct Hunk: Sendable, Hashable {
    /// How many lines of each kind are to be shown.
    package static let lineLimit = 40

    /// The number of the first line, counted from 1.
    package var line: Int
    /// The lines that go, without their ends.
    package var removed: [String]
    /// The lines that take their place, without their ends.
    package var added: [String]

    /// Creates a hunk.
    package init(line: Int, removed: [String], added: [String]) {
      self.line = line
      self.removed = removed
      self.added = added
    }
  }

  /// Creates a fix.
  package init(description: String, isSafe: Bool, edits: [Edit]) {
    self.description = description
    self.isSafe = isSafe
    self.edits = edits
  }
}
