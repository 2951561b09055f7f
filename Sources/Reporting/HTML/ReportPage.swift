import CReportPage
import SourceText

/// The static parts of the HTML report.
enum ReportPage {
  /// The style sheet.
  static var style: [UInt8] {
    var count = 0
    guard let bytes = unsafe requisite_report_style(&count) else { return [] }
    return unsafe Array(UnsafeBufferPointer(start: bytes, count: count))
  }

  /// The script.
  static var script: [UInt8] {
    var count = 0
    guard let bytes = unsafe requisite_report_script(&count) else { return [] }
    return unsafe Array(UnsafeBufferPointer(start: bytes, count: count))
  }

  /// A Content Security Policy that allows for these two parts, and for nothing else.
  static var policy: String {
    "default-src 'none'; style-src '\(source(of: style))'; script-src '\(source(of: script))'; base-uri 'none'; form-action 'none'"
  }

  /// The source of an inline part: its hash (Content Security Policy Level 3, section 2.3.1).
  private static func source(of part: [UInt8]) -> String {
    var hash = SHA256()
    hash.update(part)
    return "sha256-\(base64(hash.digest()))"
  }

  /// Bytes in base64 (RFC 4648, section 4).
  static func base64(_ bytes: [UInt8]) -> String {
    let digits = Array("ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/".utf8)
    var text: [UInt8] = []
    var index = 0
    while index < bytes.count {
      let group = bytes[index...].prefix(3)
      var bits = 0
      for byte in group { bits = bits << 8 | Int(byte) }
      bits <<= 8 * (3 - group.count)
      for place in 0...3 {
        text.append(
          place <= group.count ? digits[bits >> (18 - 6 * place) & 0x3F] : UInt8(ascii: "="))
      }
      index += 3
    }
    return String(decoding: text, as: UTF8.self)
  }
}
