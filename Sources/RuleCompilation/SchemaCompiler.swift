import CEL
import Documents
import Evaluation
import Findings
import RequisitePatterns
import RulePacks
import SourceText

/// Compiles schemas of a pack's files into a plan.
///
/// Each keyword's own file says what it becomes; this type follows references, gives every schema its
/// number, and takes down errors.
struct SchemaCompiler {
  /// The plan that is being made.
  var plan: Plan
  /// The files that take part, with what is known of their schemas.
  var resources: SchemaResources
  /// The errors found so far.
  var diagnostics = DiagnosticCollector()
  /// How many steps are left for compiling; schemas that come after them stay empty.
  var budget = LoadingBudget()
  /// The files in which schemas may refer to parameters.
  var parameterFiles: [Int: ParameterFile] = [:]
  /// Whether unknown keywords are errors: in packs they are, in suites they are annotations.
  let isStrict: Bool
  /// Whether `format` asserts anything where no meta-schema says that it does.
  var assertsFormats = true
  /// Whether `contentEncoding`, `contentMediaType` and `contentSchema` assert anything.
  var assertsContents = true

  /// The places of patterns in the plan, by their text.
  var patternNumbers: [[UInt8]: Int] = [:]
  private var numbers: [SchemaPlace: SchemaID] = [:]
  private var bodies: [[Instruction]] = []
  private var waiting: [(place: SchemaPlace, id: SchemaID)] = []
  private var current: [Instruction] = []
  private var currentTail: [Instruction] = []
  private var edges: [(from: SchemaID, to: SchemaID, place: SchemaPlace)] = []
  private var currentSchema = SchemaID(0)
  /// For each dynamic reference, what resources have to have for it to lead there.
  private var dynamicMarks: [DynamicMark] = []

  /// A pack's own file, and where the values are of the parameters that schemas in it may name.
  struct ParameterFile {
    var pack: RulePack
    var values: [String: SchemaPlace]
  }

  init(plan: Plan, resources: SchemaResources, isStrict: Bool) {
    self.plan = plan
    self.resources = resources
    self.isStrict = isStrict
  }

  // MARK: - Schemas

  /// The number of the schema at a place, which is compiled if it is new.
  mutating func compile(_ place: SchemaPlace) -> SchemaID {
    let id = schema(at: place)
    compileWaiting()
    return id
  }

  private mutating func compileWaiting() {
    while budget.isLeftForCompilation, let (place, id) = waiting.popLast() {
      compileBody(of: place, id: id)
    }
  }

  /// The number that the schema at a place has or will have; a keyword calls this for subschemas.
  mutating func schema(at place: SchemaPlace) -> SchemaID {
    let place = substituted(place)
    if let known = numbers[place] { return known }
    let id = SchemaID(bodies.count)
    spend(CompilationCost.schema)
    numbers[place] = id
    bodies.append([])
    let document = resources.document(of: place)
    let title = document.value(named: "title", in: place.node)
      .flatMap { document.kind(of: $0) == .string ? document.text(of: $0) : nil }
    plan.program.schemas.append(
      CompiledSchema(
        instructions: 0..<0, resource: resources.resource(of: place),
        title: title))
    waiting.append((place, id))
    return id
  }

  /// A subschema that applies to the same value as the schema at hand.
  mutating func inPlaceSchema(at place: SchemaPlace) -> SchemaID {
    let id = schema(at: place)
    edges.append((currentSchema, id, place))
    return id
  }

  /// Takes steps out of the budget of compiling; see `CompilationCost`.
  mutating func spend(_ steps: Int) { budget.spendOnCompilation(steps) }

  /// Adds an instruction to the schema at hand.
  mutating func emit(_ instruction: Instruction) {
    current.append(instruction)
  }

  /// Adds an assertion that has no instruction of its own to the schema at hand.
  mutating func emit(_ assertion: CustomAssertion) {
    plan.program.customAssertions.append(assertion)
    emit(.custom(index: plan.program.customAssertions.count - 1))
  }

  /// Adds an instruction behind all others of the schema at hand.
  mutating func emitLast(_ instruction: Instruction) {
    currentTail.append(instruction)
  }

  private mutating func compileBody(of place: SchemaPlace, id: SchemaID) {
    let document = resources.document(of: place)
    current = []
    currentTail = []
    currentSchema = id
    switch document.kind(of: place.node) {
    case .boolean: if !document.isTrue(place.node) { emit(.never) }
    case .object: compileKeywords(of: place)
    case .null, .number, .string, .array, .name, .absent:
      mistake(
        "schema/wrong-type", "expected a schema: a mapping of keywords, or true or false", at: place
      )
    }
    bodies[id.index] = current + currentTail
  }

  private mutating func compileKeywords(of place: SchemaPlace) {
    let document = resources.document(of: place)
    let draft = resources.draft(of: place)
    let vocabularies = resources.vocabularies(of: place)
    if draft == .draft7, let reference = document.member(named: "$ref", in: place.node) {
      // Before 2019-09, nothing beside a reference counts.
      Keyword.reference.compile(use(of: reference, in: place, draft: draft), &self)
      if isStrict { reportSiblings(of: reference, in: place, draft: draft) }
      return
    }
    for member in document.members(of: place.node) {
      let name = document.text(of: member.name)
      guard let keyword = KeywordList.byName[name], keyword.drafts.contains(draft) else {
        reportUnknown(name, SchemaPlace(file: place.file, node: member.name), draft: draft)
        continue
      }
      guard
        keyword.vocabulary == .core || vocabularies.contains(keyword.vocabulary)
          || keyword.vocabulary.isOfFormats && vocabularies.contains(where: \.isOfFormats)
      else { continue }
      spend(CompilationCost.keyword)
      compile(keyword, use(of: member, in: place, draft: draft))
    }
  }

  /// Reports the keywords beside a reference in draft-07, annotations and definitions aside.
  private mutating func reportSiblings(
    of reference: Document.Member, in place: SchemaPlace, draft: Draft
  ) {
    let document = resources.document(of: place)
    for member in document.members(of: place.node) where member.name != reference.name {
      let name = document.text(of: member.name)
      let namePlace = SchemaPlace(file: place.file, node: member.name)
      guard let keyword = KeywordList.byName[name], keyword.drafts.contains(draft) else {
        reportUnknown(name, namePlace, draft: draft)
        continue
      }
      if keyword.isAnnotation {
        compile(keyword, use(of: member, in: place, draft: draft))
        continue
      }
      checkSibling(keyword, use(of: member, in: place, draft: draft))
      if keyword.vocabulary != .core {
        mistake(
          "schema/useless",
          "\(name) has no effect beside $ref in draft-07; put both into allOf, or declare draft 2019-09 or later with $schema",
          at: namePlace, severity: .warning)
      }
    }
  }

  /// Compiles a keyword, unless a parameter stands for a value that has to be written out.
  private mutating func compile(_ keyword: Keyword, _ use: KeywordUse) {
    if isStrict, !keyword.value.takesParameters {
      let written = SchemaPlace(
        file: use.namePlace.file, node: NodeID(use.namePlace.node.index + 1))
      if use.value != written {
        mistake(
          "schema/wrong-type", "\(use.name) takes no parameter; write the value itself",
          at: written)
        return
      }
    }
    keyword.compile(use, &self)
  }

  /// Compiles a keyword that has no effect, so that errors in it are reported, and drops what that gave.
  private mutating func checkSibling(_ keyword: Keyword, _ use: KeywordUse) {
    guard parameterFiles[use.schema.file] != nil else { return }
    let (instructions, tail, edgeCount) = (current, currentTail, edges.count)
    let assertionCount = plan.program.customAssertions.count
    compile(keyword, use)
    (current, currentTail) = (instructions, tail)
    edges.removeLast(edges.count - edgeCount)
    let unused = plan.program.customAssertions.count - assertionCount
    plan.program.customAssertions.removeLast(unused)
  }

  private func use(
    of member: Document.Member, in schema: SchemaPlace, draft: Draft
  ) -> KeywordUse {
    KeywordUse(
      name: resources.document(of: schema).text(of: member.name),
      value: substituted(SchemaPlace(file: schema.file, node: member.value)),
      namePlace: SchemaPlace(file: schema.file, node: member.name), schema: schema, draft: draft)
  }

  private mutating func reportUnknown(_ name: String, _ place: SchemaPlace, draft: Draft) {
    guard isStrict, !name.hasPrefix("x-") else { return }
    guard wantsHints else {
      mistake("schema/unknown-keyword", "unknown keyword \"\(name)\"", at: place)
      return
    }
    if let advice = ForeignKeywords.advice(on: name) {
      mistake("schema/unknown-keyword", "unknown keyword \"\(name)\"; \(advice)", at: place)
      return
    }
    let known = KeywordList.all.filter { $0.drafts.contains(draft) }.map(\.name)
    let nearest = NearestName.nearest(to: name, among: known)
    let others = Draft.allCases.filter { KeywordList.byName[name]?.drafts.contains($0) ?? false }
    if !others.isEmpty {
      mistake(
        "schema/unknown-keyword",
        "\"\(name)\" is not a keyword of \(draft.name), only of \(others.map(\.name).joined(separator: " and "))"
          + (Self.successors[name].flatMap {
            $0.drafts.contains(draft) ? "; write \"\($0.name)\"" : nil
          }
            ?? ""),
        at: place)
      return
    }
    mistake(
      "schema/unknown-keyword",
      nearest.map { "unknown keyword \"\(name)\"; did you mean \"\($0)\"?" }
        ?? "unknown keyword \"\(name)\"; begin keywords of your own with x-", at: place)
  }

  /// What keywords are called in other drafts.
  private static let successors: [String: (name: String, drafts: Set<Draft>)] = [
    "prefixItems": ("items", [.draft7, .draft2019]),
    "additionalItems": ("items", [.draft2020]),
    "dependentRequired": ("dependencies", [.draft7]),
    "dependentSchemas": ("dependencies", [.draft7]),
    "$recursiveRef": ("$dynamicRef", [.draft2020]),
    "$recursiveAnchor": ("$dynamicAnchor", [.draft2020]),
    "$dynamicRef": ("$recursiveRef", [.draft2019]),
    "$dynamicAnchor": ("$recursiveAnchor", [.draft2019]),
  ]

  /// The value of a parameter where a place refers to one, else the place itself.
  func substituted(_ place: SchemaPlace) -> SchemaPlace {
    guard let file = parameterFiles[place.file],
      let use = file.pack.parameterUse(at: place.node)
    else { return place }
    return file.values[use.name.value] ?? place
  }

  /// The plan with all schemas in it.
  consuming func finish() -> (plan: Plan, diagnostics: [Diagnostic]) {
    addDynamicTargets()
    reportCycles()
    plan.program.constantDocuments = resources.files.map { Request($0.file.document) }
    for (index, body) in bodies.enumerated() {
      let start = plan.program.instructions.count
      plan.program.instructions += body
      plan.program.schemas[index].instructions = start..<plan.program.instructions.count
    }
    return (plan, diagnostics.all)
  }

  /// A reference that is settled, while a value is looked at, by the resources that were entered.
  mutating func addDynamicReference(fallback: SchemaID, to mark: DynamicMark) {
    plan.program.hasDynamicReferences = true
    plan.program.dynamicReferences.append(DynamicReference(fallback: fallback, targets: [:]))
    dynamicMarks.append(mark)
    emit(.dynamicReference(index: plan.program.dynamicReferences.count - 1))
  }

  /// Fills in what each dynamic reference can lead to, when all resources are known.
  private mutating func addDynamicTargets() {
    // References by the same mark lead to the same schemas, so that the work grows with the marks.
    var targets: [DynamicMark: [Int: SchemaID]] = [:]
    // Compiling a target may bring in further resources and references.
    var seen = (resources: -1, references: -1)
    while seen != (resources.resources.count, dynamicMarks.count), budget.isLeftForCompilation {
      seen = (resources.resources.count, dynamicMarks.count)
      var places: [DynamicMark: [(resource: Int, place: SchemaPlace)]] = [:]
      for (number, resource) in resources.resources.enumerated() {
        spend(resource.dynamicAnchors.count + 1)
        if resource.isRecursiveAnchor {
          places[.recursiveAnchor, default: []].append((number, resource.root))
        }
        for (anchor, place) in resource.dynamicAnchors {
          places[.dynamicAnchor(anchor), default: []].append((number, place))
        }
      }
      var done: Set<DynamicMark> = []
      for mark in dynamicMarks where done.insert(mark).inserted {
        for (number, place) in places[mark] ?? [] where targets[mark]?[number] == nil {
          targets[mark, default: [:]][number] = schema(at: place)
        }
      }
      compileWaiting()
    }
    for (index, mark) in dynamicMarks.enumerated() {
      plan.program.dynamicReferences[index].targets = targets[mark] ?? [:]
    }
  }

  /// A schema that refers to itself without going down into the value would never come to an end.
  private mutating func reportCycles() {
    var targets: [Int: [(to: Int, place: SchemaPlace)]] = [:]
    for edge in edges { targets[edge.from.index, default: []].append((edge.to.index, edge.place)) }
    var state = [UInt8](repeating: 0, count: bodies.count)
    for start in bodies.indices where state[start] == 0 {
      var path: [(schema: Int, next: Int)] = [(start, 0)]
      state[start] = 1
      while let (schema, next) = path.last {
        let edges = targets[schema] ?? []
        guard next < edges.count else {
          state[schema] = 2
          path.removeLast()
          continue
        }
        path[path.count - 1].next += 1
        let (to, place) = edges[next]
        if state[to] == 1 {
          mistake(
            "schema/endless-reference",
            "endless reference: the schema refers to itself without descending into the value",
            at: place)
        } else if state[to] == 0 {
          state[to] = 1
          path.append((to, 0))
        }
      }
    }
  }

  // MARK: - Errors

  /// After how many errors no more nearest names are looked for.
  private static let hintLimit = 200

  /// Whether there are so few errors that what may be meant is worth looking for.
  var wantsHints: Bool { diagnostics.all.count < Self.hintLimit }

  /// Takes down what was found elsewhere.
  mutating func add(_ diagnostic: Diagnostic) { diagnostics.add(diagnostic) }

  /// Takes down an error at a place, or at a part of it in source bytes.
  mutating func mistake(
    _ code: String, _ message: String, at place: SchemaPlace, part: TextRange? = nil,
    severity: Severity = .error
  ) {
    // What could not be read has an error of its own.
    if resources.isIncomplete(place) { return }
    diagnostics.add(
      Diagnostic(
        code, severity: severity, message, at: resources.location(of: place, part: part)))
  }
}

/// What a resource has to have for a dynamic reference to lead to it.
enum DynamicMark: Hashable {
  /// A `$dynamicAnchor` of this name.
  case dynamicAnchor(ExactText)
  /// `$recursiveAnchor: true` at its root.
  case recursiveAnchor
}

/// Diagnostics in the order in which they were found; each only once.
struct DiagnosticCollector {
  private(set) var all: [Diagnostic] = []
  private var seen: Set<Diagnostic> = []

  /// Adds a diagnostic unless it is there already.
  mutating func add(_ diagnostic: Diagnostic) {
    if seen.insert(diagnostic).inserted { all.append(diagnostic) }
  }
}

extension Document {
  /// The last member of a name, compared by decoded bytes.
  func member(named name: String, in object: NodeID) -> Member? {
    let wanted = Array(name.utf8)
    var found: Member?
    for member in members(of: object) where text(of: member.name, equals: wanted) {
      found = member
    }
    return found
  }
}
