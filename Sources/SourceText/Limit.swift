/// A limit of the program, as `requisite list limits` documents it.
///
/// Each module lists its own limits beside the constants that it applies.
package struct Limit: Sendable {
  /// What is limited, such as `nesting of JSON`.
  package let name: String
  /// The largest value that is allowed, in `unit`.
  package let value: Int
  /// The unit of the value, such as `steps` or `MiB`.
  package let unit: String
  /// What happens beyond the limit.
  package let consequence: String
  /// The option that changes the limit, if any.
  package let option: String?

  /// Creates a limit of a count.
  package init(
    _ name: String, _ value: Int, _ unit: String, beyond consequence: String, option: String? = nil
  ) {
    self.name = name
    self.value = value
    self.unit = unit
    self.consequence = consequence
    self.option = option
  }

  /// Creates a limit of a number of bytes, in the largest unit that divides it.
  package init(
    _ name: String, bytes: Int, beyond consequence: String, option: String? = nil
  ) {
    let size = ByteCount(bytes)
    self.init(name, size.value, size.unit, beyond: consequence, option: option)
  }
}

/// A number of bytes in the largest unit that divides it.
package struct ByteCount: Sendable, CustomStringConvertible {
  /// The number, in `unit`.
  package let value: Int
  /// The unit: `bytes`, `KiB`, `MiB` or `GiB`.
  package let unit: String

  /// Creates a count of bytes.
  package init(_ bytes: Int) {
    for (unit, shift) in [("GiB", 30), ("MiB", 20), ("KiB", 10)]
    where bytes >= 1 << shift && bytes % (1 << shift) == 0 {
      (value, self.unit) = (bytes >> shift, unit)
      return
    }
    (value, unit) = (bytes, "bytes")
  }

  /// The number and its unit, such as `512 MiB` or `1 byte`.
  package var description: String { value == 1 && unit == "bytes" ? "1 byte" : "\(value) \(unit)" }
}
