package import Documents
import SourceText

/// Compiles expressions: parses, checks and lays out a program.
package enum CELCompiler {
  /// The program of an expression, or everything that is wrong with it, in the order of its text.
  package static func compile(
    _ text: String, environment: CELEnvironment, symbols: inout SymbolTable
  ) -> CELCompilation {
    let parsed: (tree: SyntaxTree, root: ExpressionID)
    do {
      parsed = try Parser.parse(text)
    } catch {
      return CELCompilation(program: nil, errors: [ErrorHints.hinted(error, in: text)])
    }
    // The table moves in and out again, so that adding a name never copies it.
    let table = symbols
    symbols = SymbolTable()
    var builder = ProgramBuilder(
      tree: parsed.tree, environment: environment, symbols: consume table)
    let root = builder.compile(parsed.root)
    symbols = builder.symbols
    builder.program.root = root.instruction
    builder.program.type = builder.types.resolved(root.type, isFinal: true)
    guard builder.errors.isEmpty else {
      return CELCompilation(
        program: nil,
        errors: ErrorHints.hinted(builder.errors.sorted { $0.range < $1.range }, in: text))
    }
    return CELCompilation(program: builder.program, errors: [])
  }
}

/// What compiling an expression gave.
package struct CELCompilation: Sendable {
  /// The program; nil where there are errors.
  package var program: CELProgram?
  /// What is wrong with the expression.
  package var errors: [CELError]
}

/// An expression that is laid out: its instruction and its type.
struct Compiled {
  var instruction: Int32
  var type: CELType
}

/// Lays out the program of a syntax tree, checking types on the way.
struct ProgramBuilder {
  let tree: SyntaxTree
  let environment: CELEnvironment
  var symbols: SymbolTable
  var program = CELProgram()
  var types: Unification
  private(set) var errors: [CELError] = []

  /// The variables of loops and bindings that are in reach.
  var locals: [Local] = []
  /// Which reference an instruction stands for, while it may still grow by a member.
  private var openReferences: [Int?] = []

  struct Local {
    var name: String
    var slot: Int32
    var type: CELType
  }

  init(tree: SyntaxTree, environment: CELEnvironment, symbols: SymbolTable) {
    self.tree = tree
    self.environment = environment
    self.symbols = symbols
    types = Unification(shapes: environment.shapes)
    program.variableCount = environment.variables.count
    program.slotCount = environment.variables.count
  }

  /// Reports an error, unless faults are to show only when evaluated.
  mutating func report(_ kind: CELError.Kind, _ range: TextRange) {
    if environment.checksTypes { errors.append(CELError(kind, range)) }
  }

  /// Takes back that names are unknown which were reported since a mark.
  mutating func forgetUnknownNames(since mark: Int) {
    guard errors.count > mark else { return }
    let others = errors[mark...].filter { if case .unknownName = $0.kind { false } else { true } }
    errors.replaceSubrange(mark..., with: others)
  }

  mutating func emit(_ instruction: Instruction, _ range: TextRange) -> Int32 {
    program.instructions.append(instruction)
    program.ranges.append(range)
    openReferences.append(nil)
    return Int32(program.instructions.count - 1)
  }

  mutating func constant(_ value: CELValue, _ range: TextRange) -> Int32 {
    program.constants.append(value)
    return emit(.constant(Int32(program.constants.count - 1)), range)
  }

  /// The value of an instruction that is a constant.
  func constantValue(_ instruction: Int32) -> CELValue? {
    if case .constant(let index) = program.instructions[Int(instruction)] {
      return program.constants[Int(index)]
    }
    return nil
  }

  /// Marks an instruction as the end of a reference, which a member selected from it makes longer.
  mutating func openReference(_ reference: Int, at instruction: Int32) {
    openReferences[Int(instruction)] = reference
  }

  /// The reference that an instruction ends, if any.
  func reference(at instruction: Int32) -> Int? {
    openReferences[Int(instruction)]
  }

  /// Emits an instruction; one whose operands are all constant is evaluated at once, if it can be.
  mutating func emitFolding(
    _ instruction: Instruction, _ range: TextRange, operands: [Int32]
  ) -> Int32 {
    let emitted = emit(instruction, range)
    for operand in operands where constantValue(operand) == nil { return emitted }
    var evaluator = CELEvaluator(costLimit: 10_000)
    program.root = emitted
    guard
      let value = try? evaluator.evaluate(
        program, variables: [], in: Request(Document()), symbols: symbols)
    else { return emitted }
    program.constants.append(value)
    program.instructions[Int(emitted)] = .constant(Int32(program.constants.count - 1))
    return emitted
  }

  /// An instruction that fails when it is evaluated; its type is not known.
  mutating func failure(_ kind: CELError.Kind, _ range: TextRange) -> Compiled {
    program.failures.append(kind)
    return Compiled(
      instruction: emit(.failure(Int32(program.failures.count - 1)), range), type: .dyn)
  }

  mutating func appendOperands(_ instructions: [Int32]) -> Int32 {
    program.operands.append(contentsOf: instructions)
    return Int32(program.operands.count - instructions.count)
  }

  /// Lays out an expression and all that it is made of.
  mutating func compile(_ id: ExpressionID) -> Compiled {
    var compiled = layOut(id)
    // Bindings could pile type on type, deeper than any expression nests.
    if types.isDeeper(compiled.type, than: Self.typeDepthLimit) { compiled.type = .dyn }
    return compiled
  }

  /// The maximum depth of nested types; deeper ones are checked only during evaluation.
  private static let typeDepthLimit = 100

  private mutating func layOut(_ id: ExpressionID) -> Compiled {
    let node = tree[id]
    switch node.kind {
    case .literal(let value):
      return Compiled(instruction: constant(value, node.range), type: CELType(of: value))
    case .identifier, .select: return compileNames(id)
    case .presence(let operand, let name, let isOptional):
      return compilePresence(operand, name, isOptional: isOptional, node.range)
    case .index(let operand, let key, let isOptional):
      return compileIndex(operand, key, isOptional: isOptional, node.range)
    case .call(let name, let target, let arguments):
      return compileCall(name, target, arguments, node.range)
    case .unary(let operation, let operand):
      return compileUnary(operation, operand, node.range)
    case .binary(let operation, let left, let right, let place):
      return compileBinary(operation, left, right, at: place, node.range)
    case .logical(let isAnd, let operands):
      return compileLogical(isAnd: isAnd, operands, node.range)
    case .conditional(let condition, let first, let second):
      return compileConditional(condition, first, second, node.range)
    case .list(let items): return compileList(items, node.range)
    case .map(let items): return compileMap(items, node.range)
    case .object(let name):
      report(.unsupportedObject(name), node.range)
      return failure(.unsupportedObject(name), node.range)
    case .comprehension(let comprehension):
      return compileComprehension(comprehension, node.range)
    case .binding(let name, let value, let body):
      return compileBinding(name, value, body: body, node.range)
    case .optionalMap(let target, let name, let body, let isFlat):
      return compileOptionalMap(target, name, body: body, isFlat: isFlat, node.range)
    }
  }
}
