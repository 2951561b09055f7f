import Foundation
import TestSupport
import Testing

/// The layers of the program, which the build alone does not hold.
///
/// Package.swift says which modules there are and what each depends on, Architecture.md at which level
/// each is; the imports of the code must be those of the manifest, and lead downwards only.
struct LayeringTests {
  /// What comes with the toolchain and is no Foundation: locks, and the C library.
  private static let system: Set = ["Synchronization", "Glibc", "Musl", "Darwin"]

  /// Each folder of `Sources` is a target, and each target has a level and contents in Architecture.md.
  @Test func everyModuleHasItsLevel() throws {
    let targets = try Manifest.targets()
    // The Python package is beside the modules.
    let folders = try Sources.folders(in: "Sources").filter { $0 != "Python" }
    #expect(targets.keys.sorted() == folders)
    let levels = try Architecture.levels()
    #expect(levels.keys.sorted() == folders)
    let described = try Architecture.describedModules()
    // Of C modules, the list of levels says all.
    #expect(described.sorted() == folders.filter { !isOfC($0) })
  }

  @Test func modulesImportOnlyLowerOnes() throws {
    let levels = try Architecture.levels()
    for (module, dependencies) in try Manifest.targets() {
      let level = try #require(levels[module], "\(module) has no level")
      for other in dependencies {
        if let below = levels[other] { #expect(below < level, "\(module) depends on \(other)") }
      }
    }
  }

  /// The code of a module imports exactly what the manifest declares for it; the core has no Foundation.
  @Test func manifestDeclaresWhatIsImported() throws {
    let targets = try Manifest.targets()
    #expect(targets.count > 20)
    for (module, dependencies) in targets where !isOfC(module) {
      var imported: Set<String> = []
      for file in try Sources.swiftFiles(in: "Sources/\(module)") {
        for line in try Sources.lines(of: file) {
          guard let name = Sources.importedModule(in: line), !Self.system.contains(name) else {
            continue
          }
          #expect(dependencies.contains(name), "\(file): \(line)")
          imported.insert(name)
        }
      }
      #expect(imported == dependencies, "\(module)")
    }
  }

  private func isOfC(_ module: String) -> Bool {
    // Modules of C have a C before their name, as `CZLib`.
    module.hasPrefix("C") && module != "CEL"
  }

  @Test(
    arguments: [
      (".target(name: \"A\"),", ["A": []]),
      (
        ".target(\n  name: \"A\", dependencies: [\n \"B\",\n .product(name: \"P\", package: \"p-p\"), \"C\"],\n exclude: [\"D\"]),\n.systemLibrary(\n name: \"B\", pkgConfig: \"x\")",
        ["A": ["B", "C", "P"], "B": []]
      ),
      (
        ".testTarget(name: \"T\", dependencies: [\"A\"]), .executableTarget(name: \"E\")", ["E": []]
      ),
      (".target(name: \"S\", dependencies: [\"A\"], path: \"Tests/S\")", [:]),
    ] as [(String, [String: Set<String>])])
  func manifestsAreRead(text: String, targets: [String: Set<String>]) {
    #expect(Manifest.targets(in: text) == targets)
  }
}

/// The targets of Package.swift.
private enum Manifest {
  /// The dependencies of each target in `Sources`, by modules; those of products included.
  static func targets() throws -> [String: Set<String>] {
    targets(in: try Sources.text(of: "Package.swift"))
  }

  static func targets(in text: String) -> [String: Set<String>] {
    var targets: [String: Set<String>] = [:]
    let starts = text.matches(of: /\.(\w*[tT]arget|systemLibrary)\(\s*name: "(\w+)"/)
    for (index, start) in starts.enumerated() where start.1 != "testTarget" {
      let end = index + 1 < starts.count ? starts[index + 1].range.lowerBound : text.endIndex
      let part = text[start.range.upperBound..<end]
      // Targets with a path are no part of the program.
      guard part.firstMatch(of: /\bpath: "/) == nil else { continue }
      let list = part.firstMatch(of: /dependencies: \[([^\]]*)\]/).map(\.1) ?? ""
      let names = list.replacing(/package: "[^"]*"/, with: "").matches(of: /"(\w+)"/)
      targets[String(start.2)] = Set(names.map { String($0.1) })
    }
    return targets
  }
}

/// The tables of Architecture.md.
private enum Architecture {
  private static let page = "Sources/requisite/Documentation.docc/Architecture.md"

  /// The level of each module.
  static func levels() throws -> [String: Int] {
    var levels: [String: Int] = [:]
    for line in try Sources.lines(of: page) {
      guard let match = line.firstMatch(of: /^\| (\d) \| (.*) \|$/) else { continue }
      for module in match.2.matches(of: /`(\w+)`/) { levels[String(module.1)] = Int(match.1) }
    }
    return levels
  }

  /// The modules whose contents a table lists.
  static func describedModules() throws -> [String] {
    let lines = try Sources.lines(of: page).drop { $0 != "| module | contents |" }.dropFirst(2)
    return lines.prefix { $0.hasPrefix("|") }.compactMap { line in
      line.firstMatch(of: /^\| `(\w+)` \|/).map { String($0.1) }
    }
  }
}
