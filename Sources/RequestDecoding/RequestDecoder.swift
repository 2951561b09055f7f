package import Documents
import SourceText

/// Finds out what the names of a document mean by a model, and binds them to symbols.
///
/// Kept for each task and reused from request to request.
package struct RequestDecoder: Sendable {
  private let model: RequestModel
  private let symbols: SymbolTable
  private let casing: Casing
  private var binder: NameBinder

  /// Creates a decoder for requests of a model whose names are in `symbols`.
  package init(model: RequestModel, symbols: SymbolTable, casing: Casing = .auto) {
    self.model = model
    self.symbols = symbols
    self.casing = casing
    binder = NameBinder(symbols: symbols, shapes: model.shapes)
  }

  /// Binds the names within a value of a document, and says what there is to say of them.
  ///
  /// A request in wire spelling takes one fast pass, members that its model lacks included; one with
  /// anything odd is gone through name by name.
  package mutating func bind(
    _ document: Document, from root: NodeID = .root, into binding: inout Binding
  ) {
    guard !document.isEmpty else { return binding.reset(for: document) }
    if casing == .auto || casing == .wire {
      switch binder.bind(document, from: root, into: &binding) {
      case .bound: return
      case .hasUnknown(let members) where !hasRespelled(members, in: document): return
      case .hasUnknown, .odd: break
      }
    }
    binding.reset(for: document, from: root)
    binding.casing = casing == .auto ? style(of: document, from: root) : casing
    bindCarefully(document, from: root, into: &binding)
  }

  /// Binds the names of a document whose reader found the members of the model, each once and in wire
  /// spelling, and nothing else to say of them.
  package mutating func adopt(_ document: Document, into binding: inout Binding) {
    binder.adopt(document, into: &binding)
  }

  /// Binds the names within one value anew as if that were a whole request; the others stay bound.
  package func rebind(_ document: Document, at node: NodeID, in binding: inout Binding) {
    binding.casing = casing == .auto ? style(of: document, from: node) : casing
    bindCarefully(document, from: node, into: &binding)
  }

  /// Whether one of the members that the model lacks is one of its own in another spelling.
  private func hasRespelled(
    _ members: [NameBinder.UnknownMember], in document: Document
  ) -> Bool {
    // In this style there are no other spellings.
    if casing == .wire { return false }
    let names = model.spelledNames
    return members.contains {
      names.member(meantBy: document.text(of: $0.name), in: $0.shape) != nil
    }
  }

  // MARK: - Style

  /// The style in which most of the names are spelled that the model lists; wire where it is a draw.
  private func style(of document: Document, from root: NodeID) -> Casing {
    var votes: [Casing: Int] = [:]
    let names = model.spelledNames
    walk(document, from: root) { name, shape in
      guard model.shapes.shapes[shape].kind == .structure else { return nil }
      let text = document.text(of: name)
      guard let member = names.member(meantBy: text, in: shape) else { return nil }
      let spelling = names.spelling(of: member, in: shape)
      for casing in [Casing.wire, .snake, .camel]
      where spelling.name(in: casing).utf8.elementsEqual(text.utf8) {
        votes[casing, default: 0] += 1
      }
      return member
    }
    let wire = votes[.wire] ?? 0
    let snake = votes[.snake] ?? 0
    let camel = votes[.camel] ?? 0
    if wire >= max(snake, camel) { return .wire }
    return snake >= camel ? .snake : .camel
  }

  /// Visits every name with the shape of its object; the visitor says which member it is.
  private func walk(
    _ document: Document, from root: NodeID, visit: (NodeID, Int) -> Int?
  ) {
    var work: [(node: NodeID, shape: Int)] = [(root, model.shapes.root)]
    while let (node, shapeIndex) = work.popLast() {
      let shape = model.shapes.shapes[shapeIndex]
      switch document.kind(of: node) {
      case .object:
        for name in document.allNames(of: node) {
          let member = visit(name, shapeIndex)
          let child =
            switch shape.kind {
            case .structure: member.map { shape.members[$0].shape } ?? 0
            case .map: shape.child
            case .list, .anything: 0
            }
          work.append((NodeID(name.index + 1), child))
        }
      case .array:
        for element in document.elements(of: node) {
          work.append((element, shape.kind == .list ? shape.child : 0))
        }
      case .null, .boolean, .number, .string, .name, .absent: break
      }
    }
  }

  // MARK: - Name by name

  private func bindCarefully(
    _ document: Document, from root: NodeID, into binding: inout Binding
  ) {
    var work: [(node: NodeID, shape: Int)] = [(root, model.shapes.root)]
    let names = model.spelledNames
    while let (node, shape) = work.popLast() {
      switch document.kind(of: node) {
      case .object:
        bindNames(of: node, shape: shape, names, in: document, into: &binding, work: &work)
      case .array:
        let isList = model.shapes.shapes[shape].kind == .list
        for element in document.elements(of: node) {
          work.append((element, isList ? model.shapes.shapes[shape].child : 0))
        }
      case .null, .boolean, .number, .string, .name, .absent: break
      }
    }
    binding.respelled.sort { $0.name < $1.name }
    binding.duplicates.sort { $0.name < $1.name }
    binding.nulls.sort()
  }

  private func bindNames(
    of object: NodeID, shape shapeIndex: Int, _ names: SpelledNames, in document: Document,
    into binding: inout Binding, work: inout [(node: NodeID, shape: Int)]
  ) {
    let shape = model.shapes.shapes[shapeIndex]
    // By decoded text: the last of two duplicates counts, as it does for most JSON readers.
    var latest: [ArraySlice<UInt8>: NodeID] = [:]
    var exact: [Int: NodeID] = [:]
    var respelled: [(member: Int, name: NodeID)] = []
    for name in document.allNames(of: object) {
      let bytes = document.utf8(of: name)
      let symbol = symbols.symbol(of: Array(bytes))
      binding.bind(name, to: symbol)
      if let first = latest.updateValue(name, forKey: bytes) {
        binding.duplicates.append((name, first))
        binding.hide(first)
      }
      var child = 0
      switch shape.kind {
      case .map: child = shape.child
      case .list, .anything: break
      case .structure:
        guard
          let (member, isExact) = member(
            named: document.text(of: name), symbol, shapeIndex, names, binding.casing)
        else { break }
        child = shape.members[member].shape
        if isExact {
          binding.bind(
            name, to: shape.members[member].symbol, isRespelled: binding.casing != .wire)
          exact[member] = name
        } else {
          respelled.append((member, name))
        }
      }
      work.append((NodeID(name.index + 1), child))
    }
    bindRespelled(respelled, exact: exact, shape: shapeIndex, names, into: &binding)
    hideNulls(of: object, shape: shape, in: document, into: &binding)
  }

  /// The member that a name means, and whether it is spelled as the style has it.
  private func member(
    named text: String, _ symbol: Symbol, _ shape: Int, _ names: SpelledNames, _ casing: Casing
  ) -> (Int, isExact: Bool)? {
    if self.casing == .wire {
      return model.shapes.member(symbol, in: shape).map { ($0, true) }
    }
    guard
      let member = names.member(meantBy: text, in: shape)
        ?? model.shapes.member(symbol, in: shape)
    else { return nil }
    let expected = names.spelling(of: member, in: shape).name(in: casing)
    return (member, expected.utf8.elementsEqual(text.utf8))
  }

  /// Binds names in another spelling, unless the member is there in the right one.
  private func bindRespelled(
    _ respelled: [(member: Int, name: NodeID)], exact: [Int: NodeID], shape: Int,
    _ names: SpelledNames, into binding: inout Binding
  ) {
    var exact = exact
    for (member, name) in respelled {
      let isRedundant = exact[member] != nil
      binding.bind(
        name, to: model.shapes.shapes[shape].members[member].symbol, isRespelled: true,
        isHidden: isRedundant || binding.isHidden(name))
      if !isRedundant { exact[member] = name }
      binding.respelled.append(
        .init(
          name: name,
          expected: names.spelling(of: member, in: shape).name(in: binding.casing),
          isRedundant: isRedundant))
    }
  }

  private func hideNulls(
    of object: NodeID, shape: NameShapes.Shape, in document: Document,
    into binding: inout Binding
  ) {
    guard shape.kind == .structure else { return }
    for name in document.allNames(of: object) {
      let value = NodeID(name.index + 1)
      guard document.kind(of: value) == .null, !binding.isHidden(name) else { continue }
      let symbol = binding.symbol(of: name)
      guard let member = shape.members.first(where: { $0.symbol == symbol }), !member.isNullable
      else { continue }
      binding.hide(name)
      binding.nulls.append(value)
    }
  }
}
