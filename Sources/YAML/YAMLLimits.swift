package import SourceText

/// The limits of YAML files.
package enum YAMLLimits {
  /// Every limit that a file can meet.
  package static let all: [Limit] = [
    Limit("nesting of YAML", YAMLReader.defaultDepthLimit, "levels", beyond: "yaml/depth"),
    Limit(
      "values that the aliases of a YAML file copy", YAMLReader.defaultAliasNodeLimit, "values",
      beyond: "yaml/syntax; the rest of the file is not read"),
    Limit(
      "%TAG directives in a YAML file", ScreenedSource.tagDirectiveLimit, "lines",
      beyond: "yaml/syntax; the file is not read"),
    Limit(
      "hexadecimal or octal number in YAML", CoreSchema.digitLimit, "digits",
      beyond: "it is read as a string"),
    Limit(
      "malformed UTF-8 in a YAML file", ScreenedSource.errorLimit, "errors",
      beyond: "further errors are not reported"),
  ]
}
