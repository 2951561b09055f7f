package import Documents
package import Findings

extension RulePack {
  /// A request that shows what a rule accepts or refuses.
  package struct Example: Sendable {
    /// The request, as far as it is written out.
    package let node: NodeID
    /// What the rule says of it.
    package let expectation: Expectation
    /// What the findings have to be like, if the example says so.
    package var demands = Demands()

    /// The heading of an example.
    package enum Expectation: String, Sendable, CaseIterable {
      /// The rule has no finding.
      case pass
      /// The rule has at least one finding.
      case fail
    }

    /// What an example says beside its request; all of it is optional.
    ///
    /// One finding of the rule must have all of the pointer, message, detail and severity.
    package struct Demands: Sendable {
      /// What the example shows, in words.
      package var name: Located<String>?
      /// The JSON Pointer of the finding (RFC 6901), as the JSON report has it.
      package var pointer: Located<String>?
      /// The finding's whole message.
      package var message: Located<String>?
      /// What the keyword says of the value, whether or not the rule has a message of its own.
      package var detail: Located<String>?
      /// The finding's severity.
      package var severity: Located<Severity>?
      /// The number of findings of the rule.
      package var count: Located<Int>?

      /// Whether nothing is demanded of the findings.
      package var areEmpty: Bool {
        pointer == nil && message == nil && detail == nil && severity == nil && count == nil
      }
    }

    /// The maximum size of the text of all `$repeat` in one example, in bytes.
    package static let repetitionLimit = 1 << 20

    /// The example as compact JSON text, each `{ $repeat: [TEXT, COUNT] }` as its long string.
    package func json(in pack: RulePack) -> [UInt8] {
      var writer = ExampleWriter(document: pack.file.document)
      return writer.text(of: node)
    }

    /// The example for people: as compact JSON, but a repeated text as `"x" × 1024`.
    package func summary(in pack: RulePack) -> String {
      var writer = ExampleWriter(document: pack.file.document, expandsRepetitions: false)
      return String(decoding: writer.text(of: node), as: UTF8.self)
    }
  }
}

/// The text that `{ $repeat: [TEXT, COUNT] }` in an example stands for.
package struct Repetition {
  /// The node of the text.
  package let text: NodeID
  /// The number of repetitions.
  package let count: Int

  /// The name of the one member.
  static let name = Array("$repeat".utf8)

  /// The repetition that a node is, or nil where it is another value or is malformed.
  package init?(_ node: NodeID, in document: Document) {
    guard document.kind(of: node) == .object, document.childCount(of: node) == 1,
      document.text(of: NodeID(node.index + 1), equals: Self.name)
    else { return nil }
    self.init(operand: NodeID(node.index + 2), in: document)
  }

  /// The repetition with the list `[TEXT, COUNT]`, or nil where the node is no such list.
  init?(operand: NodeID, in document: Document) {
    guard document.kind(of: operand) == .array, document.childCount(of: operand) == 2 else {
      return nil
    }
    let text = NodeID(operand.index + 1)
    let count = NodeID(document.end(of: text))
    guard document.kind(of: text) == .string, document.kind(of: count) == .number,
      case .integer(let value) = document.number(of: count), let number = Int(exactly: value),
      number >= 0
    else { return nil }
    self.text = text
    self.count = number
  }
}

/// Prints a tree as JSON text without spaces, repetitions expanded or told.
struct ExampleWriter {
  private let document: Document
  private let expandsRepetitions: Bool
  private var text: [UInt8] = []
  /// The open containers, outermost first: where each ends and by which byte.
  private var open: [(end: Int, bracket: UInt8)] = []

  init(document: Document, expandsRepetitions: Bool = true) {
    self.document = document
    self.expandsRepetitions = expandsRepetitions
  }

  /// The text of one value.
  mutating func text(of node: NodeID) -> [UInt8] {
    var index = node.index
    let end = document.end(of: node)
    while index < end {
      index = write(NodeID(index))
      closeContainers(endingAt: index)
    }
    return text
  }

  /// Writes a scalar, a name, or the beginning of a container; gives the next node's index.
  private mutating func write(_ node: NodeID) -> Int {
    separate()
    let kind = document.kind(of: node)
    switch kind {
    case .array:
      text.append(UInt8(ascii: "["))
      open.append((document.end(of: node), UInt8(ascii: "]")))
    case .object:
      if let repetition = Repetition(node, in: document) {
        let text = document.utf8(of: repetition.text)
        writeString(text, count: expandsRepetitions ? repetition.count : 1)
        if !expandsRepetitions { self.text.append(contentsOf: " × \(repetition.count)".utf8) }
        return document.end(of: node)
      }
      text.append(UInt8(ascii: "{"))
      open.append((document.end(of: node), UInt8(ascii: "}")))
    case .name:
      writeString(document.utf8(of: node))
      text.append(UInt8(ascii: ":"))
    case .string: writeString(document.utf8(of: node))
    case .number: text.append(contentsOf: document.utf8(of: node))
    case .boolean: text.append(contentsOf: (document.isTrue(node) ? "true" : "false").utf8)
    case .null, .absent: text.append(contentsOf: "null".utf8)
    }
    return node.index + 1
  }

  private mutating func closeContainers(endingAt index: Int) {
    while let container = open.last, container.end == index {
      text.append(container.bracket)
      open.removeLast()
    }
  }

  /// Writes the comma that a second element or member needs before it.
  private mutating func separate() {
    switch text.last {
    case nil, UInt8(ascii: "["), UInt8(ascii: "{"), UInt8(ascii: ":"): break
    default: text.append(UInt8(ascii: ","))
    }
  }

  private mutating func writeString(_ value: ArraySlice<UInt8>, count: Int = 1) {
    let isVerbatim =
      count == 1
      && !value.contains { $0 < 0x20 || $0 == UInt8(ascii: "\"") || $0 == UInt8(ascii: "\\") }
    if isVerbatim {
      text.append(UInt8(ascii: "\""))
      text += value
      text.append(UInt8(ascii: "\""))
      return
    }
    var escaped: [UInt8] = []
    escaped.reserveCapacity(value.count)
    for byte in value {
      switch byte {
      case UInt8(ascii: "\""), UInt8(ascii: "\\"):
        escaped.append(UInt8(ascii: "\\"))
        escaped.append(byte)
      case 0..<0x20:
        let digits = Array("0123456789abcdef".utf8)
        escaped.append(contentsOf: "\\u00".utf8)
        escaped.append(digits[Int(byte >> 4)])
        escaped.append(digits[Int(byte & 0xF)])
      default: escaped.append(byte)
      }
    }
    text.append(UInt8(ascii: "\""))
    // A repetition of nothing has no bound on its count.
    if !escaped.isEmpty { append(escaped, count: count) }
    text.append(UInt8(ascii: "\""))
  }

  /// Appends a text as often as asked, in pieces that double.
  private mutating func append(_ piece: [UInt8], count: Int) {
    var piece = piece
    var rest = count
    while rest > 0 {
      if !rest.isMultiple(of: 2) { text.append(contentsOf: piece) }
      rest /= 2
      if rest > 0 { piece += piece }
    }
  }
}
