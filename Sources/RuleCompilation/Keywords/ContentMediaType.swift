import Documents
import Evaluation

extension Keyword {
  /// `contentMediaType` (JSON Schema 2020-12 validation, section 8.4).
  static let contentMediaType = Keyword(
    name: "contentMediaType",
    summary:
      "The string holds a document of this type, encoded and structured as the keywords beside it say.",
    vocabulary: .content, types: .string,
    value: .string, mutation: .drop,
    rule: Rule(
      "A string that holds JSON is valid JSON.",
      help: "Correct the JSON text inside the string; the message says where it is malformed."),
    cases: [
      .init(
        #"{"contentMediaType": "application/json"}"#, valid: [#""[1]""#, "1"], invalid: [#""[1""#])
    ]
  ) { use, compiler in
    guard let type = compiler.string(use), compiler.assertsContents else { return }
    let essence = type.split(separator: ";").first.map { $0.lowercased() } ?? ""
    let isJSON = essence == "application/json" || essence.hasSuffix("+json")
    let encoding = compiler.sibling("contentEncoding", of: use).flatMap { compiler.encoding($0) }
    let schema = compiler.sibling("contentSchema", of: use).map { compiler.schema(at: $0.value) }
    switch encoding {
    case .unknown?: break
    case nil: compiler.emitContent(isBase64: false, isJSON: isJSON, schema: schema)
    case .base64?: compiler.emitContent(isBase64: true, isJSON: isJSON, schema: schema)
    }
  }
}
