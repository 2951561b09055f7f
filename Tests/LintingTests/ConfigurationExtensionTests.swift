import RequisiteConfiguration
import RequisitePatterns
import Findings
import Foundation
import Linting
import Documents
import RequisiteFiles
import RulePacks
import SourceText
import TestSupport
import Testing

/// Configurations that build on others.
struct ConfigurationExtensionTests {
  /// The diagnostics of the configuration in a folder of a tree, each as `path:line:column code`.
  private func diagnostics(
    _ files: [String: String], links: [String: String] = [:], in path: String = "",
    isRepository: Bool = true
  ) throws -> [String] {
    var results: [[String]] = []
    try withTrees { tree in
      let folder = tree.folder
      if isRepository { try tree.write("", to: "\(folder)/.git/HEAD") }
      for (name, text) in files { try tree.write(text, to: "\(folder)/\(name)") }
      for (name, target) in links {
        try tree.link("\(folder)/\(name)", to: target)
      }
      var finder = ConfigurationFinder(
        .discovery, in: tree.files, workingFolder: folder)
      let lookup = finder.lookUp(inFolder: path.isEmpty ? folder : "\(folder)/\(path)")
      let found = finder.diagnostics.map { diagnostic in
        let place = diagnostic.location.map {
          "\($0.path):\($0.region.start.line):\($0.region.start.column) "
        }
        return "\(place ?? "")\(diagnostic.code)"
      }
      #expect((lookup == .faulty) == !found.isEmpty)
      results.append(found)
    }
    #expect(results[0] == results[1])
    return results[0]
  }

  @Test(arguments: [
    ("extends: none.yaml", ".requisite.yaml:2:10 config/unknown-file"),
    ("extends: [a.yaml, none.yaml]", ".requisite.yaml:2:19 config/unknown-file"),
    ("extends: ../out.yaml", ".requisite.yaml:2:10 config/outside"),
    ("extends: sub/../../out.yaml", ".requisite.yaml:2:10 config/outside"),
    ("extends: out-link.yaml", ".requisite.yaml:2:10 config/outside"),
    ("extends: out-folder/out.yaml", ".requisite.yaml:2:10 config/outside"),
    ("extends: .git/config", ".requisite.yaml:2:10 config/bad-path"),
    ("extends: /etc/passwd", ".requisite.yaml:2:10 config/bad-path"),
    ("extends: https://example.com/a.yaml", ".requisite.yaml:2:10 config/bad-path"),
    ("extends: sub", ".requisite.yaml:2:10 config/unreadable"),
    ("extends: dangling.yaml", ".requisite.yaml:2:10 config/unreadable"),
    ("extends: .requisite.yaml", ".requisite.yaml:2:10 config/cycle"),
    ("extends: [circle.yaml]", "circle.yaml:2:10 config/cycle"),
    ("extends: broken.yaml", "broken.yaml:2:9 config/bad-value"),
    ("extends: text.yaml", "text.yaml:1:1 config/wrong-type"),
    ("extends: { a: b }", ".requisite.yaml:2:1 config/wrong-type"),
    ("extends: [1]", ".requisite.yaml:2:11 config/wrong-type"),
    ("extends: ''", ".requisite.yaml:2:10 config/bad-value"),
    ("extends: a.yaml", ""), ("extends: [a.yaml, sub/b.yaml, a.yaml]", ""),
    ("extends: inner-link.yaml", ""), ("extends: [diamond.yaml, a.yaml]", ""),
    ("extends:", ""), ("extends: []", ""),
  ])
  func whatCanBeExtended(extends: String, expected: String) throws {
    let found = try diagnostics(
      [
        "p/.git/HEAD": "", "p/.requisite.yaml": "requisite: 1\n\(extends)\n",
        "p/a.yaml": "requisite: 1\n", "p/sub/b.yaml": "requisite: 1\nextends: ../a.yaml\n",
        "p/diamond.yaml": "requisite: 1\nextends: [a.yaml, sub/b.yaml]\n",
        "p/circle.yaml": "requisite: 1\nextends: .requisite.yaml\n",
        "p/broken.yaml": "requisite: 1\ncasing: odd\n", "p/text.yaml": "just a text\n",
        "out.yaml": "requisite: 1\n",
      ],
      links: [
        "p/out-link.yaml": "../out.yaml", "p/out-folder": "..", "p/dangling.yaml": "nowhere",
        "p/inner-link.yaml": "a.yaml",
      ], in: "p", isRepository: false)
    #expect(found.joined(separator: " ").replacing("p/", with: "") == expected)
  }

  /// Outside of a repository, the outermost configuration is where the project begins.
  @Test func outsideOfARepository() throws {
    let files = [
      ".requisite.yaml": "requisite: 1\n",
      "a/b/.requisite.yaml": "requisite: 1\nextends: ../../.requisite.yaml\n",
      "c/.requisite.yaml": "requisite: 1\nextends: ../../x.yaml\n",
    ]
    #expect(try diagnostics(files, in: "a/b", isRepository: false) == [])
    #expect(
      try diagnostics(files, in: "c", isRepository: false)
        == ["c/.requisite.yaml:2:10 config/outside"])
  }

  /// What is in force, by the places that the values come from.
  @Test func theMergeTable() throws {
    try withTrees { tree in
      let folder = tree.folder
      try tree.write("", to: "\(folder)/.git/HEAD")
      try tree.write(
        """
        requisite: 1
        packs: [one, p/two.yaml]
        casing: wire
        fail-on: info
        baseline: b.jsonl
        formats: [json]
        rules: { a/x: error, a/y: error }
        parameters: { a.m: 1, a.n: 1 }
        exclude: [out, '/only/here']
        files:
          'svc/*/x.json': { rules: { a/z: off } }
          '*.json': { casing: snake }
        suppressions: [{ rule: a/b, path: svc/one.json, reason: r }]

        """, to: "\(folder)/.requisite.yaml")
      try tree.write(
        """
        requisite: 1
        rules: { a/y: info }
        fail-on: never
        parameters: { a.n: 2 }

        """, to: "\(folder)/shared/team.yaml")
      try tree.write(
        """
        requisite: 1
        extends: [../.requisite.yaml, ../shared/team.yaml]
        packs: [three.yaml]
        rules: { a/x: warning }
        files: { 'x.json': { casing: camel } }
        suppressions: [{ rule: a/b, path: two.json, reason: r }]

        """, to: "\(folder)/svc/.requisite.yaml")
      var finder = ConfigurationFinder(
        .discovery, in: tree.files, workingFolder: folder)
      #expect(finder.lookUp(inFolder: "\(folder)/svc/a") == .configuration(0))
      let configuration = try #require(finder.configurations.first)
      #expect(configuration.root == "\(folder)/svc")
      #expect(configuration.extendedPaths == [".requisite.yaml", "shared/team.yaml"])
      func settings(_ path: String) -> EffectiveSettings {
        var cache = SettingCache()
        return EffectiveSettings(
          SettingChoices(), configuration, key: configuration.key(forPath: path, cache: &cache))
      }
      let plain = settings("a.yaml")
      #expect(plain.packs.value.names?.map(\.text) == ["one", "p/two.yaml", "three.yaml"])
      #expect(
        plain.packs.value.names?.map(\.folder) == [folder, folder, "\(folder)/svc"])
      #expect(plain.casing.value == .wire)
      #expect(plain.casing.origin.description == ".requisite.yaml:3:9")
      #expect(plain.failOn.value == .never)
      #expect(plain.failOn.origin.description == "shared/team.yaml:3:10")
      #expect(plain.baseline == nil)
      #expect(configuration.formats == nil)
      #expect(
        plain.grades.map { "\($0.id.value) \($0.severity?.rawValue ?? "off") \($0.location.path)" }
          == ["a/x warning svc/.requisite.yaml", "a/y info shared/team.yaml"])
      #expect(
        plain.parameters.map { "\($0.name) \($0.file.source.path)" }
          == ["a.m .requisite.yaml", "a.n shared/team.yaml"])
      // Each pattern is relative to its own file, and the nearest entry comes last.
      #expect(settings("a/x.json").grades.map(\.id.value) == ["a/x", "a/y", "a/z"])
      #expect(settings("x.json").casing.value == .camel)
      #expect(settings("y.json").casing.value == .snake)
      #expect(settings("a/out/y.json").isExcluded)
      #expect(!settings("only/here").isExcluded)
      #expect(configuration.excludesFolder("deep/out"))
      let entries = configuration.suppressions.map { $0.base.folder }
      #expect(entries == [folder, "\(folder)/shared", "\(folder)/svc"])
    }
  }

  @Test(arguments: [
    ("/r", "/r", "a/x", "a/x"), ("/r", "/r/svc", "x", "svc/x"), ("/", "/r/svc", "x", "r/svc/x"),
    ("/r/svc/in", "/r/svc", "in/x", "x"), ("/r/svc/in", "/r/svc", "inn/x", nil),
    ("/r/other", "/r/svc", "x", nil), ("/r/sv", "/r/svc", "x", nil),
  ])
  func basesOfPatterns(base: String, root: String, path: String, expected: String?) {
    #expect(PatternBase(base, seenFrom: root).path(of: path) == expected)
  }
}
