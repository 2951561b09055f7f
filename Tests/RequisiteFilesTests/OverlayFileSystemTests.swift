import RequisiteFiles
import SystemPackage
import Testing

struct OverlayFileSystemTests {
  private static func text(_ files: some FileSystem, _ path: String) throws -> String {
    let file = try files.open(path)
    var bytes: [UInt8] = []
    while try file.read(appendingTo: &bytes, limit: 16) > 0 {}
    return String(decoding: bytes, as: UTF8.self)
  }

  private static func files() -> OverlayFileSystem {
    let base = InMemoryFileSystem(["a/one": Array("disk".utf8), "two": Array("other".utf8)])
    base.addLink(at: "link", to: "a/one")
    return OverlayFileSystem(over: base)
  }

  @Test func textsTakeThePlaceOfFiles() throws {
    var files = Self.files()
    let before = files
    let identity = files.identity(of: "a/one")
    let stamp = files.stamp(of: "a/one")
    files.set(Array("editor".utf8), at: "/work/a/one")
    for path in ["a/one", "/work/a/one", "link", "a/../link"] {
      #expect(try Self.text(files, path) == "editor")
    }
    #expect(try files.status(of: "link", followingLinks: true).size == 6)
    #expect(files.isLink("link"))
    #expect(files.identity(of: "a/one") == identity)
    #expect(files.stamp(of: "a/one") != stamp)
    #expect(try Self.text(files, "two") == "other")
    // A copy keeps what it had.
    #expect(try Self.text(before, "a/one") == "disk")
    files.remove(at: "link")
    #expect(try Self.text(files, "a/one") == "disk")
  }

  @Test func textsNeedNoFile() throws {
    var files = Self.files()
    #expect(files.kind(of: "a/new") == .missing)
    files.set(Array("new".utf8), at: "a/new")
    #expect(files.kind(of: "a/new") == .file)
    #expect(try Self.text(files, "a/new") == "new")
    #expect(files.realPath("a/new") == "/work/a/new")
    #expect(try files.listing(ofFolder: "a").entries.map(\.name) == ["new", "one"])
    #expect(try files.listing(ofFolder: "/work").entries.map(\.name) == ["a", "link", "two"])
    files.set(Array("newer".utf8), at: "a/new")
    files.remove(at: "a/new")
    #expect(throws: Errno.noSuchFileOrDirectory) { try files.open("a/new") }
  }

  @Test func pathsBeginInTheFolderOfTheView() throws {
    var files = Self.files()
    files.set(Array("editor".utf8), at: "a/one")
    #expect(try Self.text(files.inFolder("/work/a"), "one") == "editor")
    #expect(try Self.text(files.inFolder("/work/a"), "../two") == "other")
  }
}
