import Documents

/// A JSON value; numbers keep their text, and objects the order of their members.
indirect enum JSON: Equatable {
  case null
  case boolean(Bool)
  case number([UInt8])
  case string(String)
  case array([JSON])
  case object([Member])

  struct Member: Equatable {
    var name: String
    var value: JSON
  }

  /// The value of a node, of JSON or of YAML.
  init(_ node: NodeID = .root, of document: Document) {
    switch document.kind(of: node) {
    case .null, .absent: self = .null
    case .boolean: self = .boolean(document.isTrue(node))
    case .number: self = .number(Array(document.utf8(of: node)))
    case .string, .name: self = .string(document.text(of: node))
    case .array: self = .array(document.elements(of: node).map { JSON($0, of: document) })
    case .object:
      self = .object(
        document.members(of: node).map {
          Member(name: document.text(of: $0.name), value: JSON($0.value, of: document))
        })
    }
  }

  subscript(name: String) -> JSON? {
    guard case .object(let members) = self else { return nil }
    return members.first { $0.name == name }?.value
  }

  /// The members of an object; none for another value.
  var members: [Member] {
    if case .object(let members) = self { members } else { [] }
  }

  /// The elements of an array; none for another value.
  var elements: [JSON] {
    if case .array(let elements) = self { elements } else { [] }
  }

  /// The text of a string.
  var text: String? {
    if case .string(let text) = self { text } else { nil }
  }

  /// The value at a path of names, such as `/$defs/text`.
  func value(at path: String) -> JSON? {
    path.split(separator: "/").reduce(self as JSON?) { $0?[String($1)] }
  }

  func bytes(_ layout: JSONWriter.Layout = .compact) -> [UInt8] {
    var writer = JSONWriter(layout)
    var output: [UInt8] = []
    write(with: &writer, into: &output)
    return output
  }

  private func write(with writer: inout JSONWriter, into output: inout [UInt8]) {
    switch self {
    case .null: writer.value(nil as String?, into: &output)
    case .boolean(let value): writer.value(value, into: &output)
    case .number(let text): writer.value(verbatim: text, into: &output)
    case .string(let text): writer.value(text, into: &output)
    case .array(let elements):
      writer.beginArray(into: &output)
      for element in elements { element.write(with: &writer, into: &output) }
      writer.endArray(into: &output)
    case .object(let members):
      writer.beginObject(into: &output)
      for member in members {
        writer.name(member.name, into: &output)
        member.value.write(with: &writer, into: &output)
      }
      writer.endObject(into: &output)
    }
  }
}
