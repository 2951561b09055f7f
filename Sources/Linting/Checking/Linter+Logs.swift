import BasicContainers
import Documents
import Evaluation
import Findings
import SourceText

/// Where a log is, and what is known of it so far.
struct LogState {
  /// Where the next block begins, and how many lines end before it.
  var base = LineIndex.Base.wholeFile
  var maker: FindingMaker
  /// How its lines become requests.
  let form: LineForm
  /// Whether every line must be a request: the log was named, or its lines have keys.
  let mustBeRequests: Bool
  /// The key of the line at hand.
  var key = LineKey.none
  var counts = LogCounts()
  /// The first request inside of a line that is none.
  var wrapped: Linter.WrappedRequest?
  /// How many nodes of such lines are still looked at in every style of spelling.
  var respelledNodes = Linter.respelledNodeLimit
  /// How a sensitive value of the last malformed line may go on in the next one.
  var continuation = SensitiveText.Continuation.none
  /// What fixes left hidden in the block of lines at hand, in its offsets.
  var hidden: Redactions = []
  /// Where the element at hand of a batch begins, and the end of the one before it in the block.
  var cursor: (base: LineIndex.Base, offset: Int)?
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

  /// Begins a log.
  init(of input: InputSource, options: LintOptions) {
    maker = FindingMaker(of: input, needs: options.needs)
    form = input.isKeyed ? .keyed : .request
    mustBeRequests = input.isExplicit || form == .keyed
  }

  /// Counts a line as a request; the result is what was held so far.
  mutating func countRequest() -> [Finding] {
    defer { (held, heldCount) = ([], 0) }
    counts.fits += 1
    counts.requests += 1 + heldCount
    return held
  }

  /// How many findings of broken lines are reported.
  var brokenFindingLimit: Int { form.isIndependent ? .max : Linter.brokenFindingLimit }

  /// Whether what comes next can be checked without regard to what came before, unless it is broken.
  var isPlain: Bool { counts.fits > 0 && continuation == .none }
}

/// What the lines of a log are.
struct LogCounts: Sendable {
  /// How many are requests, broken ones that are held back aside.
  var fits = 0
  /// How many are requests.
  var requests = 0
  /// How many there are, blank ones aside.
  var lines = 0
  /// How many well-formed ones look like no request.
  var unfit = 0
  /// The line that the first of these begins in.
  var firstUnfit: Int?
  /// How many lines lack the key that they must have, and the number of the first of them.
  var unkeyed = 0
  var firstUnkeyed: Int?

  static func += (left: inout LogCounts, right: LogCounts) {
    left.fits += right.fits
    left.requests += right.requests
    left.lines += right.lines
    left.unfit += right.unfit
    left.firstUnfit = left.firstUnfit ?? right.firstUnfit
    left.unkeyed += right.unkeyed
    left.firstUnkeyed = left.firstUnkeyed ?? right.firstUnkeyed
  }
}

/// What a block of well-formed lines came to, by itself.
struct CheckedBlock: Sendable {
  /// What was found; ordinals and numbers count from the start of the block.
  var findings: [Finding] = []
  /// The findings, where they were written, so that there are none in the list.
  var written: WrittenFindings?
  var counts = LogCounts()
  /// Where the block ends, and how many lines end before that.
  var end: LineIndex.Base
  /// Which packs' rules were evaluated, by their places in the options.
  var ranPacks: [Bool]
  /// What the rules of each pack did; nil where nobody asked for it.
  var tallies: [PlanTally?]
}

extension Linter {
  /// How many findings of broken lines are reported, or held, of one log.
  static let brokenFindingLimit = 10_000
  /// After how many broken lines in a row, beyond those that are reported, a stream is read no further.
  static let brokenRunLimit = 100_000

  /// Checks the lines of a block that follows requests, with nothing left over from the lines before.
  ///
  /// Nil where a line is broken: then the block has to be checked in its turn.
  mutating func checkPlain(_ block: LogBlock, of input: InputSource) -> CheckedBlock? {
    var state = LogState(of: input, options: options)
    state.base = block.base
    // A request was seen; it is not counted again.
    state.counts.fits = 1
    // Nobody knows yet whether the block counts.
    var tallies: [PlanTally?] = []
    for index in runs.indices {
      tallies.append(runs[index].tally)
      if runs[index].tally != nil { runs[index].tally = PlanTally(runs[index].evaluator.plan) }
    }
    defer { for (index, tally) in zip(runs.indices, tallies) { runs[index].tally = tally } }
    var findings: [Finding] = []
    let isWhole = forEachRecord(of: block, &state) { linter, document, record, state in
      if linter.check(record, of: &document, &state, adding: &findings)
        || state.form.skips(record, of: document)
      {
        return true
      }
      guard state.form.isIndependent else { return false }
      findings += linter.checkBrokenLine(record.text, of: document, &state)
      return true
    }
    let ranPacks = takeRanPacks()
    guard isWhole else { return nil }
    state.counts.fits -= 1
    return CheckedBlock(
      findings: findings, counts: state.counts, end: state.base,
      ranPacks: ranPacks,
      tallies: runs.indices.map { runs[$0].tally })
  }

  /// Counts what the rules of each pack did elsewhere.
  mutating func count(_ tallies: [PlanTally?]) {
    for (index, tally) in zip(runs.indices, tallies) {
      if let tally { runs[index].tally?.add(tally) }
    }
  }

  /// Checks the lines of a block in its turn.
  mutating func check(_ block: consuming LogBlock, _ state: inout LogState) -> [Finding] {
    var findings: [Finding] = []
    _ = forEachRecord(of: block, &state) { linter, document, record, state in
      let isRead = linter.check(record, of: &document, &state, adding: &findings)
      if !isRead, !state.form.skips(record, of: document) {
        findings += linter.checkBrokenLine(record.text, of: document, &state)
      }
      return true
    }
    return findings
  }

  /// Goes through the requests of a block, until `body` says that it is enough; whether all were seen.
  private mutating func forEachRecord(
    of block: consuming LogBlock, _ state: inout LogState,
    _ body: (inout Linter, inout Document, Record, inout LogState) -> Bool
  ) -> Bool {
    guard let records = block.records else {
      let mayHaveReturns = block.mayHaveReturns
      return forEachLine(of: block.bytes, mayHaveReturns, &state) {
        linter, document, range, state in
        guard state.form == .keyed else {
          return body(&linter, &document, Record(text: range, value: range), &state)
        }
        guard let record = linter.keyedRecord(in: range, of: &document, &state) else { return true }
        return body(&linter, &document, record, &state)
      }
    }
    var document = Document()
    swap(&document, &line)
    defer { swap(&document, &line) }
    let count = block.bytes.count
    JSONReader.replaceSource(of: &document, with: block.bytes)
    state.cursor = (state.base, 0)
    for record in records {
      guard body(&self, &document, record, &state) else { return false }
    }
    // Where the next block begins, nobody needs to know: it says so itself.
    state.base.offset += count
    return true
  }

  /// Goes through the lines of a block, until `body` says that it is enough; whether all were seen.
  ///
  /// A lone CR ends a line for the numbers of lines, but does not part requests.
  private mutating func forEachLine(
    of block: consuming [UInt8], _ mayHaveReturns: Bool, _ state: inout LogState,
    _ body: (inout Linter, inout Document, TextRange, inout LogState) -> Bool
  ) -> Bool {
    let end = block.count
    var document = Document()
    swap(&document, &line)
    defer { swap(&document, &line) }
    JSONReader.replaceSource(of: &document, with: block)
    var start = 0
    while start < end {
      let newline = document.firstOffset(of: UInt8(ascii: "\n"), from: start, to: end)
      guard body(&self, &document, TextRange(start, newline ?? end), &state) else { return false }
      if mayHaveReturns {
        state.base.lines += loneReturns(
          in: document, from: start, to: newline ?? end, isFollowedByLF: newline != nil)
      }
      if newline != nil { state.base.lines += 1 }
      start = (newline ?? end - 1) + 1
    }
    state.base.offset += end
    return true
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

  /// Adds the findings of a request in a log or a batch; false where it is broken or blank.
  private mutating func check(
    _ record: Record, of document: inout Document, _ state: inout LogState,
    adding found: inout [Finding]
  ) -> Bool {
    let range = record.text
    let depthLimit = record.position == nil ? options.depthLimit : options.depthLimit - 1
    guard !range.isEmpty else { return false }
    let guided = guidedReading(of: record, in: &document, depthLimit: depthLimit, state)
    guard
      guided.isRead
        || JSONReader.read(
          into: &document, in: record.value, depthLimit: depthLimit,
          from: state.base.offset + range.lowerBound == 0 ? .file : .logLine)
    else { return false }
    state.counts.lines += 1
    if state.unreportedRun > 0 { state.unreportedRun = 0 }
    if case .clean = guided {
      if !isLookingAhead { runs[0].hasRun = true }
      let held = state.countRequest()
      if !held.isEmpty { found += held }
      return true
    }
    state.beginRequest(in: document)
    let hidden = state.hidden.ranges(meeting: range)
    let isAlike = isAlike(guided, hiding: hidden)
    if isAlike, record.position == nil,
      repeatFindings(of: range, in: document, &state, to: &found)
    {
      return true
    }
    defer { forgetRequests() }
    var applied =
      repeatedFailures(isAlike)
      ?? apply(
        to: document, continuing: state.continuation, hiding: hidden,
        isElement: record.position != nil, keepsRequests: true, guided: guided)
    if state.continuation != .none { state.continuation = applied.hidden.continuation }
    guard applied.isRequest else {
      if state.form.isIndependent {
        addUnfit(range, of: document, &state, to: &found)
        return true
      }
      state.counts.unfit += 1
      if state.counts.firstUnfit == nil {
        var base = state.base(of: record, in: document)
        base.advance(
          over: document.source, from: range.lowerBound, to: record.value.lowerBound)
        state.counts.firstUnfit = base.lines + 1
      }
      if state.wrapped == nil, state.counts.fits == 0 {
        state.wrapped = wrappedRequest(
          in: document, range, base: state.base(of: record, in: document),
          respelling: &state.respelledNodes)
      }
      return true
    }
    let held = state.countRequest()
    if !held.isEmpty { found += held }
    guard !applied.failures.isEmpty else { return true }
    if record.position != nil { state.maker.beginElement() }
    var text = text(
      Array(document.source[range.lowerBound..<range.upperBound]), of: document, applied,
      hasErrors: false, base: state.base(of: record, in: document), shift: range.lowerBound,
      position: record.position)
    let first = found.count
    applied.addFindings(in: document, &text, .jsonLines, &state.maker, to: &found)
    if found.count - first > 1 { found[first...].sort(by: Finding.precedes) }
    if guided == .told, record.position == nil {
      rememberFindings(found[first...], hiding: hidden)
    }
    // A fix would show what may be a part of a value before the line.
    if !applied.candidates.isEmpty, !applied.hidden.isEverything, !applied.isOverBudget {
      var findings = Array(found[first...])
      found.removeLast(findings.count)
      attachFixes(
        applied.candidates, to: &findings, of: text.bytes, text.lines, .jsonLines,
        readAs: record.position == nil ? document : nil,
        hiding: hidden.map { $0.shifted(by: -range.lowerBound) })
      found += findings
    }
    return true
  }

  /// Reads a request and evaluates it in one pass, where nothing but its own text decides about it.
  private mutating func guidedReading(
    of record: Record, in document: inout Document, depthLimit: Int, _ state: LogState
  ) -> Evaluator.Reading {
    // A byte-order mark, or a value that goes on from the line before, is for the careful way.
    guard isGuided, state.continuation == .none,
      record.text.lowerBound > 0 || state.base.offset > 0,
      // Elements of a batch are checked by the packs that they look like requests of.
      record.position == nil || runs[0].applicability == .whenDetected
    else { return .unread }
    return guidedReading(in: record.value, of: &document, depthLimit: depthLimit)
  }

  /// Reads a range of a document's source and evaluates it in one pass, for the one pack that there is.
  mutating func guidedReading(
    in range: TextRange, of document: inout Document, depthLimit: Int
  ) -> Evaluator.Reading {
    guard isGuided else { return .unread }
    return runs[0].evaluator.read(
      range, into: &document, depthLimit: depthLimit, applicability: runs[0].applicability)
  }

  /// Reports what is wrong with a line that is not JSON.
  private mutating func checkBrokenLine(
    _ range: TextRange, of block: Document, _ state: inout LogState
  ) -> [Finding] {
    var bytes = Array(block.source[range.lowerBound..<range.upperBound])
    // The CR of a CRLF is no part of the line: what is missing is missing before it.
    if bytes.last == UInt8(ascii: "\r") { bytes.removeLast() }
    state.beginRequest(in: block)
    // Beyond the limit, lines are only counted.
    if state.brokenFindingCount >= state.brokenFindingLimit {
      return countBrokenLine(bytes, range, &state)
    }
    let isFirst = state.base.offset + range.lowerBound == 0
    let mark = isFirst && bytes.starts(with: ByteOrderMark.utf8) ? ByteOrderMark.utf8.count : 0
    let reading = JSONReader.recover(
      bytes, in: TextRange(mark, bytes.count), depthLimit: options.depthLimit, from: .logLine)
    let document = reading.document
    let hidden = state.hidden.ranges(meeting: range).map { $0.shifted(by: -range.lowerBound) }
    var applied = apply(
      to: document, errors: reading.errors, isFaithful: reading.isFaithful,
      continuing: state.continuation, hiding: hidden)
    if !state.form.isIndependent { state.continuation = applied.hidden.continuation }
    state.counts.lines += 1
    var text = text(bytes, of: document, applied, hasErrors: true, base: state.base(of: range))
    var findings = state.maker.findings(of: reading.errors, pack: "json", text)
    applied.addFindings(in: document, &text, .jsonLines, &state.maker, to: &findings)
    findings.sort(by: Finding.precedes)
    // A line is reported whole or not at all.
    guard findings.count <= state.brokenFindingLimit - state.brokenFindingCount else {
      state.brokenFindingCount = state.brokenFindingLimit
      state.counts.lines -= 1
      return countBrokenLine(bytes, range, &state)
    }
    // A fix would show what may be a part of a value before the line, or change what goes on behind it.
    if !applied.hidden.isEverything, applied.hidden.continuation == .none, !applied.isOverBudget {
      attachFixes(
        applied.candidates, to: &findings, of: text.bytes, text.lines, .jsonLines,
        hiding: hidden)
    }
    state.brokenFindingCount += findings.count
    guard state.mustBeRequests || applied.isRequest || state.counts.fits > 0 else {
      state.held += findings
      state.heldCount += 1
      return []
    }
    return state.countRequest() + findings
  }

  /// Counts a broken line whose findings are not reported.
  private func countBrokenLine(
    _ bytes: [UInt8], _ range: TextRange, _ state: inout LogState
  ) -> [Finding] {
    state.counts.lines += 1
    state.unreportedRun += 1
    state.continuation = redactor.continuation(afterBroken: bytes, state.continuation)
    if state.unreported != nil {
      state.unreported?.count += 1
    } else {
      let text = FindingMaker.Text(
        bytes: bytes, base: state.base(of: range), shift: 0,
        hidden: HiddenParts(ranges: [TextRange(0, bytes.count)]), disclosure: .nothing)
      let error = SyntaxError(
        .syntax, TextRange(0, 0), "\(own: Self.unreportedMessage(1))")
      state.unreported = (1, state.maker.finding(error, rule: ReadingRule.limit, text))
    }
    guard state.mustBeRequests || state.counts.fits > 0 else {
      state.heldCount += 1
      return []
    }
    return state.countRequest()
  }

  /// What is said of broken lines whose findings are not reported.
  static func unreportedMessage(_ count: Int) -> String {
    let lines = count == 1 ? "1 more line is" : "\(count) more lines are"
    return
      "\(lines) not well formed from here on; at most \(brokenFindingLimit) findings of such lines are reported"
  }
}

extension LogState {
  /// Where a request of the block at hand begins in the log or the batch.
  mutating func base(of record: Record, in block: Document) -> LineIndex.Base {
    guard record.position != nil, var (base, offset) = cursor else { return base(of: record.text) }
    // Elements are asked for in their order: each byte is passed once.
    base.advance(over: block.source, from: offset, to: max(offset, record.text.lowerBound))
    offset = record.text.lowerBound
    cursor = (base, offset)
    return base
  }

  /// Where positions in a line of the block at hand count from.
  func base(of line: TextRange) -> LineIndex.Base {
    if form.isIndependent { return .wholeFile }
    return LineIndex.Base(offset: base.offset + line.lowerBound, lines: base.lines)
  }
}
