import BasicContainers
import Documents
import Evaluation
package import Findings
import RequisiteFiles
package import SourceText
import Suppressions
import SystemPackage
import YAML

/// What a run found in one input, or in a part of it.
package struct LintResult: Sendable {
  /// What is wrong with the requests, in the order of reports.
  package var findings: [Finding] = []
  /// What else is wrong with them, written already; nil where nothing is.
  package var written: WrittenFindings?
  /// Why the input could not be checked.
  package var diagnostics: [Diagnostic] = []
  /// The number of requests.
  package var requestCount = 0
  /// The number of suppressed findings; `findings` has them only where they are to be kept.
  package var suppressedCount = 0
  /// The number of findings that the baseline accepts, which are not in `findings`.
  package var acceptedCount = 0
  /// The number of findings that the input had at an earlier commit, which are not in `findings`.
  package var knownCount = 0
  /// Whether the input was named, and skipped because no pack fits it.
  package var isUnmatched = false
  /// Whether the input is an array of requests, none of which was checked.
  var isBatch = false

  /// Creates a result.
  package init(
    findings: [Finding] = [], diagnostics: [Diagnostic] = [], requestCount: Int = 0
  ) {
    self.findings = findings
    self.diagnostics = diagnostics
    self.requestCount = requestCount
  }
}

extension LintResult {
  /// The result without suppressed findings that were kept.
  package var withoutSuppressed: LintResult {
    guard suppressedCount > 0 else { return self }
    var result = self
    result.findings.removeAll { $0.suppression != nil }
    return result
  }
}

/// Checks one input after another against packs; one linter for each task.
package struct Linter: ~Copyable {
  let options: LintOptions
  /// Finds what must not be shown.
  package let redactor: Redactor
  var runs: UniqueArray<PackRun>
  /// Whether packs for any document are among the runs.
  private let hasGeneralPacks: Bool
  /// Whether requests may be read and evaluated in one pass: there is one pack, and nothing is counted for
  /// each rule.
  let isGuided: Bool
  /// Whether reports show no text of requests, so that of a request with the same faults as another one, nobody
  /// needs to know what is hidden.
  let repeatsFindings: Bool
  /// Whether a text is checked only to find out what fixes would make of it.
  var isLookingAhead = false
  /// Ends a check whose result is no longer wanted.
  let interruption: Interruption?
  /// What was said last of requests that are alike in all that is reported.
  var lastRepetition: Repetition?
  /// Lines of a log are read into it, one after another.
  var line = Document()
  /// What is known of the rules that suppression comments name; made for the first of them.
  private var knownCommentRules: CommentRules?

  /// A pack's evaluator, and what it makes of the document at hand.
  struct PackRun: ~Copyable {
    var evaluator: Evaluator
    /// The documents that the pack applies to.
    let applicability: Applicability
    /// Whether it is about any document.
    ///
    /// Its rules are also in the plans of the requests beside it, so
    /// that a document that one of these takes is not checked by them again.
    let isGeneral: Bool
    /// The document at hand as the pack sees it; nil where nobody asked for it yet.
    private var request: Request?
    /// What was counted; nil where nobody asked for it.
    var tally: PlanTally?
    /// Whether rules were evaluated since somebody asked.
    var hasRun = false
    /// What does not hold of the document at hand.
    fileprivate var unmet: Unmet?
    /// For each rule, whether it is one of packs for any document as well.
    ///
    /// Such packs see an array of requests as one document, so that their rules do not look at its elements
    /// again.
    fileprivate(set) var areGeneralRules: [Bool] = []

    /// How many requests are evaluated before it pays to prepare for reading and evaluating in one pass.
    private static let plainRequestCount = 16

    init(_ pack: LoadedPack, options: LintOptions) {
      isGeneral = pack.owner == nil
      applicability =
        isGeneral || !pack.needsDetection && options.applicability == .always
        ? .always : .whenDetected
      var plan = pack.plan
      if let limit = options.costLimit { plan.limitCost(to: limit) }
      if options.collectsStatistics { tally = PlanTally(plan) }
      evaluator = Evaluator(
        plan: plan, casing: options.casing, guidesAfter: Self.plainRequestCount)
    }

    /// The document at hand as the pack sees it; its names are bound once.
    mutating func request(in document: Document) -> Request {
      let bound = takeRequest(in: document)
      request = bound
      return bound
    }

    /// The same for the caller to have alone, and to hand back.
    mutating func takeRequest(in document: Document, isTold: Bool = false) -> Request {
      request.take() ?? (isTold ? evaluator.bindTold(document) : evaluator.bind(document))
    }

    /// Takes back the document at hand.
    mutating func handBack(_ bound: consuming Request) { request = bound }

    /// Evaluates the document at hand, and keeps what does not hold; whether the pack applies to it.
    mutating func evaluate(
      _ document: Document, steps: inout Int, _ guided: Evaluator.Reading
    ) -> Bool {
      let bound = takeRequest(in: document, isTold: guided == .told)
      let evaluation = evaluator.evaluate(
        bound, applicability: applicability, steps: &steps, isTold: guided.isTold)
      handBack(bound)
      switch evaluation {
      case .notApplicable: return false
      case .clean: return true
      case .failed(let failed):
        unmet = failed
        return true
      }
    }

    /// Leaves out what does not hold by rules of packs for any document.
    fileprivate mutating func leaveOutGeneralRules() {
      if !areGeneralRules.isEmpty { unmet?.leaveOut(areGeneralRules) }
    }

    /// What there is to say of the document at hand; nil where all of it holds.
    mutating func explain(
      _ document: Document, needs: FindingNeeds, values: (Request) -> ValueText
    ) -> Explained? {
      guard let unmet = unmet.take() else { return nil }
      let bound = takeRequest(in: document)
      defer { handBack(bound) }
      return evaluator.explain(unmet, of: bound, values: values(bound), needs: needs)
    }

    /// Forgets the document at hand, so that its room can be used for the next one.
    mutating func forget() {
      unmet = nil
      guard let request = request.take() else { return }
      evaluator.recycle(request)
    }

    /// Counts what the rules make of a request that the pack fits.
    mutating func count(_ request: Request) {
      guard var counted = tally.take() else { return }
      evaluator.tally(request, into: &counted)
      tally = counted
    }
  }

  /// Creates a linter.
  package init(options: LintOptions, interruption: Interruption? = nil) {
    self.options = options
    self.interruption = interruption
    isGuided = options.isGuided
    repeatsFindings = options.needs.isSubset(of: .withoutText)
    redactor = Redactor(
      plans: options.packs.map(\.plan), casing: options.casing, depthLimit: options.depthLimit)
    runs = UniqueArray(minimumCapacity: options.packs.count)
    for pack in options.packs { runs.append(PackRun(pack, options: options)) }
    var generalRules: Set<RuleID> = []
    for pack in options.packs where pack.owner == nil {
      generalRules.formUnion(pack.plan.ruleTable.rules.map(\.id))
    }
    hasGeneralPacks = !generalRules.isEmpty
    for index in runs.indices where !runs[index].isGeneral && !generalRules.isEmpty {
      runs[index].areGeneralRules = runs[index].evaluator.plan.ruleTable.rules.map {
        generalRules.contains($0.id)
      }
    }
  }

  /// What every rule did so far; nil where the options do not ask for it.
  package var statistics: RunStatistics? {
    guard options.collectsStatistics else { return nil }
    var statistics = RunStatistics()
    for index in runs.indices {
      if let tally = runs[index].tally { statistics.add(tally, of: runs[index].evaluator.plan) }
    }
    return statistics
  }

  /// What is known of the rules that suppression comments name.
  private var commentRules: CommentRules {
    mutating get {
      if let knownCommentRules { return knownCommentRules }
      let made = CommentRules(options.packs)
      knownCommentRules = made
      return made
    }
  }

  /// The suppression comments of a text; nil where it has none, or where they are not applied.
  ///
  /// Of the reasons, what is in `hidden` or holds a sensitive value is not shown.
  private mutating func suppressionComments(
    in bytes: [UInt8], of input: InputSource, hiding hidden: [TextRange]
  ) -> CommentAccount? {
    guard let applied = options.suppressionComments, input.syntax == .yaml,
      CommentAccount.mayHaveComments(bytes)
    else { return nil }
    let comments = YAMLReader.comments(in: bytes, beginningWith: SuppressionComment.beginning)
    guard !comments.isEmpty else { return nil }
    let redactor = redactor
    let redactions = Redactions(hidden)
    return CommentAccount(
      comments, in: bytes, of: input, applied, by: commentRules
    ) { comment in
      redactions.meets(comment)
        || !redactor.text.ranges(inString: bytes[comment.lowerBound..<comment.upperBound]).isEmpty
    }
  }

  /// Which packs' rules were evaluated since this was asked last, by their places in the options.
  mutating func takeRanPacks() -> [Bool] {
    var ran: [Bool] = []
    for index in runs.indices {
      ran.append(runs[index].hasRun)
      runs[index].hasRun = false
    }
    return ran
  }

  // MARK: - One document

  /// All bytes of the text of an input.
  ///
  /// - Throws: `input/unreadable`, `input/corrupt-gzip`, or `input/too-large` for a text over the limit.
  package func bytes(of input: InputSource) throws(Diagnostic) -> [UInt8] {
    try options.files.text(of: input, limit: options.sizeLimits.document)
  }

  /// Checks the bytes of a JSON or YAML file; `hidden` must not be shown, whatever packs say.
  package mutating func lint(
    _ bytes: [UInt8], of input: InputSource, hiding hidden: [TextRange] = []
  ) -> LintResult {
    var checked = check(bytes, of: input, hiding: hidden)
    finish(&checked, of: input)
    if checked.result.isBatch {
      checked.result += lintBatch(bytes, of: input)
      checked.result.findings.sort(by: Finding.precedes)
    }
    return checked.result
  }

  /// Checks a document, without regard to what is suppressed or accepted.
  mutating func check(
    _ bytes: [UInt8], of input: InputSource, hiding hidden: [TextRange] = []
  ) -> CheckedDocument {
    let (result, candidates, comments) = findings(in: bytes, of: input, hiding: hidden)
    var checked = CheckedDocument(
      bytes: bytes, result: result, candidates: candidates, hidden: hidden,
      ranPacks: takeRanPacks(), comments: comments)
    checked.comments?.noteRuns(checked.ranPacks, by: commentRules)
    return checked
  }

  /// Leaves out findings that say nothing new, and adds what the others are reported with.
  mutating func finish(_ checked: inout CheckedDocument, of input: InputSource) {
    checked.isFinished = true
    checked.result.findings = Finding.uncovered(checked.result.findings)
    addLineHashes(to: &checked.result.findings, of: checked.bytes)
    guard options.fixes != .none, !checked.candidates.isEmpty else { return }
    attachFixes(
      checked.candidates, to: &checked.result.findings, of: checked.bytes,
      LineIndex(checked.bytes), input.syntax, hiding: checked.hidden)
  }

  /// What is wrong with a document, what of it there may be fixes for, and its suppression comments.
  mutating func findings(
    in bytes: [UInt8], of input: InputSource, hiding hidden: [TextRange] = []
  ) -> (result: LintResult, candidates: [FixCandidate], comments: CommentAccount?) {
    var result = LintResult()
    if input.isStream, Self.isBlank(bytes) {
      if !options.allowsEmptyStreams { result.diagnostics.append(emptyStream(input)) }
      return (result, [], nil)
    }
    if isLargeBatch(bytes, of: input) {
      result.isBatch = true
      return (result, [], nil)
    }
    if isInterrupted { return (result, [], nil) }
    var maker = FindingMaker(of: input, needs: options.needs)
    let syntax = input.syntax
    var document = Document()
    let guided = hidden.isEmpty ? guidedReading(of: bytes, syntax, in: &document) : .unread
    let reading =
      guided == .unread
      ? syntax.read(bytes, depthLimit: options.depthLimit, from: input.jsonOrigin)
      : Reading(document: document, errors: [], isFaithful: true)
    document = reading.document
    if isInterrupted { return (result, [], nil) }
    if !input.isExplicit, syntax == .json, reading.errors.isEmpty, OwnReport.isReport(document) {
      result.diagnostics.append(OwnReport.skipped(input))
      return (result, [], nil)
    }
    var applied = apply(
      to: document, errors: reading.errors, isFaithful: reading.isFaithful, syntax,
      hiding: hidden, guided: guided)
    if reading.errors.isEmpty, syntax == .json, !applied.isDetected, isBatch(document) {
      result.isBatch = true
      if !applied.isRequest { return (result, [], nil) }
    }
    if !applied.isRequest, !input.isExplicit {
      // Whether such a text was meant to be a request cannot be known.
      if !reading.isFaithful || !reading.errors.isEmpty && !Self.isContainer(document) {
        result.diagnostics.append(unrecognisable(input, reading.errors))
      } else if let wrapped = wrappedRequest(in: document) {
        result.diagnostics.append(wrappedRequestSkipped(input, wrapped))
      }
      return (result, [], nil)
    }
    if !applied.isRequest, reading.errors.isEmpty || isOfOtherKind(input) {
      let wrapped = reading.isFaithful ? wrappedRequest(in: document) : nil
      return (unmatched(input, holding: wrapped), [], nil)
    }
    result.requestCount = result.isBatch ? 0 : 1
    let comments = suppressionComments(in: bytes, of: input, hiding: applied.hidden.ranges)
    guard !reading.errors.isEmpty || !applied.failures.isEmpty else {
      return (result, [], comments)
    }
    if isInterrupted { return (result, [], nil) }
    var text = text(bytes, of: document, applied, hasErrors: !reading.errors.isEmpty)
    result.findings += maker.findings(of: reading.errors, pack: syntax.ruleGroup, text)
    applied.addFindings(in: document, &text, syntax, &maker, to: &result.findings)
    result.findings.sort(by: Finding.precedes)
    return (result, applied.isOverBudget ? [] : applied.candidates, comments)
  }

  /// Reads a whole JSON text and evaluates it in one pass; a byte-order mark is for the careful way.
  private mutating func guidedReading(
    of bytes: [UInt8], _ syntax: Syntax, in document: inout Document
  ) -> Evaluator.Reading {
    guard isGuided, syntax == .json, bytes.first != ByteOrderMark.utf8.first else { return .unread }
    JSONReader.replaceSource(of: &document, with: bytes)
    return guidedReading(
      in: TextRange(0, bytes.count), of: &document, depthLimit: options.depthLimit)
  }

  /// What excerpts show of values that are not sensitive.
  func disclosure(hasErrors: Bool) -> Disclosure {
    options.disclosure == .kindsOnly && hasErrors ? .nothing : options.disclosure
  }

  /// A text of which failures and errors are shown.
  ///
  /// The document's offsets are ahead of those of the bytes by `shift`.
  func text(
    _ bytes: [UInt8], of document: Document, _ applied: borrowing Applied, hasErrors: Bool,
    base: LineIndex.Base = .wholeFile, shift: Int = 0, position: Int? = nil
  ) -> FindingMaker.Text {
    let disclosure = disclosure(hasErrors: hasErrors)
    return FindingMaker.Text(
      bytes: bytes, base: base, shift: shift, hidden: applied.hidden, later: applied.later,
      identities: applied.identities, disclosure: disclosure,
      masks: FindingMaker.Text.masks(of: document, shift: shift, disclosure), position: position)
  }

  // MARK: - Packs

  /// What the packs say of a document.
  struct Applied: ~Copyable {
    /// Whether any pack took the document for its request.
    var isRequest = false
    /// Whether the document was held to the rules of a request.
    var isTaken = false
    /// Whether a pack detected the document to be its request.
    var isDetected = false
    /// What failed, pack by pack.
    private(set) var failures: [RuleFailure] = []
    /// The first pack with failures.
    private var firstRun = 0
    /// The other packs with failures, with the place of the first of each.
    private var laterRuns: [(run: Int, start: Int)] = []
    /// What there may be fixes for.
    var candidates: [FixCandidate] = []
    /// What must not be shown.
    var hidden = HiddenParts()
    /// The same, where it is found out when somebody asks.
    var later: LaterHiddenParts?
    /// Whether evaluating the document was given up, so that nothing of it is to be fixed.
    var isOverBudget = false
    /// Whether duplicate names are reported with the array that the document is an element of.
    var leavesOutDuplicateNames = false
    /// For elements of arrays that a pack tells apart, what stands for their position.
    var identities: [NodeID: [UInt8]] = [:]

    init() {}

    /// Creates the failures of a request of the only pack.
    init(_ failures: [RuleFailure]) {
      self.failures = failures
      isRequest = true
      isTaken = true
    }

    /// Adds the failures of another pack.
    fileprivate mutating func add(_ failed: [RuleFailure], of run: Int) {
      guard !failures.isEmpty else {
        failures = failed
        firstRun = run
        return
      }
      laterRuns.append((run, failures.count))
      failures += failed
    }

    /// Adds the failures as findings; a fault of reading is reported once, whatever the number of packs.
    mutating func addFindings(
      in document: Document, _ text: inout FindingMaker.Text, _ syntax: Syntax,
      _ maker: inout FindingMaker, to findings: inout [Finding]
    ) {
      var repeated: Set<NodeID> = []
      // The pack at hand, the place of its first failure, and how many packs are behind it.
      var (run, start, waiting) = (firstRun, 0, laterRuns[...])
      let firstNumber = maker.takeNumbers(failures.count)
      for (place, failure) in failures.enumerated() {
        while let next = waiting.first, next.start <= place {
          (run, start) = next
          waiting.removeFirst()
        }
        // The YAML reader has told of duplicate names already.
        if failure.rule == Evaluator.duplicateNameRule,
          leavesOutDuplicateNames || syntax.forbidsDuplicateNames
            || !repeated.insert(failure.failure.anchor).inserted
        {
          continue
        }
        if let source = failure.fix {
          candidates.append(FixCandidate(finding: firstNumber + place, run: run, source: source))
        }
        findings.append(
          maker.finding(
            failure, number: place - start, from: firstNumber + start, in: document, &text))
      }
    }
  }

  /// Runs the packs on a document, or, where it is not faithful, only finds what must not be shown.
  ///
  /// What one pack holds for sensitive, no other pack shows either; `hidden` is not shown whatever packs
  /// say. With `keepsRequests`, it is up to the caller to forget the document.
  mutating func apply(
    to document: Document, errors: [SyntaxError] = [], isFaithful: Bool = true,
    _ syntax: Syntax = .jsonLines, continuing continuation: SensitiveText.Continuation = .none,
    hiding hidden: [TextRange] = [], isElement: Bool = false, keepsRequests: Bool = false,
    guided: Evaluator.Reading = .unread
  ) -> Applied {
    defer { if !keepsRequests { forgetRequests() } }
    var applied = Applied()
    applied.leavesOutDuplicateNames = isElement && hasGeneralPacks
    for index in runs.indices where runs[index].applicability == .always {
      applied.isRequest = !isElement
    }
    // Where a value may go on, even a clean line tells whether it still does.
    var isTelling = !errors.isEmpty || continuation != .none || document.isEmpty
    var fitting: [Int] = []
    if !document.isEmpty {
      // Of a text in which no value could be made out, no pack can tell whether it is its request.
      let isUnreadable = document.kind(of: .root) == .absent
      // All packs share the steps that a request may take.
      var steps = 0
      for index in runs.indices {
        let applicability = runs[index].applicability
        if runs[index].isGeneral && applied.isTaken
          || isUnreadable && applicability == .whenDetected
          || isElement && applicability == .always
        {
          continue
        }
        guard
          guided == .clean
            || runs[index].evaluate(document, steps: &steps, guided)
        else { continue }
        applied.isRequest = true
        applied.isTaken = true
        if applicability == .whenDetected { applied.isDetected = true }
        if options.needs.contains(.stablePointers) { fitting.append(index) }
        if runs[index].unmet != nil {
          if isElement { runs[index].leaveOutGeneralRules() }
          isTelling = true
        }
        guard isFaithful, !isLookingAhead else { continue }
        runs[index].hasRun = true
        if options.collectsStatistics { runs[index].count(runs[index].request(in: document)) }
      }
    }
    guard isTelling else { return applied }
    // Only of strings that are shown need it be known what they hold.
    let leavesStrings =
      errors.isEmpty && isFaithful && syntax != .yaml && options.disclosure == .full
      && fitting.allSatisfy { runs[$0].evaluator.plan.ruleTable.identities.isEmpty }
    if leavesStrings, continuation == .none, hidden.isEmpty, runs.count == 1, !document.isEmpty,
      redactor.hidesAnything, let names = runs[0].evaluator.guardedNames
    {
      applied.later = LaterHiddenParts(runs[0].request(in: document), names, redactor.text)
    } else {
      applied.hidden = hiddenParts(
        of: document, isBroken: !errors.isEmpty, syntax, continuing: continuation,
        leavesStrings: leavesStrings)
    }
    if !hidden.isEmpty { applied.hidden.hide(hidden, in: document) }
    applied.identities = identities(in: document, fitting, applied.hidden.ranges)
    guard isFaithful, !document.isEmpty else { return applied }
    let (needs, disclosure, text) = (options.needs, options.disclosure, redactor.text)
    for index in runs.indices {
      let explained = runs[index].explain(document, needs: needs) { request in
        applied.later?.values
          ?? ValueText(
            sensitive: applied.hidden.nodes, strings: applied.hidden.hiddenStrings, in: request,
            text: text, disclosure: disclosure)
      }
      guard let explained else { continue }
      applied.add(explained.failures, of: index)
      if explained.isOverBudget {
        applied.isOverBudget = true
      } else if guided == .told {
        rememberFailures(explained.failures)
      }
    }
    return applied
  }

  /// Forgets the document at hand, so that the next one can be looked at.
  mutating func forgetRequests() {
    for index in runs.indices { runs[index].forget() }
  }

  /// What of a document is hidden, by the word of all packs.
  mutating func hiddenParts(
    of document: Document, isBroken: Bool, _ syntax: Syntax,
    continuing continuation: SensitiveText.Continuation = .none, leavesStrings: Bool = false
  ) -> HiddenParts {
    let redactor = redactor
    return redactor.hiddenParts(
      of: document, isBroken: isBroken, syntax, continuing: continuation,
      leavesStrings: leavesStrings
    ) {
      var selection = Redactor.Selection()
      for index in runs.indices {
        let request = runs[index].request(in: document)
        selection.nodes += runs[index].evaluator.sensitiveNodes(in: request)
        selection.requests.append(request)
      }
      return selection
    }
  }

  /// What stands for the positions of elements that a pack tells apart by a member.
  private mutating func identities(
    in document: Document, _ fitting: [Int], _ redactions: [TextRange]
  ) -> [NodeID: [UInt8]] {
    var tokens: [NodeID: [UInt8]] = [:]
    guard !fitting.isEmpty else { return tokens }
    let redactions = Redactions(redactions)
    for index in fitting {
      let request = runs[index].request(in: document)
      for identity in runs[index].evaluator.identities(in: request) {
        tokens[identity.element] = ElementToken.token(
          member: identity.member, value: Array(document.utf8(of: identity.value)),
          isSensitive: redactions.meets(document.range(of: identity.value)))
      }
    }
    return tokens
  }
}
