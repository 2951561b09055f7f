import Findings
import SourceText

/// How many bytes an input may have.
package struct SizeLimits: Sendable, Equatable {
  /// The limit of one JSON text or YAML document, of one line of a log, and of one element of an array of
  /// requests.
  package let document: Int
  /// The limit of a whole log, and of an array of requests that is read in blocks.
  package let log: Int

  /// The limits unless `--max-size` gives another one: 512 MiB for a document, 4 GiB for a log or an array of
  /// requests.
  package static let standard = SizeLimits(document: 512 << 20, log: 4 << 30)

  /// The most that one text can have: offsets in it are 32-bit numbers.
  static let maximumDocument = Int(UInt32.max) - 1

  /// Limits of each kind by itself.
  init(document: Int, log: Int) {
    self.document = document
    self.log = log
  }

  /// Limits of as many bytes for every input, as far as a document can be that long.
  package init(maximum: Int) {
    self.init(document: min(maximum, Self.maximumDocument), log: maximum)
  }

  /// The larger ones of these limits and others.
  func atLeast(_ other: SizeLimits) -> SizeLimits {
    SizeLimits(document: max(document, other.document), log: max(log, other.log))
  }

  /// What to report of a document over its limit; `name` is quoted where it is a file's.
  static func documentTooLarge(_ name: String, _ limit: Int) -> Diagnostic {
    Diagnostic(
      "input/too-large",
      "\(name) is larger than \(ByteCount(limit)), the limit for one document", hint: hint(limit))
  }

  /// What to report of an array of requests over its limit.
  static func arrayTooLarge(_ name: String, _ limit: Int) -> Diagnostic {
    Diagnostic(
      "input/too-large",
      "\(name) is larger than \(ByteCount(limit)), the limit for an array of requests",
      hint: hint(limit))
  }

  /// What to report of an element of such an array over the limit of a document.
  static func elementTooLarge(_ name: String, position: Int, _ limit: Int) -> Diagnostic {
    Diagnostic(
      "input/too-large",
      "element /\(position) of \(name) is larger than \(ByteCount(limit)), the limit for one document",
      hint: limit < maximumDocument ? "raise --max-size, or split the request" : "split the request"
    )
  }

  /// What to report of a log over its limit.
  static func logTooLarge(_ name: String, _ limit: Int) -> Diagnostic {
    Diagnostic(
      "input/too-large",
      "\(name) is larger than \(ByteCount(limit)), the limit for a log",
      hint: "split it, or raise --max-size"
    )
  }

  /// What to report of a line over the limit of a document.
  static func lineTooLong(_ name: String, line: Int, _ limit: Int) -> Diagnostic {
    Diagnostic(
      "input/line-too-long",
      "line \(line) of \(name) is longer than \(ByteCount(limit)), the limit for one document",
      hint: limit < maximumDocument ? "raise --max-size" : "split the request"
    )
  }

  private static func hint(_ limit: Int) -> String {
    let others = "split it, or write one request per line (.jsonl)"
    return limit < maximumDocument ? "raise --max-size, \(others)" : others
  }
}
