import Evaluation

/// A keyword of JSON Schema that packs can use, as `requisite list keywords` documents it.
package struct SupportedKeyword: Sendable {
  /// The name, as schemas write it.
  package let name: String
  /// The types of values that it applies to; empty for any type.
  package let types: [String]
  /// The drafts of JSON Schema that have it, oldest first; empty for the program's own keywords.
  package let drafts: [String]
  /// Its meaning, in one sentence.
  package let summary: String

  /// All keywords, by name.
  package static let all: [SupportedKeyword] = KeywordList.all.map { keyword in
    SupportedKeyword(
      name: keyword.name,
      types: TypeSet.named.filter { keyword.types.contains($0.type) }.map(\.name),
      drafts: keyword.vocabulary == .requisite
        ? [] : Draft.allCases.filter(keyword.drafts.contains).map(\.name),
      summary: keyword.summary)
  }
  .sorted { $0.name.utf8.lexicographicallyPrecedes($1.name.utf8) }
}
