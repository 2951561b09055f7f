import Findings
import Linting
import RequisiteFiles

/// Rules that requests are checked against, loaded from rule packs.
///
/// A rule set is made once and used for every request. All files are read when it is made: ``check(_:as:)``
/// reads no file and opens no connection. It may be called from any number of tasks at once.
public struct RuleSet: Sendable {
  /// Every rule that findings can be of, in the order of the packs, with the severity of its findings.
  ///
  /// The rules about reading (`json/syntax` and others) come last.
  public let rules: [Rule]
  /// What may be a mistake in the packs, though they could be loaded: diagnostics of severity
  /// ``Severity/warning`` or ``Severity/info``.
  public let warnings: [Diagnostic]

  /// The same rules by their ids.
  private let rulesByID: [RuleID: Rule]
  private let linters: LinterPool

  init(_ loading: PackLoading, _ options: Options) throws(RuleSetError) {
    var diagnostics = loading.diagnostics
    let packs = options.override(loading.packs, reporting: &diagnostics)
    guard !diagnostics.hasErrors else { throw RuleSetError(diagnostics) }
    warnings = diagnostics.map { Diagnostic($0) }
    var described: [(id: RuleID, rule: Rule)] = []
    for description in packs.ruleDescriptions + ReadingRule.descriptions {
      described.append((description.id, Rule(description)))
    }
    rules = described.map(\.rule)
    rulesByID = Dictionary(
      described.map { ($0.id, $0.rule) }, uniquingKeysWith: { first, _ in first })
    var lintOptions = LintOptions(
      in: InMemoryFileSystem(), packs: packs, applicability: .always,
      casing: options.casing.inRequests, needs: [.details, .related],
      fixes: .attach)
    lintOptions.disclosure = options.showsValues ? .full : .kindsOnly
    linters = LinterPool(lintOptions)
  }

  /// Checks a request.
  ///
  /// - Parameters:
  ///   - bytes: The text of the request, in UTF-8: at most 512 MiB. For one pack, a JSON array is one request.
  ///     Bytes that begin as a gzip file does are decompressed first; locations and fixes are then those of
  ///     the text.
  ///   - syntax: The syntax of the text.
  /// - Returns: The findings in the order of their locations; none if every rule holds. A request that
  ///   cannot be read has findings of `json/syntax` or another rule about reading. What looks like a
  ///   request of none of several packs has one of `input/no-pack`, larger texts have one of
  ///   `input/too-large`, and damaged gzip files have one of `input/corrupt-gzip`. So no text passes
  ///   unchecked.
  public func check(_ bytes: some Sequence<UInt8>, as syntax: Syntax = .json) -> [Finding] {
    let result = linters.lint(Array(bytes), syntax)
    var findings: [Finding] = []
    findings.reserveCapacity(result.findings.count + result.diagnostics.count)
    for finding in result.findings {
      findings.append(Finding(finding, rule: rulesByID[finding.rule] ?? Rule(finding)))
    }
    for diagnostic in result.diagnostics { findings.append(Finding(unchecked: diagnostic)) }
    return findings
  }
}
