#if canImport(Glibc)
import Glibc
#elseif canImport(Musl)
import Musl
#elseif canImport(Darwin)
import Darwin
#endif

extension [UInt8] {
  /// The offset of the first such byte in a range, or nil; an empty or impossible range has none.
  package func firstOffset(of byte: UInt8, from start: Int, to end: Int) -> Int? {
    unsafe withUnsafeBytes { bytes in
      guard let text = bytes.baseAddress, start >= 0, start < end, end <= bytes.count,
        let found = unsafe memchr(text + start, CInt(byte), end - start)
      else { return nil }
      return unsafe UnsafeRawPointer(found) - text
    }
  }
}

extension String {
  /// Whether the UTF-8 bytes of the string begin with those of another one.
  package func hasBytes(of beginning: String) -> Bool {
    guard beginning.utf8.count <= utf8.count else { return false }
    let isSame = unsafe utf8.withContiguousStorageIfAvailable { text in
      unsafe beginning.utf8.withContiguousStorageIfAvailable { beginning in
        guard let start = text.baseAddress, let other = beginning.baseAddress else {
          return beginning.isEmpty
        }
        return unsafe memcmp(start, other, beginning.count) == 0
      }
    }
    return (isSame ?? nil) ?? utf8.starts(with: beginning.utf8)
  }

  /// Whether two strings have the same UTF-8 bytes.
  ///
  /// For `==`, a composed letter is the same as a letter with a mark behind it; for a file system, two names that
  /// differ so are two files.
  package func hasSameBytes(as other: String) -> Bool {
    utf8.count == other.utf8.count && hasBytes(of: other)
  }

  /// Whether the UTF-8 bytes of the string come before those of another one.
  package func bytesPrecede(_ other: String) -> Bool {
    let order = unsafe utf8.withContiguousStorageIfAvailable { left in
      unsafe other.utf8.withContiguousStorageIfAvailable { right in
        var order: CInt = 0
        if let start = left.baseAddress, let otherStart = right.baseAddress {
          order = unsafe memcmp(start, otherStart, min(left.count, right.count))
        }
        return order == 0 ? left.count < right.count : order < 0
      }
    }
    return (order ?? nil) ?? utf8.lexicographicallyPrecedes(other.utf8)
  }
}
