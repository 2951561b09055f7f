package import SourceText

/// Changes of a JSON value, one after another (RFC 6902).
package struct JSONPatch: Sendable {
  /// One change.
  package struct Operation: Sendable {
    /// What is done.
    package var kind: Kind
    /// Where.
    package var path: JSONPointer
    /// Where the value comes from; of `move` and `copy` alone.
    package var from: JSONPointer?
    /// The value; of `add`, `replace` and `test` alone.
    package var value: JSONValue?

    /// Creates an operation.
    package init(
      _ kind: Kind, at path: JSONPointer, from: JSONPointer? = nil, value: JSONValue? = nil
    ) {
      self.kind = kind
      self.path = path
      self.from = from
      self.value = value
    }
  }

  /// What an operation does (RFC 6902, section 4).
  package enum Kind: String, Sendable, CaseIterable {
    case add, remove, replace, move, copy, test

    /// Whether the operation takes its value from a place.
    package var needsFrom: Bool { self == .move || self == .copy }
    /// Whether the operation brings a value along.
    package var needsValue: Bool { self == .add || self == .replace || self == .test }
  }

  /// The operations in order.
  package var operations: [Operation]

  /// Creates a patch.
  package init(_ operations: [Operation]) { self.operations = operations }

  /// The maximum number of operations in a patch.
  package static let operationLimit = 100
  /// How deep a patched value may nest.
  static let depthLimit = 1024
  /// How many nodes copies may add.
  static let copyLimit = 1_000_000
}

/// Why a patch does not apply; then nothing of it does (RFC 6902, section 5).
package struct JSONPatchError: Error {
  /// The place of the operation in its patch.
  package var operation: Int
  /// Why it cannot be done.
  package var reason: Reason

  /// Why an operation cannot be done.
  package enum Reason: Sendable {
    /// There is nothing at the place, or nothing that could have it.
    case noPlace
    /// The value differs from what it was tested for.
    case differs
    /// A value would be moved into itself, or the whole document taken away.
    case impossible
    /// The result would nest too deep or grow too large.
    case tooLarge
    /// The operation lacks a part.
    case incomplete
  }
}

extension JSONPatch {
  /// The value after all operations (RFC 6902, section 5).
  ///
  /// - Throws: the first operation that cannot be applied, with the reason.
  package func applied(
    to value: JSONValue, in tree: ValueTree
  ) throws(JSONPatchError) -> JSONValue {
    var value = value
    var copied = 0
    for (index, operation) in operations.enumerated() {
      do throws(JSONPatchError.Reason) {
        value = try apply(operation, to: value, in: tree, copied: &copied)
      } catch {
        throw JSONPatchError(operation: index, reason: error)
      }
    }
    return value
  }

  private func apply(
    _ operation: Operation, to root: JSONValue, in tree: ValueTree, copied: inout Int
  ) throws(JSONPatchError.Reason) -> JSONValue {
    let path = operation.path.tokens[...]
    switch operation.kind {
    case .add:
      guard let value = operation.value else { throw .incomplete }
      return try Self.changed(root, path, .add(value), tree)
    case .remove: return try Self.changed(root, path, .remove, tree)
    case .replace:
      guard let value = operation.value else { throw .incomplete }
      return try Self.changed(root, path, .replace(value), tree)
    case .test:
      guard let value = operation.value else { throw .incomplete }
      guard tree.equal(try Self.value(at: path, of: root, tree), value) else { throw .differs }
      return root
    case .copy:
      guard let from = operation.from else { throw .incomplete }
      let value = try Self.value(at: from.tokens[...], of: root, tree)
      copied += tree.size(of: value)
      guard copied <= Self.copyLimit else { throw .tooLarge }
      return try Self.changed(root, path, .add(value), tree)
    case .move:
      guard let from = operation.from else { throw .incomplete }
      let value = try Self.value(at: from.tokens[...], of: root, tree)
      if from == operation.path { return root }
      guard !operation.path.tokens.starts(with: from.tokens) else { throw .impossible }
      let without = try Self.changed(root, from.tokens[...], .remove, tree)
      return try Self.changed(without, path, .add(value), tree)
    }
  }

  private enum Change {
    case add(JSONValue)
    case remove
    case replace(JSONValue)
  }

  /// The value with a change made at a place; recursion is as deep as the place, which is bounded.
  private static func changed(
    _ root: JSONValue, _ path: ArraySlice<[UInt8]>, _ change: Change, _ tree: ValueTree
  ) throws(JSONPatchError.Reason) -> JSONValue {
    switch change {
    case .add(let value), .replace(let value):
      // No value that is already there reaches beyond the limit, so that the whole does not either.
      guard path.count + tree.depth(of: value) <= depthLimit else { throw .tooLarge }
    case .remove: guard path.count <= depthLimit else { throw .noPlace }
    }
    guard let token = path.first else {
      switch change {
      case .add(let value), .replace(let value): return value
      case .remove: throw .impossible
      }
    }
    return try changed(root, at: token, then: path.dropFirst(), change, tree)
  }

  private static func changed(
    _ container: JSONValue, at token: [UInt8], then rest: ArraySlice<[UInt8]>, _ change: Change,
    _ tree: ValueTree
  ) throws(JSONPatchError.Reason) -> JSONValue {
    switch tree.expanded(container) {
    case .array(var elements):
      let isAdding = if case .add = change { rest.isEmpty } else { false }
      let isEnd = isAdding && token == [UInt8(ascii: "-")]
      guard let index = isEnd ? elements.count : Document.arrayIndex(token),
        index < elements.count || isAdding && index == elements.count
      else { throw .noPlace }
      if let next = rest.first {
        elements[index] = try changed(
          elements[index], at: next, then: rest.dropFirst(), change, tree)
        return .array(elements)
      }
      switch change {
      case .add(let value): elements.insert(value, at: index)
      case .remove: elements.remove(at: index)
      case .replace(let value): elements[index] = value
      }
      return .array(elements)
    case .object(var members, let origin):
      // The last of two members of one name is the one that counts.
      let place = members.lastIndex { $0.name == token }
      if let next = rest.first {
        guard let place else { throw .noPlace }
        members[place].value = try changed(
          members[place].value, at: next, then: rest.dropFirst(), change, tree)
        return .object(members, origin: origin)
      }
      switch (change, place) {
      case (.add(let value), let place?), (.replace(let value), let place?):
        members[place].value = value
      case (.add(let value), nil): members.append(.init(name: token, value: value))
      case (.remove, let place?): members.remove(at: place)
      case (.remove, nil), (.replace, nil): throw .noPlace
      }
      return .object(members, origin: origin)
    case .node, .null, .boolean, .number, .string: throw .noPlace
    }
  }

  private static func value(
    at path: ArraySlice<[UInt8]>, of root: JSONValue, _ tree: ValueTree
  ) throws(JSONPatchError.Reason) -> JSONValue {
    var value = root
    for token in path {
      switch tree.expanded(value) {
      case .array(let elements):
        guard let index = Document.arrayIndex(token), index < elements.count else {
          throw .noPlace
        }
        value = elements[index]
      case .object(let members, _):
        guard let member = members.last(where: { $0.name == token }) else { throw .noPlace }
        value = member.value
      case .node, .null, .boolean, .number, .string: throw .noPlace
      }
    }
    return value
  }
}

extension JSONPatchError.Reason: Error {}
