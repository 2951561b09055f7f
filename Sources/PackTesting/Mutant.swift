import Documents
import Findings
import RulePacks
import SourceText

/// A rule with one small change, which an example should notice.
struct Mutant {
  /// The part of the rule that is changed.
  var part: PackComposition.RulePart
  /// What the part is instead; made when it is asked for, since a long rule has many changes.
  var text: () -> PackComposition.PartText
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

/// A pack whose rules are changed, and the values of the parameters that it may name.
struct MutationSource {
  let pack: RulePack
  let parameters: [String: PackComposition.ComposedParameter]
  /// The parameters that are whole numbers.
  let numbers: [String: Int64]

  init(pack: RulePack, parameters: [String: PackComposition.ComposedParameter]) {
    self.pack = pack
    self.parameters = parameters
    var numbers: [String: Int64] = [:]
    for (name, parameter) in parameters {
      let document = parameter.file.document
      guard document.kind(of: parameter.value) == .number,
        case .integer(let number) = document.number(of: parameter.value)
      else { continue }
      numbers[name] = number
    }
    self.numbers = numbers
  }

  /// The text and tree of the rules.
  var document: Document { pack.file.document }

  /// A value and its document.
  struct Value {
    var node: NodeID
    var document: Document
  }

  /// The parameter that a node of a schema refers to, if it does.
  func parameter(at node: NodeID) -> PackComposition.ComposedParameter? {
    pack.parameterUse(at: node).flatMap { parameters[$0.name.value] }
  }

  /// A node's value: that of a parameter where it refers to one.
  func value(of node: NodeID) -> Value {
    guard let parameter = parameter(at: node) else { return Value(node: node, document: document) }
    return Value(node: parameter.value, document: parameter.file.document)
  }
}

/// Writes a part of a rule as JSON text, one node of it changed, parameters filled in.
struct PartWriter {
  private let source: MutationSource?
  private let document: Document
  private var text: [UInt8] = []
  private var open: [(end: Int, bracket: UInt8)] = []

  /// What happens to one node.
  enum Edit {
    /// Replaced by other JSON text; for a name, that of a string.
    case replace([UInt8])
    /// It is left out: an element, or a name together with its value.
    case drop
  }

  private init(_ source: MutationSource?, _ document: Document) {
    self.source = source
    self.document = document
  }

  /// The text of a part of a rule, in which a node is changed.
  static func text(
    of node: NodeID, in source: MutationSource, _ edited: NodeID? = nil, _ edit: Edit = .drop
  ) -> [UInt8] {
    var writer = PartWriter(source, source.document)
    writer.write(node, edited, edit)
    return writer.text
  }

  /// The text of a value, in which a node is changed; parameters refer to no other ones.
  static func text(
    of value: MutationSource.Value, _ edited: NodeID? = nil, _ edit: Edit = .drop
  ) -> [UInt8] {
    var writer = PartWriter(nil, value.document)
    writer.write(value.node, edited, edit)
    return writer.text
  }

  private mutating func write(_ root: NodeID, _ edited: NodeID?, _ edit: Edit) {
    var index = root.index
    let end = document.end(of: root)
    while index < end {
      let node = NodeID(index)
      if node == edited {
        index = apply(edit, to: node)
      } else if let source, source.parameter(at: node) != nil {
        let value = Self.text(of: source.value(of: node))
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

  private mutating func begin(_ bracket: Unicode.Scalar, _ closing: Unicode.Scalar, _ node: NodeID)
  {
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
