import Documents
import Evaluation
import Foundation
import RuleCompilation
import RulePacks
import SourceText
import TestSupport
import Testing

/// The JSON Schema Test Suite: all tests of three drafts, the optional ones included; none is left out.
@Suite(
  .enabled(if: Conformance.has("JSON-Schema-Test-Suite"), "the JSON Schema Test Suite is not here"))
struct SuiteTests {
  static let folder = "JSON-Schema-Test-Suite"
  private static let drafts: [String: Draft] = [
    "draft2020-12": .draft2020, "draft2019-09": .draft2019, "draft7": .draft7,
  ]

  @Test(arguments: ["draft2020-12", "draft2019-09", "draft7"])
  func requiredTestsPass(draft: String) throws {
    var counts = Counts()
    for file in try Conformance.files(in: "\(Self.folder)/tests/\(draft)")
    where file.hasSuffix(".json") {
      try run("\(draft)/\(file)", draft, StandaloneSchema.Options(), &counts)
    }
    print("JSON Schema \(draft): \(counts)")
    #expect(counts.passed > 900)
  }

  @Test(arguments: ["draft2020-12", "draft2019-09", "draft7"])
  func optionalTestsPass(draft: String) throws {
    var total = Counts()
    var lines: [String] = []
    for folder in ["optional", "optional/format"] {
      for file in try Conformance.files(in: "\(Self.folder)/tests/\(draft)/\(folder)")
      where file.hasSuffix(".json") {
        var options = StandaloneSchema.Options()
        options.assertsFormats = folder == "optional/format"
        options.assertsContents = file == "content.json"
        var counts = Counts()
        try run("\(draft)/\(folder)/\(file)", draft, options, &counts)
        lines.append("  \(folder)/\(file): \(counts)")
        total.add(counts)
      }
    }
    print((["JSON Schema \(draft) optional: \(total)"] + lines).joined(separator: "\n"))
    #expect(total.passed > 500)
  }

  /// Runs one file of the suite.
  private func run(
    _ path: String, _ draft: String, _ options: StandaloneSchema.Options, _ counts: inout Counts
  ) throws {
    var options = options
    options.defaultDraft = try #require(Self.drafts[draft])
    let bytes = try Conformance.bytes("\(Self.folder)/tests/\(path)")
    let document = JSONReader.read(bytes).document
    func part(_ name: String, of node: NodeID) throws -> (node: NodeID, bytes: ArraySlice<UInt8>) {
      let node = try #require(document.value(named: name, in: node))
      let range = document.range(of: node)
      return (node, bytes[range.lowerBound..<range.upperBound])
    }
    for group in document.elements(of: .root) {
      let title = document.text(of: try part("description", of: group).node)
      let schema = TestSchema(
        try part("schema", of: group).bytes, registry: Self.remotes, options: options)
      for test in document.elements(of: try part("tests", of: group).node) {
        let key = "\(path): \(title): \(document.text(of: try part("description", of: test).node))"
        let isValid = document.isTrue(try part("valid", of: test).node)
        let data = try part("data", of: test).bytes
        let passes = schema.mistakes.isEmpty && schema.holds(data) == isValid
        if passes { counts.passed += 1 } else { counts.failed += 1 }
        #expect(passes, "\(key) \(schema.mistakes)")
        // What does not hold has at least one failure to tell, and what holds has none.
        let failures = schema.failures(String(decoding: data, as: UTF8.self)).failures
        #expect(failures.isEmpty == isValid, "\(key): \(failures.map(\.message))")
        // Which keywords can fail is known before any value is.
        let standalone = schema.standalone
        let known = standalone.plan.keywords(ofFailuresOf: standalone.schema)
        #expect(Set(failures.map(\.keyword)).isSubset(of: known), "\(key)")
      }
    }
  }

  /// The suite's `remotes`, by the URIs at which its tests expect them.
  private static let remotes: [String: PackFile] = {
    var remotes: [String: PackFile] = [:]
    let root = Conformance.folder.appending(path: "\(folder)/remotes")
    let names = FileManager.default.enumerator(atPath: root.path)?.compactMap { $0 as? String }
    for name in names ?? [] where name.hasSuffix(".json") {
      guard let data = try? Data(contentsOf: root.appending(path: name)) else { continue }
      let uri = "http://localhost:1234/\(name)"
      remotes[uri] = PackFile.read(SourceFile(path: uri, bytes: Array(data))).file
    }
    return remotes
  }()

  /// How many tests did what.
  struct Counts: CustomStringConvertible {
    var passed = 0
    var failed = 0

    mutating func add(_ other: Counts) {
      passed += other.passed
      failed += other.failed
    }

    var description: String { "\(passed) passed, \(failed) failed, 0 skipped" }
  }
}
