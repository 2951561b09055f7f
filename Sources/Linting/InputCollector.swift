package import Findings
import SourceText

/// Finds the files that a run looks at.
package struct InputCollector {
  private let workingFolder: String
  private var inputs: [LintInput] = []
  private var diagnostics: [Diagnostic] = []
  /// For each file, by its path without links, its place among the inputs.
  private var places: [String: Int] = [:]
  /// The folders that were walked, by their paths without links.
  private var walked: Set<String> = []

  private init(workingFolder: String) {
    self.workingFolder = workingFolder
  }

  /// The inputs that paths name, in the order of their names: files as they are, folders walked.
  ///
  /// Each file is an input once, however often and by whatever path it is named. Hidden files and
  /// folders and `node_modules` are passed over in a walk, and so are folders that were walked already
  /// and whatever is no regular file, and folders that `excludesFolder` is true of. A missing path may
  /// be meant for one of `commandNames`.
  package static func inputs(
    at paths: [String], standardInputName: String?, workingFolder: String,
    commandNames: [String] = [], excludesFolder: (String) -> Bool = { _ in false }
  ) -> (inputs: [LintInput], diagnostics: [Diagnostic]) {
    var collector = InputCollector(workingFolder: workingFolder)
    for path in paths {
      if path == "-" {
        let name = standardInputName ?? "stdin.json"
        collector.add("-", shownAs: name, realPath: "-", isExplicit: true)
        continue
      }
      switch FileAccess.kind(of: path) {
      case .missing:
        // A misspelt command is taken for a path, as the default command has no name.
        let command = NearestName.nearest(to: path, among: commandNames)
        let hint = command.map { "; did you mean the command '\($0)'?" } ?? ""
        collector.diagnostics.append(
          Diagnostic("input/missing", "there is no file or folder '\(path)'\(hint)"))
      case .file, .stream:
        collector.add(
          path, shownAs: path, realPath: FileAccess.realPath(path) ?? path, isExplicit: true)
      case .folder: collector.walk(path, excludesFolder)
      }
    }
    return (
      collector.inputs.sorted { $0.shownPath.utf8.lexicographicallyPrecedes($1.shownPath.utf8) },
      collector.diagnostics
    )
  }

  private mutating func add(
    _ path: String, shownAs name: String, realPath: String, isExplicit: Bool
  ) {
    if let place = places[realPath] {
      if isExplicit { inputs[place].isExplicit = true }
      return
    }
    places[realPath] = inputs.count
    inputs.append(
      LintInput(
        path: path, shownPath: Self.shown(name, workingFolder),
        format: LintInput.Format(path: name) ?? .json, isExplicit: isExplicit))
  }

  private mutating func walk(_ root: String, _ excludesFolder: (String) -> Bool) {
    var waiting = [root]
    while let folder = waiting.popLast() {
      guard let real = FileAccess.realPath(folder), walked.insert(real).inserted else { continue }
      let listing: FileAccess.Listing
      do throws(Diagnostic) {
        listing = try FileAccess.listing(ofFolder: folder)
      } catch {
        diagnostics.append(error)
        continue
      }
      func path(to name: String, in folder: String) -> String {
        folder.hasSuffix("/") ? folder + name : "\(folder)/\(name)"
      }
      for name in listing.names where !Self.isPassedOver(name) {
        let path = path(to: name, in: folder)
        switch FileAccess.kind(of: path) {
        case .folder: if !excludesFolder(path) { waiting.append(path) }
        // To open a pipe that happens to lie there could take for ever.
        case .missing, .stream: break
        case .file:
          guard LintInput.Format(path: name) != nil else { continue }
          // Only a link can lead elsewhere, and only a link costs a look.
          let realPath = self.realPath(of: path, name: name, inRealFolder: real)
          add(path, shownAs: path, realPath: realPath, isExplicit: false)
        }
      }
      // What cannot be opened by its name must not pass for checked.
      for (name, isFolder) in listing.misnamed
      where !Self.isPassedOver(name) && (isFolder || LintInput.Format(path: name) != nil) {
        diagnostics.append(
          Diagnostic(
            "input/unreadable",
            "'\(path(to: name, in: folder))' cannot be read: its name is not UTF-8; rename it"))
      }
    }
  }

  private static func isPassedOver(_ name: String) -> Bool {
    name.hasPrefix(".") || name == "node_modules"
  }

  private func realPath(of path: String, name: String, inRealFolder folder: String) -> String {
    FileAccess.isLink(path)
      ? FileAccess.realPath(path) ?? path
      : folder.hasSuffix("/") ? folder + name : "\(folder)/\(name)"
  }

  /// A path relative to the working folder where it lies below it, without `.` steps.
  static func shown(_ path: String, _ workingFolder: String) -> String {
    var path = path
    let prefix = workingFolder.hasSuffix("/") ? workingFolder : workingFolder + "/"
    if path.utf8.starts(with: prefix.utf8) {
      path = String(decoding: path.utf8.dropFirst(prefix.utf8.count), as: UTF8.self)
    }
    let isAbsolute = path.hasPrefix("/")
    let steps = path.split(separator: "/").filter { $0 != "." }
    let joined = (isAbsolute ? "/" : "") + steps.joined(separator: "/")
    return joined.isEmpty ? path : joined
  }
}
