package import Documents
package import Findings

/// One rule, ready to run.
package struct PlanRule: Sendable {
  /// The rule's full id.
  package var id: RuleID
  /// The severity of its findings; nil for a rule that is off.
  package var severity: Severity?
  /// The selectors of the nodes that it checks.
  package var selectors: [Selector]
  /// The condition of `when`, if any.
  package var condition: Condition?
  /// The assertion of `then`.
  package var assertion: Condition
  /// The rule's own message; nil to use the keyword's.
  package var message: MessageTemplate?
  /// What the rule demands, for findings of expressions; nil where the pack does not say.
  package var summary: String?
  /// How a node is fixed; nil where there is no way, or where fixes were not asked for.
  package var fix: FixTemplate?
  /// Whether the rule's fix is safe, compiled or not; nil for a rule without one.
  package var fixIsSafe: Bool?

  /// Creates a rule.
  package init(
    id: RuleID, severity: Severity?, selectors: [Selector], condition: Condition?,
    assertion: Condition, message: MessageTemplate?, summary: String? = nil,
    fix: FixTemplate? = nil, fixIsSafe: Bool? = nil
  ) {
    self.id = id
    self.severity = severity
    self.selectors = selectors
    self.condition = condition
    self.assertion = assertion
    self.message = message
    self.summary = summary
    self.fix = fix
    self.fixIsSafe = fixIsSafe
  }
}

/// Which nodes a rule looks at.
package enum Selector: Sendable {
  /// A path of member names from the root; then, perhaps, each element or member value.
  case path([Symbol], thenEach: Bool)
  /// A query of another shape.
  case query(index: Int)
}

/// Something that holds of a value or does not.
package enum Condition: Sendable {
  /// A schema.
  case schema(SchemaID)
  /// An expression.
  case expression(index: Int)
}

/// A message with places for values.
package struct MessageTemplate: Sendable {
  /// A part of a message.
  package enum Part: Sendable {
    /// Text as it is.
    case text(String)
    /// The value of an expression.
    case expression(index: Int)
  }

  /// The parts in order.
  package var parts: [Part]

  /// Creates a template from its parts.
  package init(parts: [Part]) { self.parts = parts }

  /// The text of a template without places for values.
  var constant: String? {
    guard parts.count == 1, case .text(let text) = parts[0] else { return nil }
    return text
  }
}

/// A member by which the elements of some arrays are told apart.
package struct ArrayIdentity: Sendable {
  /// The arrays.
  package var arrays: Selector
  /// The member.
  package var member: MemberName

  /// Creates an identity.
  package init(arrays: Selector, member: MemberName) {
    self.arrays = arrays
    self.member = member
  }
}

/// Values that are never shown.
package enum SensitivePath: Sendable {
  /// What a plain path leads to; the last name is also guarded wherever else it stands.
  case path([Symbol])
  /// What a query selects; with the names that it ends in, and those of the innermost members that
  /// it goes through, for text in which nothing can be selected.
  case query(index: Int, last: [Symbol], innermost: [Symbol])
}
