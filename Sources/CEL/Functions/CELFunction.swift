import Documents

/// A function that expressions can call: everything that is known of it, in one declaration.
///
/// To add one, write a file that declares it, with its cases, and a line in `CELFunction.all`. The
/// checker, the evaluator, suggestions, mutations, the reference and the tests follow from that.
struct CELFunction: Sendable {
  /// The name, with its namespace if it has one; one that begins with `@` is only what a macro calls.
  let name: String
  /// What it returns, in one sentence.
  let summary: String
  /// What sets it apart from other functions where calls are compiled.
  let traits: Traits
  /// Names of functions in other languages that mean this one.
  let foreignNames: ForeignNames
  /// Another function with the same parameters, for mutations of expressions.
  let mutation: String?
  /// The ways to call it; made when they are asked for, since most expressions call few functions.
  let overloads: @Sendable () -> [CELOverload]
  /// Expressions that are true, which the tests evaluate; each way to call it is in one of them.
  let cases: @Sendable () -> [String]
  /// Gives its value; whatever takes more than a few steps is charged for.
  let body: Body

  /// What a function does.
  typealias Body =
    @Sendable (inout CELEvaluator, Arguments, Request, SymbolTable) throws(Fault) -> CELValue

  /// Declares a function.
  init(
    _ name: String, _ summary: String, traits: Traits = [],
    foreignNames: ForeignNames = ForeignNames(), mutation: String? = nil,
    _ overloads: @escaping @Sendable @autoclosure () -> [CELOverload],
    cases: @escaping @Sendable @autoclosure () -> [String], body: @escaping Body
  ) {
    self.name = name
    self.summary = summary
    self.traits = traits
    self.foreignNames = foreignNames
    self.mutation = mutation
    self.overloads = overloads
    self.cases = cases
    self.body = body
  }

  /// What sets a function apart where calls of it are compiled.
  struct Traits: OptionSet, Sendable {
    let rawValue: UInt8

    /// The result depends on whether a number is an integer or a double.
    static let distinguishesDoubles = Traits(rawValue: 1)
    /// It takes any count of numbers, or one list of them; what it is called with is one list.
    static let gathersNumbers = Traits(rawValue: 2)
    /// It compares the elements of two lists, whose types may differ as long as they can be equal.
    static let comparesElements = Traits(rawValue: 4)
    /// Further arguments are evaluated only if the first is an optional without a value.
    static let isLazy = Traits(rawValue: 8)
    /// The second argument is a pattern, which is compiled with the expression if it is known.
    static let takesPattern = Traits(rawValue: 16)
  }

  /// Names of other languages for a function.
  struct ForeignNames: Sendable {
    /// The names.
    var names: [String] = []
    /// What to write instead, such as `x.trim()`.
    var replacement = ""

    init() {}

    init(_ names: String..., use replacement: String) {
      self.names = names
      self.replacement = replacement
    }
  }
}

/// One way to call a function.
struct CELOverload: Sendable {
  /// Whether the first parameter is before the dot.
  let isMember: Bool
  /// The types of the arguments.
  let parameters: [CELType]
  /// The type of the result.
  let result: CELType

  /// Called by its name: `size(string)`.
  static func global(_ parameters: [CELType], _ result: CELType) -> CELOverload {
    CELOverload(isMember: false, parameters: parameters, result: result)
  }

  /// Called on a value, which is the first parameter: `string.trim()`.
  static func member(_ parameters: [CELType], _ result: CELType) -> CELOverload {
    CELOverload(isMember: true, parameters: parameters, result: result)
  }

  /// Called with one value of each of some types, both ways: `size(string)` and `string.size()`.
  static func both(_ types: [CELType], _ result: CELType) -> [CELOverload] {
    types.flatMap { [global([$0], result), member([$0], result)] }
  }

  /// Called by its name with one value of each of some types.
  static func globals(_ types: [CELType], _ result: CELType) -> [CELOverload] {
    types.map { global([$0], result) }
  }
}

/// Types that declarations of functions are written with.
extension CELType {
  static let a = CELType.parameter(0)
  static let b = CELType.parameter(1)
  static let listOfA = CELType.list(.a)
  static let mapOfAB = CELType.map(.a, .b)
  static let optionalOfA = CELType.optional(.a)
  static let numbers: [CELType] = [.integer, .unsigned, .double]
  static let wholeNumbers: [CELType] = [.integer, .unsigned]
}

extension CELFunction {
  /// Whether only macros can call it.
  var isHidden: Bool { name.utf8.first == UInt8(ascii: "@") }

  /// The name in messages.
  var shownName: String { isHidden ? String(name.dropFirst()) : name }

  /// The place in `all`; functions of one name differ in what they say of themselves.
  var number: Int {
    Self.all.firstIndex { $0.name == name && $0.summary == summary } ?? -1
  }

  /// Whether the result depends on whether a number is an integer or a double.
  var readsDoubles: Bool { traits.contains(.distinguishesDoubles) || takesDoublesOnly }

  /// Whether the first argument is always a double.
  var takesDoublesOnly: Bool { overloads().allSatisfy { $0.parameters.first == .double } }

  /// Whether the second argument of the function of a name is a pattern.
  static func takesPattern(_ name: String) -> Bool {
    all.contains { $0.name == name && $0.traits.contains(.takesPattern) }
  }

  /// The names of all functions that are called on a value, or of those that are not.
  static func names(isMember: Bool) -> [String] {
    all.filter { function in
      !function.isHidden && function.overloads().contains { $0.isMember == isMember }
    }.map(\.name)
  }
}

extension CELFunctionDeclaration {
  /// Every way to call the functions of a name; none where there is no such function.
  static func declarations(named name: String) -> [CELFunctionDeclaration] {
    var found: [CELFunctionDeclaration] = []
    // By number, since nothing but the name of most of them is needed.
    for number in CELFunction.all.indices where CELFunction.all[number].name == name {
      let function = CELFunction.all[number]
      for overload in function.overloads() {
        found.append(CELFunctionDeclaration(name, overload, of: function))
      }
    }
    return found
  }

  /// A way to call as messages write it: `string.charAt(int)`.
  func signature(in shapes: CELShapes) -> String {
    let types = parameters.map { shapes.name(of: $0) }
    return isMember
      ? "\(types[0]).\(name)(\(types.dropFirst().joined(separator: ", ")))"
      : "\(name)(\(types.joined(separator: ", ")))"
  }
}

extension CELEvaluator {
  /// The text of the first argument, whose content becomes part of the result; charged for.
  mutating func subject(
    _ arguments: Arguments, _ request: Request, _ symbols: SymbolTable
  ) throws(Fault) -> ArraySlice<UInt8> {
    guard let text = try takeText(arguments.first, request, symbols) else {
      throw fault(.unsupported)
    }
    try charge(text.count / 10)
    return text
  }

  /// The elements of a list, charged for.
  mutating func listElements(
    _ value: CELValue, _ request: Request
  ) throws(Fault) -> [CELValue] {
    guard let elements = try elements(of: value, request) else { throw fault(.unsupported) }
    return elements
  }

  /// The count that a number argument stands for.
  mutating func integerArgument(
    _ value: CELValue, _ request: Request
  ) throws(Fault) -> Int64 {
    guard case .integer(let integer) = try read(value, request) else { throw fault(.unsupported) }
    return integer
  }
}
