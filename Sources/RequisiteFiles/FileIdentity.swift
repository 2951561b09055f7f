package import SourceText

/// Which file a path leads to, however it is spelled: the same for links, hard links and `..` steps.
package enum FileIdentity: Hashable, Sendable {
  /// A file that exists.
  case node(device: UInt64, number: UInt64)
  /// A file that does not exist yet, by its path without links.
  case path(ExactText)
}
