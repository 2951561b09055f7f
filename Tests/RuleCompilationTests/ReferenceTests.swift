import Findings
import RuleCompilation
import RulePacks
import SourceText
import Testing

/// References from schemas to other files: where they lead, and what is said where they lead nowhere.
struct ReferenceTests {
  /// The diagnostics of a pack whose one rule has a schema, among some files.
  private func diagnostics(of then: String, files: [String: String]) -> [String] {
    let text = "requisite: 1\nname: p\nrules:\n  r:\n    given: $.a\n    then: \(then)\n"
    let reading = RulePackReader.read(SourceFile(path: "p.yaml", bytes: Array(text.utf8))) {
      (path) throws(Diagnostic) in
      guard let text = files[path] else {
        throw Diagnostic("pack/unreadable", "there is no file '\(path)'")
      }
      return SourceFile(path: path, bytes: Array(text.utf8))
    }
    return RuleCompiler.compile(reading).diagnostics.map { diagnostic in
      let start = diagnostic.location?.region.start
      return
        "\(diagnostic.location?.path ?? ""):\(start?.line ?? 0):\(start?.column ?? 0) \(diagnostic.code)"
    }
  }

  private static let string = "$defs: { x y: { type: string } }\n"

  @Test(
    arguments: [
      ("'my%20schemas/a%20b.yaml#/$defs/x%20y'", ["my schemas/a b.yaml": string]),
      ("'my schemas/a b.yaml#/$defs/x y'", ["my schemas/a b.yaml": string]),
      ("'pl%61in.yaml#/$defs/x%20y'", ["plain.yaml": string]),
      ("'sub/..%2fplain.yaml#/$defs/x%20y'", ["plain.yaml": string]),
      ("'a%23b%3f.yaml#/$defs/x%20y'", ["a#b?.yaml": string]),
      (
        "'a%2520b/c.json'",
        ["a%20b/c.json": "{\"$ref\": \"d.json\"}", "a%20b/d.json": "{\"type\": \"string\"}"]
      ),
      (
        "'my%20schemas/c.json'",
        [
          "my schemas/c.json": "{\"$ref\": \"../d%20e.json\"}",
          "d e.json": "{\"type\": \"string\"}",
        ]
      ),
    ] as [(String, [String: String])])
  func findsFiles(reference: String, files: [String: String]) {
    #expect(diagnostics(of: "{ $ref: \(reference) }", files: files) == [])
  }

  /// Dots in references, as RFC 3986 removes them (section 5.2.4).
  @Test(arguments: [
    ("x:a/b", "../c", "x:/c"), ("x:/a/b", "../c", "x:/c"), ("x:/a/b", "../../c", "x:/c"),
    ("x://h/a/b", "./c", "x://h/a/c"), ("x://h/a/b", "..", "x://h/"), ("x://h", "c", "x://h/c"),
    ("x://h/a/b", "c/.", "x://h/a/c/"),
  ])
  func removesDots(base: String, reference: String, target: String) {
    let schema = """
      { $id: '\(base)', $ref: '\(reference)', $defs: { c: { $id: '\(target)', type: string } } }
      """
    #expect(diagnostics(of: schema, files: [:]) == [])
    let other = schema.replacing("'\(target)'", with: "'\(target)x'")
    #expect(diagnostics(of: other, files: [:]).map { $0.suffix(17) } == ["unknown-reference"])
  }

  @Test(
    arguments: [
      ("nofile.json", [:], ["p.yaml:6:19 schema/unknown-reference"]),
      ("'..%2fout.json'", ["../out.json": "{}"], ["p.yaml:6:19 schema/unknown-reference"]),
      (
        "'sub/..%2f..%2fout.json'", ["out.json": "true", "../out.json": "true"],
        ["p.yaml:6:19 schema/unknown-reference"]
      ),
      ("'https://x.org/a.json'", [:], ["p.yaml:6:19 schema/unknown-reference"]),
      ("'a.json#/$defs/x'", ["a.json": "{}"], ["p.yaml:6:19 schema/unknown-reference"]),
      ("br.json", ["br.json": "{\"type\":\"string\",}\n"], ["br.json:1:17 pack/syntax"]),
      ("empty.yaml", ["empty.yaml": "\n"], ["empty.yaml:1:1 pack/syntax"]),
      (
        "a.json", ["a.json": "{\"$ref\": \"b/c.json\"}", "b/c.json": "{\"$ref\": \"d.json\"}"],
        ["b/c.json:1:10 schema/unknown-reference"]
      ),
      (
        "a.json",
        ["a.json": "{\"$ref\": \"b.json\"}", "b.json": "{\"type\": }"], ["b.json:1:10 pack/syntax"]
      ),
    ] as [(String, [String: String], [String])])
  func reportsWhatIsWrong(reference: String, files: [String: String], expected: [String]) {
    #expect(diagnostics(of: "{ $ref: \(reference) }", files: files) == expected)
  }

  /// A file that only an example names is no file of the pack.
  @Test func leavesExamplesAlone() {
    #expect(
      diagnostics(of: "{ const: { $ref: nofile.json } }", files: ["nofile.json": "{"]) == [])
  }

  @Test func takesManyFilesAndReportsTheirLimit() {
    for (count, expected) in [(300, 0), (1_005, 5)] {
      let files = Dictionary(
        uniqueKeysWithValues: (0..<count).map { ("s\($0).json", "{\"type\": \"string\"}") })
      let references = (0..<count).map { "{ $ref: s\($0).json }" }.joined(separator: ", ")
      let found = diagnostics(of: "{ anyOf: [\(references)] }", files: files)
      #expect(found.count == expected)
      #expect(found.allSatisfy { $0.hasSuffix("schema/too-many-files") })
    }
  }
}
