import Foundation
import Testing

struct SynchronizationTests {
  private static func range(_ line: Any, _ character: Any) -> [String: Any] {
    let position = ["line": line, "character": character]
    return ["start": position, "end": position]
  }

  private static var broken: [[String: Any]] {
    [
      ["text": 1], ["text": "x", "range": 1], ["text": "x", "range": ["start": ["line": 0]]],
      ["text": "x", "range": range(-1, 0)], ["text": "x", "range": range(0, -1)],
      ["text": "x", "range": range(9, 0)], ["text": "x", "range": range(0.5, 0)],
    ]
  }

  private static let outOfSync = ["1 editor/out-of-sync 0:0-0:0"]

  @Test(arguments: 0..<7) func documentsGetOutOfSync(index: Int) throws {
    let editor = try Editor(Orders.files)
    try editor.open("a.json", "{\"Order\": \"x\"}")
    #expect(try editor.summary("a.json") == ["1 orders/number-has-digits 0:10-0:13"])
    try editor.change("a.json", by: [Self.broken[index]])
    #expect(try editor.summary("a.json") == Self.outOfSync)
    // Nothing is known of the text until all of it arrives.
    try editor.change("a.json", "1", from: (0, 11), to: (0, 12))
    #expect(try editor.summary("a.json") == Self.outOfSync)
    let parameters: [String: Any] = [
      "textDocument": ["uri": Editor.uri("a.json")], "position": ["line": 0, "character": 0],
      "range": Self.range(0, 0), "context": ["diagnostics": [] as [Any]],
    ]
    for method in ["hover", "definition", "completion", "codeAction"] {
      #expect(try editor.errorCode("textDocument/\(method)", parameters) == -32_801)
    }
    try editor.change("a.json", by: [["text": "{\"Order\": \"1\"}", "range": NSNull()]])
    #expect(try editor.summary("a.json") == [])
    #expect(try editor.errorCode("textDocument/hover", parameters) == nil)
  }

  @Test func wholeTextsBringDocumentsBack() throws {
    let editor = try Editor(Orders.files)
    try editor.open("a.json", "{}")
    let whole: [String: Any] = ["text": "{\"Order\": \"x\"}"]
    let edit: [String: Any] = ["text": "y", "range": Self.range(0, 11)]
    try editor.change("a.json", by: [Self.broken[0], edit, whole, edit])
    #expect(try editor.summary("a.json") == ["1 orders/number-has-digits 0:10-0:14"])
    #expect(
      editor.otherMessages.contains { $0["method"] as? String == "window/logMessage" } == false)
    try editor.change("a.json", by: [whole, Self.broken[1]])
    #expect(try editor.summary("a.json") == Self.outOfSync)
    try editor.open("a.json", "{\"Order\": \"1\"}")
    #expect(try editor.summary("a.json") == [])
  }

  @Test func textsOfTwoAddressesAreKeptApart() throws {
    for other in ["%61.json", "a.json?x", "a.json#y"] {
      let editor = try Editor(Orders.files)
      try editor.open("orders.yaml", Orders.pack)
      let twin = other.replacing("%61.json", with: "orders.y%61ml")
        .replacing("a.json", with: "orders.yaml")
      try editor.open(twin, Orders.pack)
      try editor.open("a.json", "{\"Order\": \"x\"}")
      let loose = Orders.pack.replacing("^[0-9]+$", with: "^[0-9x]+$")
        .replacing("fail: [{ Order: x }]", with: "fail: [{ Order: y }]")
      try editor.change("orders.yaml", loose)
      #expect(try editor.summary("a.json") == [])
      try editor.close(twin)
      #expect(try editor.summary("a.json") == [])
      try editor.close("orders.yaml")
      #expect(try editor.summary("a.json") == ["1 orders/number-has-digits 0:10-0:13"])
    }
  }

  /// Names with the same letters and different bytes are those of different files.
  @Test(arguments: [
    ("gr\u{F6}\u{DF}e", "gro\u{308}\u{DF}e"), ("gr%C3%B6%C3%9Fe", "gro%CC%88%C3%9Fe"),
  ]) func lookAlikeNamesAreKeptApart(composed: String, decomposed: String) throws {
    let editor = try Editor(Orders.files)
    try editor.open("\(composed).json", "{\"Order\": \"x\"}")
    try editor.open("\(decomposed).json", "{\"Order\": \"1\"}")
    #expect(try editor.summary("\(composed).json") == ["1 orders/number-has-digits 0:10-0:13"])
    #expect(try editor.summary("\(decomposed).json") == [])
    try editor.change("\(decomposed).json", "2", from: (0, 11), to: (0, 12))
    #expect(try editor.summary("\(composed).json") == ["1 orders/number-has-digits 0:10-0:13"])
    let folder = try #require(decomposed.removingPercentEncoding)
    try editor.write(
      "\(folder)/.requisite.yaml",
      "requisite: 1\npacks: [../orders.yaml]\nrules: { orders/number-has-digits: off }\n")
    try editor.open("\(composed)/a.json", "{\"Order\": \"x\"}")
    try editor.open("\(decomposed)/a.json", "{\"Order\": \"x\"}")
    #expect(try editor.summary("\(composed)/a.json") == ["1 orders/number-has-digits 0:10-0:13"])
    #expect(try editor.summary("\(decomposed)/a.json") == [])
  }

  /// Files that others are made of: the model of a pack, and a baseline by another name.
  @Test(arguments: [
    (
      "order.schema.yaml", "properties: { Order: { maxLength: 9 } }\n",
      "properties: { Order: { maxLength: 1 } }\n"
    ),
    ("known.jsonl", "{\"requisite-baseline\":1}\n", "{}\n"),
  ])
  func partsOfPacksAndConfigurationsApplyAsTheyAreTyped(
    name: String, fitting: String, other: String
  ) throws {
    var files = [
      "orders.yaml": Orders.pack.replacing(
        "  operation: Order\n", with: "  operation: Order\n  schema: order.schema.yaml\n"),
      "order.schema.yaml": "{}\n", "known.jsonl": "{\"requisite-baseline\":1}\n",
      ".requisite.yaml": Orders.configuration + "baseline: known.jsonl\n",
    ]
    files[name] = fitting
    let editor = try Editor(files)
    try editor.open("a.json", "{\"Order\": \"11\"}")
    try #require(try editor.summary("a.json") == [])
    try editor.open(name, fitting)
    #expect(try editor.summary("a.json") == [])
    for _ in 0..<2 {
      try editor.change(name, other)
      #expect(try editor.summary("a.json").count == 1)
      try editor.change(name, fitting)
      #expect(try editor.summary("a.json") == [])
    }
    try editor.change(name, other)
    try editor.close(name)
    #expect(try editor.summary("a.json") == [])
  }

  /// What is typed in one request is nothing to the others.
  @Test func requestsAreCheckedByThemselves() throws {
    let editor = try Editor(Orders.files)
    for name in ["a.json", "b.json"] { try editor.open(name, "{\"Order\": \"x\"}") }
    editor.settle()
    let count = editor.reportCount("b.json")
    try editor.change("a.json", "2", from: (0, 11), to: (0, 12))
    try editor.open("c.json", "{}")
    try editor.close("c.json")
    #expect(try editor.summary("a.json") == [])
    #expect(editor.reportCount("b.json") == count)
  }

  /// A request that is open by two URIs has the findings of the text that each of them has.
  @Test(arguments: ["json", "jsonl"]) func requestsAreCheckedAsTheyAreShown(ending: String) throws {
    let editor = try Editor(Orders.files)
    let (name, twin) = ("a.\(ending)", "%61.\(ending)")
    try editor.open(name, "{\"Order\": \"x\", \"Note\": 1}\n", language: ending)
    try editor.open(twin, "{\"Order\": \"1\"}\n", language: ending)
    #expect(try editor.diagnostics(name).count == 2)
    #expect(try editor.summary(twin) == [])
    try editor.change(twin, "{\"Order\": \"x\"}\n")
    #expect(try editor.summary(twin).count == 1)
    try editor.open("orders.yaml", Orders.pack)
    #expect(try editor.diagnostics(name).count == 2)
    try editor.close(name)
    #expect(try editor.summary(twin).count == 1)
  }

  @Test func suppressionsAreJudgedAgainWhenARequestIsClosed() throws {
    let editor = try Orders.editorWithUnusedEntry()
    try editor.open("a.json", "{\"Order\": \"x\"}")
    try editor.change("a.json", "{\"Order\": \"xx\"}")
    #expect(try editor.summary(".requisite-ignore.yaml") == [])
    try editor.close("a.json")
    #expect(try editor.summary(".requisite-ignore.yaml").first?.contains("unused") == true)
  }
}
