import Foundation
import RequisiteFiles
import TestSupport
import Testing

/// Paths as texts.
struct PathsTests {
  @Test(arguments: [
    ("/a", "b", "/a/b"), ("/a/", "b", "/a/b"), ("/", "b", "/b"), ("", "b", "/b"), ("a", "", "a/"),
    ("é", "日本.json", "é/日本.json"), ("e\u{301}", "e\u{301}", "e\u{301}/e\u{301}"),
    (
      "/a/folder/that/is/long", "a-name-that-is-long-too.json",
      "/a/folder/that/is/long/a-name-that-is-long-too.json"
    ),
  ])
  func pathsAreJoinedByBytes(folder: String, name: String, expected: String) {
    #expect(Array(Paths.joined(folder, name).utf8) == Array(expected.utf8))
  }

  @Test(
    arguments: [
      ("/a/b", 2, "/a"), ("/a", 0, "/"), ("/é/日本.json", 3, "/é"), ("/", 0, nil), ("a", nil, nil),
      ("", nil, nil),
    ] as [(String, Int?, String?)])
  func parentsEndAtTheLastSlash(path: String, slash: Int?, parent: String?) {
    #expect(Paths.lastSlash(of: path) == slash)
    #expect(Paths.parent(of: path) == parent)
  }

  /// What was not there when a file was opened is read up to a block that is not full.
  @Test func filesThatGrowAreRead() throws {
    try withFolder { folder in
      try write("0123456789", to: "\(folder)/a")
      for (blockSize, expected) in [
        (4, "0123456789ab"), (10, "0123456789ab"), (64, "0123456789ab"),
      ] {
        try write("0123456789", to: "\(folder)/a")
        let file = try RealFileSystem().open("\(folder)/a")
        let handle = try #require(FileHandle(forWritingAtPath: "\(folder)/a"))
        try handle.seekToEnd()
        try handle.write(contentsOf: Data("ab".utf8))
        try handle.close()
        var block = [UInt8](repeating: 0, count: blockSize)
        var text = ""
        while case let count = try file.read(into: &block), count > 0 {
          text += String(decoding: block[..<count], as: UTF8.self)
        }
        #expect(text == expected)
      }
    }
  }
}
