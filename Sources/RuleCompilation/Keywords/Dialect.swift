import Documents
import Evaluation
import SourceText

extension Keyword {
  /// `$schema` (JSON Schema 2020-12 core, section 8.1.1).
  ///
  /// Which draft it names was found when resources were; here it is only reported where none is known.
  static let dialect = Keyword(
    name: "$schema", summary: "The draft or meta-schema of the schema.",
    vocabulary: .core,
    value: .plainString
  ) { use, compiler in
    guard compiler.isStrict, let text = compiler.string(use) else { return }
    let uri = URIReference.splitFragment(text).uri
    guard let unknown = compiler.resources.unknownVocabularies(ofMetaSchema: uri) else {
      let drafts = Draft.allCases.map(\.rawValue)
      let nearest = NearestName.nearest(to: uri, among: drafts)
      compiler.mistake(
        "schema/unknown-dialect",
        nearest.map { "unknown meta-schema \"\(text)\"; did you mean \"\($0)\"?" }
          ?? "unknown meta-schema \"\(text)\"; supported: \(drafts.joined(separator: ", "))",
        at: use.value)
      return
    }
    for vocabulary in unknown {
      compiler.mistake(
        "schema/unknown-vocabulary",
        "unsupported vocabulary \"\(vocabulary)\", which the meta-schema requires",
        at: use.value)
    }
  }
}
