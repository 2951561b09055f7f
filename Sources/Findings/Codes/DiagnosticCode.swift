/// A code of diagnostics, with its documentation: `requisite list codes` and `requisite explain CODE`.
///
/// Every code that the program uses is in `all`, and a test compares both.
package struct DiagnosticCode: Sendable {
  /// The code, such as `pack/unknown-field`.
  package let code: String
  /// The problem, in one sentence.
  package let summary: String
  /// Why the problem matters.
  package let reason: String
  /// How to fix it.
  package let fix: String
  /// One short example of the problem, of the fix or of both; may have several lines.
  package let example: String

  /// Creates the documentation of a code.
  init(_ code: String, _ summary: String, why reason: String, fix: String, example: String) {
    self.code = code
    self.summary = summary
    self.reason = reason
    self.fix = fix
    self.example = example
  }

  /// All codes of diagnostics, sorted.
  package static let all: [DiagnosticCode] =
    (commandLine + inputs + packs + schemas + configurations + acceptedFindings + tests)
    .sorted { $0.code.utf8.lexicographicallyPrecedes($1.code.utf8) }
}
