import SourceText

/// The index of an expression in its syntax tree.
typealias ExpressionID = Int

/// A name in the text with its place.
struct Name: Sendable {
  var text: String
  var range: TextRange
}

/// An expression as parsed: macros are expanded, operators are nodes of their own.
struct SyntaxTree: Sendable {
  /// Children come before their parents.
  private(set) var nodes: [SyntaxNode] = []

  subscript(_ id: ExpressionID) -> SyntaxNode { nodes[id] }

  /// Adds a node; throws where the tree would become too high.
  mutating func add(
    _ kind: SyntaxKind, _ range: TextRange, limit: Int
  ) throws(CELError) -> ExpressionID {
    var height = 0
    kind.forEachChild { height = max(height, nodes[$0].height) }
    if height >= limit { throw CELError(.tooDeep(limit: limit), range) }
    nodes.append(SyntaxNode(kind: kind, range: range, height: height + 1))
    return nodes.count - 1
  }
}

/// One expression.
struct SyntaxNode: Sendable {
  var kind: SyntaxKind
  /// The bytes of the whole expression.
  var range: TextRange
  /// How many levels of expressions it has.
  var height: Int
}

enum SyntaxKind: Sendable {
  case literal(CELValue)
  case identifier(Name, isAbsolute: Bool)
  case select(ExpressionID, Name, isOptional: Bool)
  /// `has(x.name)`.
  case presence(ExpressionID, Name, isOptional: Bool)
  case index(ExpressionID, ExpressionID, isOptional: Bool)
  case call(Name, target: ExpressionID?, [ExpressionID])
  case unary(UnaryOperator, ExpressionID)
  case binary(BinaryOperator, ExpressionID, ExpressionID, at: TextRange)
  /// A row of `&&`, or of `||`.
  case logical(isAnd: Bool, [ExpressionID])
  case conditional(ExpressionID, ExpressionID, ExpressionID)
  case list([ListItem])
  case map([MapItem])
  case object(String)
  case comprehension(Comprehension)
  /// `cel.bind(name, value, body)`.
  case binding(Name, ExpressionID, body: ExpressionID)
  /// `x.optMap(name, body)` and `x.optFlatMap(name, body)`.
  case optionalMap(ExpressionID, Name, body: ExpressionID, isFlat: Bool)
}

struct ListItem: Sendable {
  var value: ExpressionID
  var isOptional: Bool
}

struct MapItem: Sendable {
  var key: ExpressionID
  var value: ExpressionID
  var isOptional: Bool
}

/// A macro that goes through a list or a map.
struct Comprehension: Sendable {
  enum Kind: UInt8, Sendable {
    case all, exists, existsOne
    /// A list of the bodies' values.
    case list
    /// A list of the elements for which the filter holds.
    case filter
    /// A map of the keys to the bodies' values.
    case map
    /// A map of the entries of the maps that the bodies give.
    case entries
  }

  var kind: Kind
  var range: ExpressionID
  var first: Name
  var second: Name?
  var condition: ExpressionID?
  /// For `.filter`, the same expression as `condition`.
  var body: ExpressionID
}

enum UnaryOperator: String, Sendable {
  case not = "!"
  case negate = "-"
}

enum BinaryOperator: String, Sendable {
  case equal = "=="
  case notEqual = "!="
  case less = "<"
  case lessOrEqual = "<="
  case greater = ">"
  case greaterOrEqual = ">="
  case contains = "in"
  case add = "+"
  case subtract = "-"
  case multiply = "*"
  case divide = "/"
  case remainder = "%"

  /// Multiplication binds tightest; there are three levels.
  var precedence: Int {
    switch self {
    case .equal, .notEqual, .less, .lessOrEqual, .greater, .greaterOrEqual, .contains: 1
    case .add, .subtract: 2
    case .multiply, .divide, .remainder: 3
    }
  }
}

extension SyntaxKind {
  /// Calls `body` with each child.
  func forEachChild(_ body: (ExpressionID) -> Void) {
    switch self {
    case .literal, .identifier, .object: break
    case .select(let operand, _, _), .presence(let operand, _, _), .unary(_, let operand):
      body(operand)
    case .index(let left, let right, _), .binary(_, let left, let right, _),
      .binding(_, let left, let right), .optionalMap(let left, _, let right, _):
      body(left)
      body(right)
    case .call(_, let target, let arguments):
      if let target { body(target) }
      for argument in arguments { body(argument) }
    case .logical(_, let operands): for operand in operands { body(operand) }
    case .conditional(let condition, let first, let second):
      body(condition)
      body(first)
      body(second)
    case .list(let items): for item in items { body(item.value) }
    case .map(let items):
      for item in items {
        body(item.key)
        body(item.value)
      }
    case .comprehension(let comprehension):
      body(comprehension.range)
      if let condition = comprehension.condition { body(condition) }
      body(comprehension.body)
    }
  }
}
