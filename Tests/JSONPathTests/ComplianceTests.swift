import Documents
import SourceText
import TestSupport
import Testing

@testable import JSONPath

private let path = "jsonpath-compliance-test-suite/cts.json"

/// A text that two nodes share exactly if they hold the same values.
func canonical(_ document: Document, _ node: NodeID) -> String {
  switch document.kind(of: node) {
  case .null: return "null"
  case .boolean: return document.isTrue(node) ? "true" : "false"
  case .number: return "\(document.number(of: node))"
  case .string, .name: return document.text(of: node).debugDescription
  case .absent: return "absent"
  case .array:
    return "[" + document.elements(of: node).map { canonical(document, $0) }.joined(separator: ",")
      + "]"
  case .object:
    let members = document.members(of: node).map { member in
      canonical(document, member.name) + ":" + canonical(document, member.value)
    }
    return "{" + members.sorted().joined(separator: ",") + "}"
  }
}

struct ComplianceTests {
  @Test(.enabled(if: Conformance.has(path), "the compliance suite is not beside the checkout"))
  func passesTheComplianceSuite() throws {
    let reading = JSONReader.read(try Conformance.bytes(path))
    try #require(reading.errors.isEmpty)
    let suite = reading.document
    let cases = try #require(suite.value(named: "tests", in: .root))
    var passed = 0
    var failed: [String] = []
    for test in suite.elements(of: cases) {
      let name = suite.value(named: "name", in: test).map { suite.text(of: $0) } ?? ""
      if let fault = try fault(of: test, in: suite) {
        failed.append("\(name): \(fault)")
      } else {
        passed += 1
      }
    }
    print("JSONPath compliance: \(passed) passed, \(failed.count) failed, 0 skipped")
    #expect(failed.isEmpty, "\(failed.joined(separator: "\n"))")
    #expect(passed == 703)
  }

  /// What is wrong with our answer to a case, or nil.
  private func fault(of test: NodeID, in suite: Document) throws -> String? {
    let selector = try #require(suite.value(named: "selector", in: test))
    let query: JSONPathQuery
    do throws(JSONPathError) {
      query = try JSONPathQuery(utf8: Array(suite.utf8(of: selector)))
    } catch {
      return suite.value(named: "invalid_selector", in: test) == nil ? error.message : nil
    }
    if suite.value(named: "invalid_selector", in: test) != nil { return "accepted" }
    let root = try #require(suite.value(named: "document", in: test))
    let nodes = try query.select(in: Request(suite, root: root))
    let values = nodes.map { canonical(suite, $0) }
    let paths = nodes.map { suite.normalizedPath(to: $0, from: root).debugDescription }
    func isExpected(_ found: [String], _ one: String, _ several: String) -> Bool {
      let text = "[" + found.joined(separator: ",") + "]"
      if let expected = suite.value(named: one, in: test) {
        return canonical(suite, expected) == text
      }
      guard let alternatives = suite.value(named: several, in: test) else { return false }
      return suite.elements(of: alternatives).contains { canonical(suite, $0) == text }
    }
    if !isExpected(values, "result", "results") { return "selected \(values)" }
    if !isExpected(paths, "result_paths", "results_paths") { return "paths \(paths)" }
    return try faultWithSymbols(query, suite, root, nodes)
  }

  /// Names known by symbols must give the same nodes as names compared by their bytes.
  private func faultWithSymbols(
    _ query: JSONPathQuery, _ suite: Document, _ root: NodeID, _ nodes: [NodeID]
  ) throws -> String? {
    var symbols = SymbolTable()
    let compiled = query.compiled(symbols: &symbols)
    let text = Array(
      suite.source[suite.range(of: root).lowerBound..<suite.range(of: root).upperBound])
    let document = JSONReader.read(text).document
    var binding = Binding()
    binding.reset(for: document)
    for index in 0..<document.nodeCount where document.kind(of: NodeID(index)) == .name {
      let name = NodeID(index)
      binding.bind(name, to: symbols.symbol(of: Array(document.utf8(of: name))))
    }
    let found = try compiled.select(in: Request(document, binding: binding)).map {
      document.normalizedPath(to: $0)
    }
    let expected = nodes.map { suite.normalizedPath(to: $0, from: root) }
    return found == expected ? nil : "with symbols \(found)"
  }
}
