import SourceText

/// The entries of a folder, sorted by the bytes of their names.
package struct FolderListing: Sendable {
  /// What an entry is, symbolic links not followed.
  package enum Kind: Sendable {
    /// A regular file.
    case file
    /// A folder.
    case folder
    /// A symbolic link.
    case link
    /// A pipe, device or socket.
    case other
  }

  /// The entries whose names are UTF-8.
  package let entries: [(name: String, kind: Kind)]
  /// The other entries, with their names as far as they can be shown.
  package let misnamed: [(name: String, kind: Kind)]

  /// Creates a listing.
  package init(_ entries: [(name: String, kind: Kind)], misnamed: [(name: String, kind: Kind)] = [])
  {
    self.entries = entries.sorted { $0.name.bytesPrecede($1.name) }
    self.misnamed = misnamed.sorted { $0.name.bytesPrecede($1.name) }
  }

  /// Whether an entry has a name.
  package func contains(_ name: String) -> Bool {
    entries.contains { $0.name.utf8.elementsEqual(name.utf8) }
  }
}
