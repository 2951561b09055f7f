/// Amazon Resource Names: `arn:partition:service:region:account:resource`.
///
/// As the AWS General Reference has them. Only the resource may hold wildcards, colons or spaces.
enum ResourceName {
  private static let wordCharacters = ByteSet("abcdefghijklmnopqrstuvwxyz0123456789-")

  static func check(_ text: Span<UInt8>) throws(FormatFault) {
    guard text.count >= 4, text.has("arn:", in: 0..<4) else {
      throw FormatFault(at: 0, "expected 'arn:' at the start")
    }
    var index = 4
    let partition = index
    let partitionEnd = try takeWord(text, at: &index, "'arn:' and the partition")
    guard isPartition(text, partition..<partitionEnd) else {
      throw FormatFault(
        at: partition, "expected the partition: 'aws', or such as 'aws-cn' or 'aws-us-gov'")
    }
    let service = index
    guard try takeWord(text, at: &index, "the service") > service else {
      throw FormatFault(at: service, "expected a service, such as 's3'")
    }
    _ = try takeWord(text, at: &index, "the region")
    let account = index
    let accountEnd = try takeWord(text, at: &index, "the account")
    guard isAccount(text, account..<accountEnd) else {
      throw FormatFault(at: account, "expected an account of 12 digits, 'aws', or none")
    }
    guard index < text.count else {
      throw FormatFault(at: index, "expected a resource after the account")
    }
    while let byte = text.byte(at: index) {
      guard byte >= 0x20, byte != 0x7F else {
        throw FormatFault(at: index, "control characters are not allowed in a resource")
      }
      index += 1
    }
  }

  /// Steps over one part and the colon after it; the part's end.
  private static func takeWord(
    _ text: Span<UInt8>, at index: inout Int, _ part: StaticString
  ) throws(FormatFault) -> Int {
    while let byte = text.byte(at: index), wordCharacters.contains(byte) { index += 1 }
    guard text.take(":", at: &index) else {
      throw FormatFault(
        at: index,
        index < text.count
          ? "expected lowercase letters, digits and '-' up to the ':' after \(part)"
          : "expected ':' after \(part): an ARN has six parts")
    }
    return index - 1
  }

  private static func isPartition(_ text: Span<UInt8>, _ range: Range<Int>) -> Bool {
    let start = range.lowerBound
    guard range.count > 3 else { return text.has("aws", in: range) }
    return text.has("aws-", in: start..<min(start + 4, range.upperBound))
      && !text.has("-", at: range.upperBound - 1)
  }

  private static func isAccount(_ text: Span<UInt8>, _ range: Range<Int>) -> Bool {
    if range.isEmpty { return true }
    // AWS's own resources.
    if text.has("aws", in: range) || text.has("cloudfront", in: range) { return true }
    for index in range where !text[index].isDigit { return false }
    return range.count == 12
  }
}
