package import Documents

/// What a keyword asserts that has no instruction of its own: how a value satisfies it, and what is wrong
/// with one that does not.
///
/// For keywords that need no tables of the plan: it is declared with the keyword and takes no case of
/// `Instruction`. A call costs about as much as ten small instructions, so a keyword that applies to most
/// values of a request should be an instruction instead.
package struct CustomAssertion: Sendable {
  /// The keyword, as packs write it.
  package let keyword: String
  /// The types of values that it says something of; any other value satisfies it.
  ///
  /// Empty for any type.
  package let types: TypeSet
  /// What a value does that satisfies it, such as `has no empty line`; nil where that takes many words.
  let phrase: String?
  /// Whether a value of these types satisfies it, in time linear in the value.
  let holds: @Sendable (NodeID, Request) -> Bool
  /// What is wrong with a value that does not, without a full stop.
  ///
  /// The last argument is the value as messages show it; nothing else of the value may be quoted, since
  /// it may be sensitive.
  let message: @Sendable (NodeID, Request, _ shown: String) -> String

  /// Declares an assertion.
  package init(
    _ keyword: String, of types: TypeSet, phrase: String? = nil,
    holds: @escaping @Sendable (NodeID, Request) -> Bool,
    message: @escaping @Sendable (NodeID, Request, _ shown: String) -> String
  ) {
    self.keyword = keyword
    self.types = types
    self.phrase = phrase
    self.holds = holds
    self.message = message
  }
}

extension CustomAssertion {
  /// The keyword and the types that it is about; nil where it is about any value.
  var subject: (keyword: String, types: TypeSet)? { types.isEmpty ? nil : (keyword, types) }
}

extension SchemaChecker {
  /// Whether a value satisfies an assertion without an instruction of its own.
  @inline(never)
  mutating func customHolds(_ index: Int, _ node: NodeID, in request: Request) -> Bool {
    let assertion = program.customAssertions[index]
    guard assertion.types.isEmpty || !assertion.types.isDisjoint(with: request.type(of: node))
    else { return true }
    addParsing(of: node, in: request)
    return assertion.holds(node, request)
  }
}
