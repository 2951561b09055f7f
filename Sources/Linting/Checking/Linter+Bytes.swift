import Documents
import Findings
import SourceText

extension Linter {
  /// Checks bytes in memory, in the format of the input; nothing is read from its path.
  ///
  /// Bytes that begin as a gzip file does are decompressed first. A text over the limit of a document is
  /// `input/too-large`, also where it is a log.
  package mutating func lint(whole bytes: [UInt8], of input: InputSource) -> LintResult {
    let text: [UInt8]
    do throws(Diagnostic) {
      text = try Container.text(in: bytes, of: input, limit: options.sizeLimits.document)
    } catch {
      return LintResult(diagnostics: [error])
    }
    return lint(text: text, of: input)
  }

  private mutating func lint(text bytes: [UInt8], of input: InputSource) -> LintResult {
    guard input.syntax == .jsonLines else { return lint(bytes, of: input) }
    // Blocks keep the memory small that a linter holds on to.
    defer { line = Document() }
    var log = LogCheck(input, options: options, filter: nil)
    if let error = bytes.otherTextEncoding {
      return log.unreadable(bytes, error, with: self)
    }
    var result = LintResult()
    var start = 0
    while start < bytes.count {
      let end = Self.blockEnd(of: bytes, from: start)
      result += log.check(
        LogBlock(bytes: Array(bytes[start..<end]), base: .wholeFile), with: &self)
      start = end
    }
    result += log.end(with: self)
    return result
  }

  /// The end of a block of whole lines: about as many as a log is read in.
  private static func blockEnd(of bytes: [UInt8], from start: Int) -> Int {
    guard bytes.count - start > LogReader.blockSize else { return bytes.count }
    let least = start + LogReader.blockSize
    return bytes[least...].firstIndex(of: UInt8(ascii: "\n")).map { $0 + 1 } ?? bytes.count
  }

  func addLineHashes(to findings: inout [Finding], of bytes: [UInt8]) {
    guard options.needs.contains(.lineHashes), !findings.isEmpty else { return }
    let hashes = LineHasher.hashes(
      of: bytes, lines: Set(findings.map(\.region.start.line)))
    for index in findings.indices {
      findings[index].lineHash =
        hashes[findings[index].region.start.line]?.description
    }
  }
}
