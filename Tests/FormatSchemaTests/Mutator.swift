import Documents
import TestSupport

/// Changes texts of YAML as people and tools get them wrong, or right in another way.
///
/// The same seed makes the same texts.
struct Mutator {
  private var random: SteadyBytes
  /// The names that the format knows.
  private let names: [String]
  /// Values by the key that they were found at, from all seeds.
  private let donors: [String: [YAMLTree]]
  private let everyDonor: [YAMLTree]
  /// Whether only JSON is written.
  private let isJSON: Bool

  init(seed: UInt64, names: [String], seeds: [YAMLTree], isJSON: Bool = false) {
    random = SteadyBytes(seed: seed)
    self.names = names
    self.isJSON = isJSON
    var donors: [String: [YAMLTree]] = [:]
    func visit(_ tree: YAMLTree) {
      switch tree {
      case .scalar, .block: break
      case .sequence(let elements): for element in elements { visit(element) }
      case .mapping(let entries):
        for entry in entries {
          donors[entry.key, default: []].append(entry.value)
          visit(entry.value)
        }
      case .marked(_, let tree): visit(tree)
      }
    }
    for seed in seeds { visit(seed) }
    self.donors = donors
    everyDonor = donors.sorted { $0.key < $1.key }.flatMap(\.value)
  }

  /// A text with one to three changes.
  mutating func mutant(of tree: YAMLTree) -> String {
    var tree = tree
    for _ in 0..<pick([1, 1, 1, 2, 3]) { change(&tree) }
    if isJSON { return tree.line }
    let text = tree.text
    return chance(1, in: 10) ? damaged(text) : text
  }

  /// The text with each node replaced by each word, and each string with each tail behind and before it.
  static func sweep(of tree: YAMLTree, isJSON: Bool) -> [String] {
    let words = isJSON ? json : json + yaml
    var texts: [String] = []
    for path in tree.paths {
      var variants = words.map { YAMLTree.scalar($0) }
      if case .scalar(let text) = tree[path], text.hasPrefix("\""), text.count > 1 {
        let inner = text.dropFirst().dropLast()
        variants += tails.flatMap {
          [.scalar("\"\(inner)\($0)\""), .scalar("\"\($0)\(inner)\"")]
        }
      }
      for variant in variants {
        var changed = tree
        changed[path] = variant
        texts.append(isJSON ? changed.line : changed.text)
      }
    }
    return texts
  }

  // MARK: - Choices

  private mutating func below(_ count: Int) -> Int { Int.random(in: 0..<count, using: &random) }
  private mutating func chance(_ count: Int, in total: Int) -> Bool { below(total) < count }
  private mutating func pick<Element>(_ choices: [Element]) -> Element {
    choices[below(choices.count)]
  }

  // MARK: - Changes of the tree

  private mutating func change(_ tree: inout YAMLTree) {
    let paths = tree.paths
    let path = pick(paths)
    let node = tree[path]
    switch below(14) {
    case 0, 1: tree[path] = scalar()
    case 2: tree[path] = tree[pick(paths)]
    case 3: tree[path] = everyDonor.isEmpty ? scalar() : pick(everyDonor)
    case 4: tree[path] = pick([.sequence([node]), .mapping([.init(key: key(), value: node)])])
    case 5: tree[path] = pick([.sequence([]), .mapping([]), .scalar(isJSON ? "null" : "")])
    case 6: tree[path] = restyled(node)
    case 7:
      let other = pick(paths)
      let value = tree[other]
      // What is inside of the other one would be lost, and is a change as well.
      tree[path] = value
      if !other.starts(with: path) { tree[other] = node }
    default: changeChildren(near: path, of: &tree)
    }
  }

  /// Changes the members or elements of a collection: the one at the path, or the one that holds it.
  private mutating func changeChildren(near path: [Int], of tree: inout YAMLTree) {
    var path = path
    while true {
      switch tree[path] {
      case .sequence(var elements):
        change(&elements)
        tree[path] = .sequence(elements)
        return
      case .mapping(var entries):
        change(&entries)
        tree[path] = .mapping(entries)
        return
      case .scalar, .block, .marked:
        guard !path.isEmpty else { return }
        path.removeLast()
      }
    }
  }

  private mutating func change(_ elements: inout [YAMLTree]) {
    guard !elements.isEmpty else { return elements.append(scalar()) }
    let index = below(elements.count)
    switch below(4) {
    case 0: elements.remove(at: index)
    case 1: elements.append(elements[index])
    case 2: elements.swapAt(index, below(elements.count))
    default: elements.insert(scalar(), at: index)
    }
  }

  private mutating func change(_ entries: inout [YAMLTree.Entry]) {
    if entries.isEmpty || chance(3, in: 8) {
      let key = key()
      let values = donors[key] ?? []
      let value = values.isEmpty || chance(1, in: 4) ? scalar() : pick(values)
      entries.insert(.init(key: key, value: value), at: below(entries.count + 1))
      return
    }
    let index = below(entries.count)
    switch below(7) {
    case 0, 1, 2: entries.remove(at: index)
    case 3: entries[index].key = misspelled(entries[index].key)
    case 4: entries[index].key = key()
    case 5: entries.swapAt(index, below(entries.count))
    default: entries.append(entries[index])
    }
    if !isJSON, !entries.isEmpty, chance(1, in: 20) {
      let value = entries[0].value
      entries[0].value = .marked("&a", value)
      entries.append(.init(key: pick(["<<", entries[0].key, key()]), value: .scalar("*a")))
    }
  }

  private mutating func key() -> String {
    chance(4, in: 5)
      ? "\"\(pick(names))\""
      : pick(
        isJSON ? Self.keys : Self.keys + ["1", "null", "~", "? a", "yes", "!!str k", "x-note"])
  }

  private mutating func misspelled(_ key: String) -> String {
    var text = Array(key)
    guard text.count > 2 else { return key + "a" }
    let index = 1 + below(text.count - 2)
    switch below(4) {
    case 0: text.remove(at: index)
    case 1: text.insert(text[index], at: index)
    case 2: text[index] = Character(pick([text[index].uppercased(), text[index].lowercased()]))
    default: text.insert(contentsOf: pick(["x-", "-", "_", " ", "é", "\\n", "/"]), at: index)
    }
    return String(text)
  }

  private mutating func scalar() -> YAMLTree {
    .scalar(pick(isJSON ? Self.json : Self.json + Self.yaml))
  }

  /// The same value in another style, or one that is near to it.
  private mutating func restyled(_ node: YAMLTree) -> YAMLTree {
    guard case .scalar(let text) = node else {
      return isJSON
        ? node : pick([.scalar(node.line), .marked("&b", node), .marked("!!map", node)])
    }
    guard text.hasPrefix("\""), text.hasSuffix("\""), text.count > 1 else {
      let tags = ["!!str", "!!int", "!!float", "!!null", "!!bool", "!!binary", "!own", "&c"]
      return pick(
        isJSON
          ? [
            .scalar("\"\(text)\""), .scalar("-\(text)"), .scalar("\(text).0"), .scalar("\(text)e1"),
          ]
          : [
            .scalar("\"\(text)\""), .scalar("'\(text)'"), .scalar("\(text).0"), .scalar("0\(text)"),
            .marked(pick(tags), node),
          ])
    }
    let inner = String(text.dropFirst().dropLast())
    let added = pick(Self.tails)
    var choices: [YAMLTree] = [
      .scalar("\"\(inner)\(added)\""), .scalar("\"\(added)\(inner)\""),
      .scalar("\"\(inner.dropLast(inner.hasSuffix("\\\"") ? 0 : 1))\""),
      .scalar(
        "\"\(pick(Array(inner.prefix(40)).map(String.init) + [added]).replacing("\\", with: ""))\""),
    ]
    if !isJSON {
      choices += [
        .scalar(inner), .scalar("'\(inner)'"), .block("|", [inner]), .block("|-", [inner]),
        .block(">+", [inner, "", ""]), .block("|", [inner, added]), .marked("!!str", node),
      ]
    }
    return pick(choices)
  }

  // MARK: - Changes of the text

  /// The text with a line or a character changed.
  private mutating func damaged(_ text: String) -> String {
    var lines = text.split(separator: "\n", omittingEmptySubsequences: false).map(String.init)
    let index = below(lines.count)
    switch below(12) {
    case 0: lines.remove(at: index)
    case 1: lines.insert(lines[index], at: index)
    case 2: lines.swapAt(index, below(lines.count))
    case 3: lines[index] = "  " + lines[index]
    case 4: lines[index] = String(lines[index].dropFirst(2))
    case 5: lines[index] += pick([" # comment", "#", ":", ",", "]", "\t", " |", "\u{A0}"])
    case 6: lines.insert(pick(["---", "...", "# note", "%YAML 1.2", "", "\t", "? a"]), at: index)
    case 7: return lines.joined(separator: "\r\n")
    case 8: return "\u{FEFF}" + text
    case 9: return "---\n" + text
    case 10: return String(text.prefix(below(text.count + 1)))
    default:
      lines[index] = lines[index].replacing(
        pick(["\"", ":", "-", " "]), with: "", maxReplacements: 1)
    }
    return lines.joined(separator: "\n")
  }

  // MARK: - Words

  private static let tails = [
    " ", "\\n", "\\t", "\\r", "\\u00a0", "\\ufeff", "\\u2028", "\\u0085", "\\u0000", "é", "😀", "/",
    "-",
    ".", "0", "1", "A", "z", "~", "*", "$", "#", "{", "'", "\\\\", "\\\"", ",", ":",
  ]

  private static let keys = [
    "\"\"", "\" \"", "\"x-note\"", "\"X-Note\"", "\"a-b\"", "\"a_b\"", "\"A\"", "\"9\"", "\"é\"",
    "\"a b\"",
    "\"a\\nb\"", "\"a/b\"", "\"a.b\"", "\"schema/\"", "\"schema/type\"", "\"schema/\\n\"", "\"/\"",
    "\"$param\"", "\"$ref\"", "\"$repeat\"", "\"$request\"", "\"$.a\"", "\"true\"",
    "\"constructor\"",
    "\"__proto__\"", "\"a\\u2028\"", "\"-\"", "\"a--b\"", "\"in\"", "\"null\"",
  ]

  private static let json = [
    "null", "true", "false", "0", "1", "2", "-1", "1.0", "1.5", "1e0", "1e3", "-0", "0.0",
    "9223372036854775808", "1e400", "1e-400", "\"\"", "\" \"", "\"\\u00a0\"", "\"\\u2003\"",
    "\"\\ufeff\"",
    "\"\\n\"", "\"\\u0000\"", "\"a\\nb\"", "\"é\"", "\"😀\"", "\"1\"", "\"a\"", "\"a/b\"", "\"/\"",
    "\"/a/b\"", "\"/*\"", "\"/~2\"", "\"/~\"", "\"$\"", "\"$.a\"", "\"$..a\"", "\"#\"",
    "\"https://example.com/é\"",
    "\"http://a\\u00a0b\"", "\"https://\"", "\"http://a b\"", "\"ftp://a\"", "\"1.0.0\"",
    "\"1.0.0-rc.1+é\"",
    "\"01.0.0\"", "\"1.0\"", "\">=0.1\"", "\">= 0.1 , < 9\"", "\">=9\"", "\"==0\"", "\">=0.1,\"",
    "\"~1\"", "\"json\"",
    "\"self == 1\"", "\"true\"", "\"has(self.a)\"", "\"error\"", "\"warning\"", "\"info\"",
    "\"off\"",
    "\"never\"", "\"auto\"", "\"wire\"", "\"text\"", "\"text=a\"", "\"json=-\"", "\"nope\"",
    "\"string\"", "\"integer\"",
    "\"uuid\"", "\"date\"", "\"base64\"", "\"../a\"", "\"./a\"", "\"a\\\\b\"", "\"c:/a\"",
    "\"file:a\"", "\"p/r\"",
    "\"2027-03-31\"", "\"2027-02-30\"", "\"2027-3-1\"", "\"sha256-x\"", "[]", "{}", "[null]",
    "[1,1]",
    "[\"a\",\"b\"]", "[\"a\",\"a\"]", "[[]]", "[\"\"]", "[{}]", "[true]", "{\"a\":1}",
    "{\"a\":\"b\"}", "{\"a\":[\"b\"]}",
    "{\"a\":true}", "{\"a\":{}}", "{\"$param\":\"p\"}", "{\"$param\":\"p\",\"type\":\"string\"}",
    "{\"$param\":{\"type\":\"string\"}}", "{\"$param\":true}", "{\"$param\":1}",
    "{\"$repeat\":[\"a\",3]}", "{\"$repeat\":[\"a\"]}",
    "{\"$repeat\":[3,\"a\"]}", "{\"$repeat\":[\"a\",3.0]}", "{\"$repeat\":[\"a\",-1]}",
    "{\"$repeat\":[\"a\",3],\"b\":1}",
    "{\"$request\":{}}", "{\"$request\":{},\"name\":\"n\"}", "{\"type\":\"string\"}",
    "{\"type\":\"object\"}",
    "{\"type\":\"string\",\"default\":\"a\"}", "{\"type\":\"integer\",\"default\":1.0}",
    "{\"const\":1,\"x-n\":[2]}",
    "{\"$ref\":\"#\"}", "{\"$schema\":\"http://json-schema.org/draft-07/schema#\"}",
    "{\"minimum\":1}", "{\"not\":{}}",
    "{\"op\":\"remove\",\"path\":\"\"}", "[{\"op\":\"add\",\"path\":\"/a\",\"value\":null}]",
    "{\"then\":true}", "{\"severity\":\"off\"}",
    "{\"pack\":\"a\"}",
  ]

  private static let yaml = [
    "~", "yes", "no", "on", "Off", "TRUE", "0x1F", "0o17", "017", "1_000", ".5", "+1", "1.", ".inf",
    "-.INF", ".nan",
    "2027-03-31", "2027-02-30", "12:30", "1.0.0", "1.10", "'1'", "''", "' '", "a b", "a: b", "- a",
    "x #y",
    "!!str 1", "!!str", "!!int '3'", "!!float 1", "!!binary aGk=", "!!set {a}", "!own x", "*a",
    "*missing", "&a",
    "&a {}", "<<", "=", "@a", "`a`", "%a", "[a, b", "{a, b}", "{a: }", "[a, ]", "{ ? a : b }",
    "\"\\x41\"", "\"\\q\"",
    "'it''s'", "\"a\\\n    b\"", "[~, yes]", "{ 1: 2 }", "{ null: 2 }", "{ [a]: 2 }",
    "!<tag:yaml.org,2002:str> 1", "|", ">-",
  ]
}
