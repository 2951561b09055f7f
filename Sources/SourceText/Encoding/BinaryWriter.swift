/// Writes numbers, texts and lists one after another as bytes.
///
/// What was written is read in the same order by `BinaryReader`. Whole numbers take as many bytes as they
/// need, with seven bits in each.
package struct BinaryWriter {
  /// What was written.
  package private(set) var bytes: [UInt8] = []
  /// Whether all of it can be read back; false after `refuse()`.
  package private(set) var isSound = true

  /// Creates a writer that has written nothing.
  package init() {}

  /// Takes note of a value that has no form as bytes, such as a closure.
  package mutating func refuse() { isSound = false }

  /// Writes one byte.
  package mutating func byte(_ value: UInt8) { bytes.append(value) }

  /// Writes `true` or `false`.
  package mutating func flag(_ value: Bool) { bytes.append(value ? 1 : 0) }

  /// Writes a whole number of at least 0.
  package mutating func unsigned(_ value: UInt64) {
    var rest = value
    while rest >= 0x80 {
      bytes.append(UInt8(truncatingIfNeeded: rest) | 0x80)
      rest >>= 7
    }
    bytes.append(UInt8(truncatingIfNeeded: rest))
  }

  /// Writes a whole number.
  package mutating func integer(_ value: some FixedWidthInteger & SignedInteger) {
    let value = Int64(value)
    unsigned(UInt64(bitPattern: value << 1 ^ value >> 63))
  }

  /// Writes a number with a fraction, exactly.
  package mutating func double(_ value: Double) { unsigned(value.bitPattern) }

  /// Writes bytes with their count.
  package mutating func data(_ value: some Collection<UInt8>) {
    unsigned(UInt64(value.count))
    bytes += value
  }

  /// Writes a text.
  package mutating func text(_ value: String) { data(value.utf8) }

  /// Writes a range of a text.
  package mutating func range(_ value: TextRange) {
    integer(value.lowerBound)
    integer(value.count)
  }

  /// Writes a list with its count; `write` writes an element.
  package mutating func list<Element>(
    _ elements: [Element], _ write: (Element, inout BinaryWriter) -> Void
  ) {
    unsigned(UInt64(elements.count))
    for element in elements { write(element, &self) }
  }

  /// Writes whether there is a value, and the value.
  package mutating func optional<Value>(
    _ value: Value?, _ write: (Value, inout BinaryWriter) -> Void
  ) {
    flag(value != nil)
    if let value { write(value, &self) }
  }
}
