package import SourceText

/// The limits of baselines.
package enum BaselineLimits {
  /// Every limit that a baseline can meet.
  package static let all: [Limit] = [
    Limit(
      "errors, and duplicate entries, in one baseline", BaselineReader.mistakeLimit, "each",
      beyond: "further ones are not reported")
  ]
}
