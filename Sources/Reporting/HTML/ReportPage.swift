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

  /// A Content Security Policy that allows these two parts and nothing else.
  static var policy: String {
    "default-src 'none'; style-src '\(source(of: style))'; script-src '\(source(of: script))'; base-uri 'none'; form-action 'none'"
  }

  /// The source of an inline part: its hash (Content Security Policy Level 3, section 2.3.1).
  private static func source(of part: [UInt8]) -> String {
    var hash = SHA256()
    hash.update(part)
    return "sha256-\(String(decoding: Base64.encoded(hash.digest()), as: UTF8.self))"
  }
}
