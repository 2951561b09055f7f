import Foundation
import RequisiteFiles
import SystemPackage
import TestSupport
import Testing

/// What holds of every file system, the system's and one in memory.
struct FileSystemTests {
  /// A tree with files, folders, links and a circle.
  private func withTree(_ body: (Tree) throws -> Void) throws {
    try withTrees { tree in
      for (path, text) in [
        ("a.json", "a"), ("sub/b.json", "bb"), ("sub/deep/c.json", "ccc"), (".hidden", ""),
        ("é.json", "composed"), ("e\u{301}.json", "apart"),
      ] {
        try tree.write(text, to: "\(tree.folder)/\(path)")
      }
      for (path, target) in [
        ("link.json", "a.json"), ("chain", "link.json"), ("folder", "sub"), ("up", "sub/.."),
        ("whole", "\(tree.folder)/sub/b.json"), ("gone", "no/such"), ("loop", "loop"),
        ("slashed", "sub/"), ("badly", "a.json/"), ("sub/out", "../../elsewhere"),
        ("sub/back", "../folder/deep"),
      ] {
        try tree.link("\(tree.folder)/\(path)", to: target)
      }
      try body(tree)
    }
  }

  private static let paths = [
    "", ".", "/", "a.json", "a.json/", "a.json/x", "a.json/..", "sub", "sub/", "sub/.", "sub/..",
    "sub/../a.json", "sub/deep/../b.json", "sub//b.json", "no", "no/such", "no/..", ".hidden",
    "link.json", "link.json/", "chain", "folder", "folder/", "folder/b.json", "folder/deep/c.json",
    "folder/..", "up", "up/a.json", "whole", "gone", "gone/x", "loop", "loop/x", "slashed",
    "slashed/b.json", "badly", "sub/out", "sub/out/x", "sub/back", "sub/back/c.json", "é.json",
    "e\u{301}.json", "sub/deep/c.json/../..", "folder/../a.json",
  ]

  /// What a body comes to, or the name of its error.
  private static func outcome(_ body: () throws -> String) -> String {
    do {
      return try body()
    } catch {
      return "\((error as? Errno).map { $0.description } ?? "\(error)")"
    }
  }

  /// Everything that a file system says of a path, with the folder of the tree as `~`.
  private static func answers(_ path: String, _ tree: Tree) -> [String] {
    let files = tree.files
    let whole = path.isEmpty || path == "/" ? path : "\(tree.folder)/\(path)"
    let answers = [
      outcome { "kind \(files.kind(of: whole))" },
      outcome { "status \(try files.status(of: whole, followingLinks: true).kind)" },
      outcome { "link status \(try files.status(of: whole, followingLinks: false).kind)" },
      outcome {
        let status = try files.status(of: whole, followingLinks: true)
        return status.kind == .file ? "size \(status.size)" : "no size"
      },
      outcome { "real \(try files.resolve(whole))" },
      outcome { "target \(try files.target(ofLink: whole))" },
      outcome {
        let found = try files.listing(ofFolder: whole)
        // What lies around the tree differs.
        return path == "/"
          ? "root"
          : found.entries.map { "\(Array($0.name.utf8)) \($0.kind)" }.joined(separator: " ")
      },
      outcome {
        let file = try files.open(whole)
        var block = [UInt8](repeating: 0, count: 2)
        var text: [UInt8] = []
        while true {
          let count = try file.read(into: &block)
          if count == 0 { break }
          text += block[..<count]
        }
        return "text \(String(decoding: text, as: UTF8.self)) of \(file.size ?? -1)"
      },
      outcome {
        let file = try files.open(whole, [.refusingLinks, .unrecorded])
        return "file of \(file.size ?? -1)"
      },
      outcome { "beginning \(try files.beginning(of: whole, count: 2))" },
      "leaves \(files.leaves(tree.folder, writing: whole))",
      "stays \(files.staysInside(whole, tree.folder))",
      "leaves by link \(files.leavesByLink(whole, root: tree.folder))",
      outcome { "destination \(try files.destination(of: whole))" },
      "absolute \(files.absolutePath(of: path, workingFolder: tree.folder))",
      "folder \(files.realFolder(whole))",
      "stated \(files.statedTarget(ofLink: whole, in: Paths.parent(of: whole) ?? "/") ?? "none")",
    ]
    return answers.map {
      $0.replacing(tree.folder, with: "~").replacing(Paths.parent(of: tree.folder) ?? "", with: "^")
    }
  }

  /// The form in memory is held to be equal to the real one by the answers about each path.
  @Test func bothFormsGiveTheSameAnswers() throws {
    var answers: [[[String]]] = []
    try withTree { tree in
      answers.append(Self.paths.map { Self.answers($0, tree) })
    }
    for (index, path) in Self.paths.enumerated() {
      #expect(answers[0][index] == answers[1][index], "\(path)")
    }
    // The paths tell something, in both forms.
    #expect(Set(answers[0].flatMap(\.self)).count > 80)
  }

  /// What is at a path once it was written, and the tree around it.
  @Test(
    arguments: [
      "a.json", "new.json", "no/such/new.json", "link.json", "chain", "gone", "loop",
      "folder/x.json",
      "sub", "a.json/x", "new/", "sub/..", "sub/../new.json", "folder/../y.json", "slashed/z.json",
      "no/../x.json", "no/./x.json",
    ], [false, true])
  func bothFormsWriteTheSame(path: String, makingFolders: Bool) throws {
    var results: [[String]] = []
    try withTree { tree in
      let whole = "\(tree.folder)/\(path)"
      let before = tree.files.stamp(of: whole)
      let outcome = Self.outcome {
        let file = try tree.files.beginFile(at: whole, makingFolders: makingFolders)
        try file.write(Array("ne".utf8))
        let isUnchanged = tree.files.stamp(of: whole) == before
        try file.write(Array("w".utf8))
        try file.commit()
        #expect(isUnchanged)
        return "written, changed \(tree.files.stamp(of: whole) != before)"
      }
      let others = ["a.json", "link.json", "sub", "no", "folder"].map { other in
        Self.outcome {
          "\(try tree.files.status(of: "\(tree.folder)/\(other)", followingLinks: false).kind)"
        }
      }
      results.append([outcome] + others + Self.answers(path, tree))
    }
    #expect(results[0] == results[1])
  }

  @Test func discardedFilesLeaveNothing() throws {
    try withTree { tree in
      let names = try tree.files.listing(ofFolder: tree.folder).entries.map(\.name)
      for path in ["a.json", "new.json"] {
        let stamp = tree.files.stamp(of: "\(tree.folder)/\(path)")
        let file = try tree.files.beginFile(at: "\(tree.folder)/\(path)", makingFolders: false)
        try file.write([0x21])
        file.discard()
        #expect(tree.files.stamp(of: "\(tree.folder)/\(path)") == stamp)
      }
      #expect(try tree.files.listing(ofFolder: tree.folder).entries.map(\.name) == names)
    }
  }

  @Test func onlyOpenedInputsCountAsRead() throws {
    try withTree { tree in
      let files = tree.files
      let read = try #require(files.identity(of: "\(tree.folder)/chain"))
      let beginning = try #require(files.identity(of: "\(tree.folder)/sub/b.json"))
      #expect(read == files.identity(of: "\(tree.folder)/a.json"))
      #expect(read != beginning)
      // A number on the disk may have been that of another file, which was read.
      let wasRead = files.hasRead(beginning)
      _ = try files.open("\(tree.folder)/link.json")
      _ = try files.beginning(of: "\(tree.folder)/sub/b.json", count: 1)
      #expect(files.hasRead(read))
      #expect(files.hasRead(beginning) == wasRead)
      if files is InMemoryFileSystem { #expect(!wasRead) }
    }
  }

  @Test func relativePathsBeginInTheWorkingFolder() throws {
    let files = InMemoryFileSystem(
      ["a": [1], "../b": [2], "/c": [3], "d/./e/../f": [4]], workingFolder: "/x/y")
    for (path, real) in [("a", "/x/y/a"), ("../b", "/x/b"), ("/c", "/c"), ("d/f", "/x/y/d/f")] {
      #expect(files.realPath(path) == real)
    }
    #expect(files.workingFolder == files.realPath("."))
    #expect(RealFileSystem().workingFolder == RealFileSystem().realPath("."))
  }

  @Test func modesDecideWhatIsWritten() throws {
    let files = InMemoryFileSystem(["a": [1]])
    files.setMode(0o444, of: "a")
    #expect(throws: Errno.permissionDenied) { try files.write([2], to: "a") }
    files.setMode(0o600, of: "a")
    try files.write([2], to: "a")
    #expect(try files.status(of: "a", followingLinks: true).mode == 0o600)
  }

  @Test func streamsHaveNoSize() throws {
    let files = InMemoryFileSystem()
    files.addStream([1, 2], at: "pipe")
    #expect(files.kind(of: "pipe") == .stream)
    let file = try files.open("pipe")
    var block = [UInt8](repeating: 0, count: 8)
    #expect(file.size == nil)
    #expect(try file.read(into: &block) == 2)
    #expect(try file.read(into: &block) == 0)
  }
}
