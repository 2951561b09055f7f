import BasicContainers
import Documents
import Evaluation
import Findings
import SourceText

/// The failures of requests that lack the same required member of the root, and nothing else, and their
/// findings in a log.
///
/// Where reports show no text of requests, each further one is reported in the same words.
struct Repetition {
  /// The check.
  let check: Int32
  /// What it comes to.
  let failures: [RuleFailure]
  /// The findings of such a line of a log; empty where there was none yet, or where findings of lines differ
  /// by more than their places.
  fileprivate var findings: [Finding] = []
}

extension Linter {
  /// Whether the request that was read last is like the one of the last repetition in all that is reported.
  ///
  /// Nothing of the request itself is shown then.
  mutating func isAlike(_ guided: Evaluator.Reading, hiding hidden: [TextRange]) -> Bool {
    guided == .told && repeatsFindings && hidden.isEmpty && lastRepetition != nil
      && lastRepetition?.check == runs[0].evaluator.missingRootMember
  }

  /// Adds the findings of a line that is like an earlier one; false where these have to be made.
  mutating func repeatFindings(
    of line: TextRange, in document: Document, _ state: inout LogState,
    to found: inout [Finding]
  ) -> Bool {
    let root = document.shownRange(of: .root)
    guard let known = lastRepetition?.findings, let first = known.first, root.count == 1,
      root.lowerBound == line.lowerBound, state.maker.isOfSameFile(first)
    else { return false }
    if !isLookingAhead { runs[0].hasRun = true }
    let held = state.countRequest()
    if !held.isEmpty { found += held }
    let region = state.base(of: line).firstByte
    for finding in known { found.append(state.maker.repeated(finding, at: region)) }
    return true
  }

  /// What the pack says of a request that is like an earlier one; nil for any other.
  mutating func repeatedFailures(_ isAlike: Bool) -> Applied? {
    guard isAlike, let failures = lastRepetition?.failures else { return nil }
    if !isLookingAhead { runs[0].hasRun = true }
    return Applied(failures)
  }

  /// Remembers the failures of the request at hand, where others may be like it.
  mutating func rememberFailures(_ failures: [RuleFailure]) {
    guard repeatsFindings, let check = runs[0].evaluator.missingRootMember,
      lastRepetition?.check != check
    else { return }
    lastRepetition = Repetition(check: check, failures: failures)
  }

  /// Remembers the findings of the line of a log at hand, where others may be like it.
  mutating func rememberFindings(
    _ findings: ArraySlice<Finding>, hiding hidden: [TextRange]
  ) {
    guard isAlike(.told, hiding: hidden), let failures = lastRepetition?.failures,
      failures.count == findings.count,
      failures.allSatisfy({ $0.fix == nil && $0.failure.anchor == .root }),
      findings.allSatisfy(\.isRepeatable)
    else { return }
    lastRepetition?.findings = Array(findings)
  }
}
