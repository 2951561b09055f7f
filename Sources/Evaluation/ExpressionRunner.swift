import CEL
import Documents
import JSONPath

/// Runs a plan's expressions and queries on one request.
struct ExpressionRunner: ~Copyable {
  /// What an expression says of a node.
  enum Verdict {
    case isTrue
    case isFalse
    /// It could not be evaluated; why, in words.
    case fails(String)
  }
  private let plan: Plan
  init(plan: Plan) { self.plan = plan }
  mutating func reset() {}
  mutating func select(_ query: Int, in document: Document) -> [NodeID]? { [] }
  mutating func condition(_ index: Int, _ node: NodeID, in document: Document) -> Verdict { .isTrue }
  mutating func assertion(_ index: Int, _ node: NodeID, in document: Document) -> Verdict { .isTrue }
  mutating func reasons(for index: Int, _ node: NodeID, in document: Document) -> [NodeID] { [] }
  mutating func text(_ template: MessageTemplate, _ failure: Failure, node: NodeID, in document: Document, values: ValueText) -> String { "" }
  mutating func sensitiveNodes(in document: Document) -> [NodeID] { [] }
}
