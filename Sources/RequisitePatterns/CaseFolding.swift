/// Which characters are equal where case does not count: simple case folding (Unicode 17.0.0,
/// CaseFolding.txt, C and S), as RE2 has it.
enum CaseFolding {
  /// A set with every character that is equal to one of it.
  static func closure(of set: ScalarSet) -> ScalarSet {
    var ranges = set.ranges
    if let only = ranges.first, ranges.count == 1, only.first == only.last {
      for value in orbits[only.first] ?? [] { ranges.append(.init(first: value, last: value)) }
      return ScalarSet(ranges)
    }
    for (value, orbit) in orbits where set.contains(value) {
      for other in orbit { ranges.append(.init(first: other, last: other)) }
    }
    return ScalarSet(ranges)
  }

  /// The characters that are equal to a character, itself among them; none where there is no other.
  private static let orbits: [UInt32: [UInt32]] = {
    var members: [UInt32: [UInt32]] = [:]
    let cased = UnicodeProperty.binaries.set(named: "Changes_When_Casemapped") ?? ScalarSet()
    for range in cased.ranges {
      for value in range.first...range.last {
        guard let scalar = Unicode.Scalar(value) else { continue }
        members[fold(scalar), default: []].append(value)
      }
    }
    var orbits: [UInt32: [UInt32]] = [:]
    for orbit in members.values where orbit.count > 1 {
      for value in orbit { orbits[value] = orbit }
    }
    return orbits
  }()

  private static func fold(_ scalar: Unicode.Scalar) -> UInt32 {
    // The dotless i has a capital that it shares with the i, but folds to itself.
    if scalar == "\u{131}" { return scalar.value }
    let upper = single(scalar.properties.uppercaseMapping) ?? scalar
    return (single(upper.properties.lowercaseMapping) ?? upper).value
  }

  private static func single(_ text: String) -> Unicode.Scalar? {
    text.unicodeScalars.count == 1 ? text.unicodeScalars.first : nil
  }
}
