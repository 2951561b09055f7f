import Foundation
import SystemPackage
import TestSupport
import Testing

@testable import RequisiteFiles

#if os(Linux)
/// Which changes matter to a run, by what it asked.
struct WatchedFileSystemTests {
  /// What a run asks, what is done then, and the paths that changed, below the folder.
  struct Row: CustomTestStringConvertible {
    let name: String
    let ask: @Sendable (WatchedFileSystem, String) -> Void
    let act: @Sendable (String) throws -> Void
    let changed: [String]

    init(
      _ name: String, ask: @escaping @Sendable (WatchedFileSystem, String) -> Void,
      act: @escaping @Sendable (String) throws -> Void, changed: [String]
    ) {
      (self.name, self.ask, self.act, self.changed) = (name, ask, act, changed)
    }

    var testDescription: String { name }
  }

  private static func write(_ text: String, _ path: String) throws {
    try Data(text.utf8).write(to: URL(filePath: path))
  }

  private static func move(_ path: String, _ other: String) throws {
    guard unsafe rename(path, other) == 0 else { throw Errno(rawValue: errno) }
  }

  private static let open: @Sendable (WatchedFileSystem, String) -> Void = { files, folder in
    _ = try? files.open("\(folder)/a.json")
  }

  private static let list: @Sendable (WatchedFileSystem, String) -> Void = { files, folder in
    _ = try? files.listing(ofFolder: folder)
  }

  private static let rows: [Row] = [
    Row(
      "a file is written in place", ask: open,
      act: { folder in
        let file = try FileHandle(forWritingTo: URL(filePath: "\(folder)/a.json"))
        try file.write(contentsOf: Data("2".utf8))
        try file.close()
      }, changed: ["a.json"]),
    Row(
      "a file is replaced", ask: open,
      act: {
        try write("2", "\($0)/.a.json.tmp")
        try move("\($0)/.a.json.tmp", "\($0)/a.json")
      }, changed: ["a.json"]),
    Row(
      "a file is removed", ask: open, act: { _ = unsafe unlink("\($0)/a.json") },
      changed: ["a.json"]),
    Row(
      "a file may be read", ask: open, act: { _ = unsafe chmod("\($0)/a.json", 0o600) },
      changed: ["a.json"]),
    Row("another file is written", ask: open, act: { try write("2", "\($0)/c.json") }, changed: []),
    Row(
      "a name that was looked up appears",
      ask: { files, folder in _ = files.kind(of: "\(folder)/.requisite.yaml") },
      act: { try write("", "\($0)/.requisite.yaml") }, changed: [".requisite.yaml"]),
    Row(
      "a folder that was looked up appears",
      ask: { files, folder in _ = files.kind(of: "\(folder)/x/y/z.json") },
      act: { _ = unsafe mkdir("\($0)/x", 0o755) }, changed: ["x"]),
    Row(
      "a folder is moved away",
      ask: { files, folder in _ = try? files.open("\(folder)/sub/b.json") },
      act: { try move("\($0)/sub", "\($0)/old") }, changed: ["sub"]),
    Row(
      "what a link leads to is written",
      ask: { files, folder in _ = try? files.open("\(folder)/link.json") },
      act: { try write("2", "\($0)/sub/b.json") }, changed: ["sub/b.json"]),
    Row(
      "what a link leads to that was looked at itself before",
      ask: { files, folder in
        _ = files.isLink("\(folder)/link.json")
        _ = try? files.open("\(folder)/link.json")
      },
      act: { try write("2", "\($0)/sub/b.json") }, changed: ["sub/b.json"]),
    Row(
      "a link leads to itself, by a path that grows",
      ask: { files, folder in
        _ = unsafe symlink("sub/../loop", "\(folder)/loop")
        _ = files.kind(of: "\(folder)/loop")
        _ = files.kind(of: "\(folder)/loop/x")
      },
      act: { _ = unsafe unlink("\($0)/loop") }, changed: ["loop"]),
    Row(
      "a link leads elsewhere",
      ask: { files, folder in _ = try? files.open("\(folder)/link.json") },
      act: {
        _ = unsafe unlink("\($0)/link.json")
        _ = unsafe symlink("a.json", "\($0)/link.json")
      }, changed: ["link.json"]),
    Row(
      "a link to a folder leads elsewhere",
      ask: { files, folder in _ = try? files.open("\(folder)/folder/b.json") },
      act: {
        _ = unsafe symlink(".", "\($0)/new")
        try move("\($0)/new", "\($0)/folder")
      }, changed: ["folder"]),
    Row(
      "a file is added to a list", ask: list, act: { try write("2", "\($0)/c.json") },
      changed: ["c.json"]),
    Row(
      "a file of no kind that matters is added to a list", ask: list,
      act: { try write("2", "\($0)/c.txt") }, changed: []),
    Row(
      "a file that is only listed is written", ask: list,
      act: { _ = unsafe chmod("\($0)/a.json", 0o600) },
      changed: []),
    Row(
      "a link of any name is added to a list", ask: list,
      act: { _ = unsafe symlink("sub", "\($0)/v1.2") }, changed: ["v1.2"]),
    Row(
      "a link of any name is taken from a list",
      ask: { files, folder in
        _ = unsafe symlink("sub", "\(folder)/v1.2")
        list(files, folder)
      }, act: { _ = unsafe unlink("\($0)/v1.2") }, changed: ["v1.2"]),
    Row(
      "names that are equal as texts are two",
      ask: { files, folder in _ = files.kind(of: "\(folder)/\u{E9}.json") },
      act: { try write("2", "\($0)/e\u{301}.json") }, changed: []),
    Row(
      "the run writes where a link leads",
      ask: { files, folder in
        list(files, "\(folder)/sub")
        _ = unsafe symlink("sub/report.json", "\(folder)/out.json")
        list(files, folder)
        try? files.write([0x31], to: "\(folder)/out.json")
      },
      act: { _ in }, changed: []),
    Row(
      "a file is disregarded",
      ask: { files, folder in
        open(files, folder)
        files.disregard("\(folder)/a.json")
      }, act: { try write("2", "\($0)/a.json") }, changed: []),
    Row(
      "a folder is added to a list", ask: list, act: { _ = unsafe mkdir("\($0)/x", 0o755) },
      changed: ["x"]),
    Row(
      "the run writes a file",
      ask: { files, folder in
        list(files, folder)
        _ = files.kind(of: "\(folder)/report.json")
        try? files.write([0x31], to: "\(folder)/report.json")
      },
      act: { _ in }, changed: []),
    Row(
      "the run makes a folder",
      ask: { files, folder in
        list(files, folder)
        try? files.write([0x31], to: "\(folder)/out/report.json", makingFolders: true)
      },
      act: { _ in }, changed: []),
  ]

  /// Runs a body with a folder of files, and the changes that it is told.
  private func withFolder(
    _ body: (WatchedFileSystem, String, _ changes: () throws -> [String]) throws -> Void
  ) throws {
    let folder = FileManager.default.temporaryDirectory
      .appending(path: "requisite-\(UUID().uuidString)").resolvingSymlinksInPath().path
    try FileManager.default.createDirectory(
      atPath: "\(folder)/sub", withIntermediateDirectories: true)
    defer { try? FileManager.default.removeItem(atPath: folder) }
    try Self.write("1", "\(folder)/a.json")
    try Self.write("1", "\(folder)/sub/b.json")
    try FileManager.default.createSymbolicLink(
      atPath: "\(folder)/link.json", withDestinationPath: "sub/b.json")
    try FileManager.default.createSymbolicLink(
      atPath: "\(folder)/folder", withDestinationPath: "sub")
    let files = try WatchedFileSystem { name, isFolder in isFolder || name.hasSuffix(".json") }
    let null = try FileDescriptor.open(FilePath("/dev/null"), .writeOnly)
    defer { try? null.close() }
    try body(files, folder) {
      let changes = try files.waitForChanges(unlessClosed: null)
      let paths = try #require(changes?.paths)
      return paths.map { $0.hasPrefix(folder + "/") ? String($0.dropFirst(folder.count + 1)) : $0 }
    }
  }

  /// A file whose change always matters ends the wait, whatever else does.
  @Test(arguments: rows) func changesMatterToWhatWasAsked(row: Row) throws {
    try withFolder { files, folder, changes in
      try files.beginRun()
      _ = files.kind(of: "\(folder)/end")
      row.ask(files, folder)
      #expect(files.endRun(after: []).isEmpty)
      try row.act(folder)
      try Self.write("", "\(folder)/end")
      var found: Set<String> = []
      while !found.contains("end") { found.formUnion(try changes()) }
      #expect(found == Set(row.changed + ["end"]))
    }
  }

  /// Each run counts for itself.
  @Test func runsForgetWhatTheLastOneAsked() throws {
    try withFolder { files, folder, changes in
      try files.beginRun()
      Self.open(files, folder)
      _ = try? files.open("\(folder)/sub/b.json")
      _ = files.endRun(after: [])
      let watched = files.watchedFolders
      try files.beginRun()
      _ = files.kind(of: "\(folder)/end")
      _ = files.endRun(after: watched)
      #expect(files.watchedFolders.isStrictSubset(of: watched))
      try Self.write("2", "\(folder)/sub/b.json")
      try Self.write("2", "\(folder)/a.json")
      try Self.write("", "\(folder)/end")
      #expect(try changes() == ["end"])
    }
  }

  /// A folder that was replaced is watched again by the next run.
  @Test func replacedFoldersAreFollowed() throws {
    try withFolder { files, folder, changes in
      var watched: Set<Int32> = []
      func run() throws {
        try files.beginRun()
        _ = try? files.open("\(folder)/sub/b.json")
        _ = files.endRun(after: watched)
        watched = files.watchedFolders
      }
      try run()
      try Self.move("\(folder)/sub", "\(folder)/old")
      #expect(try changes() == ["sub"])
      try run()
      _ = unsafe mkdir("\(folder)/sub", 0o755)
      #expect(try changes() == ["sub"])
      try run()
      try Self.write("2", "\(folder)/sub/b.json")
      #expect(try changes() == ["sub/b.json"])
      try run()
      try Self.write("2", "\(folder)/old/b.json")
      try Self.write("3", "\(folder)/sub/b.json")
      #expect(try changes() == ["sub/b.json"])
    }
  }

  /// How many changes the system keeps until they are taken.
  private static let keptChanges =
    (try? String(contentsOfFile: "/proc/sys/fs/inotify/max_queued_events", encoding: .utf8))
    .flatMap { Int($0.trimmingCharacters(in: .whitespacesAndNewlines)) } ?? .max

  /// Where the system kept no more changes, anything may have changed.
  @Test(.enabled(if: keptChanges < 1 << 18)) func lostChangesMatter() throws {
    try withFolder { files, folder, _ in
      try files.beginRun()
      Self.list(files, folder)
      #expect(files.endRun(after: []).isEmpty)
      try Self.write("", "\(folder)/1.txt")
      // Each is two changes, of names that do not matter.
      for _ in 0...Self.keptChanges / 4 {
        try Self.move("\(folder)/1.txt", "\(folder)/2.txt")
        try Self.move("\(folder)/2.txt", "\(folder)/1.txt")
      }
      let null = try FileDescriptor.open(FilePath("/dev/null"), .writeOnly)
      defer { try? null.close() }
      #expect(try files.waitForChanges(unlessClosed: null) == WatchedFileSystem.Changes(paths: nil))
    }
  }

  /// Once nobody reads what is written, there is nothing to wait for.
  @Test func closedPipesEndTheWait() throws {
    let files = try WatchedFileSystem { _, _ in true }
    let pipe = try FileDescriptor.pipe()
    try pipe.readEnd.close()
    #expect(try files.waitForChanges(unlessClosed: pipe.writeEnd) == nil)
    try pipe.writeEnd.close()
  }
}
#endif
