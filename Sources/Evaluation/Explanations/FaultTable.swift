import Findings

/// Faults with how much they matter; most requests have one or two, which need no hashing.
struct FaultTable {
  /// The first faults, in the order in which they came.
  private var few: [(key: FaultKey, severity: Severity)] = []
  /// The faults behind these.
  private var others: [FaultKey: Severity] = [:]

  /// So many faults are compared one by one.
  private static let fewFaults = 8

  /// How much a fault matters; nil where it is not in the table.
  subscript(key: FaultKey) -> Severity? {
    few.first { $0.key == key }?.severity ?? (others.isEmpty ? nil : others[key])
  }

  /// Notes a fault, which matters as much as the worst that is said of it; whether it is a new one.
  @discardableResult
  mutating func insert(_ key: FaultKey, _ severity: Severity) -> Bool {
    if let index = few.firstIndex(where: { $0.key == key }) {
      few[index].severity = max(few[index].severity, severity)
      return false
    }
    guard few.count == Self.fewFaults else {
      few.append((key, severity))
      return true
    }
    let known = others[key]
    others[key] = max(known ?? severity, severity)
    return known == nil
  }
}
