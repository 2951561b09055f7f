import Baselines
import Documents
import Evaluation
package import Findings
package import SourceText
import YAML

/// What became of a text whose findings were to be fixed.
package struct FixedText: Sendable {
  /// The text with all fixes made.
  package var bytes: [UInt8]
  /// The number of fixes that were made.
  package var fixCount = 0
  /// The number of unsafe fixes that were not made.
  package var unsafeCount = 0
  /// What of the text must not be shown, where fixes were made: what was hidden before them, and what
  /// they made of it.
  package var hidden: [TextRange] = []
  /// What is to be said of fixes that were not made, or not for the last time.
  package var diagnostics: [Diagnostic] = []
}

/// A part of a log whose lines were fixed, line ends included.
package enum FixedPiece: Sendable {
  /// Lines that stay; where they are hidden, a sensitive value of a line before may go on in them.
  case same([UInt8], isHidden: Bool)
  /// A line that changes; `hidden` is what in the new one must not be shown, besides what packs say.
  case changed(from: [UInt8], to: [UInt8], hidden: [TextRange])
}

/// How many fixes were made in a log.
package struct FixTally: Sendable {
  /// The number of fixes that were made.
  package var fixCount = 0
  /// The number of unsafe fixes that were not made.
  package var unsafeCount = 0
  /// The number of changed lines.
  package var lineCount = 0
  /// Whether the log could not be read to its end, so that what was made of it is not all of it.
  package var isBrokenOff = false

  /// Creates a tally of nothing.
  package init() {}
}

extension Linter {
  /// The maximum number of passes over a text whose fixes overlap or enable others.
  package static let passLimit = 10

  // MARK: - One document

  /// The text of a JSON or YAML file with all fixes applied.
  ///
  /// What is not to be reported is not fixed either; of this look at it, no account is kept.
  package mutating func fix(
    _ bytes: [UInt8], of input: InputSource, includingUnsafe: Bool
  ) -> FixedText {
    fix(bytes, of: input, includingUnsafe: includingUnsafe, filter: nil)
  }

  /// The same; what the filter takes out is not fixed.
  mutating func fix(
    _ bytes: [UInt8], of input: InputSource, includingUnsafe: Bool, filter: InputFilter?
  ) -> FixedText {
    isLookingAhead = true
    defer { isLookingAhead = false }
    // Whether the text is an array of requests, as the first look at it tells.
    var isBatch: Bool?
    func look(_ text: [UInt8]) -> ([Finding], [FixCandidate]) {
      var (result, candidates, comments) = findings(in: text, of: input)
      isBatch = isBatch ?? result.isBatch
      if let filter {
        filter.preview(of: input).take(outOf: &result.findings, by: comments) {
          ContentDigest.of(bytes, input.syntax)
        }
      } else {
        comments?.take(outOf: &result)
        result.findings.removeAll { $0.suppression != nil }
      }
      return (Finding.uncovered(result.findings), candidates)
    }
    let first = look(bytes)
    var loop = FixLoop(
      path: input.shownPath, syntax: input.syntax, includesUnsafe: includingUnsafe)
    let fixed = loop.run(
      bytes, first.0, first.1, plans: { fixPlans(for: $0, in: $1, $2, hiding: $3) },
      lint: look)
    guard isBatch ?? false else { return fixed }
    // Of an array of requests, that was what packs for any document say of it as a whole.
    var elements = fixBatch(
      fixed.bytes, of: input, includingUnsafe: includingUnsafe,
      filter: filter?.preview(of: input))
    elements.fixCount += fixed.fixCount
    elements.unsafeCount += fixed.unsafeCount
    elements.diagnostics = fixed.diagnostics + elements.diagnostics
    if elements.bytes == fixed.bytes {
      elements.hidden = fixed.hidden
    } else if !fixed.hidden.isEmpty {
      // Where it went is not known: nothing of the text is shown.
      elements.hidden = [TextRange(0, elements.bytes.count)]
    }
    return elements
  }

  // MARK: - A log

  /// What fixes the lines of a log as they go by.
  struct LogFixing {
    let path: String
    let includesUnsafe: Bool
    var maker: FindingMaker
    var tally = FixTally()
    var offset = 0
    var lines = 0
    /// The place in an array of the element at hand; nil for a line of a log.
    var position: Int?
    var diagnostics: [Diagnostic] = []
    /// What must not be shown of the fixed lines of a block, in offsets of the block.
    var hidden: [TextRange] = []
    /// How a sensitive value of the lines so far may go on in the next one.
    var continuation = SensitiveText.Continuation.none
    /// Whether all of the last line may belong to such a value.
    var isHidden = false
    /// Takes out what is not to be reported, lines before their fixes being seen.
    let filter: FilterPreview?
    /// Takes the pieces of the log in order.
    let sink: (FixedPiece) -> Void

    init(
      _ input: InputSource, includesUnsafe: Bool, filter: FilterPreview?,
      sink: @escaping (FixedPiece) -> Void
    ) {
      path = input.shownPath
      self.includesUnsafe = includesUnsafe
      self.filter = filter
      self.sink = sink
      maker = FindingMaker(of: input, needs: [])
    }
  }

  /// The whole lines of a block with all fixes applied.
  mutating func fixedBlock(_ block: [UInt8], _ fixing: inout LogFixing) -> [UInt8] {
    var result: [UInt8] = []
    result.reserveCapacity(block.count)
    fixing.hidden = []
    var sameStart = 0
    var start = 0
    var isHidden = fixing.isHidden
    func keep(upTo end: Int) {
      guard end > sameStart else { return }
      fixing.sink(.same(Array(block[sameStart..<end]), isHidden: isHidden))
      result += block[sameStart..<end]
      sameStart = end
    }
    while start < block.count {
      let newline = block[start...].firstIndex(of: UInt8(ascii: "\n"))
      let end = newline ?? block.count
      let line = Array(block[start..<end])
      let next = newline.map { $0 + 1 } ?? block.count
      let fixed = fixedRecord(line, &fixing)
      if fixing.isHidden != isHidden {
        keep(upTo: start)
        isHidden = fixing.isHidden
      }
      if let fixed {
        keep(upTo: start)
        let newLine = fixed.bytes + block[end..<next]
        fixing.sink(
          .changed(from: Array(block[start..<next]), to: newLine, hidden: fixed.hidden))
        fixing.tally.lineCount += 1
        fixing.hidden += fixed.hidden.map { $0.shifted(by: result.count) }
        result += newLine
        sameStart = next
      }
      fixing.offset += next - start
      fixing.lines += newline == nil ? 0 : 1
      start = next
    }
    keep(upTo: block.count)
    return result
  }

  /// A line, or an element of an array, with all fixes applied, or nil where it stays as it is.
  mutating func fixedRecord(_ line: [UInt8], _ fixing: inout LogFixing) -> FixedText? {
    guard !line.allSatisfy({ $0 == 0x20 || $0 == 0x09 || $0 == 0x0D }) else { return nil }
    isLookingAhead = true
    defer { isLookingAhead = false }
    let maker = fixing.maker
    let before = fixing.filter?.copy()
    let state = fixing
    var (findings, candidates, hidden) = lintLine(line, &fixing.maker, state)
    fixing.continuation = hidden.continuation
    fixing.isHidden = hidden.isEverything
    // A line that may belong to a value of other lines is no request that can be fixed by itself.
    guard !candidates.isEmpty, !hidden.isEverything, hidden.continuation == .none else {
      return nil
    }
    func records(_ text: [UInt8]) -> RecordTexts {
      RecordTexts(text, at: state.offset, isElement: state.position != nil)
    }
    fixing.filter?.take(outOf: &findings, in: records(line)) { nil }
    var loop = FixLoop(path: fixing.path, syntax: .jsonLines, includesUnsafe: fixing.includesUnsafe)
    let fixed = loop.run(
      line, findings, candidates, plans: { fixPlans(for: $0, in: $1, $2, hiding: $3) },
      lint: { text in
        var maker = maker
        var (findings, candidates, _) = lintLine(text, &maker, state)
        before?.copy().take(outOf: &findings, in: records(text)) { nil }
        return (findings, candidates)
      })
    fixing.tally.unsafeCount += fixed.unsafeCount
    for diagnostic in fixed.diagnostics where fixing.diagnostics.count < 100 {
      fixing.diagnostics.append(diagnostic)
    }
    // A line that became two would be two requests.
    guard fixed.fixCount > 0,
      fixing.position != nil || !fixed.bytes.contains(UInt8(ascii: "\n"))
    else { return nil }
    fixing.tally.fixCount += fixed.fixCount
    return fixed
  }

  private mutating func lintLine(
    _ line: [UInt8], _ maker: inout FindingMaker, _ fixing: LogFixing
  ) -> ([Finding], [FixCandidate], HiddenParts) {
    let reading = JSONReader.read(
      line, depthLimit: options.depthLimit, from: fixing.offset == 0 ? .file : .logLine)
    let document = reading.document
    var applied = apply(
      to: document, errors: reading.errors, isFaithful: reading.isFaithful,
      continuing: fixing.continuation, isElement: fixing.position != nil)
    guard applied.isRequest, !applied.failures.isEmpty else { return ([], [], applied.hidden) }
    var text = FindingMaker.Text(
      bytes: line, base: .init(offset: fixing.offset, lines: fixing.lines), shift: 0,
      hidden: applied.hidden, later: applied.later,
      identities: applied.identities, position: fixing.position)
    var findings: [Finding] = []
    applied.addFindings(in: document, &text, .jsonLines, &maker, to: &findings)
    // Where evaluating was given up, nothing is fixed: it would be given up again after each fix.
    return (
      Finding.uncovered(findings).sorted(by: Finding.precedes),
      applied.isOverBudget ? [] : applied.candidates, applied.hidden
    )
  }
}
