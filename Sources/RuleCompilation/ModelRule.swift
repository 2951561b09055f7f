package import Findings
package import RulePacks

/// A rule that every request's model brings along: one keyword of its schema.
package struct ModelRule: Sendable {
  /// The keyword; the rule is named `schema/` and this.
  package var keyword: String
  /// What it demands.
  package var summary: String
  /// Why, and how to fix it.
  package var help: String

  /// The word for the name of any pack: `PACK/schema/required`.
  package static let anyPack = "PACK"

  /// What people are told of the rule.
  package func description(
    inPack pack: String, severity: Severity?, url: String?
  ) -> RuleDescription {
    RuleDescription(
      id: RuleID(pack: pack, rule: "schema/\(keyword)"), severity: severity, summary: summary,
      help: help, url: url, tags: ["schema"])
  }

  /// A rule for every keyword that a finding of a model can have, sorted by keyword.
  ///
  /// `Plan.modelKeywords` says which of them one model can fail with.
  package static let all: [ModelRule] =
    (KeywordList.all.compactMap { keyword in
      keyword.rule.map { ModelRule(keyword: keyword.name, summary: $0.summary, help: $0.help) }
    } + [
      ModelRule(
        keyword: "casing",
        summary: "Members are spelled as the model spells them.",
        help:
          "The service compares member names exactly. This name differs from a member of the model only in letter case or separators; the other rules treat it as that member. Use the spelling in the message."
      ),
      ModelRule(
        keyword: "false",
        summary: "The request has no value where the model forbids one.",
        help: "Remove the value: the model allows no value here."
      ),
      ModelRule(
        keyword: limitKeyword,
        summary: "A request can be evaluated within the limits.",
        help:
          "The request is so large or so deeply nested that evaluation stopped. Not all rules were evaluated, so other problems may remain."
      ),
    ]).sorted { $0.keyword.utf8.lexicographicallyPrecedes($1.keyword.utf8) }

  /// The rules by keyword.
  package static let byKeyword: [String: ModelRule] = Dictionary(
    all.map { ($0.keyword, $0) }, uniquingKeysWith: { first, _ in first })

  /// The keyword of the rule that reports a request that could not be evaluated to its end; its
  /// severity cannot be overridden.
  package static let limitKeyword = "limit"
}

extension PackComposer {
  /// Composes packs; `settings` are values for parameters from outside of them, which win.
  package static func compose(
    _ members: [PackComposition.Member], roots: [Int], settings: [ParameterSetting] = []
  ) -> (composition: PackComposition, diagnostics: [Diagnostic]) {
    compose(
      members, roots: roots, settings: settings, modelKeywords: ModelRule.all.map(\.keyword),
      fixedKeyword: ModelRule.limitKeyword)
  }
}
