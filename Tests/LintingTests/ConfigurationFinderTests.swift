import Configuration
import Findings
import Foundation
import Linting
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
      // Outside of any, the working folder is the end.
      #expect(governing("plain/x", in: folder) == ".")
      #expect(governing("plain/x", in: folder, workingFolder: "plain") == "none")
      #expect(governing("plain/x", in: folder, workingFolder: "other") == "none")
      #expect(governing("", in: folder, workingFolder: "other") == ".")
    }
  }

  @Test func linksAreTakenAsTheyAreNamed() throws {
    try withFolder { folder in
      try write(Self.text, to: "\(folder)/shared/base.yaml")
      try write("", to: "\(folder)/repo/.git/HEAD")
      try write("", to: "\(folder)/elsewhere/x.json")
      try write("", to: "\(folder)/broken/x.json")
      let manager = FileManager.default
      try manager.createSymbolicLink(
        atPath: "\(folder)/repo/.requisite.yaml", withDestinationPath: "../shared/base.yaml")
      try manager.createSymbolicLink(
        atPath: "\(folder)/repo/linked", withDestinationPath: "../elsewhere")
      try manager.createSymbolicLink(
        atPath: "\(folder)/broken/.requisite.yaml", withDestinationPath: "nothing")
      // Paths in a linked configuration are relative to the link.
      #expect(governing("repo", in: folder) == "repo")
      #expect(governing("repo/linked", in: folder) == "repo")
      #expect(governing("elsewhere", in: folder) == "none")
      #expect(governing("broken", in: folder) == "config/unreadable")
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
    ("../no/such", "/no/such"), ("a/../../../b", "/b"),
  ])
  func absolutePaths(path: String, expected: String) {
    #expect(ProjectRoot.absolutePath(of: path, workingFolder: "/w") == expected)
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
