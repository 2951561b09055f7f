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
    let handle = files.add(Array("editor".utf8), at: "/work/a/one")
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
    files.remove(handle)
    #expect(try Self.text(files, "a/one") == "disk")
  }

  @Test func textsNeedNoFile() throws {
    var files = Self.files()
    #expect(files.kind(of: "a/new") == .missing)
    let handle = files.add(Array("new".utf8), at: "a/new")
    #expect(files.kind(of: "a/new") == .file)
    #expect(try Self.text(files, "a/new") == "new")
    #expect(files.realPath("a/new") == "/work/a/new")
    #expect(try files.listing(ofFolder: "a").entries.map(\.name) == ["new", "one"])
    #expect(try files.listing(ofFolder: "/work").entries.map(\.name) == ["a", "link", "two"])
    files.set(Array("newer".utf8), for: handle)
    #expect(try Self.text(files, "a/new") == "newer")
    files.remove(handle)
    #expect(throws: Errno.noSuchFileOrDirectory) { try files.open("a/new") }
  }

  @Test func pathsBeginInTheFolderOfTheView() throws {
    var files = Self.files()
    _ = files.add(Array("editor".utf8), at: "a/one")
    #expect(try Self.text(files.inFolder("/work/a"), "one") == "editor")
    #expect(try Self.text(files.inFolder("/work/a"), "../two") == "other")
  }

  @Test func eachOwnerHasItsText() throws {
    var files = Self.files()
    let (first, second) = (
      files.add(Array("first".utf8), at: "a/one"), files.add(Array("second".utf8), at: "link")
    )
    #expect(try Self.text(files, "a/one") == "second")
    let stamp = files.stamp(of: "a/one")
    files.set(Array("third".utf8), for: first)
    #expect(try Self.text(files, "link") == "third")
    files.remove(first)
    #expect(try Self.text(files, "a/one") == "second")
    #expect(files.stamp(of: "a/one") != stamp)
    files.remove(first)
    files.remove(second)
    #expect(try Self.text(files, "a/one") == "disk")
  }

  @Test func textsAreRemovedThoughLinksChange() throws {
    let base = InMemoryFileSystem(["a/one": Array("disk".utf8), "two": Array("other".utf8)])
    base.addLink(at: "link", to: "a/one")
    var files = OverlayFileSystem(over: base)
    let handle = files.add(Array("editor".utf8), at: "link")
    base.addLink(at: "link", to: "two")
    files.remove(handle)
    #expect(try Self.text(files, "a/one") == "disk")
    #expect(try Self.text(files, "link") == "other")
  }
}
