import Findings
import SourceText
import Testing

@testable import Linting

/// What Git writes, taken apart.
struct GitReadingTests {
  private static func bytes(_ text: String) -> [UInt8] { Array(text.utf8) }

  /// An entry of a tree object with an id of one repeated byte.
  private static func entry(_ mode: String, _ name: [UInt8], _ id: UInt8, _ size: Int) -> [UInt8] {
    bytes(mode + " ") + name + [0] + [UInt8](repeating: id, count: size)
  }

  @Test(arguments: [20, 32]) func readsTrees(idSize: Int) throws {
    let names: [(mode: String, name: [UInt8], kind: GitTree.Kind)] = [
      ("100644", Self.bytes("a b.json"), .file), ("100755", Self.bytes("run"), .file),
      ("120000", Self.bytes("link"), .link), ("40000", Self.bytes("folder"), .folder),
      ("160000", Self.bytes("sub"), .submodule), ("100644", Self.bytes("line\nfeed"), .file),
      ("100644", [0x62, 0xFF], .file), ("100664", Self.bytes("old"), .file),
    ]
    var object: [UInt8] = []
    for (place, name) in names.enumerated() {
      object += Self.entry(name.mode, name.name, UInt8(place + 0x9A), idSize)
    }
    let tree = try #require(GitTree(object, idSize: idSize))
    #expect(tree.entries.count == names.count)
    for (place, name) in names.enumerated() {
      let id = String(repeating: "9" + String(UnicodeScalar(UInt8(0x61 + place))), count: idSize)
      let expected = place < 6 ? GitTree.Entry(kind: name.kind, id: id) : tree.entries[name.name]
      #expect(tree.entries[name.name] == expected)
      #expect(tree.entries[name.name]?.kind == name.kind)
    }
    #expect(GitTree([], idSize: idSize)?.entries.isEmpty == true)
    // What is cut off is no tree, wherever that is.
    let one = Self.entry("100644", Self.bytes("a"), 1, idSize)
    for count in 1..<one.count {
      #expect(GitTree(Array(one.prefix(count)), idSize: idSize) == nil, "\(count) bytes")
    }
    #expect(GitTree(Self.entry("777", Self.bytes("a"), 1, idSize), idSize: idSize) == nil)
  }

  @Test(arguments: [
    ("0123 blob 12", GitObjects.Header(kind: "blob", size: 12)),
    ("0123 tree 0", GitObjects.Header(kind: "tree", size: 0)),
    ("0123 missing", nil), ("a name with spaces missing", nil), ("", nil), ("0123 blob", nil),
    ("0123 blob -1", nil), ("0123 blob 99999999999999999999", nil), ("0123 blob x", nil),
  ])
  func readsHeaders(line: String, expected: GitObjects.Header?) {
    #expect(GitObjects.Header(line) == expected)
  }

  @Test func readsRenames() {
    let list =
      ":100644 100644 a b R086\0old name\0new\nname\0" + ":100644 000000 a 0 D\0gone.json\0"
      + ":100644 120000 a b T\0linked.json\0" + ":100644 100644 a b C100\0from\0copy\0"
      + ":100644 100644 a b M\0same.json\0" + ":100644 100644 a b R100\0:x\0:y\0"
    let renames = GitRenames(Self.bytes(list))
    #expect(renames.former[Self.bytes("new\nname")] == Self.bytes("old name"))
    #expect(renames.former[Self.bytes(":y")] == Self.bytes(":x"))
    #expect(renames.former.count == 2)
    #expect(renames.gone == [Self.bytes("gone.json"), Self.bytes("linked.json")])
    for text in ["", "\0", ":", ":100644 R100\0a", "fatal: x", ":a R\0\0"] {
      #expect(GitRenames(Self.bytes(text)).gone.isEmpty)
    }
  }

  @Test(
    arguments: [
      (
        "origin/main", ["origin"], false,
        "git fetch origin +refs/heads/main:refs/remotes/origin/main"
      ),
      (
        "up/a/b", ["origin", "up", "up/a"], true,
        "git fetch --unshallow up/a +refs/heads/b:refs/remotes/up/a/b"
      ),
      (
        String(repeating: "a1", count: 20), ["up", "origin"], false,
        "git fetch origin " + String(repeating: "a1", count: 20)
      ),
      ("main", ["origin"], false, nil), ("origin/main", [], false, nil),
      ("origin/$(x)", ["origin"], false, nil), ("origin/a b", ["origin"], false, nil),
      ("origin/main~1", ["origin"], true, nil),
    ] as [(String, [String], Bool, String?)])
  func saysHowToFetch(name: String, remotes: [String], isShallow: Bool, command: String?) {
    #expect(GitRevision.fetch(name, from: remotes, isShallow: isShallow) == command)
  }

  @Test func messagesOfGitAreOneLine() {
    #expect(GitFailure(error: Self.bytes("fatal: a\n\n\tb\n")).message == "a b")
    #expect(!GitFailure(error: []).message.isEmpty)
  }

  // MARK: - Files that were moved

  @Test(arguments: [
    (#"{"a":1,"b":[2,3]}"#, "{ \"a\" : 1,\n\"b\": [2, 3] }", Syntax.json, 100),
    (#"{"b":2,"a":1}"#, #"{"a":1,"b":2}"#, .json, 100),
    (#"{"a":"x, y","b":2}"#, #"{"a":"x, y","b":3}"#, .json, 66),
    (#"{"a":1,"b":2,"c":3}"#, #"{"a":1}"#, .json, 0), (#"{"a":1}"#, #"{"b":2}"#, .json, 0),
    ("", "", .json, 0), (#"{"a":"\"","b":1}"#, #"{"a":"\"" , "b":1}"#, .json, 100),
    ("a: 1\nb: 2\n", "b: 2\r\na: 1\r\n", .yaml, 100),
    // A log grows.
    ("{}\n[]\n[1]\n[2]\n[3]\n", "{}\n", .jsonLines, 100), ("{}\n", "{}\n[]\n", .jsonLines, 50),
    ("{}\n", "[]\n", .jsonLines, 0),
  ])
  func comparesTexts(now: String, earlier: String, syntax: Syntax, expected: Int) {
    let fragments = [now, earlier].map { TextFragments(Self.bytes($0), syntax) }
    #expect(fragments[0].likeness(to: fragments[1]) == expected)
  }

  // MARK: - Matching

  private static func finding(_ pointer: String) -> Finding {
    Finding(
      rule: RuleID(pack: "p", rule: "r"), severity: .error, message: "m",
      location: Location(
        path: "f", region: Region(start: .start, end: .start), pointer: JSONPointer(pointer),
        kind: .value))
  }

  private static func record(_ offset: Int, _ content: String, isElement: Bool = false)
    -> RecordText
  {
    RecordText(offset: offset, content: content, isElement: isElement)
  }

  @Test func documentsCountByPlace() {
    var file = EarlierFile()
    for pointer in ["/a", "/a", "/b"] { file.add(Self.finding(pointer), in: nil) }
    var match = EarlierMatch(file)
    let known = ["/a", "/b", "/a", "/a", "/b", "/c"].map { pointer in
      match.isKnown(Self.finding(pointer), in: nil) { _ in [:] }
    }
    #expect(known == [true, true, true, false, false, false])
  }

  /// Of requests, those that did not change come first, and only those that are gone count for others.
  @Test func requestsCountByContent() {
    var file = EarlierFile()
    for (offset, content) in ["x", "y", "x"].enumerated() {
      file.add(Self.finding("/a"), in: Self.record(offset, content))
    }
    func known(_ contents: [String]) -> [Bool] {
      var match = EarlierMatch(file)
      let counts = Dictionary(contents.map { ($0, 1) }, uniquingKeysWith: +)
      return contents.map { content in
        match.isKnown(Self.finding("/a"), in: Self.record(0, content)) { wanted in
          counts.filter { wanted.contains($0.key) }
        }
      }
    }
    #expect(known(["new", "x", "y", "x"]) == [false, true, true, true])
    #expect(known(["new", "x", "y"]) == [true, true, true])
    #expect(known(["new", "newer", "x"]) == [true, true, true])
    #expect(known(["x", "x", "x", "y"]) == [true, true, false, true])
    #expect(known(["a", "b", "c", "d"]) == [true, true, true, false])
  }

  @Test func elementsCountWithoutTheirPosition() {
    var file = EarlierFile()
    file.add(Self.finding("/0/a"), in: Self.record(1, "x", isElement: true))
    var match = EarlierMatch(file)
    let moved = match.isKnown(
      Self.finding("/7/a"), in: Self.record(90, "x", isElement: true)
    ) { _ in [:] }
    // A finding of the array as a whole is another one.
    let whole = match.isKnown(Self.finding("/0/a"), in: nil) { _ in [:] }
    #expect((moved, whole) == (true, false))
  }
}
