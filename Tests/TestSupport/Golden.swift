package import Foundation
package import Testing

/// Compares bytes with the file that holds what they should be.
///
/// With `RECORD_GOLDENS` in the environment the file is written instead. A file that is missing
/// fails the test, as does one that differs; the test then has the bytes attached.
package func expectGolden(
  _ actual: [UInt8], at golden: URL, sourceLocation: SourceLocation = #_sourceLocation
) throws {
  if ProcessInfo.processInfo.environment["RECORD_GOLDENS"] != nil {
    try Data(actual).write(to: golden)
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
