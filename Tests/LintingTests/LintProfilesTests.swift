import Configuration
import Findings
import Linting
import RequestDecoding
import Testing

/// How inputs come to their profiles.
struct LintProfilesTests {
  private func profiles(
    _ folder: String, _ choices: SettingChoices = SettingChoices(),
    _ source: ConfigurationSource = .discovery
  ) -> LintProfiles {
    LintProfiles(
      choices, from: source, options: LintOptions(packs: [], appliesToAll: false),
      workingFolder: folder)
  }

  private func input(_ path: String) -> LintInput {
    LintInput(path: path, shownPath: path, format: .json, isExplicit: true)
  }

  private func expect(
    _ profiles: inout LintProfiles, _ input: LintInput, _ place: LintProfiles.Place
  ) {
    let actual = profiles.place(of: input)
    #expect(actual == place, "\(input.path)")
  }

  private func isSilent(_ profiles: inout LintProfiles) -> Bool {
    profiles.takeDiagnostics().isEmpty
  }

  @Test func filesThatAreAlikeShareAProfile() throws {
    try withFolder { folder in
      try write(
        """
        requisite: 1
        exclude: [out]
        files:
          'a/**': { casing: wire }
          'b/**': { casing: wire }
        """, to: "\(folder)/.requisite.yaml")
      var profiles = profiles(folder)
      expect(&profiles, input("\(folder)/x.json"), .profile(0))
      expect(&profiles, input("\(folder)/a/x.json"), .profile(1))
      expect(&profiles, input("\(folder)/a/b/y.json"), .profile(1))
      expect(&profiles, input("\(folder)/y.json"), .profile(0))
      expect(&profiles, input("\(folder)/b/y.json"), .profile(2))
      expect(&profiles, input("\(folder)/a/out/y.json"), .excluded)
      #expect(profiles.profiles.map(\.options.casing) == [.auto, .wire, .wire])
      #expect(isSilent(&profiles))
    }
  }

  @Test func aFaultyConfigurationConcernsItsOwnFiles() throws {
    try withFolder { folder in
      try write("requisite: 1\nrules: { a/b: off }\n", to: "\(folder)/a/.requisite.yaml")
      try write("requisite: 1\npacks: [x.yaml]\n", to: "\(folder)/b/.requisite.yaml")
      var profiles = profiles(folder)
      expect(&profiles, input("\(folder)/a/x.json"), .faulty)
      expect(&profiles, input("\(folder)/a/y.json"), .faulty)
      expect(&profiles, input("\(folder)/b/y.json"), .faulty)
      expect(&profiles, input("\(folder)/c/y.json"), .profile(0))
      let codes = profiles.takeDiagnostics().map(\.code)
      #expect(codes == ["config/unknown-rule", "pack/unknown"])
      #expect(isSilent(&profiles))
    }
  }

  /// A rule that its pack has off is run where a configuration switches it on.
  @Test func severitiesAreThoseOfTheConfiguration() throws {
    let text = #"{"InstanceId": "i", "ContactFlowId": "f"}"#
    func findings(_ rules: String) throws -> [String] {
      var found: [String] = []
      try withFolder { folder in
        try write("requisite: 1\nrules: \(rules)\n", to: "\(folder)/.requisite.yaml")
        var profiles = profiles(
          folder, SettingChoices(packs: Setting(["aws-connect-chat"], from: .flag("--pack"))))
        expect(&profiles, input("\(folder)/x.json"), .profile(0))
        #expect(isSilent(&profiles))
        var linter = Linter(options: try #require(profiles.profiles.first).options)
        found = linter.lint(Array(text.utf8), of: input("\(folder)/x.json")).findings.map {
          "\($0.severity) \($0.rule.rule)"
        }
      }
      return found
    }
    #expect(try findings("{}") == ["info client-token-recommended", "error schema/required"])
    #expect(
      try findings(
        "{ aws-connect-chat/client-token-recommended: off, aws-connect-chat/schema/required: warning, aws-connect-chat/chat-duration-explicit: error }"
      ) == ["error chat-duration-explicit", "warning schema/required"])
    #expect(
      try findings(
        "{ aws-connect-chat/client-token-recommended: warning, aws-connect-chat/schema/required: off }"
      ) == ["warning client-token-recommended"])
    // With the packs chosen by a flag, rules of other packs wait for their pack.
    #expect(try findings("{ other/rule: off }").count == 2)
  }

  @Test func foldersThatAreExcludedNeedNoWalk() throws {
    try withFolder { folder in
      try write("requisite: 1\nexclude: [vendor]\n", to: "\(folder)/.requisite.yaml")
      try write("{}", to: "\(folder)/vendor/x.json")
      try write("{}", to: "\(folder)/a/x.json")
      var profiles = profiles(folder)
      let found = InputCollector.collect(
        [folder], InputCollector.Options(workingFolder: folder), excluding: &profiles)
      #expect(found.inputs.map(\.shownPath) == ["a/x.json"])
      var all = self.profiles(folder, SettingChoices(ignoresExclusion: true))
      let isExcluded = all.excludesFolder("\(folder)/vendor")
      #expect(!isExcluded)
      expect(&all, input("\(folder)/vendor/x.json"), .profile(0))
    }
  }

  /// The patterns of a configuration say nothing of a file outside of its folder.
  @Test func aChosenConfigurationHasItsOwnFolder() throws {
    try withFolder { folder in
      try write(
        "requisite: 1\ncasing: snake\nfiles: { '**': { casing: wire } }\n",
        to: "\(folder)/conf/c.yaml")
      var profiles = profiles(folder, SettingChoices(), .file("\(folder)/conf/c.yaml"))
      expect(&profiles, input("\(folder)/x.json"), .profile(0))
      expect(&profiles, input("\(folder)/conf/x.json"), .profile(1))
      #expect(profiles.profiles.map(\.options.casing) == [.snake, .wire])
    }
  }
}
