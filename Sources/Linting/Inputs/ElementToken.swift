import SourceText

/// The reference token that stands for an array's element by what tells it apart: `{Id=a}`.
enum ElementToken {
  /// How long a value may be to be in a token as it is.
  private static let countLimit = 64

  /// The token of an element; a value that must not be shown, or is long, is hashed.
  static func token(member: String, value: [UInt8], isSensitive: Bool) -> [UInt8] {
    var shown = value
    if isSensitive || value.count > countLimit {
      var hash = SHA256()
      hash.update(value)
      shown = Array("sha256:\(hash.finish().prefix(16))".utf8)
    }
    return Array("{\(member)=".utf8) + shown + [UInt8(ascii: "}")]
  }
}
