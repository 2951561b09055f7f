package import Documents

/// How a node is fixed: a JSON Patch whose values and places may be expressions.
package struct FixTemplate: Sendable {
  /// What the fix does, for people.
  package var description: String
  /// Whether the fix changes nothing that anybody could have meant otherwise.
  package var isSafe: Bool
  /// The operations in order.
  package var operations: [Operation]

  /// One operation (RFC 6902, section 4).
  package struct Operation: Sendable {
    /// What is done.
    package var kind: JSONPatch.Kind
    /// Where, as the text of a pointer; what an expression gives in it is one token's text.
    package var path: MessageTemplate
    /// Where the value comes from.
    package var from: MessageTemplate?
    /// The value.
    package var value: ValueTemplate?

    /// Creates an operation.
    package init(
      _ kind: JSONPatch.Kind, path: MessageTemplate, from: MessageTemplate?, value: ValueTemplate?
    ) {
      self.kind = kind
      self.path = path
      self.from = from
      self.value = value
    }
  }

  /// A value with places for others.
  package enum ValueTemplate: Sendable {
    /// A value of the pack.
    case constant(JSONValue)
    /// The value of an expression, with its type.
    case expression(index: Int)
    /// A string with values of expressions in it.
    case text(MessageTemplate)
    /// An array.
    case array([ValueTemplate])
    /// An object.
    case object([(name: [UInt8], value: ValueTemplate)])
  }

  /// Creates a template.
  package init(description: String, isSafe: Bool, operations: [Operation]) {
    self.description = description
    self.isSafe = isSafe
    self.operations = operations
  }
}

/// What can be fixed of a document, as a failure knows it.
package enum FixSource: Sendable, Hashable {
  /// A node of which the rule at an index of the plan does not hold.
  case rule(index: Int, node: NodeID)
  /// A name that is to be spelled another way.
  case respelling(name: NodeID, expected: String)
  /// A member that should not be there.
  case surplus(name: NodeID, isSafe: Bool)
}

/// The fix of one failure, its expressions evaluated.
package struct EvaluatedFix: Sendable {
  /// What it does, for people.
  package var description: String
  /// Whether it changes nothing that anybody could have meant otherwise.
  package var isSafe: Bool
  /// What changes.
  package var change: Change
  /// Whether it may be shown: nothing of it was computed from what must not be.
  package var isTellable: Bool

  /// What changes of a document.
  package enum Change: Sendable {
    /// Another value in the place of a node.
    case value(NodeID, JSONValue)
    /// Another name for a member.
    case rename(NodeID, [UInt8])
    /// A member less.
    case remove(memberNamed: NodeID)
  }
}
