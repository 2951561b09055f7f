import Foundation
import TestSupport
import Testing

/// What each module may import: the stack of the package's modules, and what lies outside of it.
private let allowedImports: [String: Set<String>] = {
  let system: Set = ["SystemPackage", "Synchronization", "Glibc", "Musl", "Darwin"]
  return [
    // The C library finds bytes faster than our own loops.
    "SourceText": ["Synchronization", "Glibc", "Musl", "Darwin"],
    "RequisiteFiles": system.union(["CPlatform", "SourceText"]),
    "RequisitePatterns": ["SourceText"],
    "Findings": ["SourceText"],
    "Documents": ["SourceText"],
    "YAML": ["CLibYAML", "Documents", "SourceText"],
    "Formats": ["Documents", "RequisitePatterns", "SourceText"],
    "JSONPath": ["Documents", "RequisitePatterns", "SourceText"],
    "CEL": ["Documents", "RequisitePatterns", "SourceText"],
    "RequestDecoding": ["Documents", "Findings", "SourceText"],
    "RulePacks": [
      "CBuiltInPacks", "CEL", "Documents", "Findings", "JSONPath", "SourceText", "Synchronization",
      "YAML",
    ],
    "Evaluation": [
      "CEL", "Documents", "Findings", "Formats", "JSONPath", "RequisitePatterns", "RequestDecoding",
      "SourceText",
    ],
    "RuleCompilation": [
      "CEL", "Documents", "Evaluation", "Findings", "Formats", "JSONPath", "RequisitePatterns",
      "RequestDecoding", "RulePacks", "SourceText",
    ],
    "RequisiteConfiguration": [
      "RequisiteFiles",
      "Documents", "Evaluation", "Findings", "RequisitePatterns", "RequestDecoding",
      "RuleCompilation",
      "RulePacks", "SourceText",
    ],
    "Suppressions": ["Documents", "Findings", "RequisitePatterns", "RulePacks", "SourceText"],
    "Baselines": ["Documents", "Findings", "SourceText"],
    "PackTesting": [
      "CEL", "Documents", "Evaluation", "Findings", "JSONPath", "Reporting", "RequisitePatterns",
      "RuleCompilation", "RulePacks", "SourceText",
    ],
    "Linting": system.union([
      "RequisiteFiles",
      "BasicContainers",
      "Baselines", "CPlatform", "CZLib", "RequisiteConfiguration", "Documents", "Evaluation",
      "Findings",
      "JSONPath", "RequestDecoding", "RequisitePatterns", "RuleCompilation", "RulePacks",
      "SourceText", "Suppressions",
      "YAML",
    ]),
    "Reporting": ["Documents", "Findings", "SourceText"],
    "PackDocumentation": ["Documents", "Findings", "Reporting", "RulePacks", "SourceText"],
    "Reference": [
      "Baselines", "CEL", "RequisiteConfiguration", "Documents", "Evaluation", "Findings",
      "Formats",
      "JSONPath", "Linting", "PackTesting", "RequisitePatterns", "Reporting", "RuleCompilation",
      "RulePacks",
      "SourceText", "Suppressions", "YAML",
    ],
    "RequisiteKit": [
      "RequisiteFiles",
      "RequisiteConfiguration", "Findings", "Linting", "Documents", "RulePacks", "SourceText",
      "Synchronization",
    ],
    "requisite": system.union([
      "RequisiteFiles",
      "ArgumentParser", "Baselines", "RequisiteConfiguration", "Documents", "Findings", "Linting",
      "PackDocumentation", "PackTesting", "Reference", "Reporting", "RequestDecoding",
      "RuleCompilation", "RulePacks", "SourceText", "Suppressions", "YAML",
    ]),
  ]
}()

/// The layers of the program, which the build alone does not hold.
struct LayeringTests {
  @Test func everyModuleHasItsLayer() throws {
    let modules = try Sources.folders(in: "Sources").filter {
      !$0.hasPrefix("C") || $0 == "CEL" || $0 == "RequisiteConfiguration"
    }
    #expect(modules == allowedImports.keys.sorted())
  }

  /// The core needs no Foundation, nor anything else that is not listed.
  @Test(arguments: allowedImports.keys.sorted())
  func importsOnlyWhatItMay(module: String) throws {
    let allowed = try #require(allowedImports[module])
    let files = try Sources.swiftFiles(in: "Sources/\(module)")
    #expect(!files.isEmpty)
    for file in files {
      for line in try Sources.lines(of: file) {
        guard let imported = Sources.importedModule(in: line) else { continue }
        #expect(allowed.contains(imported), "\(file): \(line)")
      }
    }
  }

  /// What a module may import, the manifest declares for it, and nothing that it does not use.
  @Test(arguments: allowedImports.keys.sorted())
  func manifestDeclaresWhatIsAllowed(module: String) throws {
    let allowed = try #require(allowedImports[module])
    let manifest = try Sources.text(of: "Package.swift")
    let target = try #require(
      manifest.components(separatedBy: "arget(").first { part in
        part.trimmingCharacters(in: .whitespacesAndNewlines).hasPrefix("name: \"\(module)\"")
      })
    // The first quoted word is the module's own name; the packages of products come along.
    let quoted = target.components(separatedBy: "\"").enumerated()
      .filter { $0.offset % 2 == 1 }.map(\.element).dropFirst()
    let declared = Set(quoted).subtracting([
      "swift-system", "swift-argument-parser", "swift-collections",
    ])
    #expect(declared == allowed.subtracting(["Synchronization", "Glibc", "Musl", "Darwin"]))
  }
}

extension LayeringTests {
  /// The levels that Architecture.md lists: each module imports only modules of lower ones.
  @Test func architectureListsTheLevels() throws {
    var layers: [String: Int] = [:]
    for line in try Sources.lines(of: "Sources/requisite/Documentation.docc/Architecture.md") {
      guard let match = line.firstMatch(of: /^\| (\d) \| (.*) \|$/) else { continue }
      for module in match.2.matches(of: /`(\w+)`/) { layers[String(module.1)] = Int(match.1) }
    }
    for (module, imports) in allowedImports {
      let layer = try #require(layers[module], "\(module) is not listed")
      for other in imports {
        if let below = layers[other] { #expect(below < layer, "\(module) imports \(other)") }
      }
    }
  }
}
