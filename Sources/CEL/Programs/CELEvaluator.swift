package import Documents
import RequisitePatterns
import SourceText

/// Evaluates programs: the scratch space of one task, used again for each evaluation.
///
/// Evaluation is deterministic, and its cost is counted: one for each instruction, element and ten
/// bytes of text that it goes through. Over the limit it stops.
package struct CELEvaluator: ~Copyable {
  /// The default maximum cost of one evaluation, in steps.
  package static let defaultCostLimit = 10_000_000

  /// The maximum cost of an evaluation, in steps.
  package var costLimit: Int
  /// What the last evaluation has cost.
  package internal(set) var cost = 0
  /// Whether evaluation keeps the nodes that decide its result in `trace`.
  package var isTracing = false
  /// The nodes that decided the last result, in the order of reading; a node may occur twice.
  package internal(set) var trace: [NodeID] = []
  /// Whether evaluation keeps the nodes whose content went into new values in `touched`.
  package var recordsTouched = false
  /// The nodes whose content the last evaluation copied into strings, numbers or bytes of its own.
  ///
  /// Sizes do not count as content. Nodes that are shown as they are stay views in the result.
  package internal(set) var touched: [NodeID] = []

  /// Whether evaluation keeps what is to be known of the faults that it meets.
  package var isExplaining = false
  /// The faults that made the last evaluation fail, where `isExplaining` is true.
  var faults: [Fault] = []
  /// The values that faults are about.
  var operands: [[CELValue]] = []

  /// The values of variables, then those of loops.
  var slots: [CELValue] = []
  /// What matching has built, by the text of the pattern; patterns of rules alone, so there are few.
  var patternCaches: [String: PatternCache] = [:]
  /// The instruction that faults are blamed on.
  var current: Int32 = 0

  /// Creates an evaluator.
  package init(costLimit: Int = CELEvaluator.defaultCostLimit) {
    self.costLimit = costLimit
  }

  /// The value of an expression; `variables` are in the order of its environment.
  ///
  /// `symbols` is the table that the document's names are bound to and the program was compiled with.
  ///
  /// - Throws: an error of evaluation, such as an absent member, an overflow, or a cost over the limit.
  package mutating func evaluate(
    _ program: CELProgram, variables: [CELValue], in request: Request, symbols: SymbolTable
  ) throws(CELError) -> CELValue {
    do {
      return try run(program, variables, request, symbols)
    } catch {
      throw error.error(in: program, costLimit: costLimit)
    }
  }

  /// Whether an expression holds.
  package mutating func verdict(
    of program: CELProgram, variables: [CELValue], in request: Request, symbols: SymbolTable
  ) -> CELVerdict {
    do {
      if let isTrue = try run(program, variables, request, symbols).truth(in: request) {
        return isTrue ? .holds : .fails
      }
      return .error(
        CELError(
          .notBoolean("another value", place: "a condition"), program.ranges[Int(program.root)]))
    } catch {
      _ = note(error)
      return error.isAbsence
        ? .absent : .error(error.error(in: program, costLimit: costLimit))
    }
  }

  private mutating func run(
    _ program: CELProgram, _ variables: [CELValue], _ request: Request, _ symbols: SymbolTable
  ) throws(Fault) -> CELValue {
    cost = 0
    if !faults.isEmpty { faults.removeAll() }
    if !operands.isEmpty { operands.removeAll() }
    if !trace.isEmpty { trace.removeAll(keepingCapacity: true) }
    if !touched.isEmpty { touched.removeAll(keepingCapacity: true) }
    while slots.count < program.slotCount { slots.append(.null) }
    for index in 0..<min(variables.count, program.variableCount) {
      slots[index] = variables[index]
    }
    return try value(program.root, program, request, symbols)
  }
}

/// What became of a condition.
package enum CELVerdict: Sendable {
  /// It is true.
  case holds
  /// It is false.
  case fails
  /// It reads a member that is not there.
  case absent
  /// It could not be evaluated, or gave no boolean.
  case error(CELError)
}

// MARK: - The instructions

extension CELEvaluator {
  /// A fault of the current instruction.
  func fault(_ kind: Fault.Kind) -> Fault { Fault(kind: kind, instruction: current) }

  /// A fault of the current instruction, which did not find something in a value.
  func fault(_ kind: Fault.Kind, in container: CELValue) -> Fault {
    var fault = fault(kind)
    if case .node(let node) = container { fault.container = node }
    return fault
  }

  /// How many faults of an evaluation are kept; more are no better explained.
  static let faultLimit = 64

  /// Keeps a fault that ends the evaluation unless something else decides it.
  mutating func note(_ fault: Fault) -> Fault {
    guard isExplaining, !fault.isNoted else { return fault }
    var fault = fault
    fault.isNoted = true
    faults.append(fault)
    // One more than the limit says that there are more.
    if faults.count > Self.faultLimit + 1 { faults.removeLast() }
    return fault
  }

  /// Forgets the faults that came after a mark, since something else decided.
  mutating func forgetFaults(since mark: Int) {
    if faults.count > mark { faults.removeLast(faults.count - mark) }
  }

  /// Keeps the values that an instruction could not take, unless it is known already what failed.
  mutating func blame(_ fault: Fault, _ values: [CELValue]) -> Fault {
    guard isExplaining, fault.operands < 0, operands.count <= Self.faultLimit else { return fault }
    switch fault.kind {
    case .absentMember, .costLimit: return fault
    default: break
    }
    var fault = fault
    fault.operands = Int32(truncatingIfNeeded: operands.count)
    operands.append(values)
    return fault
  }

  /// Adds to the cost; throws over the limit.
  mutating func charge(_ amount: Int) throws(Fault) {
    cost = cost.addingReportingOverflow(amount).partialValue
    if cost > costLimit || cost < 0 { throw fault(.costLimit) }
  }

  /// Notes that a node decides the result.
  @inline(__always)
  mutating func note(_ node: NodeID) {
    if isTracing { trace.append(node) }
  }

  /// The value of an instruction; recursion is as deep as the expression nests, which is limited.
  mutating func value(
    _ at: Int32, _ program: CELProgram, _ request: Request, _ symbols: SymbolTable
  ) throws(Fault) -> CELValue {
    cost &+= 1
    if cost > costLimit { throw Fault(kind: .costLimit, instruction: at) }
    switch program.instructions[Int(at)] {
    case .constant(let index): return program.constants[Int(index)]
    case .variable(let slot):
      let value = slots[Int(slot)]
      if isTracing, case .node(let node) = value { trace.append(node) }
      return value
    case .path(let slot, let first, let count):
      return try path(slot, first, count, at, program, request, symbols)
    case .select(let operand, let step):
      let container = try base(operand, program, request, symbols)
      current = at
      return try member(step, of: container, program, request, symbols)
    case .optionalSelect(let operand, let step):
      let container = try base(operand, program, request, symbols)
      current = at
      return try optionalMember(step, of: container, program, request, symbols)
    case .presence(let operand, let step):
      let container = try base(operand, program, request, symbols)
      current = at
      return .boolean(try presence(step, of: container, program, request, symbols))
    case .index(let operand, let key):
      let container = try base(operand, program, request, symbols)
      let key = try value(key, program, request, symbols)
      current = at
      do {
        return try element(key, of: container, request, symbols)
      } catch {
        throw blame(error, [container, key])
      }
    case .optionalIndex(let operand, let key):
      let container = try base(operand, program, request, symbols)
      let key = try value(key, program, request, symbols)
      current = at
      return try optionalElement(key, of: container, request, symbols)
    case .and(let first, let count):
      return try logical(isAnd: true, first, count, at, program, request, symbols)
    case .or(let first, let count):
      return try logical(isAnd: false, first, count, at, program, request, symbols)
    case .not(let operand):
      let operand = try value(operand, program, request, symbols)
      guard let isTrue = operand.truth(in: request) else {
        throw blame(Fault(kind: .unsupported, instruction: at), [operand])
      }
      return .boolean(!isTrue)
    case .negate(let operand):
      let operand = try value(operand, program, request, symbols)
      current = at
      do {
        return try negated(operand, request)
      } catch {
        throw blame(error, [operand])
      }
    case .asDouble(let operand):
      let operand = try value(operand, program, request, symbols)
      current = at
      switch try takeNumber(operand, request) {
      case .integer(let number): return .double(Double(number))
      case .unsigned(let number): return .double(Double(number))
      case .double(let number): return .double(number)
      default: return operand
      }
    case .conditional(let condition, let first, let second):
      let condition = try value(condition, program, request, symbols)
      guard let isTrue = condition.truth(in: request) else {
        throw blame(Fault(kind: .unsupported, instruction: at), [condition])
      }
      return try value(isTrue ? first : second, program, request, symbols)
    case .equal(let left, let right, let isNegated):
      let left = try value(left, program, request, symbols)
      if case .node(let node) = left, case .constant(let index) = program.instructions[Int(right)],
        case .string(let text) = program.constants[Int(index)]
      {
        cost &+= 1
        if request.kind(of: node) == .string, !request.isVerbatim(node) {
          try charge(request.range(of: node).count / 16)
        }
        let isEqual =
          request.kind(of: node) == .string && request.text(of: node, equals: text)
        return .boolean(isEqual != isNegated)
      }
      let right = try value(right, program, request, symbols)
      current = at
      return .boolean(try equal(left, right, request, symbols) != isNegated)
    case .order(let operation, let left, let right):
      let left = try value(left, program, request, symbols)
      let right = try value(right, program, request, symbols)
      current = at
      do {
        return .boolean(try ordered(operation, left, right, request, symbols))
      } catch {
        throw blame(error, [left, right])
      }
    case .arithmetic(let operation, let left, let right):
      let left = try value(left, program, request, symbols)
      let right = try value(right, program, request, symbols)
      current = at
      do {
        return try arithmetic(operation, left, right, request, symbols)
      } catch {
        throw blame(error, [left, right])
      }
    case .remainder(let left, let right):
      let left = try value(left, program, request, symbols)
      let right = try value(right, program, request, symbols)
      current = at
      guard case .double(let dividend) = left, case .double(let divisor) = right else {
        throw blame(
          fault(.mismatch(left.kind(in: request), right.kind(in: request))), [left, right])
      }
      return .double(dividend.truncatingRemainder(dividingBy: divisor))
    case .contains(let element, let container):
      let element = try value(element, program, request, symbols)
      let container = try base(container, program, request, symbols)
      current = at
      do {
        return .boolean(try isElement(element, of: container, request, symbols))
      } catch {
        throw blame(error, [container])
      }
    case .matches(let operand, let pattern):
      let operand = try value(operand, program, request, symbols)
      current = at
      do {
        return .boolean(
          try isMatch(operand, program.patterns[Int(pattern)], request, symbols))
      } catch {
        throw blame(error, [operand])
      }
    case .call(let function, let first, let count):
      return try call(function, first, count, at, isLazy: false, program, request, symbols)
    case .lazyCall(let function, let first, let count):
      return try call(function, first, count, at, isLazy: true, program, request, symbols)
    case .list(let first, let count):
      return try list(first, count, at, program, request, symbols)
    case .map(let first, let count):
      return try map(first, count, at, program, request, symbols)
    case .comprehension(let index):
      return try loop(program.loops[Int(index)], at, program, request, symbols)
    case .binding(let slot, let bound, let body):
      let bound = try value(bound, program, request, symbols)
      slots[Int(slot)] = bound
      return try value(body, program, request, symbols)
    case .optionalMap(let target, let slot, let body, let isFlat):
      let target = try value(target, program, request, symbols)
      guard case .optional(let optional) = target else {
        throw Fault(kind: .unsupported, instruction: at)
      }
      guard let wrapped = optional.value else { return target }
      slots[Int(slot)] = wrapped
      let result = try value(body, program, request, symbols)
      current = at
      return isFlat ? result : try limited(.optional(CELOptional(result)))
    case .failure(let index): throw Fault(kind: .declared(index), instruction: at)
    }
  }

  /// The value that something is looked for in, which decides nothing by itself.
  private mutating func base(
    _ at: Int32, _ program: CELProgram, _ request: Request, _ symbols: SymbolTable
  ) throws(Fault) -> CELValue {
    let mark = trace.count
    let value = try value(at, program, request, symbols)
    truncateTrace(mark)
    return value
  }

  /// A value of one's own, unless it nests too deep.
  func limited(_ value: CELValue) throws(Fault) -> CELValue {
    if value.depth > CELValue.depthLimit { throw fault(.valueTooDeep) }
    return value
  }

  /// Forgets the nodes that were noted since a mark.
  mutating func truncateTrace(_ mark: Int) {
    if trace.count > mark { trace.removeLast(trace.count - mark) }
  }

  /// `&&` and `||`: an operand that decides wins over one that fails (cel-spec, "Logical Operators").
  private mutating func logical(
    isAnd: Bool, _ first: Int32, _ count: Int32, _ at: Int32, _ program: CELProgram,
    _ request: Request, _ symbols: SymbolTable
  ) throws(Fault) -> CELValue {
    var failure: Fault?
    let mark = trace.count
    let faultMark = faults.count
    for index in Int(first)..<Int(first + count) {
      let operandMark = trace.count
      do {
        let operand = try value(program.operands[index], program, request, symbols)
        if let isTrue = operand.truth(in: request) {
          if isTrue != isAnd {
            forgetFaults(since: faultMark)
            // What the other operands read did not decide.
            if isTracing { trace.removeSubrange(mark..<operandMark) }
            return .boolean(!isAnd)
          }
        } else {
          let fault = note(blame(Fault(kind: .unsupported, instruction: at), [operand]))
          failure = failure ?? fault
        }
      } catch {
        if error.kind == .costLimit { throw error }
        truncateTrace(operandMark)
        let noted = note(error)
        failure = failure ?? noted
      }
    }
    if let failure { throw failure }
    return .boolean(isAnd)
  }

  private mutating func call(
    _ function: Int32, _ first: Int32, _ count: Int32, _ at: Int32, isLazy: Bool,
    _ program: CELProgram, _ request: Request, _ symbols: SymbolTable
  ) throws(Fault) -> CELValue {
    var arguments = Arguments()
    arguments.count = Int(count)
    let first = Int(first)
    if count > 0 {
      arguments.first = try value(program.operands[first], program, request, symbols)
    }
    var count = count
    if isLazy, case .optional(let optional) = arguments.first, optional.value != nil { count = 1 }
    if count > 1 {
      arguments.second = try value(program.operands[first + 1], program, request, symbols)
    }
    if count > 2 {
      arguments.third = try value(program.operands[first + 2], program, request, symbols)
    }
    if count > 3 {
      arguments.fourth = try value(program.operands[first + 3], program, request, symbols)
    }
    current = at
    do {
      return try program.functions[Int(function)](&self, arguments, request, symbols)
    } catch {
      throw blame(
        error,
        Array(
          [arguments.first, arguments.second, arguments.third, arguments.fourth]
            .prefix(arguments.count)))
    }
  }
}

/// The arguments of a call; no function takes more than four.
struct Arguments {
  var first = CELValue.null
  var second = CELValue.null
  var third = CELValue.null
  var fourth = CELValue.null
  var count = 0
}
