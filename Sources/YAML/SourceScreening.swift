import Documents
import SourceText

/// The bytes of a text made fit for libyaml, and what had to be said against them.
///
/// What libyaml would stop at, and what it reads by the rules of YAML 1.1, is replaced by another
/// character, so that places keep their count of characters and one run shows every fault.
struct ScreenedSource {
  /// The text without byte-order mark, in valid UTF-8, of the source's own length.
  private(set) var bytes: [UInt8]
  /// The same characters with the stand-ins among them: what libyaml is to read.
  var parserBytes: [UInt8] {
    standIns.isEmpty ? bytes : replacing(bytes, { ($0.original, $0.replacement) })
  }
  /// Where in the source the text begins: after a byte-order mark.
  let start: Int
  /// What is wrong with the bytes, in order.
  private(set) var errors: [SyntaxError] = []
  /// Stand-ins for the line breaks that YAML 1.2 no longer knows, each with what it stands for.
  private(set) var standIns: [StandIn] = []

  /// A character that stands for another one while libyaml reads the text.
  struct StandIn {
    var original: [UInt8]
    var replacement: [UInt8]
  }

  /// How many faults of the bytes are reported one by one.
  static let errorLimit = 20

  /// How many lines may begin with `%TAG`; libyaml compares each with all before it.
  static let tagDirectiveLimit = 1000

  /// The first line over that limit, if there is one.
  var tagDirectiveOverLimit: TextRange? {
    guard bytes.firstOffset(of: UInt8(ascii: "%"), from: 0, to: bytes.count) != nil else {
      return nil
    }
    let mark = Array("%TAG".utf8)
    var count = 0
    var isLineStart = true
    for index in bytes.indices {
      if isLineStart, bytes[index] == mark[0], bytes[index...].starts(with: mark) {
        count += 1
        if count > Self.tagDirectiveLimit { return TextRange(at: start + index, count: mark.count) }
      }
      isLineStart = bytes[index].isBreak
    }
    return nil
  }

  /// Screens a text; gives nil where it is no UTF-8 at all but UTF-16 or UTF-32.
  init?(_ source: [UInt8]) {
    guard !Self.isWideEncoding(source) else { return nil }
    start = source.starts(with: ByteOrderMark.utf8) ? ByteOrderMark.utf8.count : 0
    bytes = Array(source[start...])
    // Most texts have nothing to screen: one quick pass tells.
    let isClean = bytes.allSatisfy { byte in
      byte >= 0x20 && byte < 0x7F || byte == UInt8(ascii: "\n") || byte == UInt8(ascii: "\r")
        || byte == UInt8(ascii: "\t")
    }
    if !isClean { screen() }
  }

  /// Whether the text begins as UTF-16 or UTF-32 does: with their mark, or with a zero byte.
  private static func isWideEncoding(_ source: [UInt8]) -> Bool {
    source.starts(with: [0xFF, 0xFE]) || source.starts(with: [0xFE, 0xFF])
      || source.prefix(2).contains(0)
  }

  private mutating func screen() {
    var index = 0
    var hasForeignBreak = false
    while index < bytes.count {
      let length = Self.sequenceLength(at: index, in: bytes)
      if length == 0 {
        let end = endOfInvalidBytes(from: index)
        report(
          SyntaxError(
            .encoding, TextRange(start + index, start + end),
            "\(SyntaxMessage.Quote(Self.hexadecimal(bytes[index..<end]), of: TextRange(start + index, start + end))) is not UTF-8; save the file as UTF-8"
          ))
        for position in index..<end { bytes[position] = UInt8(ascii: "?") }
        index = end
        continue
      }
      // Only these lead bytes begin a character that needs a look.
      let lead = bytes[index]
      guard lead < 0x20 || lead == 0x7F || lead == 0xC2 || lead == 0xE2 || lead == 0xEF else {
        index += length
        continue
      }
      if let name = Self.nameOfForbidden(bytes[index..<(index + length)]) {
        report(
          SyntaxError(
            .syntax, TextRange(start + index, start + index + length),
            "control character \(own: name.character) is not allowed in YAML; "
              + "write \"\(own: name.escape)\" in double quotes, or remove it"))
        replace(at: index, length)
      } else if Self.isForeignBreak(bytes[index..<(index + length)]) {
        hasForeignBreak = true
      }
      index += length
    }
    if hasForeignBreak { standInForForeignBreaks() }
  }

  private mutating func report(_ error: SyntaxError) {
    if errors.count < Self.errorLimit { errors.append(error) }
  }

  /// Writes a harmless character of the same length over one that is not allowed in YAML.
  private mutating func replace(at index: Int, _ length: Int) {
    let harmless: [UInt8] =
      switch length {
      case 1: [UInt8(ascii: "?")]
      case 2: [0xC2, 0xBF]
      default: [0xEF, 0xBF, 0xBD]
      }
    for (offset, byte) in harmless.prefix(length).enumerated() { bytes[index + offset] = byte }
  }

  private func endOfInvalidBytes(from index: Int) -> Int {
    var end = index + 1
    while end < bytes.count, end - index < 16, Self.sequenceLength(at: end, in: bytes) == 0 {
      end += 1
    }
    return end
  }

  /// How many bytes the UTF-8 sequence at an index takes (RFC 3629); 0 where it is none.
  static func sequenceLength(at index: Int, in bytes: [UInt8]) -> Int {
    UTF8Decoder.length(in: bytes.span, at: index)
  }

  /// The name and YAML escape of a character outside of `c-printable` (YAML 1.2.2, section 5.1).
  private static func nameOfForbidden(
    _ character: ArraySlice<UInt8>
  ) -> (character: String, escape: String)? {
    let bytes = Array(character)
    let value: UInt16
    switch bytes.count {
    case 1:
      let isAllowed =
        bytes[0] >= 0x20 && bytes[0] < 0x7F || bytes[0] == UInt8(ascii: "\t")
        || bytes[0] == UInt8(ascii: "\n") || bytes[0] == UInt8(ascii: "\r")
      if isAllowed { return nil }
      value = UInt16(bytes[0])
    case 2:
      guard bytes[0] == 0xC2, bytes[1] < 0xA0, bytes[1] != 0x85 else { return nil }
      value = UInt16(bytes[1])
    default:
      guard bytes == [0xEF, 0xBF, 0xBE] || bytes == [0xEF, 0xBF, 0xBF] else { return nil }
      value = 0xFF40 + UInt16(bytes[2])
    }
    let digits = String(value, radix: 16, uppercase: true)
    let padded = String(repeating: "0", count: 4 - digits.count) + digits
    return ("U+\(padded)", value < 0x100 ? "\\x\(padded.suffix(2))" : "\\u\(padded)")
  }

  /// Whether a character breaks lines in YAML 1.1 but not in 1.2: U+0085, U+2028, U+2029.
  private static func isForeignBreak(_ character: ArraySlice<UInt8>) -> Bool {
    foreignBreaks.contains { $0.elementsEqual(character) }
  }

  private static let foreignBreaks: [[UInt8]] = [
    [0xC2, 0x85], [0xE2, 0x80, 0xA8], [0xE2, 0x80, 0xA9],
  ]

  /// Puts private-use characters that the text does not hold in the place of foreign breaks.
  private mutating func standInForForeignBreaks() {
    var used: Set<UInt16> = []
    for index in bytes.indices
    where bytes[index] == 0xEE && Self.sequenceLength(at: index, in: bytes) == 3 {
      used.insert(UInt16(bytes[index + 1]) << 8 | UInt16(bytes[index + 2]))
    }
    for second in UInt8(0x80)...0xBF where standIns.count < Self.foreignBreaks.count {
      for third in UInt8(0x80)...0xBF
      where standIns.count < Self.foreignBreaks.count
        && !used.contains(UInt16(second) << 8 | UInt16(third))
      {
        standIns.append(
          StandIn(
            original: Self.foreignBreaks[standIns.count], replacement: [0xEE, second, third]))
      }
    }
  }

  /// The text as it was before stand-ins were put into it.
  func restored(_ text: [UInt8]) -> [UInt8] {
    standIns.isEmpty ? text : replacing(text, { ($0.replacement, $0.original) })
  }

  private func replacing(
    _ text: [UInt8], _ pair: (StandIn) -> (from: [UInt8], to: [UInt8])
  ) -> [UInt8] {
    let pairs = standIns.map(pair)
    var result: [UInt8] = []
    result.reserveCapacity(text.count)
    var index = 0
    while index < text.count {
      if text[index] >= 0xC2,
        let pair = pairs.first(where: { text[index...].starts(with: $0.from) }
        )
      {
        result.append(contentsOf: pair.to)
        index += pair.from.count
      } else {
        result.append(text[index])
        index += 1
      }
    }
    return result
  }

  private static func hexadecimal(_ bytes: ArraySlice<UInt8>) -> String {
    let shown = bytes.prefix(4).map { byte in
      "0x" + (byte < 0x10 ? "0" : "") + String(byte, radix: 16, uppercase: true)
    }
    return "byte\(bytes.count == 1 ? "" : "s") " + shown.joined(separator: " ")
      + (bytes.count > 4 ? " …" : "")
  }
}
