import Documents

// Functions of our own: sizes in UTF-8 bytes, sums and extremes. Overflow is a fault.

extension CELFunction {
  static let utf8Bytes = CELFunction(
    "utf8Bytes", "The number of UTF-8 bytes of the string.",
    CELOverload.both([.string], .integer),
    cases: ["utf8Bytes('é👋b') == 7", "''.utf8Bytes() == 0"]
  ) { evaluator, arguments, request, symbols throws(Fault) in
    guard let text = try evaluator.readText(arguments.first, request, symbols) else {
      throw evaluator.fault(.unsupported)
    }
    return .integer(Int64(text.count))
  }

  static let totalBytes = CELFunction(
    "totalBytes", "The number of UTF-8 bytes of all names and strings in the value.",
    CELOverload.globals([.string, .mapOfAB, .listOfA], .integer),
    cases: [
      "totalBytes('é') == 2", "totalBytes({'ab': ['c', {'d': 'é'}], 'n': 5}) == 7",
      "totalBytes(['a', 1]) == 1",
    ]
  ) { evaluator, arguments, request, symbols throws(Fault) in
    .integer(Int64(try evaluator.totalBytes(arguments.first, request, symbols)))
  }

  static let sum = CELFunction(
    "sum", "The sum of the elements, or of the values of a map.",
    (CELType.numbers + [.duration]).flatMap { type in
      [
        .global([.list(type)], type), .global([.map(.a, type)], type),
        .member([.list(type)], type), .member([.map(.a, type)], type),
      ]
    },
    cases: [
      "sum([1, 2]) == 3", "[].sum() == 0", "{'a': 1.5, 'b': 2.0}.sum() == 3.5",
      "sum({'a': 2u}) == 2u", "[1, 2.5].sum() == 3.5",
      "[duration('1s'), duration('2s')].sum() == duration('3s')",
    ]
  ) { evaluator, arguments, request, _ throws(Fault) in
    try evaluator.sum(arguments.first, request)
  }

  static let min = CELFunction(
    "min", "The least element, or value of a map.", extremes,
    cases: [
      "min([3, 1, 2]) == 1", "['b', 'a'].min() == 'a'", "{'a': 2, 'b': 1}.min() == 1",
      "min({'a': 2}) == 2",
    ]
  ) { evaluator, arguments, request, symbols throws(Fault) in
    try evaluator.extreme(arguments.first, wantsGreatest: false, request, symbols)
  }

  static let max = CELFunction(
    "max", "The greatest element, or value of a map.", extremes,
    cases: [
      "max([1, 3, 2]) == 3", "['b', 'a'].max() == 'b'", "{'a': 2, 'b': 1}.max() == 2",
      "max({'a': 2}) == 2",
    ]
  ) { evaluator, arguments, request, symbols throws(Fault) in
    try evaluator.extreme(arguments.first, wantsGreatest: true, request, symbols)
  }

  private static let extremes: [CELOverload] = [
    .global([.listOfA], .a), .global([.map(.b, .a)], .a),
    .member([.listOfA], .a), .member([.map(.b, .a)], .a),
  ]
}

extension CELEvaluator {
  /// The UTF-8 bytes of all names and string values in a value, together; other scalars count nothing.
  fileprivate mutating func totalBytes(
    _ value: CELValue, _ request: Request, _ symbols: SymbolTable
  ) throws(Fault) -> Int {
    if case .node(let node) = value {
      try charge(request.end(of: node) - node.index)
      return request.totalUTF8Count(of: node)
    }
    if let text = try readText(value, request, symbols) { return text.count }
    var total = 0
    if var cursor = ListCursor(value, in: request) {
      while let element = cursor.next(in: request) {
        try charge(1)
        try add(try totalBytes(element, request, symbols), to: &total)
      }
    } else if var cursor = MapCursor(value, in: request) {
      while let entry = cursor.next(in: request) {
        try charge(1)
        try add(try totalBytes(entry.key, request, symbols), to: &total)
        try add(try totalBytes(entry.value, request, symbols), to: &total)
      }
    }
    return total
  }

  private func add(_ count: Int, to total: inout Int) throws(Fault) {
    let (sum, overflows) = total.addingReportingOverflow(count)
    if overflows { throw fault(.overflow) }
    total = sum
  }

  /// The elements of a list or the values of a map, charged for.
  private mutating func values(
    of value: CELValue, _ request: Request
  ) throws(Fault) -> [CELValue] {
    if let elements = try elements(of: value, request) { return elements }
    guard var cursor = MapCursor(value, in: request) else { throw fault(.unsupported) }
    var values: [CELValue] = []
    while let entry = cursor.next(in: request) {
      try charge(4)
      values.append(entry.value)
    }
    return values
  }

  /// The sum, 0 for an empty list; the sum of numbers of different types is a double.
  fileprivate mutating func sum(_ operand: CELValue, _ request: Request) throws(Fault) -> CELValue {
    var total: CELValue?
    for value in try values(of: operand, request) {
      let number = try takeNumber(value, request)
      switch (total, number) {
      case (nil, .integer), (nil, .unsigned), (nil, .double), (nil, .duration): total = number
      case (.integer(let left)?, .integer(let right)):
        total = .integer(try integer(.add, left, right))
      case (.unsigned(let left)?, .unsigned(let right)):
        total = .unsigned(try integer(.add, left, right))
      case (.double(let left)?, .double(let right)): total = .double(left + right)
      case (.duration(let left)?, .duration(let right)):
        total = .duration(nanoseconds: try integer(.add, left, right))
      case (.integer(let left)?, .double(let right)): total = .double(Double(left) + right)
      case (.double(let left)?, .integer(let right)): total = .double(left + Double(right))
      case (.unsigned(let left)?, .double(let right)): total = .double(Double(left) + right)
      case (.double(let left)?, .unsigned(let right)): total = .double(left + Double(right))
      default: throw fault(.unsupported)
      }
    }
    return total ?? .integer(0)
  }

  fileprivate mutating func extreme(
    _ operand: CELValue, wantsGreatest: Bool, _ request: Request, _ symbols: SymbolTable
  ) throws(Fault) -> CELValue {
    let values = try values(of: operand, request)
    guard var best = values.first else { throw fault(.invalid(.emptyList)) }
    // A list of one is held to the same: its value must have an order.
    _ = try order(best, best, request, symbols)
    for value in values.dropFirst() {
      guard let order = try order(value, best, request, symbols) else { return .double(.nan) }
      if wantsGreatest ? order > 0 : order < 0 { best = value }
    }
    return best
  }
}
