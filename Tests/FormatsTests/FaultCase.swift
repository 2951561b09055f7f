import Formats
import TestSupport
import Testing

/// A text with `1️⃣` where it leaves its format.
struct FaultCase: Sendable, CustomTestStringConvertible {
  var format: StringFormat
  var markedText: String

  init(_ format: StringFormat, _ markedText: String) {
    self.format = format
    self.markedText = markedText
  }

  var testDescription: String { "\(format.rawValue) \(markedText.debugDescription)" }

  /// Expects the fault at the mark, with the message of the suite's golden.
  func check(filePath: String = #filePath, sourceLocation: SourceLocation = #_sourceLocation) {
    let mark = Array("1️⃣".utf8)
    let marked = Array(markedText.utf8)
    guard let offset = marked.indices.first(where: { marked[$0...].starts(with: mark) }) else {
      Issue.record("the text has no mark", sourceLocation: sourceLocation)
      return
    }
    let text = marked[..<offset] + marked[(offset + mark.count)...]
    let fault = format.fault(in: ArraySlice(text))
    #expect(fault?.offset == offset, sourceLocation: sourceLocation)
    expectMessages(
      fault.map { ["\($0.offset): \($0.message)"] } ?? [], of: testDescription,
      filePath: filePath, sourceLocation: sourceLocation)
  }
}

extension StringFormat {
  /// The fault of a whole string.
  func fault(in text: String) -> FormatFault? { fault(in: Array(text.utf8)[...]) }
}
