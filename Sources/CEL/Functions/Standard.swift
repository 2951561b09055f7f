import Documents
import SourceText

// Sizes, parts of strings, and types (cel-spec, "List of Standard Definitions").

extension CELFunction {
  static let size = CELFunction(
    "size", "The number of code points, bytes, elements or entries.",
    foreignNames: ForeignNames(
      "len", "length", "count", "strlen", "Count", "Len", use: "size(x)"),
    CELOverload.both([.string, .bytes, .listOfA, .mapOfAB], .integer),
    cases: [
      "size('é👋b') == 3", "'é👋b'.size() == 3", "size(b'é') == 2", "b''.size() == 0",
      "size([1, 2]) == 2", "[].size() == 0", "size({'a': 1}) == 1", "{}.size() == 0",
    ]
  ) { evaluator, arguments, request, symbols throws(Fault) in
    try evaluator.size(arguments.first, request, symbols)
  }

  static let contains = CELFunction(
    "contains", "Whether the string contains the other one.",
    foreignNames: ForeignNames(
      "includes", "include", use: "x.contains(y) for a string, y in x for a list"),
    mutation: "startsWith",
    [.member([.string, .string], .boolean)],
    cases: [
      "'abc'.contains('bc')", "'abc'.contains('')", "!'abc'.contains('cb')",
      "'ababac'.contains('abac')",
    ]
  ) { evaluator, arguments, request, symbols throws(Fault) in
    let (text, part) = try evaluator.textAndPart(arguments, request, symbols)
    try evaluator.charge(text.count / 10)
    return .boolean(ByteSearch.first(part, in: text, from: text.startIndex) != nil)
  }

  static let startsWith = CELFunction(
    "startsWith", "Whether the string begins with the other one.",
    mutation: "contains",
    [.member([.string, .string], .boolean)],
    cases: ["'abc'.startsWith('ab')", "'abc'.startsWith('')", "!'abc'.startsWith('bc')"]
  ) { evaluator, arguments, request, symbols throws(Fault) in
    let (text, part) = try evaluator.textAndPart(arguments, request, symbols)
    return .boolean(text.starts(with: part))
  }

  static let endsWith = CELFunction(
    "endsWith", "Whether the string ends with the other one.",
    mutation: "contains",
    [.member([.string, .string], .boolean)],
    cases: ["'abc'.endsWith('bc')", "'abc'.endsWith('')", "!'abc'.endsWith('ab')"]
  ) { evaluator, arguments, request, symbols throws(Fault) in
    let (text, part) = try evaluator.textAndPart(arguments, request, symbols)
    return .boolean(text.suffix(part.count).elementsEqual(part))
  }

  static let dyn = CELFunction(
    "dyn", "The value, without a type that is checked in advance.",
    [.global([.a], .dyn)],
    cases: ["dyn(1) == 1", "dyn('a') != 1"]
  ) { _, arguments, _, _ throws(Fault) in arguments.first }

  static let type = CELFunction(
    "type", "The type of the value.", traits: .distinguishesDoubles,
    foreignNames: ForeignNames("typeof", "typeOf", use: "type(x)"),
    [.global([.a], .type(.a))],
    cases: ["type(1) == int", "type(1.0) == double", "type(type(1)) == type", "type([]) == list"]
  ) { _, arguments, request, _ throws(Fault) in .type(arguments.first.kind(in: request)) }
}

extension CELEvaluator {
  fileprivate mutating func size(
    _ value: CELValue, _ request: Request, _ symbols: SymbolTable
  ) throws(Fault) -> CELValue {
    if let count = value.elementCount(in: request) {
      if case .node = value { try charge(count) }
      return .integer(Int64(count))
    }
    if case .bytes(let bytes) = value { return .integer(Int64(bytes.count)) }
    guard let text = try readText(value, request, symbols) else { throw fault(.unsupported) }
    try charge(text.count / 10)
    return .integer(Int64(text.scalarCount))
  }

  /// A text, and one to look for in it, which is charged for.
  fileprivate mutating func textAndPart(
    _ arguments: Arguments, _ request: Request, _ symbols: SymbolTable
  ) throws(Fault) -> (text: ArraySlice<UInt8>, part: ArraySlice<UInt8>) {
    guard let text = try readText(arguments.first, request, symbols),
      let part = try readText(arguments.second, request, symbols)
    else { throw fault(.unsupported) }
    try charge(part.count / 10)
    return (text, part)
  }
}

extension ArraySlice<UInt8> {
  /// How many code points the UTF-8 bytes make.
  var scalarCount: Int { UTF8Decoder.scalarCount(of: span) }
}
