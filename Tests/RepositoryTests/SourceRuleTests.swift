import Foundation
import TestSupport
import Testing

/// What review would otherwise have to say again and again.
struct SourceRuleTests {
  /// What may lie at the top, besides hidden files and what the build leaves behind.
  private static let topLevel: Set = [
    "LICENSE", "Package.resolved", "Package.swift", "README.md", "Rules", "Sources", "Tests",
  ]

  @Test func topLevelHoldsNothingElse() throws {
    let entries = try FileManager.default.contentsOfDirectory(atPath: repository.path)
      .filter { !$0.hasPrefix(".") }
    #expect(Set(entries).subtracting(Self.topLevel) == [])
    for needed in ["LICENSE", "Package.swift", "Rules", "Sources", "Tests"] {
      #expect(entries.contains(needed))
    }
  }

  /// A file holds one idea; one that is longer than this holds two.
  @Test(arguments: ["Sources", "Tests"]) func filesAreShort(folder: String) throws {
    for file in try Sources.swiftFiles(in: folder) {
      let count = try Sources.lines(of: file).count - 1
      #expect(count <= 600, "\(file) has \(count) lines")
    }
  }

  /// No input can end the program, and nothing is left for later.
  @Test(arguments: ["try!", "as!", "fatalError(", "TO" + "DO", "FIX" + "ME", "@unchecked Sendable"])
  func sourcesHaveNo(word: String) throws {
    for file in try Sources.swiftFiles(in: "Sources") {
      for (index, line) in try Sources.lines(of: file).enumerated() {
        #expect(!line.contains(word), "\(file):\(index + 1): \(line)")
      }
    }
  }

  /// Each keyword is a file of its own, and each such file is in the list.
  @Test func keywordFilesAreListed() throws {
    let list = try Sources.text(of: "Sources/RuleCompilation/KeywordList.swift")
    let files = try Sources.swiftFiles(in: "Sources/RuleCompilation/Keywords")
    #expect(files.count > 40)
    for file in files {
      let names = try Sources.lines(of: file).compactMap { line -> Substring? in
        guard line.hasPrefix("  static let "), line.contains("Keyword(") else { return nil }
        return line.dropFirst("  static let ".count).prefix { $0.isLetter }
      }
      #expect(!names.isEmpty, "\(file) holds no keyword")
      for name in names {
        let isListed = list.split { !($0.isLetter || $0 == ".") }.contains(".\(name)")
        #expect(isListed, "\(name) of \(file) is not in KeywordList.swift")
      }
    }
  }

  /// Each pack and model is compiled in; examples are for people to try.
  @Test func ruleFilesAreEmbedded() throws {
    let list = try Sources.text(of: "Sources/CBuiltInPacks/packs.c")
    let files = try Sources.files(in: "Rules").filter {
      $0.hasSuffix(".yaml") && !$0.contains("/examples/")
    }
    #expect(!files.isEmpty)
    for file in files {
      #expect(list.contains("#embed \"../../\(file)\""), "\(file)")
      #expect(list.contains("\"\(file.dropFirst("Rules/".count))\""), "\(file)")
    }
    #expect(list.components(separatedBy: "#embed").count == files.count + 1)
  }

  /// Every golden and scenario folder is read by a test of its own target.
  @Test func expectationsBelongToATest() throws {
    for target in try Sources.folders(in: "Tests") {
      let code = try Sources.swiftFiles(in: "Tests/\(target)").map(Sources.text).joined()
      for folder in try Sources.folders(in: "Tests/\(target)") {
        #expect(code.contains(folder), "nothing in Tests/\(target) reads its \(folder)")
        let manifest = try Sources.text(of: "Package.swift")
        #expect(manifest.contains("exclude: [\"\(folder)\"]"), "Tests/\(target)/\(folder)")
      }
    }
  }

  /// Every file with tests is of a target that the manifest declares.
  @Test func testTargetsAreDeclared() throws {
    let manifest = try Sources.text(of: "Package.swift")
    for target in try Sources.folders(in: "Tests") {
      #expect(manifest.contains("name: \"\(target)\""), "\(target)")
    }
  }
}
