import Documents
import Evaluation
import RequestDecoding
import SourceText

/// Guards sensitive values in text that could not be read as a tree.
///
/// A whole value that follows a sensitive name is kept back by itself. Where the value is broken,
/// nobody can say where it ends: then all is kept back up to a line that starts with another member
/// of the model, or holds nothing but closing brackets.
struct SensitiveText {
  /// The last names of sensitive paths, folded.
  private let names: Set<[UInt8]>
  /// The names of all other members of the packs' models, folded.
  private let otherNames: Set<[UInt8]>
  /// Whether a sensitive path goes by no name at all, so that anything may be meant.
  private let coversAll: Bool

  init(packs: [LoadedPack]) {
    var names: Set<[UInt8]> = []
    var otherNames: Set<[UInt8]> = []
    var coversAll = false
    for pack in packs {
      let symbols = pack.plan.symbols
      for path in pack.plan.sensitive {
        let guarded =
          switch path {
          case .path(let steps): steps.last.map { [$0] } ?? []
          case .query(_, let last, let innermost): last.isEmpty ? innermost : last
          }
        if guarded.isEmpty { coversAll = true }
        for symbol in guarded { names.insert(NearestName.folded(symbols.name(of: symbol))) }
      }
      for member in pack.plan.model.shapes.shapes.flatMap(\.members) {
        otherNames.insert(NearestName.folded(symbols.name(of: member.symbol)))
      }
    }
    self.names = names
    self.coversAll = coversAll
    self.otherNames = otherNames.subtracting(names)
  }

  /// What follows a sensitive name in the text, as far as it may belong to its value.
  func ranges(in bytes: [UInt8], isYAML: Bool) -> [TextRange] {
    if coversAll { return [TextRange(0, bytes.count)] }
    guard !names.isEmpty else { return [] }
    let scan = Scan(bytes: bytes)
    var ranges: [TextRange] = []
    var index = 0
    while index < bytes.count {
      guard index == 0 || !Scan.isWord(bytes[index - 1]), let end = nameEnd(scan, from: index)
      else {
        index += 1
        continue
      }
      if !isYAML, let valueEnd = scan.wholeValueEnd(from: end) {
        let start = min(scan.valueStart(after: end), valueEnd)
        ranges.append(TextRange(start, valueEnd))
        index = max(valueEnd, index + 1)
        continue
      }
      let valueEnd = brokenValueEnd(scan, from: end)
      ranges.append(TextRange(end, valueEnd))
      index = max(valueEnd, index + 1)
    }
    return ranges
  }

  /// The end of the sensitive name that starts at an offset, escapes in it read.
  private func nameEnd(_ scan: Scan, from start: Int) -> Int? {
    for name in names where !name.isEmpty {
      var index = start
      var matched = 0
      while matched < name.count, let (byte, next) = scan.letter(at: index) {
        if byte == name[matched] {
          matched += 1
        } else if matched == 0 || !Scan.isSeparator(byte) {
          break
        }
        index = next
      }
      if matched == name.count,
        index >= scan.bytes.count || !Scan.isWord(scan.bytes[index])
      {
        return index
      }
    }
    return nil
  }

  /// The start of the first line after an offset's own that is surely not of its value.
  private func brokenValueEnd(_ scan: Scan, from start: Int) -> Int {
    // Within a broken object or list, a bracket on a line of its own may be one of its own.
    if scan.opensContainer(after: start) { return scan.bytes.count }
    var end = scan.lineEnd(from: start)
    while end < scan.bytes.count {
      let next = scan.lineEnd(from: end + 1)
      if startsAnew(scan, TextRange(end + 1, next)) { return end }
      end = next
    }
    return end
  }

  private func startsAnew(_ scan: Scan, _ line: TextRange) -> Bool {
    var index = line.lowerBound
    while index < line.upperBound, Scan.isLead(scan.bytes[index]) { index += 1 }
    if index == line.upperBound {
      return scan.bytes[line.lowerBound..<line.upperBound].contains { $0 == 0x7D || $0 == 0x5D }
    }
    var end = index
    while end < line.upperBound, end - index <= 256, Scan.isWord(scan.bytes[end]) { end += 1 }
    return otherNames.contains(
      NearestName.folded(String(decoding: scan.bytes[index..<end], as: UTF8.self)))
  }
}

/// Reads text of which nothing is certain.
private struct Scan {
  let bytes: [UInt8]

  /// Whether a byte can be part of a name.
  static func isWord(_ byte: UInt8) -> Bool {
    switch byte {
    case UInt8(ascii: "a")...UInt8(ascii: "z"), UInt8(ascii: "A")...UInt8(ascii: "Z"),
      UInt8(ascii: "0")...UInt8(ascii: "9"), UInt8(ascii: "_"), UInt8(ascii: "-"):
      true
    default: byte >= 0x80
    }
  }

  /// Whether a byte counts for nothing within a name.
  static func isSeparator(_ byte: UInt8) -> Bool {
    switch byte {
    case UInt8(ascii: "_"), UInt8(ascii: "-"), UInt8(ascii: " "), UInt8(ascii: "."): true
    default: false
    }
  }

  /// Whether a byte may stand before the first name of a line, or closes what is open.
  static func isLead(_ byte: UInt8) -> Bool {
    switch byte {
    case UInt8(ascii: " "), UInt8(ascii: "\t"), UInt8(ascii: "\r"), UInt8(ascii: ","),
      UInt8(ascii: "}"), UInt8(ascii: "]"), UInt8(ascii: "\""), UInt8(ascii: "'"):
      true
    default: false
    }
  }

  /// Whether the value behind a name begins with a bracket.
  func opensContainer(after start: Int) -> Bool {
    var index = start
    while index < bytes.count {
      switch bytes[index] {
      case UInt8(ascii: "{"), UInt8(ascii: "["): return true
      case UInt8(ascii: " "), UInt8(ascii: "\t"), UInt8(ascii: "\r"), UInt8(ascii: "\n"),
        UInt8(ascii: "\""), UInt8(ascii: "'"), UInt8(ascii: ":"), UInt8(ascii: "="):
        index += 1
      default: return false
      }
    }
    return false
  }

  /// Where the value behind a name's last letter begins: behind the closing quote and the colon.
  func valueStart(after end: Int) -> Int {
    var index = end
    var isPastColon = false
    while index < bytes.count {
      switch bytes[index] {
      case UInt8(ascii: " "), UInt8(ascii: "\t"), UInt8(ascii: "\r"), UInt8(ascii: "\n"): index += 1
      case UInt8(ascii: ":"), UInt8(ascii: "="):
        isPastColon = true
        index += 1
      case UInt8(ascii: "\""), UInt8(ascii: "'"):
        if isPastColon { return index }
        index += 1
      default: return index
      }
    }
    return index
  }

  /// The letter at an offset, in lower case, and the offset after it; `\u0049` and `\x49` are I.
  func letter(at index: Int) -> (byte: UInt8, next: Int)? {
    guard index < bytes.count else { return nil }
    var byte = bytes[index]
    var next = index + 1
    if byte == UInt8(ascii: "\\"), next < bytes.count {
      let count = bytes[next] == UInt8(ascii: "u") ? 4 : bytes[next] == UInt8(ascii: "x") ? 2 : 0
      guard count > 0, next + count < bytes.count,
        let value = UInt8(
          String(decoding: bytes[(next + 1)...(next + count)], as: UTF8.self), radix: 16)
      else { return nil }
      byte = value
      next += count + 1
    }
    if (UInt8(ascii: "A")...UInt8(ascii: "Z")).contains(byte) { byte |= 0x20 }
    return (byte, next)
  }

  /// The offset of the next line end, or the end of the text.
  func lineEnd(from start: Int) -> Int {
    var end = min(start, bytes.count)
    while end < bytes.count, bytes[end] != UInt8(ascii: "\n"), bytes[end] != UInt8(ascii: "\r") {
      end += 1
    }
    return end
  }

  /// The end of the string or number that follows a JSON name, if what follows it is in order too.
  func wholeValueEnd(from nameEnd: Int) -> Int? {
    var index = nameEnd
    if index < bytes.count, bytes[index] == UInt8(ascii: "\"") { index += 1 }
    index = blankEnd(from: index)
    guard index < bytes.count, bytes[index] == UInt8(ascii: ":") else { return nil }
    index = blankEnd(from: index + 1)
    guard index < bytes.count else { return nil }
    if bytes[index] == UInt8(ascii: "\"") {
      index += 1
      while index < bytes.count, bytes[index] != UInt8(ascii: "\"") {
        guard bytes[index] >= 0x20 else { return nil }
        index += bytes[index] == UInt8(ascii: "\\") ? 2 : 1
      }
      index += 1
    } else {
      let start = index
      while index < bytes.count, (UInt8(ascii: "0")...UInt8(ascii: "9")).contains(bytes[index]) {
        index += 1
      }
      guard index > start else { return nil }
    }
    let follower = blankEnd(from: index)
    guard follower < bytes.count else { return nil }
    switch bytes[follower] {
    case UInt8(ascii: ","), UInt8(ascii: "}"): return index
    default: return nil
    }
  }

  private func blankEnd(from start: Int) -> Int {
    var index = start
    while index < bytes.count, [0x20, 0x09, 0x0A, 0x0D].contains(bytes[index]) { index += 1 }
    return index
  }
}
