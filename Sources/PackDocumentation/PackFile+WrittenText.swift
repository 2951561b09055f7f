import Documents
import RulePacks
import SourceText

extension PackFile {
  /// A node as its file has it, without the indent that its lines share with it.
  func writtenText(of node: NodeID) -> String {
    let range = document.range(of: node)
    guard range.upperBound <= source.bytes.count else { return "" }
    var start = range.lowerBound
    while start > 0, source.bytes[start - 1] == UInt8(ascii: " ") { start -= 1 }
    // Only what begins its line has lines that are indented like it.
    let beginsLine = start == 0 || source.bytes[start - 1] == UInt8(ascii: "\n")
    let lines = source.bytes[range.lowerBound..<range.upperBound]
      .split(separator: UInt8(ascii: "\n"), omittingEmptySubsequences: false)
    let rest = lines.dropFirst()
    let indent =
      beginsLine
      ? range.lowerBound - start
      : rest.filter { !$0.allSatisfy { $0 == UInt8(ascii: " ") } }
        .map { $0.prefix { $0 == UInt8(ascii: " ") }.count }.min() ?? 0
    var text = lines.prefix(1).map { String(decoding: $0, as: UTF8.self) }
    for line in rest {
      let shared = line.prefix(indent).prefix { $0 == UInt8(ascii: " ") }.count
      text.append(String(decoding: line.dropFirst(shared), as: UTF8.self))
    }
    while let last = text.last, last.allSatisfy({ $0 == " " || $0 == "\r" }) { text.removeLast() }
    return text.map { line in
      var line = line[...]
      while line.last == " " || line.last == "\r" { line.removeLast() }
      return String(line)
    }.joined(separator: "\n")
  }
}
