package import Documents
package import Evaluation
package import Findings
package import RulePacks
package import SourceText

/// A JSON Schema compiled by itself, without a pack around it.
package struct StandaloneSchema: Sendable {
  /// The plan that holds it.
  package let plan: Plan
  /// Its number in the plan.
  package let schema: SchemaID
  /// What is wrong with it; with an error among them, the plan must not be run.
  package let diagnostics: [Diagnostic]

  /// How a schema is to be read.
  package struct Options: Sendable {
    /// The draft of a schema without `$schema`.
    package var defaultDraft = Draft.draft2020
    /// Whether what is unknown is an error, not an annotation.
    package var isStrict = false
    /// Whether `format` asserts where no meta-schema says so.
    package var assertsFormats = false
    /// Whether `contentEncoding`, `contentMediaType` and `contentSchema` assert.
    package var assertsContents = false
    /// The maximum number of schema applications for a value.
    package var stepLimit: Int?

    /// Creates the options of the standard: annotations only.
    package init() {}
  }

  /// Compiles the schema that a file is.
  ///
  /// Or the one at a node of it. References are resolved against `uri` and among the files of `registry`, by URI without
  /// fragment, those of `pack` below `pack:/`, and the built-in meta-schemas. Nothing is fetched.
  package static func compile(
    _ file: PackFile, at node: NodeID = .root, uri: String, registry: [String: PackFile] = [:],
    pack: RulePack? = nil, options: Options = Options()
  ) -> StandaloneSchema {
    var resources = SchemaResources()
    for (uri, file) in registry { resources.registry[ExactText(uri)] = file }
    resources.defaultDraft = options.defaultDraft
    if let pack { resources.addFolder(of: pack, uri: "pack:/") }
    let root = SchemaPlace(file: resources.add(file, uri: uri), node: node)
    resources.addSchema(at: root)
    var compiler = SchemaCompiler(
      plan: Plan(packName: ""), resources: resources, isStrict: options.isStrict)
    compiler.assertsFormats = options.assertsFormats
    compiler.assertsContents = options.assertsContents
    let schema = compiler.compile(root)
    var (plan, diagnostics) = compiler.finish()
    if let limit = options.stepLimit { plan.limits.steps = limit }
    diagnostics.sort(by: Diagnostic.precedes)
    return StandaloneSchema(plan: plan, schema: schema, diagnostics: diagnostics)
  }

  /// What a value fails by, each in one sentence; none where it satisfies the schema.
  package func failures(of node: NodeID, in document: Document) -> [String] {
    failuresAndSteps(of: node, in: document).failures
  }

  /// The same, with how many steps it took to find them.
  func failuresAndSteps(
    of node: NodeID, in document: Document
  ) -> (failures: [String], steps: Int) {
    var checker = SchemaChecker(plan: plan)
    let request = Request(document, root: node, bindingNamesTo: plan.program.symbols)
    guard !checker.holds(schema, node, in: request) else { return ([], checker.steps) }
    var explanation = Explanation(values: ValueText(sensitive: [], in: request))
    checker.explain(schema, node, in: request, into: &explanation)
    return (explanation.failures.map(\.message), checker.steps)
  }
}

extension StandaloneSchema {
  /// Writes a schema without mistakes.
  package func write(to writer: inout BinaryWriter) {
    writer.integer(schema.index)
    plan.write(to: &writer)
  }

  /// Reads a schema.
  package init(from reader: inout BinaryReader) {
    let schema = SchemaID(reader.integer())
    self.init(plan: Plan(from: &reader), schema: schema, diagnostics: [])
  }
}
