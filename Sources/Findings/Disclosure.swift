/// What is shown of values that no pack marks as sensitive.
package enum Disclosure: Sendable, Hashable {
  /// The values.
  case full
  /// Names, kinds and lengths.
  case kindsOnly
  /// Nothing: in a malformed text, names and values cannot be told apart.
  case nothing
}
