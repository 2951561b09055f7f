import ArgumentParser
import Findings
import Linting

/// Where a command writes the one text that it makes.
struct OutputFile {
  /// The file; nil for standard output.
  var path: String?
  /// Whether a file that is there stays as it is, and the command ends.
  var refusesToOverwrite = false
  var color: ColorOptions

  /// Writes the text, whole or not at all.
  func write(_ bytes: [UInt8]) throws {
    guard let path, path != "-" else {
      Output.standard.write(bytes)
      return
    }
    do {
      if refusesToOverwrite, FileAccess.kind(of: path) != .missing {
        throw Diagnostic(
          "output/exists", "'\(path)' is there already; name another file with -o, or remove it")
      }
      do {
        let file = try WholeFile(path: path)
        do {
          try file.write(bytes)
          try file.finish()
        } catch {
          file.abandon()
          throw error
        }
      } catch {
        throw Diagnostic(
          "output/unwritable", "'\(path)' cannot be written: \(FileAccess.reason(error))")
      }
    } catch let error as Diagnostic {
      DiagnosticPrinter(color: color).show([error])
      throw ExitCode(2)
    }
  }
}
