import Reporting
import Findings
import PackTesting
import RuleCompilation
import RulePacks
import SourceText
import Testing

/// Packs for tests, and their tests.
enum Packs {
  /// The test of a pack that extends no other.
  static func suite(
    of pack: RulePack, options: PackTestOptions = PackTestOptions()
  ) throws -> PackTestSuite {
    let (composition, mistakes) = PackComposer.compose(
      [.init(pack: pack, parents: [], ancestors: [], isBuiltIn: false, isWhole: true)], roots: [0])
    #expect(mistakes.isEmpty)
    return try #require(PackTester.test(composition, options: options))
  }

  /// The test of a pack that is given as its text.
  static func suite(
    of text: String, options: PackTestOptions = PackTestOptions()
  ) throws -> PackTestSuite {
    let reading = RulePackReader.read(
      SourceFile(path: "pack.yaml", bytes: Array(text.utf8))
    ) { path throws(Diagnostic) in
      throw Diagnostic("pack/unreadable", "no file '\(path)'")
    }
    #expect(reading.diagnostics.map(\.message) == [])
    return try suite(of: try #require(reading.pack), options: options)
  }

  /// A pack with one rule `r`, whose lines are given without indentation.
  static func withRule(_ lines: String, head: String = "") -> String {
    let indented = lines.split(separator: "\n", omittingEmptySubsequences: false)
      .map { $0.isEmpty ? "" : "    \($0)" }.joined(separator: "\n")
    return "requisite: 1\nname: p\n\(head)rules:\n  r:\n\(indented)\n"
  }
}
