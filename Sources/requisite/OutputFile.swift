import ArgumentParser
import Findings
import Linting
import Reporting

/// Where a command writes the one text that it makes.
struct OutputFile {
  /// The file; nil for standard output.
  var path: String?
  /// Whether a file that exists is an error.
  var refusesToOverwrite = false
  var color: ColorOptions

  /// Writes the text, whole or not at all; missing folders are created.
  func write(_ bytes: [UInt8]) throws {
    guard let path, path != "-" else {
      Output.standard.write(bytes)
      return
    }
    do {
      if refusesToOverwrite, FileAccess.kind(of: path) != .missing || FileAccess.isLink(path) {
        throw Diagnostic(
          "output/exists", "'\(path)' already exists; remove it or write to another file with -o")
      }
      let workingFolder = FileAccess.workingFolder()
      let root = try ProjectRoot.find(explicit: nil, workingFolder: workingFolder)
      if FileAccess.leaves(root.path, writing: path) { throw Diagnostic.outside(path) }
      do {
        try AtomicFile.write(bytes, to: path, makesFolders: true)
      } catch {
        throw Diagnostic.unwritable(path, error)
      }
    } catch let error as Diagnostic {
      DiagnosticPrinter(color: color).show([error])
      throw ExitCode(2)
    }
  }

  /// Ends the command if the text would overwrite a file that was read.
  func refuseFilesOfTheRun() throws {
    guard let path, path != "-", let identity = FileIdentity(at: path),
      FileAccess.hasRead(identity)
    else { return }
    DiagnosticPrinter(color: color).show([
      Diagnostic(
        "argument/output-over-input",
        "'\(path)' is read by this command; give the output another name")
    ])
    throw ExitCode(2)
  }
}

extension FolderLock {
  /// Waits for the lock on the folder of a file, and says so if another run has it.
  convenience init(forFileAt path: String, shownAs name: String) {
    self.init(forFileAt: path) {
      Output.error.write("waiting for another run to write \(TerminalText.visible(name))\n")
    }
  }
}
