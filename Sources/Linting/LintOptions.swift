package import Findings
package import RequestDecoding

/// What a run looks at, and how.
package struct LintOptions: Sendable {
  /// The packs.
  package var packs: [LoadedPack]
  /// Whether the packs were chosen by name, so that they apply to every request they are given.
  ///
  /// Otherwise a pack applies to what its `detect` fits.
  package var appliesToAll: Bool
  /// In which style requests spell their members.
  package var casing: Casing
  /// How deep requests may nest.
  package var depthLimit: Int
  /// Whether findings carry the hash that GitHub code scanning tells alerts apart by.
  package var computesLineHashes: Bool

  /// Creates options.
  package init(
    packs: [LoadedPack], appliesToAll: Bool, casing: Casing = .auto, depthLimit: Int = 512,
    computesLineHashes: Bool = false
  ) {
    self.packs = packs
    self.appliesToAll = appliesToAll
    self.casing = casing
    self.depthLimit = depthLimit
    self.computesLineHashes = computesLineHashes
  }
}

/// Something to look at: a file, or what comes in at standard input.
package struct LintInput: Sendable {
  /// How the bytes are to be read.
  package enum Format: Sendable {
    /// One JSON text.
    case json
    /// A JSON text on each line.
    case jsonLines
    /// One YAML document.
    case yaml

    /// The format that a file's name tells; nil for a name that tells none.
    package init?(path: String) {
      let name = path.lowercased()
      if name.hasSuffix(".json") {
        self = .json
      } else if name.hasSuffix(".jsonl") || name.hasSuffix(".ndjson") {
        self = .jsonLines
      } else if name.hasSuffix(".yaml") || name.hasSuffix(".yml") {
        self = .yaml
      } else {
        return nil
      }
    }
  }

  /// Where it is, for the system; `-` for standard input.
  package var path: String
  /// The name that reports show.
  package var shownPath: String
  /// How it is read.
  package var format: Format
  /// Whether it was named, not found in a folder: then it must be something that can be checked.
  package var isExplicit: Bool

  /// Creates an input.
  package init(path: String, shownPath: String, format: Format, isExplicit: Bool) {
    self.path = path
    self.shownPath = shownPath
    self.format = format
    self.isExplicit = isExplicit
  }
}

/// Finds the files that a run looks at.
package enum InputCollector {
  /// The inputs that paths name: files as they are, folders walked in the order of their names.
  ///
  /// Hidden folders and `node_modules` are passed over in a walk, and so are symbolic links to
  /// folders that were walked already.
  package static func inputs(
    at paths: [String], standardInputName: String?, workingFolder: String
  ) -> (inputs: [LintInput], diagnostics: [Diagnostic]) {
    var inputs: [LintInput] = []
    var diagnostics: [Diagnostic] = []
    var named: Set<String> = []
    for path in paths where named.insert(path).inserted {
      if path == "-" {
        let name = standardInputName ?? "stdin.json"
        inputs.append(
          LintInput(
            path: "-", shownPath: shown(name, workingFolder),
            format: LintInput.Format(path: name) ?? .json, isExplicit: true))
        continue
      }
      switch FileAccess.kind(of: path) {
      case .missing:
        diagnostics.append(Diagnostic("input/missing", "there is no file or folder '\(path)'"))
      case .file:
        inputs.append(
          LintInput(
            path: path, shownPath: shown(path, workingFolder),
            format: LintInput.Format(path: path) ?? .json, isExplicit: true))
      case .folder: walk(path, workingFolder, &inputs, &diagnostics)
      }
    }
    return (inputs, diagnostics)
  }

  private static func walk(
    _ folder: String, _ workingFolder: String, _ inputs: inout [LintInput],
    _ diagnostics: inout [Diagnostic]
  ) {
    var found: [LintInput] = []
    var waiting = [folder]
    var walked: Set<String> = []
    while let folder = waiting.popLast() {
      guard let real = FileAccess.realPath(folder), walked.insert(real).inserted else { continue }
      let names: [String]
      do throws(Diagnostic) {
        names = try FileAccess.names(inFolder: folder)
      } catch {
        diagnostics.append(error)
        continue
      }
      for name in names where !name.hasPrefix(".") && name != "node_modules" {
        let path = folder.hasSuffix("/") ? folder + name : "\(folder)/\(name)"
        switch FileAccess.kind(of: path) {
        case .folder: waiting.append(path)
        case .missing: break
        case .file:
          guard let format = LintInput.Format(path: path) else { continue }
          found.append(
            LintInput(
              path: path, shownPath: shown(path, workingFolder), format: format,
              isExplicit: false))
        }
      }
    }
    inputs += found.sorted { $0.shownPath.utf8.lexicographicallyPrecedes($1.shownPath.utf8) }
  }

  /// A path relative to the working folder where it lies below it, without `.` steps.
  static func shown(_ path: String, _ workingFolder: String) -> String {
    var path = path
    let prefix = workingFolder.hasSuffix("/") ? workingFolder : workingFolder + "/"
    if path.utf8.starts(with: prefix.utf8) { path = String(path.dropFirst(prefix.count)) }
    let isAbsolute = path.hasPrefix("/")
    let steps = path.split(separator: "/").filter { $0 != "." }
    let joined = (isAbsolute ? "/" : "") + steps.joined(separator: "/")
    return joined.isEmpty ? path : joined
  }
}
