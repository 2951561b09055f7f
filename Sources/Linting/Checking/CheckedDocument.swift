import Findings
import RequisiteFiles
import SourceText

/// What a document came to, before it is known what of it is not to be reported.
struct CheckedDocument: Sendable {
  /// The text.
  var bytes: [UInt8]
  /// What was found in it, suppressed and accepted findings included.
  var result: LintResult
  /// What there may be fixes for.
  var candidates: [FixCandidate]
  /// What must not be shown, whatever packs say.
  var hidden: [TextRange]
  /// Which packs' rules were evaluated, by their places in the options.
  var ranPacks: [Bool]
  /// Its suppression comments; nil where it has none.
  var comments: CommentAccount?
  /// The text, where it is an array of requests that came from a stream.
  var spool: SpoolFile?
  /// Whether the findings are complete: what each is reported with was added.
  var isFinished = false
}
