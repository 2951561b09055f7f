import RequisiteConfiguration
import Findings
import Foundation
import Linting
import Documents
import RequisiteFiles
import RulePacks
import SourceText
import TestSupport
import Testing

/// How inputs come to their profiles.
struct LintProfilesTests {
  private func profiles(
    _ folder: String, _ choices: SettingChoices = SettingChoices(),
    _ source: ConfigurationSource = .discovery
  ) -> LintProfiles {
    LintProfiles(
      choices, from: source,
      options: LintOptions(in: RealFileSystem(), packs: [], applicability: .whenDetected),
      workingFolder: folder)
  }

  private func input(_ path: String) -> InputSource {
    InputSource(.file(path), shownPath: path, syntax: .json, isExplicit: true)
  }

  private func expect(
    _ profiles: inout LintProfiles, _ input: InputSource, _ place: LintProfiles.Place
  ) {
    let actual = profiles.place(of: input)
    #expect(actual == place, "\(input.shownPath)")
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
        var linter = LintSession([try #require(profiles.profiles.first).options])
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
        [folder], InputCollector.Options(in: RealFileSystem(), workingFolder: folder),
        excluding: &profiles)
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

  @Test func emptyKeysAreEmptyLists() throws {
    for key in [
      "packs", "exclude", "files", "rules", "parameters", "suppressions", "extends", "formats",
    ] {
      try withFolder { folder in
        try write("requisite: 1\n\(key):\n", to: "\(folder)/.requisite.yaml")
        var profiles = profiles(folder)
        expect(&profiles, input("\(folder)/x.json"), .profile(0))
        #expect(isSilent(&profiles))
        // No packs are none, and not all.
        #expect(profiles.profiles.first?.options.packs.isEmpty == (key == "packs"))
      }
    }
    try withFolder { folder in
      try write(
        "requisite: 1\nfiles:\n  '*.json':\n  '*.yaml': { packs: , rules: }\n",
        to: "\(folder)/.requisite.yaml")
      var profiles = profiles(folder)
      expect(&profiles, input("\(folder)/x.json"), .profile(0))
      #expect(isSilent(&profiles))
      #expect(profiles.profiles.first?.options.packs.isEmpty == false)
    }
  }

  /// However a file or the configuration is spelled, the same settings are in force.
  @Test func spellings() throws {
    try withFolder { folder in
      try write(
        "requisite: 1\nfiles: { 'proj/soft/**': { casing: wire } }\n",
        to: "\(folder)/real/req.yaml")
      try write("", to: "\(folder)/real/proj/soft/b.json")
      for (link, target) in [("link", "real"), ("deep", "real/proj/soft"), ("real/in", "proj")] {
        try FileManager.default.createSymbolicLink(
          atPath: "\(folder)/\(link)", withDestinationPath: target)
      }
      for configuration in ["real/req.yaml", "link/req.yaml", "real/../link/req.yaml"] {
        for path in [
          "real/proj/soft/b.json", "link/proj/soft/b.json", "deep/b.json", "real/in/soft/b.json",
          "link/in/../proj/soft/b.json",
        ] {
          for working in [folder, "\(folder)/real", "/"] {
            var profiles = LintProfiles(
              SettingChoices(), from: .file("\(folder)/\(configuration)"),
              options: LintOptions(in: RealFileSystem(), packs: [], applicability: .whenDetected),
              workingFolder: working)
            expect(&profiles, input("\(folder)/\(path)"), .profile(0))
            #expect(
              profiles.profiles.map(\.options.casing) == [.wire],
              "\(configuration) \(path) \(working)")
          }
        }
      }
    }
  }

  @Test func pipedInputHasTheConfigurationOfTheWorkingFolder() throws {
    try withFolder { folder in
      try write("requisite: 1\ncasing: wire\n", to: "\(folder)/w/.requisite.yaml")
      for path in ["/dev/stdin", "/dev/fd/63", "/proc/self/fd/0"] {
        var profiles = profiles("\(folder)/w")
        expect(&profiles, input(path), .profile(0))
        #expect(profiles.profiles.map(\.options.casing) == [.wire])
      }
    }
  }

  /// A pattern is unused only in a run that sees all files that it can mean.
  @Test func unusedPatterns() throws {
    try withFolder { folder in
      try write("", to: "\(folder)/.git/HEAD")
      try write(
        """
        requisite: 1
        files:
          'a/*.json': { casing: wire }
          'gone/**': { casing: wire }
          'left/**': { exclude: true }

        """, to: "\(folder)/.requisite.yaml")
      try write(
        "requisite: 1\nextends: ../.requisite.yaml\nfiles: { 'none.json': { casing: wire } }\n",
        to: "\(folder)/sub/.requisite.yaml")
      func unused(_ run: [String], seeing inputs: [String]) -> [String] {
        var profiles = profiles(folder)
        for path in inputs { _ = profiles.place(of: input("\(folder)/\(path)")) }
        return profiles.unusedPatterns(inRunOver: run.map { "\(folder)/\($0)" }).map {
          "\($0.location.map { "\($0.path):\($0.region.start.line)" } ?? "") \($0.code) \($0.severity)"
        }
      }
      let gone = ".requisite.yaml:4 config/unused-pattern warning"
      let none = "sub/.requisite.yaml:3 config/unused-pattern warning"
      #expect(unused(["."], seeing: ["a/x.json", "sub/x.json"]) == [gone, none])
      #expect(unused(["", "sub"], seeing: ["a/x.json", "gone/x.json"]) == [])
      #expect(unused(["sub"], seeing: ["sub/x.json"]) == [none])
      #expect(unused(["a"], seeing: ["a/x.json"]) == [])
      #expect(unused(["a/x.json"], seeing: ["a/x.json"]) == [])
    }
  }
}
