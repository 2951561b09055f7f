import CEL
import Documents
import SourceText

/// A document, what its names are bound to, and an expression's environment over it.
struct Fixture {
  var symbols = SymbolTable()
  let document: Document
  var binding = Binding()
  /// The document with its names bound.
  var request: Request { Request(document, binding: binding) }
  var environment: CELEnvironment
  var evaluator = CELEvaluatorBox()

  /// Reads JSON; `self` and `root` are its whole value.
  init(_ json: String = "{}", type: CELType = .dyn, shapes: CELShapes = CELShapes()) {
    document = JSONReader.read(Array(json.utf8)).document
    environment = CELEnvironment(
      variables: [
        CELEnvironment.Variable(name: "self", type: type),
        CELEnvironment.Variable(name: "root", type: type),
      ], shapes: shapes)
  }

  /// Compiles an expression and binds the document's names to what it mentions.
  mutating func compile(_ text: String) -> CELCompilation {
    let compilation = CELCompiler.compile(text, environment: environment, symbols: &symbols)
    var binder = NameBinder(symbols: symbols, shapes: NameShapes())
    _ = binder.bind(document, into: &binding)
    return compilation
  }

  var variables: [CELValue] { [.node(.root), .node(.root)] }

  /// The value of an expression as text; an error is its message after `error:`.
  mutating func evaluate(_ text: String) -> String {
    let compilation = compile(text)
    guard let program = compilation.program else {
      return "invalid: " + compilation.errors.map(\.message).joined(separator: "; ")
    }
    do {
      let value = try evaluator.evaluate(program, variables, request, symbols)
      return value.rendered(in: request, symbols: symbols).text
    } catch {
      return "error: \(error.message)"
    }
  }

  /// What becomes of a condition.
  mutating func verdict(_ text: String) -> String {
    let compilation = compile(text)
    guard let program = compilation.program else { return "invalid" }
    return evaluator.verdict(program, variables, request, symbols)
  }

  /// The source text of the nodes that decided a condition.
  mutating func trace(_ text: String) -> [String] {
    guard let program = compile(text).program else { return ["invalid"] }
    var evaluator = CELEvaluator()
    evaluator.isTracing = true
    _ = evaluator.verdict(of: program, variables: variables, in: request, symbols: symbols)
    return evaluator.trace.map { sourceText(of: $0) }
  }

  /// The source text of the nodes whose content went into new values.
  mutating func touched(_ text: String) throws -> [String] {
    guard let program = compile(text).program else { return ["invalid"] }
    var evaluator = CELEvaluator()
    evaluator.recordsTouched = true
    _ = try evaluator.evaluate(
      program, variables: variables, in: request, symbols: symbols)
    return evaluator.touched.map { sourceText(of: $0) }
  }

  func sourceText(of node: NodeID) -> String {
    let range = document.range(of: node)
    return String(
      decoding: document.source[range.lowerBound..<range.upperBound], as: UTF8.self)
  }
}

/// An evaluator for tests, made anew for each evaluation.
struct CELEvaluatorBox {
  var costLimit = CELEvaluator.defaultCostLimit

  func evaluate(
    _ program: CELProgram, _ variables: [CELValue], _ request: Request, _ symbols: SymbolTable
  ) throws(CELError) -> CELValue {
    var evaluator = CELEvaluator(costLimit: costLimit)
    return try evaluator.evaluate(
      program, variables: variables, in: request, symbols: symbols)
  }

  func verdict(
    _ program: CELProgram, _ variables: [CELValue], _ request: Request, _ symbols: SymbolTable
  ) -> String {
    var evaluator = CELEvaluator(costLimit: costLimit)
    switch evaluator.verdict(of: program, variables: variables, in: request, symbols: symbols) {
    case .holds: return "holds"
    case .fails: return "fails"
    case .absent: return "absent"
    case .error(let error): return "error: \(error.message)"
    }
  }
}
