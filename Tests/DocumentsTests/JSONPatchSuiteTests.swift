import Documents
import SourceText
import TestSupport
import Testing

/// Records of the suite that ask for something that is not decided by patches, and why.
private let skips: [String: String] = [:]

@Suite(
  .enabled(if: Conformance.has("json-patch-tests/tests.json"), "the JSON Patch data is not here"))
struct JSONPatchSuiteTests {
  @Test(arguments: ["tests.json", "spec_tests.json"])
  func patchesAsTheSuiteSays(file: String) throws {
    let suite = JSONReader.read(try Conformance.bytes("json-patch-tests/\(file)")).document
    var (passed, failed, skipped) = (0, 0, 0)
    for record in suite.elements(of: .root) {
      let comment =
        suite.value(named: "comment", in: record).map { suite.text(of: $0) } ?? "(no comment)"
      guard let before = suite.value(named: "doc", in: record),
        let patch = suite.value(named: "patch", in: record),
        suite.value(named: "disabled", in: record) == nil, skips[comment] == nil
      else {
        skipped += 1
        continue
      }
      let range = suite.range(of: before)
      let text = Array(suite.source[range.lowerBound..<range.upperBound])
      let tree = ValueTree(Request(JSONReader.read(text).document))
      let result = try? Patches.patch(patch, in: suite).applied(to: .node(.root), in: tree)
      let isAsExpected: Bool
      if suite.value(named: "error", in: record) != nil {
        isAsExpected = result == nil
      } else if let result {
        let expected = suite.value(named: "expected", in: record) ?? before
        let written = JSONReader.read(tree.compactText(of: result))
        isAsExpected =
          written.errors.isEmpty
          && Request.equal(Request(written.document), .root, Request(suite), expected)
      } else {
        isAsExpected = false
      }
      #expect(isAsExpected, "\(file): \(comment)")
      if isAsExpected { passed += 1 } else { failed += 1 }
    }
    print("json-patch-tests/\(file): \(passed) passed, \(failed) failed, \(skipped) skipped")
    #expect(passed >= (file == "tests.json" ? 80 : 15))
  }
}
