import Baselines
import Findings
import Foundation
import Linting
import RequisiteFiles
import SourceText
import Suppressions
import TestSupport
import Testing

/// A project in a folder, on which the real linter is run as the commands do it.
struct BaselineRun {
  let folder: String
  var packs = builtIn.packs

  /// A request with nothing wrong but what is added to it.
  static let head =
    #""InstanceId": "i", "ContactFlowId": "f", "ParticipantDetails": {"DisplayName": "J"}, "ClientToken": "t""#

  struct Outcome {
    var findings: [Finding]
    var known: KnownFindingsOutcome
    var acceptedCount: Int

    var baseline: BaselineOutcome { known.baselines[0] }
    var stale: [BaselineEntry] { baseline.stale }
  }

  /// Checks paths, relative to a folder within the project, against a baseline.
  func check(
    _ paths: [String] = ["."], baseline: Baseline, from subfolder: String = "", jobs: Int = 1
  ) throws -> Outcome {
    let working = subfolder.isEmpty ? folder : "\(folder)/\(subfolder)"
    let absolute = paths.map { $0.hasPrefix("/") ? $0 : "\(working)/\($0)" }
    let collected = InputCollector.collect(
      absolute,
      InputCollector.Options(in: RealFileSystem(), workingFolder: working, projectRoot: folder))
    #expect(collected.diagnostics.isEmpty)
    let walked = absolute.filter { RealFileSystem().kind(of: $0) == .folder }.map {
      RealFileSystem().absolutePath(of: $0, workingFolder: working)
    }
    let known = KnownFindings(
      workingFolder: working, root: ProjectRoot(in: RealFileSystem(), path: working),
      accepted: [
        .init(root: folder, baseline: baseline, walkedFolders: walked, recordsNew: true)
      ], today: CalendarDate(secondsSinceEpoch: 0))
    let filter = try #require(FindingFilter(known))
    var linter = LintSession(
      [LintOptions(in: RealFileSystem(), packs: packs, applicability: .whenDetected)],
      filter: filter, jobs: jobs)
    var findings: [Finding] = []
    var acceptedCount = 0
    linter.run(collected.inputs.map { ($0, 0) }) { _, result in
      findings += result.findings
      acceptedCount += result.acceptedCount
    } ended: { _ in
    }
    return Outcome(findings: findings, known: filter.outcome(), acceptedCount: acceptedCount)
  }

  /// A baseline of all that there is.
  func written() throws -> Baseline {
    let bytes = try check(baseline: Baseline()).baseline.accepting.bytes
    let reading = BaselineReader.read(SourceFile(path: "baseline.jsonl", bytes: bytes))
    #expect(reading.diagnostics.isEmpty)
    return reading.baseline
  }

  func write(_ text: String, to name: String) throws {
    try TestSupport.write(text, to: "\(folder)/\(name)")
  }

  func move(_ name: String, to other: String) throws {
    try FileManager.default.createDirectory(
      atPath: ("\(folder)/\(other)" as NSString).deletingLastPathComponent,
      withIntermediateDirectories: true)
    try FileManager.default.moveItem(atPath: "\(folder)/\(name)", toPath: "\(folder)/\(other)")
  }

  func remove(_ name: String) throws {
    try FileManager.default.removeItem(atPath: "\(folder)/\(name)")
  }
}

/// Gives a body a project of its own.
func withProject(_ body: (BaselineRun) throws -> Void) throws {
  try withFolder { try body(BaselineRun(folder: $0)) }
}
