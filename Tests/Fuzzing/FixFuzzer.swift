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
    let comments = isYAML ? CommentSubjects(of: document, beginningWith: []) : nil
    let made =
      comments.map { YAMLEditor(tree, comments: $0.comments).textEdits(for: changes) }
      ?? JSONEditor(tree).textEdits(for: changes)
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
    if let comments {
      // The caller reads edited YAML anew, and takes back what does not read as intended.
      let reading = YAMLReader.read(after)
      guard reading.errors.isEmpty, intended.matches(reading.document),
        comments.areKept(by: changes, edits.edits, in: reading.document)
      else { return }
      return try checkComments(
        of: document, edits, reading.document, "\(shown(text)) becomes \(shown(after)) by \(patch)")
    }
    let reading = JSONReader.read(after)
    try require(
      reading.errors.isEmpty && intended.matches(reading.document),
      "\(shown(text)) becomes \(shown(after)) by \(patch)")
  }

  /// Comments that stay are about values that they were about, and others go with theirs.
  private static func checkComments(
    of before: Document, _ edits: TextEdits, _ after: Document, _ what: @autoclosure () -> String
  ) throws {
    func allNodes(_ document: Document, on lines: TextRange?) -> [NodeID] {
      guard let lines else { return [] }
      return (0..<document.nodeCount).map { NodeID($0) }.filter {
        let offset = document.shownRange(of: $0).lowerBound
        return lines.lowerBound <= offset && offset <= lines.upperBound
      }
    }
    func nodes(_ document: Document, on lines: TextRange?) -> [NodeID] {
      allNodes(document, on: lines).filter {
        document.kind(of: $0) != .object && document.kind(of: $0) != .array
      }
    }
    func text(_ node: NodeID, _ document: Document) -> [UInt8] {
      let range = document.range(of: node)
      return document.kind(of: node) == .string || document.kind(of: node) == .name
        ? Array(document.utf8(of: node))
        : Array(document.source[range.lowerBound..<range.upperBound])
    }
    let new = YAMLReader.comments(in: after.source, beginningWith: [])
    for comment in YAMLReader.comments(in: before.source, beginningWith: []) {
      let old = nodes(before, on: comment.subject)
      let goes = edits.edits.contains {
        $0.range.lowerBound < comment.range.upperBound
          && $0.range.upperBound > comment.range.lowerBound
      }
      guard !goes else {
        for node in old where before.kind(of: node) == .name {
          let pointer = before.pointer(to: node)
          let isAmongElements = pointer.tokens.contains {
            $0.allSatisfy({ (0x30...0x39).contains(UInt8($0)) })
          }
          try require(
            isAmongElements || after.node(at: pointer) == nil,
            "comment at \(comment.range): \(what())")
        }
        continue
      }
      let range = edits.moved(comment.range)
      guard let kept = new.first(where: { $0.range == range }) else {
        throw Fault("no comment at \(range): \(what())")
      }
      // A collection may be replaced where it is, also by a scalar.
      let pointers = Set(allNodes(before, on: comment.subject).map { before.pointer(to: $0) })
      let texts = Set(old.map { text($0, before) })
      for node in nodes(after, on: kept.subject) {
        let isRenamed =
          after.kind(of: node) == .name && texts.contains(text(NodeID(node.index + 1), after))
        try require(
          isRenamed || texts.contains(text(node, after))
            || pointers.contains(after.pointer(to: node)),
          "comment at \(comment.range): \(what())")
      }
    }
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
