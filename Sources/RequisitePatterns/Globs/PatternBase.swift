/// The folder that patterns are relative to, as seen from the folder of a configuration.
///
/// An entry that a configuration inherits stays relative to the folder of its own file.
package struct PatternBase: Sendable, Hashable {
  /// The folder: an absolute path.
  package let folder: String
  private let relation: Relation

  private enum Relation: Hashable {
    /// It is the folder of the configuration.
    case same
    /// It is above: these bytes lead from it to the configuration's folder, with a slash at the end.
    case above([UInt8])
    /// It is below: these bytes lead to it, with a slash at the end.
    case below([UInt8])
    /// Neither: no file below one of the folders is below the other.
    case apart
  }

  /// Relates a folder to the folder of a configuration; both are absolute paths.
  package init(_ folder: String, seenFrom root: String) {
    self.folder = folder
    func rest(of path: String, below folder: String) -> [UInt8]? {
      let prefix = folder == "/" ? "/" : folder + "/"
      guard path.utf8.starts(with: prefix.utf8) else { return nil }
      return Array(path.utf8.dropFirst(prefix.utf8.count)) + [UInt8(ascii: "/")]
    }
    if folder.utf8.elementsEqual(root.utf8) {
      relation = .same
    } else if let steps = rest(of: root, below: folder) {
      relation = .above(steps)
    } else if let steps = rest(of: folder, below: root) {
      relation = .below(steps)
    } else {
      relation = .apart
    }
  }

  /// Whether the folder is that of the configuration.
  package var isOwn: Bool { relation == .same }

  /// A path relative to the configuration's folder, made relative to this one; nil where it is not
  /// below this one.
  package func path(of path: [UInt8]) -> [UInt8]? {
    switch relation {
    case .same: path
    case .above(let steps): steps + path
    case .below(let steps): path.starts(with: steps) ? Array(path[steps.count...]) : nil
    case .apart: nil
    }
  }

  /// The same for a text.
  package func path(of path: String) -> String? {
    isOwn ? path : self.path(of: Array(path.utf8)).map { String(decoding: $0, as: UTF8.self) }
  }
}
