package import Documents

extension RulePack {
  /// How a node of which a rule does not hold is fixed: a JSON Patch relative to the node.
  package struct Fix: Sendable {
    /// The field's name in the file.
    package let node: NodeID
    /// The text of `description`: what the fix does, for people.
    package let description: NodeID?
    /// Whether the fix changes nothing that anybody could have meant otherwise.
    package let isSafe: Bool
    /// What is done, in order; never empty but in a pack with errors.
    package let operations: [FixOperation]
  }

  /// One operation of a fix (RFC 6902, section 4); texts may hold `{{ CEL }}`.
  package struct FixOperation: Sendable {
    /// The operation's mapping.
    package let node: NodeID
    /// What is done.
    package let kind: JSONPatch.Kind
    /// Where, as a JSON Pointer from the rule's node.
    package let path: Located<String>
    /// Where the value comes from; of `move` and `copy` alone.
    package let from: Located<String>?
    /// The value; of `add`, `replace` and `test` alone.
    package let value: NodeID?
  }
}
