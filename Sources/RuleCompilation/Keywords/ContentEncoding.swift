import Documents
import Evaluation
import Findings

extension Keyword {
  /// `contentEncoding` (JSON Schema 2020-12 validation, section 8.3).
  static let contentEncoding = Keyword(
    name: "contentEncoding", summary: "The string has this encoding; only base64 is checked.",
    vocabulary: .content, types: .string,
    value: .string, mutation: .drop,
    rule: Rule(
      "A string that holds encoded content is valid base64.",
      help: "Encode the content as base64 (RFC 4648), with padding."),
    cases: [
      .init(#"{"contentEncoding": "base64"}"#, valid: [#""YQ==""#, "1"], invalid: [#""%%""#])
    ]
  ) { use, compiler in
    // With a media type beside it, that keyword looks at what is encoded, too.
    guard compiler.assertsContents, compiler.sibling("contentMediaType", of: use) == nil else {
      return
    }
    if compiler.encoding(use) == .base64 {
      compiler.emitContent(isBase64: true, isJSON: false, schema: nil)
    }
  }
}

/// An encoding of bytes in a string.
enum ContentEncoding {
  /// RFC 4648, section 4.
  case base64
  /// One that is not looked into.
  case unknown
}

extension SchemaCompiler {
  /// The encoding that a `contentEncoding` names; nil where the text stands for itself.
  mutating func encoding(_ use: KeywordUse) -> ContentEncoding? {
    guard let name = string(use) else { return nil }
    switch name.lowercased() {
    case "base64": return .base64
    // RFC 2045, section 6.2: these leave the text as it is.
    case "7bit", "8bit", "binary": return nil
    default:
      if isStrict {
        mistake(
          "schema/unknown-encoding",
          "unsupported contentEncoding \"\(name)\", so the content is not checked; supported: base64",
          at: use.value,
          severity: .warning)
      }
      return .unknown
    }
  }

  /// Adds the instruction to look into a string.
  mutating func emitContent(isBase64: Bool, isJSON: Bool, schema: SchemaID?) {
    plan.program.contents.append(Content(isBase64: isBase64, isJSON: isJSON, schema: schema))
    emit(.content(index: plan.program.contents.count - 1))
  }
}
