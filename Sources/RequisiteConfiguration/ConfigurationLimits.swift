package import SourceText

/// The limits of configurations.
package enum ConfigurationLimits {
  /// Every limit that a configuration can meet.
  package static let all: [Limit] = [
    Limit(
      "choices that the braces of a path pattern make", PathGlobParser.alternativeLimit, "choices",
      beyond: "config/bad-pattern or suppression/bad-path")
  ]
}
