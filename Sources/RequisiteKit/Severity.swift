import Findings

/// The severity of a finding or diagnostic, ordered from ``info`` to ``error``.
public enum Severity: String, Sendable, Hashable, CaseIterable, Comparable {
  /// Worth knowing.
  case info
  /// Probably a mistake.
  case warning
  /// The service refuses the request, or does not do what the request says.
  case error

  /// Whether the left severity is less than the right one.
  public static func < (left: Severity, right: Severity) -> Bool {
    left.inFindings < right.inFindings
  }
}

extension Severity {
  init(_ severity: Findings.Severity) {
    self =
      switch severity {
      case .info: .info
      case .warning: .warning
      case .error: .error
      }
  }

  /// The same severity in the vocabulary of the linter.
  var inFindings: Findings.Severity {
    switch self {
    case .info: .info
    case .warning: .warning
    case .error: .error
    }
  }
}
