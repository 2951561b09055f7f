package import Documents
package import Findings

extension RulePack {
  /// One entry of `rules`: a rule, or those parts of an inherited rule that are to be others.
  package struct Rule: Sendable {
    /// The rule's name within the pack, in kebab-case; its node is the name in the file.
    ///
    /// An inherited rule may be named in full; `schema/KEYWORD` is a rule of the request's model.
    package let name: Located<String>
    /// The text of `description`: what the rule demands.
    package let description: NodeID?
    /// How much the rule's findings matter; an error where a rule does not say.
    package let severity: Located<RuleSeverity>?
    /// The operations that the rule is about, of those that the pack inherits; empty for all.
    package let requests: [Located<String>]
    /// JSONPaths of the nodes that the rule is about, never empty.
    ///
    /// A rule that gives none is about the request itself, `$`.
    package internal(set) var given: [Located<String>]?
    /// Under which condition a node is looked at; nil for always.
    package internal(set) var when: Condition?
    /// What must hold of a node; nil in an entry for an inherited rule.
    package internal(set) var then: Condition?
    /// What the user is shown: text with `{{ CEL }}` in it.
    package let message: Located<String>?
    /// The text of `help`, in Markdown.
    package let help: NodeID?
    /// The text of `url`, an absolute URL.
    package let url: NodeID?
    /// The texts of `tags`.
    package let tags: [NodeID]
    /// How a node of which the rule does not hold is fixed.
    package let fix: Fix?
    /// Requests that show the rule, in the order of the file.
    package let examples: [Example]
  }

  /// How much a rule's findings matter, or that it is not run.
  package enum RuleSeverity: String, Sendable, CaseIterable {
    case error, warning, info, off

    /// The severity of the rule's findings; nil for a rule that is off.
    package var findingSeverity: Severity? {
      switch self {
      case .error: .error
      case .warning: .warning
      case .info: .info
      case .off: nil
      }
    }
  }

  /// What may hold of a node or not.
  package enum Condition: Sendable {
    /// A JSON Schema: the node is a mapping or a boolean.
    case schema(NodeID)
    /// The text of a CEL expression.
    case expression(Located<String>)

    /// Where the condition stands.
    package var node: NodeID {
      switch self {
      case .schema(let node): node
      case .expression(let text): text.node
      }
    }
  }

  /// A rule's name as the beginning of a sentence: `attributes-size` is `Attributes size`.
  static func words(ofName name: String) -> String {
    let words = name.split(separator: "-").joined(separator: " ")
    return words.prefix(1).uppercased() + words.dropFirst()
  }
}
