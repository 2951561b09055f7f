import Baselines
import Documents
import Evaluation
package import Findings
import RulePacks
import SourceText
import SystemPackage
import YAML

/// What a run found in one input, or in a part of it.
package struct LintResult: Sendable {
  /// What is wrong with the requests, in the order of reports.
  package var findings: [Finding] = []
  /// Why the input could not be checked.
  package var diagnostics: [Diagnostic] = []
  /// How many requests there were.
  package var requestCount = 0
  /// How many findings are suppressed, and not among `findings`.
  package var suppressedCount = 0
  /// How many findings the baseline accepts, which are not among `findings` either.
  package var acceptedCount = 0

  /// Creates a result.
  package init(
    findings: [Finding] = [], diagnostics: [Diagnostic] = [], requestCount: Int = 0
  ) {
    self.findings = findings
    self.diagnostics = diagnostics
    self.requestCount = requestCount
  }
}

/// Checks one input after another against packs; one linter for each task.
package struct Linter: ~Copyable {
  let options: LintOptions
  /// Finds what must not be shown.
  package let redactor: Redactor
  let runs: [PackRun]
  let filter: FindingFilter?
  /// Whether a text is checked only to find out what fixes would make of it.
  var isLookingAhead = false
  /// The rules of the packs, as the filter asks for them.
  let activeRules: ActiveRules?

  /// A pack's evaluator; in a class, since what cannot be copied cannot be listed.
  final class PackRun {
    var evaluator: Evaluator
    /// Whether a document must look like the pack's request to be held to its rules.
    let mustFit: Bool
    /// Whether it is about any document; what is a pack's request has met these rules as one.
    let isGeneral: Bool
    /// What the document at hand is to the pack.
    var outcome = Evaluator.Outcome.unfit
    /// What was counted; nil where nobody asked for it.
    var tally: PlanTally?

    init(_ pack: LoadedPack, options: LintOptions) {
      isGeneral = pack.owner == nil
      mustFit = !isGeneral && (!options.appliesToAll || pack.needsDetection)
      var plan = pack.plan
      if let limit = options.costLimit { plan.limitCost(to: limit) }
      if options.collectsStatistics { tally = PlanTally(plan) }
      evaluator = Evaluator(plan: plan, casing: options.casing)
    }

    /// Counts what the rules make of a document that the pack fits.
    func count(_ document: inout Document) {
      guard var tally else { return }
      evaluator.tally(&document, into: &tally)
      self.tally = tally
    }
  }

  /// Creates a linter; a filter takes out of its findings what is not to be reported.
  package init(options: LintOptions, filter: FindingFilter? = nil) {
    self.options = options
    let runs = options.packs.map { PackRun($0, options: options) }
    self.runs = runs
    redactor = Redactor(plans: options.packs.map(\.plan), depthLimit: options.depthLimit) {
      document in
      var nodes: [NodeID] = []
      for run in runs { nodes += run.evaluator.sensitiveNodes(in: &document) }
      return nodes
    }
    self.filter = filter
    activeRules = filter?.register(options.packs)
  }

  /// What every rule did so far; nil where the options do not ask for it.
  package var statistics: RunStatistics? {
    guard options.collectsStatistics else { return nil }
    var statistics = RunStatistics()
    for run in runs {
      if let tally = run.tally { statistics.add(tally, of: run.evaluator.plan) }
    }
    return statistics
  }

  /// Checks an input; the findings of a long one are handed on in parts, so that they need not be kept.
  package mutating func lint(_ input: LintInput, emit: (LintResult) -> Void) {
    do throws(Diagnostic) {
      if input.format == .jsonLines {
        var fixing: LogFixing?
        try lintLines(of: input, fixing: &fixing, emit: emit)
      } else {
        emit(lint(try bytes(of: input), of: input))
      }
    } catch {
      emit(LintResult(diagnostics: [error]))
    }
  }

  // MARK: - One document

  /// All bytes of an input.
  ///
  /// - Throws: `input/unreadable`, or `input/too-large` for an input over the limit.
  package func bytes(of input: LintInput) throws(Diagnostic) -> [UInt8] {
    let limit = options.sizeLimits.document
    return input.path == "-"
      ? try FileAccess.bytes(of: .standardInput, path: input.shownPath, limit: limit)
      : try FileAccess.bytes(of: input.path, named: input.shownPath, limit: limit)
  }

  /// Checks the bytes of a JSON or YAML file.
  ///
  /// Once they were mended, a baseline still knows the file by the bytes it had before, `original`.
  package mutating func lint(
    _ bytes: [UInt8], of input: LintInput, mendedFrom original: [UInt8]? = nil
  ) -> LintResult {
    if let activeRules { filter?.begin(input, rules: activeRules) }
    var (result, candidates) = findings(in: bytes, of: input)
    if filter != nil {
      let content = {
        ContentDigest.of(original ?? bytes, input.format == .yaml ? .yaml : .json)
      }
      take(out: &result, content: content)
      filter?.end(content: content)
    } else {
      result.findings = Finding.uncovered(result.findings)
    }
    addLineHashes(to: &result.findings, of: bytes)
    if options.computesFixes, !candidates.isEmpty {
      attachFixes(
        candidates, to: &result.findings, of: bytes, LineIndex(bytes),
        isYAML: input.format == .yaml)
    }
    return result
  }

  /// Takes out of a result what is not to be reported.
  private func take(out result: inout LintResult, content: () -> String?) {
    if let counts = filter?.filter(&result.findings, content: content) {
      result.suppressedCount += counts.suppressed
      result.acceptedCount += counts.accepted
    }
    result.findings = Finding.uncovered(result.findings)
  }

  /// What is wrong with a document, and what of it there may be fixes for.
  mutating func findings(
    in bytes: [UInt8], of input: LintInput
  ) -> (result: LintResult, candidates: [FixCandidate]) {
    var result = LintResult()
    if input.isStream, Self.isBlank(bytes) {
      if !options.allowsEmptyStreams { result.diagnostics.append(emptyStream(input)) }
      return (result, [])
    }
    var maker = FindingMaker(of: input)
    let isYAML = input.format == .yaml
    let reading =
      isYAML
      ? YAMLReader.read(bytes, depthLimit: options.depthLimit)
      : JSONReader.read(bytes, depthLimit: options.depthLimit, from: input.origin)
    var document = reading.document
    var applied = apply(
      to: &document, errors: reading.errors, isFaithful: reading.isFaithful, isYAML: isYAML)
    if !applied.isRequest, !input.isExplicit {
      // Whether such a text was meant to be a request cannot be told.
      if !reading.isFaithful || !reading.errors.isEmpty && !Self.isContainer(document) {
        result.diagnostics.append(unrecognisable(input, reading.errors))
      }
      return (result, [])
    }
    if !applied.isRequest, reading.errors.isEmpty {
      result.diagnostics.append(noPackFits(input))
      return (result, [])
    }
    result.requestCount = 1
    guard !reading.errors.isEmpty || !applied.failures.isEmpty else { return (result, []) }
    let text = FindingMaker.Text(
      bytes: bytes, of: document, base: .wholeFile, shift: 0, redactions: applied.hidden.ranges,
      identities: applied.identities, masking: masking(hasErrors: !reading.errors.isEmpty))
    result.findings += maker.findings(of: reading.errors, pack: isYAML ? "yaml" : "json", text)
    result.findings += applied.findings(in: document, text, isYAML: isYAML, &maker)
    result.findings.sort(by: Finding.precedes)
    return (result, applied.candidates)
  }

  /// What excerpts keep back beside sensitive values.
  private func masking(hasErrors: Bool) -> FindingMaker.Text.Masking {
    options.showsValues ? .nothing : hasErrors ? .everything : .values
  }

  private func addLineHashes(to findings: inout [Finding], of bytes: [UInt8]) {
    guard options.computesLineHashes, !findings.isEmpty else { return }
    let hashes = LineHasher.hashes(
      of: bytes, lines: Set(findings.map(\.location.region.start.line)))
    for index in findings.indices {
      findings[index].fingerprint.lineHash =
        hashes[findings[index].location.region.start.line]?.description
    }
  }

  // MARK: - Packs

  /// What the packs say of a document.
  struct Applied {
    /// Whether any pack took the document for its request.
    var isRequest = false
    /// Whether the document was held to the rules of a request.
    var isTaken = false
    var failures: [(run: Int, failure: RuleFailure)] = []
    /// What there may be fixes for; findings refer to it.
    var candidates: [FixCandidate] = []
    /// What must not be shown.
    var hidden = HiddenParts()
    /// For elements of arrays that a pack tells apart, what stands for their position.
    var identities: [NodeID: [UInt8]] = [:]

    /// The failures as findings; a fault of reading is told once, whatever the number of packs.
    mutating func findings(
      in document: Document, _ text: FindingMaker.Text, isYAML: Bool, _ maker: inout FindingMaker
    ) -> [Finding] {
      var findings: [Finding] = []
      var repeated: Set<NodeID> = []
      let firstNumber = maker.takeNumbers(failures.count)
      for (place, (run, failure)) in failures.enumerated() {
        // The YAML reader has told of duplicate names already.
        if failure.rule == Evaluator.duplicateNameRule,
          isYAML || !repeated.insert(failure.failure.anchor).inserted
        {
          continue
        }
        var finding = maker.finding(failure, in: document, text)
        finding.number = firstNumber + place
        finding.covers = failure.covers.map { $0.map { firstNumber + $0 } }
        if let source = failure.fix {
          finding.fixability = failure.isFixSafe ? .safe : .unsafe
          finding.candidate = candidates.count
          candidates.append(FixCandidate(run: run, source: source))
        }
        findings.append(finding)
      }
      return findings
    }
  }

  /// Runs the packs on a document, or, where it is not faithful, only finds what must not be shown.
  ///
  /// What one pack holds for sensitive, no other pack shows either.
  func apply(
    to document: inout Document, errors: [SyntaxError] = [], isFaithful: Bool = true,
    isYAML: Bool = false, continuing isOpen: Bool = false
  ) -> Applied {
    var applied = Applied(isRequest: runs.contains { !$0.mustFit })
    guard !document.isEmpty else {
      applied.hidden = redactor.hiddenParts(
        of: &document, isBroken: !errors.isEmpty, isYAML: isYAML, continuing: isOpen)
      return applied
    }
    var isTelling = !errors.isEmpty
    // Of a text in which no value could be made out, no pack can tell whether it is its request.
    let isUnreadable = document.kind(of: .root) == .absent
    // All packs share the steps that a request may take.
    var steps = 0
    for (index, run) in runs.enumerated() {
      if run.isGeneral, applied.isTaken {
        run.outcome = .unfit
        continue
      }
      run.outcome =
        isUnreadable && run.mustFit
        ? .unfit : run.evaluator.check(&document, mustFit: run.mustFit, spent: steps)
      if run.outcome != .unfit {
        applied.isTaken = true
        steps = run.evaluator.requestSteps
      }
      switch run.outcome {
      case .unfit: break
      case .clean: applied.isRequest = true
      case .failing:
        applied.isRequest = true
        isTelling = true
      }
      if options.collectsStatistics, !isLookingAhead, isFaithful, run.outcome != .unfit {
        run.count(&document)
      }
      if filter != nil, isFaithful, run.outcome != .unfit { filter?.noteRun(ofPack: index) }
    }
    guard isTelling else { return applied }
    applied.hidden = redactor.hiddenParts(
      of: &document, isBroken: !errors.isEmpty, isYAML: isYAML, continuing: isOpen)
    if filter != nil || options.computesIdentities {
      applied.identities = identities(in: &document, applied.hidden.ranges)
    }
    guard isFaithful else { return applied }
    for (index, run) in runs.enumerated() where run.outcome == .failing {
      let failures = run.evaluator.failures(
        in: &document, sensitive: applied.hidden.nodes, strings: applied.hidden.strings,
        text: redactor.text, showsKinds: !options.showsValues)
      let first = applied.failures.count
      for var failure in failures {
        failure.covers = failure.covers.map { $0.map { first + $0 } }
        applied.failures.append((index, failure))
      }
    }
    return applied
  }

  /// What stands for the positions of elements that a pack tells apart by a member.
  private func identities(
    in document: inout Document, _ redactions: [TextRange]
  ) -> [NodeID: [UInt8]] {
    var tokens: [NodeID: [UInt8]] = [:]
    let redactions = Redactions(redactions)
    for run in runs where run.outcome != .unfit {
      for identity in run.evaluator.identities(in: &document) {
        tokens[identity.element] = ElementToken.token(
          member: identity.member, value: Array(document.utf8(of: identity.value)),
          isSensitive: redactions.meets(document.range(of: identity.value)))
      }
    }
    return tokens
  }

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
    /// Whether the log was named, so that every line of it must be a request.
    var isExplicit: Bool
    /// Whether a sensitive value of the last malformed line may go on in the next one.
    var hasOpenSecret = false
    /// What is wrong with broken lines, until another line shows that the log is one of requests.
    var held: [Finding] = []
    var heldCount = 0
    /// How many findings of broken lines there are.
    var brokenFindingCount = 0
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
      throw SizeLimits.logTooLarge(input.shownPath, limits.log)
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
          throw SizeLimits.lineTooLong(input.shownPath, line: state.lines + 1, limits.document)
        }
        continue
      }
      if state.offset + end > limits.log {
        throw SizeLimits.logTooLarge(input.shownPath, limits.log)
      }
      let next = Array(rest[end...])
      var result = LintResult()
      if var current = fixing {
        rest = fixedBlock(Array(rest[..<end]), &current)
        fixing = current
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
    if state.lineCount == 0 {
      if input.isStream, !options.allowsEmptyStreams {
        last.diagnostics.append(emptyStream(input))
      } else if input.isExplicit {
        last.diagnostics.append(
          Diagnostic(
            "input/empty-log", severity: .warning, "'\(input.shownPath)' holds no request"))
      }
    } else if state.fitCount == 0, input.isExplicit {
      last.diagnostics.append(noPackFits(input))
    } else if state.fitCount == 0, state.heldCount > 0 {
      last.diagnostics.append(unrecognisableLog(input, lineCount: state.heldCount))
    } else if state.unfitCount > 0, state.fitCount > 0 {
      last.diagnostics.append(
        Diagnostic(
          "input/unfit-lines", severity: .warning,
          "\(state.unfitCount) of the \(state.lineCount) lines of '\(input.shownPath)' look like no request of any pack and were skipped; --pack holds every line to a pack"
        ))
    }
    emit(last)
  }

  /// What is reported of a log that is no text at all.
  private mutating func unreadable(
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
      let next = (newline ?? end - 1) + 1
      state.lines +=
        hasReturns
        ? LineIndex(Array(state.document.source[start..<next])).lineCount - 1
        : newline == nil ? 0 : 1
      start = next
    }
    state.offset += end
  }

  private mutating func lintLine(_ range: TextRange, _ state: inout LineState) -> [Finding] {
    if !range.isEmpty,
      JSONReader.read(
        into: &state.document, in: range, depthLimit: options.depthLimit,
        from: state.offset + range.lowerBound == 0 ? .file : .logLine)
    {
      state.lineCount += 1
      var applied = apply(to: &state.document, continuing: state.hasOpenSecret)
      if state.hasOpenSecret { state.hasOpenSecret = applied.hidden.isOpen }
      guard applied.isRequest else {
        state.unfitCount += 1
        return []
      }
      let held = state.countRequest()
      guard !applied.failures.isEmpty else { return held }
      let text = self.text(of: range, state, applied)
      var findings = applied.findings(in: state.document, text, isYAML: false, &state.maker)
      findings.sort(by: Finding.precedes)
      attachFixes(applied.candidates, to: &findings, of: text.bytes, text.lines, isYAML: false)
      return held + findings
    }
    guard !state.document.isBlank(range) else { return [] }
    return lintBrokenLine(range, &state)
  }

  /// Tells what is wrong with a line that is not JSON.
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
    var applied = apply(
      to: &document, errors: reading.errors, isFaithful: reading.isFaithful,
      continuing: state.hasOpenSecret)
    state.hasOpenSecret = applied.hidden.isOpen
    state.lineCount += 1
    let text = FindingMaker.Text(
      bytes: bytes, of: document,
      base: .init(offset: state.offset + range.lowerBound, lines: state.lines), shift: 0,
      redactions: applied.hidden.ranges, identities: applied.identities,
      masking: masking(hasErrors: true))
    var findings = state.maker.findings(of: reading.errors, pack: "json", text)
    findings += applied.findings(in: document, text, isYAML: false, &state.maker)
    findings.sort(by: Finding.precedes)
    attachFixes(applied.candidates, to: &findings, of: text.bytes, text.lines, isYAML: false)
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
      "\(lines) not well formed, from here on; only \(brokenFindingLimit) findings of such lines are reported"
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
