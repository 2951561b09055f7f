import SourceText

/// The keys of one mapping, each with its place.
///
/// Most mappings are small: a few keys are compared one by one, many are hashed.
struct KeySet {
  private static let hashedFrom = 16

  private var keys: [Key] = []
  private var ranges: [TextRange] = []
  private var indices: [Key: Int] = [:]

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
      if let index = keys.firstIndex(of: key) { return ranges[index] }
    } else {
      if indices.isEmpty {
        for (index, key) in keys.enumerated() { indices[key] = index }
      }
      if let index = indices[key] { return ranges[index] }
      indices[key] = keys.count
    }
    keys.append(key)
    ranges.append(range)
    return nil
  }
}
