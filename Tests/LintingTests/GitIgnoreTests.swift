import Findings
import Foundation
import RequisiteFiles
import Testing

@testable import Linting
import TestSupport

/// Walks against what Git itself lists; skipped where there is no Git.
@Suite(.enabled(if: GitFolder.isAvailable, "there is no git"))
struct GitIgnoreTests {
  private static let tree = [
    "a.json", "b.json", "foo.json", "foo/a.json", "foo/bar/a.json", "foo/bar/baz/deep.json",
    "foobar/a.json", "x/foo/a.json", "x/foo/bar/a.json", "x/y/z/foo.json", "build/out.json",
    "build/keep/out.json", "x/build/out.json", "[ab].json", "a b.json", "trail .json", "#hash.json",
    "!bang.json", "back\\slash.json", "é.json", "UPPER.json", "a1.json", "a-.json", "a].json",
    "foo-1/a.json", "foo1/x/a.json", "star*.json", "abc/def/ghi.json",
  ]

  private static let patterns: [String] = [
    "", "# a comment\n", "a.json", "/a.json", "foo", "/foo", "foo/", "/foo/", "foo/bar", "foo/bar/",
    "/foo/bar", "*.json", "*.json\n!a.json", "!a.json\n*.json", "/*.json", "/*", "/*\n!/foo",
    "/*\n!/foo\n/foo/*\n!/foo/bar", "foo/*", "foo/**", "foo/**/a.json", "**/foo", "**/foo/",
    "**/foo/**",
    "/**/a.json", "**", "**/", "/**", "x/**/foo", "x/**/foo.json", "**/bar/**/deep.json",
    "foo**/a.json",
    "foo**", "x/foo**", "fo*/bar", "*/foo", "*/*/foo", "?.json", "?oo", "f?o", "x?y", "foo?bar",
    "[ab].json", "[!a].json", "[^a].json", "\\[ab\\].json", "[a-c].json", "a[0-9].json",
    "a[-].json",
    "a[]].json", "a[]-].json", "a[!0-9].json", "[[:alpha:]].json", "a[[:digit:]].json",
    "[[:upper:]]*.json", "a[[:punct:]].json", "[[:nosuch:]].json", "[[:alpha].json", "[ab.json",
    "[",
    "a[0-.json", "a[\\]].json", "[\\a-\\c].json", "[a-.json", "[z-a].json", "a b.json",
    "trail .json",
    "a\\ b.json", "foo ", "foo  ", "foo\\ ", "foo\t", " foo", "foo\r\n", "\\#hash.json",
    "#hash.json",
    "\\!bang.json", "!bang.json", "\\f\\o\\o", "foo\\", "back\\\\slash.json", "back\\slash.json",
    "\u{FEFF}foo", "\u{FEFF}# c\nfoo", "é.json", "?.json", "??.json", "upper.json", "/", "//", "!",
    "!/",
    "foo//", "//foo", "foo//bar", "./foo", "foo/.", "../foo", "*", "*\n!*/", "*\n!*/\n!a.json",
    "*\n!foo.json", "foo/*\n!foo/bar", "foo/\n!foo/a.json", "build\n!x/build",
    "build/\n!build/keep/",
    "/build/*\n!/build/keep", "star\\*.json", "star*.json", "*a*", "*a*/*", "**/*a*/**",
    "a*c/d?f/*.json",
    "***", "f***", "**foo", "x/***/foo", "x/**foo", "x**y", "*/**/foo", "foo/**/", "**/**/a.json",
    "foo/*/baz/*", "fo[!/]/a.json", "foo[/]bar", "foo\\/bar", "x/**\\/foo", "[f]oo/", "\\foo/",
    "*oo/",
  ]

  @Test(arguments: patterns) func walksIgnoreWhatGitIgnores(text: String) throws {
    try GitFolder.with { git in
      for path in Self.tree { try git.write("{}", to: path) }
      try git.write(text, to: ".gitignore")
      #expect(try git.walked() == git.listed(), "\(text)")
    }
  }

  /// Patterns of several files, by a generator with a fixed seed.
  @Test func mixedPatternsIgnoreWhatGitIgnores() throws {
    var random = Generator(state: 2027)
    let pieces = [
      "foo", "bar", "a", ".json", "*", "**", "?", "/", "/", "[a-f]", "[!a]", "x", "build", "o",
      "\\",
    ]
    try GitFolder.with { git in
      for path in Self.tree { try git.write("{}", to: path) }
      for _ in 0..<60 {
        func file() -> String {
          (0..<(1 + random.next(4))).map { _ in
            (random.next(4) == 0 ? "!" : "")
              + (0..<(1 + random.next(5))).map { _ in pieces[random.next(pieces.count)] }.joined()
          }.joined(separator: "\n")
        }
        let texts = [".gitignore": file(), "foo/.gitignore": file(), "x/.gitignore": file()]
        for (path, text) in texts { try git.write(text, to: path) }
        try git.write(file(), to: ".git/info/exclude")
        #expect(try git.walked() == git.listed(), "\(texts)")
      }
    }
  }

  private struct Generator {
    var state: UInt64

    mutating func next(_ count: Int) -> Int {
      state = state &* 6_364_136_223_846_793_005 &+ 1_442_695_040_888_963_407
      return Int(state >> 33) % count
    }
  }

  // MARK: - What is tracked

  /// Every form of the index tells the same.
  @Test(arguments: [
    [["update-index", "--index-version", "2"]], [["update-index", "--index-version", "3"]],
    [["update-index", "--index-version", "4"]], [["update-index", "--split-index"]],
    [["update-index", "--split-index"], ["add", "-f", "build/later.json"]],
    [["add", "-N", "-f", "build/later.json"]],
    [["update-index", "--index-version", "4"], ["add", "-N", "-f", "build/later.json"]],
    [["update-index", "--untracked-cache"]], [["update-index", "--fsmonitor"]],
  ])
  func trackedFilesCount(commands: [[String]]) throws {
    for hash in ["sha1", "sha256"] {
      try GitFolder.with(["--object-format=\(hash)"]) { git in
        for path in Self.tree + ["build/later.json"] { try git.write("{}", to: path) }
        try git.run(["add", "-f", "build/keep/out.json", "foo", "b.json"])
        for command in commands { try git.run(command) }
        try git.write("build/\nfoo\n*.json\n!a.json\n", to: ".gitignore")
        #expect(try git.walked() == git.listed() + git.tracked(), "\(hash)")
      }
    }
  }

  @Test func workingTreesAndInnerRepositoriesHaveTheirOwn() throws {
    try GitFolder.with { git in
      try git.write("out/\n", to: ".gitignore")
      try git.write("{}", to: "a.json")
      try git.run(["add", "-A"])
      try git.run(["commit", "-qm", "x"])
      try git.run(["worktree", "add", "-q", "tree"])
      try git.write("{}", to: "tree/out/tracked.json")
      try git.write("{}", to: "tree/out/other.json")
      try git.write("excluded.json\n", to: ".git/info/exclude")
      try git.write("{}", to: "tree/excluded.json")
      try git.run(["-C", "tree", "add", "-f", "out/tracked.json"])
      try git.run(["init", "-q", "inner"])
      try git.write("{}", to: "inner/out/b.json")
      try git.write("{}", to: "inner/sub/c.json")
      try git.write("sub\n", to: "inner/.gitignore")
      let walked = try git.walked()
      #expect(walked == ["a.json", "inner/out/b.json", "tree/a.json", "tree/out/tracked.json"])
    }
  }

  @Test func namedFoldersAreWalkedThoughIgnored() throws {
    try GitFolder.with { git in
      try git.write("build/\nout/*\nsome/*\n!some/b.json\n", to: ".gitignore")
      try git.write("inner\n", to: "build/.gitignore")
      for path in [
        "build/a.json", "build/inner/b.json", "out/a.json", "some/a.json", "some/b.json",
      ] {
        try git.write("{}", to: path)
      }
      #expect(try git.walked(["build"]) == ["build/a.json"])
      #expect(try git.walked(["build/inner"]) == ["build/inner/b.json"])
      #expect(try git.walked(["out"]) == ["out/a.json"])
      #expect(try git.walked(["some"]) == ["some/b.json"])
      for paths in [["build", "."], [".", "build"]] {
        #expect(try git.walked(paths) == ["build/a.json", "some/b.json"])
      }
      #expect(try git.walked(["build/inner/b.json"]) == ["build/inner/b.json"])
      #expect(
        try git.walked(["."], honorsGitIgnore: false) == [
          "build/a.json", "build/inner/b.json", "out/a.json", "some/a.json", "some/b.json",
        ])
    }
  }

  /// Whatever becomes of an index, everything is checked rather than too little.
  @Test func brokenIndexesHideNothing() throws {
    try GitFolder.with { git in
      try git.write("*.json\n", to: ".gitignore")
      try git.write("{}", to: "a.json")
      try git.write("{}", to: "b.json")
      try git.run(["add", "-f", "a.json"])
      #expect(try git.walked() == ["a.json"])
      let index = [UInt8](try Data(contentsOf: URL(filePath: "\(git.folder)/.git/index")))
      #expect(GitIndex(index)?.count == 1)
      for count in 0..<index.count { #expect(GitIndex(Array(index[..<count])) == nil) }
      for place in index.indices {
        var changed = index
        changed[place] ^= 0xFF
        // What is read must not trap, and is told from an index by its form alone.
        _ = GitIndex(changed)?.contains(Array("a.json".utf8))
      }
      try git.write("DIRC", to: ".git/index")
      #expect(try git.walked() == ["a.json", "b.json"])
      #expect(git.collected(["."]).diagnostics.map(\.code) == ["input/git-index"])
    }
  }
}

/// A Git repository in a folder of its own, with nobody's settings.
struct GitFolder {
  let folder: String

  static let isAvailable: Bool = {
    let process = Process()
    process.executableURL = URL(filePath: "/usr/bin/env")
    process.arguments = ["git", "--version"]
    process.standardOutput = FileHandle.nullDevice
    process.standardError = FileHandle.nullDevice
    do { try process.run() } catch { return false }
    process.waitUntilExit()
    return process.terminationStatus == 0
  }()

  static func with(_ options: [String] = [], _ body: (GitFolder) throws -> Void) throws {
    try withFolder { folder in
      let git = GitFolder(folder: folder)
      try git.run(["init", "-q"] + options)
      try body(git)
    }
  }

  @discardableResult
  func run(_ arguments: [String]) throws -> [UInt8] {
    let process = Process()
    process.executableURL = URL(filePath: "/usr/bin/env")
    process.arguments =
      ["git", "-C", folder, "-c", "user.name=n", "-c", "user.email=n@example.com"] + arguments
    process.environment = [
      "PATH": ProcessInfo.processInfo.environment["PATH"] ?? "/usr/bin:/bin", "HOME": folder,
      "GIT_CONFIG_NOSYSTEM": "1", "LC_ALL": "C",
    ]
    let output = Pipe()
    process.standardOutput = output
    process.standardError = FileHandle.nullDevice
    try process.run()
    let data = output.fileHandleForReading.readDataToEndOfFile()
    process.waitUntilExit()
    try #require(process.terminationStatus == 0, "git \(arguments)")
    return [UInt8](data)
  }

  func write(_ text: String, to path: String) throws {
    try TestSupport.write(text, to: "\(folder)/\(path)")
  }

  private func names(_ bytes: [UInt8]) -> Set<String> {
    Set(bytes.split(separator: 0).map { String(decoding: $0, as: UTF8.self) })
  }

  /// The files that Git would add.
  func listed() throws -> Set<String> {
    names(try run(["ls-files", "-z", "--others", "--exclude-standard"]))
      .filter { !$0.split(separator: "/").contains { $0.hasPrefix(".") } }
  }

  /// The files that Git tracks.
  func tracked() throws -> Set<String> { names(try run(["ls-files", "-z"])) }

  func collected(_ paths: [String], honorsGitIgnore: Bool = true) -> CollectedInputs {
    InputCollector.collect(
      paths.map { "\(folder)/\($0)" },
      InputCollector.Options(
        in: RealFileSystem(), workingFolder: folder, honorsGitIgnore: honorsGitIgnore))
  }

  /// The files that a walk finds.
  func walked(_ paths: [String] = ["."], honorsGitIgnore: Bool = true) throws -> Set<String> {
    Set(collected(paths, honorsGitIgnore: honorsGitIgnore).inputs.map(\.shownPath))
  }
}

extension Set {
  fileprivate static func + (left: Set, right: Set) -> Set { left.union(right) }
}
