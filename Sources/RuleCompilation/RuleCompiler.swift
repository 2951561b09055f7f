package import Evaluation
package import Findings
package import RulePacks
import CEL
import Documents
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
  /// The same, and that every example matches its heading.
  case all
}

/// Makes plans of packs, or tells everything that is wrong with them.
package enum RuleCompiler {
  /// Compiles what packs say of one of their requests.
  ///
  /// `owner` is the place of the pack that defines the request; nil where no pack does. `checking`
  /// says for each member of the composition what is checked of it. Fixes of packs that are not
  /// checked are compiled only on demand, since a run that makes none begins sooner without.
  package static func compile(
    _ composition: PackComposition, requestOf owner: Int?, checking: [PackChecking],
    compilesFixes: Bool = true
  ) -> RuleCompilation {
    var budget = LoadingBudget()
    return compile(
      composition, requestOf: owner, checking: checking, compilesFixes: compilesFixes,
      budget: &budget)
  }

  /// The same, where `costLimit` is what one evaluation of an expression may cost, and all examples
  /// together take no more than the budget.
  package static func compile(
    _ composition: PackComposition, requestOf owner: Int?, checking: [PackChecking],
    compilesFixes: Bool = true, costLimit: Int? = nil, budget: inout LoadingBudget
  ) -> RuleCompilation {
    var build = PlanBuild(composition, owner: owner, checking: checking, budget: budget)
    build.compilesFixes = compilesFixes
    if let costLimit { build.schemas.plan.limits.cost = costLimit }
    build.compile()
    return build.finish(&budget)
  }

  /// Compiles a pack that extends no other; one with errors is good for finding more of them.
  package static func compile(
    _ pack: RulePack, checking: PackChecking = .all
  ) -> RuleCompilation {
    compile(RulePackReading(pack: pack, diagnostics: []), checking: checking)
  }

  /// Compiles what reading a pack that extends no other gave; the diagnostics are those of both.
  package static func compile(
    _ reading: RulePackReading, checking: PackChecking = .all
  ) -> RuleCompilation {
    guard let pack = reading.pack else {
      return RuleCompilation(plan: nil, diagnostics: reading.diagnostics)
    }
    let (composition, mistakes) = PackComposer.compose(
      [
        PackComposition.Member(
          pack: pack, parents: [], ancestors: [], isBuiltIn: false, isWhole: !reading.hasErrors)
      ], roots: [0])
    var compilation = compile(
      composition, requestOf: composition.requestOwners.first, checking: [checking])
    compilation.diagnostics += reading.diagnostics + mistakes
    if compilation.diagnostics.hasErrors {
      compilation.plan = nil
    }
    compilation.diagnostics.sort(by: Diagnostic.precedes)
    return compilation
  }
}

/// A plan in the making.
struct PlanBuild {
  private(set) var composition: PackComposition
  /// The pack whose request the plan is for.
  let owner: Int?
  /// What is checked of each pack.
  private(set) var checkings: [PackChecking]
  /// The rules that the request is held to.
  private(set) var rules: [PackComposition.ComposedRule]
  var schemas: SchemaCompiler
  var model = ModelBuilder()
  /// The shape of the request by its model, 0 where there is none.
  var rootShape = 0
  /// What decoding requests takes of the model, where that is made already.
  private var requestModel: RequestModel?
  /// The place of the model's schema.
  var modelPlace: SchemaPlace?
  /// The pack whose words are being compiled.
  var member = 0
  /// The shape of `root` to the words that are being compiled.
  var visibleRootShape = 0
  /// For shapes of `$`, those of everything below, which many rules' paths ask for.
  var rootClosures: [Int: Set<Int>] = [:]
  /// Whether fixes of packs that are not checked are compiled as well.
  var compilesFixes = true
  /// For each pack, the shapes that its expressions know, and which of them is that of `params`.
  var expressionShapes: [Int: (shapes: CELShapes, parameters: Int)] = [:]
  /// Whether an expression could not be compiled.
  var hasFaultyExpressions = false
  /// How many schemas were checked.
  var visitCount = 0
  /// Whether it was reported that further schemas were not.
  var hasReportedVisitLimit = false
  /// The rule whose schemas are being checked; nil for those of a request.
  var ruleAtHand: RuleID?
  /// For each member, the number of its file among those that take part.
  private(set) var packFiles: [Int]

  init(
    _ composition: PackComposition, owner: Int?, checking: [PackChecking],
    budget: LoadingBudget = LoadingBudget()
  ) {
    self.composition = composition
    self.owner = owner
    checkings = checking
    rules = composition.rules(forRequestOf: owner)
    var resources = SchemaResources()
    var packFiles: [Int] = []
    for index in composition.members.indices {
      let pack = composition.members[index].pack
      let folder = Self.folder(of: index, in: composition)
      resources.addFolder(of: pack, uri: folder)
      packFiles.append(
        resources.add(pack.file, uri: folder + URIReference.encodedPath(pack.fileName)))
    }
    self.packFiles = packFiles
    if let owner, let schema = composition.members[owner].pack.request?.schema {
      let folder = Self.folder(of: owner, in: composition)
      let base = folder + URIReference.encodedPath(composition.members[owner].pack.fileName)
      let path = resources.path(
        ofReference: URIReference.encodedPath(schema.path.value), from: base)
      let file = resources.add(
        schema.file,
        uri: path
          ?? URIReference.resolve(URIReference.encodedPath(schema.path.value), against: base))
      let place = SchemaPlace(file: file, node: .root)
      resources.addSchema(at: place)
      modelPlace = place
    }
    let name = composition.members[owner ?? composition.roots.last ?? 0].pack.name.value
    schemas = SchemaCompiler(plan: Plan(packName: name), resources: resources, isStrict: true)
    schemas.plan.expressions.parameters = []
    schemas.budget = budget
    addParameters()
  }

  /// The URI of a pack's folder, which is never fetched.
  private static func folder(of member: Int, in composition: PackComposition) -> String {
    composition.members.count == 1
      ? "pack:/" : "pack:/\(composition.members[member].pack.name.value)/"
  }

  /// The pack whose words are being compiled.
  var pack: RulePack { composition.members[member].pack }
  /// What is checked of it.
  var checking: PackChecking { checkings[member] }
  /// The place of one of its nodes.
  func place(of node: NodeID) -> SchemaPlace { SchemaPlace(file: packFiles[member], node: node) }

  /// Makes the values of parameters known to the schemas and expressions of each pack.
  private mutating func addParameters() {
    var outside: [(file: PackFile, number: Int)] = []
    for member in composition.members.indices {
      var values: [String: SchemaPlace] = [:]
      var entries: [(name: [UInt8], value: CELValue)] = []
      let visible = composition.visibleParameters(of: member)
      for (name, parameter) in visible.sorted(by: { $0.key < $1.key }) {
        schemas.spend(CompilationCost.parameter)
        guard schemas.budget.isLeftForCompilation else { break }
        entries.append(
          (Array(name.utf8), Self.value(of: parameter.value, in: parameter.file.document)))
        let file: Int
        if let source = parameter.source {
          file = packFiles[source]
        } else if let known = outside.first(where: {
          $0.file.source.path.hasSameBytes(as: parameter.file.source.path)
            && $0.file.source.bytes == parameter.file.source.bytes
        }) {
          file = known.number
        } else {
          file = schemas.resources.add(parameter.file, uri: "setting:/\(outside.count)")
          outside.append((parameter.file, file))
        }
        values[name] = SchemaPlace(file: file, node: parameter.value)
      }
      schemas.parameterFiles[packFiles[member]] = .init(
        pack: composition.members[member].pack, values: values)
      schemas.plan.expressions.parameters.append(.map(CELMap(sorting: entries)))
    }
  }

  /// Takes the shapes of the request's model.
  private mutating func addShapes() {
    if let modelPlace { rootShape = model.shape(at: modelPlace, &schemas) }
    visibleRootShape = rootShape
  }

  /// Does what all variants of rules have in common; they are tried without the model's own schema.
  mutating func prepareForVariants() {
    addShapes()
    for index in composition.members.indices {
      member = index
      knownShapes()
    }
    requestModel = RequestModel(
      shapes: NameShapes(shapes: model.shapes.map(\.shape), root: rootShape),
      symbols: schemas.plan.program.symbols)
  }

  /// Goes on with packs that have further members, each of which extends one that was known.
  mutating func goOn(
    with composition: PackComposition, checking: [PackChecking], budget: LoadingBudget
  ) {
    self.composition = composition
    checkings = checking
    rules = composition.rules(forRequestOf: owner)
    schemas.budget = budget
    for member in packFiles.count..<composition.members.count {
      let source = composition.members[member].parents[0]
      let uri = schemas.resources.files[packFiles[source]].uri
      packFiles.append(schemas.resources.add(composition.members[member].pack.file, uri: uri))
      schemas.plan.expressions.parameters.append(schemas.plan.expressions.parameters[source])
      expressionShapes[member] = expressionShapes[source]
    }
  }

  mutating func compile() {
    addShapes()
    if let modelPlace { schemas.plan.ruleTable.modelSchema = schemas.compile(modelPlace) }
    if let owner {
      member = owner
      if let detect = pack.request?.detect { compileDetect(detect) }
    }
    for guardian in composition.guardians(ofRequest: owner) {
      member = guardian
      for path in pack.request?.sensitive ?? [] { addSensitive(path) }
      for identity in pack.request?.identities ?? [] { addIdentity(identity) }
    }
    if owner != nil {
      for (id, severity) in composition.modelSeverities
      where id.pack == schemas.plan.ruleTable.packName {
        schemas.plan.ruleTable.modelSeverities[String(id.rule.dropFirst("schema/".count))] =
          severity.value.value.findingSeverity
      }
    }
    guard schemas.budget.isLeftForCompilation else {
      member = owner ?? composition.roots.last ?? 0
      reportLimit("the request of this pack and all rules were", at: place(of: pack.name.node))
      return
    }
    addRules()
    guard schemas.budget.isLeftForCompilation else { return }
    if let owner {
      member = owner
      if checking != .none { checkModel() }
    }
    checkParameterValues()
    checkParameters()
    if !schemas.budget.isLeftForCompilation {
      member = owner ?? composition.roots.last ?? 0
      reportLimit("the model and the values of parameters were", at: place(of: pack.name.node))
    }
  }

  /// The plan and what is wrong; of a variant of a rule, without what depends on the packs alone.
  consuming func finish(
    _ budget: inout LoadingBudget, isVariant: Bool = false
  ) -> RuleCompilation {
    let shapes = model.shapes.map(\.shape)
    let (composition, rules, checkings) = (composition, rules, checkings)
    let (rootShape, requestModel) = (rootShape, requestModel)
    let modelLocation = modelPlace.map { schemas.resources.location(of: $0) }
    budget = schemas.budget
    var (plan, diagnostics) = schemas.finish()
    if !isVariant, checkings.contains(where: { $0 != .none }) {
      diagnostics = Self.namingParameters(of: composition, in: diagnostics)
    }
    plan.ruleTable.model =
      requestModel
      ?? RequestModel(
        shapes: NameShapes(shapes: shapes, root: rootShape), symbols: plan.program.symbols)
    var conditions = ConditionCheck(
      composition: composition, checkings: checkings, plan: plan, diagnostics: diagnostics)
    conditions.check(rules)
    if let modelLocation { conditions.checkModel(at: modelLocation, owner: owner) }
    diagnostics += conditions.diagnostics
    if !isVariant, !diagnostics.hasErrors {
      var examples = ExampleCheck(
        composition: composition, checkings: checkings, plan: plan, budget: budget)
      examples.check(rules)
      diagnostics += examples.diagnostics
      budget = examples.budget
    }
    diagnostics.sort(by: Diagnostic.precedes)
    return RuleCompilation(
      plan: diagnostics.hasErrors ? nil : plan, diagnostics: diagnostics)
  }

  // MARK: - Rules

  /// Compiles the rules, as far as there are steps for it.
  mutating func addRules() {
    for rule in rules {
      ruleAtHand = rule.id
      schemas.spend(CompilationCost.rule)
      addRule(rule)
      guard schemas.budget.isLeftForCompilation else {
        member = rule.definition.pack
        reportLimit(
          "the rule '\(rule.id)' and those after it were",
          at: place(of: rule.definition.value.name.node))
        break
      }
    }
    ruleAtHand = nil
  }

  /// Reports that no steps are left for compiling: what was not compiled is not checked by anybody.
  private mutating func reportLimit(_ what: String, at place: SchemaPlace) {
    schemas.mistake(
      "pack/limit",
      "compiling the packs took more than \(schemas.budget.compilationLimit) steps; \(what) not compiled; simplify them, or raise the limit with --cost-limit",
      at: place)
  }

  private mutating func addRule(_ rule: PackComposition.ComposedRule) {
    guard let then = rule.then else { return }
    // What is about any document says nothing of this request's members.
    visibleRootShape = rule.targets.isEmpty ? 0 : rootShape
    defer { visibleRootShape = rootShape }
    var shapes: Set<Int> = []
    var selectors: [Selector] = []
    if let given = rule.given {
      member = given.pack
      for path in given.value {
        guard let query = query(path) else {
          shapes.insert(0)
          continue
        }
        shapes.formUnion(self.shapes(selectedBy: query, path))
        selectors.append(selector(query))
      }
    } else {
      shapes = [visibleRootShape]
      selectors = [.path([], thenEach: false)]
    }
    let selfShape = shapes.count == 1 ? shapes.first ?? 0 : 0
    var condition: Condition?
    if let when = rule.when {
      member = when.pack
      condition = self.condition(when.value, of: rule, part: "when", selfShape, shapes)
    }
    member = then.pack
    let assertion = self.condition(then.value, of: rule, part: "then", selfShape, shapes)
    var message: MessageTemplate?
    if let text = rule.message {
      member = text.pack
      message = template(text.value, selfShape)
    }
    var fix: FixTemplate?
    if let source = rule.fix, compilesFixes || checkings[source.pack] != .none {
      member = source.pack
      fix = self.fix(source.value, shapes)
    }
    guard let assertion else { return }
    schemas.plan.ruleTable.rules.append(
      PlanRule(
        id: rule.id, severity: rule.severity.findingSeverity, selectors: selectors,
        condition: condition, assertion: assertion, message: message,
        summary: summary(of: rule, condition, assertion), fix: fix,
        fixIsSafe: rule.fix?.value.isSafe))
  }

  /// The description of a rule that has an expression, as a message: on one line, without a full stop.
  private func summary(
    of rule: PackComposition.ComposedRule, _ condition: Condition?, _ assertion: Condition
  ) -> String? {
    switch (condition, assertion) {
    case (.expression?, _), (_, .expression): break
    default: return nil
    }
    guard let description = rule.description else { return nil }
    let text = composition.members[description.pack].pack.text(of: description.value)
    let line = text.split(whereSeparator: \.isWhitespace).joined(separator: " ")
    return line.hasSuffix(".") && !line.hasSuffix("..") ? String(line.dropLast()) : line
  }

  private mutating func condition(
    _ condition: RulePack.Condition, of rule: PackComposition.ComposedRule, part: String,
    _ selfShape: Int, _ shapes: Set<Int>
  ) -> Condition? {
    switch condition {
    case .schema(let node):
      let schema = compileSchema(at: node, name: "\(rule.id.rule)/\(part)")
      if checking != .none { checkSchema(at: node, shapes: shapes) }
      return .schema(schema)
    case .expression(let text):
      return program(text.value, at: text.node, offset: 0, selfShape, isCondition: true)
        .map { .expression(index: $0) }
    }
  }

  /// Compiles a schema that is in the pack; references in it are to itself, or to other files.
  mutating func compileSchema(at node: NodeID, name: String) -> SchemaID {
    let place = place(of: node)
    schemas.resources.addSchema(
      at: place, uri: "\(schemas.resources.files[place.file].uri)?\(name)")
    return schemas.compile(place)
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
