import Documents
import Findings
import Foundation
import Linting
import RequestDecoding
import SourceText
import Testing

/// The built-in packs, loaded once.
let builtIn = PackLoader.load([])

/// What the built-in pack says of a text.
func lint(
  _ text: some Sequence<UInt8>, named path: String = "request.json", casing: Casing = .auto,
  choosesPack: Bool = true, isExplicit: Bool = true
) -> LintResult {
  var linter = Linter(
    options: LintOptions(packs: builtIn.packs, appliesToAll: choosesPack, casing: casing))
  let format = LintInput.Format(path: path) ?? .json
  return linter.lint(
    Array(text),
    of: LintInput(path: path, shownPath: path, format: format, isExplicit: isExplicit))
}

extension Finding {
  /// The finding in a line: severity, rule within its pack, pointer, place.
  var brief: String {
    let start = location.region.start
    return
      "\(severity.rawValue) \(rule.pack == "aws-connect-chat" ? rule.rule : rule.description) \(location.pointer ?? "-") \(start.line):\(start.column)"
  }
}

/// Gives a body an empty folder of its own, by its path without links.
func withFolder(_ body: (String) throws -> Void) throws {
  let folder = FileManager.default.temporaryDirectory
    .appending(path: "requisite-\(UUID().uuidString)")
  try FileManager.default.createDirectory(at: folder, withIntermediateDirectories: true)
  defer { try? FileManager.default.removeItem(at: folder) }
  try body(try #require(FileAccess.realPath(folder.path)))
}

/// Writes a file, and the folders that it lies in.
func write(_ text: String, to path: String) throws {
  let url = URL(filePath: path)
  try FileManager.default.createDirectory(
    at: url.deletingLastPathComponent(), withIntermediateDirectories: true)
  try Data(text.utf8).write(to: url)
}
