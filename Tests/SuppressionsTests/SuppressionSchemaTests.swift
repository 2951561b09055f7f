import Documents
import Evaluation
import Findings
import RuleCompilation
import RulePacks
import SourceText
import Suppressions
import Testing

/// The schema that editors complete files of suppressions by says what the reader says.
struct SuppressionSchemaTests {
  private func fitsSchema(_ text: String) throws -> Bool {
    let schema = try #require(FormatSchemas.file(named: "ignore"))
    var options = StandaloneSchema.Options()
    options.isStrict = true
    options.assertsFormats = true
    let standalone = StandaloneSchema.compile(schema, uri: "requisite:ignore", options: options)
    #expect(standalone.diagnostics.isEmpty, "\(standalone.diagnostics.map(\.message))")
    let document = PackFile.read(SourceFile(path: "i.yaml", bytes: Array(text.utf8))).file.document
    let request = Request(document, bindingNamesTo: standalone.plan.program.symbols)
    var checker = SchemaChecker(plan: standalone.plan)
    return checker.holds(standalone.schema, .root, in: request)
  }

  @Test(arguments: [
    "requisite: 1", "requisite: 1\nsuppressions:\n", "requisite: 1\nsuppressions: []",
    "requisite: 2", "suppressions: []", "requisite: 1\nsuppresions: []",
    "requisite: 1\nsuppressions: {}", "requisite: 1\nsuppressions: [a]",
  ])
  func agreesOnFiles(text: String) throws {
    let reading = SuppressionReader.read(SourceFile(path: "i.yaml", bytes: Array(text.utf8)))
    #expect(try fitsSchema(text) == !reading.hasErrors)
  }

  @Test(arguments: [
    "rule: p/r, path: a/b, reason: x", "rule: p/schema/type, path: '**', reason: x, owner: o",
    "rule: p/r, path: a/b, reason: x, pointer: ''", "rule: p/r, path: a, reason: x, pointer: /",
    "rule: p/r, path: a, reason: x, pointer: '/*/**/a~0b~1c~2d/'",
    "rule: p/r, path: a, reason: x, pointer: A", "rule: p/r, path: a, reason: x, pointer: '/a*'",
    "rule: p/r, path: a, reason: x, pointer: '/***'", "rule: p/r, path: a, reason: x, pointer: /~",
    "rule: p/r, path: a, reason: x, pointer: /~3", "rule: p/r, path: a, reason: x, pointer: /é",
    "rule: p/r, path: a, reason: x, until: 2027-03-31",
    "rule: p/r, path: a, reason: x, until: 2027-02-29",
    "rule: p/r, path: a, reason: x, until: soon",
    "rule: p/r, path: a, reason: x, until: 2027-3-1", "rule: r, path: a, reason: x",
    "rule: p//r, path: a, reason: x", "rule: p/, path: a, reason: x",
    "rule: 'p/*', path: a, reason: x",
    "rule: p/r, path: '', reason: x", "rule: p/r, path: a, reason: ''", "rule: p/r, path: a",
    "rule: p/r, path: a, reason: ' '", "rule: p/r, path: a, reason: 1", "path: a, reason: x",
    "rule: p/r, reason: x", "rule: p/r, path: a, reason: x, owner: ''",
    "rule: p/r, path: a, reason: x, note: y", "",
  ])
  func agreesOnEntries(fields: String) throws {
    let text = "requisite: 1\nsuppressions: [{ \(fields) }]"
    let reading = SuppressionReader.read(SourceFile(path: "i.yaml", bytes: Array(text.utf8)))
    #expect(try fitsSchema(text) == !reading.hasErrors, "\(reading.diagnostics.map(\.message))")
  }
}
