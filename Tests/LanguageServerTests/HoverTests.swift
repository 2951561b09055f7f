import Testing

/// A pack with a model.
private enum Parcels {
  static let files = [
    "parcels.yaml": """
    requisite: 1
    name: parcels
    request:
      operation: Parcel
      schema: parcel.schema.yaml
      detect: { required: [Kind] }
    rules:
      weight-is-positive:
        description: A parcel weighs something.
        given: $.Weight
        then: { exclusiveMinimum: 0 }
        message: Weight must be positive
        help: Weigh it again.
        examples:
          pass: [{ Kind: box, Weight: 1 }]
          fail: [{ Kind: box, Weight: 0 }]

    """,
    "parcel.schema.yaml": """
    type: object
    required: [Kind]
    properties:
      Kind: { description: The kind of the parcel., enum: [box, 'long tube'] }
      Weight: { description: The weight in grams., type: integer, maximum: 30000 }
      To: { $ref: '#/$defs/address' }
      Fragile: { type: boolean }
    $defs:
      address:
        type: object
        description: Where it goes.
        properties:
          City: { type: string, maxLength: 40 }
          Kind:
            type: object
            properties: { Kind: { type: string, description: A kind of its own. } }

    """,
    ".requisite.yaml": "requisite: 1\npacks: [parcels.yaml]\n",
  ]
}

struct HoverTests {
  /// The answer to a request about the position of the mark `|` in a text, which is opened without it.
  private static func answer(
    _ method: String, _ name: String, _ marked: String, opens: Bool = true,
    files: [String: String] = Parcels.files, replaces: Bool = false
  ) throws -> Any? {
    let editor = try Editor(files, replacesCompletions: replaces)
    let lines = marked.split(separator: "\n", omittingEmptySubsequences: false)
    let line = try #require(lines.firstIndex { $0.contains("|") })
    let character = try #require(lines[line].utf16.firstIndex(of: 0x7C))
    try editor.open(name, marked.replacing("|", with: ""))
    let position = [
      "line": line,
      "character": lines[line].utf16.distance(from: lines[line].startIndex, to: character),
    ]
    let answer = try editor.request(
      method, ["textDocument": ["uri": Editor.uri(name)], "position": position])
    return answer["result"]
  }

  private static func hover(_ name: String, _ marked: String) throws -> String? {
    let result = try answer("textDocument/hover", name, marked) as? [String: Any]
    return (result?["contents"] as? [String: Any])?["value"] as? String
  }

  private static func completions(
    _ name: String, _ marked: String, files: [String: String] = Parcels.files,
    replaces: Bool = false
  ) throws -> [String] {
    let result =
      try answer("textDocument/completion", name, marked, files: files, replaces: replaces)
      as? [[String: Any]]
    return try #require(result).compactMap { item in
      (item["textEdit"] as? [String: Any])?["newText"] as? String
    }
  }

  @Test func membersOfTheModelAreExplained() throws {
    #expect(
      try Self.hover("a.json", "{\"Kind\": \"box\", \"To\": {\"Kind\": {\"Ki|nd\": 1}}}")
        == "**`Kind`**: string\n\nA kind of its own.")
    #expect(
      try Self.hover("a.json", "{\"Kind\": \"box\", \"We|ight\": 5}")
        == "**`Weight`**: integer\n\nThe weight in grams.\n\n- `maximum: 30000`")
    #expect(
      try Self.hover("a.json", "{\"Ki|nd\": \"box\"}")
        == "**`Kind`**: required\n\nThe kind of the parcel.\n\nOne of `\"box\"`, `\"long tube\"`")
    #expect(
      try Self.hover("a.yaml", "Kind: box\nto:\n  ci|ty: x\n")?.contains("maxLength: 40") == true)
    #expect(try Self.hover("a.json", "{\"Kind\": \"box\", \"Oth|er\": 5}") == nil)
  }

  @Test func rulesAreExplained() throws {
    let help =
      "**`parcels/weight-is-positive`** (error)\n\nA parcel weighs something.\n\nWeigh it again."
    #expect(
      try Self.hover("a.json", "{\"Kind\": \"box\", \"Weight\": |0}")?.hasSuffix(help) == true)
    #expect(
      try Self.hover(
        ".requisite-ignore.yaml",
        "requisite: 1\nsuppressions:\n  - rule: parcels/weight|-is-positive\n") == help)
    #expect(
      try Self.hover(
        ".requisite.yaml",
        "requisite: 1\npacks: [parcels.yaml]\nrules:\n  parcels/|weight-is-positive: off\n")?
        .contains("A parcel weighs something.") == true)
    let pack = try #require(Parcels.files["parcels.yaml"])
    #expect(
      try Self.hover("parcels.yaml", pack.replacing("weight-is-", with: "weight-|is-")) == help)
  }

  @Test func fieldsArePartOfTheFormat() throws {
    let pack = try #require(Parcels.files["parcels.yaml"])
    #expect(try Self.hover("parcels.yaml", pack.replacing("given:", with: "gi|ven:")) != nil)
    let fields = try Self.completions(
      "parcels.yaml", pack.replacing("    help: Weigh it again.\n", with: "    |\n"))
    #expect(fields.contains("severity: "))
    #expect(!fields.contains("given: "))
    let severities = try Self.completions(
      "parcels.yaml", pack.replacing("help: Weigh it again.", with: "severity: |"))
    #expect(severities.contains("warning"))
  }

  @Test func membersAndValuesAreCompleted() throws {
    #expect(
      try Self.completions("a.json", "{\"Kind\": \"box\", |}")
        == ["\"Weight\": ", "\"To\": ", "\"Fragile\": "])
    #expect(
      try Self.completions("a.json", "{\"Kind\": \"box\", \"To\": {\"|\"}}") == ["City", "Kind"])
    #expect(try Self.completions("a.json", "{\"Kind\": |}") == ["\"box\"", "\"long tube\""])
    #expect(try Self.completions("a.yaml", "Kind: |\n") == ["box", "\"long tube\""])
    #expect(try Self.completions("a.yaml", "kind: box\nfragile: |\n") == ["true", "false"])
    #expect(try Self.completions("a.yaml", "kind: box\n|\n").contains("weight: "))
  }

  @Test func rulesAreCompleted() throws {
    let rules = try Self.completions(
      ".requisite-ignore.yaml", "requisite: 1\nsuppressions:\n  - rule: parcels/|\n")
    #expect(rules.contains("parcels/weight-is-positive"))
    #expect(rules.contains("parcels/schema/required"))
    let keys = try Self.completions(
      ".requisite.yaml", "requisite: 1\npacks: [parcels.yaml]\nrules:\n  |\n")
    #expect(keys.contains("parcels/weight-is-positive: "))
  }

  /// An edit begins behind the quote that the cursor is behind, and ends before the other one.
  @Test(arguments: [
    ("a.json", "{\"Kind\": \"b|\"}", "{\"Kind\": \"box\"}"),
    ("a.json", "{\"Kind\": \"b|ag\", \"To\": 1}", "{\"Kind\": \"box\", \"To\": 1}"),
    ("a.json", "{\"Kind\": \"b|\n}", "{\"Kind\": \"box\"\n}"),
    ("a.json", "{\"Kind\": b|}", "{\"Kind\": \"box\"}"),
    ("a.json", "{\"Kind\": \"b\"|}", "{\"Kind\": \"box\"}"),
    ("a.json", "{\"Kind\": \"l| }", "{\"Kind\": \"box\" }"),
    ("a.json", "{\"|\": 1}", "{\"Kind\": 1}"), ("a.json", "{\"|\n}", "{\"Kind\": \n}"),
    ("a.json", "{|}", "{\"Kind\": }"), ("a.json", "{\"K|\"}", "{\"Kind\"}"),
    ("a.yaml", "Kind: \"|\"\n", "Kind: \"box\"\n"), ("a.yaml", "Kind: '|'\n", "Kind: 'box'\n"),
    ("a.yaml", "Kind: 'b|\n", "Kind: 'box'\n"),
    ("a.yaml", "{ \"Kind\": \"b|\" }", "{ \"Kind\": \"box\" }"),
  ])
  func completionsKeepQuotes(name: String, marked: String, expected: String) throws {
    let result = try Self.answer("textDocument/completion", name, marked) as? [[String: Any]]
    let item = try #require(result?.first)
    let label = try #require(item["label"] as? String)
    #expect(["box", "Kind"].contains(label))
    #expect(item["filterText"] == nil)
    let edit = try #require(item["textEdit"] as? [String: Any])
    let range = try #require(edit["range"] as? [String: [String: Int]])
    let (start, end) = (range["start"] ?? [:], range["end"] ?? [:])
    #expect(start["line"] == 0 && end["line"] == 0)
    let line = Array(marked.replacing("|", with: "").prefix { $0 != "\n" })
    let cursor = try #require(Array(marked).firstIndex(of: "|"))
    let (first, last) = (try #require(start["character"]), try #require(end["character"]))
    #expect(first <= cursor && cursor <= last)
    let new = try #require(edit["newText"] as? String)
    let rest = marked.replacing("|", with: "").dropFirst(line.count)
    #expect(String(line[..<first]) + new + String(line[last...]) + rest == expected)
  }

  /// Editors that know how to replace a text have the closing quote replaced as well.
  @Test func namesAreCompletedWithTheirColon() throws {
    #expect(
      try Self.completions("a.json", "{\"K|\"}", replaces: true)
        == ["Kind\": ", "Weight\": ", "To\": ", "Fragile\": "])
    #expect(try Self.completions("a.json", "{\"K|\": 1}", replaces: true).first == "Kind")
  }

  /// A name that is half typed makes the file invalid, but not what it builds on.
  @Test(arguments: [
    (".requisite.yaml", "requisite: 1\npacks: [parcels.yaml]\nrules:\n  pa|\n"),
    (".requisite.yaml", "requisite: 1\npacks: [parcels.yaml]\nrules:\n  parcels/wei|: off\n"),
    (".requisite.yaml", "requisite: 1\npacks:\n- parcels.yaml\nrules: { p|: off }\n"),
    (".requisite.yaml", "requisite: 1\nrules:\n  parcels/|\npacks: [parcels.yaml]\n"),
    ("other.yaml", "requisite: 1\nname: other\nextends: parcels.yaml\nrules:\n  |\n"),
    ("other.yaml", "requisite: 1\nname: other\nextends: [parcels.yaml]\nrules:\n  we|\n"),
    (
      "other.yaml",
      "requisite: 1\nname: other\nextends:\n  - pack: parcels.yaml\nrules:\n  we|: error\n"
    ),
  ])
  func rulesAreCompletedWhileTheyAreTyped(name: String, marked: String) throws {
    let rules = try Self.completions(name, marked).map { $0.prefix { $0 != ":" } }
    #expect(
      rules.contains(name == "other.yaml" ? "weight-is-positive" : "parcels/weight-is-positive"))
  }

  @Test(arguments: [
    (".requisite.yaml", "requisite: 1\npacks: [|]\n", "parcels.yaml"),
    (".requisite.yaml", "requisite: 1\npacks:\n  - |\n", "aws-connect-chat"),
    (".requisite.yaml", "requisite: 1\npacks:\n  - par|\n", "parcels.yaml"),
    (".requisite.yaml", "requisite: 1\nfiles:\n  '*.x':\n    packs: [|]\n", "parcels.yaml"),
    ("sub/.requisite.yaml", "requisite: 1\nextends: [|]\n", "../.requisite.yaml"),
    ("other.yaml", "requisite: 1\nname: other\nextends: [|]\n", "parcels.yaml"),
    ("other.yaml", "requisite: 1\nname: other\nextends: |\n", "sub/inner.yaml"),
    ("other.yaml", "requisite: 1\nname: other\nextends:\n  - |\n", "pack: "),
    ("other.yaml", "requisite: 1\nname: other\nextends:\n  - pack: |\n", "parcels.yaml"),
    ("other.yaml", "requisite: 1\nname: o\nextends: sub/inner.yaml\nparameters:\n  |\n", "most: "),
    (
      ".requisite.yaml", "requisite: 1\npacks: [sub/inner.yaml]\nparameters:\n  inn|\n",
      "inner.most: "
    ),
  ])
  func namesOfPacksAndParametersAreCompleted(name: String, marked: String, item: String) throws {
    var files = Parcels.files
    files["sub/inner.yaml"] = """
      requisite: 1
      name: inner
      extends: aws-connect-chat
      parameters:
        most: { type: integer, default: 3, description: The most. }

      """
    #expect(try Self.completions(name, marked, files: files).contains(item))
  }
}
