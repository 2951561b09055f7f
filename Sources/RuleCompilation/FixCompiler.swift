import CEL
import Documents
import Evaluation
import RulePacks
import SourceText

/// Compiles the fixes of rules.
extension PlanBuild {
  /// The fix of a rule whose nodes have a shape of the model; nil where any of it is faulty, all of
  /// which is reported.
  mutating func fix(_ fix: RulePack.Fix, _ shapes: Set<Int>) -> FixTemplate? {
    let selfShape = shapes.count == 1 ? shapes.first ?? 0 : 0
    var operations: [FixTemplate.Operation] = []
    for operation in fix.operations {
      let path = pointer(operation.path, operation.kind, selfShape, shapes)
      var from: MessageTemplate?
      if let text = operation.from {
        from = pointer(text, .remove, selfShape, shapes)
        if from == nil { continue }
      }
      var value: FixTemplate.ValueTemplate?
      if let node = operation.value {
        value = self.value(node, selfShape)
        if value == nil { continue }
      }
      guard let path else { continue }
      operations.append(.init(operation.kind, path: path, from: from, value: value))
    }
    guard operations.count == fix.operations.count else { return nil }
    return FixTemplate(
      description: fix.description.map { pack.text(of: $0) } ?? Self.words(for: fix),
      isSafe: fix.isSafe, operations: operations)
  }

  // MARK: - Values

  /// Recursion is as deep as the value nests, which the pack's reader limits.
  private mutating func value(_ node: NodeID, _ selfShape: Int) -> FixTemplate.ValueTemplate? {
    let document = pack.file.document
    switch document.kind(of: node) {
    case .null, .boolean, .number, .absent, .name:
      return .constant(JSONValue(copying: node, of: document))
    case .string:
      let scan = TemplateScan(Array(document.utf8(of: node)))
      guard scan.hasExpressions else { return .constant(JSONValue(copying: node, of: document)) }
      let text = Located(document.text(of: node), at: node)
      guard
        let template = template(text, selfShape, code: "pack/bad-fix", isMessage: false)
      else { return nil }
      guard scan.isOneExpression, case .expression(let index)? = template.parts.first else {
        return .text(template)
      }
      guard isValue(index, at: node) else { return nil }
      return .expression(index: index)
    case .array:
      var elements: [FixTemplate.ValueTemplate?] = []
      for element in document.elements(of: node) { elements.append(value(element, selfShape)) }
      let sound = elements.compactMap { $0 }
      return sound.count == elements.count ? .array(sound) : nil
    case .object:
      var members: [(name: [UInt8], value: FixTemplate.ValueTemplate)] = []
      var isSound = true
      for member in document.members(of: node) {
        guard let value = value(member.value, selfShape) else {
          isSound = false
          continue
        }
        members.append((Array(document.utf8(of: member.name)), value))
      }
      return isSound ? .object(members) : nil
    }
  }

  /// Whether JSON has values of an expression's type.
  private mutating func isValue(_ index: Int, at node: NodeID) -> Bool {
    let type = schemas.plan.expressions.programs[index].type
    switch type {
    case .bytes, .timestamp, .duration, .type, .opaque:
      mistake("value has the type \(type), which JSON does not have", at: node)
      return false
    case .dyn, .null, .boolean, .integer, .unsigned, .double, .number, .string, .list, .map,
      .optional, .shape, .parameter:
      return true
    }
  }

  // MARK: - Places

  /// Reads a pointer with expressions in it, and follows it through the model as far as it is known.
  private mutating func pointer(
    _ text: Located<String>, _ kind: JSONPatch.Kind, _ selfShape: Int, _ shapes: Set<Int>
  ) -> MessageTemplate? {
    guard let template = template(text, selfShape, code: "pack/bad-fix", isMessage: false) else {
      return nil
    }
    // What an expression gives is text within one token.
    var literal = ""
    var dynamic: Set<Int> = []
    for part in template.parts {
      switch part {
      case .text(let text): literal += text
      case .expression:
        dynamic.insert(literal.utf8.count { $0 == UInt8(ascii: "/") })
        literal += "x"
      }
    }
    guard let pointer = JSONPointer(literal) else {
      mistake(
        literal.hasPrefix("/")
          ? "in a JSON Pointer, write ~0 for '~' and ~1 for '/' within a name"
          : "JSON Pointer must begin with '/', or be empty for the selected node itself; found \"\(text.value)\"",
        at: text.node)
      return nil
    }
    if pointer.isRoot, kind == .remove {
      mistake(
        "selected node itself cannot be removed or moved; select the value that contains it, and name it here",
        at: text.node)
      return nil
    }
    guard checking != .none else { return template }
    // One kind of node that has the place is enough.
    var fault: String?
    for shape in shapes.sorted() {
      guard let found = self.fault(of: pointer, dynamic, kind, from: shape) else {
        return template
      }
      fault = fault ?? found
    }
    guard let fault else { return template }
    mistake(fault, at: text.node)
    return nil
  }

  /// Why the model rules out a place below a node of a shape; nil where it does not, as far as it says.
  private func fault(
    of pointer: JSONPointer, _ dynamic: Set<Int>, _ kind: JSONPatch.Kind, from start: Int
  ) -> String? {
    var number = start
    for (index, token) in pointer.tokens.enumerated() {
      let known = model.shapes[number]
      if let types = known.types, !types.contains(.object), !types.contains(.array) {
        return
          "model has \(types.words) here, which has no members; use an empty path for the selected node itself"
      }
      switch known.shape.kind {
      case .anything: return nil
      case .map: number = known.shape.child
      case .list:
        let isLast = index == pointer.tokens.count - 1
        let isEnd = token == [UInt8(ascii: "-")] && isLast && kind == .add
        let isIndex =
          token.allSatisfy { (UInt8(ascii: "0")...UInt8(ascii: "9")).contains($0) }
          && (token.count == 1 || token.first != UInt8(ascii: "0")) && !token.isEmpty
        guard dynamic.contains(index + 1) || isEnd || isIndex else {
          return
            "model has a list here; use the index of an element\(kind == .add ? ", or '-' for a new last one" : "")"
        }
        number = known.shape.child
      case .structure:
        if dynamic.contains(index + 1) { return nil }
        let symbol = schemas.plan.program.symbols.symbol(of: token)
        guard let member = known.memberShapes[symbol] else {
          if known.shape.isOpen { return nil }
          let names = known.shape.members.map { schemas.plan.program.symbols.name(of: $0.symbol) }
          let text = String(decoding: token, as: UTF8.self)
          let message = "unknown member '\(text)' in the model"
          return schemas.wantsHints ? message + ModelNames.hint(text, among: names) : message
        }
        number = member
      }
    }
    return nil
  }

  private mutating func mistake(_ message: String, at node: NodeID) {
    schemas.mistake("pack/bad-fix", message, at: place(of: node))
  }

  // MARK: - Words

  /// What a fix does that has no description of its own.
  private static func words(for fix: RulePack.Fix) -> String {
    let parts = fix.operations.compactMap { operation -> String? in
      let place = operation.path.value.isEmpty ? "the value" : operation.path.value
      return switch operation.kind {
      case .add: "add \(place)"
      case .remove: "remove \(place)"
      case .replace: "replace \(place)"
      case .move: "move \(operation.from?.value ?? "") to \(place)"
      case .copy: "copy \(operation.from?.value ?? "") to \(place)"
      case .test: nil
      }
    }
    return parts.isEmpty ? "change nothing" : parts.joined(separator: ", ")
  }
}
