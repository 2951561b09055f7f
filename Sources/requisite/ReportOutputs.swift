import ArgumentParser
import Findings
import Linting
import Reporting

/// The reports of a run, each going to its place as findings come in.
struct ReportOutputs {
  private struct Report {
    var writer: ReportWriter
    var file: WholeFile?
    var path: String
    var buffer: [UInt8] = []
    var failure: Diagnostic?
    /// Why standard output cannot be written.
    var loss: (any Error)?

    mutating func append(_ finding: Finding) { writer.append(finding, into: &buffer) }

    mutating func end(_ summary: ReportSummary) { writer.end(summary, into: &buffer) }

    /// Sends out what was written so far, once there is enough of it.
    mutating func flush(atLeast count: Int) {
      guard buffer.count >= count, failure == nil else { return }
      if let file {
        do {
          try file.write(buffer)
        } catch {
          failure = Self.unwritable(path, error)
        }
      } else {
        do {
          try Output.standard.tryToWrite(buffer)
        } catch {
          loss = error
        }
      }
      buffer.removeAll(keepingCapacity: true)
    }

    static func unwritable(_ path: String, _ error: any Error) -> Diagnostic {
      Diagnostic(
        "output/unwritable", "'\(path)' cannot be written: \(FileAccess.reason(error))")
    }
  }

  private var reports: [Report] = []

  /// Begins the reports; a file that cannot be written ends the command before anything is read.
  init(_ choices: [OutputChoice], header: ReportHeader, color: ColorOptions) throws {
    for choice in choices {
      var file: WholeFile?
      if let path = choice.path {
        do {
          file = try WholeFile(path: path)
        } catch {
          for report in reports { report.file?.abandon() }
          DiagnosticPrinter(color: color).show([Report.unwritable(path, error)])
          throw ExitCode(2)
        }
      }
      let toTerminal = choice.path == nil
      var report = Report(
        writer: ReportWriter(
          format: choice.format, header: header,
          options: ReportOptions(
            usesColor: toTerminal && color.applies(to: .standard),
            terminalWidth: toTerminal ? Output.standard.width : nil)),
        file: file, path: choice.path ?? "-")
      report.writer.begin(into: &report.buffer)
      reports.append(report)
    }
  }

  /// Adds findings to every report.
  mutating func append(_ findings: [Finding]) {
    for index in reports.indices {
      for finding in findings {
        reports[index].append(finding)
        reports[index].flush(atLeast: 1 << 16)
      }
      // A person at a terminal sees each file's findings as they come.
      if reports[index].file == nil, Output.standard.isTerminal {
        reports[index].flush(atLeast: 1)
      }
      endIfLost(reports[index])
    }
  }

  /// Ends the process where standard output is lost, and leaves no half of a file behind.
  private func endIfLost(_ report: Report) {
    guard let loss = report.loss else { return }
    for other in reports { other.file?.abandon() }
    Output.standard.end(after: loss)
  }

  /// Ends the reports; the result is what went wrong with writing them.
  mutating func finish(_ summary: ReportSummary) -> [Diagnostic] {
    var failures: [Diagnostic] = []
    for index in reports.indices {
      reports[index].end(summary)
      reports[index].flush(atLeast: 0)
      endIfLost(reports[index])
      if let failure = reports[index].failure {
        reports[index].file?.abandon()
        failures.append(failure)
        continue
      }
      do {
        try reports[index].file?.finish()
      } catch {
        failures.append(Report.unwritable(reports[index].path, error))
      }
    }
    return failures
  }
}
