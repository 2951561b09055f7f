package import SourceText

/// Bytes that were compiled beforehand, with a hash of what they were made of, and one of their own.
package enum SealedBytes {
  /// The version of the form of all such bytes.
  private static let version: UInt8 = 1

  /// The bytes behind the hashes.
  package static func seal(_ body: [UInt8], madeOf source: UInt64) -> [UInt8] {
    var writer = BinaryWriter()
    writer.byte(version)
    writer.unsigned(source)
    writer.unsigned(hash(of: body[...]))
    return writer.bytes + body
  }

  /// A reader of what was sealed; nil if that was made of something else, or is damaged.
  package static func open(_ bytes: [UInt8], madeOf source: UInt64) -> BinaryReader? {
    var reader = BinaryReader(bytes)
    guard reader.byte() == version, reader.unsigned() == source,
      reader.unsigned() == hash(of: bytes[reader.position...])
    else { return nil }
    return reader
  }

  /// The hash of bytes.
  package static func hash(of bytes: ArraySlice<UInt8>) -> UInt64 {
    var hash = WordHash()
    unsafe bytes.withUnsafeBytes { unsafe hash.add($0) }
    return hash.value
  }
}
