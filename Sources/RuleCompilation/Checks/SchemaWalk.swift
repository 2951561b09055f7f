import Documents
import Evaluation
import Findings
import RulePacks

/// Goes through the schemas of a pack together with the request's model.
extension PlanBuild {
  /// Checks a schema of a rule and all schemas that it holds or refers to.
  mutating func checkSchema(at node: NodeID, shapes: Set<Int>) {
    walk(self.place(of: node), shapes: shapes, isModel: false)
  }

  /// Checks the request's model for what contradicts itself.
  mutating func checkModel() {
    guard let modelPlace else { return }
    walk(modelPlace, shapes: [], isModel: true)
  }

  /// A schema that is still to be looked at.
  private struct Visit: Hashable {
    var place: SchemaPlace
    var shapes: Set<Int>
    var stance: CheckedSchema.Stance
  }

  /// How many schemas are looked at in a pack; those that rules share count for each rule.
  static let visitLimit = 50_000
  /// After how many errors no more are looked for.
  static let mistakeLimit = 1_000

  /// Whether there are so many errors that more of them would help nobody.
  var hasManyMistakes: Bool { schemas.diagnostics.all.count >= Self.mistakeLimit }

  private mutating func walk(_ place: SchemaPlace, shapes: Set<Int>, isModel: Bool) {
    var work = [Visit(place: place, shapes: known(shapes), stance: .demand)]
    var seen = Set(work)
    while schemas.budget.isLeftForCompilation, visitCount < Self.visitLimit, !hasManyMistakes,
      let visit = work.popLast()
    {
      visitCount += 1
      let place = schemas.substituted(visit.place)
      guard schemas.kind(of: place) == .object else { continue }
      let schema = CheckedSchema(
        place, shapes: visit.shapes, isModel: isModel, stance: visit.stance, schemas)
      // Each check goes through the keywords, and some through their values and the shapes.
      schemas.spend(
        CompilationCost.check
          + schema.keywords.values.reduce(CompilationCost.shape * visit.shapes.count) {
            $0 + CompilationCost.keyword
              + CompilationCost.element * schemas.childCount(of: $1.value)
          })
      guard schemas.budget.isLeftForCompilation else { return }
      check(schema)
      for (place, shapes, stance) in children(of: schema) {
        let next = Visit(place: place, shapes: known(shapes), stance: stance)
        if seen.insert(next).inserted { work.append(next) }
      }
    }
    guard !work.isEmpty, !hasManyMistakes, !hasReportedVisitLimit,
      schemas.budget.isLeftForCompilation
    else { return }
    hasReportedVisitLimit = true
    let whose = ruleAtHand.map { "those of the rule '\($0)' and of rules after it" } ?? "the others"
    schemas.mistake(
      "pack/limit",
      "more than \(Self.visitLimit) schemas, each counted for every rule that uses it; \(whose) were not checked",
      at: place, severity: .warning)
  }

  /// Everything that is looked for in one schema; to add a check, write its file and a line here.
  private mutating func check(_ schema: CheckedSchema) {
    checkBounds(schema)
    checkTypes(schema)
    checkValues(schema)
    checkForbiddenMembers(schema)
    checkNegation(schema)
    if schema.isModel { return }
    checkMembers(schema)
    checkModelBounds(schema)
    checkRepetitions(schema)
    checkIdleKeywords(schema)
  }

  /// The shapes, or none where one of them is that of anything.
  private func known(_ shapes: Set<Int>) -> Set<Int> { shapes.contains(0) ? [] : shapes }

  // MARK: - Subschemas

  private mutating func children(
    of schema: CheckedSchema
  ) -> [(place: SchemaPlace, shapes: Set<Int>, stance: CheckedSchema.Stance)] {
    var children: [(place: SchemaPlace, shapes: Set<Int>, stance: CheckedSchema.Stance)] = []
    let shapes = schema.shapes
    for (name, entry) in schema.inOrder {
      guard let keyword = KeywordList.byName[name] else { continue }
      switch name {
      case "$ref":
        guard schemas.kind(of: entry.value) == .string,
          let target = schemas.resources.target(
            of: schemas.text(of: entry.value), from: schema.place)
        else { continue }
        children.append((target, shapes, schema.stance))
      case "not":
        let inner: CheckedSchema.Stance = schema.stance == .refusal ? .demand : .refusal
        children.append((entry.value, shapes, inner))
      case "allOf", "if", "then", "else":
        for place in places(of: entry.value) { children.append((place, shapes, schema.stance)) }
      case "anyOf", "oneOf":
        for place in places(of: entry.value) { children.append((place, shapes, .alternative)) }
      case "dependentSchemas":
        for member in schema.members(name) {
          children.append((member.value, shapes, schema.stance))
        }
      case "properties":
        for member in schema.members(name) {
          schemas.spend(CompilationCost.shape * shapes.count)
          guard schemas.budget.isLeftForCompilation else { return [] }
          let text = schemas.text(of: member.name)
          children.append((member.value, membersShapes(text, of: shapes), schema.stance))
        }
      case "additionalProperties", "items", "prefixItems", "contains":
        let inner = name == "additionalProperties" ? mapValues(of: shapes) : elements(of: shapes)
        for place in places(of: entry.value) { children.append((place, inner, schema.stance)) }
      default:
        switch keyword.subschemas {
        case .none: break
        case .one, .list:
          for place in places(of: entry.value) { children.append((place, [], .demand)) }
        case .map:
          for member in schema.members(name) { children.append((member.value, [], .demand)) }
        }
      }
    }
    return children
  }

  /// The schemas of a value that is one or a list of them.
  func places(of place: SchemaPlace) -> [SchemaPlace] {
    let document = schemas.resources.document(of: place)
    guard document.kind(of: place.node) == .array else { return [place] }
    return document.elements(of: place.node).map { SchemaPlace(file: place.file, node: $0) }
  }

  private func membersShapes(_ name: String, of shapes: Set<Int>) -> Set<Int> {
    var found: Set<Int> = []
    let symbol = schemas.plan.program.symbols.symbol(of: name)
    for number in shapes {
      let shape = model.shapes[number].shape
      switch shape.kind {
      case .structure:
        if let member = model.shapes[number].memberShapes[symbol] {
          found.insert(member)
        } else if shape.isOpen {
          return []
        }
      case .map: found.insert(shape.child)
      case .list, .anything: return []
      }
    }
    return found
  }

  private func mapValues(of shapes: Set<Int>) -> Set<Int> {
    let kinds = shapes.map { model.shapes[$0].shape }
    return kinds.allSatisfy { $0.kind == .map } ? Set(kinds.map(\.child)) : []
  }

  private func elements(of shapes: Set<Int>) -> Set<Int> {
    let kinds = shapes.map { model.shapes[$0].shape }
    return kinds.allSatisfy { $0.kind == .list } ? Set(kinds.map(\.child)) : []
  }

  // MARK: - The model

  /// The types of the values that a schema is applied to; nil where they are not known.
  func modelTypes(_ schema: CheckedSchema) -> TypeSet? {
    guard !schema.shapes.isEmpty else { return nil }
    var types: TypeSet = []
    for number in schema.shapes {
      guard let known = model.shapes[number].types else { return nil }
      types.formUnion(known)
    }
    return types
  }

  /// The model's own schema for the values that a schema is applied to, if there is just one.
  func modelSchema(_ schema: CheckedSchema) -> CheckedSchema? {
    guard schema.shapes.count == 1, let number = schema.shapes.first,
      let place = model.shapes[number].place
    else { return nil }
    return CheckedSchema(place, shapes: [], isModel: true, stance: .demand, schemas)
  }

  /// Takes down what can never work.
  mutating func reportContradiction(
    _ message: String, at place: SchemaPlace, severity: Severity = .error
  ) {
    schemas.mistake("schema/contradiction", message, at: place, severity: severity)
  }

  /// Takes down what does no harm and no good.
  mutating func reportUseless(_ message: String, at place: SchemaPlace) {
    schemas.mistake("schema/useless", message, at: place, severity: .warning)
  }
}
