import Findings

/// Faults and their severities; most requests have one or two faults, which need no hashing.
struct FaultTable {
  /// The first faults, in the order in which they came.
  private var few: [(key: FaultKey, severity: Severity)] = []
  /// The faults behind these.
  private var others: [FaultKey: Severity] = [:]

  /// So many faults are compared one by one.
  private static let fewFaults = 8

  /// The severity of a fault; nil where it is not in the table.
  subscript(key: FaultKey) -> Severity? {
    few.first { $0.key == key }?.severity ?? (others.isEmpty ? nil : others[key])
  }

  /// Adds a fault, or raises the severity of one in the table; the result is whether it is new.
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
