/// A draft of JSON Schema; the raw value is the URI of its meta-schema, without fragment.
package enum Draft: String, Sendable, CaseIterable {
  /// Draft-07 of 2018.
  case draft7 = "http://json-schema.org/draft-07/schema"
  /// Draft 2019-09.
  case draft2019 = "https://json-schema.org/draft/2019-09/schema"
  /// Draft 2020-12, by which a schema is read that says nothing else.
  case draft2020 = "https://json-schema.org/draft/2020-12/schema"

  /// The name that people know it by.
  package var name: String {
    switch self {
    case .draft7: "draft-07"
    case .draft2019: "2019-09"
    case .draft2020: "2020-12"
    }
  }

  /// The draft that a `$schema` without fragment names; `http` and `https` mean the same.
  init?(uri: String) {
    let rest = { (uri: String) in uri.utf8.drop { $0 != UInt8(ascii: ":") } }
    guard uri.utf8.starts(with: "http".utf8),
      let draft = Self.allCases.first(where: { rest($0.rawValue).elementsEqual(rest(uri)) })
    else { return nil }
    self = draft
  }

  /// The vocabularies that its meta-schema declares, or would: `format` is left to our own default.
  var vocabularies: Set<Vocabulary> { Self.usualVocabularies }

  private static let usualVocabularies = Set(Vocabulary.allCases).subtracting([.formatAssertion])
}

/// A vocabulary of JSON Schema, by the last part of its URI.
enum Vocabulary: String, Sendable, CaseIterable {
  case core, applicator, unevaluated, validation, content
  case metaData = "meta-data"
  case formatAnnotation = "format-annotation"
  case formatAssertion = "format-assertion"
  case format
  /// Our own keywords, which no meta-schema can switch off.
  case requisite

  /// What a vocabulary's URI stands for; nothing where nobody here knows it.
  static func named(_ uri: String) -> Set<Vocabulary> {
    for draft in ["2019-09", "2020-12"] {
      let start = "https://json-schema.org/draft/\(draft)/vocab/"
      guard uri.utf8.starts(with: start.utf8),
        let known = Vocabulary(rawValue: String(uri.dropFirst(start.count))), known != .requisite
      else { continue }
      // Before 2020-12, what is now `unevaluated` was part of the applicators.
      return known == .applicator && draft == "2019-09" ? [known, .unevaluated] : [known]
    }
    return []
  }

  /// Whether the vocabulary is one of those that `format` is part of.
  var isOfFormats: Bool { self == .format || self == .formatAnnotation || self == .formatAssertion }
}
