import Documents
import Findings
import Foundation
import RuleCompilation
import RulePacks
import SourceText
import TestSupport
import Testing

/// The published schema says of packs what the program says of them.
struct PackSchemaTests {
  /// What the schema of packs says of a text; empty where it holds.
  private static func failures(_ text: String) throws -> [String] {
    try TestSchema("pack").failures(of: document(text.utf8).document)
  }

  /// Every pack of the repository, and those that people begin with.
  @Test func whatLoadsIsOfTheSchema() throws {
    var texts: [(String, String)] = []
    let rules = repository.appending(path: "Rules")
    for path in try FileManager.default.subpathsOfDirectory(atPath: rules.path).sorted()
    where path.hasSuffix(".yaml") {
      let text = try String(contentsOf: rules.appending(path: path), encoding: .utf8)
      let isPack = text.contains("\nrules:") && text.contains("requisite: 1\nname:")
      if isPack { texts.append((path, text)) }
    }
    #expect(texts.count >= 2)
    texts.append(("new", PackTemplate.pack(named: "new", extending: nil)))
    texts.append(("new", PackTemplate.pack(named: "new", extending: "aws-connect-chat")))
    for (path, text) in texts {
      let failures = try Self.failures(text)
      #expect(failures == [], "\(path)")
    }
  }

  private static let head = "requisite: 1\nname: p\n"

  @Test(arguments: [
    "rules: { r: { then: true } }",
    "rules: { r: { then: self.a == 1, when: { type: object }, given: [$.a, $.b], tags: [x] } }",
    "rules: { r: { then: { minimum: { $param: x } } } }\nparameters: { x: { type: integer, default: 1, minimum: 0 } }",
    "rules: { r: { then: { properties: { $param: { type: string } } } } }",
    "rules: { r: { then: { x-note: 1, type: [string, 'null'], items: { format: uuid } } } }",
    "extends: a\nrules: { b: off, a/c: { severity: info }, schema/type: warning }\nparameters: { x: 3, a.y: [1] }",
    "extends: [{ pack: ./b.yaml, integrity: sha256-47DEQpj8HBSa+/TImW+5JCeuQeRkm5NMpJWZG3hSuFU= }, c]",
    "request: { schema: m.yaml, sensitive: $.a, identity: { $.b: Name } }",
    "rules: { r: { then: true, fix: [{ op: add, path: /-, value: 1 }] } }",
    "rules: { r: { then: true, fix: { safe: false, description: D, operations: [{ op: remove, path: '' }, { op: move, from: /a, path: /b }] } } }",
    "rules: { r: { then: true, examples: { pass: [1, { $request: {}, name: N }], fail: [{ $request: {}, pointer: /a, message: M, severity: info, count: 2 }] } } }",
    "version: 1.0.0-rc.1+b\ntitle: T\nhomepage: https://example.com/x\nrules: { r: { then: true, url: http://a } }",
  ]) func acceptsWhatIsRight(rest: String) throws {
    let failures = try Self.failures(Self.head + rest + "\n")
    #expect(failures == [])
  }

  /// Mistakes of structure; the program refuses the same packs.
  @Test(arguments: [
    "", "rules: {}", "rules: [a]", "rule: { r: { then: true } }", "rules: { r: {} }",
    "rules: { r: off }", "rules: { R: { then: true } }", "rules: { r: { then: 1 } }",
    "rules: { r: { then: true, severity: fatal } }", "rules: { r: { then: true, helps: x } }",
    "rules: { r: { then: true, tags: x } }", "rules: { r: { then: true, tags: [] } }",
    "rules: { r: { then: true, given: 1 } }", "rules: { r: { then: true, url: example.com } }",
    "rules: { r: { then: true, message: '' } }", "rules: { r: { then: { minimun: 1 } } }",
    "rules: { r: { then: { type: text } } }", "rules: { r: { then: { maxLength: -1 } } }",
    "rules: { r: { then: true, examples: { passes: [] } } }",
    "rules: { r: { then: true, examples: { pass: 1 } } }",
    "version: 1.0\nrules: { r: { then: true } }", "version: '1'\nrules: { r: { then: true } }",
    "homepage: x\nrules: { r: { then: true } }", "title: 1\nrules: { r: { then: true } }",
    "parameters: { x: 1 }\nrules: { r: { then: true } }",
    "parameters: { x: { type: integer } }\nrules: { r: { then: true } }",
    "parameters: { x: { type: whole, default: 1 } }\nrules: { r: { then: true } }",
    "request: { operation: a }", "request: { schemas: m.yaml }", "request: []",
    "extends: []\nrules: { r: off }", "extends: [{ integrity: x }]\nrules: { r: off }",
    "extends: [{ pack: a, integrity: md5-x }]", "request: { detect: 1, schema: m.yaml }",
  ]) func refusesMistakesOfStructure(rest: String) throws {
    let text = Self.head + rest + "\n"
    let failures = try Self.failures(text)
    #expect(failures != [], "\(rest)")
    let reading = RulePackReader.read(SourceFile(path: "pack.yaml", bytes: Array(text.utf8))) {
      _ throws(Diagnostic) in
      SourceFile(path: "m.yaml", bytes: Array("type: object\n".utf8))
    }
    let hasErrors = RuleCompiler.compile(reading).diagnostics.contains { $0.severity == .error }
    #expect(reading.hasErrors || hasErrors, "\(rest)")
  }
}
