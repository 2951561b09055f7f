import Baselines
package import Findings
import RequisiteFiles
package import SourceText

/// Checks the inputs of a run, each in the way of its profile.
///
/// What does not depend on order is done on several threads, where there are any: documents, and blocks
/// of logs. Everything else is done here, in order: line numbers, suppressions, baseline. So what is
/// emitted is the same for any number of threads.
package struct LintSession: ~Copyable {
  /// How the inputs of each profile are checked.
  private let profiles: [LintOptions]
  private let filter: FindingFilter?
  private let jobs: Int
  /// The linters of this thread.
  private var linters: ProfileLinters
  private var filters: [InputFilter?]
  private var comments = CommentDiagnostics()
  /// What the linters of other threads counted.
  private let counts = SessionCounts()
  /// How many blocks of logs and arrays were checked.
  private var blockCount = 0
  /// Called once, if the run turns out to be a long one.
  private let onLongRun: (() -> Void)?
  /// Where it is counted how much of an input was read.
  private let progress: RunProgress?
  /// Ends checks whose results are no longer wanted.
  private let interruption: Interruption?
  /// A run of as many blocks is a long one.
  private static let longRun = 2

  /// Creates a session for the profiles of a run; a filter takes out what is not to be reported.
  ///
  /// `jobs` is how many threads work at once; with one, this thread does everything. `onLongRun` is called
  /// once, if a long log or array is checked: the program may then do what is not worth it in a short run.
  /// `writer` writes what other threads find, so that a result may have findings that are written; those in
  /// its list are left to the caller.
  /// `progress` counts how much of the input at hand was read; that inputs end, the caller counts.
  /// `interruption` ends what this thread does; other threads end what they have begun.
  package init(
    _ profiles: [LintOptions], filter: FindingFilter? = nil, jobs: Int = 1,
    writer: (any FindingWriter)? = nil, onLongRun: (() -> Void)? = nil,
    progress: RunProgress? = nil, interruption: Interruption? = nil
  ) {
    let profiles = profiles.map { options in
      var options = options
      if filter != nil {
        options.needs.insert(.stablePointers)
      } else if options.needs.isDisjoint(with: .beyondOneBlock) {
        options.writer = writer
      }
      return options
    }
    self.profiles = profiles
    self.filter = filter
    self.jobs = max(jobs, 1)
    self.onLongRun = onLongRun
    self.progress = progress
    self.interruption = interruption
    linters = ProfileLinters(profiles, interruption: interruption)
    filters = Array(repeating: nil, count: profiles.count)
  }

  /// What is wrong with the suppression comments of the inputs so far, in their order.
  package var commentDiagnostics: [Diagnostic] { comments.all }

  // MARK: - Linters

  private mutating func filter(of profile: Int) -> InputFilter? {
    guard let filter else { return nil }
    if let known = filters[profile] { return known }
    let made = InputFilter(
      filter: filter, rules: filter.register(profiles[profile].packs), profile: profile)
    filters[profile] = made
    return made
  }

  /// What every rule did so far; nil where the options do not ask for it.
  ///
  /// The rules of a profile that no input is checked by looked at nothing.
  package var statistics: RunStatistics? {
    var statistics: RunStatistics?
    for profile in profiles.indices {
      guard let counted = linters.statistics(of: profile) else { continue }
      if statistics == nil { statistics = counted } else { statistics?.add(counted) }
    }
    for counted in counts.all { statistics?.add(counted) }
    return statistics
  }

  // MARK: - One input

  /// Checks an input; the findings of a long one are handed on in parts, so that they need not be kept.
  package mutating func lint(
    _ input: InputSource, profile: Int = 0, emit: (LintResult) -> Void
  ) {
    run([(input, profile)]) { _, result in
      emit(result)
    } ended: { _ in
    }
  }

  /// All bytes of an input that is one document.
  ///
  /// - Throws: `input/unreadable`, or `input/too-large` for an input over the limit.
  package mutating func bytes(
    of input: InputSource, profile: Int = 0
  ) throws(Diagnostic) -> [UInt8] {
    try linters[profile].bytes(of: input)
  }

  /// Checks the bytes of a document.
  ///
  /// If they are the outcome of fixes, `original` are the bytes before, by which a baseline still knows the
  /// file, and `hidden` is where hidden values of those are now.
  package mutating func lint(
    _ bytes: [UInt8], of input: InputSource, profile: Int = 0, fixedFrom original: [UInt8]? = nil,
    hiding hidden: [TextRange] = []
  ) -> LintResult {
    let checked = linters[profile].check(bytes, of: input, hiding: hidden)
    var result = take(checked, of: input, profile: profile, fixedFrom: original)
    if result.isBatch {
      lintBatch(bytes, of: input, profile: profile) { result += $0 }
      result.findings.sort(by: Finding.precedes)
    }
    return result
  }

  /// Takes out of a document's findings what is not to be reported, and completes the others.
  private mutating func take(
    _ checked: consuming CheckedDocument, of input: InputSource, profile: Int,
    fixedFrom original: [UInt8]? = nil
  ) -> LintResult {
    // Of an array of requests, there may be nothing to say as a whole.
    if checked.result.isBatch, checked.result.isEmpty { return checked.result }
    var comments = checked.comments.take()
    if let filter = filter(of: profile) {
      let bytes = original ?? checked.bytes
      let content = { ContentDigest.of(bytes, input.syntax) }
      var open = filter.begin(input)
      open.noteRuns(checked.ranPacks)
      open.take(outOf: &checked.result, by: &comments, content: content)
      open.end(content: content)
    } else {
      comments?.take(outOf: &checked.result)
    }
    if let comments { self.comments.add(comments.diagnostics) }
    if !checked.isFinished, !checked.result.findings.isEmpty {
      linters[profile].finish(&checked, of: input)
    }
    return checked.result
  }

  // MARK: - Fixes

  /// What of a text must not be shown, by the packs of a profile.
  package mutating func redactor(of profile: Int = 0) -> Redactor {
    linters[profile].redactor
  }

  /// The text of a document with all fixes applied; what is not to be reported is not fixed either.
  package mutating func fix(
    _ bytes: [UInt8], of input: InputSource, profile: Int = 0, includingUnsafe: Bool
  ) -> FixedText {
    let filter = filter(of: profile)
    return linters[profile].fix(
      bytes, of: input, includingUnsafe: includingUnsafe, filter: filter)
  }

  /// Checks a log after fixing its lines, one by one; the result of checking is what is left.
  package mutating func fixLog(
    _ input: InputSource, profile: Int = 0, includingUnsafe: Bool,
    sink: @escaping (FixedPiece) -> Void, emit: (LintResult) -> Void
  ) -> FixTally {
    let options = profiles[profile]
    let filter = filter(of: profile)
    var fixing = Linter.LogFixing(
      input, includesUnsafe: includingUnsafe, filter: filter?.preview(of: input), sink: sink)
    var reader: LogReader
    do throws(Diagnostic) {
      reader = try LogReader(input, in: options.files, limits: options.sizeLimits)
    } catch {
      emit(LintResult(diagnostics: [error]))
      fixing.tally.isBrokenOff = true
      return fixing.tally
    }
    var log = LogCheck(input, options: options, filter: filter)
    do throws(Diagnostic) {
      var isReadable = true
      while isReadable, !log.isGarbage, !isInterrupted, let part = try reader.next() {
        progress?.advance(to: reader.filePosition)
        switch part {
        case .unreadable(let bytes, let error):
          emit(log.unreadable(bytes, error, with: linters[profile]))
          isReadable = false
        case .block(let block):
          if OwnReport.isReport(
            input, beginning: block, in: options.files, limits: options.sizeLimits)
          {
            emit(LintResult(diagnostics: [OwnReport.skipped(input)]))
            return fixing.tally
          }
          let fixed = linters[profile].fixedBlock(block.bytes, &fixing)
          let result = log.check(
            LogBlock(bytes: fixed, base: block.base), hiding: fixing.hidden, with: &linters[profile]
          )
          if !result.isEmpty { emit(result) }
        }
      }
      if isReadable { emit(log.end(with: linters[profile])) }
    } catch {
      // Findings may still wait for the hashes of their lines.
      var last = log.breakOff()
      last.diagnostics.append(error)
      emit(last)
      fixing.tally.isBrokenOff = true
    }
    if !fixing.diagnostics.isEmpty { emit(LintResult(diagnostics: fixing.diagnostics)) }
    return fixing.tally
  }

  // MARK: - All inputs

  /// Checks inputs in their order; `emit` gets what comes of each by its place, `ended` each place once
  /// nothing more comes of it.
  package mutating func run(
    _ inputs: [(input: InputSource, profile: Int)], emit: (Int, LintResult) -> Void,
    ended: (Int) -> Void
  ) {
    // Without a second input or a log there is nothing to do side by side.
    let isWorthwhile = jobs > 1 && (inputs.count > 1 || inputs.first?.input.syntax == .jsonLines)
    let workers =
      isWorthwhile
      ? UnitWorkers.start(jobs, profiles, isFiltered: filter != nil, counts: counts) : nil
    var units = UnitQueue(inputs, profiles: profiles, workers: workers, jobs: jobs)
    var log: LogCheck?
    while !isInterrupted, let unit = units.next() {
      let (input, profile) = inputs[unit.place]
      switch unit.content {
      case .document(let ticket):
        // A large array is worth threads, even where it is the only input.
        var helpers = workers
        let checked: Swift.Result<CheckedDocument, Diagnostic>
        if let ticket, case .document(let result)? = workers?.result(of: ticket) {
          checked = result
        } else {
          checked = check(input, profile: profile, &helpers)
        }
        switch checked {
        case .success(let checked):
          let (bytes, spool) = (checked.result.isBatch ? checked.bytes : [], checked.spool)
          var result = take(checked, of: input, profile: profile)
          if result.isBatch {
            let findings = result.findings
            result.findings = []
            if !result.isEmpty { emit(unit.place, result) }
            lintBatch(
              bytes, spool, of: input, profile: profile, helpers, among: findings
            ) {
              emit(unit.place, $0)
            }
          } else {
            emit(unit.place, result)
          }
        case .failure(let error): emit(unit.place, LintResult(diagnostics: [error]))
        }
        ended(unit.place)
      case .beginLog:
        log = LogCheck(input, options: profiles[profile], filter: filter(of: profile))
      case .block(let block, let ticket):
        guard var check = log.take() else { continue }
        countBlock()
        if let position = units.filePosition(at: unit.place) { progress?.advance(to: position) }
        var result = taken(ticket, of: block, into: &check, profile: profile, workers)
        if result == nil {
          result = check.check(block, with: &linters[profile])
          units.speculates = check.state.isPlain
        }
        if let result, !result.isEmpty { emit(unit.place, result) }
        if check.isGarbage { units.endLog(at: unit.place) }
        log = consume check
      case .unreadable(let bytes, let error):
        if let result = log?.unreadable(bytes, error, with: linters[profile]) {
          emit(unit.place, result)
        }
        log = nil
        ended(unit.place)
      case .endLog(let error):
        if let error {
          if let result = log?.breakOff(), !result.isEmpty { emit(unit.place, result) }
          emit(unit.place, LintResult(diagnostics: [error]))
        } else if let result = log?.end(with: linters[profile]) {
          emit(unit.place, result)
        }
        log = nil
        ended(unit.place)
      }
    }
  }

  /// Whether what is done at hand is to end here.
  private var isInterrupted: Bool { interruption?.isDue() ?? false }

  /// Counts a block of a log or an array.
  private mutating func countBlock() {
    blockCount += 1
    if blockCount == Self.longRun { onLongRun?() }
  }

  /// What a thread made of a block; nil where the block has to be checked in its turn.
  private mutating func taken(
    _ ticket: Int?, of block: LogBlock, into log: inout LogCheck, profile: Int,
    _ workers: UnitWorkers?
  ) -> LintResult? {
    guard let ticket, case .block(let checked?)? = workers?.result(of: ticket),
      let result = log.take(checked, of: block)
    else { return nil }
    linters[profile].count(checked.tallies)
    return result
  }

  /// Reads and checks a document here; threads are started for a large array.
  private mutating func check(
    _ input: InputSource, profile: Int, _ workers: inout UnitWorkers?
  ) -> Swift.Result<CheckedDocument, Diagnostic> {
    let (jobs, limits, progress) = (jobs, profiles[profile].sizeLimits, progress)
    let start = { [profiles, counts, isFiltered = filter != nil] in
      UnitWorkers.start(jobs, profiles, isFiltered: isFiltered, counts: counts)
    }
    return linters[profile].check(input) {
      (linter: inout Linter, text: TextStream) throws(Diagnostic) in
      let reader = BatchReader(text, of: input, limits: limits, countsLines: false)
      if workers == nil, jobs > 1 { workers = start() }
      return try linter.isBatch(
        BatchQueue(reader, workers: workers, jobs: jobs, counting: progress?.firstPass) {
          .probe($0, profile: profile)
        }
      ) { [workers] in
        if case .probe(let probed)? = workers?.result(of: $0) { probed } else { nil }
      }
    }
  }

  /// Checks the elements of an array, whose text is read from the input unless it is there already.
  ///
  /// Findings of the array as a whole are handed on in their order among those of the elements.
  private mutating func lintBatch(
    _ bytes: [UInt8], _ spool: SpoolFile? = nil, of input: InputSource, profile: Int,
    _ workers: UnitWorkers? = nil, among findings: [Finding] = [], emit: (LintResult) -> Void
  ) {
    var whole = findings[...]
    func handOn(_ result: LintResult, isLast: Bool = false) {
      var result = result
      let last = result.findings.last
      let due = whole.prefix { finding in
        isLast || last.map { Finding.precedes(finding, $0) } ?? false
      }
      if !due.isEmpty {
        whole = whole.dropFirst(due.count)
        result.findings = (due + result.findings).sorted(by: Finding.precedes)
      }
      if isLast || !result.isEmpty { emit(result) }
    }
    var log = LogCheck(
      input, options: profiles[profile], filter: filter(of: profile), isBatch: true)
    do throws(Diagnostic) {
      let limits = profiles[profile].sizeLimits
      let reader =
        if let spool {
          BatchReader(TextStream(spool, of: input), of: input, limits: limits)
        } else if bytes.isEmpty {
          try BatchReader(input, in: profiles[profile].files, limits: limits)
        } else {
          BatchReader(bytes, of: input)
        }
      var blocks = BatchQueue(
        reader, workers: workers, jobs: jobs, counting: progress?.lastPass(keptSize: spool?.size)
      ) {
        .block($0, input, profile: profile, writes: findings.isEmpty)
      }
      while !isInterrupted, let (block, ticket) = try blocks.next() {
        countBlock()
        let result =
          taken(ticket, of: block, into: &log, profile: profile, workers)
          ?? log.check(block, with: &linters[profile])
        handOn(result)
      }
      guard !blocks.isMalformed else { throw Self.changed(input) }
      handOn(log.end(with: linters[profile]), isLast: true)
    } catch {
      var last = log.breakOff()
      last.diagnostics.append(error)
      handOn(last, isLast: true)
    }
  }

  /// An array that is none any more when its elements are read.
  private static func changed(_ input: InputSource) -> Diagnostic {
    Diagnostic(
      "input/unreadable", "\(input.quotedName) changed while it was read",
      hint: "run the command again")
  }
}

extension LintResult {
  /// Whether there is nothing to hand on.
  var isEmpty: Bool {
    findings.isEmpty && written == nil && diagnostics.isEmpty && requestCount == 0
      && suppressedCount == 0
      && acceptedCount == 0 && knownCount == 0 && !isUnmatched
  }
}
