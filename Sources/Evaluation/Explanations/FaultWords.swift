import CEL
import Documents
import RequestDecoding
import SourceText

/// Says why an expression could not be evaluated on a request, and which faults by the model's word
/// would be the same.
struct FaultWords {
  /// Shows values, or keeps them back.
  let values: ValueText
  let model: RequestModel
  /// How the request spells the members of its model.
  let casing: Casing

  /// A fault in words.
  ///
  /// `isTainted` says that something sensitive went into values that were computed.
  func message(
    for report: CELFaultReport, isTainted: Bool, in request: Request, _ symbols: SymbolTable
  ) -> String {
    switch report.subject {
    case .nothing: return report.error.message
    case .absentMember(let container, let name, let symbol):
      let name = model.name(name, of: symbol, in: casing)
      guard request.kind(of: container) == .object else {
        let words = values.typedWords(for: container, in: request)
        let message = "\(words)\(place(of: container, in: request)) has no member \"\(name)\""
        let hasSize = [.string, .array].contains(request.kind(of: container))
        return message + (hasSize ? ForeignWords.hint(forMember: name).map { "; \($0)" } ?? "" : "")
      }
      guard let pointer = shownPointer(to: container, in: request) else {
        return "missing member \"\(name)\""
      }
      return "\"\(pointer.appending(name).description)\" is missing"
    case .values(let operands):
      let shown = operands.compactMap {
        self.words(for: $0, isTainted: isTainted, in: request, symbols)
      }
      switch report.error.kind {
      case .conversion(let type):
        return "cannot convert \(shown.first ?? "the value") to \(type)"
      case .divisionByZero, .duplicateKey, .unsupportedKey, .valueTooDeep, .missingOptionalValue:
        return report.error.message
      case .unsupported(let operation) where !shown.isEmpty:
        return "'\(operation)' does not accept \(shown.joined(separator: ", "))"
      case .absentKey:
        return shown.last.map { "missing key \($0)" } ?? report.error.message
      default:
        let list = shown.joined(separator: ", ")
        return list.isEmpty ? report.error.message : "\(report.error.message), found \(list)"
      }
    }
  }

  /// What the model would have to report for a fault to be nothing new; any one of them does.
  func causes(of report: CELFaultReport, in request: Request) -> [FaultKey] {
    switch report.subject {
    case .nothing: return []
    case .absentMember(let container, let name, let symbol):
      guard request.kind(of: container) == .object else { return [FaultKey("type", container)] }
      let missing = model.name(name, of: symbol, in: casing)
      var causes = ["required", "dependentRequired"].map {
        FaultKey($0, container, missing: missing)
      }
      // An explicit null counts as absent after it was reported.
      for name in request.allNames(of: container)
      where request.isHidden(name) && request.symbol(of: name) == symbol {
        causes.append(FaultKey("type", NodeID(name.index + 1)))
      }
      return causes
    case .values(let operands):
      var causes: [FaultKey] = []
      for case .node(let node) in operands {
        causes.append(FaultKey("type", node))
        for element in request.elements(of: node).prefix(Evaluator.failureLimit) {
          causes.append(FaultKey("type", element))
        }
      }
      return causes
    }
  }

  /// A value in a few words, with its place where it is one of the request.
  private func words(
    for value: CELValue, isTainted: Bool, in request: Request, _ symbols: SymbolTable
  ) -> String? {
    switch value {
    case .node(let node):
      return values.typedWords(for: node, in: request) + place(of: node, in: request)
    case .name(let name): return values.typedWords(for: name, in: request)
    case .string, .integer, .unsigned, .double, .boolean, .null, .timestamp, .duration, .bytes:
      if isTainted { return ValueText.redaction }
      let text = value.rendered(in: request, symbols: symbols, limit: ValueText.limit * 4).text
      let isText = if case .string = value { true } else { false }
      return ValueText.shortened(Array(text.utf8)[...], isQuoted: isText)
    case .list, .map, .optional, .type, .address, .network: return nil
    }
  }

  /// The pointer of a value as the end of a phrase; nothing for the root and for what is kept back.
  private func place(of node: NodeID, in request: Request) -> String {
    guard let pointer = shownPointer(to: node, in: request), !pointer.isRoot else {
      return ""
    }
    return " at \"\(pointer.description)\""
  }

  /// Where a value is; nil where its pointer goes through what must not be shown.
  private func shownPointer(to node: NodeID, in request: Request) -> JSONPointer? {
    let isGuarded = request.document.path(to: node).contains { values.isGuarded($0) }
    return isGuarded ? nil : request.document.pointer(to: node)
  }
}
