public import SourceText

extension Symbol {
  /// Writes the symbol.
  package func write(to writer: inout BinaryWriter) { writer.unsigned(UInt64(id)) }

  /// Reads a symbol.
  public init(from reader: inout BinaryReader) {
    self.init(UInt32(truncatingIfNeeded: reader.unsigned()))
  }
}

extension SymbolTable {
  /// Writes the names in the order of their symbols.
  package func write(to writer: inout BinaryWriter) {
    writer.unsigned(UInt64(count))
    for id in 0..<count { writer.data(bytes(of: Symbol(UInt32(id + 1)))) }
  }

  /// Reads names; each has the symbol that it was written with.
  package init(from reader: inout BinaryReader) {
    self.init()
    let count = reader.count()
    for id in 0..<count where intern(reader.data()) != Symbol(UInt32(id + 1)) { reader.refuse() }
  }
}

extension NameShapes {
  /// Writes the shapes.
  package func write(to writer: inout BinaryWriter) {
    writer.integer(root)
    writer.list(shapes) { $0.write(to: &$1) }
  }

  /// Reads shapes.
  package init(from reader: inout BinaryReader) {
    let root = reader.integer()
    let shapes = reader.list { Shape(from: &$0) }
    guard shapes.indices.contains(root) else {
      reader.refuse()
      self.init()
      return
    }
    self.init(shapes: shapes, root: root)
  }
}

extension NameShapes.Shape {
  fileprivate func write(to writer: inout BinaryWriter) {
    writer.byte(kind.rawValue)
    writer.integer(child)
    writer.flag(isOpen)
    writer.list(members) { member, writer in
      member.symbol.write(to: &writer)
      writer.integer(member.shape)
      writer.flag(member.isNullable)
    }
  }

  fileprivate init(from reader: inout BinaryReader) {
    let kind = Kind(rawValue: reader.byte())
    if kind == nil { reader.refuse() }
    let child = reader.integer()
    let isOpen = reader.flag()
    let members = reader.list { reader in
      let symbol = Symbol(from: &reader)
      let shape = reader.integer()
      return NameShapes.Member(symbol: symbol, shape: shape, isNullable: reader.flag())
    }
    self.init(kind: kind ?? .anything, child: child, isOpen: isOpen, members: members)
  }
}
