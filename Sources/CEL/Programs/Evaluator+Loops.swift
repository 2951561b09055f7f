import Documents

// The macros that go through lists and maps (cel-spec, "Macros").

extension CELEvaluator {
  /// The elements of a loop's range, one after another.
  private struct Cursor {
    var list: ListCursor?
    var map: MapCursor?
    var index: Int64 = 0
  }

  /// Sets the loop's variables to the next element; false after the last.
  private mutating func advance(
    _ cursor: inout Cursor, _ loop: Loop, _ request: Request
  ) throws(Fault) -> Bool {
    let slot = Int(loop.slot)
    if cursor.list != nil {
      guard let element = cursor.list?.next(in: request) else { return false }
      if loop.hasSecond {
        slots[slot] = .integer(cursor.index)
        slots[slot + 1] = element
        cursor.index += 1
      } else {
        slots[slot] = element
      }
    } else {
      guard let entry = cursor.map?.next(in: request) else { return false }
      slots[slot] = entry.key
      if loop.hasSecond { slots[slot + 1] = entry.value }
    }
    try charge(1)
    return true
  }

  mutating func loop(
    _ loop: Loop, _ at: Int32, _ program: CELProgram, _ request: Request,
    _ symbols: SymbolTable
  ) throws(Fault) -> CELValue {
    let mark = trace.count
    let range = try value(loop.range, program, request, symbols)
    truncateTrace(mark)
    current = at
    let cursor = Cursor(
      list: ListCursor(range, in: request), map: MapCursor(range, in: request))
    if cursor.list == nil, cursor.map == nil { throw blame(fault(.unsupported), [range]) }
    switch loop.kind {
    case .all, .exists:
      return try quantified(loop, cursor, range, mark, at, program, request, symbols)
    case .existsOne:
      return try unique(loop, cursor, range, mark, at, program, request, symbols)
    case .list, .filter:
      return try listed(loop, cursor, range, mark, at, program, request, symbols)
    case .map, .entries:
      return try mapped(loop, cursor, range, mark, at, program, request, symbols)
    }
  }

  /// Where no single element decided, the list itself did.
  private mutating func settle(_ range: CELValue, _ mark: Int) {
    truncateTrace(mark)
    if case .node(let node) = range { note(node) }
  }

  private mutating func truth(
    _ body: Int32, _ at: Int32, _ program: CELProgram, _ request: Request,
    _ symbols: SymbolTable
  ) throws(Fault) -> Bool {
    let result = try value(body, program, request, symbols)
    guard let isTrue = result.truth(in: request) else {
      throw blame(Fault(kind: .unsupported, instruction: at), [result])
    }
    return isTrue
  }

  /// `all` and `exists`: an element that decides wins over one that fails.
  private mutating func quantified(
    _ loop: Loop, _ cursor: Cursor, _ range: CELValue, _ mark: Int, _ at: Int32,
    _ program: CELProgram, _ request: Request, _ symbols: SymbolTable
  ) throws(Fault) -> CELValue {
    var cursor = cursor
    let wanted = loop.kind == .exists
    var failure: Fault?
    let faultMark = faults.count
    while try advance(&cursor, loop, request) {
      truncateTrace(mark)
      do {
        if try truth(loop.body, at, program, request, symbols) == wanted {
          forgetFaults(since: faultMark)
          return .boolean(wanted)
        }
      } catch {
        if error.kind == .costLimit { throw error }
        let noted = note(error)
        failure = failure ?? noted
      }
    }
    if let failure { throw failure }
    settle(range, mark)
    return .boolean(!wanted)
  }

  private mutating func unique(
    _ loop: Loop, _ cursor: Cursor, _ range: CELValue, _ mark: Int, _ at: Int32,
    _ program: CELProgram, _ request: Request, _ symbols: SymbolTable
  ) throws(Fault) -> CELValue {
    var cursor = cursor
    var count = 0
    while try advance(&cursor, loop, request) {
      let elementMark = trace.count
      if try truth(loop.body, at, program, request, symbols) {
        count += 1
      } else {
        truncateTrace(elementMark)
      }
    }
    if count != 1 { settle(range, mark) }
    return .boolean(count == 1)
  }

  private mutating func listed(
    _ loop: Loop, _ cursor: Cursor, _ range: CELValue, _ mark: Int, _ at: Int32,
    _ program: CELProgram, _ request: Request, _ symbols: SymbolTable
  ) throws(Fault) -> CELValue {
    var cursor = cursor
    var elements: [CELValue] = []
    while try advance(&cursor, loop, request) {
      let element = slots[Int(loop.slot)]
      if let condition = loop.condition,
        try !truth(condition, at, program, request, symbols)
      {
        continue
      }
      try charge(3)
      elements.append(
        loop.kind == .filter ? element : try value(loop.body, program, request, symbols))
    }
    settle(range, mark)
    current = at
    return try limited(.list(CELList(elements)))
  }

  private mutating func mapped(
    _ loop: Loop, _ cursor: Cursor, _ range: CELValue, _ mark: Int, _ at: Int32,
    _ program: CELProgram, _ request: Request, _ symbols: SymbolTable
  ) throws(Fault) -> CELValue {
    var cursor = cursor
    var entries: [CELMap.Entry] = []
    var keys = ValueSet()
    while try advance(&cursor, loop, request) {
      let key = slots[Int(loop.slot)]
      if let condition = loop.condition,
        try !truth(condition, at, program, request, symbols)
      {
        continue
      }
      try charge(6)
      let body = try value(loop.body, program, request, symbols)
      current = at
      if loop.kind == .map {
        // The keys of one map, or the indices of one list, differ already.
        entries.append(CELMap.Entry(key: key, value: body))
      } else {
        guard var parts = MapCursor(body, in: request) else { throw fault(.unsupported) }
        while let entry = parts.next(in: request) {
          try insert(entry.key, entry.value, into: &entries, &keys, request, symbols)
        }
      }
    }
    settle(range, mark)
    return try limited(.map(CELMap(entries)))
  }
}
