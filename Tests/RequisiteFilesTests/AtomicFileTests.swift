import Foundation
import RequisiteFiles
import SystemPackage
import TestSupport
import Testing

/// Files that are written whole or not at all.
struct AtomicFileTests {
  private func names(in folder: String) throws -> [String] {
    try FileManager.default.contentsOfDirectory(atPath: folder).sorted()
  }

  private func mode(of path: String) throws -> Int? {
    try FileManager.default.attributesOfItem(atPath: path)[.posixPermissions] as? Int
  }

  @Test func showsNothingUntilItIsCommitted() throws {
    try withFolder { folder in
      try write("old", to: "\(folder)/a.json")
      let file = try RealFileSystem().beginFile(at: "\(folder)/a.json", makingFolders: false)
      try file.write(Array("new".utf8))
      #expect(try String(contentsOfFile: "\(folder)/a.json", encoding: .utf8) == "old")
      let hidden = try names(in: folder).filter { $0 != "a.json" }
      #expect(hidden.count == 1 && hidden[0].hasPrefix(".requisite-") && hidden[0].count > 30)
      try file.commit()
      #expect(try String(contentsOfFile: "\(folder)/a.json", encoding: .utf8) == "new")
      #expect(try names(in: folder) == ["a.json"])
    }
  }

  @Test func discardingLeavesThePathAsItWas() throws {
    try withFolder { folder in
      try write("old", to: "\(folder)/a.json")
      for name in ["a.json", "b.json"] {
        let file = try RealFileSystem().beginFile(at: "\(folder)/\(name)", makingFolders: false)
        try file.write([0x21])
        file.discard()
      }
      #expect(try names(in: folder) == ["a.json"])
      #expect(try String(contentsOfFile: "\(folder)/a.json", encoding: .utf8) == "old")
    }
  }

  @Test(arguments: [0o600, 0o640, 0o664, 0o755]) func keepsTheMode(mode: Int) throws {
    try withFolder { folder in
      let path = "\(folder)/a.json"
      try write("old", to: path)
      try FileManager.default.setAttributes([.posixPermissions: mode], ofItemAtPath: path)
      try RealFileSystem().write([0x21], to: path)
      #expect(try self.mode(of: path) == mode)
    }
  }

  @Test(arguments: ["link.json", "dangling.json", "chain.json", "sub/up.json"])
  func writesThroughLinks(name: String) throws {
    try withFolder { folder in
      try write("old", to: "\(folder)/a.json")
      try write("x", to: "\(folder)/sub/keep")
      for (link, target) in [
        ("link.json", "a.json"), ("dangling.json", "new.json"), ("chain.json", "dangling.json"),
        ("sub/up.json", "../a.json"),
      ] {
        try FileManager.default.createSymbolicLink(
          atPath: "\(folder)/\(link)", withDestinationPath: target)
      }
      try RealFileSystem().write([0x21], to: "\(folder)/\(name)")
      #expect(
        (try? FileManager.default.destinationOfSymbolicLink(atPath: "\(folder)/\(name)")) != nil)
      #expect(try String(contentsOfFile: "\(folder)/\(name)", encoding: .utf8) == "!")
    }
  }

  @Test func createsMissingFoldersIfAsked() throws {
    try withFolder { folder in
      let path = "\(folder)/x/y/../z/a.json"
      #expect(throws: Errno.noSuchFileOrDirectory) { try RealFileSystem().write([0x21], to: path) }
      try RealFileSystem().write([0x21], to: path, makingFolders: true)
      #expect(FileManager.default.fileExists(atPath: "\(folder)/x/z/a.json"))
    }
  }

  @Test(arguments: ["folder", "folder/", "new/", "file/a.json", "loop", "loop/a.json", ".."])
  func refusesWhatIsNoFile(path: String) throws {
    try withFolder { folder in
      try write("x", to: "\(folder)/folder/x")
      try write("x", to: "\(folder)/file")
      try FileManager.default.createSymbolicLink(
        atPath: "\(folder)/loop", withDestinationPath: "loop")
      let before = try names(in: folder)
      #expect(throws: Errno.self) {
        try RealFileSystem().write([0x21], to: "\(folder)/\(path)", makingFolders: true)
      }
      #expect(try names(in: folder) == before)
    }
  }

  @Test func writesToPipesDirectly() throws {
    try withFolder { folder in
      try RealFileSystem().write([0x21], to: "/dev/null")
      #expect(try names(in: folder).isEmpty)
    }
  }
}

/// Which file is meant, however its path is spelled.
struct FileIdentityTests {
  @Test(
    arguments: [
      ("a.json", "./a.json"), ("a.json", "sub/../a.json"), ("a.json", "link.json"),
      ("a.json", "hard.json"), ("sub/new.json", "folder/new.json"),
      ("new.json", "./sub/../new.json"),
      ("new.json", "dangling.json"), ("no/such/new.json", "no/./such/x/../new.json"),
    ])
  func isTheSame(left: String, right: String) throws {
    try withTree { folder in
      let identity = RealFileSystem().identity(of: "\(folder)/\(left)")
      #expect(identity != nil)
      #expect(identity == RealFileSystem().identity(of: "\(folder)/\(right)"))
    }
  }

  @Test(
    arguments: [
      ("a.json", "b.json"), ("new.json", "sub/new.json"), ("new.json", "new.json2"),
      ("a.json", "sub/a.json"),
    ])
  func isAnother(left: String, right: String) throws {
    try withTree { folder in
      #expect(
        RealFileSystem().identity(of: "\(folder)/\(left)")
          != RealFileSystem().identity(of: "\(folder)/\(right)"))
    }
  }

  @Test func devicesHaveNone() {
    #expect(RealFileSystem().identity(of: "/dev/null") == nil)
  }

  @Test func knowsWhatWasRead() throws {
    try withTree { folder in
      let identity = try #require(RealFileSystem().identity(of: "\(folder)/link.json"))
      _ = try RealFileSystem().open("\(folder)/hard.json")
      #expect(RealFileSystem().hasRead(identity))
    }
  }

  private func withTree(_ body: (String) throws -> Void) throws {
    try withFolder { folder in
      try write("a", to: "\(folder)/a.json")
      try write("b", to: "\(folder)/b.json")
      try write("c", to: "\(folder)/sub/c.json")
      let manager = FileManager.default
      for (link, target) in [
        ("link.json", "a.json"), ("folder", "sub"), ("dangling.json", "new.json"),
      ] {
        try manager.createSymbolicLink(atPath: "\(folder)/\(link)", withDestinationPath: target)
      }
      try manager.linkItem(atPath: "\(folder)/a.json", toPath: "\(folder)/hard.json")
      try body(folder)
    }
  }
}
