import Documents
import Findings
import RulePacks
import SourceText
import TestSupport
import Testing

struct RulePackReaderTests {
  private static let yaml = """
    requisite: 1
    name: acme-orders
    title: Orders
    version: 1.2.0-rc.1+build.05
    homepage: https://example.org/orders
    request:
      operation: PlaceOrder
      schema: ./models/../models/model.yaml
      detect: { required: [Items] }
      sensitive: $.Card
    parameters:
      maxItems: { type: integer, default: 2.0, description: The most items. }
      labels: { type: array, default: [] }
    rules:
      few-items:
        description: An order is short.
        severity: warning
        given: [$.Items, "$['Old Items']"]
        when: size(self) > 0
        then:
          maxItems: { $param: maxItems }
          properties: { $param: { type: string } }
        message: "{{ size(self) }} items are too many"
        help: |
          Order less.
        url: http://example.org
        tags: [size, limits]
        examples:
          fail: [{ Items: [1, 2, 3] }]
          pass: [{}, [], null]
      anything:
        description: D
        severity: off
        then: self != 1

    """

  private static let json = """
    {
      "requisite": 1, "name": "acme-orders", "title": "Orders",
      "version": "1.2.0-rc.1+build.05", "homepage": "https://example.org/orders",
      "request": {
        "operation": "PlaceOrder", "schema": "models/model.yaml",
        "detect": {"required": ["Items"]}, "sensitive": ["$.Card"]
      },
      "parameters": {
        "maxItems": {"type": "integer", "default": 2.0, "description": "The most items."},
        "labels": {"type": "array", "default": []}
      },
      "rules": {
        "few-items": {
          "description": "An order is short.", "severity": "warning",
          "given": ["$.Items", "$['Old Items']"], "when": "size(self) > 0",
          "then": {
            "maxItems": {"$param": "maxItems"},
            "properties": {"$param": {"type": "string"}}
          },
          "message": "{{ size(self) }} items are too many", "help": "Order less.\\n",
          "url": "http://example.org", "tags": ["size", "limits"],
          "examples": {"fail": [{"Items": [1, 2, 3]}], "pass": [{}, [], null]}
        },
        "anything": {"description": "D", "severity": "off", "then": "self != 1"}
      }
    }
    """

  @Test(arguments: [(yaml, "pack.yaml"), (json, "pack.json")])
  func readsEachPart(text: String, path: String) throws {
    let reading = Packs.read(text, path: path)
    #expect(Packs.lines(reading) == [])
    #expect(!reading.hasErrors)
    let pack = try #require(reading.pack)
    #expect(pack.formatVersion == 1)
    #expect(pack.name.value == "acme-orders")
    #expect(pack.title.map { pack.text(of: $0) } == "Orders")
    #expect(pack.version.map { pack.text(of: $0) } == "1.2.0-rc.1+build.05")
    #expect(pack.homepage.map { pack.text(of: $0) } == "https://example.org/orders")

    let request = try #require(pack.request)
    #expect(request.operation?.value == "PlaceOrder")
    #expect(request.schema?.file.source.path == "models/model.yaml")
    #expect(request.detect.map { pack.file.document.kind(of: $0) } == .object)
    #expect(request.sensitive.map(\.value) == ["$.Card"])

    #expect(pack.parameters.map(\.name.value) == ["maxItems", "labels"])
    #expect(pack.parameters.map(\.type) == [.integer, .array])
    #expect(pack.parameter(named: "maxItems").map { pack.text(of: $0.defaultValue) } == "2.0")
    #expect(pack.parameterUses.map(\.name.value) == ["maxItems"])
    let use = try #require(pack.parameterUses.first)
    #expect(pack.parameterUse(at: use.node)?.name.value == "maxItems")
    #expect(pack.parameterUse(at: .root) == nil)

    let composition = Packs.composition(of: pack)
    let rule = try #require(pack.rules.first)
    #expect(rule.given?.map(\.value) == ["$.Items", "$['Old Items']"])
    #expect(rule.message?.value == "{{ size(self) }} items are too many")
    #expect(
      composition.description(of: composition.rules[0])
        == RuleDescription(
          id: RuleID(pack: "acme-orders", rule: "few-items"), severity: .warning,
          summary: "An order is short.", help: "Order less.\n", url: "http://example.org",
          tags: ["size", "limits"]))
    guard case .expression(let when)? = rule.when, case .schema(let then)? = rule.then else {
      Issue.record("'when' is an expression and 'then' a schema")
      return
    }
    #expect(when.value == "size(self) > 0")
    #expect(pack.file.document.kind(of: then) == .object)
    #expect(rule.examples.map(\.expectation) == [.fail, .pass, .pass, .pass])
    #expect(
      rule.examples.map { String(decoding: $0.json(in: pack), as: UTF8.self) } == [
        #"{"Items":[1,2,3]}"#, "{}", "[]", "null",
      ])

    let other = try #require(pack.rules.last)
    #expect(other.severity?.value == .off)
    #expect(other.given == nil)
    #expect(composition.rules.last.map { composition.description(of: $0).severity } == .some(nil))
  }

  @Test func reportsErrorsOfTheModelInItsOwnFile() {
    let pack = Packs.withRule("request: { schema: model.yaml }")
    for (model, place) in [
      ("type: [\n", "model.yaml:2:1 pack/syntax"), ("- a\n", "model.yaml:1:1 pack/wrong-type"),
    ] {
      let reading = Packs.read(pack, model: model)
      #expect(reading.diagnostics.map { $0.place(in: "pack.yaml") } == [place])
      expectMessages(reading.diagnostics.map(\.goldenLine), of: "a model: \(model)")
    }
  }

  @Test func reportsDuplicateKeysOfJSON() {
    let pack = """
      {"requisite": 1, "name": "p", "rules": {
        "r": {"description": "D", "then": {"a": 1, "\\u0061": 2}}}}
      """
    let reading = Packs.read(pack, path: "p.json")
    #expect(reading.diagnostics.map { $0.place() } == ["2:46 pack/duplicate-key"])
    expectMessages(reading.diagnostics.map(\.goldenLine), of: "a duplicate key of JSON")
    #expect(reading.diagnostics.first?.related.first?.location.region.start.column == 38)
  }

  @Test func reportsAThousandErrors() {
    let fields = (1...1001).map { "    field\($0): x" }.joined(separator: "\n")
    let reading = Packs.read(Packs.withRule(fields))
    #expect(reading.diagnostics.count == 1001)
    #expect(reading.diagnostics.last?.place() == "1008:1 pack/too-many")
    expectMessages(reading.diagnostics.suffix(1).map(\.goldenLine), of: "a thousand errors")
  }

  @Test func showsTheLineOfAMistake() throws {
    let diagnostic = try #require(
      Packs.read(Packs.withRule("    severty: info")).diagnostics.first)
    let location = try #require(diagnostic.location)
    #expect(location.excerpt?.text == "    severty: info")
    #expect(location.excerpt?.highlight == 4..<11)
    #expect(location.pointer?.description == "/rules/r/severty")
    #expect(location.kind == .name)
  }

  @Test(arguments: [
    ("    when: has(x) && y", "has(x) && y"),
    ("    when: 'it''s && y'", "it's && y"),
    ("    when: \"a\\t\\u00e9\\n && y\"", "a\té\n && y"),
    ("    when: |\n      a ||\n        (b && y)", "a ||\n  (b && y)\n"),
    ("    when: >-\n      é ||\n      b && y", "é || b && y"),
  ])
  func findsTheSourceOfAPartOfAText(lines: String, text: String) throws {
    let pack = try #require(Packs.read(Packs.withRule(lines)).pack)
    guard case .expression(let when)? = pack.rules.first?.when else {
      Issue.record("'when' is an expression")
      return
    }
    #expect(when.value == text)
    let bytes = Array(text.utf8)
    let start = try #require(bytes.lastIndex(of: UInt8(ascii: "&"))) - 1
    let range = pack.file.sourceRange(of: start..<(start + 4), in: when.node)
    let source = pack.file.source.bytes[range.lowerBound..<range.upperBound]
    #expect(String(decoding: source, as: UTF8.self) == "&& y")
  }

  @Test func findsTheSourceOfAPartOfAJSONString() throws {
    let text = """
      {"requisite": 1, "name": "p", "rules": {
        "r": {"description": "D", "then": "self == '\\ud83d\\udc4d\\/' && y"}}}
      """
    let pack = try #require(Packs.read(text, path: "p.json").pack)
    guard case .expression(let then)? = pack.rules.first?.then else {
      Issue.record("'then' is an expression")
      return
    }
    #expect(then.value == "self == '👍/' && y")
    let range = pack.file.sourceRange(of: 16..<20, in: then.node)
    let source = pack.file.source.bytes[range.lowerBound..<range.upperBound]
    #expect(String(decoding: source, as: UTF8.self) == "&& y")
  }
}
