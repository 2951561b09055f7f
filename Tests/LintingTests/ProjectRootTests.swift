import Findings
import Foundation
import Linting
import RequisiteFiles
import TestSupport
import Testing

/// The project root of a run, and the paths relative to it.
struct ProjectRootTests {
  /// The root of a run, as a path below a folder.
  private func root(
    _ folder: String, explicit: String? = nil, from working: String, _ inputs: [String] = []
  ) -> String {
    do throws(Diagnostic) {
      let root = try ProjectRoot.find(
        in: RealFileSystem(), explicit: explicit,
        workingFolder: working.isEmpty ? folder : "\(folder)/\(working)",
        inputs: inputs)
      return root.path == folder
        ? "." : Paths.relativePath(of: root.path, below: folder) ?? root.path
    } catch {
      return error.code
    }
  }

  @Test func flagThenRepositoryThenConfigurationThenWorkingFolder() throws {
    try withFolder { folder in
      try write("", to: "\(folder)/repo/.git/HEAD")
      try write("requisite: 1\n", to: "\(folder)/repo/a/.requisite.yaml")
      try write("", to: "\(folder)/repo/a/b/x.json")
      try write("requisite: 1\n", to: "\(folder)/plain/.requisite.yaml")
      try write("requisite: 1\n", to: "\(folder)/plain/sub/.requisite.yaml")
      try write("", to: "\(folder)/plain/sub/x/y.json")
      try write("", to: "\(folder)/bare/x.json")
      try link("\(folder)/link", to: "repo/a")
      #expect(root(folder, from: "repo/a/b") == "repo")
      #expect(root(folder, from: "repo") == "repo")
      #expect(root(folder, explicit: "..", from: "repo/a/b") == "repo/a")
      #expect(root(folder, explicit: "\(folder)/link", from: "") == "repo/a")
      #expect(root(folder, explicit: "x.json", from: "bare") == "argument/bad-root")
      #expect(root(folder, explicit: "none", from: "bare") == "argument/bad-root")
      #expect(root(folder, from: "plain/sub/x") == "plain/sub")
      #expect(root(folder, from: "plain") == "plain")
      #expect(root(folder, from: "bare") == "bare")
      // What the inputs say counts where nothing else does.
      #expect(root(folder, from: "bare", ["\(folder)/plain/sub/x"]) == "plain/sub")
      #expect(root(folder, from: "bare", ["\(folder)/plain", "\(folder)/plain/sub/x"]) == "plain")
      #expect(root(folder, from: "bare", ["\(folder)/repo/a/b/x.json", "-"]) == "repo")
      #expect(root(folder, from: "bare", ["\(folder)/repo/a", "\(folder)/plain"]) == "bare")
      #expect(root(folder, from: "bare", ["\(folder)/plain", "x.json"]) == "bare")
      #expect(root(folder, from: "plain/sub", ["\(folder)/repo/a"]) == "plain/sub")
    }
  }

  @Test func aSharedFolderIsNoProject() throws {
    try withFolder { folder in
      try write("requisite: 1\n", to: "\(folder)/shared/.requisite.yaml")
      try write("", to: "\(folder)/shared/mine/x.json")
      #expect(root(folder, from: "shared/mine") == "shared")
      for mode in [0o777, 0o1777, 0o757] {
        try FileManager.default.setAttributes(
          [.posixPermissions: mode], ofItemAtPath: "\(folder)/shared")
        #expect(root(folder, from: "shared/mine") == "shared/mine")
      }
      // In a repository, its owner has decided.
      try write("", to: "\(folder)/.git/HEAD")
      #expect(root(folder, from: "shared/mine") == ".")
    }
  }

  @Test func pathsOfReports() throws {
    try withFolder { folder in
      try write("", to: "\(folder)/proj/a/b c.json")
      try write("", to: "\(folder)/out side/é#.json")
      try link("\(folder)/spelled", to: "proj")
      try link("\(folder)/deep", to: "proj/a")
      try link("\(folder)/proj/in", to: "a")
      try link("\(folder)/proj/file.json", to: "a/b c.json")
      try link("\(folder)/proj/away", to: "../out side")
      let root = ProjectRoot(in: RealFileSystem(), path: "\(folder)/proj")
      func path(_ path: String) -> String {
        root.reportPath(
          of: RealFileSystem().absolutePath(of: path, workingFolder: folder))
      }
      #expect(path("proj") == ".")
      #expect(path("spelled/") == ".")
      for spelling in [
        "proj/a/b c.json", "./proj//a/./b c.json", "proj/a/../a/b c.json", "spelled/a/b c.json",
        "deep/b c.json", "proj/in/b c.json", "deep/../a/b c.json",
      ] {
        #expect(path(spelling) == "a/b c.json", "\(spelling)")
      }
      // A named link keeps its name.
      #expect(path("proj/file.json") == "file.json")
      #expect(path("spelled/a/../file.json") == "file.json")
      #expect(path("proj/missing/x.json") == "missing/x.json")
      #expect(path("spelled/missing/x.json") == "missing/x.json")
      // A folder that a link leads out of the root through keeps its name as well.
      #expect(path("proj/away/é#.json") == "away/é#.json")
      let encoded = folder.replacing(" ", with: "%20")
      #expect(path("out side/é#.json") == "file://\(encoded)/out%20side/%C3%A9%23.json")
      #expect(root.contains(realPath: "\(folder)/proj/a"))
      #expect(root.contains(realPath: "\(folder)/proj"))
      #expect(!root.contains(realPath: "\(folder)/project"))
    }
  }
}
