package import Findings
import RequisiteFiles
import SourceText

/// Gives inputs and locations the paths that machine-readable reports have.
package struct ReportPaths: Sendable {
  private let root: ProjectRoot
  private let workingFolder: String
  private var files: any FileSystem { root.files }

  /// Creates the paths of a run; the working folder is an absolute path without links.
  package init(root: ProjectRoot, workingFolder: String) {
    self.root = root
    self.workingFolder = workingFolder
  }

  /// The path of a file that exists; anything else, such as a built-in pack, keeps its name.
  package func path(of shown: String) -> String {
    guard files.kind(of: shown) != .missing else { return shown }
    return root.reportPath(
      of: files.absolutePath(of: shown, workingFolder: workingFolder))
  }

  /// Sets the paths of inputs, and sorts them by these.
  ///
  /// Standard input without a name of its own, and pipes such as `/dev/fd/63`, keep their names.
  package func apply(
    to inputs: inout [(input: InputSource, profile: Int)], standardInputName: String?
  ) {
    // Files of one folder come one after another; where it leads is looked up once. Without a prefix, it is
    // outside of the root.
    var known: (folder: Substring.UTF8View, prefix: Substring.UTF8View?)?
    for index in inputs.indices {
      let item = inputs[index].input
      let hasName = item.origin == .standardInput ? standardInputName != nil : !item.isStream
      guard hasName else { continue }
      let path = item.shownPath
      let (folder, name) = Self.split(path)
      if let known, known.folder.elementsEqual(folder), !Self.isStep(name) {
        inputs[index].input.reportPath =
          known.prefix.map { String(Substring($0)) + String(Substring(name)) }
          ?? ProjectRoot.uri(of: files.absolutePath(of: path, workingFolder: workingFolder))
        continue
      }
      let absolutePath = files.absolutePath(of: path, workingFolder: workingFolder)
      let reportPath = root.reportPath(of: absolutePath)
      inputs[index].input.reportPath = reportPath
      if reportPath.hasPrefix("file:///") {
        known = reportPath == ProjectRoot.uri(of: absolutePath) ? (folder, nil) : nil
      } else {
        let (prefix, last) = Self.split(reportPath)
        known = last.elementsEqual(name) ? (folder, prefix) : nil
      }
    }
    inputs.sort { $0.input.reportPath.bytesPrecede($1.input.reportPath) }
  }

  /// A path's folder with its slash, and its last step.
  private static func split(_ path: String) -> (Substring.UTF8View, Substring.UTF8View) {
    let bytes = path.utf8
    let start = bytes.lastIndex(of: UInt8(ascii: "/")).map { bytes.index(after: $0) }
    return (bytes[..<(start ?? bytes.startIndex)], bytes[(start ?? bytes.startIndex)...])
  }

  /// Whether the last step of a path names no file.
  private static func isStep(_ name: Substring.UTF8View) -> Bool {
    name.isEmpty || name.elementsEqual(".".utf8) || name.elementsEqual("..".utf8)
  }

  /// Sets the paths of diagnostics about files.
  package func diagnostics(_ diagnostics: [Diagnostic]) -> [Diagnostic] {
    diagnostics.map { diagnostic in
      var diagnostic = diagnostic
      set(&diagnostic.location)
      return diagnostic
    }
  }

  private func set(_ location: inout Location?) {
    // A place in an input has the path of the input.
    guard let path = location?.path, location?.reportPath == nil else { return }
    location?.reportPath = self.path(of: path)
  }
}
