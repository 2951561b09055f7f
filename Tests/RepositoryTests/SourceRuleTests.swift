import Foundation
import TestSupport
import Testing

/// What review would otherwise have to say again and again.
struct SourceRuleTests {
  /// What may lie at the top, besides hidden files and what the build leaves behind.
  ///
  /// GitHub reads `action.yml` there, GitLab `templates`, and the README's command to build `release.json`.
  private static let topLevel: Set = [
    "LICENSE", "Package.resolved", "Package.swift", "README.md", "Rules", "Sources", "Tests",
    "action.yml", "templates",
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
  @Test(arguments: [
    "try!", "as!", "fatalError", "unowned(unsafe)", "TO" + "DO", "FIX" + "ME",
    "@unchecked Sendable",
  ])
  func sourcesHaveNo(word: String) throws {
    for file in try Sources.swiftFiles(in: "Sources") {
      for (index, line) in try Sources.lines(of: file).enumerated() {
        #expect(!line.contains(word), "\(file):\(index + 1): \(line)")
      }
    }
  }

  /// Where `&+`, `&-` and `&*` may stand, and why an overflow cannot or must happen there.
  ///
  /// Anywhere else arithmetic is checked: a value of an input could make it wrap.
  private static let uncheckedArithmetic: [String: String] = [
    "Sources/CEL/Programs/CELEvaluator.swift": "costs, held below the limit after each addition",
    "Sources/CEL/Programs/Evaluator+Members.swift": "costs, held below the limit",
    "Sources/CEL/Syntax/StringEscape.swift": "digits of one escape, at most eight",
    "Sources/Documents/Names/Binding.swift": "indices of nodes",
    "Sources/Documents/Tree/Document.swift": "indices of nodes, which are fewer than 2^32",
    "Sources/Documents/Tree/DocumentPaths.swift": "indices of nodes",
    "Sources/Documents/Reading/JSONFastReader.swift":
      "offsets in a text below 4 GiB, and word tricks",
    "Sources/Documents/Reading/JSONToken.swift":
      "offsets in a text, and digits, of which more than 18 are flagged",
    "Sources/Documents/Writing/JSONWriter.swift": "a range check by wrapping",
    "Sources/Documents/Names/NameBinder.swift": "slots of a table, and counts of names",
    "Sources/Documents/Tree/Node.swift": "offsets in a text below 4 GiB",
    "Sources/Documents/Tree/Request.swift": "indices of nodes, and counts of them",
    "Sources/Documents/Reading/StringEscapes.swift": "offsets in a text, digits of one escape",
    "Sources/Documents/Names/Symbol.swift": "hashing, and indices of nodes",
    "Sources/Documents/Names/SymbolMaps.swift": "hashing, and indices of tables",
    "Sources/Evaluation/Evaluator/Evaluator+SingleRule.swift": "steps, held below their budget",
    "Sources/Evaluation/Evaluator/Evaluator.swift": "steps, held below their budget",
    "Sources/Evaluation/Evaluator/ExpressionRunner.swift": "steps, held below their budget",
    "Sources/Evaluation/Places/GuidedReader.swift":
      "offsets in a text below 4 GiB, and node counts",
    "Sources/Evaluation/Places/GuidedReader+Checks.swift": "offsets in a text, and counts of notes",
    "Sources/Evaluation/Places/GuidedReader+Strings.swift":
      "offsets in a text",
    "Sources/Evaluation/Schemas/FailedPlace.swift": "depth, held below its limit; indices of nodes",
    "Sources/Evaluation/Schemas/SchemaChecker+Unevaluated.swift": "indices of nodes, and depth",
    "Sources/Evaluation/Schemas/SchemaChecker+Values.swift": "indices of nodes, and lengths",
    "Sources/Evaluation/Schemas/SchemaChecker.swift": "steps and depth, held below their limits",
    "Sources/SourceText/Hashing/LineHasher.swift": "hashing",
    "Sources/SourceText/Hashing/SHA256.swift": "hashing",
    "Sources/Formats/Embedded/MediaType.swift": "none: characters in a string",
    "Sources/Formats/TextReading.swift": "offsets in a text",
    "Sources/JSONPath/JSONPathEvaluation.swift": "steps, held below the limit",
    "Sources/RequisitePatterns/Automaton.swift": "steps, and indices of tables",
    "Sources/RequisitePatterns/AutomatonRuns.swift": "steps, and offsets in a text",
    "Sources/RequisitePatterns/RunSequence.swift": "offsets in a text",
    "Sources/RequisitePatterns/UnicodeProperty.swift": "digits of the program's own tables",
    "Sources/Reporting/Terminal/LogCommands.swift": "a search for a zero byte in a word",
    "Sources/Reporting/Terminal/TerminalText.swift": "a range check by wrapping",
    "Sources/SourceText/LineIndex.swift": "counts of at most 4,096 bytes",
    "Sources/SourceText/Notations/UTF8Decoder.swift": "counts of at most 128 bytes",
  ]

  /// Arithmetic on an input never wraps without a word.
  @Test func arithmeticIsChecked() throws {
    var unused = Set(Self.uncheckedArithmetic.keys)
    for file in try Sources.swiftFiles(in: "Sources") {
      for (index, line) in try Sources.lines(of: file).enumerated() {
        let code = line.components(separatedBy: "//")[0]
        guard ["&+", "&-", "&*"].contains(where: { code.contains($0) }) else { continue }
        unused.remove(file)
        #expect(
          Self.uncheckedArithmetic[file] != nil,
          "\(file):\(index + 1): \(line): check the arithmetic, or list the file with the reason")
      }
    }
    #expect(unused == [], "listed, and without such arithmetic")
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
      let code = try Sources.swiftFiles(in: "Tests").filter { $0.contains("/\(target)") }
        .map(Sources.text).joined()
      for folder in try Sources.folders(in: "Tests/\(target)")
      where try Sources.swiftFiles(in: "Tests/\(target)/\(folder)").isEmpty {
        let isRead =
          code.contains(folder) || folder == "Goldens" && code.contains("expectMessages(")
        #expect(isRead, "nothing in Tests/\(target) reads its \(folder)")
        let manifest = try Sources.text(of: "Package.swift")
        let isExcluded = manifest.components(separatedBy: "exclude: [").dropFirst().contains {
          $0.prefix { $0 != "]" }.contains("\"\(folder)\"")
        }
        #expect(isExcluded, "Tests/\(target)/\(folder)")
      }
    }
  }

  /// Every golden of messages belongs to a suite that compares its messages.
  @Test func goldensOfMessagesBelongToSuites() throws {
    let goldens = try Sources.files(in: "Tests").filter {
      $0.contains("/Goldens/") && $0.hasSuffix(".txt")
    }
    #expect(goldens.count > 20)
    for golden in goldens {
      let suite = golden.replacing("/Goldens/", with: "/").dropLast(".txt".count) + ".swift"
      let code = try? Sources.text(of: String(suite))
      #expect(code != nil, "\(golden) belongs to no suite")
    }
  }

  /// Messages are worded in goldens alone, where one command records a better wording.
  ///
  /// Tables hold codes and places; `expectMessages` compares the rest.
  @Test func testsPinNoSentences() throws {
    let fourWords = #/\.message\)?\??(\.contains\(|\.hasPrefix\(| == )\W*"[^"]* [^"]* [^"]* [^"]*"/#
    for file in try Sources.swiftFiles(in: "Tests") {
      for (index, line) in try Sources.lines(of: file).enumerated() {
        #expect(!line.contains(fourWords), "\(file):\(index + 1): \(line): use expectMessages")
      }
    }
  }

  /// Every file with tests is of a target that the manifest declares.
  @Test func testTargetsAreDeclared() throws {
    let manifest = try Sources.text(of: "Package.swift")
    for target in try Sources.folders(in: "Tests")
    where try !Sources.swiftFiles(in: "Tests/\(target)").isEmpty {
      #expect(manifest.contains("name: \"\(target)\""), "\(target)")
    }
  }
}
