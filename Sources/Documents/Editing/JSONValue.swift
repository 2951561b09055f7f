/// A JSON value that may be put together anew from parts of a document.
///
/// What stays as it is stays a place in the document, so that it keeps its spelling.
package enum JSONValue: Sendable {
  /// A value of the document.
  case node(NodeID)
  /// The value `null`.
  case null
  /// `true` or `false`.
  case boolean(Bool)
  /// A number as its JSON text.
  case number([UInt8])
  /// A string as its UTF-8 bytes, decoded.
  case string([UInt8])
  /// An array.
  case array([JSONValue])
  /// An object; `origin` is the object of the document that it was made from, if there is one.
  case object([Member], origin: NodeID? = nil)

  /// A member of an object.
  package struct Member: Sendable {
    /// The name by which rules know the member.
    package var name: [UInt8]
    /// The node of the name, where the member is one of the document.
    package var origin: NodeID?
    /// The value.
    package var value: JSONValue

    /// Creates a member.
    package init(name: [UInt8], origin: NodeID? = nil, value: JSONValue) {
      self.name = name
      self.origin = origin
      self.value = value
    }
  }

  /// A copy of a value of another document.
  ///
  /// Recursion is as deep as the value nests, which the document's reader limits.
  package init(copying node: NodeID, of document: Document) {
    switch document.kind(of: node) {
    case .null, .absent: self = .null
    case .boolean: self = .boolean(document.isTrue(node))
    case .number: self = .number(Array(document.utf8(of: node)))
    case .string, .name: self = .string(Array(document.utf8(of: node)))
    case .array:
      self = .array(document.elements(of: node).map { JSONValue(copying: $0, of: document) })
    case .object:
      self = .object(
        document.members(of: node).map {
          Member(
            name: Array(document.utf8(of: $0.name)),
            value: JSONValue(copying: $0.value, of: document))
        })
    }
  }
}

/// A request whose values can be put together anew, with the names that rules know members by.
package struct ValueTree: Sendable {
  /// The request; its names are bound to `symbols`.
  package let request: Request
  /// The document that it is in.
  package var document: Document { request.document }
  /// The names that rules and the model mention.
  package let symbols: SymbolTable
  /// How the request spells a member that it does not have yet, by the name that rules know.
  package var spelling: (@Sendable ([UInt8]) -> [UInt8])?

  /// Creates a tree.
  package init(_ request: Request, symbols: SymbolTable = SymbolTable()) {
    self.request = request
    self.symbols = symbols
  }

  /// The name of a member as rules know it: the model's where the request spells it otherwise.
  package func name(of name: NodeID) -> [UInt8] {
    request.isRespelled(name)
      ? Array(symbols.bytes(of: request.symbol(of: name))) : Array(request.utf8(of: name))
  }

  /// The name of a new member in the request's own spelling.
  package func spelled(_ name: [UInt8]) -> [UInt8] { spelling.map { $0(name) } ?? name }

  /// The kind of a value; never `name` or `absent`.
  package func kind(of value: JSONValue) -> NodeKind {
    switch value {
    case .node(let node):
      switch request.kind(of: node) {
      case .name: .string
      case .absent: .null
      case .null, .boolean, .number, .string, .array, .object: request.kind(of: node)
      }
    case .null: .null
    case .boolean: .boolean
    case .number: .number
    case .string: .string
    case .array: .array
    case .object: .object
    }
  }

  /// The value with its own kind and text known; its children may still be places in the request.
  ///
  /// Members that do not count, such as explicit nulls, are left out, as they are for rules.
  package func expanded(_ value: JSONValue) -> JSONValue {
    guard case .node(let node) = value else { return value }
    switch request.kind(of: node) {
    case .null, .absent: return .null
    case .boolean: return .boolean(request.isTrue(node))
    case .number: return .number(Array(request.utf8(of: node)))
    case .string, .name: return .string(Array(request.utf8(of: node)))
    case .array: return .array(request.elements(of: node).map { .node($0) })
    case .object:
      return .object(
        request.members(of: node).map {
          JSONValue.Member(name: name(of: $0.name), origin: $0.name, value: .node($0.value))
        }, origin: node)
    }
  }

  /// How deep arrays and objects nest in a value; 0 for a scalar.
  func depth(of value: JSONValue) -> Int {
    switch value {
    case .node(let node):
      var ends: [Int] = []
      var depth = 0
      for index in node.index..<request.end(of: node) {
        while let end = ends.last, index >= end { ends.removeLast() }
        switch request.kind(of: NodeID(index)) {
        case .array, .object: ends.append(request.end(of: NodeID(index)))
        case .null, .boolean, .number, .string, .name, .absent: break
        }
        depth = max(depth, ends.count)
      }
      return depth
    case .null, .boolean, .number, .string: return 0
    case .array(let elements): return 1 + (elements.map { depth(of: $0) }.max() ?? 0)
    case .object(let members, _): return 1 + (members.map { depth(of: $0.value) }.max() ?? 0)
    }
  }

  /// How many nodes a value takes.
  func size(of value: JSONValue) -> Int {
    switch value {
    case .node(let node): request.end(of: node) - node.index
    case .null, .boolean, .number, .string: 1
    case .array(let elements): elements.reduce(1) { $0 + size(of: $1) }
    case .object(let members, _): members.reduce(1) { $0 + 1 + size(of: $1.value) }
    }
  }

  /// Whether two values are equal: numbers exactly, text by code points, members in any order.
  package func equal(_ left: JSONValue, _ right: JSONValue) -> Bool {
    if case .node(let one) = left, case .node(let other) = right, one == other { return true }
    switch (expanded(left), expanded(right)) {
    case (.null, .null): return true
    case (.boolean(let one), .boolean(let other)): return one == other
    case (.number(let one), .number(let other)):
      return ExactNumber(one[...]) == ExactNumber(other[...])
    case (.string(let one), .string(let other)): return one == other
    case (.array(let one), .array(let other)):
      return one.count == other.count && zip(one, other).allSatisfy { equal($0, $1) }
    case (.object(let one, _), .object(let other, _)):
      guard one.count == other.count else { return false }
      var values: [[UInt8]: JSONValue] = [:]
      for member in other { values[member.name] = member.value }
      return one.allSatisfy { member in
        values[member.name].map { equal(member.value, $0) } ?? false
      }
    default: return false
    }
  }
}
