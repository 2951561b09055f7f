/// In which style a request spells the members of its model.
package enum Casing: String, Sendable, Hashable, CaseIterable {
  /// Whatever style most of the document's members are spelled in.
  case auto
  /// Exactly as the service reads them.
  case wire
  /// `contact_flow_id`, as the Ruby and Python SDKs spell them.
  case snake
  /// `contactFlowId`, as the Java and JavaScript worlds spell them.
  case camel

  /// How a member of the model is spelled in this style; `auto` spells as the wire does.
  package func spelling(of wireName: String) -> String {
    switch self {
    case .auto, .wire: wireName
    case .snake:
      Self.words(of: wireName).map { $0.lowercased() }.joined(separator: "_")
    case .camel:
      Self.words(of: wireName).enumerated()
        .map { $0.offset == 0 ? $0.element.lowercased() : $0.element }.joined()
    }
  }

  /// The words that a PascalCase or camelCase name is made of: `URLPath` has `URL` and `Path`.
  private static func words(of name: String) -> [String] {
    var words: [String] = []
    var current = ""
    let scalars = Array(name.unicodeScalars)
    for (index, scalar) in scalars.enumerated() {
      let next = index + 1 < scalars.count ? scalars[index + 1] : nil
      let previous = index > 0 ? scalars[index - 1] : nil
      let beginsWord =
        scalar.isUppercase && !(previous?.isUppercase ?? true)
        || scalar.isUppercase && (previous?.isUppercase ?? false)
          && next.map { !$0.isUppercase && $0 != "_" } ?? false
      if scalar == "_" || scalar == "-" {
        if !current.isEmpty { words.append(current) }
        current = ""
        continue
      }
      if beginsWord, !current.isEmpty {
        words.append(current)
        current = ""
      }
      current.unicodeScalars.append(scalar)
    }
    if !current.isEmpty { words.append(current) }
    return words
  }
}

extension Unicode.Scalar {
  fileprivate var isUppercase: Bool { ("A"..."Z").contains(self) }
}
