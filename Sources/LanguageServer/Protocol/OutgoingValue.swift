import Documents

/// A JSON value that is sent to the editor.
package indirect enum OutgoingValue: Sendable {
  case null
  case boolean(Bool)
  case integer(Int)
  case string(String)
  case array([OutgoingValue])
  case object([(name: String, value: OutgoingValue)])
  /// JSON text as it was received.
  case verbatim([UInt8])

  /// The value as JSON text.
  package var json: [UInt8] {
    var output: [UInt8] = []
    var writer = JSONWriter()
    write(with: &writer, into: &output)
    return output
  }

  private func write(with writer: inout JSONWriter, into output: inout [UInt8]) {
    switch self {
    case .null: writer.value(nil, into: &output)
    case .boolean(let value): writer.value(value, into: &output)
    case .integer(let value): writer.value(value, into: &output)
    case .string(let value): writer.value(value, into: &output)
    case .verbatim(let text): writer.value(verbatim: text, into: &output)
    case .array(let elements):
      writer.beginArray(into: &output)
      for element in elements { element.write(with: &writer, into: &output) }
      writer.endArray(into: &output)
    case .object(let members):
      writer.beginObject(into: &output)
      for (name, value) in members {
        writer.name(name, into: &output)
        value.write(with: &writer, into: &output)
      }
      writer.endObject(into: &output)
    }
  }
}

extension OutgoingValue: ExpressibleByStringLiteral, ExpressibleByIntegerLiteral,
  ExpressibleByBooleanLiteral, ExpressibleByArrayLiteral, ExpressibleByDictionaryLiteral
{
  /// Creates a string.
  package init(stringLiteral value: String) { self = .string(value) }
  /// Creates an integer.
  package init(integerLiteral value: Int) { self = .integer(value) }
  /// Creates a boolean.
  package init(booleanLiteral value: Bool) { self = .boolean(value) }
  /// Creates an array.
  package init(arrayLiteral elements: OutgoingValue...) { self = .array(elements) }
  /// Creates an object.
  package init(dictionaryLiteral elements: (String, OutgoingValue)...) {
    self = .object(elements.map { (name: $0.0, value: $0.1) })
  }
}
