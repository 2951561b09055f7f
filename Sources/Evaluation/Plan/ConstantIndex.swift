import Documents

/// Finds values of a pack by their hashes.
struct ConstantIndex: Sendable {
  /// The length from which on a list of values has an index; shorter ones are gone through.
  static let threshold = 32

  /// For each hash, the positions of the values that have it.
  private var positions: [Int: [Int]] = [:]

  init(_ constants: [Constant], in program: SchemaProgram) {
    positions.reserveCapacity(constants.count)
    for (position, constant) in constants.enumerated() {
      let hash = program.constantDocuments[constant.document].valueHash(of: constant.node)
      positions[hash, default: []].append(position)
    }
  }

  /// The positions of the values with a hash.
  func constants(withHash hash: Int) -> [Int] { positions[hash] ?? [] }
}
