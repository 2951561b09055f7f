import RequisiteConfiguration
import Findings
import Foundation
import Linting
import RequisiteFiles
import TestSupport
import Testing

/// Which configuration governs a folder.
struct ConfigurationFinderTests {
  private static let text = "requisite: 1\n"

  /// What governs a folder of a tree, as the path of its file below the tree, or why there is none.
  private func governing(
    _ folder: String, in root: String, of files: any FileSystem,
    from source: ConfigurationSource = .discovery, workingFolder: String = ""
  ) -> String {
    var finder = ConfigurationFinder(
      source, in: files,
      workingFolder: workingFolder.isEmpty ? root : "\(root)/\(workingFolder)")
    let path = folder.isEmpty ? root : "\(root)/\(folder)"
    switch finder.lookUp(inFolder: path) {
    case .none: return "none"
    case .faulty: return finder.diagnostics.map(\.code).joined(separator: " ")
    case .configuration(let index):
      let file = finder.configurations[index]
      let again = finder.lookUp(inFolder: path)
      #expect(again == .configuration(index))
      #expect(finder.configurations.count == 1)
      return Paths.relativePath(of: file.root, below: root) ?? "."
    }
  }

  @Test func theNearestOneUpToTheRepository() throws {
    try withTrees { tree in
      let folder = tree.folder
      for path in [".requisite.yaml", "repo/.requisite.yml", "repo/a/b/.requisite.yaml"] {
        try tree.write(Self.text, to: "\(folder)/\(path)")
      }
      try tree.write("", to: "\(folder)/repo/.git/HEAD")
      try tree.write("gitdir: x", to: "\(folder)/repo/tree/.git")
      try tree.write("", to: "\(folder)/repo/tree/x/y.json")
      try tree.write("", to: "\(folder)/repo/a/c/y.json")
      #expect(governing("repo/a/b", in: folder, of: tree.files) == "repo/a/b")
      #expect(governing("repo/a/b/no/such", in: folder, of: tree.files) == "repo/a/b")
      #expect(governing("repo/a/c", in: folder, of: tree.files) == "repo")
      #expect(governing("repo", in: folder, of: tree.files) == "repo")
      // A repository within another one is a repository of its own.
      #expect(governing("repo/tree/x", in: folder, of: tree.files) == "none")
      // Outside of any, the working folder decides nothing.
      for workingFolder in ["", "plain", "other", "repo"] {
        #expect(
          governing("plain/x", in: folder, of: tree.files, workingFolder: workingFolder) == ".")
        #expect(governing("", in: folder, of: tree.files, workingFolder: workingFolder) == ".")
      }
    }
  }

  /// Folders whose names look alike have configurations of their own, whichever is asked for first.
  @Test func foldersAreToldApartByTheirBytes() throws {
    let (composed, decomposed) = ("repo/caf\u{E9}", "repo/cafe\u{301}")
    try withTrees { tree in
      for path in ["repo", decomposed] {
        try tree.write(Self.text, to: "\(tree.folder)/\(path)/.requisite.yaml")
      }
      try tree.write("", to: "\(tree.folder)/repo/.git/HEAD")
      try tree.write("", to: "\(tree.folder)/\(composed)/a.json")
      for folders in [[composed, decomposed], [decomposed, composed]] {
        var finder = ConfigurationFinder(
          .discovery, in: tree.files, workingFolder: tree.folder)
        for folder in folders {
          guard case .configuration(let index) = finder.lookUp(inFolder: "\(tree.folder)/\(folder)")
          else {
            Issue.record("no configuration of \(folder)")
            continue
          }
          let root = finder.configurations[index].root
          let expected = folder.utf8.elementsEqual(decomposed.utf8) ? decomposed : "repo"
          #expect(root.utf8.elementsEqual("\(tree.folder)/\(expected)".utf8), "\(folders)")
        }
      }
    }
  }

  @Test func linksOutOfTheProjectAreNotRead() throws {
    try withTrees { tree in
      let folder = tree.folder
      try tree.write(Self.text, to: "\(folder)/shared/base.yaml")
      try tree.write(Self.text, to: "\(folder)/elsewhere/.requisite.yaml")
      for path in ["repo/.git/HEAD", "elsewhere/x.json", "broken/x.json", "plain/x.json"] {
        try tree.write("", to: "\(folder)/\(path)")
      }
      try tree.write(Self.text, to: "\(folder)/repo/conf/base.yaml")
      try tree.write("", to: "\(folder)/repo/sub/x.json")
      let links = [
        "repo/.requisite.yaml": "../shared/base.yaml", "repo/linked": "../elsewhere",
        "repo/sub/.requisite.yaml": "../conf/base.yaml", "repo/inner": "sub",
        "broken/.requisite.yaml": "nothing", "plain/.requisite.yaml": "../shared/base.yaml",
      ]
      for (path, target) in links {
        try tree.link("\(folder)/\(path)", to: target)
      }
      #expect(governing("repo", in: folder, of: tree.files) == "config/bad-path")
      #expect(governing("plain", in: folder, of: tree.files) == "config/bad-path")
      // Paths in a linked configuration are relative to the link.
      #expect(governing("repo/sub", in: folder, of: tree.files) == "repo/sub")
      // A folder within the project is known by its own path.
      #expect(
        governing("repo/inner", in: folder, of: tree.files, workingFolder: "repo") == "repo/sub")
      // What lies behind a link out of the project goes by the folder of the link.
      #expect(
        governing("repo/linked", in: folder, of: tree.files, workingFolder: "repo")
          == "config/bad-path")
      #expect(governing("elsewhere", in: folder, of: tree.files) == "elsewhere")
      #expect(governing("broken", in: folder, of: tree.files) == "config/unreadable")
    }
  }

  @Test func foldersOfOthersAreSkipped() throws {
    try withTrees { tree in
      let folder = tree.folder
      try tree.write(Self.text, to: "\(folder)/.requisite.yaml")
      try tree.write(Self.text, to: "\(folder)/open/.requisite.yaml")
      try tree.write("", to: "\(folder)/open/mine/x.json")
      #expect(governing("open/mine", in: folder, of: tree.files) == "open")
      for mode in [0o777, 0o1777, 0o702] {
        try tree.setMode(mode, of: "\(folder)/open")
        var finder = ConfigurationFinder(
          .discovery, in: tree.files, workingFolder: folder)
        let found = finder.lookUp(inFolder: "\(folder)/open/mine")
        #expect(found == .configuration(0))
        #expect(finder.configurations.map(\.root) == [folder])
        #expect(finder.diagnostics.map(\.code) == ["config/untrusted-folder"])
        #expect(finder.diagnostics.map(\.severity) == [.warning])
      }
      // Its owner has decided where a repository or an explicit root is.
      var finder = ConfigurationFinder(
        .discovery, in: tree.files, workingFolder: folder,
        root: ProjectRoot(in: tree.files, path: "\(folder)/open", isExplicit: true))
      let found = finder.lookUp(inFolder: "\(folder)/open/mine")
      #expect(found == .configuration(0))
      try tree.write("", to: "\(folder)/open/.git/HEAD")
      #expect(governing("open/mine", in: folder, of: tree.files) == "open")
      #expect(
        governing(
          "open/mine", in: folder, of: tree.files, from: .file("open/.requisite.yaml"))
          == "open")
    }
  }

  @Test func anExplicitRootEndsTheSearch() throws {
    try withTrees { tree in
      let folder = tree.folder
      try tree.write(Self.text, to: "\(folder)/.requisite.yaml")
      try tree.write("", to: "\(folder)/a/b/x.json")
      var finder = ConfigurationFinder(
        .discovery, in: tree.files, workingFolder: folder,
        root: ProjectRoot(in: tree.files, path: "\(folder)/a", isExplicit: true))
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
      #expect(governing("both", in: folder, of: RealFileSystem()) == "config/two-files")
      #expect(governing("folder", in: folder, of: RealFileSystem()) == "config/unreadable")
      #expect(governing("later", in: folder, of: RealFileSystem()) == "config/bad-value")
      try FileManager.default.createDirectory(
        atPath: "\(folder)/piped", withIntermediateDirectories: true)
      #expect(unsafe mkfifo("\(folder)/piped/.requisite.yaml", 0o600) == 0)
      #expect(governing("piped", in: folder, of: RealFileSystem()) == "config/unreadable")
    }
  }

  @Test func aChosenFileGovernsEverything() throws {
    try withTrees { tree in
      let folder = tree.folder
      try tree.write("oops", to: "\(folder)/.requisite.yaml")
      try tree.write(Self.text, to: "\(folder)/conf/strict.yaml")
      #expect(
        governing("x/y", in: folder, of: tree.files, from: .file("conf/strict.yaml")) == "conf")
      #expect(
        governing("x/y", in: folder, of: tree.files, from: .file("\(folder)/conf/./strict.yaml"))
          == "conf")
      #expect(
        governing("x", in: folder, of: tree.files, from: .file("none.yaml")) == "config/unreadable")
      #expect(governing("x", in: folder, of: tree.files, from: .none) == "none")
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
      let path = RealFileSystem().absolutePath(of: path, workingFolder: folder)
      let expected =
        isRoot && expected.hasPrefix("/w") ? "/" + expected.dropFirst(3) : expected
      #expect(path.utf8.elementsEqual(expected.utf8), "\(folder): \(path)")
    }
  }

  @Test func pathsBelowAFolder() {
    #expect(Paths.relativePath(of: "/a/b/c", below: "/a") == "b/c")
    #expect(Paths.relativePath(of: "/a/b", below: "/") == "a/b")
    #expect(Paths.relativePath(of: "/ab", below: "/a") == nil)
    #expect(Paths.relativePath(of: "/a", below: "/a") == nil)
    #expect(Paths.parent(of: "/a/b") == "/a")
    #expect(Paths.parent(of: "/a") == "/")
    #expect(Paths.parent(of: "/") == nil)
  }

  @Test func aRepositoryBeginsAtItsGitEntry() throws {
    try withFolder { folder in
      try write("", to: "\(folder)/repo/.git/HEAD")
      try write("", to: "\(folder)/repo/a/b/x")
      #expect(RealFileSystem().repository(of: "\(folder)/repo/a/b") == "\(folder)/repo")
      #expect(RealFileSystem().standardRoot(workingFolder: "\(folder)/repo/a") == "\(folder)/repo")
      #expect(RealFileSystem().repository(of: "\(folder)/other") == nil)
      #expect(RealFileSystem().standardRoot(workingFolder: folder) == folder)
    }
  }
}
