import RequisiteFiles

/// The paths that a word may be completed to, where other candidates stand beside them.
enum PathCompletion {
  /// Whether a file may be a pack, by its name.
  static func isPackFile(_ path: String) -> Bool {
    [".yaml", ".yml", ".json"].contains { path.hasSuffix($0) }
  }

  /// The files and folders whose paths begin with a word; folders end with a slash.
  ///
  /// Names that begin with a dot are candidates only for a word that says so. A folder that nothing else is
  /// beside is gone into, since some shells write a space behind a word that is complete.
  static func candidates(
    for word: String, home: String? = nil, where isFitting: (String) -> Bool = { _ in true }
  ) -> [Candidate] {
    var word = word
    var paths = Self.paths(for: word, home, isFitting)
    // Each step makes the word longer, and links can lead in circles.
    for _ in 0..<foldersAtOnce where paths.count == 1 && paths[0].hasSuffix("/") {
      word = paths[0]
      paths = Self.paths(for: word, home, isFitting)
    }
    return paths.map { Candidate($0) }
  }

  /// The folders that are gone into at once, at most.
  private static let foldersAtOnce = 20

  private static func paths(
    for word: String, _ home: String?, _ isFitting: (String) -> Bool
  ) -> [String] {
    let folder = word.lastIndex(of: "/").map { String(word[...$0]) } ?? ""
    let beginning = word.dropFirst(folder.count)
    var location = folder.isEmpty ? "." : folder
    if let home, folder.hasPrefix("~/") { location = home + folder.dropFirst() }
    let files = RealFileSystem()
    guard let listing = try? files.listing(ofFolder: location) else { return [] }
    return listing.entries.compactMap { entry in
      guard entry.name.hasPrefix(beginning), !entry.name.hasPrefix(".") || beginning.hasPrefix(".")
      else { return nil }
      let path = folder + entry.name
      switch files.kind(of: "\(location)/\(entry.name)") {
      case .folder: return path + "/"
      case .file: return isFitting(path) ? path : nil
      default: return nil
      }
    }
  }
}
