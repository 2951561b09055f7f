import Findings
import SourceText

/// Makes the lines that a fix changes, as they are and as it leaves them.
struct FixHunks {
  private let bytes: [UInt8]
  private let lines: LineIndex
  private let redactions: Redactions

  /// How many bytes of a line are shown before the first of its edits, and how many behind the last one.
  private static let windowSize = 100

  /// Creates a maker for fixes of a text, of which some stretches are never shown.
  init(_ bytes: [UInt8], _ lines: LineIndex, hiding redactions: Redactions) {
    self.bytes = bytes
    self.lines = lines
    self.redactions = redactions
  }

  /// The lines with edits, which are in order and meet no stretch that is hidden.
  func hunks(of edits: [TextEdit]) -> [Fix.Hunk] {
    var hunks: [Fix.Hunk] = []
    var group: [TextEdit] = []
    for edit in edits {
      if let last = group.last, start(before: edit.range) > end(behind: last.range) {
        hunks.append(hunk(of: group))
        group = []
      }
      group.append(edit)
    }
    if !group.isEmpty { hunks.append(hunk(of: group)) }
    return hunks
  }

  private func hunk(of group: [TextEdit]) -> Fix.Hunk {
    let start = group.first.map { self.start(before: $0.range) } ?? 0
    let end = group.last.map { self.end(behind: $0.range) } ?? start
    var text: [UInt8] = []
    var offset = start
    for edit in group {
      text += shown(TextRange(offset, edit.range.lowerBound)) + edit.text
      offset = edit.range.upperBound
    }
    text += shown(TextRange(offset, end))
    let isCutBefore = start > 0 && !bytes[start - 1].isLineEnd
    let isCutAfter = end < bytes.count && !bytes[end].isLineEnd
    func parts(_ text: [UInt8]) -> [String] {
      var parts = text.split(separator: UInt8(ascii: "\n"), omittingEmptySubsequences: false)
        .map { String(decoding: $0.last == UInt8(ascii: "\r") ? $0.dropLast() : $0, as: UTF8.self) }
      if isCutBefore { parts[0] = "…" + parts[0] }
      if isCutAfter { parts[parts.count - 1] += "…" }
      return parts
    }
    var (removed, added) = (parts(shown(TextRange(start, end)))[...], parts(text)[...])
    var line = lines.position(of: start, in: bytes).line
    // What stays is no part of the change.
    while removed.count > 1 || added.count > 1, let old = removed.first, let new = added.first,
      old.utf8.elementsEqual(new.utf8)
    {
      removed.removeFirst()
      added.removeFirst()
      line += 1
    }
    while removed.count > 1 || added.count > 1, let old = removed.last, let new = added.last,
      old.utf8.elementsEqual(new.utf8)
    {
      removed.removeLast()
      added.removeLast()
    }
    return Fix.Hunk(line: line, removed: Array(removed), added: Array(added))
  }

  /// The bytes of a range with a mark in the place of what is hidden.
  private func shown(_ range: TextRange) -> [UInt8] {
    let covers = redactions.ranges(meeting: range).map { cover in
      TextRange(
        max(0, cover.lowerBound - range.lowerBound),
        min(range.count, cover.upperBound - range.lowerBound))
    }
    return Redaction.marked(bytes[range.lowerBound..<range.upperBound], hiding: covers)
  }

  /// Where what is shown before an edit begins: at the start of its line, or near the edit.
  private func start(before range: TextRange) -> Int {
    var start = range.lowerBound
    let least = max(0, start - Self.windowSize)
    while start > least, !bytes[start - 1].isLineEnd { start -= 1 }
    while start > 0, start < bytes.count, bytes[start] & 0xC0 == 0x80 { start -= 1 }
    return start
  }

  /// Where what is shown behind an edit ends: at the end of its line, or near the edit.
  private func end(behind range: TextRange) -> Int {
    var end = range.upperBound
    let most = min(bytes.count, end + Self.windowSize)
    while end < most, !bytes[end].isLineEnd { end += 1 }
    while end < bytes.count, bytes[end] & 0xC0 == 0x80 { end += 1 }
    return end
  }
}

extension UInt8 {
  fileprivate var isLineEnd: Bool { self == UInt8(ascii: "\n") || self == UInt8(ascii: "\r") }
}
