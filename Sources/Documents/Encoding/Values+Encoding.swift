package import SourceText

extension ExactNumber {
  /// Writes the number.
  package func write(to writer: inout BinaryWriter) {
    switch self {
    case .integer(let value):
      writer.flag(true)
      writer.integer(value)
    case .decimal(let decimal):
      writer.flag(false)
      writer.flag(decimal.isNegative)
      writer.data(decimal.digits)
      writer.integer(decimal.exponent)
      writer.data(decimal.farPower)
    }
  }

  /// Reads a number.
  package init(from reader: inout BinaryReader) {
    if reader.flag() {
      self = .integer(Int64(reader.integer()))
      return
    }
    let isNegative = reader.flag()
    let digits = reader.data()
    var decimal = Decimal(isNegative: isNegative, digits: digits, exponent: reader.integer())
    decimal.farPower = reader.data()
    self = .decimal(decimal)
  }
}

extension JSONValue {
  /// Writes the value; one that is a place in a document is refused.
  ///
  /// Recursion is as deep as the value nests, which the document's reader limits.
  package func write(to writer: inout BinaryWriter) {
    switch self {
    case .node: writer.refuse()
    case .null: writer.byte(0)
    case .boolean(let isTrue): writer.byte(isTrue ? 2 : 1)
    case .number(let text):
      writer.byte(3)
      writer.data(text)
    case .string(let text):
      writer.byte(4)
      writer.data(text)
    case .array(let elements):
      writer.byte(5)
      writer.list(elements) { $0.write(to: &$1) }
    case .object(let members, let origin):
      if origin != nil { writer.refuse() }
      writer.byte(6)
      writer.list(members) { member, writer in
        if member.origin != nil { writer.refuse() }
        writer.data(member.name)
        member.value.write(to: &writer)
      }
    }
  }

  /// Reads a value.
  package init(from reader: inout BinaryReader) {
    switch reader.byte() {
    case 0: self = .null
    case 1: self = .boolean(false)
    case 2: self = .boolean(true)
    case 3: self = .number(reader.data())
    case 4: self = .string(reader.data())
    case 5: self = .array(reader.list { JSONValue(from: &$0) })
    case 6:
      self = .object(
        reader.list { reader in
          let name = reader.data()
          return Member(name: name, value: JSONValue(from: &reader))
        })
    default:
      reader.refuse()
      self = .null
    }
  }
}

extension Document {
  /// Adds a value of another document, with the part of its source that it spans.
  ///
  /// The document is a list of values then, and not one tree: there is no root.
  package mutating func appendValue(_ node: NodeID, of other: Document) -> NodeID {
    let range = other.range(of: node)
    let first = nodeCount
    for index in node.index..<other.end(of: node) {
      var copy = other.nodes[index]
      copy.start = UInt32(clamping: Int(copy.start) - range.lowerBound + source.count)
      if copy.next > 0 { copy.next = UInt32(clamping: Int(copy.next) - node.index + first) }
      nodes.append(copy)
      if copy.has(NodeFlag.hasSideText) {
        sideTexts.append(other.sideTexts.text(of: index), for: nodeCount)
      }
      nodeCount += 1
    }
    source += other.source[range.lowerBound..<range.upperBound]
    self.range = TextRange(0, source.count)
    return NodeID(first)
  }

  /// Writes a document without aliases.
  package func write(to writer: inout BinaryWriter) {
    if !aliases.isEmpty { writer.refuse() }
    writer.data(source)
    writer.range(range)
    writer.unsigned(UInt64(nodeCount))
    for index in 0..<nodeCount {
      let node = nodes[index]
      for word in [node.start, node.length, node.next, node.info] { writer.unsigned(UInt64(word)) }
      if node.has(NodeFlag.hasSideText) { writer.data(sideTexts.text(of: index)) }
    }
  }

  /// Reads a document.
  package init(from reader: inout BinaryReader) {
    self.init(source: reader.data())
    range = reader.range()
    let count = reader.count()
    nodes.reserveCapacity(count)
    for index in 0..<count {
      func word() -> UInt32 { UInt32(truncatingIfNeeded: reader.unsigned()) }
      let node = Node(start: word(), length: word(), next: word(), info: word())
      nodes.append(node)
      if node.has(NodeFlag.hasSideText) { sideTexts.append(reader.data(), for: index) }
    }
    nodeCount = count
  }
}
