import Documents
import SourceText
import TestSupport
import Testing

extension SteadyBytes {
  fileprivate mutating func below(_ count: Int) -> Int { Int(next() % UInt64(max(1, count))) }

  fileprivate mutating func pick<Element>(_ choices: [Element]) -> Element {
    choices[below(choices.count)]
  }
}

struct EditingPropertyTests {
  /// Whatever the text and whatever the patch: the edited text reads as the patched value, and what
  /// stays keeps its bytes.
  @Test(arguments: 0..<40) func editedTextReadsAsThePatchedValue(seed: Int) {
    var chance = SteadyBytes(seed: UInt64(seed))
    var edited = 0
    for _ in 0..<60 {
      let text = document(&chance)
      let reading = JSONReader.read(text)
      #expect(reading.errors.isEmpty, "\(String(decoding: text, as: UTF8.self))")
      let tree = ValueTree(Request(reading.document))
      let patch = JSONPatch((0..<(1 + chance.below(4))).map { _ in operation(tree, &chance) })
      guard let value = try? patch.applied(to: .node(.root), in: tree) else { continue }
      let changes = TreeDifference.edits(from: .root, to: value, in: tree)
      var edits = TextEdits()
      guard let made = JSONEditor(tree).textEdits(for: changes), edits.add(made) else {
        Issue.record("no edits for \(patch) of \(String(decoding: text, as: UTF8.self))")
        continue
      }
      let after = edits.applied(to: text)
      let result = JSONReader.read(after)
      let shown =
        "\(String(decoding: text, as: UTF8.self)) → \(String(decoding: after, as: UTF8.self)) by \(patch)"
      #expect(result.errors.isEmpty, "\(shown)")
      var intended = IntendedTree(tree)
      intended.replace(.root, by: value)
      #expect(intended.matches(result.document), "\(shown)")
      expectSameSpelling(value, .root, of: result.document, tree, shown)
      edited += 1
    }
    #expect(edited > 10)
  }

  private func expectSameSpelling(
    _ value: JSONValue, _ node: NodeID, of after: Document, _ tree: ValueTree, _ shown: String
  ) {
    switch tree.expanded(value) {
    case .array(let elements):
      for (element, child) in zip(elements, after.elements(of: node)) {
        expectSameSpelling(element, child, of: after, tree, shown)
      }
    case .object(let members, _):
      for member in members {
        guard let child = after.child(member.name, of: node) else { continue }
        expectSameSpelling(member.value, child, of: after, tree, shown)
      }
    case .null, .boolean, .number, .string, .node:
      guard case .node(let old) = value else { return }
      #expect(bytes(of: old, tree.document) == bytes(of: node, after), "\(shown)")
    }
  }

  private func bytes(of node: NodeID, _ document: Document) -> ArraySlice<UInt8> {
    let range = document.range(of: node)
    return document.source[range.lowerBound..<range.upperBound]
  }

  // MARK: - By chance

  private func document(_ chance: inout SteadyBytes) -> [UInt8] {
    let lineBreak = chance.pick(["\n", "\r\n", "\r"])
    let unit = chance.pick(["  ", "\t", "", "    "])
    let style = chance.below(3)
    func text(_ depth: Int, _ chance: inout SteadyBytes) -> String {
      let isExpanded = style == 1 || style == 2 && chance.below(2) == 0
      let lead =
        isExpanded
        ? lineBreak + String(repeating: unit, count: depth + 1) : chance.pick(["", "", " "])
      let tail =
        isExpanded ? lineBreak + String(repeating: unit, count: depth) : chance.pick(["", " "])
      let comma =
        isExpanded ? chance.pick(["," + lead, " ," + lead]) : chance.pick([",", ", ", " , "])
      switch depth < 4 ? chance.below(8) : chance.below(4) {
      case 0: return chance.pick(["1", "1.0", "-0", "1e2", "12345678901234567890", "0.10"])
      case 1: return chance.pick([#""a""#, #""""#, #""é\u00e9\n""#, #""{},[]""#, #""👋""#])
      case 2: return chance.pick(["true", "false", "null"])
      case 3: return chance.pick(["[]", "{}", "[ ]", "{\(lineBreak)}"])
      case 4, 5:
        let items = (0..<(1 + chance.below(4))).map { _ in text(depth + 1, &chance) }
        return "[" + lead + items.joined(separator: comma) + tail + "]"
      default:
        let names = ["a", "b/c", "d~e", "é", "", "f"].prefix(1 + chance.below(6))
        let colon = chance.pick([":", ": ", " : "])
        let items = names.map { "\"\($0)\"\(colon)\(text(depth + 1, &chance))" }
        return "{" + lead + items.joined(separator: comma) + tail + "}"
      }
    }
    let mark = chance.below(10) == 0 ? "\u{FEFF}" : ""
    return Array((mark + text(0, &chance) + chance.pick(["", lineBreak])).utf8)
  }

  private func operation(_ tree: ValueTree, _ chance: inout SteadyBytes) -> JSONPatch.Operation {
    func place(_ chance: inout SteadyBytes) -> JSONPointer {
      let nodes = (0..<tree.document.nodeCount).filter {
        tree.document.kind(of: NodeID($0)) != .name
      }
      return tree.document.pointer(to: NodeID(chance.pick(nodes)))
    }
    func target(_ chance: inout SteadyBytes) -> JSONPointer {
      let pointer = place(&chance)
      guard chance.below(2) == 0 else { return pointer }
      return pointer.appending(chance.pick(["new", "a", "-", "0", "1"]))
    }
    let values: [JSONValue] = [
      .null, .boolean(true), .number(Array("7".utf8)), .string(Array("x\"\n".utf8)),
      .array([.number([0x31]), .string([0x79])]), .array([]),
      .object([.init(name: Array("k".utf8), value: .array([.null]))]),
    ]
    switch chance.below(6) {
    case 0: return .init(.remove, at: place(&chance))
    case 1: return .init(.replace, at: place(&chance), value: chance.pick(values))
    case 2: return .init(.move, at: target(&chance), from: place(&chance))
    case 3: return .init(.copy, at: target(&chance), from: place(&chance))
    default: return .init(.add, at: target(&chance), value: chance.pick(values))
    }
  }
}
