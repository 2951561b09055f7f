package import SourceText

/// The limits of suppressions.
package enum SuppressionLimits {
  /// Every limit that a file of suppressions can meet.
  package static let all: [Limit] = [
    Limit(
      "errors in the suppressions of one file", SuppressionReader.mistakeLimit, "errors",
      beyond: "suppression/too-many; further errors are not reported"),
    Limit(
      "errors, and warnings, about the suppression comments of one file",
      SuppressionComment.diagnosticLimit, "each",
      beyond: "suppression/too-many; further ones are not reported"),
    Limit(
      "errors, and warnings, about the suppression comments of one run",
      SuppressionComment.runDiagnosticLimit, "each",
      beyond: "suppression/too-many; further ones are not reported"),
  ]
}
