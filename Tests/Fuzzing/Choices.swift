/// The bytes of one fuzzer input, read as a stream of small decisions.
///
/// After the last byte every decision is 0, so a generator whose first choice is a leaf ends.
package struct Choices {
  private let bytes: [UInt8]
  private var index = 0

  /// Creates the decisions of an input.
  package init(_ bytes: [UInt8]) { self.bytes = bytes }

  /// Whether all bytes are used up.
  package var isAtEnd: Bool { index >= bytes.count }

  /// The next byte; 0 after the last.
  package mutating func byte() -> UInt8 {
    guard index < bytes.count else { return 0 }
    defer { index += 1 }
    return bytes[index]
  }

  /// A number from 0 up to, but not including, `count`.
  package mutating func below(_ count: Int) -> Int {
    if count <= 1 { return 0 }
    if count <= 256 { return Int(byte()) % count }
    return (Int(byte()) << 16 | Int(byte()) << 8 | Int(byte())) % count
  }

  /// True once in `count` times on average; false after the last byte.
  package mutating func once(in count: Int) -> Bool { below(count) == 1 }

  /// One of some values.
  package mutating func pick<Element>(_ values: [Element]) -> Element {
    values[below(values.count)]
  }

  /// The bytes that are left.
  package mutating func rest() -> [UInt8] {
    defer { index = bytes.count }
    return Array(bytes[min(index, bytes.count)...])
  }
}
