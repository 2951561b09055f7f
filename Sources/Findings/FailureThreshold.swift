/// From which severity on findings make a run fail.
package enum FailureThreshold: String, Sendable, Hashable, CaseIterable {
  case error, warning, info, never

  /// Whether a finding of a severity makes the run fail.
  package func isReached(by severity: Severity) -> Bool {
    switch self {
    case .error: severity >= .error
    case .warning: severity >= .warning
    case .info: severity >= .info
    case .never: false
    }
  }
}
