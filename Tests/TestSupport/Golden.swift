package import Foundation
package import Testing

/// Whether `RECORD_GOLDENS` is set: goldens are written, and every test that has one fails.
package let isRecordingGoldens = ProcessInfo.processInfo.environment["RECORD_GOLDENS"] != nil

/// Compares bytes with the file that holds the expected ones.
///
/// With `RECORD_GOLDENS` in the environment the file is written instead, and the test fails, so that
/// no run that records passes for a test. A file that is missing fails the test, as does one that
/// differs; the test then has the bytes attached.
package func expectGolden(
  _ actual: [UInt8], at golden: URL, sourceLocation: SourceLocation = #_sourceLocation
) throws {
  if isRecordingGoldens {
    try Data(actual).write(to: golden)
    Issue.record("recorded \(golden.lastPathComponent)", sourceLocation: sourceLocation)
    return
  }
  let expected = try? Array(Data(contentsOf: golden))
  guard expected != actual else { return }
  Attachment.record(actual, named: golden.lastPathComponent, sourceLocation: sourceLocation)
  let offset = zip(expected ?? [], actual).prefix { $0 == $1 }.count
  Issue.record(
    expected == nil
      ? "no golden \(golden.lastPathComponent); RECORD_GOLDENS=1 writes it"
      : "\(golden.lastPathComponent) differs from byte \(offset) on",
    sourceLocation: sourceLocation)
}
