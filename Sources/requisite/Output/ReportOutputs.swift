import Findings
import Linting
import Reporting
import RequisiteFiles

/// The reports of a run, each written to its target as findings arrive.
struct ReportOutputs {
  private struct Report {
    var writer: ReportWriter
    /// The file; nil for standard output.
    var file: (any PendingFile)?
    var path: String?
    var buffer: [UInt8] = []
    var failure: Diagnostic?

    mutating func append(_ finding: Finding) { writer.append(finding, into: &buffer) }

    mutating func end(_ summary: ReportSummary) {
      while writer.appendHeld(into: &buffer) { flush(atLeast: ReportOutputs.bufferSize) }
      writer.end(summary, into: &buffer)
    }

    /// Writes the buffer to the target once it holds enough bytes.
    mutating func flush(atLeast count: Int) {
      guard buffer.count >= count, failure == nil else { return }
      if let file {
        do {
          try file.write(buffer)
        } catch {
          failure = .unwritable(path ?? "", error)
        }
      } else {
        Output.standard.write(buffer)
      }
      buffer.removeAll(keepingCapacity: true)
    }
  }

  /// How many bytes of a report are written at a time.
  private static let bufferSize = 1 << 16

  private var reports: [Report] = []
  /// Whether somebody watches standard output.
  private let isWatched = Output.standard.isTerminal

  /// Begins the reports; a file that cannot be written ends the command before anything is checked.
  init(
    _ choices: [OutputChoice], header: ReportHeader, in files: any FileSystem, _ console: Console
  ) throws {
    for choice in choices {
      var file: (any PendingFile)?
      if let path = choice.path {
        do {
          file = try files.beginFile(at: path, makingFolders: true)
        } catch {
          for report in reports { report.file?.discard() }
          try console.fail(.unwritable(path, error))
        }
      }
      var report = Report(
        writer: ReportWriter(
          format: choice.format, header: header,
          options: choice.path == nil ? console.output : ReportOptions()),
        file: file, path: choice.path)
      report.writer.begin(into: &report.buffer)
      reports.append(report)
    }
  }

  /// Whether nobody reads any of the reports: all go to a pipe that its reader closed.
  var areUnread: Bool { Output.standard.isClosed && reports.allSatisfy { $0.file == nil } }

  /// Adds findings to every report.
  mutating func append(_ findings: [Finding]) {
    for index in reports.indices {
      for finding in findings {
        reports[index].append(finding)
        reports[index].flush(atLeast: Self.bufferSize)
      }
      // A person at a terminal sees the findings of each file as they are found.
      if reports[index].file == nil, isWatched {
        reports[index].flush(atLeast: 1)
      }
    }
  }

  /// Ends the reports; the result is what went wrong with writing files.
  mutating func finish(_ summary: ReportSummary) -> [Diagnostic] {
    var failures: [Diagnostic] = []
    for index in reports.indices {
      reports[index].end(summary)
      reports[index].flush(atLeast: 0)
      if let failure = reports[index].failure {
        reports[index].file?.discard()
        failures.append(failure)
        continue
      }
      do {
        try reports[index].file?.commit()
      } catch {
        failures.append(.unwritable(reports[index].path ?? "", error))
      }
    }
    return failures
  }
}

extension Diagnostic {
  /// A file to be written whose path leads out of the project through a link.
  static func outside(_ path: String) -> Diagnostic {
    Diagnostic(
      "argument/output-outside",
      "'\(path)' is a link out of the project", hint: "remove the link, or name its target"
    )
  }

  /// A file that cannot be written, and why.
  static func unwritable(_ path: String, _ error: any Error) -> Diagnostic {
    Diagnostic("output/unwritable", "cannot write '\(path)': \(Diagnostic.reason(of: error))")
  }
}
