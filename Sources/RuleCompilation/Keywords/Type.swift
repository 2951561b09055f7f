import Documents
import Evaluation
import SourceText

extension Keyword {
  /// `type` (JSON Schema 2020-12 validation, section 6.1.1).
  static let type = Keyword(
    name: "type", summary: "The value has this type, or one of these types.",
    value: .types, mutation: .types,
    rule: Rule(
      "Every value has the type that the model requires.",
      help:
        "A number in quotes is a string, and an explicit null is not a value: omit the member instead of writing null. Use the type that the message names."
    ),
    cases: [
      .init(#"{"type": "integer"}"#, valid: ["1", "1.0"], invalid: ["1.5", #""1""#]),
      .init(#"{"type": ["string", "null"]}"#, valid: [#""a""#, "null"], invalid: ["1"]),
    ]
  ) { use, compiler in
    let places =
      compiler.kind(of: use.value) == .array
      ? compiler.list(use, of: "types") ?? [] : [use.value]
    var types: TypeSet = []
    for place in places {
      if compiler.kind(of: place) == .null {
        compiler.mistake(
          "schema/bad-value", "write the type 'null' in quotes", at: place
        )
        continue
      }
      let name = compiler.kind(of: place) == .string ? compiler.text(of: place) : ""
      if let known = TypeSet.named.first(where: { $0.name == name }) {
        types.insert(known.type)
      } else {
        let names = TypeSet.named.map(\.name)
        let nearest = NearestName.nearest(to: name, among: names)
        compiler.mistake(
          "schema/bad-value",
          nearest.map { "unknown type \"\(name)\"; did you mean \"\($0)\"?" }
            ?? "type takes \(names.joined(separator: ", ")), or a list of them", at: place)
      }
    }
    compiler.emit(.types(types))
  }
}
