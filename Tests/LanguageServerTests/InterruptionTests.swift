import LanguageServer
import Testing

struct InterruptionTests {
  /// Several blocks, with few findings.
  private static let log =
    String(
      repeating: "{\"Order\": \"1\", \"Text\": \"\(String(repeating: "x", count: 10_000))\"}\n",
      count: 300) + "{\"Order\": \"x\", \"Note\": 1}\n"

  /// Documents that take different ways through a check.
  private static let documents = [
    ("a.json", "{\"Order\": \"x\", \"Note\": 1}"),
    ("a.yaml", "Order: x\nNote: 1\n"),
    ("a.jsonl", log),
    ("b.json", "[" + log.dropLast().replacing("\n", with: ",\n") + "]"),
  ]

  /// How often the server asks, at least, before it has done something with a document.
  private static let counts = ["a.json": 4, "a.yaml": 4, "a.jsonl": 3, "b.json": 6]

  @Test(arguments: documents)
  func whatIsNoLongerWantedIsNotPublished(name: String, text: String) throws {
    let editor = try Editor([
      "orders.yaml": Orders.pack, ".requisite.yaml": "requisite: 1\npacks: [orders.yaml]\n",
    ])
    try editor.open(name, text)
    var count = 0
    editor.isUnwanted = { _ in
      count += 1
      return false
    }
    let whole = try editor.diagnostics(name)
    #expect(whole.isEmpty == false)
    #expect(count >= Self.counts[name, default: 0])
    for last in Set([1, 2, count / 2, count]).sorted() {
      try editor.change(name, "\n", from: (0, 0), to: (0, 0))
      var asked = 0
      editor.isUnwanted = { operation in
        guard case .report(DocumentURI(Editor.uri(name))) = operation else { return false }
        asked += 1
        return asked == last
      }
      let before = editor.reportCount(name)
      editor.work()
      // It is not asked again, and nothing comes of it; the document is still to be checked.
      #expect(asked == last)
      #expect(editor.reportCount(name) == before)
      #expect(editor.hasWork)
      editor.isUnwanted = nil
      #expect(try editor.diagnostics(name).count == whole.count)
    }
  }

  @Test func cancelledRequestsSaySo() throws {
    let editor = try Editor(Orders.files)
    try editor.open("a.json", "{\"Order\": \"x\", \"Note\": 1}")
    _ = try editor.diagnostics("a.json")
    let ends = ["line": 0, "character": 11]
    let parameters: [String: Any] = [
      "textDocument": ["uri": Editor.uri("a.json")], "range": ["start": ends, "end": ends],
      "context": ["diagnostics": []],
    ]
    var asked = 0
    editor.isUnwanted = { operation in
      guard case .answer = operation else { return false }
      asked += 1
      return asked == 3
    }
    #expect(try editor.errorCode("textDocument/codeAction", parameters) == -32_800)
    editor.isUnwanted = nil
    #expect(try editor.errorCode("textDocument/codeAction", parameters) == nil)
  }

  @Test func newerMessagesEndWhatIsDone() throws {
    let editor = try Editor(Orders.files)
    for name in ["a.json", "b.json"] { try editor.open(name, "{\"Order\": \"x\"}") }
    try editor.open("orders.yaml", Orders.pack)
    func notification(_ method: String, _ name: String) -> [String: Any] {
      [
        "jsonrpc": "2.0", "method": method,
        "params": ["textDocument": ["uri": Editor.uri(name)], "contentChanges": []],
      ]
    }
    func changedFile(_ name: String) -> [String: Any] {
      [
        "jsonrpc": "2.0", "method": "workspace/didChangeWatchedFiles",
        "params": ["changes": [["uri": Editor.uri(name), "type": 2]]],
      ]
    }
    _ = try editor.diagnostics("a.json")
    let report = LanguageServer.Operation.report(DocumentURI(Editor.uri("a.json")))
    let answer = LanguageServer.Operation.answer(Array("7".utf8))
    let cancel: [String: Any] = [
      "jsonrpc": "2.0", "method": "$/cancelRequest", "params": ["id": 7],
    ]
    let cases: [(message: [String: Any], endsReport: Bool, endsAnswer: Bool)] = [
      (notification("textDocument/didChange", "a.json"), true, false),
      (notification("textDocument/didClose", "a.json"), true, false),
      (notification("textDocument/didChange", "b.json"), false, false),
      (notification("textDocument/didChange", "orders.yaml"), true, false),
      (notification("textDocument/didChange", "none.yaml"), false, false),
      (notification("textDocument/didSave", "a.json"), false, false),
      (changedFile(".requisite.yaml"), true, false), (changedFile("c.json"), false, false),
      (cancel, false, true),
      (["jsonrpc": "2.0", "method": "exit"], true, true),
      (["jsonrpc": "2.0", "id": 7, "method": "shutdown"], true, false),
      (["jsonrpc": "2.0", "id": 7, "method": "textDocument/hover"], false, false),
    ]
    let pack = LanguageServer.Operation.report(DocumentURI(Editor.uri("orders.yaml")))
    #expect(try !editor.ends(pack, notification("textDocument/didChange", "a.json")))
    for (message, endsReport, endsAnswer) in cases {
      #expect(try editor.ends(report, message) == endsReport, "\(message)")
      #expect(try editor.ends(answer, message) == endsAnswer, "\(message)")
    }
  }

  /// What suppressions do takes long to tell, so that whatever arrives ends that for now, between two files.
  @Test func suppressionsNeverKeepOthersWaiting() throws {
    let editor = try Orders.editorWithUnusedEntry()
    let start = ContinuousClock.now
    editor.setNow(start)
    let name = ".requisite-ignore.yaml"
    #expect(try editor.summary(name).contains { $0.contains("suppression/unused") })
    let entries = ["a", "b", "c", "d"].map { file in
      "  - { rule: orders/number-has-digits, path: /\(file).json, reason: old }\n"
    }
    try editor.change(
      name, "requisite: 1\nsuppressions:\n\(entries.joined())  - { rule: 1, path: a, reason: b }\n")
    let messages = [
      ["jsonrpc": "2.0", "id": 7, "method": "textDocument/hover"],
      [
        "jsonrpc": "2.0", "method": "textDocument/didChange",
        "params": ["textDocument": ["uri": Editor.uri(name)]],
      ],
      [
        "jsonrpc": "2.0", "method": "textDocument/didClose",
        "params": ["textDocument": ["uri": Editor.uri("other.json")]],
      ],
    ]
    // The time of each attempt, and how many reports of the text there are then.
    let error = "suppression/wrong-type"
    let unused = [String](repeating: "suppression/unused", count: 4)
    let attempts = [(0, 0, []), (500, 1, [error]), (900, 1, [error]), (901, 2, unused + [error])]
    let count = editor.reportCount(name)
    for (time, reports, codes) in attempts {
      editor.setNow(start + .milliseconds(time))
      for message in messages {
        #expect(
          try editor.ends(.report(DocumentURI(Editor.uri(name))), message), "\(time) \(message)")
      }
      #expect(editor.hasWork)
      editor.isUnwanted = { _ in true }
      editor.work()
      #expect(editor.reportCount(name) == count + reports)
      if reports > 0 { #expect(editor.lastCodes(name).sorted() == codes) }
    }
    #expect(!editor.hasWork)
  }

  /// Where only other files have changed, the list that is shown stays until all is known.
  @Test func reportsOfTheSameTextStayWhole() throws {
    let editor = try Orders.editorWithUnusedEntry()
    let start = ContinuousClock.now
    editor.setNow(start)
    let name = ".requisite-ignore.yaml"
    let entries = ["a", "b"].map { file in
      "  - { rule: orders/number-has-digits, path: /\(file).json, reason: old }\n"
    }
    try editor.change(name, "requisite: 1\nsuppressions:\n\(entries.joined())")
    let whole = try editor.summary(name)
    #expect(whole.count == 2)
    let count = editor.reportCount(name)
    try editor.write(".requisite.yaml", Orders.configuration + "# new\n")
    editor.isUnwanted = { _ in true }
    editor.work()
    editor.setNow(start + .milliseconds(10_000))
    try editor.write(".requisite.yaml", Orders.configuration + "# newer\n")
    editor.work()
    #expect(editor.hasWork)
    #expect(editor.reportCount(name) == count)
    editor.work()
    #expect(!editor.hasWork)
    #expect(editor.reportCount(name) == count + 1)
    #expect(try editor.summary(name) == whole)
    editor.isUnwanted = nil
    // A request that no entry is about changes nothing; one that an entry is about is looked at again.
    for (file, reports) in [("other.json", 2), ("b.json", 3)] {
      try editor.open(file, "{\"Order\": \"x\"}")
      try editor.change(file, "{\"Order\": \"xx\"}")
      editor.settle()
      #expect(editor.reportCount(name) == count + reports)
      #expect(try editor.summary(name).count == (file == "b.json" ? 1 : 2))
    }
  }

  /// A person who types on and on sees something from time to time.
  @Test func overdueReportsAreFinished() throws {
    let editor = try Editor(Orders.files)
    let start = ContinuousClock.now
    editor.setNow(start)
    for name in ["a.json", "b.json"] { try editor.open(name, "{\"Order\": \"x\"}") }
    let report = LanguageServer.Operation.report(DocumentURI(Editor.uri("a.json")))
    let change: [String: Any] = [
      "jsonrpc": "2.0", "method": "textDocument/didChange",
      "params": ["textDocument": ["uri": Editor.uri("a.json")]],
    ]
    var close = change
    close["method"] = "textDocument/didClose"
    editor.setNow(start + .milliseconds(499))
    #expect(try editor.ends(report, change))
    editor.setNow(start + .milliseconds(500))
    #expect(try editor.ends(report, change) == false)
    #expect(try editor.ends(report, close))
    _ = try editor.diagnostics("a.json")
    try editor.change("a.json", "{}")
    #expect(try editor.ends(report, change))
    try editor.change("a.json", "{\"Order\": \"1\"}")
    editor.setNow(start + .milliseconds(1_000))
    #expect(try editor.ends(report, change) == false)
  }
}
