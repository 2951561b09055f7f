import Documents
import Evaluation
import SourceText

/// Guards sensitive values in text that could not be read as a tree.
///
/// Where a text is broken, what follows a sensitive member's name on its line is kept back, whatever
/// it is.
struct SensitiveText {
  /// The last names of sensitive paths, folded.
  private let names: Set<[UInt8]>

  init(packs: [LoadedPack]) {
    var names: Set<[UInt8]> = []
    for pack in packs {
      for path in pack.plan.sensitive {
        if case .path(let symbols) = path, let last = symbols.last {
          names.insert(NearestName.folded(pack.plan.symbols.name(of: last)))
        }
      }
    }
    self.names = names
  }

  /// What follows a sensitive name in the text, up to the end of the name's line.
  func ranges(in bytes: [UInt8]) -> [TextRange] {
    guard !names.isEmpty else { return [] }
    var ranges: [TextRange] = []
    var start = 0
    var index = 0
    func isWord(_ byte: UInt8) -> Bool {
      switch byte {
      case UInt8(ascii: "a")...UInt8(ascii: "z"), UInt8(ascii: "A")...UInt8(ascii: "Z"),
        UInt8(ascii: "0")...UInt8(ascii: "9"), UInt8(ascii: "_"), UInt8(ascii: "-"):
        true
      default: byte >= 0x80
      }
    }
    while index < bytes.count {
      start = index
      while index < bytes.count, isWord(bytes[index]) { index += 1 }
      if index > start, index - start <= 256,
        names.contains(NearestName.folded(String(decoding: bytes[start..<index], as: UTF8.self)))
      {
        var end = index
        while end < bytes.count, bytes[end] != UInt8(ascii: "\n"), bytes[end] != UInt8(ascii: "\r")
        {
          end += 1
        }
        ranges.append(TextRange(index, end))
        index = end
      }
      if index == start { index += 1 }
    }
    return ranges
  }
}
