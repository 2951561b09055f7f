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
    var (value, unit) = (bytes, "bytes")
    for (name, shift) in [("GiB", 30), ("MiB", 20), ("KiB", 10)]
    where bytes >= 1 << shift && bytes % (1 << shift) == 0 {
      (value, unit) = (bytes >> shift, name)
      break
    }
    self.init(name, value, unit, beyond: consequence, option: option)
  }
}
