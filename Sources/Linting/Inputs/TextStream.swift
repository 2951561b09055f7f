import Findings
import RequisiteFiles
import SystemPackage

/// The text of an array, part by part; what comes from an input that can be read only once is kept, so that
/// it can be read again.
final class TextStream {
  private let input: InputSource
  private var reader: InputReader
  /// What was read before the stream began.
  private var beginning: [UInt8]
  /// Where the text is kept; nil where it need not be.
  private let spool: SpoolFile?
  /// Why the text could not be read or kept.
  private(set) var failure: Diagnostic?

  /// Begins a text; a spool keeps it, beginning with what was read already.
  init(
    _ reader: consuming InputReader, of input: InputSource, beginning: [UInt8] = [],
    keptIn spool: SpoolFile? = nil
  ) {
    self.input = input
    self.reader = reader
    self.beginning = beginning
    self.spool = spool
  }

  /// Reads a text that was kept.
  convenience init(_ spool: SpoolFile, of input: InputSource) {
    self.init(
      InputReader(text: spool.open(), of: input, blockSize: LogReader.blockSize), of: input)
  }

  /// How many bytes of the file were read.
  var filePosition: Int { reader.filePosition }

  /// Appends the next bytes; false at the end.
  ///
  /// - Throws: `input/unreadable`, also where the text cannot be kept, or the error of a damaged container.
  func read(into text: inout [UInt8]) throws(Diagnostic) -> Bool {
    let start = text.count
    do throws(Diagnostic) {
      if !beginning.isEmpty {
        text += beginning
        beginning = []
      } else if try !reader.read(into: &text) {
        return false
      }
      try keep(text[start...])
      return true
    } catch {
      failure = error
      throw error
    }
  }

  private func keep(_ bytes: ArraySlice<UInt8>) throws(Diagnostic) {
    do throws(Errno) {
      try spool?.append(bytes)
    } catch {
      throw Self.unkept(input, error)
    }
  }

  /// The whole text, of which a part may have been read.
  ///
  /// - Throws: what reading does, or `input/too-large` for more bytes than the limit.
  func whole(limit: Int) throws(Diagnostic) -> [UInt8] {
    if let failure { throw failure }
    var text: [UInt8] = []
    if let spool {
      let kept = TextStream(spool, of: input)
      while try kept.read(into: &text) { try check(text, limit) }
      if spool.isComplete { return text }
    }
    while try reader.read(into: &text) { try check(text, limit) }
    return text
  }

  private func check(_ text: [UInt8], _ limit: Int) throws(Diagnostic) {
    guard text.count <= limit else { throw SizeLimits.documentTooLarge(input.quotedName, limit) }
  }

  /// What to report of a text that could be kept only in part.
  private static func unkept(_ input: InputSource, _ error: Errno) -> Diagnostic {
    Diagnostic(
      "input/unreadable",
      "\(input.quotedName) is a large array, and its temporary file cannot be written: \(Diagnostic.reason(of: error))",
      hint: "set TMPDIR to a folder with enough space"
    )
  }
}
