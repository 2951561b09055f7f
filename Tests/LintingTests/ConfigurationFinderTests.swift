import RequisiteConfiguration
import Findings
import Foundation
import Linting
import TestSupport
import Testing

/// Which configuration governs a folder.
struct ConfigurationFinderTests {
  private static let text = "requisite: 1\n"

  /// What governs a folder of a tree, as the path of its file below the tree, or why there is none.
  private func governing(
    _ folder: String, in root: String, from source: ConfigurationSource = .discovery,
    workingFolder: String = ""
  ) -> String {
    var finder = ConfigurationFinder(
      source, workingFolder: workingFolder.isEmpty ? root : "\(root)/\(workingFolder)")
    let path = folder.isEmpty ? root : "\(root)/\(folder)"
    switch finder.lookUp(inFolder: path) {
    case .none: return "none"
    case .faulty: return finder.diagnostics.map(\.code).joined(separator: " ")
    case .configuration(let index):
      let file = finder.configurations[index]
      let again = finder.lookUp(inFolder: path)
      #expect(again == .configuration(index))
      #expect(finder.configurations.count == 1)
      return ProjectRoot.relativePath(of: file.root, below: root) ?? "."
    }
  }

  @Test func theNearestOneUpToTheRepository() throws {
    try withFolder { folder in
      for path in [".requisite.yaml", "repo/.requisite.yml", "repo/a/b/.requisite.yaml"] {
        try write(Self.text, to: "\(folder)/\(path)")
      }
      try write("", to: "\(folder)/repo/.git/HEAD")
      try write("gitdir: x", to: "\(folder)/repo/tree/.git")
      try write("", to: "\(folder)/repo/tree/x/y.json")
      try write("", to: "\(folder)/repo/a/c/y.json")
      #expect(governing("repo/a/b", in: folder) == "repo/a/b")
      #expect(governing("repo/a/b/no/such", in: folder) == "repo/a/b")
      #expect(governing("repo/a/c", in: folder) == "repo")
      #expect(governing("repo", in: folder) == "repo")
      // A repository within another one is a repository of its own.
      #expect(governing("repo/tree/x", in: folder) == "none")
      // Outside of any, the working folder decides nothing.
      for workingFolder in ["", "plain", "other", "repo"] {
        #expect(governing("plain/x", in: folder, workingFolder: workingFolder) == ".")
        #expect(governing("", in: folder, workingFolder: workingFolder) == ".")
      }
    }
  }

  @Test func linksOutOfTheProjectAreNotRead() throws {
    try withFolder { folder in
      try write(Self.text, to: "\(folder)/shared/base.yaml")
      try write(Self.text, to: "\(folder)/elsewhere/.requisite.yaml")
      for path in ["repo/.git/HEAD", "elsewhere/x.json", "broken/x.json", "plain/x.json"] {
        try write("", to: "\(folder)/\(path)")
      }
      try write(Self.text, to: "\(folder)/repo/conf/base.yaml")
      try write("", to: "\(folder)/repo/sub/x.json")
      let links = [
        "repo/.requisite.yaml": "../shared/base.yaml", "repo/linked": "../elsewhere",
        "repo/sub/.requisite.yaml": "../conf/base.yaml", "repo/inner": "sub",
        "broken/.requisite.yaml": "nothing", "plain/.requisite.yaml": "../shared/base.yaml",
      ]
      for (link, target) in links {
        try FileManager.default.createSymbolicLink(
          atPath: "\(folder)/\(link)", withDestinationPath: target)
      }
      #expect(governing("repo", in: folder) == "config/bad-path")
      #expect(governing("plain", in: folder) == "config/bad-path")
      // Paths in a linked configuration are relative to the link.
      #expect(governing("repo/sub", in: folder) == "repo/sub")
      // A folder within the project is known by its own path.
      #expect(governing("repo/inner", in: folder, workingFolder: "repo") == "repo/sub")
      // What lies behind a link out of the project goes by the folder of the link.
      #expect(governing("repo/linked", in: folder, workingFolder: "repo") == "config/bad-path")
      #expect(governing("elsewhere", in: folder) == "elsewhere")
      #expect(governing("broken", in: folder) == "config/unreadable")
    }
  }

  @Test func foldersOfOthersAreSkipped() throws {
    try withFolder { folder in
      try write(Self.text, to: "\(folder)/.requisite.yaml")
      try write(Self.text, to: "\(folder)/open/.requisite.yaml")
      try write("", to: "\(folder)/open/mine/x.json")
      #expect(governing("open/mine", in: folder) == "open")
      for mode in [0o777, 0o1777, 0o702] {
        try FileManager.default.setAttributes(
          [.posixPermissions: mode], ofItemAtPath: "\(folder)/open")
        var finder = ConfigurationFinder(.discovery, workingFolder: folder)
        let found = finder.lookUp(inFolder: "\(folder)/open/mine")
        #expect(found == .configuration(0))
        #expect(finder.configurations.map(\.root) == [folder])
        #expect(finder.diagnostics.map(\.code) == ["config/untrusted-folder"])
        #expect(finder.diagnostics.map(\.severity) == [.warning])
      }
      // Its owner has decided where a repository or an explicit root is.
      var finder = ConfigurationFinder(
        .discovery, workingFolder: folder,
        root: ProjectRoot(path: "\(folder)/open", isExplicit: true))
      let found = finder.lookUp(inFolder: "\(folder)/open/mine")
      #expect(found == .configuration(0))
      try write("", to: "\(folder)/open/.git/HEAD")
      #expect(governing("open/mine", in: folder) == "open")
      #expect(governing("open/mine", in: folder, from: .file("open/.requisite.yaml")) == "open")
    }
  }

  @Test func anExplicitRootEndsTheSearch() throws {
    try withFolder { folder in
      try write(Self.text, to: "\(folder)/.requisite.yaml")
      try write("", to: "\(folder)/a/b/x.json")
      var finder = ConfigurationFinder(
        .discovery, workingFolder: folder,
        root: ProjectRoot(path: "\(folder)/a", isExplicit: true))
      let inside = finder.lookUp(inFolder: "\(folder)/a/b")
      let outside = finder.lookUp(inFolder: folder)
      #expect(inside == .none)
      #expect(outside == .configuration(0))
    }
  }

  @Test func whatCannotBeAConfiguration() throws {
    try withFolder { folder in
      try write(Self.text, to: "\(folder)/both/.requisite.yaml")
      try write(Self.text, to: "\(folder)/both/.requisite.yml")
      try write("", to: "\(folder)/folder/.requisite.yaml/x")
      try write("requisite: 2\n", to: "\(folder)/later/.requisite.yaml")
      #expect(governing("both", in: folder) == "config/two-files")
      #expect(governing("folder", in: folder) == "config/unreadable")
      #expect(governing("later", in: folder) == "config/bad-value")
      try FileManager.default.createDirectory(
        atPath: "\(folder)/piped", withIntermediateDirectories: true)
      #expect(unsafe mkfifo("\(folder)/piped/.requisite.yaml", 0o600) == 0)
      #expect(governing("piped", in: folder) == "config/unreadable")
    }
  }

  @Test func aChosenFileGovernsEverything() throws {
    try withFolder { folder in
      try write("oops", to: "\(folder)/.requisite.yaml")
      try write(Self.text, to: "\(folder)/conf/strict.yaml")
      #expect(governing("x/y", in: folder, from: .file("conf/strict.yaml")) == "conf")
      #expect(governing("x/y", in: folder, from: .file("\(folder)/conf/./strict.yaml")) == "conf")
      #expect(governing("x", in: folder, from: .file("none.yaml")) == "config/unreadable")
      #expect(governing("x", in: folder, from: .none) == "none")
    }
  }

  @Test(arguments: [
    ("a.json", "/w/a.json"), ("./a/./b", "/w/a/b"), ("/x//y/", "/x/y"), (".", "/w"), ("", "/w"),
    ("../no/such", "/no/such"), ("a/../../../b", "/b"), ("a//b", "/w/a/b"), ("a/", "/w/a"),
    ("...", "/w/..."), ("a/.b/..c/d..", "/w/a/.b/..c/d.."), ("a/..", "/w"), ("a/.", "/w/a"),
    ("..", "/"), ("\u{E9}/e\u{301}", "/w/\u{E9}/e\u{301}"),
  ])
  func absolutePaths(path: String, expected: String) {
    for (folder, isRoot) in [("/w", false), ("/", true)] {
      let path = ProjectRoot.absolutePath(of: path, workingFolder: folder)
      let expected =
        isRoot && expected.hasPrefix("/w") ? "/" + expected.dropFirst(3) : expected
      #expect(path.utf8.elementsEqual(expected.utf8), "\(folder): \(path)")
    }
  }

  @Test func pathsBelowAFolder() {
    #expect(ProjectRoot.relativePath(of: "/a/b/c", below: "/a") == "b/c")
    #expect(ProjectRoot.relativePath(of: "/a/b", below: "/") == "a/b")
    #expect(ProjectRoot.relativePath(of: "/ab", below: "/a") == nil)
    #expect(ProjectRoot.relativePath(of: "/a", below: "/a") == nil)
    #expect(ProjectRoot.parent(of: "/a/b") == "/a")
    #expect(ProjectRoot.parent(of: "/a") == "/")
    #expect(ProjectRoot.parent(of: "/") == nil)
  }

  @Test func aRepositoryBeginsAtItsGitEntry() throws {
    try withFolder { folder in
      try write("", to: "\(folder)/repo/.git/HEAD")
      try write("", to: "\(folder)/repo/a/b/x")
      #expect(ProjectRoot.repository(of: "\(folder)/repo/a/b") == "\(folder)/repo")
      #expect(ProjectRoot.standard(workingFolder: "\(folder)/repo/a") == "\(folder)/repo")
      #expect(ProjectRoot.repository(of: "\(folder)/other") == nil)
      #expect(ProjectRoot.standard(workingFolder: folder) == folder)
    }
  }
}
