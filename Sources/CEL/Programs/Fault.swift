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

  /// What an argument should have been.
  enum Reason: String {
    case timeZone = "time zone must be UTC or an offset such as '+02:00'"
    case timestampRange = "time is outside the years 1 to 9999"
    case negativeShift = "negative shift count"
    case substringRange = "end is before the start"
    case formatClause = "unknown format clause; supported: %s %d %f %e %b %o %x %X %%"
    case formatArgument = "value does not fit its format clause"
    case formatArguments = "format has more clauses than values"
    case formatPrecision = "format precision is over 1000"
    case utf8 = "bytes are not valid UTF-8"
    case base64 = "text is not valid base64"
    case emptyList = "list is empty"
    case mixedList = "values cannot be ordered with each other"
    case negativeDepth = "negative depth"
    case address = "expected an IP address such as '10.0.0.1'"
    case network = "expected a network such as '10.0.0.0/8'"
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
        .unsupported(operation: program.instructions[Int(instruction)].operation)
      case .mismatch(let left, let right):
        .mismatch(
          operation: program.instructions[Int(instruction)].operation, left.words,
          right.words)
      case .conversion(let kind): .conversion(to: kind.words)
      case .invalid(let reason): .invalidArgument(reason.rawValue)
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

extension Instruction {
  /// What the instruction does, as messages name it.
  var operation: String {
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
    case .call(let function, _, _): function.rawValue
    case .list: "[ ]"
    case .map: "{ }"
    case .comprehension: "for each"
    case .binding: "cel.bind"
    case .optionalMap: "optMap"
    }
  }
}
