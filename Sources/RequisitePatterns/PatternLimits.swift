package import SourceText

/// The limits of regular expressions and patterns of paths.
package enum PatternLimits {
  /// Instructions of one compiled pattern, its lookarounds included.
  static let instructions = 20_000
  /// Different characters and classes of one pattern.
  static let classes = 2000
  /// Lookarounds that one automaton asks for.
  static let lookarounds = 64
  /// Groups within groups.
  static let depth = 200
  /// The largest count of a repeat in RE2, and of repeats within each other.
  static let re2Repetitions = 1000
  /// Entries of 4 bytes that one automaton's cache may hold before it is emptied.
  static let cacheEntries = 1 << 19

  /// Every limit that a pack, a configuration or a suppression can meet.
  package static let all: [Limit] = [
    Limit(
      "size of a pattern, repeats written out", instructions, "instructions",
      beyond: "schema/bad-pattern"),
    Limit(
      "different characters and classes in a pattern", classes, "classes",
      beyond: "schema/bad-pattern"),
    Limit("lookarounds in a pattern", lookarounds, "lookarounds", beyond: "schema/bad-pattern"),
    Limit("nesting of groups in a pattern", depth, "levels", beyond: "schema/bad-pattern"),
    Limit(
      "count of a repeat in a pattern of CEL's matches (RE2), multiplied by those around it",
      re2Repetitions, "repeats", beyond: "pack/bad-expression"),
    Limit(
      "cache of one pattern, in states that were met", bytes: 4 * cacheEntries,
      beyond: "it is emptied, which changes no result"),
    Limit(
      "choices that the braces of a path pattern make", PathGlobParser.alternativeLimit, "choices",
      beyond: "config/bad-pattern or suppression/bad-path"),
  ]
}
