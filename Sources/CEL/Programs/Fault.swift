import Documents

/// Why an evaluation stopped: small and without storage, since absent members are an everyday answer.
struct Fault: Error {
  enum Kind: Equatable {
    case absentMember(step: Int32)
    case absentKey
    case indexOutOfRange(Int64, count: Int)
    case divisionByZero
    case overflow
    case unsupported
    /// An operator between two types that it does not join.
    case mismatch(CELKind, CELKind)
    case conversion(CELKind)
    case invalid(Reason)
    case duplicateKey
    case unsupportedKey
    case missingOptionalValue
    case badPattern
    case costLimit
    case valueTooDeep
    case declared(Int32)
  }

  /// What an argument should have been; functions can declare reasons of their own.
  struct Reason: Equatable, Sendable {
    private let words: StaticString

    init(_ words: StaticString) { self.words = words }

    var text: String { words.description }

    static func == (left: Reason, right: Reason) -> Bool { left.text == right.text }

    static let timeZone = Reason("time zone must be UTC or an offset such as '+02:00'")
    static let timestampRange = Reason("time is outside the years 1 to 9999")
    static let negativeShift = Reason("negative shift count")
    static let substringRange = Reason("end is before the start")
    static let formatClause = Reason(
      "unknown format clause; supported: %s %d %f %e %b %o %x %X %%")
    static let formatArgument = Reason("value does not fit its format clause")
    static let formatArguments = Reason("format has more clauses than values")
    static let formatPrecision = Reason("format precision is over 1000")
    static let utf8 = Reason("bytes are not valid UTF-8")
    static let base64 = Reason("text is not valid base64")
    static let emptyList = Reason("list is empty")
    static let mixedList = Reason("values cannot be ordered with each other")
    static let negativeDepth = Reason("negative depth")
    static let address = Reason("expected an IP address such as '10.0.0.1'")
    static let network = Reason("expected a network such as '10.0.0.0/8'")
  }

  var kind: Kind
  /// The instruction that failed.
  var instruction: Int32
  /// The node in which something was looked for that is not there.
  var container: NodeID?
  /// Which entry of the evaluator's `operands` has the values that the instruction could not take;
  /// -1 for none.
  var operands: Int32 = -1
  /// Whether the evaluator's `faults` has it.
  var isNoted = false

  init(kind: Kind, instruction: Int32, container: NodeID? = nil) {
    self.kind = kind
    self.instruction = instruction
    self.container = container
  }

  /// Whether the fault says no more than that something is absent.
  var isAbsence: Bool {
    switch kind {
    case .absentMember, .absentKey: true
    default: false
    }
  }
}

extension Fault {
  /// The fault in words of the program's text.
  func error(in program: CELProgram, costLimit: Int) -> CELError {
    let range = program.ranges[Int(instruction)]
    let reason: CELError.Kind =
      switch kind {
      case .absentMember(let step):
        .absentMember(String(decoding: program.stepNames[Int(step)], as: UTF8.self))
      case .absentKey: .absentKey
      case .indexOutOfRange(let index, let count): .indexOutOfRange(index, count: count)
      case .divisionByZero: .divisionByZero
      case .overflow: .overflow
      case .unsupported:
        .unsupported(operation: program.operation(of: instruction))
      case .mismatch(let left, let right):
        .mismatch(
          operation: program.operation(of: instruction), left.words,
          right.words)
      case .conversion(let kind): .conversion(to: kind.words)
      case .invalid(let reason): .invalidArgument(reason.text)
      case .duplicateKey: .duplicateKey
      case .unsupportedKey: .unsupportedKey
      case .missingOptionalValue: .missingOptionalValue
      case .badPattern: .badPattern
      case .costLimit: .costLimit(costLimit)
      case .valueTooDeep: .valueTooDeep
      case .declared(let index): program.failures[Int(index)]
      }
    return CELError(reason, range)
  }
}

extension CELProgram {
  /// What an instruction does, as messages name it.
  func operation(of instruction: Int32) -> String {
    switch instructions[Int(instruction)] {
    case .call(let function, _, _), .lazyCall(let function, _, _):
      functionNames[Int(function)]
    default: instructions[Int(instruction)].operation
    }
  }
}

extension Instruction {
  /// What the instruction does, as messages name it; a call is named by its function.
  fileprivate var operation: String {
    switch self {
    case .constant, .variable, .failure: "value"
    case .path, .select, .optionalSelect: "."
    case .presence: "has"
    case .index, .optionalIndex: "[ ]"
    case .and: "&&"
    case .or: "||"
    case .not: "!"
    case .negate: "-"
    case .asDouble: "double"
    case .conditional: "? :"
    case .equal(_, _, let isNegated): isNegated ? "!=" : "=="
    case .order(let operation, _, _), .arithmetic(let operation, _, _): operation.rawValue
    case .remainder: "%"
    case .contains: "in"
    case .matches: "matches"
    case .call, .lazyCall: "call"
    case .list: "[ ]"
    case .map: "{ }"
    case .comprehension: "for each"
    case .binding: "cel.bind"
    case .optionalMap: "optMap"
    }
  }
}
