import Documents

// Values that may be missing.

extension CELEvaluator {
  mutating func optional(
    _ function: CELFunction, _ arguments: Arguments, _ document: Document, _ symbols: SymbolTable
  ) throws(Fault) -> CELValue {
    switch function {
    case .optionalOf: return try limited(.optional(CELOptional(arguments.first)))
    case .optionalNone: return .optional(CELOptional(nil))
    case .optionalOfNonZeroValue:
      let isZero = try isZero(arguments.first, document, symbols)
      return try limited(.optional(CELOptional(isZero ? nil : arguments.first)))
    case .unwrapOpt:
      guard let elements = try elements(of: arguments.first, document) else {
        throw fault(.unsupported)
      }
      var result: [CELValue] = []
      for element in elements {
        guard case .optional(let optional) = element else { throw fault(.unsupported) }
        if let value = optional.value { result.append(value) }
      }
      return .list(CELList(result))
    case .first, .last:
      guard let elements = try elements(of: arguments.first, document) else {
        throw fault(.unsupported)
      }
      return try limited(
        .optional(CELOptional(function == .first ? elements.first : elements.last)))
    default: break
    }
    guard case .optional(let optional) = arguments.first else { throw fault(.unsupported) }
    switch function {
    case .hasValue: return .boolean(optional.value != nil)
    case .value:
      guard let value = optional.value else { throw fault(.missingOptionalValue) }
      return value
    case .or:
      guard case .optional = arguments.second else { throw fault(.unsupported) }
      return optional.value == nil ? arguments.second : arguments.first
    case .orValue: return optional.value ?? arguments.second
    default: throw fault(.unsupported)
    }
  }

  /// Whether a value is its type's empty or zero one.
  private mutating func isZero(
    _ value: CELValue, _ document: Document, _ symbols: SymbolTable
  ) throws(Fault) -> Bool {
    switch try read(value, document) {
    case .null: return true
    case .boolean(let value): return !value
    case .integer(let value): return value == 0
    case .unsigned(let value): return value == 0
    case .double(let value): return value == 0
    case .bytes(let bytes): return bytes.isEmpty
    case .duration(let span): return span == 0
    case .timestamp(let time): return time.seconds == 0 && time.nanoseconds == 0
    case .optional(let optional): return optional.value == nil
    case .type, .address, .network: return false
    case .string, .name, .list, .map, .node:
      if let count = value.elementCount(in: document) { return count == 0 }
      return try readText(value, document, symbols)?.isEmpty ?? false
    }
  }
}
