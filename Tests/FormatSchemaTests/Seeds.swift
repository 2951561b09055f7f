import Foundation
import TestSupport

/// A file that somebody has written: in the repository, its documentation or its scenarios.
struct Seed {
  enum Format { case pack, configuration, ignore }

  /// The text of the file.
  var text: String
  /// The path below the folder that it is in.
  var path: String
  /// The files of the folder, by path.
  var files: [String: [UInt8]] = [:]
  /// Whether it was written to have every member.
  var isComplete = false

  /// Every file of a format, by what it has and what it is called.
  static func all(_ format: Format) throws -> [Seed] {
    try (rules() + documented() + scenarios() + complete).filter { $0.format == format }
  }

  private var format: Format? {
    let keys = Set(
      text.split(separator: "\n").compactMap { $0.split(separator: ":").first.map(String.init) })
    guard keys.contains("requisite") else { return nil }
    if path.hasSuffix("ignore.yaml") { return .ignore }
    if keys.contains("name") { return .pack }
    return keys.isDisjoint(with: ["suppressions", "packs", "files", "fail-on", "rules"])
      ? nil : .configuration
  }

  private static func rules() throws -> [Seed] {
    let root = repository.appending(path: "Rules")
    var files: [String: [UInt8]] = [:]
    for path in try FileManager.default.subpathsOfDirectory(atPath: root.path)
    where path.hasSuffix(".yaml") {
      files[path] = try Array(Data(contentsOf: root.appending(path: path)))
    }
    return seeds(of: files)
  }

  private static func documented() throws -> [Seed] {
    let root = repository.appending(path: "Sources/requisite/Documentation.docc")
    var seeds: [Seed] = []
    for name in try FileManager.default.contentsOfDirectory(atPath: root.path).sorted()
    where name.hasSuffix(".md") {
      let page = try String(contentsOf: root.appending(path: name), encoding: .utf8)
      for block in page.components(separatedBy: "```yaml\n").dropFirst() {
        let text = block.components(separatedBy: "```")[0]
        seeds.append(Seed(text: text, path: name == "Suppressions.md" ? "ignore.yaml" : "a.yaml"))
      }
    }
    return seeds
  }

  private static func scenarios() throws -> [Seed] {
    let root = repository.appending(path: "Tests/CommandLineTests/Scenarios")
    var seeds: [Seed] = []
    for name in try FileManager.default.contentsOfDirectory(atPath: root.path).sorted()
    where name.hasSuffix(".scenario") {
      let text = try String(contentsOf: root.appending(path: name), encoding: .utf8)
      var files: [String: [UInt8]] = [:]
      for section in text.components(separatedBy: "==== ") where section.hasPrefix("file ") {
        let lines = section.split(separator: "\n", maxSplits: 1)
        if lines.count == 2 { files[String(lines[0].dropFirst(5))] = Array(lines[1].utf8) }
      }
      seeds += Self.seeds(of: files)
    }
    return seeds
  }

  private static func seeds(of files: [String: [UInt8]]) -> [Seed] {
    files.sorted { $0.key < $1.key }.filter { $0.key.hasSuffix(".yaml") }.map { path, bytes in
      Seed(text: String(decoding: bytes, as: UTF8.self), path: path, files: files)
    }
  }

  // MARK: - Files with every member

  private static let complete: [Seed] = [
    Seed(text: configuration, path: ".requisite.yaml", isComplete: true),
    Seed(text: ignore, path: ".requisite-ignore.yaml", isComplete: true),
    Seed(text: pack, path: "p.yaml", files: ["model.yaml": Array(model.utf8)], isComplete: true),
    Seed(text: extending, path: "q.yaml", files: ["p.yaml": Array(parent.utf8)], isComplete: true),
    Seed(text: keywords, path: "k.yaml", isComplete: true),
  ]

  private static let configuration = """
    requisite: 1
    requires: '>=0.1, <9'
    extends: [ ../base.yaml ]
    packs: [ aws-connect-chat, packs/acme.yaml ]
    parameters: { aws-connect-chat.maxAttributeBytes: 16384, acme.list: [ a, b ] }
    rules: { acme/one: off, acme/schema/type: info }
    casing: snake
    suppression-comments: false
    exclude: [ vendor, '*.generated.json' ]
    files:
      'a/**': { packs: [ acme.yaml ], operation: Send, casing: wire, rules: { acme/two: error }, exclude: false, fail-on: never, suppression-comments: true }
      '*.log':
    suppressions:
      - { rule: acme/one, path: a/b.json, pointer: /A/*/b~0c, reason: R, owner: O, until: 2027-03-31 }
    baseline: .requisite-baseline.jsonl
    fail-on: info
    formats: [ text, json=out/report.json, sarif=- ]
    """

  private static let ignore = """
    requisite: 1
    suppressions:
      - rule: acme/one
        path: a/**/b.json
        pointer: ''
        reason: because
      - { rule: acme/schema/type, path: '*', pointer: /**/x, reason: R, owner: O, until: 2028-02-29 }
    """

  private static let model =
    "type: object\nproperties: { A: { type: string }, B: { type: array, items: { type: object } } }\n"

  private static let pack = """
    requisite: 1
    requires: '>=0.1'
    name: p
    title: T
    version: 1.2.3-rc.1+b.5
    homepage: https://example.com/p
    request:
      operation: Send
      schema: model.yaml
      detect: { required: [ A ] }
      sensitive: [ $.A ]
      identity: { $.B: Id }
    parameters:
      most: { type: integer, default: 9, description: D, minimum: 1, maximum: 99, multipleOf: 1 }
      word: { type: string, default: ab, minLength: 1, maxLength: 9, pattern: '^[a-z]+$', enum: [ ab, cd ] }
      list: { type: array, default: [ a ], minItems: 1, maxItems: 3, uniqueItems: true, items: { type: string } }
      share: { type: number, default: 0.5, exclusiveMinimum: 0, exclusiveMaximum: 1 }
      flag: { type: boolean, default: true }
      map: { type: object, default: { a: 1 } }
    rules:
      one:
        description: D
        severity: warning
        given: [ $.A ]
        when: { type: string }
        then: { maxLength: { $param: most } }
        message: Too long, {{ value }}
        help: H
        url: https://example.com/one
        tags: [ size ]
        fix: { description: Cut, safe: false, operations: [ { op: replace, path: '', value: a } ] }
        examples:
          pass: [ { A: a }, { $request: { A: b }, name: short } ]
          fail:
            - { A: { $repeat: [ a, 20 ] } }
            - { $request: { A: aaaaaaaaaaaaaaaa }, name: N, pointer: /A, message: 'Too long, ‹redacted›', detail: '16 characters, more than the maximum of 9', severity: warning, count: 1 }
      two:
        given: $.B
        when: "size(self) > 0"
        then: "size(self) < params.most"
        fix: [ { op: test, path: /0, value: a }, { op: move, from: /0, path: /1 }, { op: copy, from: /1, path: /0 }, { op: remove, path: /1 } ]
      schema/type: info
      schema/casing: { severity: off }
    """

  private static let parent = """
    requisite: 1
    name: p
    request: { operation: Send, detect: { required: [ A ] } }
    parameters: { most: { type: integer, default: 3 }, least: { type: integer, default: 1 } }
    rules:
      one: { given: $.A, then: { maxLength: { $param: most } }, message: M }
      two: { given: $.A, then: { minLength: { $param: least } } }
    """

  private static let extending = """
    requisite: 1
    name: q
    extends: [ { pack: ./p.yaml, integrity: sha256-xZrMNs8exSxlRmaraAi2l8PKYICldsT3DG5h5P3Tx8Y= } ]
    parameters: { most: 5, p.least: 2, own: { type: string, default: x } }
    rules:
      one: off
      p/two: { severity: info, description: D, tags: [ t ] }
      three: { requests: [ Send ], given: $.B, then: { const: { $param: own } } }
    """

  private static let keywords = """
    requisite: 1
    name: k
    rules:
      strings: { given: $.a, then: { type: [ string, 'null' ], minLength: 1, maxLength: 9, pattern: a, format: uuid, minBytes: 1, maxBytes: 9, characters: a-z } }
      numbers: { given: $.b, then: { minimum: 1, maximum: 9, multipleOf: 0.5 } }
      others: { given: $.b, then: { exclusiveMinimum: 1, exclusiveMaximum: 9.5, format: int32 } }
      arrays: { given: $.c, then: { type: array, minItems: 1, maxItems: 9, uniqueItems: true, prefixItems: [ { type: string } ], items: { type: integer }, contains: { const: 1 }, minContains: 1, maxContains: 2 } }
      more: { given: $.c, then: { containsAll: [ 1 ], maxTotalBytes: 99, minTotalBytes: 1, unevaluatedItems: false } }
      objects: { given: $.d, then: { type: object, required: [ a ], properties: { a: { type: string }, $param: true }, patternProperties: { ^x: true }, additionalProperties: { type: integer }, propertyNames: { maxLength: 9 }, minProperties: 1, maxProperties: 9 } }
      members: { given: $.d, then: { atMostOneOf: [ a, b ], atLeastOneOf: [ a, b ], exactlyOneOf: [ a, c ], dependentRequired: { a: [ b ] }, dependentSchemas: { b: { required: [ c ] } }, unevaluatedProperties: true } }
      both: { given: $.e, then: { allOf: [ { minimum: 1 } ], anyOf: [ { maximum: 3 }, { const: 9 } ], oneOf: [ { const: 2 }, { enum: [ 3, 9 ] } ], not: { const: 4 } } }
      cases: { given: $.e, then: { if: { type: integer }, then: { minimum: 1 }, else: { type: string } } }
      contents: { given: $.f, then: { contentMediaType: application/json, contentEncoding: base64, contentSchema: { type: object } } }
      notes: { given: $.g, then: { $comment: C, title: T, description: D, default: 1, examples: [ 1 ], deprecated: true, readOnly: true, writeOnly: false, x-own: { a: 1 }, type: integer } }
      references: { given: $.h, then: { $defs: { a: { $anchor: n, type: string } }, anyOf: [ { $ref: '#n' }, { $ref: '#/$defs/a' } ] } }
      dynamic: { given: $.k, then: { $id: 'https://example.com/s', $vocabulary: {}, $dynamicAnchor: node, type: array, items: { $dynamicRef: '#node' } } }
      old: { given: $.i, then: { $schema: 'http://json-schema.org/draft-07/schema#', items: [ { type: string } ], additionalItems: { type: integer }, dependencies: { a: [ b ] }, definitions: { a: true } } }
      older: { given: $.j, then: { $schema: 'https://json-schema.org/draft/2019-09/schema', $recursiveAnchor: true, type: array, items: { $recursiveRef: '#' } } }
    """
}
