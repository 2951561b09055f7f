/// What findings have beside rule, message and location, because something prints it or compares by it.
///
/// The text of a log is gone when its report is written, so all of it is made while a finding is: what no
/// one asks for is never made.
package struct FindingNeeds: OptionSet, Sendable, Hashable {
  /// The needs as bits.
  package let rawValue: UInt8

  /// Creates needs from their bits.
  package init(rawValue: UInt8) { self.rawValue = rawValue }

  /// The source lines of locations, with hidden values replaced.
  package static let excerpts = FindingNeeds(rawValue: 1 << 0)
  /// The normalized JSONPaths of locations.
  package static let normalizedPaths = FindingNeeds(rawValue: 1 << 1)
  /// The ordinals of findings of a rule at one pointer of a file, which fingerprints depend on.
  package static let fingerprints = FindingNeeds(rawValue: 1 << 2)
  /// The hashes by which GitHub code scanning follows lines.
  package static let lineHashes = FindingNeeds(rawValue: 1 << 3)
  /// The pointers by what tells elements of arrays apart, by which suppressions and baselines hold.
  package static let stablePointers = FindingNeeds(rawValue: 1 << 4)
  /// What keywords say where rules have messages of their own.
  package static let details = FindingNeeds(rawValue: 1 << 5)
  /// The related locations.
  package static let related = FindingNeeds(rawValue: 1 << 6)
  /// The lines that fixes change.
  package static let fixHunks = FindingNeeds(rawValue: 1 << 7)

  /// The needs that take more than the lines of a log that are at hand.
  package static let beyondOneBlock: FindingNeeds = [.fingerprints, .lineHashes]

  /// The needs that are met without showing any text of a request.
  package static let withoutText: FindingNeeds = [
    .normalizedPaths, .fingerprints, .lineHashes, .details, .related,
  ]
}
