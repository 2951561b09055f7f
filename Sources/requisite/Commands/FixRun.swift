import Findings
import Linting
import Reporting
import RequisiteFiles
import SourceText
import SystemPackage

/// Applies the fixes of a run, or previews them as a diff.
struct FixRun {
  private let options: FixChoices
  private let root: ProjectRoot
  private let diffOptions: ReportOptions
  /// How many fixes were made, and how many more could be.
  private var fixCount = 0
  private var unsafeCount = 0
  /// How many files changed, or would.
  private(set) var fileCount = 0
  /// Whether a fix could not be written.
  private var hasFailed = false

  init(_ options: FixChoices, root: ProjectRoot, _ console: Console) {
    self.options = options
    self.root = root
    diffOptions = console.output
  }

  /// What was done, in one line.
  func line() -> String {
    func counted(_ count: Int, _ noun: String, _ plural: String) -> String {
      count == 1 ? "1 \(noun)" : "\(count) \(plural)"
    }
    var line =
      fixCount == 0
      ? hasFailed ? "applied no fixes" : "nothing to fix"
      : "\(options.diff ? "would apply" : "applied") \(counted(fixCount, "fix", "fixes")) in \(counted(fileCount, "file", "files"))"
    if unsafeCount > 0 {
      line += "; --unsafe-fixes would apply \(unsafeCount) more"
    }
    return line
  }

  /// Fixes an input, and emits the remaining findings; for a diff, all findings.
  mutating func fix(
    _ input: InputSource, _ profile: Int, in session: inout LintSession,
    emit: (LintResult) -> Void
  ) {
    guard options.diff || root.files.container(of: input) == nil else {
      checkOnly(input, profile, in: &session, emit: emit)
      return
    }
    do throws(Diagnostic) {
      if input.syntax == .jsonLines {
        try fixLog(input, profile, in: &session, emit: emit)
      } else {
        try fixDocument(input, profile, in: &session, emit: emit)
      }
    } catch {
      emit(LintResult(diagnostics: [error]))
    }
  }

  /// Checks a compressed input, which is not written anew.
  private mutating func checkOnly(
    _ input: InputSource, _ profile: Int, in session: inout LintSession,
    emit: (LintResult) -> Void
  ) {
    var isFixable = false
    session.lint(input, profile: profile) { result in
      isFixable =
        isFixable
        || result.findings.contains {
          $0.fixability == .safe || options.unsafeFixes && $0.fixability == .unsafe
        }
      emit(result)
    }
    guard isFixable else { return }
    hasFailed = true
    emit(
      LintResult(diagnostics: [
        Diagnostic(
          "fix/compressed",
          "\(input.quotedName) is compressed, so it was not fixed; decompress it and fix that file")
      ]))
  }

  // MARK: - One document

  private mutating func fixDocument(
    _ input: InputSource, _ profile: Int, in session: inout LintSession,
    emit: (LintResult) -> Void
  ) throws(Diagnostic) {
    let stamp = Self.stamp(of: input, in: root.files)
    let bytes = try session.bytes(of: input, profile: profile)
    let fixed = session.fix(
      bytes, of: input, profile: profile, includingUnsafe: options.unsafeFixes)
    unsafeCount += fixed.unsafeCount
    var left = bytes
    var hidden: [TextRange] = []
    var diagnostics = fixed.diagnostics
    if fixed.fixCount > 0, fixed.bytes != bytes {
      if options.diff {
        showDiff(from: bytes, to: fixed, of: input, session.redactor(of: profile))
        count(fixed.fixCount)
      } else {
        do throws(Diagnostic) {
          try replace(input, bytes, by: fixed.bytes, stamp)
          count(fixed.fixCount)
          left = fixed.bytes
          hidden = fixed.hidden
        } catch {
          hasFailed = true
          diagnostics.append(error)
        }
      }
    }
    var result = session.lint(
      left, of: input, profile: profile, fixedFrom: bytes, hiding: hidden)
    result.diagnostics += diagnostics
    emit(result)
  }

  private mutating func count(_ fixes: Int) {
    fixCount += fixes
    fileCount += 1
  }

  private func showDiff(
    from old: [UInt8], to fixed: FixedText, of input: InputSource, _ redactor: Redactor
  ) {
    var output: [UInt8] = []
    var diff = UnifiedDiff(path: input.shownPath, options: diffOptions)
    diff.append(
      from: old, to: fixed.bytes,
      redactions: (
        redactor.redactions(of: old, input.syntax),
        redactor.redactions(of: fixed.bytes, input.syntax).adding(fixed.hidden)
      ), into: &output)
    diff.end(into: &output)
    Output.standard.write(output, as: .text)
  }

  /// Replaces a file as a whole, unless it is no longer what was read.
  private func replace(
    _ input: InputSource, _ old: [UInt8], by new: [UInt8], _ stamp: FileStamp?
  ) throws(Diagnostic) {
    let file = try Self.begin(input, root)
    do {
      try file.write(new)
    } catch {
      file.discard()
      throw Self.unwritable(input, error)
    }
    let files = root.files
    guard let path = input.file, stamp != nil, files.stamp(of: path) == stamp,
      (try? files.bytes(of: path, limit: old.count)) == old
    else {
      file.discard()
      throw Self.changed(input)
    }
    try Self.finish(file, input)
  }

  /// What tells whether an input is still the file that was read.
  fileprivate static func stamp(of input: InputSource, in files: any FileSystem) -> FileStamp? {
    input.file.flatMap { files.stamp(of: $0) }
  }

  /// Begins to write an input anew, unless it is reached by a link that leaves the project.
  fileprivate static func begin(
    _ input: InputSource, _ root: ProjectRoot
  ) throws(Diagnostic) -> any PendingFile {
    let files = root.files
    guard let path = input.file, files.kind(of: path) == .file else {
      throw Diagnostic(
        "fix/not-a-file", "'\(input.shownPath)' is not a regular file, so it was not fixed")
    }
    guard
      !files.leavesByLink(path, root: root.path)
    else {
      throw Diagnostic(
        "fix/outside",
        "'\(input.shownPath)' is a link out of the project, so it was not fixed",
        hint: "name its target"
      )
    }
    do {
      return try files.beginFile(at: path, makingFolders: false)
    } catch {
      throw unwritable(input, error)
    }
  }

  fileprivate static func finish(_ file: any PendingFile, _ input: InputSource) throws(Diagnostic) {
    do {
      try file.commit()
    } catch {
      throw unwritable(input, error)
    }
  }

  fileprivate static func unwritable(_ input: InputSource, _ error: any Error) -> Diagnostic {
    Diagnostic(
      "fix/unwritable", "cannot write '\(input.shownPath)': \(Diagnostic.reason(of: error))")
  }

  fileprivate static func changed(_ input: InputSource) -> Diagnostic {
    Diagnostic(
      "fix/changed-meanwhile",
      "'\(input.shownPath)' changed during the run, so it was not fixed",
      hint: "run the command again"
    )
  }

  // MARK: - A log

  private mutating func fixLog(
    _ input: InputSource, _ profile: Int, in session: inout LintSession,
    emit: (LintResult) -> Void
  ) throws(Diagnostic) {
    let tally: FixTally
    if options.diff {
      let diff = LogDiff(input, diffOptions, session.redactor(of: profile))
      tally = session.fixLog(
        input, profile: profile, includingUnsafe: options.unsafeFixes, sink: diff.take,
        emit: emit)
      diff.finish()
      if tally.isBrokenOff { hasFailed = true }
      if tally.fixCount > 0 { count(tally.fixCount) }
    } else {
      let rewriter = LogRewriter(input, root)
      tally = session.fixLog(
        input, profile: profile, includingUnsafe: options.unsafeFixes, sink: rewriter.take,
        emit: emit)
      guard !tally.isBrokenOff else {
        // Why is among the results already.
        rewriter.discard()
        hasFailed = true
        return
      }
      do throws(Diagnostic) {
        try rewriter.finish()
      } catch {
        hasFailed = true
        throw error
      }
      if tally.fixCount > 0 { count(tally.fixCount) }
    }
    unsafeCount += tally.unsafeCount
  }
}

/// Rewrites a log as its lines are fixed, from the first line that changes.
private final class LogRewriter {
  private let input: InputSource
  private let root: ProjectRoot
  private let stamp: FileStamp?
  private var file: (any PendingFile)?
  /// How many bytes of the log have gone by before the first change.
  private var offset = 0
  private var failure: Diagnostic?

  init(_ input: InputSource, _ root: ProjectRoot) {
    self.input = input
    self.root = root
    stamp = FixRun.stamp(of: input, in: root.files)
  }

  func take(_ piece: FixedPiece) {
    guard failure == nil else { return }
    do throws(Diagnostic) {
      switch piece {
      case .same(let bytes, _):
        if file == nil { offset += bytes.count } else { try write(bytes) }
      case .changed(_, let bytes, _):
        if file == nil {
          file = try FixRun.begin(input, root)
          try copyBeginning()
        }
        try write(bytes)
      }
    } catch {
      failure = error
      file?.discard()
      file = nil
    }
  }

  private func write(_ bytes: [UInt8]) throws(Diagnostic) {
    do {
      try file?.write(bytes)
    } catch {
      throw FixRun.unwritable(input, error)
    }
  }

  /// Copies what came before the first change.
  private func copyBeginning() throws(Diagnostic) {
    guard let path = input.file else { throw FixRun.changed(input) }
    let source = try root.files.open(path, named: input.shownPath)
    var block = [UInt8](repeating: 0, count: 1 << 16)
    var left = offset
    while left > 0 {
      if left < block.count { block.removeLast(block.count - left) }
      let count: Int
      do throws(Errno) {
        count = try source.read(into: &block)
      } catch {
        throw FixRun.unwritable(input, error)
      }
      guard count > 0 else { throw FixRun.changed(input) }
      try write(Array(block[..<count]))
      left -= count
    }
  }

  /// Leaves the log as it is.
  func discard() {
    file?.discard()
    file = nil
  }

  /// Puts the new log in the old one's place, if it is still the one that was read.
  func finish() throws(Diagnostic) {
    if let failure { throw failure }
    guard let file else { return }
    guard stamp != nil, FixRun.stamp(of: input, in: root.files) == stamp else {
      file.discard()
      throw FixRun.changed(input)
    }
    try FixRun.finish(file, input)
  }
}

/// Shows which lines of a log change, with those around them.
private final class LogDiff {
  private var diff: UnifiedDiff
  private let redactor: Redactor
  private var output: [UInt8] = []

  init(_ input: InputSource, _ options: ReportOptions, _ redactor: Redactor) {
    diff = UnifiedDiff(path: input.shownPath, options: options)
    self.redactor = redactor
  }

  func take(_ piece: FixedPiece) {
    switch piece {
    case .same(let bytes, let isHidden):
      for range in LineDifference.lines(of: bytes) {
        let line = Array(bytes[range.lowerBound..<range.upperBound])
        append(.same, line, isHidden ? [TextRange(0, line.count)] : [])
      }
    case .changed(let old, let new, let hidden):
      append(.removed, old)
      append(.added, new, hidden)
    }
    if output.count > 1 << 16 { flush() }
  }

  private func append(
    _ kind: UnifiedDiff.Line.Kind, _ bytes: [UInt8], _ hidden: [TextRange] = []
  ) {
    let redactor = redactor
    diff.append(
      UnifiedDiff.Line(kind, bytes) {
        let range = TextRange(0, bytes.count)
        return redactor.redactions(ofLine: bytes).adding(hidden).ranges(meeting: range)
      }, into: &output)
  }

  private func flush() {
    Output.standard.write(output, as: .text)
    output.removeAll(keepingCapacity: true)
  }

  func finish() {
    diff.end(into: &output)
    flush()
  }
}
