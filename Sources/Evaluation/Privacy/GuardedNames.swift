package import Documents

/// The names of members that a plan keeps back wherever they are.
package final class GuardedNames: Sendable {
  /// For each symbol of the plan, whether it is the name of such a member.
  private let areGuarded: [Bool]
  private let sensitiveNames: SensitiveNames

  /// Collects the names of a plan.
  init(_ plan: Plan) {
    let sensitiveNames = SensitiveNames([plan])
    self.sensitiveNames = sensitiveNames
    let symbols = plan.program.symbols
    // A rule may mention a sensitive name in another spelling.
    var areGuarded = (0...symbols.count).map { index in
      sensitiveNames.means(symbols.bytes(of: Symbol(UInt32(index))))
    }
    for path in plan.privacy.sensitive {
      let symbols =
        switch path {
        case .path(let steps): steps.suffix(1)
        case .query(_, let last, _): last[...]
        }
      for symbol in symbols { areGuarded[Int(symbol.id)] = true }
    }
    self.areGuarded = areGuarded
  }

  /// What of a JSON request is hidden, in order: the values of such members, and names that hold such a
  /// member themselves with what they name.
  package func hiddenNodes(in request: Request, _ text: SensitiveText) -> [NodeID] {
    var nodes: [NodeID] = []
    for index in 0..<request.nodeCount where request.kind(of: NodeID(index)) == .name {
      let name = NodeID(index)
      let (hidesName, hidesValue) = hiding(by: name, in: request, text)
      if hidesName { nodes.append(name) }
      if hidesValue { nodes.append(NodeID(index + 1)) }
    }
    return nodes
  }

  /// Whether a name is hidden itself, and whether what it names is.
  package func hiding(
    by name: NodeID, in request: Request, _ text: SensitiveText
  ) -> (name: Bool, value: Bool) {
    let isKnown = request.symbol(of: name) != .unknown && !request.isRespelled(name)
    // A name that the plan mentions holds nothing but itself. Where a name holds a sensitive one without a
    // colon, the value that belongs to it may be that of the whole name.
    let holdsMember = !isKnown && !text.ranges(inString: request.utf8(of: name)).isEmpty
    return (holdsMember, holdsMember || isGuarded(name, in: request))
  }

  /// Adds the values of such members; one of a name that nobody knows may be such a member with a slip of
  /// the finger.
  func addValues(in request: Request, to values: inout [NodeID]) {
    for index in 0..<request.nodeCount
    where request.kind(of: NodeID(index)) == .name && isGuarded(NodeID(index), in: request) {
      values.append(NodeID(index + 1))
    }
  }

  private func isGuarded(_ name: NodeID, in request: Request) -> Bool {
    let symbol = request.symbol(of: name)
    if symbol == .unknown {
      return request.utf8Count(of: name) <= 1024 && sensitiveNames.contains(request.utf8(of: name))
    }
    return Int(symbol.id) < areGuarded.count && areGuarded[Int(symbol.id)]
  }
}
