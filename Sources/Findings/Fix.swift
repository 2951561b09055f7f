package import SourceText

/// A fix of a finding: edits of its file, all of them or none.
package struct Fix: Sendable, Hashable {
  /// What it does, for a person: a short phrase without a full stop.
  package var description: String
  /// Whether it changes nothing that anybody could have meant otherwise.
  package var isSafe: Bool
  /// The edits, in the order of their places.
  package var edits: [Edit]

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

  /// Creates a fix.
  package init(description: String, isSafe: Bool, edits: [Edit]) {
    self.description = description
    self.isSafe = isSafe
    self.edits = edits
  }
}
