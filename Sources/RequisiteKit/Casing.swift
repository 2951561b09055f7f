import Documents

/// The style in which requests spell the members that a pack's model names.
public enum Casing: String, Sendable, Hashable, CaseIterable {
  /// The style of most members of the request.
  case auto
  /// Exactly as the service reads them, such as `ContactFlowId`.
  case wire
  /// As in `contact_flow_id`.
  case snake
  /// As in `contactFlowId`.
  case camel
}

extension Casing {
  /// The same style in the vocabulary of the linter.
  var inRequests: Documents.Casing {
    switch self {
    case .auto: .auto
    case .wire: .wire
    case .snake: .snake
    case .camel: .camel
    }
  }
}
