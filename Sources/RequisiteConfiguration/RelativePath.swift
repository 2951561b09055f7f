/// A path of a configuration, relative to the configuration's folder.
enum RelativePath {
  /// What is wrong with a path.
  enum Fault: Error {
    case empty, address, absolute, outside, character, repository

    /// Words for it, about a subject such as `a pack's path`.
    func message(_ subject: String) -> String {
      switch self {
      case .empty: "\(subject) is empty"
      case .address:
        "\(subject) must be a local file, since nothing is fetched; copy the file beside this one"
      case .absolute: "\(subject) must be relative to this file"
      case .outside: "\(subject) must stay inside the folder of this file"
      case .character:
        "\(subject) must have forward slashes and no control characters"
      case .repository: "\(subject) must not be inside '.git'"
      }
    }
  }

  /// The path without needless steps; whether links lead elsewhere is not asked.
  ///
  /// With `mayClimb`, it may lead out of the folder by `..`; the caller checks where it ends.
  static func read(_ text: String, mayClimb: Bool = false) throws(Fault) -> String {
    let bytes = Array(text.utf8)
    guard !bytes.isEmpty else { throw .empty }
    if bytes.contains(where: { $0 < 0x20 || $0 == 0x7F || $0 == UInt8(ascii: "\\") }) {
      throw .character
    }
    for scheme in ["http://", "https://", "file:"] where bytes.starts(with: scheme.utf8) {
      throw .address
    }
    let hasDrive =
      bytes.count >= 2 && bytes[1] == UInt8(ascii: ":")
      && (UInt8(ascii: "a")...UInt8(ascii: "z")).contains(bytes[0] | 0x20)
    if bytes[0] == UInt8(ascii: "/") || hasDrive { throw .absolute }
    var steps: [String] = []
    for step in bytes.split(separator: UInt8(ascii: "/")) where !step.elementsEqual(".".utf8) {
      if step.elementsEqual("..".utf8) {
        if let last = steps.last, last != ".." {
          steps.removeLast()
        } else {
          guard mayClimb else { throw .outside }
          steps.append("..")
        }
      } else {
        steps.append(String(decoding: step, as: UTF8.self))
      }
    }
    guard !steps.isEmpty else { throw .empty }
    // A report there could be taken for one of git's own files, such as a hook.
    if steps.contains(where: { $0.lowercased() == ".git" }) { throw .repository }
    return steps.joined(separator: "/")
  }
}
