import Documents
import Evaluation
import Findings
import RuleCompilation
import RulePacks
import SourceText
import Testing

/// A schema compiled for a test, and what it says of values.
struct TestSchema {
  let standalone: StandaloneSchema
  /// The plan, written as bytes and read again; nil where it has no form as bytes.
  private let readPlan: Plan?

  /// Compiles a schema that is written as JSON.
  init(
    _ json: some Sequence<UInt8>, uri: String = "test:/schema.json",
    registry: [String: PackFile] = [:], options: StandaloneSchema.Options = .init()
  ) {
    let source = SourceFile(path: "schema.json", bytes: Array(json))
    standalone = StandaloneSchema.compile(
      PackFile.read(source).file, uri: uri, registry: registry, options: options)
    var writer = BinaryWriter()
    standalone.plan.write(to: &writer)
    var reader = BinaryReader(writer.bytes)
    let plan = writer.isSound ? Plan(from: &reader) : nil
    #expect(reader.isSound)
    #expect(plan == nil || reader.isAtEnd)
    readPlan = plan
  }

  /// The sentences of all mistakes in the schema.
  var mistakes: [String] { standalone.diagnostics.map(\.message) }

  /// Whether a value written as JSON satisfies the schema; nil where a limit was reached.
  func holds(_ json: some Sequence<UInt8>) -> Bool? {
    let document = JSONReader.read(Array(json)).document
    let request = Request(document, bindingNamesTo: standalone.plan.program.symbols)
    var checker = SchemaChecker(plan: standalone.plan)
    let holds = checker.holds(standalone.schema, .root, in: request)
    guard !checker.isOverLimit else { return nil }
    expectSamePlaces(holds, in: request)
    expectSameOfReadPlan(document)
    return holds
  }

  /// Compares what the plan that was written and read says of a value with what the plan says.
  private func expectSameOfReadPlan(_ document: Document) {
    guard let readPlan else { return }
    let failures = [readPlan, standalone.plan].map { plan -> [String] in
      let request = Request(document, bindingNamesTo: plan.program.symbols)
      var checker = SchemaChecker(plan: plan)
      var explanation = Explanation(values: ValueText(sensitive: [], in: request))
      checker.explain(standalone.schema, .root, in: request, into: &explanation)
      return explanation.failures.map { "\($0.anchor.index) \($0.message)" }
    }
    #expect(failures[0] == failures[1])
  }

  /// Compares what the places that fail say with what the schema as a whole says of a value.
  private func expectSamePlaces(_ holds: Bool, in request: Request) {
    var checker = SchemaChecker(plan: standalone.plan)
    let places = checker.failures(of: standalone.schema, .root, in: request)
    guard !checker.isOverLimit else { return }
    #expect(places.isEmpty == holds)
    var (whole, byPlaces) = (
      Explanation(values: ValueText(sensitive: [], in: request)),
      Explanation(values: ValueText(sensitive: [], in: request))
    )
    checker.explain(standalone.schema, .root, in: request, into: &whole)
    checker.explain(places, in: request, into: &byPlaces)
    guard !checker.isOverLimit else { return }
    #expect(
      byPlaces.failures.map { "\($0.anchor.index) \($0.message)" }
        == whole.failures.map { "\($0.anchor.index) \($0.message)" })
  }

  /// What does not hold of a value written as JSON.
  func failures(_ json: String, sensitive: [String] = []) -> (
    failures: [Failure], document: Document
  ) {
    let document = JSONReader.read(Array(json.utf8)).document
    let request = Request(document, bindingNamesTo: standalone.plan.program.symbols)
    var checker = SchemaChecker(plan: standalone.plan)
    let nodes = sensitive.compactMap { JSONPointer($0).flatMap { document.node(at: $0) } }
    var explanation = Explanation(
      values: ValueText(sensitive: nodes, in: request))
    checker.explain(standalone.schema, .root, in: request, into: &explanation)
    return (explanation.failures, document)
  }
}
