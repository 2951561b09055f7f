import Baselines
import Documents
import Evaluation
import Findings
import SourceText
import SystemPackage

extension Linter {
  // MARK: - JSON Lines

  /// How many bytes of a log are read at a time.
  private static let blockSize = 1 << 18
  /// Where a line of a log begins, and how many lines end before it.
  private struct LineState {
    var offset = 0
    var lines = 0
    var document = Document()
    var maker: FindingMaker
    var requestCount = 0
    var fitCount = 0
    var lineCount = 0
    /// How many well-formed lines look like no request.
    var unfitCount = 0
    /// The first request inside of a line that is none.
    var wrapped: WrappedRequest?
    /// How many nodes of such lines are still looked at in every style of spelling.
    var respelledNodes = Linter.respelledNodeLimit
    /// Whether the log was named, so that every line of it must be a request.
    var isExplicit: Bool
    /// How a sensitive value of the last malformed line may go on in the next one.
    var continuation = SensitiveText.Continuation.none
    /// What fixes left hidden in the block of lines at hand, in its offsets.
    var hidden: Redactions = []
    /// What is wrong with broken lines, until another line shows that the log is one of requests.
    var held: [Finding] = []
    var heldCount = 0
    /// How many findings of broken lines there are.
    var brokenFindingCount = 0
    /// How many lines in a row, up to the last one, are broken and not reported.
    var unreportedRun = 0 {
      didSet { isGarbage = isGarbage || unreportedRun >= Linter.brokenRunLimit }
    }
    /// Whether there were so many of them in a row that no end of them is to be expected.
    var isGarbage = false
    /// The broken lines over the limit of such findings: their number, and a finding at the first one.
    var unreported: (count: Int, finding: Finding)?

    /// Counts a line as a request; the result is what was held so far.
    mutating func countRequest() -> [Finding] {
      defer { (held, heldCount) = ([], 0) }
      fitCount += 1
      requestCount += 1 + heldCount
      return held
    }
  }

  /// How many findings of broken lines are reported, or held, of one log.
  static let brokenFindingLimit = 10_000
  /// After how many broken lines in a row, beyond those that are reported, a stream is read no further.
  static let brokenRunLimit = 100_000

  mutating func lintLines(
    of input: LintInput, fixing: inout LogFixing?, emit: (LintResult) -> Void
  ) throws(Diagnostic) {
    let limits = options.sizeLimits
    let file =
      input.path == "-"
      ? FileDescriptor.standardInput : try FileAccess.open(input.path, named: input.shownPath)
    if let activeRules { filter?.begin(input, rules: activeRules) }
    let content = { Self.digest(of: input) }
    defer { if input.path != "-" { try? file.close() } }
    var state = LineState(
      maker: FindingMaker(of: input), isExplicit: input.isExplicit)
    var hasher = options.computesLineHashes ? LogHasher() : nil
    var reader = BlockReader(file: file, path: input.shownPath, blockSize: Self.blockSize)
    var rest: [UInt8] = []
    var isAtEnd = false
    if let size = FileAccess.size(of: file), size > limits.log {
      throw SizeLimits.logTooLarge(input.quotedName, limits.log)
    }
    while !isAtEnd {
      let start = rest.count
      isAtEnd = try !reader.read(into: &rest)
      if state.offset == 0, let error = rest.otherEncoding(from: 0, to: rest.count) {
        return emit(unreadable(rest, error, of: input))
      }
      // Only what is new can hold the line feed.
      guard
        let end = isAtEnd
          ? rest.count : rest[start...].lastIndex(of: UInt8(ascii: "\n")).map({ $0 + 1 })
      else {
        if rest.count > limits.document {
          throw SizeLimits.lineTooLong(input.quotedName, line: state.lines + 1, limits.document)
        }
        continue
      }
      if state.offset + end > limits.log {
        throw SizeLimits.logTooLarge(input.quotedName, limits.log)
      }
      let next = Array(rest[end...])
      var result = LintResult()
      if var current = fixing {
        rest = fixedBlock(Array(rest[..<end]), &current)
        fixing = current
        state.hidden = Redactions(current.hidden)
        let count = rest.count
        lintBlock(consume rest, upTo: count, &state, into: &result, hasher: &hasher)
      } else {
        lintBlock(consume rest, upTo: end, &state, into: &result, hasher: &hasher)
      }
      rest = next
      // Line hashes look ahead; findings that wait for one are handed on when it is known.
      if hasher != nil { result.findings = hasher?.takeReady() ?? [] }
      if !result.findings.isEmpty {
        take(out: &result, content: content)
        emit(result)
      }
      // A file ends; a pipe of garbage may not.
      if input.isStream, state.isGarbage { break }
    }
    var last = LintResult(requestCount: state.requestCount)
    if hasher != nil { last.findings = hasher?.finish() ?? [] }
    if state.fitCount > 0, let (count, finding) = state.unreported {
      var finding = finding
      finding.message = Self.limitMessage(count)
      last.findings.append(finding)
    }
    take(out: &last, content: content)
    filter?.end(content: content)
    if input.isStream, state.isGarbage {
      last.diagnostics.append(
        Diagnostic(
          "input/too-many-broken-lines",
          "\(input.quotedName) was not read to the end: \(Self.brokenRunLimit) lines in a row are not well formed; check the program that writes it"
        ))
    } else if state.lineCount == 0 {
      if input.isStream, !options.allowsEmptyStreams {
        last.diagnostics.append(emptyStream(input))
      } else if input.isExplicit {
        last.diagnostics.append(
          Diagnostic(
            "input/empty-log", severity: .warning, "no request in \(input.quotedName)"))
      }
    } else if state.fitCount == 0, input.isExplicit {
      last.diagnostics.append(noPackFits(input, holding: state.wrapped))
    } else if state.fitCount == 0, let wrapped = state.wrapped {
      last.diagnostics.append(wrappedRequestSkipped(input, wrapped))
    } else if state.fitCount == 0, state.heldCount > 0 {
      last.diagnostics.append(unrecognisableLog(input, lineCount: state.heldCount))
    } else if state.unfitCount > 0, state.fitCount > 0 {
      last.diagnostics.append(
        Diagnostic(
          "input/unfit-lines", severity: .warning,
          "\(state.unfitCount) of the \(state.lineCount) lines of \(input.quotedName) do not look like a request of any pack and were skipped; use --pack to check every line with a pack"
        ))
    }
    emit(last)
  }

  /// What is reported of a log that is no text at all.
  mutating func unreadable(
    _ bytes: [UInt8], _ error: SyntaxError, of input: LintInput
  ) -> LintResult {
    guard input.isExplicit else {
      filter?.end(content: { nil })
      return LintResult(diagnostics: [unrecognisable(input, [error])])
    }
    let text = FindingMaker.Text(
      bytes: bytes, of: Document(source: bytes), base: .wholeFile, shift: 0, redactions: [])
    var maker = FindingMaker(of: input)
    var result = LintResult(
      findings: maker.findings(of: [error], pack: "json", text), requestCount: 1)
    take(out: &result, content: { nil })
    filter?.end(content: { nil })
    return result
  }

  /// The digest of a log's content; nil for what cannot be read a second time.
  private static func digest(of input: LintInput) -> String? {
    guard input.path != "-", let file = try? FileAccess.open(input.path) else { return nil }
    defer { try? file.close() }
    var reader = BlockReader(file: file, path: input.shownPath, blockSize: blockSize)
    var digest = ContentDigest(.json)
    var block: [UInt8] = []
    while (try? reader.read(into: &block)) ?? false {
      digest.update(block)
      block.removeAll(keepingCapacity: true)
    }
    return digest.finish()
  }

  /// Checks the whole lines in a block of a log.
  private mutating func lintBlock(
    _ block: consuming [UInt8], upTo end: Int, _ state: inout LineState,
    into result: inout LintResult, hasher: inout LogHasher?
  ) {
    // A lone CR ends a line as well; text that has none is counted by its LFs alone.
    hasher?.update(block[..<end])
    JSONReader.replaceSource(of: &state.document, with: block)
    let hasReturns = state.document.firstOffset(of: UInt8(ascii: "\r"), from: 0, to: end) != nil
    var start = 0
    while start < end {
      let newline = state.document.firstOffset(
        of: UInt8(ascii: "\n"), from: start, to: end)
      let range = TextRange(start, newline ?? end)
      let findings = lintLine(range, &state)
      if hasher != nil {
        hasher?.hold(findings)
      } else {
        result.findings += findings
      }
      if hasReturns {
        state.lines += loneReturns(
          in: state.document, from: start, to: newline ?? end, isFollowedByLF: newline != nil)
      }
      if newline != nil { state.lines += 1 }
      start = (newline ?? end - 1) + 1
    }
    state.offset += end
  }

  /// How many CRs end a line by themselves: all but the one right before a line's LF.
  private func loneReturns(
    in document: Document, from start: Int, to lineEnd: Int, isFollowedByLF: Bool
  ) -> Int {
    var count = 0
    var place = start
    while let found = document.firstOffset(of: UInt8(ascii: "\r"), from: place, to: lineEnd) {
      if found + 1 < lineEnd || !isFollowedByLF { count += 1 }
      place = found + 1
    }
    return count
  }

  private mutating func lintLine(_ range: TextRange, _ state: inout LineState) -> [Finding] {
    if !range.isEmpty,
      JSONReader.read(
        into: &state.document, in: range, depthLimit: options.depthLimit,
        from: state.offset + range.lowerBound == 0 ? .file : .logLine)
    {
      state.lineCount += 1
      if state.unreportedRun > 0 { state.unreportedRun = 0 }
      let hidden = state.hidden.ranges(meeting: range)
      var applied = apply(to: &state.document, continuing: state.continuation, hiding: hidden)
      if state.continuation != .none { state.continuation = applied.hidden.continuation }
      guard applied.isRequest else {
        state.unfitCount += 1
        if state.wrapped == nil, state.fitCount == 0 {
          state.wrapped = wrappedRequest(
            in: &state.document, range,
            base: .init(offset: state.offset + range.lowerBound, lines: state.lines),
            respelling: &state.respelledNodes)
        }
        return []
      }
      let held = state.countRequest()
      guard !applied.failures.isEmpty else { return held }
      let text = self.text(of: range, state, applied)
      var findings = applied.findings(in: state.document, text, isYAML: false, &state.maker)
      if findings.count > 1 { findings.sort(by: Finding.precedes) }
      // A fix would show what may be a part of a value before the line.
      if !applied.hidden.isEverything {
        attachFixes(
          applied.candidates, to: &findings, of: text.bytes, text.lines, isYAML: false,
          hiding: hidden.map { $0.shifted(by: -range.lowerBound) })
      }
      return held.isEmpty ? findings : held + findings
    }
    guard !state.document.isBlank(range) else { return [] }
    return lintBrokenLine(range, &state)
  }

  /// Reports what is wrong with a line that is not JSON.
  private func lintBrokenLine(_ range: TextRange, _ state: inout LineState) -> [Finding] {
    var bytes = Array(state.document.source[range.lowerBound..<range.upperBound])
    // The CR of a CRLF is no part of the line: what is missing is missing before it.
    if bytes.last == UInt8(ascii: "\r") { bytes.removeLast() }
    // Beyond the limit, lines are only counted.
    if state.brokenFindingCount >= Self.brokenFindingLimit {
      return countBrokenLine(bytes, range, &state)
    }
    let isFirst = state.offset + range.lowerBound == 0
    let mark = isFirst && bytes.starts(with: ByteOrderMark.utf8) ? ByteOrderMark.utf8.count : 0
    let reading = JSONReader.recover(
      bytes, in: TextRange(mark, bytes.count), depthLimit: options.depthLimit, from: .logLine)
    var document = reading.document
    let hidden = state.hidden.ranges(meeting: range).map { $0.shifted(by: -range.lowerBound) }
    var applied = apply(
      to: &document, errors: reading.errors, isFaithful: reading.isFaithful,
      continuing: state.continuation, hiding: hidden)
    state.continuation = applied.hidden.continuation
    state.lineCount += 1
    let text = FindingMaker.Text(
      bytes: bytes, of: document,
      base: .init(offset: state.offset + range.lowerBound, lines: state.lines), shift: 0,
      redactions: applied.hidden.ranges, identities: applied.identities,
      masking: masking(hasErrors: true))
    var findings = state.maker.findings(of: reading.errors, pack: "json", text)
    findings += applied.findings(in: document, text, isYAML: false, &state.maker)
    findings.sort(by: Finding.precedes)
    // A line is reported whole or not at all.
    guard state.brokenFindingCount + findings.count <= Self.brokenFindingLimit else {
      state.brokenFindingCount = Self.brokenFindingLimit
      state.lineCount -= 1
      return countBrokenLine(bytes, range, &state)
    }
    // A fix would show what may be a part of a value before the line, or change what goes on behind it.
    if !applied.hidden.isEverything, applied.hidden.continuation == .none {
      attachFixes(
        applied.candidates, to: &findings, of: text.bytes, text.lines, isYAML: false,
        hiding: hidden)
    }
    state.brokenFindingCount += findings.count
    guard state.isExplicit || applied.isRequest || state.fitCount > 0 else {
      state.held += findings
      state.heldCount += 1
      return []
    }
    return state.countRequest() + findings
  }

  /// Counts a broken line whose findings are not reported.
  private func countBrokenLine(
    _ bytes: [UInt8], _ range: TextRange, _ state: inout LineState
  ) -> [Finding] {
    state.lineCount += 1
    state.unreportedRun += 1
    state.continuation = redactor.continuation(afterBroken: bytes, state.continuation)
    if state.unreported != nil {
      state.unreported?.count += 1
    } else {
      let text = FindingMaker.Text(
        bytes: bytes, of: Document(),
        base: .init(offset: state.offset + range.lowerBound, lines: state.lines), shift: 0,
        redactions: [TextRange(0, bytes.count)], identities: [:], masking: .everything)
      let error = SyntaxError(
        .syntax, TextRange(0, 0), "\(own: Self.limitMessage(1))")
      state.unreported = (1, state.maker.finding(error, rule: ReadingRule.limit, text))
    }
    guard state.isExplicit || state.fitCount > 0 else {
      state.heldCount += 1
      return []
    }
    return state.countRequest()
  }

  private static func limitMessage(_ count: Int) -> String {
    let lines = count == 1 ? "1 more line is" : "\(count) more lines are"
    return
      "\(lines) not well formed from here on; at most \(brokenFindingLimit) findings of such lines are reported"
  }

  private func text(
    of range: TextRange, _ state: LineState, _ applied: Applied
  ) -> FindingMaker.Text {
    FindingMaker.Text(
      bytes: Array(state.document.source[range.lowerBound..<range.upperBound]),
      of: state.document, base: .init(offset: state.offset + range.lowerBound, lines: state.lines),
      shift: range.lowerBound, redactions: applied.hidden.ranges, identities: applied.identities,
      masking: masking(hasErrors: false))
  }
}
