import Findings
import Linting
import Reporting
import RequisiteFiles

/// Where a command writes the one text that it makes.
struct OutputFile {
  /// The existing files that a command replaces.
  enum Replacement {
    /// Any file.
    case anything
    /// No file.
    case nothing
    /// Empty files and earlier pages of `requisite docs`.
    case pages
    /// Empty files and earlier schemas of `requisite schema`.
    case schemas

    /// The error for a file with something else in it; nil for one that is replaced.
    fileprivate func reasonToKeep(_ path: String, in files: any FileSystem) -> Diagnostic? {
      let command: String
      switch self {
      case .anything, .nothing: return nil
      case .pages: command = "docs"
      case .schemas: command = "schema"
      }
      // What cannot be read cannot be written either, or has no contents: a pipe, a device.
      guard files.kind(of: path) == .file,
        let bytes = try? files.beginning(of: path, count: 1 << 16), !bytes.isEmpty,
        !isEarlier(String(decoding: bytes, as: UTF8.self))
      else { return nil }
      return Diagnostic(
        "output/exists",
        "'\(path)' exists and was not written by 'requisite \(command)'",
        hint: "remove it or write to another file with -o"
      )
    }

    /// Whether a text begins as one that the command wrote before.
    private func isEarlier(_ text: String) -> Bool {
      if self == .schemas {
        return text.hasPrefix("{\n  \"$schema\": ") && text.contains(" of requisite, version ")
      }
      let lines = text.split(separator: "\n", maxSplits: 3, omittingEmptySubsequences: false)
      let isMarkdown =
        lines.count > 2 && lines[0].hasPrefix("# ") && lines[1].isEmpty
        && lines[2].hasPrefix("Pack `")
      return isMarkdown
        || text.hasPrefix("<!DOCTYPE html>")
          && text.contains("<meta name=\"generator\" content=\"\(ToolInformation.name)\">")
    }
  }

  /// The file; nil for standard output.
  var path: String?
  /// The existing files that are replaced.
  var replaces = Replacement.anything
  let files: any FileSystem
  var console: Console

  /// Writes the text, whole or not at all; missing folders are created.
  func write(_ bytes: [UInt8]) throws {
    guard let path, !StandardStream.isMeant(by: path) else {
      Output.standard.write(bytes)
      return
    }
    try console.checked { () throws(Diagnostic) in try replace(path, by: bytes) }
  }

  private func replace(_ path: String, by bytes: [UInt8]) throws(Diagnostic) {
    if replaces == .nothing, files.kind(of: path) != .missing || files.isLink(path) {
      throw Diagnostic(
        "output/exists", "'\(path)' already exists",
        hint: "remove it or write to another file with -o")
    }
    let root = try ProjectRoot.find(
      in: files, explicit: nil, workingFolder: files.workingFolder)
    if files.leaves(root.path, writing: path) { throw Diagnostic.outside(path) }
    if let other = replaces.reasonToKeep(path, in: files) { throw other }
    do {
      try files.write(bytes, to: path, makingFolders: true)
    } catch {
      throw Diagnostic.unwritable(path, error)
    }
  }

  /// Ends the command if the text would overwrite a file that was read.
  func refuseFilesOfTheRun() throws {
    guard let path, !StandardStream.isMeant(by: path), let identity = files.identity(of: path),
      files.hasRead(identity)
    else { return }
    try console.fail(
      Diagnostic(
        "argument/output-over-input",
        "'\(path)' is read by this command", hint: "give the output another name"))
  }
}

extension FileSystem {
  /// Waits for the lock on the folder of a file, and says so if another run has it.
  func lockFolder(ofFileAt path: String, shownAs name: String) -> FolderLock {
    lockFolder(ofFileAt: path) {
      Output.error.write("waiting for another run to write \(TerminalText.visible(name))\n")
    }
  }
}
