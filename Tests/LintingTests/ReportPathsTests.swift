import Findings
import Foundation
import Linting
import RequisiteFiles
import SourceText
import TestSupport
import Testing

/// The paths that text and machine-readable reports show.
struct ReportPathsTests {
  private func withTree(_ body: (String) throws -> Void) throws {
    try withFolder { folder in
      for path in ["w/a/b/x.json", "w/a/é.json", "w/c.json", "other/d.json"] {
        try write("{}", to: "\(folder)/\(path)")
      }
      for (link, target) in [("w/link", "a"), ("up", "w"), ("w/x.json", "a/b/x.json")] {
        try FileManager.default.createSymbolicLink(
          atPath: "\(folder)/\(link)", withDestinationPath: target)
      }
      try body(folder)
    }
  }

  @Test(
    arguments: [
      ("c.json", "c.json"), ("./c.json", "c.json"), ("a//b/../b/./x.json", "a/b/x.json"),
      ("@/w/c.json", "c.json"), ("@/w/./a/../c.json", "c.json"), ("../w/c.json", "c.json"),
      ("@/up/c.json", "c.json"), ("link/b/x.json", "link/b/x.json"), ("x.json", "x.json"),
      ("../other/d.json", "../other/d.json"), ("@/other/d.json", "../other/d.json"),
      ("no/./such/../c.json", "no/c.json"), (".", "."), ("a/..", "."), ("./", "."), ("..", ".."),
      ("/dev/null", "/dev/null"), ("...", "..."), (".hidden/..x", ".hidden/..x"),
    ])
  func textShowsPathsFromTheWorkingFolder(path: String, expected: String) throws {
    try withTree { folder in
      let shown = RealFileSystem().shownPath(
        of: path.replacingOccurrences(of: "@", with: folder), workingFolder: "\(folder)/w")
      #expect(shown == expected)
    }
  }

  private func input(_ path: String, _ workingFolder: String) -> InputSource {
    InputSource(
      .file(path), shownPath: path, syntax: Syntax(path: path) ?? .json, isExplicit: true)
  }

  @Test(
    arguments: [
      ("a/b/x.json", "a/b/x.json"), ("./a/../c.json", "c.json"), ("link/b/x.json", "a/b/x.json"),
      ("x.json", "x.json"), ("a/é.json", "a/é.json"),
      ("../other/d.json", "file://@/other/d.json"), ("-", "stdin.json"),
    ])
  func reportsShowPathsFromTheRoot(path: String, expected: String) throws {
    try withTree { folder in
      let root = "\(folder)/w"
      let paths = ReportPaths(
        root: ProjectRoot(in: RealFileSystem(), path: root), workingFolder: root)
      // The process runs elsewhere, so that the paths are absolute here.
      let input =
        path == "-"
        ? InputSource(.standardInput, shownPath: "stdin.json", syntax: .json, isExplicit: true)
        : input("\(root)/\(path)", root)
      var named = [(input: input, profile: 0)]
      paths.apply(to: &named, standardInputName: nil)
      #expect(named[0].input.reportPath == expected.replacingOccurrences(of: "@", with: folder))
    }
  }

  @Test func inputsAreInTheOrderOfTheirReportPaths() throws {
    try withTree { folder in
      let names = ["w/c.json", "w/a/b/x.json", "other/d.json"]
      for working in [folder, "\(folder)/w", "\(folder)/w/a"] {
        for order in [names, names.reversed()] {
          let paths = ReportPaths(
            root: ProjectRoot(in: RealFileSystem(), path: folder), workingFolder: working)
          var inputs = order.map { (input: input("\(folder)/\($0)", working), profile: 0) }
          paths.apply(to: &inputs, standardInputName: nil)
          #expect(inputs.map(\.input.reportPath) == ["other/d.json", "w/a/b/x.json", "w/c.json"])
        }
      }
    }
  }

  @Test func whatIsNoFileKeepsItsName() throws {
    try withTree { folder in
      let paths = ReportPaths(
        root: ProjectRoot(in: RealFileSystem(), path: folder), workingFolder: folder)
      for name in ["aws/connect/start-chat-contact.yaml", "--param"] {
        #expect(paths.path(of: name) == name)
      }
      #expect(paths.path(of: "\(folder)/w/c.json") == "w/c.json")
    }
  }
}
