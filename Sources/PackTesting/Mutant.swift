import Documents
import Findings
import RulePacks
import SourceText

/// A rule with one small change, which an example should notice.
struct Mutant {
  /// The part of the rule that is changed.
  var part: RulePack.RulePart
  /// What the part is instead.
  var text: RulePack.PartText
  /// What was changed, for a person.
  var change: String
  /// The node that was changed.
  var node: NodeID
  /// The bytes of the node's decoded text that were changed; nil for all of it.
  var range: TextRange?
  /// Values that the change is likely to matter for.
  var hints: [Specimen] = []
  /// Characters that the change is about.
  var characters: [Unicode.Scalar] = []

  /// Where the change is.
  func location(in file: PackFile, lines: LineIndex) -> Location {
    let part = range.map { file.sourceRange(of: $0.lowerBound..<$0.upperBound, in: node) }
    return file.location(of: node, part: part, lines: lines)
  }
}

/// Writes a part of a rule as JSON text, one node of it changed, parameters filled in.
struct PartWriter {
  let pack: RulePack
  private var text: [UInt8] = []
  private var open: [(end: Int, bracket: UInt8)] = []

  /// What happens to one node.
  enum Edit {
    /// Other JSON text stands in its place; for a name, that of a string.
    case replace([UInt8])
    /// It is left out: an element, or a name together with its value.
    case drop
  }

  init(pack: RulePack) { self.pack = pack }

  private var document: Document { pack.file.document }

  /// The text of a value, in which a node is changed.
  static func text(
    of node: NodeID, in pack: RulePack, _ edited: NodeID? = nil, _ edit: Edit = .drop
  ) -> [UInt8] {
    var writer = PartWriter(pack: pack)
    writer.write(node, edited, edit)
    return writer.text
  }

  private mutating func write(_ root: NodeID, _ edited: NodeID?, _ edit: Edit) {
    var index = root.index
    let end = document.end(of: root)
    while index < end {
      let node = NodeID(index)
      if node == edited {
        index = apply(edit, to: node)
      } else if let parameter = pack.parameterUse(at: node).flatMap({
        pack.parameter(named: $0.name.value)
      }) {
        // A parameter's value refers to no other parameter.
        let value = Self.text(of: parameter.defaultValue, in: pack)
        separate()
        text += value
        index = document.end(of: node)
      } else {
        index = write(node)
      }
      while let container = open.last, container.end == index {
        text.append(container.bracket)
        open.removeLast()
      }
    }
  }

  private mutating func apply(_ edit: Edit, to node: NodeID) -> Int {
    let isName = document.kind(of: node) == .name
    switch edit {
    case .replace(let json):
      separate()
      text += json
      if isName { text.append(UInt8(ascii: ":")) }
      return isName ? node.index + 1 : document.end(of: node)
    case .drop: return document.end(of: isName ? NodeID(node.index + 1) : node)
    }
  }

  private mutating func write(_ node: NodeID) -> Int {
    separate()
    switch document.kind(of: node) {
    case .array: begin("[", "]", node)
    case .object: begin("{", "}", node)
    case .name:
      JSONWriter.append(quoted: document.text(of: node), to: &text)
      text.append(UInt8(ascii: ":"))
    case .string: JSONWriter.append(quoted: document.text(of: node), to: &text)
    case .number: text += document.utf8(of: node)
    case .boolean: text += (document.isTrue(node) ? "true" : "false").utf8
    case .null, .absent: text += "null".utf8
    }
    return node.index + 1
  }

  private mutating func begin(_ bracket: Unicode.Scalar, _ closing: Unicode.Scalar, _ node: NodeID) {
    text.append(UInt8(ascii: bracket))
    open.append((document.end(of: node), UInt8(ascii: closing)))
  }

  private mutating func separate() {
    switch text.last {
    case nil, UInt8(ascii: "["), UInt8(ascii: "{"), UInt8(ascii: ":"): break
    default: text.append(UInt8(ascii: ","))
    }
  }
}
