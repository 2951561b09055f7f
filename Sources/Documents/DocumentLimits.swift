package import SourceText

/// The limits of JSON texts and of fixes.
package enum DocumentLimits {
  /// Every limit that a request can meet.
  package static let all: [Limit] = [
    Limit("nesting of JSON", JSONReader.defaultDepthLimit, "levels", beyond: "json/depth"),
    Limit(
      "errors in a malformed JSON document", JSONRecoveringReader.errorLimit, "errors",
      beyond: "the rest is not read, and no rule is checked"),
    Limit("operations of a fix", JSONPatch.operationLimit, "operations", beyond: "pack/bad-value"),
    Limit("nesting after a fix", JSONPatch.depthLimit, "levels", beyond: "the fix is not made"),
    Limit("values that a fix copies", JSONPatch.copyLimit, "values", beyond: "the fix is not made"),
  ]
}
