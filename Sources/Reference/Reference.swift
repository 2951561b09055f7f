import Baselines
import CEL
import RequisiteConfiguration
import Documents
import Evaluation
import Findings
import Formats
import JSONPath
import LanguageServer
import Linting
import PackTesting
import RequisitePatterns
import Reporting
import RuleCompilation
import RulePacks
import SourceText
import Suppressions
import YAML

/// The tables of what packs can use, what limits a run and which codes it reports, each made from the
/// program's own data.
package enum Reference {
  /// The keywords of JSON Schema.
  package static var keywords: ReferenceTable {
    ReferenceTable(
      ["keyword", "types", "drafts", "summary"],
      SupportedKeyword.all.map { keyword in
        [
          .text(keyword.name), .text(keyword.types.isEmpty ? "any" : words(keyword.types)),
          .text(keyword.drafts.isEmpty ? "requisite only" : words(keyword.drafts)),
          .text(keyword.summary),
        ]
      })
  }

  /// The values of the keyword `format`.
  package static var formats: ReferenceTable {
    let strings = StringFormat.allCases.map { ($0.rawValue, "string", $0.phrase) }
    let numbers = NumberFormat.allCases.map { ($0.rawValue, "number", $0.phrase) }
    return ReferenceTable(
      ["format", "type", "summary"],
      (strings + numbers).sorted { isBefore($0.0, $1.0) }.map { [.text($0), .text($1), .text($2)] })
  }

  /// The functions and macros of CEL.
  package static var functions: ReferenceTable {
    ReferenceTable(
      ["function", "signatures", "summary"],
      SupportedFunction.all.map { function in
        [.text(function.name), .list(function.signatures), .text(function.summary)]
      })
  }

  /// The limits of a run.
  package static var limits: ReferenceTable {
    let all =
      LintingLimits.all + LanguageServerLimits.all + DocumentLimits.all + YAMLLimits.all
      + EvaluationLimits.all
      + CELLimits.all + JSONPathLimits.all + PatternLimits.all + CompilationLimits.all
      + PackLimits.all + SuppressionLimits.all + BaselineLimits.all
      + PackTestLimits.all + ReportLimits.all
    return ReferenceTable(
      ["limit", "value", "unit", "option", "beyond"],
      all.map { limit in
        [
          .text(limit.name), .number(limit.value), .text(limit.unit), .text(limit.option ?? ""),
          .text(limit.consequence),
        ]
      })
  }

  /// The codes of diagnostics, and the ids of the rules that every pack has.
  package static var codes: ReferenceTable {
    let diagnostics = DiagnosticCode.all.map { ($0.code, "diagnostic", $0.summary) }
    let syntaxRules = ReadingRule.descriptions.map { ($0.id.description, "rule", $0.summary) }
    let modelRules = ModelRule.all.map {
      ("\(ModelRule.anyPack)/schema/\($0.keyword)", "rule", $0.summary)
    }
    return ReferenceTable(
      ["code", "kind", "summary"],
      ((diagnostics + syntaxRules).sorted { isBefore($0.0, $1.0) } + modelRules)
        .map { [.text($0), .text($1), .text($2)] })
  }

  private static func isBefore(_ left: String, _ right: String) -> Bool {
    left.utf8.lexicographicallyPrecedes(right.utf8)
  }

  private static func words(_ words: [String]) -> String { words.joined(separator: ", ") }
}
