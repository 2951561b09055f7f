import Documents
import SourceText
import YAML

/// Fixes: the edited text reads as the intended tree, in JSON and in YAML, and edits that do not
/// meet give what replacing from the end gives.
enum FixFuzzer {
  static func check(_ input: [UInt8]) throws {
    var choices = Choices(input)
    switch choices.below(4) {
    case 0: try checkEdits(&choices)
    case 1:
      let text = YAMLMaker.text(&choices)
      let reading = YAMLReader.read(text)
      guard reading.errors.isEmpty, !reading.document.isEmpty else { return }
      try checkPatch(text, reading.document, isYAML: true, &choices)
    default:
      let text = Value.make(&choices).json(&choices)
      try checkPatch(text, JSONReader.read(text).document, isYAML: false, &choices)
    }
  }

  private static func checkPatch(
    _ text: [UInt8], _ document: Document, isYAML: Bool, _ choices: inout Choices
  ) throws {
    let tree = ValueTree(Request(document))
    let count = 1 + choices.below(4)
    let patch = JSONPatch((0..<count).map { _ in operation(tree, &choices) })
    guard let value = try? patch.applied(to: .node(.root), in: tree) else { return }
    let changes = TreeDifference.edits(from: .root, to: value, in: tree)
    let made =
      isYAML ? YAMLEditor(tree).textEdits(for: changes) : JSONEditor(tree).textEdits(for: changes)
    guard let made else {
      try require(isYAML, "no edits of \(shown(text)) for \(patch)")
      return
    }
    var edits = TextEdits()
    guard edits.add(made) else {
      try require(isYAML, "edits of \(shown(text)) meet: \(made)")
      return
    }
    let after = edits.applied(to: text)
    var intended = IntendedTree(tree)
    intended.replace(.root, by: value)
    guard !isYAML else {
      // The caller reads edited YAML anew, and takes back what does not read as intended.
      _ = intended.matches(YAMLReader.read(after).document)
      return
    }
    let reading = JSONReader.read(after)
    try require(
      reading.errors.isEmpty && intended.matches(reading.document),
      "\(shown(text)) becomes \(shown(after)) by \(patch)")
  }

  private static func operation(
    _ tree: ValueTree, _ choices: inout Choices
  ) -> JSONPatch.Operation {
    let nodes = (0..<tree.document.nodeCount).map { NodeID($0) }.filter {
      tree.document.kind(of: $0) != .name
    }
    func place(_ choices: inout Choices) -> JSONPointer {
      tree.document.pointer(to: choices.pick(nodes))
    }
    func target(_ choices: inout Choices) -> JSONPointer {
      let pointer = place(&choices)
      return choices.once(in: 2)
        ? pointer.appending(choices.pick(["new", "a", "-", "0", "1", "é"])) : pointer
    }
    let values: [JSONValue] = [
      .null, .boolean(true), .number(Array("7".utf8)), .string(Array("x\"\n".utf8)),
      .array([.number([0x31]), .string([0x79])]), .array([]), .string(Array("yes".utf8)),
      .object([.init(name: Array("k".utf8), value: .array([.null]))]),
    ]
    switch choices.below(6) {
    case 0: return .init(.remove, at: place(&choices))
    case 1: return .init(.replace, at: place(&choices), value: choices.pick(values))
    case 2: return .init(.move, at: target(&choices), from: place(&choices))
    case 3: return .init(.copy, at: target(&choices), from: place(&choices))
    default: return .init(.add, at: target(&choices), value: choices.pick(values))
    }
  }

  /// Edits are taken exactly if they do not meet, whatever their order.
  private static func checkEdits(_ choices: inout Choices) throws {
    let text = (0..<choices.below(12)).map { UInt8(ascii: "a") + UInt8($0) }
    var edits = TextEdits()
    var taken: [TextEdit] = []
    for _ in 0..<(1 + choices.below(5)) {
      let start = choices.below(text.count + 1)
      let end = min(text.count, start + choices.below(4))
      let edit = TextEdit(TextRange(start, end), Array(choices.pick(["", "X", "YZ"]).utf8))
      let isFree = taken.allSatisfy { other in
        if edit.range == other.range { return false }
        let (first, second) = edit.range < other.range ? (edit, other) : (other, edit)
        return first.range.upperBound <= second.range.lowerBound
      }
      let isTaken = edits.add([edit])
      try require(
        isTaken == isFree, "\(edit) is \(isTaken ? "taken" : "refused") beside \(taken)")
      if isTaken { taken.append(edit) }
    }
    var expected = text
    for edit in taken.sorted(by: { $0.range < $1.range }).reversed() {
      expected.replaceSubrange(edit.range.lowerBound..<edit.range.upperBound, with: edit.text)
    }
    try require(
      edits.applied(to: text) == expected, "\(taken) of \(shown(text)) is not \(shown(expected))")
    let places = edits.places(of: Set(taken))
    for (place, edit) in zip(places, edits.edits) {
      try require(
        Array(expected[place.lowerBound..<place.upperBound]) == edit.text,
        "\(edit) is not at \(place) of \(shown(expected))")
    }
  }
}
