import CTextScan
import SourceText

extension [UInt8] {
  /// How many lines end in the text, at an LF or at a CR that no LF follows, and whether there is any CR.
  var lineEnds: (count: Int, hasReturns: Bool) {
    let ends = unsafe withUnsafeBufferPointer { text in
      unsafe text.baseAddress.map { unsafe requisite_line_ends($0, UInt64(text.count)) }
    }
    guard let ends else { return (0, false) }
    var count = Int(ends.feeds)
    if ends.returns == 0 { return (count, false) }
    var start = 0
    while let carriage = firstOffset(of: UInt8(ascii: "\r"), from: start, to: self.count) {
      start = carriage + 1
      if start >= self.count || self[start] != UInt8(ascii: "\n") { count += 1 }
    }
    return (count, true)
  }
}
