import Documents

// `format` of the strings extension: %s %d %f %e %b %o %x %X, with a precision for %f and %e.

extension CELFunction {
  static let format = CELFunction(
    "format", "The string with %s, %d, %f and so on replaced by the arguments.",
    [.member([.string, .list(.dyn)], .string)],
    cases: [
      "'%s-%d'.format(['a', 12]) == 'a-12'", "'%.2f %e'.format([1.5, 1.5]) == '1.50 1.500000e+00'",
      "'%b %o %x %X'.format([5, 8, 255, 'k']) == '101 10 ff 6B'", "'100%%'.format([]) == '100%'",
    ]
  ) { evaluator, arguments, request, symbols throws(Fault) in
    try evaluator.format(arguments, request, symbols)
  }
}

extension CELEvaluator {
  fileprivate mutating func format(
    _ arguments: Arguments, _ request: Request, _ symbols: SymbolTable
  ) throws(Fault) -> CELValue {
    guard let format = try takeText(arguments.first, request, symbols),
      let values = try elements(of: arguments.second, request)
    else { throw fault(.unsupported) }
    try charge(format.count / 10)
    var result: [UInt8] = []
    var next = 0
    var index = format.startIndex
    while index < format.endIndex {
      let byte = format[index]
      index += 1
      guard byte == UInt8(ascii: "%") else {
        result.append(byte)
        continue
      }
      if index < format.endIndex, format[index] == UInt8(ascii: "%") {
        result.append(byte)
        index += 1
        continue
      }
      let precision = try precision(in: format, &index)
      guard index < format.endIndex else { throw fault(.invalid(.formatClause)) }
      let clause = format[index]
      index += 1
      guard next < values.count else { throw fault(.invalid(.formatArguments)) }
      try append(clause, precision, values[next], to: &result, request, symbols)
      next += 1
    }
    return .string(result)
  }

  private func precision(
    in format: ArraySlice<UInt8>, _ index: inout Int
  ) throws(Fault) -> Int? {
    guard index < format.endIndex, format[index] == UInt8(ascii: ".") else { return nil }
    index += 1
    var value = 0
    while index < format.endIndex, format[index] >= UInt8(ascii: "0"),
      format[index] <= UInt8(ascii: "9")
    {
      value = value * 10 + Int(format[index] - UInt8(ascii: "0"))
      if value > 1000 { throw fault(.invalid(.formatPrecision)) }
      index += 1
    }
    return value
  }

  private mutating func append(
    _ clause: UInt8, _ precision: Int?, _ value: CELValue, to result: inout [UInt8],
    _ request: Request, _ symbols: SymbolTable
  ) throws(Fault) {
    let start = result.count
    switch clause {
    case UInt8(ascii: "s"):
      try appendText(value, to: &result, request, symbols, depth: 0)
    case UInt8(ascii: "d"):
      switch try takeNumber(value, request) {
      case .integer(let number): result.append(contentsOf: String(number).utf8)
      case .unsigned(let number): result.append(contentsOf: String(number).utf8)
      case .double(let number):
        result.append(contentsOf: NumberText.shortest(number).utf8)
      default: throw fault(.invalid(.formatArgument))
      }
    case UInt8(ascii: "f"), UInt8(ascii: "e"):
      let number: Double
      switch try takeNumber(value, request) {
      case .integer(let value): number = Double(value)
      case .unsigned(let value): number = Double(value)
      case .double(let value): number = value
      default: throw fault(.invalid(.formatArgument))
      }
      // The exact digits of a double are about a thousand at most.
      try charge(100)
      result.append(
        contentsOf: (clause == UInt8(ascii: "f")
          ? NumberText.fixed(number, precision: precision ?? 6)
          : NumberText.scientific(number, precision: precision ?? 6)).utf8)
    case UInt8(ascii: "b"), UInt8(ascii: "o"):
      let radix = clause == UInt8(ascii: "b") ? 2 : 8
      switch try takeNumber(value, request) {
      case .integer(let number): result.append(contentsOf: String(number, radix: radix).utf8)
      case .unsigned(let number): result.append(contentsOf: String(number, radix: radix).utf8)
      case .boolean(let isTrue) where radix == 2:
        result.append(UInt8(ascii: isTrue ? "1" : "0"))
      default: throw fault(.invalid(.formatArgument))
      }
    case UInt8(ascii: "x"), UInt8(ascii: "X"):
      try appendHexadecimal(
        value, isUpper: clause == UInt8(ascii: "X"), to: &result, request, symbols)
    default: throw fault(.invalid(.formatClause))
    }
    try charge((result.count - start) / 10)
  }

  private mutating func appendHexadecimal(
    _ value: CELValue, isUpper: Bool, to result: inout [UInt8], _ request: Request,
    _ symbols: SymbolTable
  ) throws(Fault) {
    switch try takeNumber(value, request) {
    case .integer(let number):
      result.append(contentsOf: String(number, radix: 16, uppercase: isUpper).utf8)
    case .unsigned(let number):
      result.append(contentsOf: String(number, radix: 16, uppercase: isUpper).utf8)
    default:
      var bytes: ArraySlice<UInt8>
      if case .bytes(let value) = value {
        bytes = value[...]
      } else if let text = try takeText(value, request, symbols) {
        bytes = text
      } else {
        throw fault(.invalid(.formatArgument))
      }
      let digits = Array((isUpper ? "0123456789ABCDEF" : "0123456789abcdef").utf8)
      try charge(bytes.count / 10)
      for byte in bytes {
        result.append(digits[Int(byte >> 4)])
        result.append(digits[Int(byte & 0xF)])
      }
    }
  }

  /// Appends what `%s` shows: lists in brackets, maps in braces with their keys in order.
  private mutating func appendText(
    _ value: CELValue, to result: inout [UInt8], _ request: Request, _ symbols: SymbolTable,
    depth: Int32
  ) throws(Fault) {
    try charge(1)
    if depth > CELValue.depthLimit + 512 { throw fault(.valueTooDeep) }
    if let text = try takeText(value, request, symbols) {
      try charge(text.count / 10)
      result.append(contentsOf: text)
      return
    }
    if var cursor = ListCursor(value, in: request) {
      result.append(UInt8(ascii: "["))
      var isFirst = true
      while let element = cursor.next(in: request) {
        if !isFirst { result.append(contentsOf: ", ".utf8) }
        isFirst = false
        try appendText(element, to: &result, request, symbols, depth: depth + 1)
      }
      result.append(UInt8(ascii: "]"))
      return
    }
    if var cursor = MapCursor(value, in: request) {
      var entries: [(key: [UInt8], value: CELValue)] = []
      while let entry = cursor.next(in: request) {
        var key: [UInt8] = []
        try appendText(entry.key, to: &key, request, symbols, depth: depth + 1)
        entries.append((key, entry.value))
      }
      entries.sort { $0.key.lexicographicallyPrecedes($1.key) }
      result.append(UInt8(ascii: "{"))
      for (index, entry) in entries.enumerated() {
        if index > 0 { result.append(contentsOf: ", ".utf8) }
        result.append(contentsOf: entry.key)
        result.append(contentsOf: ": ".utf8)
        try appendText(entry.value, to: &result, request, symbols, depth: depth + 1)
      }
      result.append(UInt8(ascii: "}"))
      return
    }
    switch try takeNumber(value, request) {
    case .null: result.append(contentsOf: "null".utf8)
    case .bytes(let bytes):
      result.append(contentsOf: String(decoding: bytes, as: UTF8.self).utf8)
    case .type(let kind): result.append(contentsOf: kind.rawValue.utf8)
    case .optional: throw fault(.invalid(.formatArgument))
    default:
      guard case .string(let text) = try string(value, request, symbols) else {
        throw fault(.invalid(.formatArgument))
      }
      result.append(contentsOf: text)
    }
  }
}
