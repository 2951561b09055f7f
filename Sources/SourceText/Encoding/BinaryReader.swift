/// Reads what a `BinaryWriter` wrote, in the same order.
///
/// Bytes that no writer wrote give some values and make `isSound` false.
public struct BinaryReader {
  @usableFromInline let bytes: [UInt8]
  /// The offset of the next byte.
  public private(set) var position = 0
  /// Whether all that was read had been written.
  public private(set) var isSound = true

  /// Begins to read bytes.
  public init(_ bytes: [UInt8]) { self.bytes = bytes }

  /// Whether nothing is left to read.
  public var isAtEnd: Bool { position == bytes.count }

  /// Takes note of a value that no writer writes.
  public mutating func refuse() {
    isSound = false
    position = bytes.count
  }

  /// Reads one byte.
  public mutating func byte() -> UInt8 {
    guard position < bytes.count else {
      isSound = false
      return 0
    }
    position += 1
    return bytes[position - 1]
  }

  /// Reads `true` or `false`.
  public mutating func flag() -> Bool { byte() != 0 }

  /// Reads a whole number of at least 0.
  public mutating func unsigned() -> UInt64 {
    let first = byte()
    if first < 0x80 { return UInt64(first) }
    var value = UInt64(first & 0x7F)
    var shift: UInt64 = 7
    while shift < 64 {
      let next = byte()
      value |= UInt64(next & 0x7F) << shift
      if next < 0x80 { return value }
      shift += 7
    }
    refuse()
    return 0
  }

  /// Reads a whole number.
  public mutating func integer() -> Int {
    let value = unsigned()
    return Int(truncatingIfNeeded: Int64(bitPattern: value >> 1) ^ -Int64(value & 1))
  }

  /// Reads a whole number of 32 bits.
  public mutating func int32() -> Int32 { Int32(truncatingIfNeeded: integer()) }

  /// Reads a number with a fraction.
  public mutating func double() -> Double { Double(bitPattern: unsigned()) }

  /// Reads how many elements or bytes follow; never more than there are bytes left.
  public mutating func count() -> Int {
    let count = unsigned()
    guard count <= UInt64(bytes.count - position) else {
      refuse()
      return 0
    }
    return Int(count)
  }

  /// Reads bytes.
  public mutating func data() -> [UInt8] {
    let count = count()
    position += count
    return Array(bytes[(position - count)..<position])
  }

  /// Reads a text.
  public mutating func text() -> String {
    let count = count()
    position += count
    return String(decoding: bytes[(position - count)..<position], as: UTF8.self)
  }

  /// Reads a range of a text.
  public mutating func range() -> TextRange {
    let start = integer()
    return TextRange(at: start, count: integer())
  }

  /// Reads a list; `read` reads an element.
  @inlinable
  public mutating func list<Element>(_ read: (inout BinaryReader) -> Element) -> [Element] {
    let count = count()
    var elements: [Element] = []
    elements.reserveCapacity(count)
    for _ in 0..<count { elements.append(read(&self)) }
    return elements
  }

  /// Reads a value if there is one.
  @inlinable
  public mutating func optional<Value>(_ read: (inout BinaryReader) -> Value) -> Value? {
    flag() ? read(&self) : nil
  }
}
