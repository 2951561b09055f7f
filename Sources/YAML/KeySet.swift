import SourceText

/// The keys of one mapping, each with its place.
///
/// Most mappings are small: a few keys are compared one by one, many are hashed.
struct KeySet {
  private static let hashedFrom = 16

  private var keys: [(key: Key, range: TextRange)] = []
  /// The places of the keys in that list, once there are many.
  private var indices: [Key: Int]?

  /// A key that hashes as one run of bytes, not byte by byte as an array does.
  private struct Key: Hashable {
    var bytes: [UInt8]

    func hash(into hasher: inout Hasher) {
      unsafe bytes.withUnsafeBytes { unsafe hasher.combine(bytes: $0) }
    }
  }

  /// Adds a key, or gives the place of the one that is there already.
  mutating func insert(_ bytes: [UInt8], at range: TextRange) -> TextRange? {
    let key = Key(bytes: bytes)
    if keys.count < Self.hashedFrom {
      for known in keys where known.key == key { return known.range }
    } else {
      if indices == nil {
        indices = Dictionary(
          keys.enumerated().map { ($0.element.key, $0.offset) },
          uniquingKeysWith: { first, _ in first })
      }
      if let index = indices?[key] { return keys[index].range }
      indices?[key] = keys.count
    }
    keys.append((key, range))
    return nil
  }
}
