/// The type of an expression before it is evaluated (cel-spec, "Gradual Type Checking").
package indirect enum CELType: Sendable, Hashable {
  /// Any value: what can be known only when it is evaluated.
  case dyn
  case null
  case boolean
  case integer
  case unsigned
  case double
  /// A JSON number, which is an `int` or a `double` when it is read.
  case number
  case string
  case bytes
  case timestamp
  case duration
  case list(CELType)
  case map(CELType, CELType)
  case optional(CELType)
  /// The type of a type.
  case type(CELType)
  /// A value of the request, of the shape with a number in the environment's shapes.
  case shape(Int)
  /// Any other type by its name and parameters, such as `net.IP`.
  case opaque(String, [CELType])
  /// A type that a call fills in.
  case parameter(Int)
}

extension CELType: CustomStringConvertible {
  /// The type as expressions and messages name it.
  package var description: String {
    switch self {
    case .dyn: "dyn"
    case .null: "null_type"
    case .boolean: "bool"
    case .integer: "int"
    case .unsigned: "uint"
    case .double: "double"
    case .number: "number"
    case .string: "string"
    case .bytes: "bytes"
    case .timestamp: "google.protobuf.Timestamp"
    case .duration: "google.protobuf.Duration"
    case .list(let element): "list(\(element))"
    case .map(let key, let value): "map(\(key), \(value))"
    case .optional(let wrapped): "optional_type(\(wrapped))"
    case .type(.dyn): "type"
    case .type(let type): "type(\(type))"
    case .shape: "object"
    case .opaque(let name, let parameters):
      parameters.isEmpty
        ? name : "\(name)(\(parameters.map(\.description).joined(separator: ", ")))"
    case .parameter(let index):
      index < 26 ? String(Unicode.Scalar(UInt8(ascii: "A") + UInt8(index))) : "A\(index)"
    }
  }
}

extension CELType {
  static let address = CELType.opaque("net.IP", [])
  static let network = CELType.opaque("net.CIDR", [])

  /// Whether the type is of numbers that compare with one another.
  var isNumeric: Bool {
    switch self {
    case .integer, .unsigned, .double, .number: true
    default: false
    }
  }

  /// Calls `body` with the types that this one is made of.
  var parts: [CELType] {
    switch self {
    case .list(let element), .optional(let element), .type(let element): [element]
    case .map(let key, let value): [key, value]
    case .opaque(_, let parameters): parameters
    case .dyn, .null, .boolean, .integer, .unsigned, .double, .number, .string, .bytes,
      .timestamp, .duration, .shape, .parameter:
      []
    }
  }

  /// The type of a value that is known beforehand.
  package init(of value: CELValue) {
    switch value {
    case .null: self = .null
    case .boolean: self = .boolean
    case .integer: self = .integer
    case .unsigned: self = .unsigned
    case .double: self = .double
    case .string, .name: self = .string
    case .bytes: self = .bytes
    case .timestamp: self = .timestamp
    case .duration: self = .duration
    case .address: self = .address
    case .network: self = .network
    case .type: self = .type(.dyn)
    case .node: self = .dyn
    case .optional(let optional): self = .optional(optional.value.map(CELType.init(of:)) ?? .dyn)
    case .list(let list): self = .list(Self.common(list.elements.map(CELType.init(of:))))
    case .map(let map):
      self = .map(
        Self.common(map.entries.map { CELType(of: $0.key) }),
        Self.common(map.entries.map { CELType(of: $0.value) }))
    }
  }

  private static func common(_ types: [CELType]) -> CELType {
    guard let first = types.first else { return .dyn }
    return types.allSatisfy { $0 == first } ? first : .dyn
  }
}
