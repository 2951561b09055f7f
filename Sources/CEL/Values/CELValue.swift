package import Documents
import SourceText

/// A value of the Common Expression Language: a view on a document, or a value of its own.
///
/// Values of a document are never copied to be looked at: `.node` stands for whatever JSON value the
/// node is, `.name` for a member's name as a string.
package enum CELValue: Sendable {
  /// The value `null`.
  case null
  /// `true` or `false`.
  case boolean(Bool)
  /// An `int`: 64 bits with a sign.
  case integer(Int64)
  /// A `uint`: 64 bits without a sign.
  case unsigned(UInt64)
  /// A `double`.
  case double(Double)
  /// A string as its UTF-8 bytes, which are well formed.
  case string([UInt8])
  /// A sequence of bytes.
  case bytes([UInt8])
  /// A list of its own.
  case list(CELList)
  /// A map of its own.
  case map(CELMap)
  /// A value that may be missing.
  case optional(CELOptional)
  /// A point in time.
  case timestamp(CELTimestamp)
  /// A span of time in nanoseconds.
  case duration(nanoseconds: Int64)
  /// A type, as `type(x)` gives it.
  case type(CELKind)
  /// An IP address: 4 bytes, or 16.
  case address([UInt8])
  /// A network: an address followed by one byte, its prefix length.
  case network([UInt8])
  /// A value of the document.
  case node(NodeID)
  /// The name of a member of the document, as a string.
  case name(NodeID)

  /// Creates a string from text.
  package init(_ text: String) { self = .string(Array(text.utf8)) }
}

/// A list that an expression or a caller has made.
package struct CELList: Sendable {
  /// The elements in order.
  package let elements: [CELValue]
  /// How deep lists, maps and optionals nest in it, itself included.
  let depth: Int32

  /// Creates a list.
  package init(_ elements: [CELValue]) {
    self.elements = elements
    var depth: Int32 = 0
    for element in elements { depth = max(depth, element.depth) }
    self.depth = depth + 1
  }
}

/// A map that an expression or a caller has made, in the order of its making.
package struct CELMap: Sendable {
  /// A key with its value.
  package struct Entry: Sendable {
    /// The key: a boolean, an integer, an unsigned integer or a string.
    package var key: CELValue
    /// The value.
    package var value: CELValue

    /// Creates an entry.
    package init(key: CELValue, value: CELValue) {
      self.key = key
      self.value = value
    }
  }

  /// The entries; no two keys are equal.
  package let entries: [Entry]
  /// How deep lists, maps and optionals nest in it, itself included.
  let depth: Int32
  /// Whether all keys are strings, in the order of their bytes.
  let isSorted: Bool

  /// Creates a map; the caller sees to it that no two keys are equal.
  package init(_ entries: [Entry]) {
    self.init(entries, isSorted: false)
  }

  /// Creates a map of members in the order of their names, so that they are found without a long search.
  package init(sorting members: [(name: [UInt8], value: CELValue)]) {
    let members = members.sorted { $0.name.lexicographicallyPrecedes($1.name) }
    self.init(members.map { Entry(key: .string($0.name), value: $0.value) }, isSorted: true)
  }

  /// Reads the entries of a map in the order in which they were.
  init(from reader: inout BinaryReader, isSorted: Bool) {
    self.init(
      reader.list { reader in
        let key = CELValue(from: &reader)
        return Entry(key: key, value: CELValue(from: &reader))
      }, isSorted: isSorted)
  }

  private init(_ entries: [Entry], isSorted: Bool) {
    self.entries = entries
    self.isSorted = isSorted
    var depth: Int32 = 0
    for entry in entries { depth = max(depth, entry.value.depth) }
    self.depth = depth + 1
  }

  /// The value of the member with a name that is a string.
  func value(named name: [UInt8]) -> CELValue? {
    var (low, high) = (0, entries.count)
    while isSorted, high - low > 1 {
      let middle = (low + high) / 2
      if case .string(let key) = entries[middle].key, !name.lexicographicallyPrecedes(key) {
        low = middle
      } else {
        high = middle
      }
    }
    for entry in entries[low..<high] {
      if case .string(let key) = entry.key, key == name { return entry.value }
    }
    return nil
  }
}

/// A value that may be missing.
package struct CELOptional: Sendable {
  /// One value, or none: an array, since a value cannot hold itself.
  private let storage: [CELValue]
  /// How deep lists, maps and optionals nest in it, itself included.
  let depth: Int32

  /// Creates an optional; nil for a missing value.
  package init(_ value: CELValue?) {
    storage = value.map { [$0] } ?? []
    depth = (value?.depth ?? 0) + 1
  }

  /// The value, or nil where it is missing.
  package var value: CELValue? { storage.first }
}

extension CELValue {
  /// How deep a value of its own nests; 0 for a scalar and for every view on the document.
  var depth: Int32 {
    switch self {
    case .list(let list): list.depth
    case .map(let map): map.depth
    case .optional(let optional): optional.depth
    case .null, .boolean, .integer, .unsigned, .double, .string, .bytes, .timestamp, .duration,
      .type, .address, .network, .node, .name:
      0
    }
  }

  /// How deep values of one's own may nest, so that comparing and freeing them stays shallow.
  static let depthLimit: Int32 = 512
}

/// The types of values as expressions name them.
package enum CELKind: String, Sendable, CaseIterable {
  case null = "null_type"
  case boolean = "bool"
  case integer = "int"
  case unsigned = "uint"
  case double = "double"
  case string = "string"
  case bytes = "bytes"
  case list = "list"
  case map = "map"
  case optional = "optional_type"
  case timestamp = "google.protobuf.Timestamp"
  case duration = "google.protobuf.Duration"
  case type = "type"
  case address = "net.IP"
  case network = "net.CIDR"
}

extension CELKind {
  /// The type as messages name it.
  package var words: String {
    switch self {
    case .timestamp: "timestamp"
    case .duration: "duration"
    default: rawValue
    }
  }
}

extension CELValue {
  /// Whether the value is one of the document.
  var isNode: Bool { if case .node = self { true } else { false } }

  /// Whether the value is true; nil for a value that is no boolean.
  func truth(in request: Request) -> Bool? {
    switch self {
    case .boolean(let isTrue): isTrue
    case .node(let node): request.kind(of: node) == .boolean ? request.isTrue(node) : nil
    default: nil
    }
  }

  /// The type of the value.
  package func kind(in request: Request) -> CELKind {
    switch self {
    case .null: .null
    case .boolean: .boolean
    case .integer: .integer
    case .unsigned: .unsigned
    case .double: .double
    case .string, .name: .string
    case .bytes: .bytes
    case .list: .list
    case .map: .map
    case .optional: .optional
    case .timestamp: .timestamp
    case .duration: .duration
    case .type: .type
    case .address: .address
    case .network: .network
    case .node(let node):
      switch request.kind(of: node) {
      case .null, .absent: .null
      case .boolean: .boolean
      case .number:
        if case .integer = request.number(of: node) { .integer } else { .double }
      case .string, .name: .string
      case .array: .list
      case .object: .map
      }
    }
  }
}
