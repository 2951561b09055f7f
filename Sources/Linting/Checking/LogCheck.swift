import Baselines
import Documents
import Evaluation
import Findings
import RequisiteFiles
import SourceText

/// What a log comes to, block by block in their order.
struct LogCheck: ~Copyable {
  private let input: InputSource
  private let options: LintOptions
  /// Nil where nothing is taken out, and once the log has ended.
  private var filter: OpenInput?
  /// Whether the requests are elements of an array instead of lines.
  private let isBatch: Bool
  private var hasher: LogHasher?
  private(set) var state: LogState

  /// Begins a log.
  init(
    _ input: InputSource, options: LintOptions, filter: InputFilter?, isBatch: Bool = false
  ) {
    self.isBatch = isBatch
    self.input = input
    self.options = options
    self.filter = filter?.begin(input)
    state = LogState(of: input, options: options)
    if options.needs.contains(.lineHashes), !state.form.isIndependent { hasher = LogHasher() }
  }

  /// Whether nothing but broken lines is to be expected of a stream.
  var isGarbage: Bool { input.isStream && state.isGarbage }

  // MARK: - Blocks

  /// Checks a block in its turn; `hidden` is what fixes left hidden in it.
  mutating func check(
    _ block: consuming LogBlock, hiding hidden: [TextRange] = [], with linter: inout Linter
  ) -> LintResult {
    hasher?.update(block.bytes)
    if block.records != nil { state.base = block.base }
    state.hidden = Redactions(hidden)
    let records = filter?.records(of: block)
    let findings = linter.check(block, &state)
    // Taken in any case: what ran on this log did not run on the next input.
    let ranPacks = linter.takeRanPacks()
    filter?.noteRuns(ranPacks)
    return report(findings, in: records)
  }

  /// Takes a block that was checked by itself; nil where the lines before it do not allow that, so that
  /// it has to be checked in its turn.
  mutating func take(_ checked: CheckedBlock, of block: LogBlock) -> LintResult? {
    guard state.continuation == .none, state.heldCount == 0,
      state.counts.fits > 0 || checked.counts.unfit == 0
    else { return nil }
    hasher?.update(block.bytes)
    filter?.noteRuns(checked.ranPacks)
    var findings = checked.findings
    state.take(checked)
    if !isBatch, !state.form.isIndependent { state.maker.continueOrdinals(of: &findings) }
    var result = report(findings, in: filter?.records(of: block))
    result.written = checked.written
    return result
  }

  private mutating func report(_ findings: [Finding], in records: RecordTexts?) -> LintResult {
    var result = LintResult(findings: findings)
    takeOut(of: &result, in: records)
    // Line hashes look ahead; findings that wait for one are handed on when it is known.
    guard hasher != nil else { return result }
    hasher?.hold(result.findings)
    result.findings = hasher?.takeReady() ?? []
    return result
  }

  /// Takes out of a result what is not to be reported.
  private mutating func takeOut(of result: inout LintResult, in records: RecordTexts? = nil) {
    let (input, files) = (input, options.files)
    filter?.take(outOf: &result, in: records) { Self.digest(of: input, in: files) }
    result.findings = Finding.uncovered(result.findings)
  }

  // MARK: - The end

  /// What is to be said once the log was read, or given up.
  mutating func end(with linter: borrowing Linter) -> LintResult {
    var last = rest()
    let (input, files) = (input, options.files)
    if let filter = filter.take() { filter.end { Self.digest(of: input, in: files) } }
    if isUnmatched {
      last += linter.unmatched(input, holding: state.wrapped)
    } else if let diagnostic = diagnostic(linter) {
      last.diagnostics.append(diagnostic)
    }
    return last
  }

  /// What is to be said of the lines that were read, once no more can be.
  mutating func breakOff() -> LintResult {
    let last = rest()
    if let filter = filter.take() { filter.end { nil } }
    return last
  }

  private mutating func rest() -> LintResult {
    var last = LintResult(requestCount: state.counts.requests)
    if state.counts.fits > 0, let (count, finding) = state.unreported {
      var finding = finding
      finding.message = Linter.unreportedMessage(count)
      last.findings.append(finding)
    }
    takeOut(of: &last)
    if hasher != nil {
      hasher?.hold(last.findings)
      last.findings = hasher?.finish() ?? []
    }
    return last
  }

  /// Whether the log was named, and no pack fits any of its lines.
  private var isUnmatched: Bool {
    input.isExplicit && !isGarbage && state.counts.unkeyed == 0 && state.counts.lines > 0
      && state.counts.fits == 0
  }

  private func diagnostic(_ linter: borrowing Linter) -> Diagnostic? {
    let counts = state.counts
    if isGarbage {
      return Diagnostic(
        "input/too-many-broken-lines",
        "\(input.quotedName) was not read to the end: \(Linter.brokenRunLimit) lines in a row are not well formed",
        hint: "check the program that writes it"
      )
    }
    if let first = counts.firstUnkeyed { return unkeyed(counts.unkeyed, first) }
    if counts.lines == 0 {
      if input.isStream, !options.allowsEmptyStreams { return linter.emptyStream(input) }
      guard input.isExplicit else { return nil }
      return Diagnostic(
        "input/empty-log", severity: .warning, "no request in \(input.quotedName)")
    }
    if counts.fits == 0 {
      if let wrapped = state.wrapped { return linter.wrappedRequestSkipped(input, wrapped) }
      if state.heldCount > 0 {
        return linter.unrecognisableLog(input, lineCount: state.heldCount)
      }
    } else if counts.unfit > 0, isBatch {
      return Diagnostic(
        "input/unfit-elements", severity: .warning,
        "\(counts.unfit) of the \(counts.lines) elements of \(input.quotedName) do not look like a request of any pack and were skipped\(firstUnfit)",
        hint: "write those that are requests to their own files, and check them with --pack"
      )
    } else if counts.unfit > 0 {
      return Diagnostic(
        "input/unfit-lines", severity: .warning,
        "\(counts.unfit) of the \(counts.lines) lines of \(input.quotedName) do not look like a request of any pack and were skipped\(firstUnfit)",
        hint: "use --pack to check every line with a pack"
      )
    }
    return nil
  }

  /// The error of lines that have no key.
  private func unkeyed(_ count: Int, _ first: Int) -> Diagnostic {
    let lines =
      count == 1
      ? "line \(first) of \(input.quotedName) has no key and was"
      : "\(count) lines of \(input.quotedName) have no key, the first is line \(first); they were"
    return Diagnostic(
      "input/no-key", "\(lines) not checked",
      hint: "write a key, a tab and the request on each line")
  }

  /// Where the first of the requests is that look like none, for a message.
  private var firstUnfit: String {
    guard let first = state.counts.firstUnfit else { return "" }
    return state.counts.unfit == 1 ? ": the one in line \(first)" : ", the first in line \(first)"
  }

  /// What is reported of a log that is no text at all.
  mutating func unreadable(
    _ bytes: [UInt8], _ error: SyntaxError, with linter: borrowing Linter
  ) -> LintResult {
    var result = linter.unreadable(bytes, error, of: input)
    takeOut(of: &result)
    if let filter = filter.take() { filter.end { nil } }
    return result
  }

  /// The digest of a log's content; nil for what cannot be read a second time.
  private static func digest(of input: InputSource, in files: any FileSystem) -> String? {
    guard input.file != nil, !input.isStream,
      var reader = try? InputReader(input, in: files, blockSize: LogReader.blockSize)
    else { return nil }
    var digest = ContentDigest(.jsonLines)
    var block: [UInt8] = []
    do throws(Diagnostic) {
      while try reader.read(into: &block) {
        digest.update(block)
        block.removeAll(keepingCapacity: true)
      }
    } catch {
      return nil
    }
    return digest.finish()
  }
}

extension LogState {
  /// Moves on over a block that was checked by itself.
  mutating func take(_ checked: CheckedBlock) {
    counts += checked.counts
    if checked.counts.lines > 0, unreportedRun > 0 { unreportedRun = 0 }
    base = checked.end
  }
}
