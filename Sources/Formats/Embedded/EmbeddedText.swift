import Documents
import RequisitePatterns
import SourceText

/// Texts of languages that other modules read.
enum EmbeddedText {
  /// Checks a JSON text (RFC 8259), without a byte-order mark (section 8.1).
  ///
  /// Nesting deeper than the reader's limit is a fault; a name that occurs twice is none.
  static func checkJSON(_ text: Span<UInt8>) throws(FormatFault) {
    if text.byte(at: 0) == 0xEF, text.byte(at: 1) == 0xBB, text.byte(at: 2) == 0xBF {
      throw FormatFault(at: 0, "byte-order mark is not allowed before JSON")
    }
    let reading = JSONReader.read(bytes(of: text))
    if let error = reading.errors.first {
      throw FormatFault(at: error.range.lowerBound, error.message, quotesText: true)
    }
  }

  /// Checks a pattern of ECMA-262 with the flag `u`, whether or not it can be matched here.
  static func checkPattern(_ text: Span<UInt8>) throws(FormatFault) {
    // Repairing the text would move the offsets.
    var index = 0
    while index < text.count { index += try text.scalar(at: index).length }
    do throws(PatternError) {
      try Pattern.checkSyntax(String(decoding: bytes(of: text), as: UTF8.self))
    } catch {
      throw FormatFault(at: error.offset, error.message, quotesText: true)
    }
  }

  private static func bytes(of text: Span<UInt8>) -> [UInt8] {
    var bytes: [UInt8] = []
    bytes.reserveCapacity(text.count)
    for index in 0..<text.count { bytes.append(text[index]) }
    return bytes
  }
}
