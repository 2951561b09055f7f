import Documents
package import Findings
import SourceText

/// Adds a rule to the text of a pack, and changes nothing else of it.
package enum RuleInsertion {
  /// The text of a pack's file with one more rule, about what a path selects.
  ///
  /// `models` are those of the requests that the pack's rules may be about; what they say of the
  /// path's type makes the entry one that fits. It stands behind the last rule,
  /// indented as that one is; comments and layout stay. Throws
  /// where the pack has such a rule, or is written so that no line can be added to its rules.
  package static func text(
    of pack: RulePack, adding name: String, given path: String, models: [PackFile]
  ) throws(Diagnostic) -> [UInt8] {
    let file = pack.file
    if let other = pack.rules.first(where: { $0.name.value.utf8.elementsEqual(name.utf8) }) {
      throw Diagnostic(
        "pack/duplicate-rule", "the pack has a rule '\(name)' already",
        at: file.location(of: other.name.node))
    }
    guard !file.source.path.utf8.suffix(5).elementsEqual(".json".utf8) else {
      throw Diagnostic(
        "pack/no-place", "a rule is added to packs that are written in YAML; this one is JSON")
    }
    let sample = sample(for: path, in: models)
    var bytes = file.source.bytes
    if let last = bytes.last, last != UInt8(ascii: "\n") { bytes.append(UInt8(ascii: "\n")) }
    let lineEnd = usesReturns(bytes) ? "\r\n" : "\n"
    func lines(_ indent: Int, _ text: String) -> [UInt8] {
      let prefix = String(repeating: " ", count: indent)
      let lines = text.split(separator: "\n").map { prefix + $0 + lineEnd }
      return Array((lineEnd + lines.joined()).utf8)
    }
    guard let rules = file.document.value(named: PackField.rules.rawValue, in: .root) else {
      bytes += lines(0, "rules:\n" + entry(name, path, sample, indent: 2))
      return bytes
    }
    guard let first = file.document.members(of: rules).first(where: { _ in true }),
      let indent = blockIndent(of: first.name, in: bytes, file.document)
    else {
      throw Diagnostic(
        "pack/no-place",
        "the rules are written between braces; write each on lines of its own, and add this one by hand",
        at: file.location(of: rules))
    }
    let place = endOfBlock(in: bytes, from: file.document.range(of: first.name).lowerBound, indent)
    bytes.insert(
      contentsOf: lines(indent, entry(name, path, sample, indent: 0)), at: place)
    return bytes
  }

  private static func usesReturns(_ bytes: [UInt8]) -> Bool {
    guard let newline = bytes.firstIndex(of: UInt8(ascii: "\n")), newline > 0 else { return false }
    return bytes[newline - 1] == UInt8(ascii: "\r")
  }

  /// How far a name is indented that is the first on its line; nil for one that is not.
  private static func blockIndent(
    of name: NodeID, in bytes: [UInt8], _ document: Document
  ) -> Int? {
    let offset = document.range(of: name).lowerBound
    var start = offset
    while start > 0, bytes[start - 1] == UInt8(ascii: " ") { start -= 1 }
    guard start == 0 || bytes[start - 1] == UInt8(ascii: "\n") else { return nil }
    return offset - start
  }

  /// The offset behind the last line of a block whose lines are indented at least so far.
  private static func endOfBlock(in bytes: [UInt8], from start: Int, _ indent: Int) -> Int {
    var end = start
    var index = start
    while index < bytes.count {
      var lineEnd = index
      while lineEnd < bytes.count, bytes[lineEnd] != UInt8(ascii: "\n") { lineEnd += 1 }
      let line = bytes[index..<lineEnd]
      let spaces = index == start ? indent : line.prefix { $0 == UInt8(ascii: " ") }.count
      let content = line.dropFirst(index == start ? 0 : spaces).first
      let isBlank = content == nil || content == UInt8(ascii: "\r")
      if !isBlank {
        if spaces >= indent {
          end = min(lineEnd + 1, bytes.count)
        } else if content != UInt8(ascii: "#") {
          break
        }
      }
      index = lineEnd + 1
    }
    return end
  }

  // MARK: - The entry

  /// What a new rule demands, with a value that passes and one that fails, as YAML.
  private struct Sample {
    var then: String
    var pass: String
    var fail: String
  }

  private static func entry(
    _ name: String, _ path: String, _ sample: Sample, indent: Int
  ) -> String {
    let examples = examples(at: path, sample)
    let text = """
      \(name):
        description: \(PackTemplate.quoted("Say what is demanded, in one sentence."))
        severity: warning
        given: \(PackTemplate.quoted(path))
        # Which of these values: a JSON Schema, or an expression of CEL over self and root.
        # when: {}
        then: \(sample.then)
        help: |
          Say why, and how to mend it.
      \(examples)
      """
    let prefix = String(repeating: " ", count: indent)
    return text.split(separator: "\n").map { prefix + $0 }.joined(separator: "\n")
  }

  /// The examples of the entry; a path that is more than names is left for its author to fill.
  private static func examples(at path: String, _ sample: Sample) -> String {
    guard let names = names(of: path) else {
      return """
          # What passes and what fails, as whole requests:
          # examples:
          #   pass: []
          #   fail: []
        """
    }
    func request(_ value: String) -> String {
      names.reversed().reduce(value) { value, name in
        name.map { "{ \(PackTemplate.quoted($0)): \(value) }" } ?? "[ \(value) ]"
      }
    }
    return """
        examples:
          pass:
            - \(request(sample.pass))
          fail:
            - \(request(sample.fail))
      """
  }

  /// The names of a path that goes by plain names alone, nil standing for all elements; else nil.
  private static func names(of path: String) -> [String?]? {
    var rest = Substring(path)
    guard rest.first == "$" else { return nil }
    rest.removeFirst()
    var names: [String?] = []
    while !rest.isEmpty {
      if rest.hasPrefix("[*]") {
        rest.removeFirst(3)
        names.append(nil)
      } else {
        guard rest.first == "." else { return nil }
        let name = rest.dropFirst().prefix { $0.isLetter || $0.isNumber || $0 == "_" }
        guard !name.isEmpty else { return nil }
        names.append(String(name))
        rest = rest.dropFirst(1 + name.count)
      }
    }
    return names
  }

  /// A demand that fits the type of what a path leads to, as far as the request's model tells it.
  private static func sample(for path: String, in models: [PackFile]) -> Sample {
    let types = models.lazy.compactMap { type(at: path, in: $0.document) }
    return switch path == "$" ? "object" : types.first {
    case "integer", "number": Sample(then: "{ not: { const: 0 } }", pass: "1", fail: "0")
    case "boolean": Sample(then: "{ not: { const: false } }", pass: "true", fail: "false")
    case "object":
      Sample(
        then: "{ maxTotalBytes: 1000 }", pass: "{ x: { $repeat: [x, 999] } }",
        fail: "{ x: { $repeat: [x, 1000] } }")
    case "array":
      Sample(
        then: "{ maxTotalBytes: 1000 }", pass: "[ { $repeat: [x, 1000] } ]",
        fail: "[ { $repeat: [x, 1001] } ]")
    default:
      Sample(
        then: "{ not: { const: replace-me } }", pass: "something-else", fail: "replace-me")
    }
  }

  private static func type(at path: String, in document: Document) -> String? {
    guard let names = names(of: path) else { return nil }
    var node = resolved(.root, in: document)
    for name in names {
      let next =
        if let name {
          document.value(named: "properties", in: node)
            .flatMap { document.value(named: name, in: $0) }
        } else {
          document.value(named: "items", in: node)
        }
      guard let next else { return nil }
      node = resolved(next, in: document)
    }
    guard let type = document.value(named: "type", in: node), document.kind(of: type) == .string
    else { return nil }
    return document.text(of: type)
  }

  /// The schema that a schema refers to within its file; itself where it refers to none.
  private static func resolved(_ node: NodeID, in document: Document) -> NodeID {
    var node = node
    for _ in 0..<20 {
      guard document.kind(of: node) == .object,
        let reference = document.value(named: "$ref", in: node),
        document.kind(of: reference) == .string,
        case let text = document.text(of: reference), text.hasPrefix("#/"),
        let target = JSONPointer(String(text.dropFirst())).flatMap({ document.node(at: $0) })
      else { return node }
      node = target
    }
    return node
  }
}
