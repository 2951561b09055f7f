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
        properties: { City: { type: string, maxLength: 40 } }

    """,
    ".requisite.yaml": "requisite: 1\npacks: [parcels.yaml]\n",
  ]
}

struct HelpTests {
  /// The answer to a request about the position of the mark `|` in a text, which is opened without it.
  private static func answer(
    _ method: String, _ name: String, _ marked: String, opens: Bool = true,
    files: [String: String] = Parcels.files
  ) throws -> Any? {
    let editor = try Editor(files)
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

  private static func completions(_ name: String, _ marked: String) throws -> [String] {
    let result = try answer("textDocument/completion", name, marked) as? [[String: Any]]
    return try #require(result).compactMap { item in
      (item["textEdit"] as? [String: Any])?["newText"] as? String
    }
  }

  @Test func membersOfTheModelAreExplained() throws {
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
      try Self.completions("a.json", "{\"Kind\": \"box\", \"To\": {\"|\"}}") == ["\"City\": "])
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

  @Test func rulesHaveDefinitions() throws {
    let places = try Self.answer(
      "textDocument/definition", "a.json", "{\"Kind\": \"box\", \"Weight\": |0}")
    let place = try #require((places as? [[String: Any]])?.first)
    #expect(place["uri"] as? String == Editor.uri("parcels.yaml"))
    let range = place["range"] as? [String: [String: Int]]
    #expect(range?["start"] == ["line": 7, "character": 2])
  }
}
