import Documents
package import SourceText

/// The limits of pack files.
package enum PackLimits {
  /// Every limit that a pack can meet.
  package static let all: [Limit] = [
    Limit(
      "errors in one pack", PackParts.mistakeLimit, "errors",
      beyond: "pack/too-many; further errors are not reported"),
    Limit(
      "files that the schemas of one pack refer to", PackParts.referencedFileLimit, "files",
      beyond: "schema/too-many-files"),
    Limit(
      "text that $repeat makes in one example", bytes: RulePack.Example.repetitionLimit,
      beyond: "pack/bad-value"),
  ]
}
