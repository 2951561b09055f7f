import Documents
import Evaluation

extension Keyword {
  /// `contentMediaType` (JSON Schema 2020-12 validation, section 8.4).
  static let contentMediaType = Keyword(
    name: "contentMediaType", summary: "The string holds a document of this type, encoded and structured as the keywords beside it say.",
    vocabulary: .content, types: .string
  ) { use, compiler in
    guard let type = compiler.string(use), compiler.assertsFormats else { return }
    let encoding = compiler.sibling("contentEncoding", of: use).flatMap { compiler.string($0) }
    let essence = type.split(separator: ";").first.map { $0.lowercased() } ?? ""
    let isJSON = essence == "application/json" || essence.hasSuffix("+json")
    let schema = compiler.sibling("contentSchema", of: use).map { compiler.schema(at: $0.value) }
    compiler.plan.contents.append(
      Content(isBase64: encoding == "base64", isJSON: isJSON, schema: schema))
    compiler.emit(.content(index: compiler.plan.contents.count - 1))
  }
}
