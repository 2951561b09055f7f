import RequisiteFiles

/// The paths that a word may be completed to, where other candidates stand beside them.
enum PathCompletion {
  /// Whether a file may be a pack, by its name.
  static func isPackFile(_ path: String) -> Bool {
    [".yaml", ".yml", ".json"].contains { path.hasSuffix($0) }
  }

  /// The files and folders whose paths begin with a word; folders end with a slash.
  ///
  /// Names that begin with a dot are candidates only for a word that says so.
  static func candidates(
    for word: String, where isFitting: (String) -> Bool = { _ in true }
  ) -> [Candidate] {
    let folder = word.lastIndex(of: "/").map { String(word[...$0]) } ?? ""
    let beginning = word.dropFirst(folder.count)
    let files = RealFileSystem()
    guard let listing = try? files.listing(ofFolder: folder.isEmpty ? "." : folder) else {
      return []
    }
    return listing.entries.compactMap { entry in
      guard entry.name.hasPrefix(beginning), !entry.name.hasPrefix(".") || beginning.hasPrefix(".")
      else { return nil }
      let path = folder + entry.name
      if files.kind(of: path) == .folder { return Candidate(path + "/") }
      return isFitting(path) ? Candidate(path) : nil
    }
  }
}
