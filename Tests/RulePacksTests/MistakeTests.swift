import Findings
import RulePacks
import Testing

struct MistakeTests {
  @Test(arguments: Self.packs)
  func isToldOfEveryMistake(pack: String, expected: [String]) {
    let reading = Packs.read(pack)
    #expect(Packs.lines(reading) == expected)
    #expect(reading.hasErrors)
  }

  static let packs: [(String, [String])] = [
    ("", []),
    ("[]", []),
    ("type: object\nproperties: {}\n", []),
    ("name: p\nrequisite: 1\nrules: { r: { description: D, then: true } }\n", []),
    ("name: p\nrules: { r: { description: D, then: true } }\nfoo: 1\n", []),
    ("requisite: 2\nnome: p\n", []),
    ("requisite: '1'\n", []),
    ("requisite: 1\n", []),
    ("requisite: 1\nname: p\nextends: [q]\nrules: { r: off }\nparameters: { n: 5 }\n", []),
    ("requisite: 1\nname: p\nrules: { r: off, s: 5, t: [] }\n", []),
    ("requisite: 1\nname: My Pack\nrules: {}\n", []),
    ("requisite: 1\nname: json\nversion: 1.0\nhomepage: example.org\nrules: []\n", []),
    ("requisite: 1\nname: p\nversion: 1.0.01\ntitle:\nrules:\n  camelCase: { then: 5 }\n", []),
    (Packs.withRule("    severty: warning\n    wibble: 1"), []),
    (Packs.withRule("    severity: fatal\n  s: { description: D, then: true, severity: eror }"), []),
    (Packs.withRule("    given: []\n    when: ''\n    message: 5\n    tags: [a, 5]"), []),
    (Packs.withRule("    given: { a: b }\n    tags: a\n    url: 'https:// x'\n    help: [a]"), []),
    (Packs.withRule("    fix: []\n    requests: [x]"), []),
    (Packs.withRule("    description: again"), []),
    (Packs.withRule("    examples: [1]"), []),
    (Packs.withRule("    examples: { pass: {}, fails: [] }"), []),
    (Packs.withRule("    examples:\n      pass:\n        - { $repeat: [x] }"), []),
    (
      Packs.withRule(
        "    examples:\n      fail:\n        - { a: { $repeat: [x, 1], b: 1 } }\n"
          + "        - { a: { $repeat: [x, -1] }, b: { $repeat: 5 } }"), []
    ),
    (
      Packs.withRule(
        "    examples:\n      pass:\n        - { a: { $repeat: [xy, 524288] } }\n"
          + "        - { a: { $repeat: [xy, 524288] }, b: { $repeat: [y, 1] } }\n"
          + "        - { $repeat: [xyz, 9223372036854775807] }"), []
    ),
    (Packs.withRule("parameters: { n: 5, in: { type: integer, default: 1.5 } }"), []),
    (Packs.withRule("parameters: { a-b: { type: int, default: 1 }, c: {}, d: { type: number } }"), []),
    (
      Packs.withRule(
        "  s:\n    description: D\n    when: { minimum: { $param: maxTotl } }\n"
          + "    then: { maximum: { $param: 5 }, minimum: { $param: a, b: 1 } }\n"
          + "parameters: { maxTotal: { type: integer, default: 1 } }"), []
    ),
    (Packs.withRule("request: { detect: { maximum: { $param: n } }, operations: [a] }"), []),
    (Packs.withRule("request: [a]"), []),
    (Packs.withRule("request: { schema: ../model.yaml, operation: 5, detect: x, sensitive: 5 }"), []),
    (Packs.withRule("request: { schema: /model.yaml }"), []),
    (Packs.withRule("request: { schema: 'https://example.org/model.yaml' }"), []),
    (Packs.withRule("request: { schema: 'a\\b' }"), []),
    (Packs.withRule("request: { schema: { type: object } }"), []),
    (Packs.withRule("request: { schema: missing.yaml }"), []),
    (Packs.withRule("    then: [1\n    wibble: 1"), []),
    (Packs.withRule("    tags: [*none]\n    wibble: 1\nname: q"), []),
  ]
}
