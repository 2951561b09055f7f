import Testing

/// A pack of two rules, one of which has a fix, and a sensitive value.
enum Orders {
  static let pack = """
    requisite: 1
    name: orders
    request:
      operation: Order
      detect: { required: [Order] }
      sensitive: $.Secret
    rules:
      number-has-digits:
        given: $.Order
        then: { pattern: '^[0-9]+$' }
        message: Order must be a number
        examples:
          pass: [{ Order: '1' }]
          fail: [{ Order: x }]
      note-is-absent:
        severity: warning
        given: $
        then: { properties: { Note: false } }
        message: Note is not used
        fix: { description: remove the note, operations: [{ op: remove, path: /Note }] }
        examples:
          pass: [{ Order: '1' }]
          fail: [{ Order: '1', Note: a }]

    """

  static let configuration = "requisite: 1\npacks: [orders.yaml]\n"

  static let files = ["orders.yaml": pack, ".requisite.yaml": configuration]

  /// An editor with an open entry for a file that has no finding.
  static func editorWithUnusedEntry() throws -> Editor {
    let editor = try Editor(files.merging(["a.json": "{\"Order\": \"1\"}"]) { first, _ in first })
    try editor.open(
      ".requisite-ignore.yaml",
      "requisite: 1\nsuppressions:\n  - { rule: orders/number-has-digits, path: /a.json, reason: old }\n"
    )
    return editor
  }
}

struct DiagnosticsTests {
  /// Columns of findings leave a byte-order mark out; those of the protocol do not.
  @Test(arguments: [("utf-16", 1), ("utf-8", 3)])
  func byteOrderMarksAreCounted(encoding: String, length: Int) throws {
    let editor = try Editor(Orders.files, encodings: [encoding])
    try editor.open("a.json", "\u{FEFF}{\"Order\": \"x\"}")
    #expect(
      try editor.summary("a.json")
        == ["1 orders/number-has-digits 0:\(10 + length)-0:\(13 + length)"])
    try editor.open("b.json", "\u{FEFF}{\n\"Order\": \"x\"}")
    #expect(try editor.summary("b.json") == ["1 orders/number-has-digits 1:9-1:12"])
  }

  /// However many findings there are, what may be the reason of them is shown.
  @Test(arguments: [999, 1_000, 1_001]) func errorsAreShownBesideManyFindings(count: Int) throws {
    let editor = try Editor(Orders.files)
    try editor.open(".requisite-ignore.yaml", "requisite: 1\nsuppressions: [{ rule: a/b }]\n")
    try editor.open(
      "a.jsonl", String(repeating: "{\"Order\": \"x\"}\n", count: count), language: "jsonl")
    let diagnostics = try editor.diagnostics("a.jsonl")
    let codes = diagnostics.compactMap { $0["code"] as? String }
    #expect(codes.count { $0 == "orders/number-has-digits" } == min(count, 1_000))
    #expect(codes.contains { $0.hasPrefix("suppression/") })
    let cut = diagnostics.first { $0["code"] as? String == "editor/findings-cut" }
    #expect(
      (cut?["message"] as? String)?.hasPrefix("1 more is not shown") == (count > 1_000 ? true : nil)
    )
  }

  @Test func requestsAreCheckedWhileTheyAreTyped() throws {
    let editor = try Editor(Orders.files)
    try editor.open("a.json", "{\"Order\": \"😀\", \"Order2\": 1}")
    #expect(try editor.summary("a.json") == ["1 orders/number-has-digits 0:10-0:14"])
    try editor.change("a.json", "12", from: (0, 11), to: (0, 13))
    #expect(try editor.summary("a.json") == [])
    try editor.change("a.json", "x", from: (0, 12), to: (0, 12))
    #expect(try editor.summary("a.json") == ["1 orders/number-has-digits 0:10-0:15"])
    try editor.change("a.json", "", from: (0, 0), to: (0, 1))
    #expect(try editor.summary("a.json").first?.contains("json/syntax") == true)
  }

  @Test func rangesAreInTheUnitsOfTheEditor() throws {
    let editor = try Editor(Orders.files, encodings: ["utf-8"])
    try editor.open("a.json", "{\"N\": \"😀\", \"Order\": \"ä\"}")
    #expect(try editor.summary("a.json") == ["1 orders/number-has-digits 0:23-0:27"])
  }

  @Test func onlyTheLastOfSeveralEditsIsChecked() throws {
    let editor = try Editor(Orders.files)
    try editor.open("a.json", "{\"Order\": \"1\"}")
    _ = try editor.diagnostics("a.json")
    for digit in 0..<20 { try editor.change("a.json", "\(digit)", from: (0, 11), to: (0, 11)) }
    editor.settle()
    #expect(editor.reportCount("a.json") == 2)
  }

  @Test func unsavedPacksApplyToOpenRequests() throws {
    let editor = try Editor(Orders.files)
    try editor.open("a.json", "{\"Order\": \"x\"}")
    #expect(try editor.summary("a.json") == ["1 orders/number-has-digits 0:10-0:13"])
    try editor.open("orders.yaml", Orders.pack)
    #expect(try editor.summary("orders.yaml") == [])
    let loose = Orders.pack.replacing("^[0-9]+$", with: "^[0-9x]+$")
      .replacing("fail: [{ Order: x }]", with: "fail: [{ Order: y }]")
    try editor.change("orders.yaml", loose)
    #expect(try editor.summary("a.json") == [])
    try editor.notify(
      "textDocument/didClose", ["textDocument": ["uri": Editor.uri("orders.yaml")]])
    #expect(try editor.summary("a.json") == ["1 orders/number-has-digits 0:10-0:13"])
  }

  @Test func unsavedConfigurationsApplyToOpenRequests() throws {
    let editor = try Editor(Orders.files)
    try editor.open("a.json", "{\"Order\": \"x\"}")
    try editor.open(".requisite.yaml", Orders.configuration)
    #expect(try editor.summary(".requisite.yaml") == [])
    try editor.change(
      ".requisite.yaml",
      Orders.configuration + "rules: { orders/number-has-digits: warning }\n")
    #expect(try editor.summary("a.json") == ["2 orders/number-has-digits 0:10-0:13"])
    try editor.change(".requisite.yaml", Orders.configuration + "rules: { orders/none: off }\n")
    #expect(try editor.summary(".requisite.yaml") == ["1 config/unknown-rule 2:9-2:20"])
    // A request that cannot be checked says why.
    #expect(try editor.summary("a.json") == ["1 config/unknown-rule 0:0-0:0"])
    let related = try editor.diagnostics("a.json").first?["relatedInformation"] as? [[String: Any]]
    let location = related?.first?["location"] as? [String: Any]
    #expect(location?["uri"] as? String == Editor.uri(".requisite.yaml"))
  }

  @Test func suppressionsTakeFindingsOut() throws {
    let editor = try Editor(Orders.files)
    try editor.open("a.json", "{\"Order\": \"x\"}")
    let entry =
      "requisite: 1\nsuppressions:\n  - rule: orders/number-has-digits\n    path: a.json\n    reason: old\n"
    try editor.open(".requisite-ignore.yaml", entry)
    #expect(try editor.summary("a.json") == [])
    try editor.change(
      ".requisite-ignore.yaml", entry.replacing("number-has-digits", with: "number-has-digit"))
    #expect(
      try editor.summary(".requisite-ignore.yaml") == ["2 suppression/unknown-rule 2:10-2:33"])
    #expect(try editor.summary("a.json") == ["1 orders/number-has-digits 0:10-0:13"])
  }

  @Test func suppressionsForOneFileAreJudged() throws {
    let editor = try Editor(
      Orders.files.merging(["a.json": "{\"Order\": \"1\"}"]) { first, _ in first })
    func entry(_ path: String, _ rule: String = "number-has-digits") -> String {
      let until = rule == "note-is-absent" ? "2020-01-01" : "2030-01-01"
      return "  - { rule: orders/\(rule), path: \(path), until: \(until), reason: old }\n"
    }
    let text =
      "requisite: 1\nsuppressions:\n" + entry("/a.json") + entry("/none.json") + entry("'*.json'")
      + entry("/a.json", "note-is-absent")
    try editor.open(".requisite-ignore.yaml", text)
    let (unused, missing) = ("2 suppression/unused 2:12-", "2 suppression/unused 3:12-")
    let expired = "2 suppression/expired 5:12-"
    func starts() throws -> [String] {
      try editor.summary(".requisite-ignore.yaml").map {
        String($0.prefix(through: $0.lastIndex(of: "-") ?? $0.startIndex))
      }
    }
    #expect(try starts() == [unused, missing, expired])
    // What is typed in a request counts, and nothing of an entry for several files.
    try editor.open("a.json", "{\"Order\": \"1\"}")
    try editor.change("a.json", "{\"Order\": \"x\"}")
    #expect(try starts() == [missing, expired])
    try editor.change("a.json", "{\"Order\": \"1\"}")
    #expect(try starts() == [unused, missing, expired])
    // So it is in a configuration.
    try editor.open(
      ".requisite.yaml",
      Orders.configuration + text.split(separator: "\n").dropFirst().joined(separator: "\n"))
    let found = try editor.diagnostics(".requisite.yaml").compactMap { $0["code"] as? String }
    #expect(found.contains("suppression/unused"))
  }

  @Test func packsHaveTheirDiagnostics() throws {
    let editor = try Editor(Orders.files)
    try editor.open("orders.yaml", Orders.pack.replacing("given: $.Order", with: "givn: $.Order"))
    #expect(
      try editor.summary("orders.yaml")
        == ["1 pack/unknown-field 8:4-8:8"])
    // A pack that no configuration names, and that was never saved.
    try editor.open("other.yaml", "requisite: 1\nname: 7\n")
    #expect(try editor.summary("other.yaml").isEmpty == false)
  }

  @Test func otherFilesAreLeftAlone() throws {
    let editor = try Editor()
    try editor.open("tsconfig.json", "{ // comment\n}", language: "jsonc")
    try editor.open("values.yaml", "a: [\n{{- if .x }}")
    try editor.open("package.json", "{\"name\": \"x\"}")
    for name in ["tsconfig.json", "values.yaml", "package.json"] {
      #expect(try editor.summary(name) == [])
    }
  }

  @Test func logsAndArraysAreChecked() throws {
    let editor = try Editor(["orders.yaml": Orders.pack, ".requisite.yaml": Orders.configuration])
    try editor.open("a.jsonl", "{\"Order\": \"1\"}\n{\"Order\": \"x\"}\n", language: "jsonl")
    #expect(try editor.summary("a.jsonl") == ["1 orders/number-has-digits 1:10-1:13"])
    try editor.change("a.jsonl", "", from: (0, 0), to: (1, 0))
    #expect(try editor.summary("a.jsonl") == ["1 orders/number-has-digits 0:10-0:13"])
  }

  @Test func sensitiveValuesAreNotShown() throws {
    let strict =
      Orders.pack + """
          secret-is-short:
            given: $.Secret
            then: { maxLength: 3, pattern: '^a' }
            message: Secret is {{ self }}
            examples:
              pass: [{ Order: '1', Secret: abc }]
              fail: [{ Order: '1', Secret: bcd }]

        """
    let editor = try Editor(["orders.yaml": strict, ".requisite.yaml": Orders.configuration])
    try editor.open("a.json", "{\"Order\": \"1\", \"Secret\": \"hunter2\"}")
    let diagnostics = try editor.diagnostics("a.json")
    #expect(diagnostics.count == 2)
    #expect(!"\(diagnostics)".contains("hunter2"))
  }

  @Test func reportsEndWithTheirDocument() throws {
    let editor = try Editor(Orders.files)
    try editor.open("a.json", "{\"Order\": \"x\"}")
    _ = try editor.diagnostics("a.json")
    try editor.notify("textDocument/didClose", ["textDocument": ["uri": Editor.uri("a.json")]])
    #expect(try editor.summary("a.json") == [])
  }

  /// What is wrong with one configuration is not shown in requests that another one governs.
  @Test(arguments: [["one", "two", "good"], ["two", "good", "one"], ["good", "two", "one"]])
  func errorsOfConfigurationsStayInTheirFolders(order: [String]) throws {
    let editor = try Editor([
      "one/.requisite.yaml": "requisite: 1\npacks: [none.yaml]\n",
      "two/.requisite.yaml": "requisite: 1\npacks: [orders.yaml]\nrules: { orders/none: off }\n",
      "two/orders.yaml": Orders.pack,
      "good/.requisite.yaml": Orders.configuration, "good/orders.yaml": Orders.pack,
    ])
    for folder in order {
      try editor.open("\(folder)/a.json", "{\"Order\": \"x\"}")
      editor.settle()
    }
    #expect(try editor.summary("one/a.json") == ["1 pack/unknown 0:0-0:0"])
    #expect(try editor.summary("two/a.json") == ["1 config/unknown-rule 0:0-0:0"])
    #expect(try editor.summary("good/a.json") == ["1 orders/number-has-digits 0:10-0:13"])
  }

  /// Files that are no requests have no diagnostics, however broken they are, with and without a configuration.
  @Test(arguments: [
    ("package.json", "{\"name\": \"x\",}"),
    ("tsconfig.json", "{\n  // c\n  \"compilerOptions\": {}\n}"),
    ("empty.json", ""), ("text.json", "hello"), ("half.json", "{\"a\": [1, "),
    ("a.jsonl", "{\"a\": 1,}\n{\n"),
    ("chart.yaml", "a: [\n{{ x }}: 1\n"),
    ("report.json", "{\"$schema\": \"x\", \"findings\": [], \"diagnostics\": []}"),
  ])
  func otherFilesHaveNoDiagnostics(name: String, text: String) throws {
    for files in [Orders.files, [:]] {
      let editor = try Editor(files)
      try editor.open(name, text)
      #expect(try editor.summary(name) == [])
    }
  }

  /// A malformed request is reported if it is one so far, and once it was one.
  @Test func malformedRequestsAreReported() throws {
    let editor = try Editor(Orders.files)
    try editor.open("a.json", "{\"Order\": \"1\",}")
    #expect(try editor.summary("a.json") == ["1 json/syntax 0:13-0:14"])
    try editor.open("b.json", "{\"Order\": \"1\"}")
    #expect(try editor.summary("b.json") == [])
    try editor.change("b.json", "{\"Order")
    #expect(try !editor.summary("b.json").isEmpty)
    try editor.change("b.json", "{\"name\": 1}")
    #expect(try editor.summary("b.json") == [])
  }

  @Test func filesOnTheDiskAreReadAgain() throws {
    let loose = Orders.pack.replacing("^[0-9]+$", with: "^[0-9x]+$")
      .replacing("fail: [{ Order: x }]", with: "fail: [{ Order: y }]")
    let editor = try Editor([
      ".requisite.yaml": "requisite: 1\npacks: [main.json]\n", "orders.yaml": Orders.pack,
      "main.json": "{\"requisite\": 1, \"name\": \"main\", \"extends\": [\"orders.yaml\"]}",
    ])
    try editor.open("a.json", "{\"Order\": \"x\"}")
    #expect(try editor.summary("a.json").count == 1)
    try editor.write("orders.yaml", loose)
    #expect(try editor.summary("a.json") == [])
    // Files that nothing depends on, and that of the document itself, change nothing.
    let count = editor.reportCount("a.json")
    for name in ["other.json", "log.jsonl", "a.json"] { try editor.write(name, "{}") }
    editor.settle()
    #expect(editor.reportCount("a.json") == count)
    // A pack that another one extends, suppressions, and a pack in JSON.
    try editor.write("orders.yaml", Orders.pack)
    #expect(try editor.summary("a.json").count == 1)
    try editor.write(".requisite-ignore.yaml", "requisite: 1\nsuppressions: 1\n")
    #expect(try editor.summary("a.json").count == 2)
    try editor.write(".requisite-ignore.yaml", "requisite: 1\n")
    #expect(try editor.summary("a.json").count == 1)
    try editor.write("main.json", "{")
    #expect(try editor.summary("a.json").first?.hasPrefix("1 pack/") == true)
  }

  /// What an entry for one file does is seen when that file changes.
  @Test func suppressionsAreJudgedAgainWhenAFileChanges() throws {
    let editor = try Orders.editorWithUnusedEntry()
    #expect(try editor.summary(".requisite-ignore.yaml").count == 1)
    try editor.write("a.json", "{\"Order\": \"x\"}")
    #expect(try editor.summary(".requisite-ignore.yaml") == [])
  }

  @Test func notAllOfManyFindingsAreShown() throws {
    let editor = try Editor(Orders.files)
    let text = String(repeating: "{\"Order\": \"x\"}\n", count: 1_002)
    try editor.open("a.jsonl", text, language: "jsonl")
    let shown = try editor.diagnostics("a.jsonl")
    #expect(shown.count == 1_001)
    #expect(shown.last?["code"] as? String == "editor/findings-cut")
    #expect((shown.last?["message"] as? String)?.hasPrefix("2 more are not shown") == true)
    #expect(try editor.summary("a.jsonl").last == "3 editor/findings-cut 1000:10-1000:10")
  }
}
