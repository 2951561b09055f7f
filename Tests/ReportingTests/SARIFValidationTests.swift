import Foundation
import Reporting
import SourceText
import TestSupport
import Testing

/// Checks logs with the standard's schema, its prose, and what GitHub code scanning takes.
@Suite(
  .enabled(
    if: Conformance.has("sarif_check.py") && python(["-c", "import jsonschema"]).status == 0,
    "needs sarif_check.py in REQUISITE_CONFORMANCE, and python3 with jsonschema"))
struct SARIFValidationTests {
  @Test(arguments: FixedReport.all)
  func isValid(report: FixedReport) throws {
    let folder = FileManager.default.temporaryDirectory.appending(
      path: "requisite-sarif-\(UUID().uuidString)")
    defer { try? FileManager.default.removeItem(at: folder) }
    for file in report.files {
      let url = folder.appending(path: "sources").appending(path: file.path)
      try FileManager.default.createDirectory(
        at: url.deletingLastPathComponent(), withIntermediateDirectories: true)
      try Data(file.bytes).write(to: url)
    }
    try FileManager.default.createDirectory(at: folder, withIntermediateDirectories: true)
    let log = folder.appending(path: "\(report.name).sarif")
    try Data(report.written(as: .sarif)).write(to: log)
    let (status, output) = python([
      Conformance.folder.appending(path: "sarif_check.py").path, log.path, "--profile", "all",
      "--strict", "--source-root", folder.appending(path: "sources").path,
    ])
    #expect(status == 0, "\(output)")
  }
}

/// What Python 3 says of arguments: its status, and what it wrote.
private func python(_ arguments: [String]) -> (status: Int32, output: String) {
  let process = Process()
  let pipe = Pipe()
  process.executableURL = URL(filePath: "/usr/bin/env")
  process.arguments = ["python3"] + arguments
  process.standardOutput = pipe
  process.standardError = pipe
  do {
    try process.run()
    let data = try pipe.fileHandleForReading.readToEnd() ?? Data()
    process.waitUntilExit()
    return (process.terminationStatus, String(decoding: data, as: UTF8.self))
  } catch {
    return (-1, "\(error)")
  }
}
