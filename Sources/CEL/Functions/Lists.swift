import Documents

// The lists extension.

extension CELFunction {
  static let slice = CELFunction(
    "slice", "The elements from an index up to another one.",
    [.member([.listOfA, .integer, .integer], .listOfA)],
    cases: ["[1, 2, 3, 4].slice(1, 3) == [2, 3]", "[1].slice(1, 1) == []"]
  ) { evaluator, arguments, request, _ throws(Fault) in
    let elements = try evaluator.listElements(arguments.first, request)
    return try evaluator.slice(elements, arguments, request)
  }

  static let flatten = CELFunction(
    "flatten", "The elements of the lists in the list, one level or as many as given.",
    [
      .member([.list(.listOfA)], .listOfA), .member([.list(.dyn)], .list(.dyn)),
      .member([.list(.dyn), .integer], .list(.dyn)),
    ],
    cases: [
      "[[1], [2, 3]].flatten() == [1, 2, 3]", "[1, [2, [3]]].flatten() == [1, 2, [3]]",
      "[1, [2, [3]]].flatten(2) == [1, 2, 3]",
    ]
  ) { evaluator, arguments, request, _ throws(Fault) in
    let elements = try evaluator.listElements(arguments.first, request)
    let depth =
      arguments.count == 2 ? try evaluator.integerArgument(arguments.second, request) : 1
    if depth < 0 { throw evaluator.fault(.invalid(.negativeDepth)) }
    var result: [CELValue] = []
    try evaluator.flatten(elements, depth, into: &result, request)
    return .list(CELList(result))
  }

  static let sort = CELFunction(
    "sort", "The elements in ascending order.",
    [.member([.listOfA], .listOfA)],
    cases: ["[3, 1, 2].sort() == [1, 2, 3]", "['b', 'a'].sort() == ['a', 'b']", "[].sort() == []"]
  ) { evaluator, arguments, request, symbols throws(Fault) in
    let elements = try evaluator.listElements(arguments.first, request)
    return try evaluator.sorted(elements, by: elements, request, symbols)
  }

  /// What the macro `sortBy` calls, with the list of the keys.
  static let sortByKeys = CELFunction(
    "@sortBy", "The elements in ascending order of their keys.",
    [.member([.listOfA, .list(.b)], .listOfA)],
    cases: ["['bb', 'a', 'cc'].sortBy(s, size(s)) == ['a', 'bb', 'cc']"]
  ) { evaluator, arguments, request, symbols throws(Fault) in
    let elements = try evaluator.listElements(arguments.first, request)
    let keys = try evaluator.listElements(arguments.second, request)
    guard keys.count == elements.count else { throw evaluator.fault(.unsupported) }
    return try evaluator.sorted(elements, by: keys, request, symbols)
  }

  static let distinct = CELFunction(
    "distinct", "The elements without repetitions.",
    [.member([.listOfA], .listOfA)],
    cases: ["[1, 2, 1, 1.0].distinct() == [1, 2]"]
  ) { evaluator, arguments, request, symbols throws(Fault) in
    let elements = try evaluator.listElements(arguments.first, request)
    return .list(CELList(try evaluator.set(of: elements, request, symbols).values))
  }

  static let range = CELFunction(
    "lists.range", "The integers from 0 up to the argument, without it.",
    [.global([.integer], .list(.integer))],
    cases: ["lists.range(3) == [0, 1, 2]", "lists.range(-1) == []"]
  ) { evaluator, arguments, request, _ throws(Fault) in
    let count = try evaluator.integerArgument(arguments.first, request)
    if count <= 0 { return .list(CELList([])) }
    if count > evaluator.costLimit / 4 { throw evaluator.fault(.costLimit) }
    try evaluator.charge(Int(count) * 4)
    return .list(CELList((0..<count).map { .integer($0) }))
  }
}

extension CELEvaluator {
  fileprivate mutating func slice(
    _ elements: [CELValue], _ arguments: Arguments, _ request: Request
  ) throws(Fault) -> CELValue {
    let start = try integerArgument(arguments.second, request)
    let end = try integerArgument(arguments.third, request)
    for index in [start, end] where index < 0 || index > elements.count {
      throw fault(.indexOutOfRange(index, count: elements.count))
    }
    if end < start { throw fault(.invalid(.substringRange)) }
    return .list(CELList(Array(elements[Int(start)..<Int(end)])))
  }

  /// Recursion is as deep as the lists nest, which is limited.
  fileprivate mutating func flatten(
    _ elements: [CELValue], _ depth: Int64, into result: inout [CELValue], _ request: Request
  ) throws(Fault) {
    for element in elements {
      try charge(1)
      if depth > 0, element.isList(in: request) {
        try flatten(
          try self.elements(of: element, request) ?? [], depth - 1, into: &result, request)
      } else {
        result.append(element)
      }
    }
  }

  /// Sorts by keys of one kind, which keep the order of those that are equal: a merge sort, since
  /// comparing can fail.
  fileprivate mutating func sorted(
    _ elements: [CELValue], by keys: [CELValue], _ request: Request, _ symbols: SymbolTable
  ) throws(Fault) -> CELValue {
    if let first = keys.first {
      let kind = first.kind(in: request).orderedKind
      for key in keys where key.kind(in: request).orderedKind != kind {
        throw fault(.invalid(.mixedList))
      }
      _ = try order(first, first, request, symbols)
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
              try order(keys[indices[left]], keys[indices[right]], request, symbols) ?? 0 <= 0
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
