// swift-tools-version: 6.2

import PackageDescription

let package = Package(
  name: "requisite",
  // Linux needs no entry; Synchronization needs this one.
  platforms: [.macOS(.v15)],
  products: [
    .executable(name: "requisite", targets: ["requisite"]),
    .library(name: "RequisiteKit", targets: ["RequisiteKit"]),
  ],
  dependencies: [
    .package(url: "https://github.com/apple/swift-argument-parser", from: "1.8.0"),
    .package(url: "https://github.com/apple/swift-collections", from: "1.3.0"),
    .package(url: "https://github.com/apple/swift-system", from: "1.6.0"),
    .package(url: "https://github.com/swiftlang/swift-subprocess", from: "1.0.0"),
  ],
  targets: [
    // C: the system's YAML parser, and the packs in Rules/ compiled in.
    .systemLibrary(
      name: "CLibYAML", pkgConfig: "yaml-0.1",
      providers: [.apt(["libyaml-dev"]), .brew(["libyaml"])]),
    // C: decompression.
    .systemLibrary(
      name: "CZLib", pkgConfig: "zlib", providers: [.apt(["zlib1g-dev"]), .brew(["zlib"])]),
    .target(name: "CBuiltInPacks", exclude: ["compiled", "meta-schemas", "schemas"]),
    // C: what a signal handler may do, and threads.
    .target(name: "CPlatform"),
    // C: sixteen bytes of text at a time.
    .target(name: "CTextScan"),
    // C: the style and the script of the HTML report, compiled in.
    .target(name: "CReportPage", exclude: ["report.css", "report.js"]),

    // Text, and what a run says about it.
    .target(name: "SourceText"),
    .target(name: "Findings", dependencies: ["SourceText"]),

    // Files: the system's and those in memory.
    .target(
      name: "RequisiteFiles",
      dependencies: [
        "CPlatform", "SourceText", .product(name: "SystemPackage", package: "swift-system"),
      ]),

    // The positional tree and the two readers that make it.
    .target(name: "Documents", dependencies: ["SourceText"]),
    .target(name: "YAML", dependencies: ["CLibYAML", "Documents", "SourceText"]),

    // The languages a rule is written in.
    .target(name: "RequisitePatterns", dependencies: ["SourceText"]),
    .target(name: "Formats", dependencies: ["Documents", "RequisitePatterns", "SourceText"]),
    .target(name: "JSONPath", dependencies: ["Documents", "RequisitePatterns", "SourceText"]),
    .target(name: "CEL", dependencies: ["Documents", "RequisitePatterns", "SourceText"]),

    // Rules: written, compiled, run.
    .target(
      name: "RequestDecoding", dependencies: ["Documents", "SourceText"]),
    .target(
      name: "RulePacks",
      dependencies: ["CBuiltInPacks", "Documents", "Findings", "JSONPath", "SourceText", "YAML"]),
    .target(
      name: "Evaluation",
      dependencies: [
        "CEL", "CTextScan", "Documents", "Findings", "Formats", "JSONPath", "RequestDecoding",
        "RequisitePatterns", "SourceText",
      ]),
    .target(
      name: "RuleCompilation",
      dependencies: [
        "CEL", "Documents", "Evaluation", "Findings", "Formats", "JSONPath", "RequestDecoding",
        "RequisitePatterns", "RulePacks", "SourceText",
      ]),

    .target(
      name: "PackTesting",
      dependencies: [
        "CEL", "Documents", "Evaluation", "Findings", "JSONPath", "Reporting", "RequisitePatterns",
        "RuleCompilation", "RulePacks", "SourceText",
      ]),

    // A whole run, and the ways in and out of it.
    .target(
      name: "RequisiteConfiguration",
      dependencies: [
        "Documents", "Evaluation", "Findings", "RequisiteFiles", "RequisitePatterns",
        "RuleCompilation", "RulePacks", "SourceText",
      ]),
    .target(
      name: "Suppressions",
      dependencies: ["Documents", "Findings", "RequisitePatterns", "RulePacks", "SourceText"]),
    .target(name: "Baselines", dependencies: ["Documents", "Findings", "SourceText"]),
    .target(
      name: "Linting",
      dependencies: [
        "Baselines", "CPlatform", "CTextScan", "CZLib", "Documents", "Evaluation", "Findings",
        "JSONPath",
        "RequisiteConfiguration", "RequisiteFiles", "RequisitePatterns", "RuleCompilation",
        "RulePacks", "SourceText", "Suppressions", "YAML",
        .product(name: "BasicContainers", package: "swift-collections"),
        .product(name: "SystemPackage", package: "swift-system"),
      ]),
    .target(
      name: "Reporting", dependencies: ["CReportPage", "Documents", "Findings", "SourceText"]),
    .target(
      name: "PackDocumentation",
      dependencies: ["Documents", "Findings", "Reporting", "RulePacks", "SourceText"]),
    .target(
      name: "Reference",
      dependencies: [
        "Baselines", "CEL", "Documents", "Evaluation", "Findings", "Formats", "JSONPath",
        "LanguageServer", "Linting", "PackTesting", "Reporting", "RequisiteConfiguration",
        "RequisitePatterns",
        "RuleCompilation", "RulePacks", "SourceText", "Suppressions", "YAML",
      ]),
    // The library: what other packages import.
    .target(
      name: "RequisiteKit",
      dependencies: [
        "Documents", "Findings", "Linting", "RequisiteConfiguration", "RequisiteFiles", "RulePacks",
        "SourceText",
      ]),
    // The server of editors.
    .target(
      name: "LanguageServer",
      dependencies: [
        "Documents", "Findings", "Linting", "PackDocumentation", "RequisiteConfiguration",
        "RequisiteFiles", "RulePacks", "SourceText", "Suppressions",
        .product(name: "SystemPackage", package: "swift-system"),
      ]),
    .executableTarget(
      name: "requisite",
      dependencies: [
        "Baselines", "CPlatform", "Documents", "Findings", "LanguageServer", "Linting",
        "PackDocumentation",
        "PackTesting", "Reference", "Reporting", "RequisiteConfiguration", "RequisiteFiles",
        "RuleCompilation", "RulePacks", "SourceText", "Suppressions",
        .product(name: "SystemPackage", package: "swift-system"),
        .product(name: "ArgumentParser", package: "swift-argument-parser"),
      ]),

    // Tests.
    .executableTarget(
      name: "ExampleServer", dependencies: ["RequisiteKit"], path: "Tests/ExampleServer"),
    .target(
      name: "TestSupport", dependencies: ["Documents", "Findings", "RequisiteFiles", "SourceText"],
      path: "Tests/TestSupport"),
    .target(
      name: "Fuzzing",
      dependencies: [
        "Baselines", "CEL", "Documents", "Evaluation", "Findings", "JSONPath", "Linting",
        "Reporting", "RequisiteConfiguration", "RequisiteFiles", "RequisitePatterns",
        "RuleCompilation", "RulePacks", "SourceText", "Suppressions", "YAML",
      ],
      path: "Tests/Fuzzing",
      exclude: [
        "Comparison", "Corpus", "Dictionaries", "LibFuzzer", "RedactionRun",
        "compare-evaluations", "mutants", "mutants.txt", "run",
      ]),
    .testTarget(name: "FuzzingTests", dependencies: ["Fuzzing", "TestSupport"]),
    .testTarget(name: "SourceTextTests", dependencies: ["SourceText", "TestSupport"]),
    .testTarget(
      name: "RequisiteFilesTests",
      dependencies: [
        "RequisiteFiles", "TestSupport", .product(name: "SystemPackage", package: "swift-system"),
      ]),
    .testTarget(
      name: "FindingsTests", dependencies: ["Findings", "SourceText", "TestSupport"]),
    .testTarget(
      name: "DocumentsTests", dependencies: ["Documents", "SourceText", "TestSupport"],
      exclude: ["Goldens"]),
    .testTarget(
      name: "YAMLTests", dependencies: ["Documents", "SourceText", "TestSupport", "YAML"],
      exclude: ["Goldens"]),
    .testTarget(
      name: "FormatsTests", dependencies: ["Documents", "Formats", "TestSupport"],
      exclude: ["Goldens"]),
    .testTarget(
      name: "RequisitePatternsTests",
      dependencies: ["RequisitePatterns", "SourceText", "TestSupport"],
      exclude: ["Goldens"]),
    .testTarget(
      name: "JSONPathTests", dependencies: ["Documents", "JSONPath", "SourceText", "TestSupport"],
      exclude: ["Goldens"]),
    .testTarget(
      name: "CELTests", dependencies: ["CEL", "Documents", "SourceText", "TestSupport"],
      exclude: ["Goldens"]),
    .testTarget(
      name: "RulePacksTests",
      dependencies: ["Documents", "Findings", "RulePacks", "SourceText", "TestSupport"],
      exclude: ["Goldens"]),
    .testTarget(
      name: "RuleCompilationTests",
      dependencies: [
        "Documents", "Evaluation", "Findings", "RequestDecoding", "RuleCompilation", "RulePacks",
        "SourceText", "TestSupport",
      ], exclude: ["Goldens"]),
    .testTarget(
      name: "JSONSchemaTests",
      dependencies: [
        "Documents", "Evaluation", "Findings", "RuleCompilation", "RulePacks", "SourceText",
        "TestSupport",
      ], exclude: ["Goldens"]),
    .testTarget(
      name: "EvaluationTests",
      dependencies: [
        "Documents", "Evaluation", "Findings", "RuleCompilation", "RulePacks", "SourceText",
        "TestSupport",
      ], exclude: ["Goldens"]),
    .testTarget(
      name: "PackTestingTests",
      dependencies: [
        "CEL", "Documents", "Findings", "JSONPath", "PackTesting", "Reporting", "RequisitePatterns",
        "RuleCompilation", "RulePacks", "SourceText",
      ]),
    .testTarget(
      name: "ReportingTests", dependencies: ["Findings", "Reporting", "SourceText", "TestSupport"],
      exclude: ["Goldens"]),
    .testTarget(
      name: "RequestDecodingTests",
      dependencies: ["Documents", "RequestDecoding", "SourceText"]),
    .testTarget(
      name: "RequisiteConfigurationTests",
      dependencies: [
        "Documents", "Findings", "RequestDecoding", "RequisiteConfiguration", "RuleCompilation",
        "RulePacks", "SourceText", "TestSupport",
      ], exclude: ["Goldens"]),
    .testTarget(
      name: "SuppressionsTests",
      dependencies: [
        "Documents", "Evaluation", "Findings", "RequisiteConfiguration", "RequisitePatterns",
        "RuleCompilation", "RulePacks", "SourceText", "Suppressions", "TestSupport",
      ], exclude: ["Goldens"]),
    .testTarget(
      name: "BaselinesTests", dependencies: ["Baselines", "Findings", "SourceText", "TestSupport"],
      exclude: ["Goldens"]),
    .testTarget(
      name: "LintingTests",
      dependencies: [
        "Baselines", "CZLib", "Documents", "Evaluation", "Findings", "Linting", "Reporting",
        "RequestDecoding", "RequisiteConfiguration", "RequisiteFiles", "RulePacks", "SourceText",
        "Suppressions", "TestSupport", "YAML",
        .product(name: "SystemPackage", package: "swift-system"),
      ], exclude: ["Goldens"]),
    .testTarget(
      name: "FormatSchemaTests",
      dependencies: [
        "Baselines", "Documents", "Findings", "Linting", "Reporting", "RequisiteConfiguration",
        "RequisiteFiles", "RuleCompilation", "RulePacks", "SourceText", "Suppressions",
        "TestSupport",
      ]),
    .testTarget(
      name: "LanguageServerTests",
      dependencies: [
        "Findings", "LanguageServer", "Linting", "RequisiteConfiguration", "RequisiteFiles",
        "SourceText",
      ]),
    .testTarget(
      name: "RequisiteKitTests",
      dependencies: ["ExampleServer", "RequisiteKit", "TestSupport", "requisite"]),
    .testTarget(
      name: "CommandLineTests",
      dependencies: [
        "Documents", "Findings", "Linting", "PackDocumentation", "Reference", "Reporting",
        "RequisiteFiles", "RuleCompilation", "RulePacks", "SourceText", "TestSupport", "requisite",
        .product(name: "ArgumentParser", package: "swift-argument-parser"),
        .product(name: "Subprocess", package: "swift-subprocess"),
        .product(name: "SystemPackage", package: "swift-system"),
      ],
      exclude: ["Scenarios"]),
    .testTarget(
      name: "PackDocumentationTests",
      dependencies: [
        "Documents", "Findings", "Linting", "PackDocumentation", "Reporting", "RequisiteFiles",
        "RulePacks", "TestSupport",
      ],
      exclude: ["Goldens"]),
    .testTarget(
      name: "RepositoryTests", dependencies: ["Findings", "RuleCompilation", "TestSupport"]),
  ],
  swiftLanguageModes: [.v6],
  cLanguageStandard: .c2x
)

for target in package.targets where [.regular, .executable, .test].contains(target.type) {
  target.swiftSettings = [
    // https://github.com/swiftlang/swift-evolution: SE-0335, SE-0409, SE-0444, SE-0461.
    .enableUpcomingFeature("ExistentialAny"),
    .enableUpcomingFeature("InternalImportsByDefault"),
    .enableUpcomingFeature("MemberImportVisibility"),
    .enableUpcomingFeature("NonisolatedNonsendingByDefault"),
    .strictMemorySafety(),
    .treatAllWarnings(as: .error),
  ]
}

// The fuzzers: Tests/Fuzzing/run builds them with libFuzzer and the address sanitizer, and
// Tests/Fuzzing/compare-evaluations the other program.
if Context.environment["REQUISITE_FUZZING"] != nil {
  package.targets.append(
    .executableTarget(
      name: "requisite-fuzzing", dependencies: ["Fuzzing"], path: "Tests/Fuzzing/LibFuzzer",
      swiftSettings: [.unsafeFlags(["-parse-as-library"])]))
  package.targets.append(
    .executableTarget(
      name: "requisite-comparing", dependencies: ["Fuzzing"], path: "Tests/Fuzzing/Comparison",
      swiftSettings: [.unsafeFlags(["-parse-as-library"])]))
}

// The documentation: REQUISITE_DOCS=1 swift package generate-documentation --target requisite
if Context.environment["REQUISITE_DOCS"] != nil {
  package.dependencies.append(
    .package(url: "https://github.com/swiftlang/swift-docc-plugin", from: "1.4.0"))
}
