/// How much a finding matters; the order is from the least to the most.
package enum Severity: String, Sendable, Hashable, CaseIterable, Comparable {
  /// Worth knowing.
  case info
  /// Probably a mistake.
  case warning
  /// The request is refused or does not do what it says.
  case error

  /// Orders from `info` to `error`.
  package static func < (left: Severity, right: Severity) -> Bool { left.rank < right.rank }

  private var rank: Int {
    switch self {
    case .info: 0
    case .warning: 1
    case .error: 2
    }
  }
}
