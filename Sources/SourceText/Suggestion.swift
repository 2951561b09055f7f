/// What a message suggests in place of a name or a value that is misspelled.
package enum Suggestion {
  private static let beginning = "; did you mean \""
  private static let end = "\"?"

  /// The end of a message that suggests a name.
  package static func words(for name: String) -> String { beginning + name + end }

  /// The name that a message suggests at its end; nil where it suggests none.
  package static func name(in message: String) -> String? {
    guard message.hasSuffix(end), let start = message.ranges(of: beginning).last?.upperBound,
      case let name = message[start...].dropLast(end.count), !name.isEmpty
    else { return nil }
    return String(name)
  }
}
