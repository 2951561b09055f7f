import RequisiteConfiguration
import Documents
import Findings
import RequestDecoding
import RulePacks
import SourceText
import Testing

/// Which word counts where several speak of a file.
struct EffectiveSettingsTests {
  private static let text = """
    requisite: 1
    packs: [a]
    casing: snake
    fail-on: warning
    exclude: [out]
    rules: { a/x: off, a/y: info }
    parameters: { a.n: 1, a.m: 2 }
    files:
      '*.json': { casing: wire, rules: { a/y: warning, a/z: error } }
      'deep/**': { casing: camel, packs: [b], exclude: true, fail-on: never }
      'deep/in/**': { exclude: false, operation: Op }
      'deep/in/x.json': { packs: [c], suppression-comments: true }
    suppression-comments: false

    """

  private func settings(
    _ path: String?, _ choices: SettingChoices = SettingChoices()
  ) throws -> EffectiveSettings {
    let configuration = try #require(readConfiguration(Self.text).configuration)
    var cache = SettingCache()
    let key = configuration.key(forPath: path, cache: &cache)
    return EffectiveSettings(choices, configuration, key: key)
  }

  private func grades(_ settings: EffectiveSettings) -> [String] {
    settings.grades.map { "\($0.id.value) \($0.severity?.rawValue ?? "off")" }
  }

  @Test func aFileOfWhichNoEntrySpeaks() throws {
    for path in [nil, "a.yaml"] {
      let settings = try settings(path)
      #expect(settings.packs.value.names?.map(\.text) == ["a"])
      #expect(settings.packs.value.applicability == .whenDetected)
      #expect(settings.casing.value == .snake)
      #expect(settings.casing.origin.description == ".requisite.yaml:3:9")
      #expect(settings.failOn.value == .warning)
      #expect(grades(settings) == ["a/x off", "a/y info"])
      #expect(!settings.isExcluded)
      #expect(settings.exclusion == nil)
    }
  }

  @Test func suppressionCommentsAreAppliedUnlessSaidOtherwise() throws {
    #expect(EffectiveSettings(SettingChoices(), nil, key: .none).suppressionComments.value)
    let all = try settings("deep/in/y.json").suppressionComments
    #expect(!all.value && all.origin.description == ".requisite.yaml:13:23")
    #expect(try settings("deep/in/x.json").suppressionComments.value)
  }

  @Test func laterEntriesWin() throws {
    let first = try settings("a.json")
    #expect(first.casing.value == .wire)
    #expect(grades(first) == ["a/x off", "a/y warning", "a/z error"])
    let deep = try settings("deep/a.json")
    #expect(deep.casing.value == .camel)
    #expect(deep.packs.value.names?.map(\.text) == ["b"])
    #expect(deep.packs.value.applicability == .always)
    #expect(deep.failOn.value == .never)
    #expect(deep.isExcluded)
    #expect(deep.exclusion?.origin.description == ".requisite.yaml:10:52")
    #expect(grades(deep) == ["a/x off", "a/y warning", "a/z error"])
    // An operation alone does not put aside the packs that an earlier entry has chosen.
    let inner = try settings("deep/in/a.json")
    #expect(!inner.isExcluded)
    #expect(inner.packs.value.names?.map(\.text) == ["b"])
    #expect(inner.packs.value.operation?.text == "Op")
    let last = try settings("deep/in/x.json")
    #expect(last.packs.value.names?.map(\.text) == ["c"])
    #expect(last.packs.value.operation == nil)
    #expect(last.casing.value == .camel)
  }

  /// Of two entries that both speak of a file, the later one counts, in each setting.
  @Test(arguments: [
    ("casing: snake", "casing: wire"), ("packs: [b]", "packs: [c, d]"),
    ("fail-on: never", "fail-on: info"), ("exclude: true", "exclude: false"),
    ("operation: X", "operation: Y"), ("rules: { a/x: off }", "rules: { a/x: warning }"),
  ])
  func theLaterOfTwoEntriesCounts(one: String, other: String) throws {
    for (first, second) in [(one, other), (other, one)] {
      func summary(_ files: [String]) throws -> String {
        let entries = files.map { "  \($0)\n" }.joined()
        let text = "requisite: 1\nfiles:\n\(entries)"
        let configuration = try #require(readConfiguration(text).configuration, "\(text)")
        var cache = SettingCache()
        let key = configuration.key(forPath: "a.json", cache: &cache)
        let settings = EffectiveSettings(SettingChoices(), configuration, key: key)
        let parameters = settings.parameters.map { parameter in
          "\(parameter.name) \(parameter.file.document.text(of: parameter.value))"
        }
        return
          "\(settings.casing.value) \(settings.failOn.value) \(settings.isExcluded) "
          + "\(settings.packs.value.names?.map(\.text) ?? []) "
          + "\(settings.packs.value.operation?.text ?? "") \(grades(settings)) \(parameters)"
      }
      let both = try summary(["'*.json': { \(first) }", "'a.*': { \(second) }"])
      #expect(try both == summary(["'a.*': { \(second) }"]))
      #expect(try both != summary(["'*.json': { \(first) }"]))
    }
  }

  @Test func exclusionHasItsPattern() throws {
    let settings = try settings("x/out/a.txt")
    #expect(settings.isExcluded)
    #expect(settings.exclusion?.origin.description == ".requisite.yaml:5:11")
    #expect(try !self.settings("x/out/a.txt", SettingChoices(ignoresExclusion: true)).isExcluded)
  }

  @Test func choicesCountMoreThanEverything() throws {
    let choices = SettingChoices(
      packs: Setting(["p"], from: .flag("--pack")),
      casing: Setting(.auto, from: .environment("REQUISITE_CASING")),
      failOn: Setting(.info, from: .flag("--fail-on")),
      baseline: Setting("b", from: .flag("--baseline")))
    let settings = try settings("deep/in/a.json", choices)
    #expect(settings.packs.value.names?.map(\.text) == ["p"])
    #expect(settings.packs.value.operation == nil)
    #expect(settings.packs.value.applicability == .always)
    #expect(settings.packs.origin.description == "--pack")
    #expect(settings.casing.value == .auto)
    #expect(settings.casing.origin.description == "REQUISITE_CASING")
    #expect(settings.failOn.value == .info)
    #expect(settings.baseline?.value == "b")
  }

  @Test func withoutAnythingTheDefaultsCount() {
    let settings = EffectiveSettings(SettingChoices(), nil, key: .none)
    #expect(settings.packs.value.names == nil)
    #expect(settings.packs.value.applicability == .whenDetected)
    #expect(settings.casing.value == .auto)
    #expect(settings.failOn.value == .error)
    #expect(settings.baseline == nil)
    #expect(settings.grades.isEmpty && settings.parameters.isEmpty)
    #expect(settings.casing.origin.description == "default")
  }

  @Test func parametersAreMerged() throws {
    let (file, _) = PackFile.read(SourceFile(path: "--param", bytes: Array("a.n: 9\n".utf8)))
    let member = try #require(file.document.members(of: .root).first { _ in true })
    let setting = ParameterSetting(
      file: file, nameNode: member.name, name: "a.n", value: member.value)
    let settings = try settings(nil, SettingChoices(parameters: [setting]))
    #expect(settings.parameters.map(\.name) == ["a.m", "a.n"])
    #expect(settings.parameters.map(\.file.source.path) == [".requisite.yaml", "--param"])
  }

  @Test(arguments: [
    ("exclude: [vendor]", ["vendor", "x/vendor/y"], ["x"]),
    ("exclude: ['vendor/*.json']", [], ["vendor"]),
    ("files: { 'vendor/**': { exclude: true } }", ["vendor"], ["x"]),
    // What is taken back in must be met.
    ("exclude: [vendor]\nfiles: { 'vendor/x/**': { exclude: false } }", [], ["vendor"]),
  ])
  func foldersThatNeedNoWalk(text: String, excluded: [String], others: [String]) throws {
    let configuration = try #require(readConfiguration("requisite: 1\n\(text)\n").configuration)
    for folder in excluded { #expect(configuration.excludesFolder(folder), "\(folder)") }
    for folder in others { #expect(!configuration.excludesFolder(folder), "\(folder)") }
  }
}
