/// The syntax of a text.
package enum Syntax: Sendable, Hashable {
  /// One JSON text.
  case json
  /// A JSON text on each line.
  case jsonLines
  /// One YAML document.
  case yaml
}
