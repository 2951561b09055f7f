import RulePacks
import SourceText
import Testing

struct DefinitionTests {
  private static let request =
    #"{"InstanceId": "x", "ContactFlowId": "y", "ParticipantDetails": {}, "ChatDurationInMinutes": 5}"#

  /// Where the rules are defined that the finding at a column of the first line is of.
  private static func places(
    _ editor: Editor, _ name: String, column: Int
  ) throws -> [(uri: String, line: Int)] {
    let answer = try editor.request(
      "textDocument/definition",
      [
        "textDocument": ["uri": Editor.uri(name)],
        "position": ["line": 0, "character": column],
      ])
    return try (answer["result"] as? [[String: Any]] ?? []).map { place in
      let range = try #require(place["range"] as? [String: [String: Int]])
      return (try #require(place["uri"] as? String), try #require(range["start"]?["line"]))
    }
  }

  @Test func rulesOfAProjectAreInItsFile() throws {
    let editor = try Editor(Orders.files)
    try editor.open("a.json", #"{"Order": "x"}"#)
    let places = try Self.places(editor, "a.json", column: 11)
    #expect(places.map(\.uri) == [Editor.uri("orders.yaml")])
    let line = Orders.pack.split(separator: "\n").firstIndex { $0.contains("number-has-digits:") }
    #expect(places.first?.line == line)
  }

  /// An editor opens the copy, which is a pack without faults.
  @Test func rulesOfBuiltInPacksAreInACopy() throws {
    let editor = try Editor(cacheFolder: "/home/a b/.cache")
    try editor.open("a.json", Self.request)
    let column = try #require(Self.request.firstRange(of: "5}")).lowerBound
    let place = try #require(
      try Self.places(
        editor, "a.json", column: Self.request.distance(from: Self.request.startIndex, to: column)
      ).first)
    let digest = String(BuiltInPacks.hash, radix: 16)
    let folder = "/home/a b/.cache/requisite/1-\(digest)"
    let path = "aws/connect/start-chat-contact.yaml"
    #expect(place.uri == "file:///home/a%20b/.cache/requisite/1-\(digest)/\(path)")
    #expect(editor.mode(of: "\(folder)/\(path)").map { $0 & 0o222 } == 0)
    let text = try #require(editor.text(at: "\(folder)/\(path)"))
    #expect(Array(text.utf8) == BuiltInPacks.file(at: path)?.bytes)
    let lines = text.split(separator: "\n", omittingEmptySubsequences: false)
    #expect(lines[place.line].hasPrefix("  chat-duration"))
    #expect(editor.text(at: "\(folder)/aws/connect/start-chat-contact.schema.yaml") != nil)
    let other = "../home/a%20b/.cache/requisite/1-\(digest)/\(path)"
    try editor.open(other, text)
    #expect(try editor.summary(other) == [])
  }

  /// Nothing but a file of the user is taken for a copy, or written.
  @Test(arguments: ["/work/file", "/work/none", nil]) func obstaclesAreReported(target: String?)
    throws
  {
    let editor = try Editor(["file": "own"], cacheFolder: "/cache")
    let digest = String(BuiltInPacks.hash, radix: 16)
    let copy = "/cache/requisite/1-\(digest)/aws/connect/start-chat-contact.yaml"
    if let target { editor.addLink(at: copy, to: target) } else { editor.addPipe(at: copy) }
    try editor.open("a.json", Self.request)
    let column = Self.request.utf8.count - 2
    #expect(try Self.places(editor, "a.json", column: column).isEmpty)
    #expect(editor.text(at: "/work/file") == "own")
    #expect(editor.text(at: "/work/none") == nil)
    let messages = editor.otherMessages.compactMap { $0["params"] as? [String: Any] }
    #expect(
      messages.contains {
        ($0["message"] as? String)?.contains("is no copy of a built-in pack") ?? false
      }
    )
  }

  @Test(arguments: [nil, "/work/file/cache"]) func copiesMayHaveNoPlace(cacheFolder: String?) throws
  {
    let editor = try Editor(["file": ""], cacheFolder: cacheFolder)
    try editor.open("a.json", Self.request)
    let findings = try editor.summary("a.json")
    #expect(!findings.isEmpty)
    for column in 0..<Self.request.utf8.count {
      #expect(try Self.places(editor, "a.json", column: column).isEmpty)
    }
    let warnings = editor.otherMessages.filter { $0["method"] as? String == "window/logMessage" }
    #expect(!warnings.isEmpty)
  }
}
