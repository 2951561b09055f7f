import Documents

// The lists and sets extensions.

extension CELEvaluator {
  mutating func list(
    _ function: CELFunction, _ arguments: Arguments, _ document: Document, _ symbols: SymbolTable
  ) throws(Fault) -> CELValue {
    if function == .range {
      let count = try integerArgument(arguments.first, document)
      if count <= 0 { return .list(CELList([])) }
      if count > costLimit / 4 { throw fault(.costLimit) }
      try charge(Int(count) * 4)
      return .list(CELList((0..<count).map { .integer($0) }))
    }
    guard let elements = try elements(of: arguments.first, document) else {
      throw fault(.unsupported)
    }
    switch function {
    case .reverse: return .list(CELList(elements.reversed()))
    case .slice: return try slice(elements, arguments, document)
    case .flatten:
      let depth = arguments.count == 2 ? try integerArgument(arguments.second, document) : 1
      if depth < 0 { throw fault(.invalid(.negativeDepth)) }
      var result: [CELValue] = []
      try flatten(elements, depth, into: &result, document)
      return .list(CELList(result))
    case .distinct:
      var result = ValueSet()
      for element in elements { _ = try insert(element, into: &result, document, symbols) }
      return .list(CELList(result.values))
    case .sort: return try sorted(elements, by: elements, document, symbols)
    case .sortByKeys:
      guard let keys = try self.elements(of: arguments.second, document),
        keys.count == elements.count
      else { throw fault(.unsupported) }
      return try sorted(elements, by: keys, document, symbols)
    case .setContains, .setEquivalent, .setIntersects:
      guard let others = try self.elements(of: arguments.second, document) else {
        throw fault(.unsupported)
      }
      return .boolean(try compareSets(function, elements, others, document, symbols))
    default: throw fault(.unsupported)
    }
  }

  private mutating func slice(
    _ elements: [CELValue], _ arguments: Arguments, _ document: Document
  ) throws(Fault) -> CELValue {
    let start = try integerArgument(arguments.second, document)
    let end = try integerArgument(arguments.third, document)
    for index in [start, end] where index < 0 || index > elements.count {
      throw fault(.indexOutOfRange(index, count: elements.count))
    }
    if end < start { throw fault(.invalid(.substringRange)) }
    return .list(CELList(Array(elements[Int(start)..<Int(end)])))
  }

  /// Recursion is as deep as the lists nest, which is limited.
  private mutating func flatten(
    _ elements: [CELValue], _ depth: Int64, into result: inout [CELValue], _ document: Document
  ) throws(Fault) {
    for element in elements {
      try charge(1)
      if depth > 0, element.isList(in: document) {
        try flatten(
          try self.elements(of: element, document) ?? [], depth - 1, into: &result, document)
      } else {
        result.append(element)
      }
    }
  }

  /// Sorts by keys of one kind, which keep the order of those that are equal: a merge sort, since
  /// comparing can fail.
  private mutating func sorted(
    _ elements: [CELValue], by keys: [CELValue], _ document: Document, _ symbols: SymbolTable
  ) throws(Fault) -> CELValue {
    if let first = keys.first {
      let kind = first.kind(in: document).orderedKind
      for key in keys where key.kind(in: document).orderedKind != kind {
        throw fault(.invalid(.mixedList))
      }
      _ = try order(first, first, document, symbols)
    }
    var indices = Array(keys.indices)
    var buffer = indices
    var width = 1
    while width < indices.count {
      var start = 0
      while start < indices.count {
        let middle = min(start + width, indices.count)
        let end = min(start + 2 * width, indices.count)
        var left = start
        var right = middle
        for place in start..<end {
          var takesLeft = right >= end
          if left < middle, right < end {
            try charge(1)
            takesLeft =
              try order(keys[indices[left]], keys[indices[right]], document, symbols) ?? 0 <= 0
          }
          buffer[place] = takesLeft ? indices[left] : indices[right]
          if takesLeft { left += 1 } else { right += 1 }
        }
        start = end
      }
      swap(&indices, &buffer)
      width *= 2
    }
    return .list(CELList(indices.map { elements[$0] }))
  }

  private mutating func compareSets(
    _ function: CELFunction, _ left: [CELValue], _ right: [CELValue], _ document: Document,
    _ symbols: SymbolTable
  ) throws(Fault) -> Bool {
    switch function {
    case .setIntersects:
      let others = try set(of: right, document, symbols)
      for element in left
      where try position(of: element, in: others, document, symbols) != nil {
        return true
      }
      return false
    case .setEquivalent:
      let others = try set(of: right, document, symbols)
      for element in left
      where try position(of: element, in: others, document, symbols) == nil {
        return false
      }
    default: break
    }
    let own = try set(of: left, document, symbols)
    for element in right where try position(of: element, in: own, document, symbols) == nil {
      return false
    }
    return true
  }

  private mutating func set(
    of elements: [CELValue], _ document: Document, _ symbols: SymbolTable
  ) throws(Fault) -> ValueSet {
    var set = ValueSet()
    for element in elements { _ = try insert(element, into: &set, document, symbols) }
    return set
  }
}

extension CELKind {
  /// The type that values are ordered with: numbers of all types are ordered with one another.
  fileprivate var orderedKind: CELKind {
    switch self {
    case .unsigned, .double: .integer
    default: self
    }
  }
}
