import Documents
import SourceText

/// Decodes the source of one scalar and notes where each byte came from (YAML 1.2.2, chapters 7, 8).
struct ScalarScan {
  private let source: [UInt8]
  private let range: TextRange
  private var bytes: [UInt8] = []
  private var offsets: [Int] = []

  init(_ source: [UInt8], _ range: TextRange) {
    self.source = source
    self.range = TextRange(range.lowerBound, min(range.upperBound, source.count))
  }

  /// The offset of each byte of `text` and of its end, or nil where the source reads differently.
  mutating func offsets(of text: ArraySlice<UInt8>) -> [Int]? {
    let end: Int
    switch source.byte(at: range.lowerBound) {
    case UInt8(ascii: "\""):
      end = range.upperBound - 1
      scanFlow(from: range.lowerBound + 1, to: end, escape: UInt8(ascii: "\\"))
    case UInt8(ascii: "'"):
      end = range.upperBound - 1
      scanFlow(from: range.lowerBound + 1, to: end, escape: UInt8(ascii: "'"))
    case UInt8(ascii: "|"), UInt8(ascii: ">"): return offsets(ofBlock: text)
    default:
      end = range.upperBound
      // Nothing stands for an empty text but perhaps its tag.
      if text.isEmpty { return [end] }
      scanFlow(from: range.lowerBound, to: end, escape: nil)
    }
    return bytes.elementsEqual(text) ? offsets + [end] : nil
  }

  private mutating func append(_ byte: UInt8, _ offset: Int) {
    bytes.append(byte)
    offsets.append(offset)
  }

  /// The offset past the line break at `index`; CRLF is one break.
  private func endOfBreak(at index: Int) -> Int {
    let isPair =
      source[index] == UInt8(ascii: "\r") && source.byte(at: index + 1) == UInt8(ascii: "\n")
    return index + (isPair ? 2 : 1)
  }

  // MARK: - Plain and quoted

  private mutating func scanFlow(from start: Int, to end: Int, escape: UInt8?) {
    var index = start
    while index < end {
      let byte = source[index]
      if byte.isBlankOrBreak {
        index = fold(from: index, to: end, breaks: 0)
      } else if byte == escape, byte == UInt8(ascii: "'") {
        append(byte, index)
        index += 2
      } else if byte == escape {
        if let next = source.byte(at: index + 1), next.isBreak {
          index = fold(from: endOfBreak(at: index + 1), to: end, breaks: nil)
        } else {
          index = unescape(at: index)
        }
      } else {
        append(byte, index)
        index += 1
      }
    }
  }

  /// Reads white space: as it is within a line, folded across lines (section 6.5).
  ///
  /// Without a count of breaks, an escaped break came before, which itself is nothing.
  private mutating func fold(from start: Int, to end: Int, breaks: Int?) -> Int {
    var index = start
    var found: [Int] = []
    while index < end, source[index].isBlankOrBreak {
      if source[index].isBreak {
        found.append(index)
        index = endOfBreak(at: index)
      } else {
        index += 1
      }
    }
    if breaks == nil {
      for offset in found { append(UInt8(ascii: "\n"), offset) }
    } else if found.isEmpty {
      for offset in start..<index { append(source[offset], offset) }
    } else if found.count == 1 {
      append(UInt8(ascii: " "), found[0])
    } else {
      for offset in found.dropFirst() { append(UInt8(ascii: "\n"), offset) }
    }
    return index
  }

  /// Reads the escape at an offset (section 5.7) and gives the offset past it.
  private mutating func unescape(at index: Int) -> Int {
    let scalar: Unicode.Scalar
    var length = 2
    switch source.byte(at: index + 1) {
    case UInt8(ascii: "0"): scalar = "\0"
    case UInt8(ascii: "a"): scalar = "\u{07}"
    case UInt8(ascii: "b"): scalar = "\u{08}"
    case UInt8(ascii: "t"), UInt8(ascii: "\t"): scalar = "\t"
    case UInt8(ascii: "n"): scalar = "\n"
    case UInt8(ascii: "v"): scalar = "\u{0B}"
    case UInt8(ascii: "f"): scalar = "\u{0C}"
    case UInt8(ascii: "r"): scalar = "\r"
    case UInt8(ascii: "e"): scalar = "\u{1B}"
    case UInt8(ascii: "N"): scalar = "\u{85}"
    case UInt8(ascii: "_"): scalar = "\u{A0}"
    case UInt8(ascii: "L"): scalar = "\u{2028}"
    case UInt8(ascii: "P"): scalar = "\u{2029}"
    case UInt8(ascii: "x"): (scalar, length) = codePoint(at: index, digits: 2)
    case UInt8(ascii: "u"): (scalar, length) = codePoint(at: index, digits: 4)
    case UInt8(ascii: "U"): (scalar, length) = codePoint(at: index, digits: 8)
    case let byte?: scalar = Unicode.Scalar(byte)
    case nil: (scalar, length) = ("\\", 1)
    }
    for byte in UTF8.encode(scalar) ?? UTF8.encodedReplacementCharacter { append(byte, index) }
    return index + length
  }

  private func codePoint(at index: Int, digits: Int) -> (Unicode.Scalar, length: Int) {
    let replacement: Unicode.Scalar = "\u{FFFD}"
    guard let value = hexadecimal(at: index + 2, digits) else { return (replacement, 2) }
    let length = 2 + digits
    // A pair of surrogates, as JSON writes characters beyond U+FFFF.
    if digits == 4, (0xD800...0xDBFF).contains(value),
      source.byte(at: index + 6) == UInt8(ascii: "\\"),
      source.byte(at: index + 7) == UInt8(ascii: "u"), let low = hexadecimal(at: index + 8, 4),
      (0xDC00...0xDFFF).contains(low),
      let scalar = Unicode.Scalar(0x10000 + (value - 0xD800) << 10 + (low - 0xDC00))
    {
      return (scalar, 12)
    }
    return (Unicode.Scalar(value) ?? replacement, length)
  }

  private func hexadecimal(at start: Int, _ digits: Int) -> UInt32? {
    var value: UInt32 = 0
    for offset in start..<(start + digits) {
      guard let byte = source.byte(at: offset),
        let digit = StringEscapes.hexadecimalValue(of: byte)
      else { return nil }
      value = value << 4 | UInt32(digit)
    }
    return value
  }

  // MARK: - Literal and folded

  /// What the line of a block scalar's indicator says (section 8.1.1).
  private struct Header {
    var isFolded = false
    /// The indentation relative to the parent, if it is given.
    var indentation: Int?
    var chomping: UInt8?
    /// The offset of the first line after the header.
    var end: Int
  }

  private mutating func offsets(ofBlock text: ArraySlice<UInt8>) -> [Int]? {
    let header = blockHeader()
    let limit = blockLimit(from: header.end)
    guard let leading = indentation(from: header.end, to: limit) else {
      // No line of content: only kept line breaks can be.
      scanBlock(header, indentation: Int.max, to: limit)
      return bytes.elementsEqual(text) ? offsets + [limit] : nil
    }
    // A given indentation counts from the parent's, which the scalar alone does not show.
    let candidates = header.indentation == nil ? leading...leading : 0...min(leading, 256)
    for indentation in candidates.reversed() {
      bytes = []
      offsets = []
      scanBlock(header, indentation: indentation, to: limit)
      if bytes.elementsEqual(text) { return offsets + [range.upperBound] }
    }
    return nil
  }

  private func blockHeader() -> Header {
    var header = Header(end: range.lowerBound)
    header.isFolded = source[range.lowerBound] == UInt8(ascii: ">")
    var index = range.lowerBound + 1
    while index < source.count, !source[index].isBlankOrBreak {
      let byte = source[index]
      if (UInt8(ascii: "1")...UInt8(ascii: "9")).contains(byte) {
        header.indentation = Int(byte - UInt8(ascii: "0"))
      } else {
        header.chomping = byte
      }
      index += 1
    }
    while index < source.count, !source[index].isBreak { index += 1 }
    header.end = index < source.count ? endOfBreak(at: index) : index
    return header
  }

  /// Where the lines of the scalar end, the blank ones that follow it included.
  private func blockLimit(from start: Int) -> Int {
    var index = max(start, range.upperBound)
    var limit = index
    while index < source.count, source[index].isBlankOrBreak {
      if source[index].isBreak {
        index = endOfBreak(at: index)
        limit = index
      } else {
        index += 1
      }
    }
    return index == source.count ? index : limit
  }

  /// How many spaces the first line with content begins with.
  private func indentation(from start: Int, to limit: Int) -> Int? {
    var index = start
    var lineStart = start
    while index < limit {
      if source[index].isBreak {
        index = endOfBreak(at: index)
        lineStart = index
      } else if source[index] == UInt8(ascii: " ") {
        index += 1
      } else {
        return index - lineStart
      }
    }
    return nil
  }

  private mutating func scanBlock(_ header: Header, indentation: Int, to limit: Int) {
    var index = header.end
    var leadingBreak: Int?
    var breaks: [Int] = []
    var wasBlank = false
    index = skipBlankLines(from: index, to: limit, indentation, &breaks)
    while index < limit {
      let isBlank = source[index].isBlank
      if header.isFolded, let lineBreak = leadingBreak, !wasBlank, !isBlank {
        if breaks.isEmpty { append(UInt8(ascii: " "), lineBreak) }
      } else if let lineBreak = leadingBreak {
        append(UInt8(ascii: "\n"), lineBreak)
      }
      for offset in breaks { append(UInt8(ascii: "\n"), offset) }
      breaks = []
      wasBlank = isBlank
      while index < limit, !source[index].isBreak {
        append(source[index], index)
        index += 1
      }
      leadingBreak = nil
      if index < limit {
        leadingBreak = index
        index = endOfBreak(at: index)
      }
      index = skipBlankLines(from: index, to: limit, indentation, &breaks)
    }
    if header.chomping != UInt8(ascii: "-"), let leadingBreak {
      append(UInt8(ascii: "\n"), leadingBreak)
    }
    if header.chomping == UInt8(ascii: "+") {
      for offset in breaks { append(UInt8(ascii: "\n"), offset) }
    }
  }

  /// Skips blank lines and then a line's indentation; notes the breaks of the former.
  private func skipBlankLines(
    from start: Int, to limit: Int, _ indentation: Int, _ breaks: inout [Int]
  ) -> Int {
    var index = start
    while true {
      let lineStart = index
      while index < limit, index - lineStart < indentation, source[index] == UInt8(ascii: " ") {
        index += 1
      }
      guard index < limit, source[index].isBreak else { return index }
      breaks.append(index)
      index = endOfBreak(at: index)
    }
  }
}
