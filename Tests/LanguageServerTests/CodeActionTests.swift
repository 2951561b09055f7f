import Foundation
import Testing

struct CodeActionTests {
  /// The actions at a position, by their titles.
  private static func actions(
    _ editor: Editor, _ name: String, at place: (Int, Int), only: [String]? = nil
  ) throws -> [[String: Any]] {
    let position = ["line": place.0, "character": place.1]
    var context: [String: Any] = ["diagnostics": [] as [Any]]
    context["only"] = only
    let answer = try editor.request(
      "textDocument/codeAction",
      [
        "textDocument": ["uri": Editor.uri(name)], "range": ["start": position, "end": position],
        "context": context,
      ])
    return try #require(answer["result"] as? [[String: Any]])
  }

  /// The text after the edits of an action, which are of one line each.
  private static func applied(_ action: [String: Any], to text: String) throws -> String {
    let edit = try #require(action["edit"] as? [String: Any])
    let changes = try #require(edit["documentChanges"] as? [[String: Any]])
    let edits = try #require(changes.first?["edits"] as? [[String: Any]])
    var lines = text.split(separator: "\n", omittingEmptySubsequences: false).map(String.init)
    for edit in edits.reversed() {
      let range = try #require(edit["range"] as? [String: [String: Int]])
      func end(_ name: String) throws -> (line: Int, character: Int) {
        (try #require(range[name]?["line"]), try #require(range[name]?["character"]))
      }
      let (start, stop) = (try end("start"), try end("end"))
      let before = Array(lines[start.line].utf16.prefix(start.character))
      let behind =
        stop.line < lines.count ? Array(lines[stop.line].utf16.dropFirst(stop.character)) : []
      let new = try #require(edit["newText"] as? String)
      let whole = String(decoding: before + new.utf16 + behind, as: UTF16.self)
      lines.replaceSubrange(
        start.line...min(stop.line, lines.count - 1),
        with: whole.split(separator: "\n", omittingEmptySubsequences: false).map(String.init))
    }
    return lines.joined(separator: "\n")
  }

  private static let text = "{\n  \"Order\": \"1\",\n  \"Note\": \"😀\"\n}\n"
  private static let fixed = "{\n  \"Order\": \"1\"\n}\n"

  @Test func fixesOfFindingsAreOffered() throws {
    let editor = try Editor(Orders.files)
    try editor.open("a.json", Self.text)
    let actions = try Self.actions(editor, "a.json", at: (2, 11), only: ["quickfix"])
    let action = try #require(actions.first)
    #expect(action["title"] as? String == "Fix: remove the note")
    #expect(action["isPreferred"] as? Bool == true)
    #expect(try Self.applied(action, to: Self.text) == Self.fixed)
    #expect(try Self.actions(editor, "a.json", at: (0, 0), only: ["quickfix"]).isEmpty)
  }

  @Test func allFixesAreMadeAtOnce() throws {
    let editor = try Editor(Orders.files)
    try editor.open("a.json", Self.text)
    let actions = try Self.actions(editor, "a.json", at: (0, 0), only: ["source.fixAll"])
    #expect(actions.count == 1)
    #expect(try Self.applied(try #require(actions.first), to: Self.text) == Self.fixed)
    // The lightbulb has none.
    #expect(try Self.actions(editor, "a.json", at: (0, 0)).isEmpty)
    try editor.change("a.json", Self.fixed)
    #expect(try Self.actions(editor, "a.json", at: (0, 0), only: ["source"]).isEmpty)
  }

  /// The new text of an edit of a document, by its address.
  private static func newText(_ action: [String: Any], in uri: String) throws -> String? {
    let edit = try #require(action["edit"] as? [String: Any])
    let changes = try #require(edit["documentChanges"] as? [[String: Any]])
    let change = changes.first { change in
      (change["textDocument"] as? [String: Any])?["uri"] as? String == uri
    }
    return (change?["edits"] as? [[String: Any]])?.first?["newText"] as? String
  }

  @Test func findingsCanBeIgnored() throws {
    let editor = try Editor(Orders.files)
    try editor.open("a.json", "{\"Order\": \"x\"}")
    let actions = try Self.actions(editor, "a.json", at: (0, 11), only: ["quickfix"])
    let action = try #require(actions.first)
    #expect(action["title"] as? String == "Ignore orders/number-has-digits here")
    let uri = Editor.uri(".requisite-ignore.yaml")
    let text = try #require(try Self.newText(action, in: uri))
    try editor.open(".requisite-ignore.yaml", text)
    #expect(try editor.summary("a.json") == [])
    // A person has to give the reason.
    _ = try editor.diagnostics(".requisite-ignore.yaml")
    #expect(editor.lastCodes(".requisite-ignore.yaml") == ["suppression/open-reason"])
    let reason = "say why this finding is accepted"
    #expect(text.contains(reason))
    let replaced = text.replacing(reason, with: "old")
    try editor.change(".requisite-ignore.yaml", replaced)
    #expect(try editor.summary(".requisite-ignore.yaml") == [])
    // The next one goes into the same file, as it is in the editor.
    try editor.open("b.json", "{\"Order\": \"x\"}")
    let more = try Self.actions(editor, "b.json", at: (0, 11), only: ["quickfix"])
    let next = try #require(more.first)
    let entry = try #require(try Self.newText(next, in: uri))
    #expect(entry.contains("path: /b.json"))
  }

  @Test(arguments: [
    ("a.json", "{\"Kind\": \"crate\", \"Weight\": 1}", 9, nil),
    ("a.json", "{\"Kind\": \"boxx\", \"Weight\": 1}", 9, "{\"Kind\": \"box\", \"Weight\": 1}"),
    ("a.json", "{\"Kind\": \"box\", \"Wieght\": 1}", 17, "{\"Kind\": \"box\", \"Weight\": 1}"),
    ("a.yaml", "Kind: boxx\n", 7, "Kind: box\n"), ("a.yaml", "Kind: 'boxx'\n", 7, "Kind: 'box'\n"),
    ("a.yaml", "Kind: longtube\n", 7, "Kind: \"long tube\"\n"),
    ("a.yaml", "Kind: box\nWieght: 1\n", 11, "Kind: box\nWeight: 1\n"),
  ])
  func suggestionsAreOffered(name: String, text: String, at offset: Int, fixed: String?) throws {
    let editor = try Editor([
      ".requisite.yaml": "requisite: 1\npacks: [parcels.yaml]\n",
      "parcels.yaml": """
      requisite: 1
      name: parcels
      request:
        operation: Parcel
        schema: parcel.schema.yaml
        detect: { required: [Kind] }

      """,
      "parcel.schema.yaml": """
      type: object
      additionalProperties: false
      properties: { Kind: { enum: [box, 'long tube'] }, Weight: { type: integer } }

      """,
    ])
    try editor.open(name, text)
    let line = text.prefix(offset).count { $0 == "\n" }
    let start = text.prefix(offset).lastIndex(of: "\n").map {
      text.distance(from: text.startIndex, to: $0) + 1
    }
    let actions = try Self.actions(
      editor, name, at: (line, offset - (start ?? 0)), only: ["quickfix"])
    let found = actions.filter { ($0["title"] as? String)?.hasPrefix("Replace") ?? false }
    #expect(try found.map { try Self.applied($0, to: text) } == [fixed].compactMap(\.self))
    #expect(found.allSatisfy { $0["isPreferred"] == nil })
  }

  /// The actions for a whole document.
  private static func allActions(_ editor: Editor, _ name: String) throws -> [[String: Any]] {
    let answer = try editor.request(
      "textDocument/codeAction",
      [
        "textDocument": ["uri": Editor.uri(name)],
        "range": [
          "start": ["line": 0, "character": 0], "end": ["line": 999, "character": 0],
        ],
        "context": ["diagnostics": [] as [Any]],
      ])
    return try #require(answer["result"] as? [[String: Any]])
  }

  private static let manyFindings = String(repeating: "{\"Order\": \"x\"}\n", count: 30)

  @Test func editsAreMadeOnceAnActionIsChosen() throws {
    let list = "requisite: 1\nsuppressions:\n  - { rule: a/b, path: /c.json, reason: old }\n"
    var files = Orders.files
    files[".requisite-ignore.yaml"] = list
    let editor = try Editor(files, resolvesActions: true)
    try editor.open("a.jsonl", Self.manyFindings, language: "jsonl")
    let actions = try Self.allActions(editor, "a.jsonl")
    #expect(actions.count == 30)
    #expect(actions.allSatisfy { $0["edit"] == nil && $0["data"] != nil })
    let action = try #require(actions.last)
    let answer = try editor.request("codeAction/resolve", action)
    let resolved = try #require(answer["result"] as? [String: Any])
    #expect(resolved["title"] as? String == action["title"] as? String)
    let text = try #require(
      try Self.newText(resolved, in: Editor.uri(".requisite-ignore.yaml")))
    #expect(text.contains("orders/number-has-digits") && text.contains("path: /a.jsonl"))
    for action in [[:], ["data": ["uri": Editor.uri("b.json"), "rule": "a/b"]]] {
      #expect(try editor.errorCode("codeAction/resolve", action) == -32_602)
    }
    try editor.open(".requisite-ignore.yaml", "requisite: 1\nsuppressions: 7\n")
    #expect(try editor.errorCode("codeAction/resolve", action) == -32_803)
    // Without a finding that can be ignored, nothing is offered.
    #expect(try Self.allActions(editor, "a.jsonl").isEmpty)
  }

  @Test func otherEditorsHaveEditsForSomeFindings() throws {
    let editor = try Editor(Orders.files)
    try editor.open("a.jsonl", Self.manyFindings, language: "jsonl")
    #expect(try Self.allActions(editor, "a.jsonl").count == 10)
  }

  /// What was found is kept until something changes.
  @Test func reportsAreKept() throws {
    let editor = try Editor(Orders.files)
    try editor.open("a.json", Self.text)
    _ = try editor.diagnostics("a.json")
    var count = 0
    editor.isUnwanted = { _ in
      count += 1
      return false
    }
    #expect(try Self.actions(editor, "a.json", at: (0, 0)).isEmpty)
    #expect(count == 0)
    #expect(try Self.actions(editor, "a.json", at: (2, 11)).count == 2)
    let first = count
    #expect(try Self.actions(editor, "a.json", at: (2, 11)).count == 2)
    #expect(first > 2 && count == first + 1)
    try editor.change("a.json", Self.fixed)
    #expect(try Self.actions(editor, "a.json", at: (2, 0)).isEmpty)
    // A pack that changes counts.
    let loose = Orders.pack.replacing("^[0-9]+$", with: "^[0-9x]+$")
      .replacing("fail: [{ Order: x }]", with: "fail: [{ Order: y }]")
    try editor.change("a.json", "{\"Order\": \"x\"}")
    #expect(try Self.allActions(editor, "a.json").count == 1)
    try editor.open("orders.yaml", loose)
    #expect(try Self.allActions(editor, "a.json").isEmpty)
    try editor.change("orders.yaml", Orders.pack)
    #expect(try Self.allActions(editor, "a.json").count == 1)
  }

  /// Eglot 1.9 cannot make files by edits, so that the server writes the entry once it is told to.
  @Test func editorsWithoutNewFilesHaveACommand() throws {
    let editor = try Editor(
      Orders.files, edits: ["documentChanges": true], executesCommands: true)
    try editor.open("a.json", "{\"Order\": \"x\"}")
    let actions = try Self.actions(editor, "a.json", at: (0, 11), only: ["quickfix"])
    let action = try #require(actions.first)
    #expect(action["edit"] == nil)
    let command = try #require(action["command"] as? [String: Any])
    #expect(command["title"] as? String == "Ignore orders/number-has-digits here")
    #expect(try editor.summary("a.json").count == 1)
    let answer = try editor.request("workspace/executeCommand", command)
    #expect(answer["result"] is NSNull)
    #expect(try editor.summary("a.json") == [])
    // The file is there now, and is edited.
    try editor.change("a.json", "{\"Order\": \"x\", \"List\": 1, \"Note\": \"\"}")
    let more = try Self.actions(editor, "a.json", at: (0, 34), only: ["quickfix"])
    let next = try #require(more.last)
    #expect((next["title"] as? String)?.hasPrefix("Ignore") == true)
    #expect(next["edit"] != nil && next["command"] == nil)
    // Nothing else is done.
    for command in [["command": "rm"], ["command": "requisite.ignore"], [:]] {
      #expect(try editor.errorCode("workspace/executeCommand", command) == -32_602)
    }
  }

  /// Neovim 0.7 makes files and announces no documentChanges.
  @Test func filesAreMadeByEditorsThatSayOnlyThat() throws {
    let editor = try Editor(
      Orders.files, edits: ["resourceOperations": ["rename", "create", "delete"]],
      executesCommands: true)
    try editor.open("a.json", "{\"Order\": \"x\"}")
    let actions = try Self.actions(editor, "a.json", at: (0, 11), only: ["quickfix"])
    let action = try #require(actions.first)
    let text = try Self.newText(action, in: Editor.uri(".requisite-ignore.yaml"))
    #expect(text?.contains("rule: orders/number-has-digits") == true)
    // One that says nothing has no such action.
    let other = try Editor(Orders.files, edits: [:])
    try other.open("a.json", "{\"Order\": \"x\"}")
    #expect(try Self.actions(other, "a.json", at: (0, 11), only: ["quickfix"]).isEmpty)
  }

  @Test(arguments: ["", "\n", "  \r\n\n"]) func emptySuppressionsGetAnEntry(text: String) throws {
    var files = Orders.files
    files[".requisite-ignore.yaml"] = text
    let editor = try Editor(files)
    try editor.open("a.json", "{\"Order\": \"x\"}")
    let actions = try Self.actions(editor, "a.json", at: (0, 11), only: ["quickfix"])
    let action = try #require(
      actions.first { ($0["title"] as? String)?.hasPrefix("Ignore") == true })
    let new = try #require(try Self.newText(action, in: Editor.uri(".requisite-ignore.yaml")))
    try editor.open(".requisite-ignore.yaml", new)
    #expect(try editor.summary("a.json") == [])
  }

  /// Through a link, the file would be made elsewhere.
  @Test func linksThatLeadNowhereAreNotFollowed() throws {
    let editor = try Editor(Orders.files)
    editor.addLink(at: "/work/.requisite-ignore.yaml", to: "/elsewhere/new.yaml")
    try editor.open("a.json", "{\"Order\": \"x\"}")
    #expect(try Self.actions(editor, "a.json", at: (0, 11), only: ["quickfix"]).isEmpty)
  }

  /// An entry for a log is about the same value of each line.
  @Test func entriesForLogsAreForAllLines() throws {
    let editor = try Editor(Orders.files)
    let line = "{\"Order\": \"x\"}\n"
    try editor.open("a.jsonl", line + line, language: "jsonl")
    let action = try #require(
      try Self.actions(editor, "a.jsonl", at: (1, 11), only: ["quickfix"]).first)
    #expect(action["title"] as? String == "Ignore orders/number-has-digits here in all lines")
    let text = try #require(try Self.newText(action, in: Editor.uri(".requisite-ignore.yaml")))
    try editor.open(".requisite-ignore.yaml", text)
    #expect(try editor.summary("a.jsonl") == [])
  }

  /// A request with one finding, the place of that, and the line that the comment goes above.
  private static let comments: [(text: String, place: (Int, Int), line: Int)] = [
    ("Order: x\nNote: a\n", (0, 7), 0), ("{ Note: a, Order: x }", (0, 18), 0),
    ("Note:\n  - Order: 1\nOrder: x\n", (2, 7), 2),
    ("Note: a\r\nOrder: x\r\n", (1, 7), 1), ("Order: x\r\nNote: a\r\n", (0, 7), 0),
    ("Note: a\rOrder: x", (1, 7), 1),
    ("Note: \"a\n  b\"\nOrder:\n  x\n", (3, 2), 3),
    ("{ Note: \"a\n  b\", Order: x }\n", (1, 13), 0),
    ("Order: \"x\n  y\"\nNote: a\n", (0, 7), 0), ("Order: |\n  x\n\n  y\nNote: a\n", (0, 7), 0),
    ("Note: a\nBody: |\n  {\n    \"Order\": \"x\"\n  }\n", (3, 13), 1),
    ("Note: a\nBody: \"\n  {\n    \\\"Order\\\": \\\"x\\\"\n  }\"\n", (3, 15), 1),
    ("Note: a\nBody:\n  >-\n  {\"Order\":\n   \"x\"}\n", (4, 4), 2),
  ]

  /// The comment suppresses the finding and changes no value.
  @Test(arguments: comments.indices) func commentsIgnoreFindingsInYAML(index: Int) throws {
    let row = Self.comments[index]
    var files = Orders.files
    files["orders.yaml"] = """
      requisite: 1
      name: orders
      request:
        operation: Order
        detect: { required: [Note] }
      rules:
        order-is-number:
          given: $.Order
          then: { pattern: '^[0-9]+$' }
          message: Order must be a number
          examples: { pass: [{ Note: a, Order: '1' }], fail: [{ Note: a, Order: x }] }
        body-fits:
          given: $.Body
          then:
            contentMediaType: application/json
            contentSchema: { properties: { Order: { type: integer } } }
          message: Body must fit
          examples: { pass: [{ Note: a, Body: '{}' }], fail: [{ Note: a, Body: '{"Order": ""}' }] }
      """
    let editor = try Editor(files)
    try editor.open("a.yaml", row.text)
    let before = try editor.diagnostics("a.yaml")
    try #require(before.count == 1, "\(before)")
    let actions = try Self.actions(editor, "a.yaml", at: row.place, only: ["quickfix"])
    let comment = try #require(
      actions.first { ($0["title"] as? String)?.hasSuffix("with a comment") ?? false })
    let text = try #require(try Self.newText(comment, in: Editor.uri("a.yaml")))
    let ending = row.text.contains("\r\n") ? "\r\n" : row.text.contains("\r") ? "\r" : "\n"
    #expect(text.hasSuffix(ending))
    try editor.change("a.yaml", text, from: (row.line, 0), to: (row.line, 0))
    _ = try editor.diagnostics("a.yaml")
    #expect(editor.lastCodes("a.yaml") == ["suppression/open-reason"])
    let replaced = text.replacing("say why this finding is accepted", with: "old")
    try editor.change("a.yaml", row.text)
    try editor.change("a.yaml", replaced, from: (row.line, 0), to: (row.line, 0))
    #expect(try editor.summary("a.yaml") == [])
  }
}
