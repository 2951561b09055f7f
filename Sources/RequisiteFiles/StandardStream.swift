/// Standard input and output, as arguments name them.
package enum StandardStream {
  /// The path that means standard input, or for a report standard output.
  package static let path = "-"

  /// Whether a path means a standard stream.
  package static func isMeant(by path: String) -> Bool { path == Self.path }
}
