import Documents
package import Findings
import JSONPath
import SourceText

/// Adds a rule to the text of a pack, and changes nothing else of it.
package enum RuleInsertion {
  /// Texts of a pack's file with a new rule for the values of a path, the likeliest first.
  ///
  /// The texts differ in the rule's assertion; load them to find the first that suits the values.
  /// `models` are those of the requests that the pack's rules can apply to; the types that they give
  /// the path's values decide the order. The rule is added after the last one, with the same
  /// indentation; comments and layout do not change.
  ///
  /// - Throws: a diagnostic for a malformed path, for a rule that exists, and for a pack whose layout
  ///   has no place for a line.
  package static func texts(
    of pack: RulePack, adding name: String, given path: String, models: [PackFile]
  ) throws(Diagnostic) -> [[UInt8]] {
    let query: JSONPathQuery
    do throws(JSONPathError) {
      query = try JSONPathQuery(path)
    } catch {
      throw Diagnostic("argument/bad-path", "--given '\(path)' is not a JSONPath: \(error.message)")
    }
    let target = RuleTarget(query, models: models)
    var texts: [[UInt8]] = []
    for sample in target.samples {
      texts.append(try text(of: pack, adding: name, given: path, target, sample))
    }
    return texts
  }

  private static func text(
    of pack: RulePack, adding name: String, given path: String, _ target: RuleTarget,
    _ sample: RuleTarget.Sample
  ) throws(Diagnostic) -> [UInt8] {
    let file = pack.file
    if let other = pack.rules.first(where: { $0.name.value.utf8.elementsEqual(name.utf8) }) {
      throw Diagnostic(
        "pack/duplicate-rule", "duplicate rule '\(name)' in the pack", hint: "choose another name",
        at: file.location(of: other.name.node))
    }
    guard !file.source.path.utf8.suffix(5).elementsEqual(".json".utf8) else {
      throw Diagnostic(
        "pack/no-place", "rules can only be added to packs in YAML, and this pack is JSON")
    }
    var bytes = file.source.bytes
    if let last = bytes.last, last != UInt8(ascii: "\n") { bytes.append(UInt8(ascii: "\n")) }
    let lineEnd = usesReturns(bytes) ? "\r\n" : "\n"
    func lines(_ indent: Int, _ text: String) -> [UInt8] {
      let prefix = String(repeating: " ", count: indent)
      let lines = text.split(separator: "\n").map { prefix + $0 + lineEnd }
      return Array((lineEnd + lines.joined()).utf8)
    }
    guard let rules = file.document.value(named: PackField.rules.rawValue, in: .root) else {
      bytes += lines(0, "rules:\n" + entry(name, path, target, sample, indent: 2))
      return bytes
    }
    guard let first = file.document.members(of: rules).first(where: { _ in true }),
      let indent = blockIndent(of: first.name, in: bytes, file.document)
    else {
      throw Diagnostic(
        "pack/no-place",
        "rules are written between braces",
        hint: "put each rule on its own lines, or add this one by hand",
        at: file.location(of: rules))
    }
    let place = endOfBlock(in: bytes, from: file.document.range(of: first.name).lowerBound, indent)
    bytes.insert(
      contentsOf: lines(indent, entry(name, path, target, sample, indent: 0)), at: place)
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

  private static func entry(
    _ name: String, _ path: String, _ target: RuleTarget, _ sample: RuleTarget.Sample, indent: Int
  ) -> String {
    let examples = examples(of: target, sample)
    let text = """
      \(name):
        description: \(PackTemplate.quoted("State the requirement in one sentence."))
        severity: warning
        given: \(PackTemplate.quoted(path))
        # Condition: a JSON Schema, or a CEL expression that uses self and root.
        # when: {}
        then: \(sample.then)
        help: |
          Explain why the rule matters and how to fix its findings.
      \(examples)
      """
    let prefix = String(repeating: " ", count: indent)
    return text.split(separator: "\n").map { prefix + $0 }.joined(separator: "\n")
  }

  /// The examples of the entry; a path of which nobody knows what it selects is left for its author.
  private static func examples(of target: RuleTarget, _ sample: RuleTarget.Sample) -> String {
    guard let pass = target.request(with: sample.pass), let fail = target.request(with: sample.fail)
    else {
      return """
          # Whole requests that pass and fail the rule:
          # examples:
          #   pass: []
          #   fail: []
        """
    }
    return """
        examples:
          pass:
            - \(pass)
          fail:
            - \(fail)
      """
  }
}
