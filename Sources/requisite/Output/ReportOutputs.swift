import Findings
import Linting
import Reporting
import RequisiteFiles

/// Where a report goes.
enum ReportTarget: Equatable {
  case standardOutput
  /// The stream of messages, for what a CI system reads there whatever the report is.
  case standardError
  /// A file, which is replaced.
  case file(String)
  /// The end of a file, after what it has already.
  case end(of: String)

  /// The path of the file, if it is one.
  var path: String? {
    switch self {
    case .standardOutput, .standardError: nil
    case .file(let path), .end(let path): path
    }
  }
}

/// A report that a run writes: in which format, and where to.
struct PlannedReport {
  var format: ReportFormat
  var target: ReportTarget

  init(_ format: ReportFormat, to target: ReportTarget) {
    (self.format, self.target) = (format, target)
  }

  /// The report of a choice.
  init(_ choice: OutputChoice) {
    self.init(choice.format, to: choice.target)
  }
}

extension FormatChoice {
  /// Where the report goes.
  var target: ReportTarget { path.map { .file($0) } ?? .standardOutput }
}

/// The reports of a run, each written to its target as findings arrive.
struct ReportOutputs {
  private struct Report {
    var writer: ReportWriter
    /// Where the report goes.
    let target: ReportTarget
    /// The file; nil for a stream.
    var file: (any PendingFile)?
    var buffer: [UInt8] = []
    var failure: Diagnostic?

    mutating func append(_ finding: Finding) { writer.append(finding, into: &buffer) }

    mutating func append(_ written: WrittenFindings) { buffer += written.text }

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
          failure = .unwritable(target.path ?? "", error)
        }
      } else {
        (target == .standardError ? Output.error : .standard).write(buffer)
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
    _ planned: [PlannedReport], header: ReportHeader, in files: any FileSystem, _ console: Console
  ) throws {
    for plan in planned {
      var file: (any PendingFile)?
      var buffer: [UInt8] = []
      do {
        switch plan.target {
        case .standardOutput, .standardError: break
        case .file(let path): file = try files.beginFile(at: path, makingFolders: true)
        case .end(let path):
          // The whole file is replaced, so that an interrupted run leaves no half of a report.
          if files.kind(of: path) != .missing { buffer = try files.bytes(of: path) }
          if !buffer.isEmpty { buffer += Array((buffer.last == 0x0A ? "\n" : "\n\n").utf8) }
          file = try files.beginFile(at: path, makingFolders: false)
        }
      } catch {
        for report in reports { report.file?.discard() }
        try console.fail(.unwritable(plan.target.path ?? "", error))
      }
      var report = Report(
        writer: ReportWriter(
          format: plan.format, header: header,
          options: plan.target == .standardOutput ? console.output : ReportOptions()),
        target: plan.target, file: file, buffer: buffer)
      report.writer.begin(into: &report.buffer)
      reports.append(report)
    }
  }

  /// Whether nobody reads any of the reports: all go to a pipe that its reader closed.
  var areUnread: Bool {
    Output.standard.isClosed && reports.allSatisfy { $0.target == .standardOutput }
  }

  /// Adds findings to every report.
  mutating func append(_ findings: [Finding]) {
    for index in reports.indices {
      let findings = findings.span
      for place in findings.indices {
        reports[index].append(findings[place])
        reports[index].flush(atLeast: Self.bufferSize)
      }
      flushFound(index)
    }
  }

  /// Writes what was added to a report, if it is enough.
  ///
  /// A person at a terminal sees the findings of each file as they are found.
  private mutating func flushFound(_ index: Int) {
    let isShown = reports[index].target == .standardOutput && isWatched
    reports[index].flush(atLeast: isShown ? 1 : Self.bufferSize)
  }

  /// Writes what was found so far to standard output: the program that writes the input may wait for it.
  mutating func showFound() {
    for index in reports.indices where reports[index].target == .standardOutput {
      reports[index].flush(atLeast: 1)
    }
  }

  /// Writes findings for the report, apart from it; nil where there are several reports, or the format does
  /// not allow for it.
  var writer: ReportWriter? {
    guard reports.count == 1, let writer = reports.first?.writer, writer.writesApart else {
      return nil
    }
    return writer
  }

  /// Adds findings that a copy of `writer` wrote to the report.
  mutating func append(_ written: WrittenFindings) {
    for index in reports.indices {
      reports[index].append(written)
      flushFound(index)
    }
  }

  /// Ends the reports; the result is what went wrong with writing files, and what reports lack.
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
      if let cut = reports[index].writer.cut { failures.append(cut) }
      do {
        try reports[index].file?.commit()
      } catch {
        failures.append(.unwritable(reports[index].target.path ?? "", error))
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
