import Documents
package import Findings

/// Writes one report in one format, finding by finding.
///
/// Findings are appended in the order of `Finding.precedes`; none is held longer than its call,
/// but for the bounded number that a SARIF log may have. The caller flushes the bytes whenever it
/// likes: what is written is never looked at again.
package struct ReportWriter: FindingWriter {
  private var reporter: any Reporter
  private let syntax: LogCommands.Syntax?
  private let showsSuppressed: Bool
  /// Whether findings may be written by several writers, each of which takes some in their order.
  package let writesApart: Bool

  /// Creates a writer; nothing is written yet.
  package init(format: ReportFormat, header: ReportHeader, options: ReportOptions) {
    reporter = format.reporter(header: header, options: options)
    syntax = format.syntax
    showsSuppressed = format.showsSuppressed
    writesApart = format.writesApart
  }

  /// Writes what stands before the first finding; called once, first.
  package mutating func begin(into output: inout [UInt8]) {
    let start = output.count
    reporter.begin(into: &output)
    escape(&output, from: start)
  }

  /// Writes a finding.
  package mutating func append(_ finding: Finding, into output: inout [UInt8]) {
    if finding.suppression != nil, !showsSuppressed { return }
    let start = output.count
    reporter.append(finding, into: &output)
    escape(&output, from: start)
  }

  /// Writes a part of what was held until all findings were known; false where nothing is left of it.
  ///
  /// To be called before `end`, which would write all of it at once.
  package mutating func appendHeld(into output: inout [UInt8]) -> Bool {
    let start = output.count
    defer { escape(&output, from: start) }
    return reporter.appendHeld(into: &output)
  }

  /// What the report lacks of the run; known once all findings were appended.
  package var cut: Diagnostic? { reporter.cut }

  /// Writes what stands after the last finding; called once, last.
  package mutating func end(_ summary: ReportSummary, into output: inout [UInt8]) {
    let start = output.count
    reporter.end(summary, into: &output)
    escape(&output, from: start)
  }
}

extension ReportWriter {
  private func escape(_ output: inout [UInt8], from start: Int) {
    if let syntax { LogCommands.escape(&output, from: start, as: syntax) }
  }
}

/// Writes reports in one format: what `ReportWriter` hands its calls to.
protocol Reporter: Sendable {
  /// What the format needs, and has a place for.
  static var traits: ReportTraits { get }

  /// Creates a reporter.
  init(header: ReportHeader, options: ReportOptions)

  /// What the report lacks of the run, where the report itself does not say so.
  var cut: Diagnostic? { get }

  /// Writes what stands before the first finding.
  mutating func begin(into output: inout [UInt8])
  /// Writes a finding.
  mutating func append(_ finding: Finding, into output: inout [UInt8])
  /// Writes a part of what was held until all findings were known; false where nothing is left of it.
  mutating func appendHeld(into output: inout [UInt8]) -> Bool
  /// Writes what stands after the last finding.
  mutating func end(_ summary: ReportSummary, into output: inout [UInt8])
}

extension Reporter {
  var cut: Diagnostic? { nil }

  func appendHeld(into output: inout [UInt8]) -> Bool { false }
}

extension [UInt8] {
  /// Appends the UTF-8 of a text as it is.
  mutating func write(_ text: String) {
    // Reading through the view costs several times as much as reading the bytes.
    let isDone: Void? = unsafe text.utf8.withContiguousStorageIfAvailable { bytes in
      unsafe append(contentsOf: bytes)
    }
    if isDone == nil { append(contentsOf: text.utf8) }
  }

  /// Appends the decimal digits of a number.
  mutating func write(number: Int) { JSONWriter.append(number, to: &self) }

  /// Appends an ASCII character a number of times.
  mutating func write(_ character: Unicode.Scalar, count: Int) {
    guard count > 0 else { return }
    append(contentsOf: repeatElement(UInt8(ascii: character), count: count))
  }
}
