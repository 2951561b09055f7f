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

  /// Where neighbours are is looked up once, which changes the path of none.
  @Test(arguments: ["", "w", "w/a", "other"])
  func neighboursHaveThePathsThatTheyHaveAlone(root: String) throws {
    try withTree { folder in
      for path in ["other/é b.json", "other/e.json", "other/up.json"] {
        try write("{}", to: "\(folder)/\(path)")
      }
      let root = root.isEmpty ? folder : "\(folder)/\(root)"
      let paths = ReportPaths(
        root: ProjectRoot(in: RealFileSystem(), path: root), workingFolder: root)
      let names = [
        "other/d.json", "other/e.json", "other/é b.json", "other/./d.json", "other/../w/c.json",
        "up/c.json", "up/x.json", "w/link/b/x.json", "w/link/é.json", "w/a/é.json", "w/c.json",
      ]
      func reportPaths(of names: [String]) -> [String] {
        var inputs = names.map { (input: input("\(folder)/\($0)", root), profile: 0) }
        paths.apply(to: &inputs, standardInputName: nil)
        return inputs.map(\.input.reportPath)
      }
      let alone = names.flatMap { reportPaths(of: [$0]) }
      #expect(reportPaths(of: names).sorted() == alone.sorted())
      #expect(reportPaths(of: names.reversed()).sorted() == alone.sorted())
    }
  }

  /// A walk shows its files as if each had been named.
  @Test(
    arguments: [
      ("w", "c.json"), ("w/a", "é.json"), ("w/link", "é.json"), ("up", "c.json"),
      ("other", "d.json"), ("w/a/..", "c.json"), ("./other/", "d.json"),
    ])
  func walksShowFilesAsNamed(path: String, name: String) throws {
    try withTree { folder in
      for workingFolder in [folder, "\(folder)/w", "\(folder)/w/a", "\(folder)/other"] {
        let files = RealFileSystem()
        let named = "\(folder)/\(path)"
        let collected = InputCollector.collect(
          [named], .init(in: files, workingFolder: workingFolder, projectRoot: folder))
        let expected = files.shownPath(of: "\(named)/\(name)", workingFolder: workingFolder)
        #expect(collected.inputs.map(\.shownPath).contains(expected), "\(workingFolder)")
      }
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
