import Findings
import Foundation
import Linting
import RequisiteFiles
import SourceText
import TestSupport
import Testing

struct InputCollectorTests {
  /// What a collection holds: paths as reports show them, those that were named with a `!`, then codes.
  private func inputs(
    _ paths: [String], in folder: String, of files: any FileSystem = RealFileSystem(),
    name: String? = nil, root: String? = nil
  ) -> [String] {
    collected(paths, in: folder, of: files, name: name, root: root).brief
  }

  private func collected(
    _ paths: [String], in folder: String, of files: any FileSystem = RealFileSystem(),
    name: String? = nil, root: String? = nil
  ) -> CollectedInputs {
    InputCollector.collect(
      paths.map { $0 == "-" || $0.hasPrefix("/") ? $0 : "\(folder)/\($0)" },
      InputCollector.Options(
        in: files, workingFolder: folder, projectRoot: root ?? folder,
        standardInputName: name))
  }

  private static let tree = [
    "b.json", "a.json", "B.yaml", "é.yml", "deep/er/x.jsonl", "deep/x.ndjson", "deep/x.txt",
    "deep/.hidden.json", ".git/x.json", "node_modules/p/x.json", "deep/UPPER.JSON", "deep/json",
  ]

  private func withTree(_ body: (Tree) throws -> Void) throws {
    try withTrees { tree in
      for path in Self.tree { try tree.write("{}", to: "\(tree.folder)/\(path)") }
      try body(tree)
    }
  }

  @Test func walksInTheOrderOfNames() throws {
    try withTree { tree in
      let folder = tree.folder
      #expect(
        inputs(["."], in: folder, of: tree.files) == [
          "B.yaml", "a.json", "b.json", "deep/UPPER.JSON", "deep/er/x.jsonl", "deep/x.ndjson",
          "é.yml",
        ])
    }
  }

  @Test func namesInAnyOrderGiveTheSameInputs() throws {
    try withTree { tree in
      let folder = tree.folder
      let paths = ["deep", "a.json", "deep/x.txt", "B.yaml"]
      let expected = [
        "B.yaml !", "a.json !", "deep/UPPER.JSON", "deep/er/x.jsonl", "deep/x.ndjson",
        "deep/x.txt !",
      ]
      #expect(inputs(paths, in: folder, of: tree.files) == expected)
      #expect(inputs(paths.reversed(), in: folder, of: tree.files) == expected)
    }
  }

  @Test func eachFileIsAnInputOnce() throws {
    try withTree { tree in
      let folder = tree.folder
      #expect(
        inputs(["a.json", "./a.json", "deep/../a.json"], in: folder, of: tree.files) == ["a.json !"]
      )
      // Named beside the folder that it is found in, it is still one that was named.
      #expect(
        inputs(["deep/er", "deep/er/x.jsonl"], in: folder, of: tree.files) == ["deep/er/x.jsonl !"])
      #expect(inputs(["deep/er", "deep/er/", "deep"], in: folder, of: tree.files).count == 3)
    }
  }

  @Test func hiddenFoldersCanBeNamed() throws {
    try withTree { tree in
      let folder = tree.folder
      #expect(inputs([".git"], in: folder, of: tree.files) == [".git/x.json"])
      #expect(inputs(["deep/.hidden.json"], in: folder, of: tree.files) == ["deep/.hidden.json !"])
    }
  }

  @Test func linksInACircleEnd() throws {
    try withTree { tree in
      let folder = tree.folder
      try tree.link("\(folder)/deep/up", to: "..")
      try tree.link("\(folder)/deep/self", to: "self")
      try tree.link("\(folder)/gone.json", to: "nothing")
      try tree.link("\(folder)/other.json", to: "a.json")
      let all = [
        "B.yaml", "a.json", "b.json", "deep/UPPER.JSON", "deep/er/x.jsonl", "deep/x.ndjson",
        "é.yml", "input/dangling-link", "input/dangling-link",
      ]
      #expect(inputs(["."], in: folder, of: tree.files) == all)
      #expect(inputs(["deep"], in: folder, of: tree.files) == all)
      #expect(inputs(["gone.json"], in: folder, of: tree.files) == ["input/missing"])
      #expect(inputs(["deep/self"], in: folder, of: tree.files) == ["input/unreadable"])
    }
  }

  // MARK: - Links

  /// Whatever the order of the paths, a file is known by its own path where that is among them.
  @Test(arguments: [
    (["."], ["real/a.json", "real/b.json"]),
    (["l"], ["real/a.json", "real/b.json"]),
    (["l/dir"], ["l/dir/a.json", "l/dir/b.json"]),
    (["l/dir", "real"], ["real/a.json", "real/b.json"]),
    (["l/a.json"], ["l/a.json !"]),
    (["l/a.json", "l"], ["l/a.json !", "real/b.json"]),
    (["l/a.json", "real"], ["real/a.json !", "real/b.json"]),
    (["l/a.json", "real/a.json"], ["real/a.json !"]),
    (["l/a.json", "l/again.json"], ["l/a.json !"]),
    (["l/dir/a.json", "real/b.json"], ["l/dir/a.json !", "real/b.json !"]),
  ])
  func filesAreKnownByTheirOwnPaths(paths: [String], expected: [String]) throws {
    try withTrees { tree in
      let folder = tree.folder
      try tree.write("{}", to: "\(folder)/real/a.json")
      try tree.write("{}", to: "\(folder)/real/b.json")
      try tree.link("\(folder)/l/a.json", to: "../real/a.json")
      try tree.link("\(folder)/l/again.json", to: "a.json")
      try tree.link("\(folder)/l/dir", to: "../real")
      #expect(inputs(paths, in: folder, of: tree.files) == expected)
      #expect(inputs(paths.reversed(), in: folder, of: tree.files) == expected)
    }
  }

  /// Settings are found by the real path, unless that lies outside of the project.
  @Test func filesOfAWalkAreOpenedByTheirRealPaths() throws {
    try withTrees { tree in
      let folder = tree.folder
      try tree.write("{}", to: "\(folder)/project/real/a.json")
      try tree.write("{}", to: "\(folder)/away/b.json")
      try tree.link("\(folder)/project/dir", to: "real")
      try tree.link("\(folder)/project/out", to: "../away")
      let found = collected(["dir", "out"], in: "\(folder)/project", of: tree.files).inputs
      #expect(found.map(\.shownPath) == ["dir/a.json", "out/b.json"])
      #expect(
        found.map(\.file) == [
          "\(folder)/project/real/a.json", "\(folder)/project/out/b.json",
        ])
      #expect(found.map(\.realPath) == [found[0].file, "\(folder)/away/b.json"])
    }
  }

  @Test func linksOutOfTheProjectAreSkipped() throws {
    try withTrees { tree in
      let folder = tree.folder
      try tree.write("{}", to: "\(folder)/home/x.json")
      try tree.write("{}", to: "\(folder)/project/sub/ok.json")
      try tree.write("{}", to: "\(folder)/project/other/ok.json")
      try tree.write("{}", to: "\(folder)/project/.git/hook.json")
      let project = "\(folder)/project"
      try tree.link("\(project)/sub/file.json", to: "../../home/x.json")
      try tree.link("\(project)/sub/folder", to: "../../home")
      try tree.link("\(project)/sub/text.txt", to: "../../home/x.json")
      try tree.link("\(project)/sub/hook.json", to: "../.git/hook.json")
      try tree.link("\(project)/sub/inside.json", to: "../other/ok.json")
      let skipped = Array(repeating: "input/outside-link", count: 3)
      #expect(
        inputs(["."], in: project, of: tree.files) == ["other/ok.json", "sub/ok.json"] + skipped)
      // A folder of the project may lead anywhere in it.
      #expect(
        inputs(["sub"], in: project, of: tree.files) == ["other/ok.json", "sub/ok.json"] + skipped)
      // Seen from within the project, a link leads to a relative path.
      #expect(
        inputs(["."], in: "\(project)/sub", of: tree.files, root: project)
          == ["../other/ok.json", "ok.json"] + skipped)
      // What is named is read.
      #expect(inputs(["sub/file.json"], in: project, of: tree.files) == ["sub/file.json !"])
      #expect(inputs(["sub/folder"], in: project, of: tree.files) == ["sub/folder/x.json"])
      // Outside of the project, a named folder is the bound.
      #expect(
        inputs(["\(project)/sub"], in: "\(folder)/home", of: tree.files)
          == ["../project/sub/ok.json", "x.json", "input/outside-link", "input/outside-link"])
    }
  }

  // MARK: - What cannot be read

  @Test func missingPathsAreDiagnostics() throws {
    try withTree { tree in
      let folder = tree.folder
      #expect(
        inputs(["a.json", "none", "no/ne.json", "a.json/x"], in: folder, of: tree.files) == [
          "a.json !", "input/missing", "input/missing", "input/missing",
        ])
    }
  }

  @Test func pathsThatAreTooLongAreErrors() throws {
    try withTree { tree in
      let folder = tree.folder
      let long = String(repeating: "x", count: 300)
      let found = collected([long, "a.json"], in: folder, of: tree.files)
      #expect(found.brief == ["a.json !", "input/unreadable"])
      #expect(found.diagnostics.allSatisfy { $0.severity == .error })
    }
  }

  @Test func pipesInFoldersAreSkippedWithANotice() throws {
    try withTree { tree in
      let folder = tree.folder
      for name in ["pipe.json", "pipe.txt"] {
        try tree.makePipe("\(folder)/\(name)")
      }
      let found = collected(["."], in: folder, of: tree.files)
      #expect(found.inputs.count == 7)
      #expect(found.diagnostics.map(\.code) == ["input/not-a-file"])
      #expect(found.diagnostics.map(\.severity) == [.info])
      #expect(inputs(["pipe.json"], in: folder, of: tree.files) == ["pipe.json !"])
    }
  }

  // MARK: - What is excluded

  private struct Exclusion: InputExclusion {
    var names: Set<String>

    func excludesFolder(_ path: String) -> Bool {
      names.contains((path as NSString).lastPathComponent)
    }
    func excludesFile(_ path: String) -> Bool {
      path.split(separator: "/").contains { names.contains(String($0)) }
    }
    func excludesByName(folder path: String) -> Bool { excludesFile(path) }
  }

  @Test(arguments: [
    // A link that is excluded says nothing of the file.
    (["."], ["real"], [String](), [String]()),
    (["."], ["l.json"], ["real/a.json"], []),
    (["."], ["dir", "l.json"], ["real/a.json"], []),
    (["l.json"], ["l.json"], [], ["l.json"]),
    (["l.json", "real"], ["l.json"], ["real/a.json"], ["l.json"]),
    // A file that is excluded says nothing of a name that is not.
    (["l.json"], ["real"], ["l.json !"], []),
    (["l.json", "real"], ["real"], ["l.json !"], []),
    (["real/a.json"], ["real"], [], ["real/a.json"]),
  ])
  func excludingALinkExcludesTheLink(
    paths: [String], names: [String], expected: [String], excluded: [String]
  ) throws {
    try withTrees { tree in
      let folder = tree.folder
      try tree.write("{}", to: "\(folder)/real/a.json")
      try tree.link("\(folder)/l.json", to: "real/a.json")
      try tree.link("\(folder)/dir", to: "real")
      for paths in [paths, paths.reversed()] {
        var exclusion = Exclusion(names: Set(names))
        let found = InputCollector.collect(
          paths.map { "\(folder)/\($0)" },
          InputCollector.Options(in: tree.files, workingFolder: folder),
          excluding: &exclusion)
        // What a walk finds by a file's own path is left to its profile.
        let kept = found.inputs.filter { input in
          input.isExplicit || !exclusion.excludesFile(input.file ?? "-")
        }
        #expect(kept.map { $0.shownPath + ($0.isExplicit ? " !" : "") } == expected)
        #expect(found.excluded.map(\.shownPath) == excluded)
      }
    }
  }

  // MARK: - Names

  @Test func standardInputHasAName() throws {
    try withTrees { tree in
      let folder = tree.folder
      #expect(inputs(["-"], in: folder, of: tree.files) == ["stdin.json !"])
      #expect(
        inputs(["-", "-"], in: folder, of: tree.files, name: "log/x.jsonl") == ["log/x.jsonl !"])
      let found = collected(["-"], in: folder, of: tree.files, name: "x.jsonl")
      #expect(found.inputs.first?.origin == .standardInput)
      #expect(found.inputs.first?.syntax == .jsonLines)
      #expect(found.inputs.first?.isStream == true)
    }
  }

  @Test(arguments: [
    ("a.json", Syntax.json), ("A.JSON", .json), ("a.jsonl", .jsonLines),
    ("a.ndjson", .jsonLines), ("a.yaml", .yaml), ("a.YML", .yaml), ("a.jsonc", nil), ("json", nil),
    ("a.json.bak", nil), ("", nil),
  ])
  func formatsAreToldByName(name: String, format: Syntax?) {
    #expect(Syntax(path: name) == format)
  }
}

extension CollectedInputs {
  /// Paths as reports show them, those that were named with a `!`, then the codes of diagnostics.
  var brief: [String] {
    inputs.map { $0.shownPath + ($0.isExplicit ? " !" : "") } + diagnostics.map(\.code)
  }
}
