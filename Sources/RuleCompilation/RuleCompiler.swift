package import Evaluation
package import Findings
package import RulePacks
import CEL
import Documents
import JSONPath
import RequestDecoding
import SourceText

/// What compiling a pack gave.
package struct RuleCompilation: Sendable {
  /// The plan; nil where there are errors.
  package var plan: Plan?
  /// What is wrong with the pack, sorted by place.
  package var diagnostics: [Diagnostic]
}

/// How much is checked of a pack beyond what compiling it needs.
package enum PackChecking: Sendable {
  /// Nothing: the pack is known to be sound, as built-in ones are by their tests.
  case none
  /// What the pack says: paths, members, contradictions, parameters.
  case contents
  /// The same, and that every example does what it stands under.
  case all
}

/// Makes a plan of a pack, or tells everything that is wrong with it.
package enum RuleCompiler {
  /// Compiles a pack; one that was read with errors is good for finding more of them.
  package static func compile(
    _ pack: RulePack, checking: PackChecking = .all, compilesFixes: Bool = true
  ) -> RuleCompilation {
    var build = PlanBuild(pack: pack)
    build.checking = checking
    build.compilesFixes = compilesFixes || checking != .none
    build.compile()
    return build.finish()
  }

  /// Compiles what reading a pack gave; the diagnostics are those of both.
  package static func compile(
    _ reading: RulePackReading, checking: PackChecking = .all, compilesFixes: Bool = true
  ) -> RuleCompilation {
    guard let pack = reading.pack else {
      return RuleCompilation(plan: nil, diagnostics: reading.diagnostics)
    }
    var build = PlanBuild(pack: pack)
    build.checking = checking
    build.compilesFixes = compilesFixes || checking != .none
    build.isWhole = !reading.hasErrors
    build.compile()
    var compilation = build.finish()
    if reading.hasErrors { compilation.plan = nil }
    compilation.diagnostics += reading.diagnostics
    compilation.diagnostics.sort(by: Diagnostic.precedes)
    return compilation
  }
}

/// A plan in the making.
struct PlanBuild {
  let pack: RulePack
  var schemas: SchemaCompiler
  var model = ModelBuilder()
  var rootShape = 0
  var hasModel = false
  var checking = PackChecking.all
  /// Whether fixes are compiled: a run that makes none does without, to begin sooner.
  var compilesFixes = true
  /// Whether all of the pack could be read.
  var isWhole = true
  /// Whether an expression could not be compiled.
  var hasFaultyExpressions = false
  /// How many schemas were checked.
  var visitCount = 0

  /// The number of the pack's own file among those that take part.
  static let packFile = 0
  /// The number of the model's file.
  static let modelFile = 1

  init(pack: RulePack) {
    self.pack = pack
    var resources = SchemaResources()
    for (path, file) in pack.schemaFiles { resources.registry[Self.uri(of: path)] = file }
    _ = resources.add(pack.file, uri: Self.uri(of: pack.fileName))
    if let schema = pack.request?.schema {
      let uri = URIReference.resolve(schema.path.value, against: Self.uri(of: pack.fileName))
      _ = resources.add(schema.file, uri: uri)
      resources.addSchema(at: SchemaPlace(file: Self.modelFile, node: .root))
    }
    schemas = SchemaCompiler(
      plan: Plan(packName: pack.name.value), resources: resources, pack: pack,
      packFile: Self.packFile, isStrict: true)
  }

  /// The URI that a file goes by; it is relative to the pack's folder, and never fetched.
  static func uri(of path: String) -> String { "pack:/\(path)" }

  mutating func compile() {
    schemas.plan.parameters = .map(
      CELMap(
        pack.parameters.map {
          .init(
            key: CELValue($0.name.value),
            value: Self.value(of: $0.defaultValue, in: pack.file.document))
        }))
    if pack.request?.schema != nil {
      hasModel = true
      let root = SchemaPlace(file: Self.modelFile, node: .root)
      rootShape = model.shape(at: root, &schemas)
      schemas.plan.modelSchema = schemas.compile(root)
    }
    if let detect = pack.request?.detect {
      schemas.plan.detect = compileSchema(at: detect, name: "detect")
      if checking != .none { checkSchema(at: detect, shapes: [rootShape]) }
    }
    for path in pack.request?.sensitive ?? [] { addSensitive(path) }
    for rule in pack.rules { addRule(rule) }
    if checking != .none {
      checkModel()
      if isWhole { checkParameters() }
    }
  }

  consuming func finish() -> RuleCompilation {
    let shapes = model.shapes.map(\.shape)
    let (pack, rootShape, checking, isWhole) = (pack, rootShape, checking, isWhole)
    var (plan, diagnostics) = schemas.finish()
    if checking != .none { diagnostics = Self.namingParameters(of: pack, in: diagnostics) }
    plan.model = RequestModel(
      shapes: NameShapes(shapes: shapes, root: rootShape, symbolCount: plan.symbols.count),
      symbols: plan.symbols)
    if checking != .none {
      var check = ConditionCheck(
        pack: pack, isWhole: isWhole, plan: plan, diagnostics: diagnostics)
      check.check()
      diagnostics += check.diagnostics
    }
    let hasErrors = diagnostics.contains { $0.severity == .error }
    if checking == .all, isWhole, !hasErrors {
      var check = ExampleCheck(pack: pack, plan: plan)
      check.check()
      diagnostics += check.diagnostics
    }
    diagnostics.sort(by: Diagnostic.precedes)
    return RuleCompilation(
      plan: diagnostics.contains { $0.severity == .error } ? nil : plan, diagnostics: diagnostics)
  }

  // MARK: - Rules

  private mutating func addRule(_ rule: RulePack.Rule) {
    guard let then = rule.then else { return }
    var shapes: Set<Int> = []
    var selectors: [Selector] = []
    for path in rule.given {
      guard let query = query(path) else {
        shapes.insert(0)
        continue
      }
      shapes.formUnion(self.shapes(selectedBy: query, path))
      selectors.append(selector(query))
    }
    let selfShape = shapes.count == 1 ? shapes.first ?? 0 : 0
    let condition = rule.when.flatMap { self.condition($0, of: rule, part: "when", selfShape) }
    let compiledThen = self.condition(then, of: rule, part: "then", selfShape)
    if checking != .none {
      for case .schema(let node)? in [rule.when, rule.then] {
        checkSchema(at: node, shapes: shapes)
      }
    }
    let message = rule.message.flatMap { template($0, selfShape) }
    guard let assertion = compiledThen else { return }
    schemas.plan.rules.append(
      PlanRule(
        name: rule.name.value, severity: rule.severity.findingSeverity, selectors: selectors,
        condition: condition, assertion: assertion, message: message,
        fix: compilesFixes ? rule.fix.flatMap { fix($0, selfShape) } : nil))
  }

  private mutating func condition(
    _ condition: RulePack.Condition, of rule: RulePack.Rule, part: String, _ selfShape: Int
  ) -> Condition? {
    switch condition {
    case .schema(let node):
      return .schema(compileSchema(at: node, name: "\(rule.name.value)/\(part)"))
    case .expression(let text):
      return program(text.value, at: text.node, offset: 0, selfShape, isCondition: true)
        .map { .expression(index: $0) }
    }
  }

  /// Compiles a schema that stands in the pack; references in it are to itself, or to other files.
  private mutating func compileSchema(at node: NodeID, name: String) -> SchemaID {
    let place = SchemaPlace(file: Self.packFile, node: node)
    schemas.resources.addSchema(at: place, uri: "\(Self.uri(of: pack.fileName))?\(name)")
    return schemas.compile(place)
  }

  // MARK: - Paths

  /// The query of a path, or nil where it is none, which is then told.
  private mutating func query(_ path: Located<String>) -> JSONPathQuery? {
    do throws(JSONPathError) {
      return try JSONPathQuery(path.value).compiled(symbols: &schemas.plan.symbols)
    } catch {
      schemas.mistake(
        "pack/bad-path", error.sentence, at: SchemaPlace(file: Self.packFile, node: path.node),
        part: pack.file.sourceRange(
          of: error.range.lowerBound..<error.range.upperBound, in: path.node))
      return nil
    }
  }

  private mutating func selector(_ query: JSONPathQuery) -> Selector {
    if let (symbols, thenEach) = query.plainPath {
      return .path(symbols, thenEach: thenEach)
    }
    schemas.plan.queries.append(query)
    return .query(index: schemas.plan.queries.count - 1)
  }

  private mutating func addSensitive(_ path: Located<String>) {
    guard let query = query(path) else { return }
    _ = shapes(selectedBy: query, path)
    if let (symbols, thenEach) = query.plainPath, !thenEach {
      schemas.plan.sensitive.append(.path(symbols))
    } else {
      schemas.plan.queries.append(query)
      let named = query.segments.map { $0.memberNames }
      schemas.plan.sensitive.append(
        .query(
          index: schemas.plan.queries.count - 1, last: named.last ?? [],
          innermost: named.last { !$0.isEmpty } ?? []))
    }
  }

  /// The shapes of the nodes that a path selects, 0 for what the model does not tell.
  ///
  /// A part of the path that can select nothing is told.
  private mutating func shapes(
    selectedBy query: JSONPathQuery, _ path: Located<String>
  ) -> Set<Int> {
    if hasManyMistakes { return [0] }
    var check = PathCheck(model: model, root: rootShape, symbols: schemas.plan.symbols)
    let shapes = check.shapes(selectedBy: query)
    guard checking != .none else { return shapes }
    for fault in check.faults {
      schemas.mistake(
        fault.code, fault.message, at: SchemaPlace(file: Self.packFile, node: path.node),
        part: pack.file.sourceRange(
          of: fault.range.lowerBound..<fault.range.upperBound, in: path.node))
    }
    return shapes
  }

  // MARK: - Expressions

  /// The names that expressions may use; those of messages come last.
  private func environment(_ selfShape: Int, isMessage: Bool) -> CELEnvironment {
    var shapes = model.expressionShapes
    var parameters: [String: Int] = [:]
    for parameter in pack.parameters {
      let shape: CELShapes.Shape =
        switch parameter.type {
        case .integer: .integer
        case .number: .number
        case .string: .string
        case .boolean: .boolean
        case .array: .list(element: CELShapes.any)
        case .object: .map(value: CELShapes.any)
        }
      parameters[parameter.name.value] = shapes.add(shape)
    }
    let parametersShape = shapes.add(.object(.init(members: parameters, others: nil)))
    var variables: [CELEnvironment.Variable] = [
      .init(name: "self", type: shapes.type(of: model.shapes[selfShape].expressionShape)),
      .init(name: "root", type: shapes.type(of: model.shapes[rootShape].expressionShape)),
      .init(
        name: "params", type: shapes.type(of: parametersShape),
        constant: schemas.plan.parameters),
    ]
    if isMessage {
      variables += [
        .init(name: "key", type: .dyn), .init(name: "value", type: .dyn),
        .init(name: "path", type: .string),
      ]
    }
    return CELEnvironment(variables: variables, shapes: shapes)
  }

  /// Compiles an expression that begins at an offset of a node's text; mistakes stand at their column.
  mutating func program(
    _ text: String, at node: NodeID, offset: Int, _ selfShape: Int, isCondition: Bool,
    isMessage: Bool = false
  ) -> Int? {
    let compilation = CELCompiler.compile(
      text, environment: environment(selfShape, isMessage: isMessage),
      symbols: &schemas.plan.symbols)
    for error in compilation.errors {
      let (code, message) = words(for: error, in: text)
      schemas.mistake(
        code, message, at: SchemaPlace(file: Self.packFile, node: node),
        part: pack.file.sourceRange(
          of: (error.range.lowerBound + offset)..<(error.range.upperBound + offset), in: node))
    }
    guard let program = compilation.program else {
      hasFaultyExpressions = true
      return nil
    }
    if isCondition, program.type != .boolean, program.type != .dyn {
      schemas.mistake(
        "pack/bad-expression",
        "this gives a value of type \(program.type); a condition is true or false",
        at: SchemaPlace(file: Self.packFile, node: node))
      return nil
    }
    schemas.plan.programs.append(program)
    return schemas.plan.programs.count - 1
  }

  /// Reads a message: text with `{{ expression }}` in it; nil where any of it is faulty, all of
  /// which is told.
  private mutating func template(
    _ message: Located<String>, _ selfShape: Int
  ) -> MessageTemplate? {
    template(message, selfShape, code: "pack/bad-message", isMessage: true)
  }

  /// Reads a text of a message or a fix; mistakes but those of expressions go by `code`.
  mutating func template(
    _ text: Located<String>, _ selfShape: Int, code: String, isMessage: Bool
  ) -> MessageTemplate? {
    let bytes = Array(text.value.utf8)
    let scan = TemplateScan(bytes)
    var parts: [MessageTemplate.Part] = []
    var isSound = true
    for part in scan.parts {
      switch part {
      case .text(let range): parts.append(.text(String(decoding: bytes[range], as: UTF8.self)))
      case .expression(let range):
        if let program = program(
          String(decoding: bytes[range], as: UTF8.self), at: text.node, offset: range.lowerBound,
          selfShape, isCondition: false, isMessage: isMessage)
        {
          parts.append(.expression(index: program))
        } else {
          isSound = false
        }
      }
    }
    if let open = scan.unclosed {
      schemas.mistake(
        code, "'{{' is not followed by '}}'",
        at: SchemaPlace(file: Self.packFile, node: text.node),
        part: pack.file.sourceRange(of: open..<(open + 2), in: text.node))
      return nil
    }
    return isSound ? MessageTemplate(parts: parts) : nil
  }

  /// A value of the pack as expressions know it.
  ///
  /// Recursion is as deep as the value nests, which the pack's reader limits.
  static func value(of node: NodeID, in document: Document) -> CELValue {
    switch document.kind(of: node) {
    case .null, .absent: .null
    case .boolean: .boolean(document.isTrue(node))
    case .number:
      switch document.number(of: node) {
      case .integer(let value): .integer(value)
      case .decimal: .double(document.number(of: node).double)
      }
    case .string, .name: .string(Array(document.utf8(of: node)))
    case .array: .list(CELList(document.elements(of: node).map { value(of: $0, in: document) }))
    case .object:
      .map(
        CELMap(
          document.members(of: node).map {
            .init(
              key: .string(Array(document.utf8(of: $0.name))),
              value: value(of: $0.value, in: document))
          }))
    }
  }
}

extension JSONPathQuery {
  /// The names of a path that goes by names alone, but for a last step to all children; else nil.
  fileprivate var plainPath: (symbols: [Symbol], thenEach: Bool)? {
    guard start == .root else { return nil }
    var symbols: [Symbol] = []
    for (index, segment) in segments.enumerated() {
      guard !segment.isDescendant, segment.selectors.count == 1 else { return nil }
      switch segment.selectors[0].kind {
      case .name(let name): symbols.append(name.symbol)
      case .wildcard:
        return index == segments.count - 1 ? (symbols, true) : nil
      case .index, .slice, .filter: return nil
      }
    }
    return (symbols, false)
  }
}

extension RulePack {
  /// The last part of the path of the pack's file.
  fileprivate var fileName: String {
    let path = file.source.path
    return path.utf8.lastIndex(of: UInt8(ascii: "/")).map { String(path[path.index(after: $0)...]) }
      ?? path
  }
}

extension JSONPathQuery.Segment {
  /// The symbols of the members that the segment names.
  fileprivate var memberNames: [Symbol] {
    selectors.compactMap { selector in
      guard case .name(let name) = selector.kind else { return nil }
      return name.symbol
    }
  }
}
