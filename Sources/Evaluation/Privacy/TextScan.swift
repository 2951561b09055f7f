import Documents
import SourceText

/// Reads text of which nothing is certain, from a sensitive name on.
struct TextScan {
  let bytes: [UInt8]
  let names: SensitiveNames
  let isYAML: Bool
  let cache = Cache()

  init(bytes: [UInt8], names: SensitiveNames, _ syntax: Syntax) {
    self.bytes = bytes
    self.names = names
    isYAML = syntax == .yaml
  }

  // MARK: - Names

  /// Whether a name can begin at an offset: at the first byte of a word, or right behind an escape.
  func isNameStart(_ index: Int) -> Bool {
    let next = index + 1 < bytes.count ? bytes[index + 1] : bytes[index]
    guard names.mayBegin(with: bytes[index]) || names.mayBegin(with: next) else { return false }
    guard Self.isWord(bytes[index]) || bytes[index] == UInt8(ascii: "\\")
    else { return Self.isWordless(bytes[index]) }
    guard index > 0, Self.isWord(bytes[index - 1]) else { return true }
    return index > 1 && bytes[index - 2] == UInt8(ascii: "\\")
      && [UInt8(ascii: "n"), UInt8(ascii: "r"), UInt8(ascii: "t")].contains(bytes[index - 1])
  }

  /// Whether a byte is part of names that are not words, such as `$ref` or `@id`.
  private static func isWordless(_ byte: UInt8) -> Bool {
    switch byte {
    case UInt8(ascii: "$"), UInt8(ascii: "@"), UInt8(ascii: "/"), UInt8(ascii: "!"),
      UInt8(ascii: "%"), UInt8(ascii: "&"), UInt8(ascii: "*"), UInt8(ascii: "+"),
      UInt8(ascii: "("), UInt8(ascii: "<"), UInt8(ascii: "~"), UInt8(ascii: "^"),
      UInt8(ascii: "?"), UInt8(ascii: "|"):
      true
    default: false
    }
  }

  /// The end of the sensitive name that begins at an offset, with one slip at most.
  func nameEnd(from start: Int) -> Int? {
    var slip: Int?
    var folded: [Unicode.Scalar] = []
    // Nil once there is a letter that is not ASCII, and may be another one by canonical equivalence.
    var letters: LetterSet? = LetterSet()
    var wasSeparator = false
    var index = start
    // One more than the longest name can have, and one to see that it has no more than that.
    while folded.count <= names.longest + 1, let (scalar, next) = scalar(at: index) {
      if let scalar {
        Self.append(scalar, to: &folded)
        wasSeparator = false
        if scalar.isASCII {
          letters?.insert(UInt8(truncatingIfNeeded: scalar.value))
        } else {
          letters = nil
        }
        // Most words are none from their first letters on.
        if let letters, !names.mayContinue(letters) { return slip }
      } else if wasSeparator, bytes[index] == UInt8(ascii: " ") {
        break
      } else {
        wasSeparator = true
      }
      index = next
      guard scalar != nil, index >= bytes.count || !Self.isWord(bytes[index]) else { continue }
      switch names.match(folded) {
      case .exact: return index
      case .slip: if isLikelyName(TextRange(start, index), folded.count) { slip = index }
      case .none: break
      }
    }
    return slip
  }

  private static func append(_ scalar: Unicode.Scalar, to folded: inout [Unicode.Scalar]) {
    switch scalar {
    case "A"..."Z": folded.append(Unicode.Scalar(UInt8(truncatingIfNeeded: scalar.value) | 0x20))
    case "\u{80}"...: folded += scalar.properties.lowercaseMapping.unicodeScalars
    default: folded.append(scalar)
    }
  }

  /// Whether text that is nearly a sensitive name is a name at all.
  private func isLikelyName(_ range: TextRange, _ count: Int) -> Bool {
    var next = range.upperBound
    let isQuoted = next < bytes.count && Self.isQuote(bytes[next])
    if isQuoted { next += 1 }
    next = blankEnd(from: next)
    if next < bytes.count, bytes[next] == UInt8(ascii: ":") || bytes[next] == UInt8(ascii: "=") {
      return true
    }
    return count >= 4 && (isQuoted || canBeginName(at: range.lowerBound))
  }

  /// Whether a name rather than a word of a text is at an offset, by what is before it.
  private func canBeginName(at start: Int) -> Bool {
    guard start > 0, !Self.isQuote(bytes[start - 1]) else { return true }
    var index = start
    while index > 0, bytes[index - 1] == 0x20 || bytes[index - 1] == 0x09 { index -= 1 }
    guard index > 0 else { return true }
    switch bytes[index - 1] {
    case 0x0A, 0x0D, UInt8(ascii: ","), UInt8(ascii: "{"), UInt8(ascii: "["), UInt8(ascii: "-"),
      UInt8(ascii: "?"), UInt8(ascii: "}"), UInt8(ascii: "/"):
      return true
    default: return false
    }
  }

  /// The code point of a name at an offset; nil inside the result for what does not count in names.
  private func scalar(at index: Int) -> (scalar: Unicode.Scalar?, next: Int)? {
    guard index < bytes.count else { return nil }
    let byte = bytes[index]
    switch byte {
    case UInt8(ascii: "\\"):
      guard index + 1 < bytes.count else { return nil }
      let digits =
        switch bytes[index + 1] {
        case UInt8(ascii: "u"): 4
        case UInt8(ascii: "x"): 2
        case UInt8(ascii: "U"): 8
        default: 0
        }
      let start = index + 2
      guard digits > 0, start + digits <= bytes.count,
        let value = UInt32(
          String(decoding: bytes[start..<(start + digits)], as: UTF8.self), radix: 16)
      else { return nil }
      let scalar = Unicode.Scalar(value) ?? "\u{FFFD}"
      // A separator counts for nothing, however it is written.
      let isSeparator = scalar == "_" || scalar == "-" || scalar == " " || scalar == "."
      return (isSeparator ? nil : scalar, start + digits)
    case UInt8(ascii: "_"), UInt8(ascii: "-"), UInt8(ascii: " "), UInt8(ascii: "."):
      return (nil, index + 1)
    case UInt8(ascii: "\""), UInt8(ascii: "'"), UInt8(ascii: "`"):
      // A stray quotation mark within a word.
      guard index > 0, Self.isWord(bytes[index - 1]), index + 1 < bytes.count,
        Self.isWord(bytes[index + 1])
      else { return nil }
      return (nil, index + 1)
    case 0..<0x20, UInt8(ascii: ","), UInt8(ascii: "{"), UInt8(ascii: "}"), UInt8(ascii: "["),
      UInt8(ascii: "]"), UInt8(ascii: "="):
      return nil
    case UInt8(ascii: ":"):
      // A colon is part of a name such as `connect:Subtype`, or ends it.
      guard index + 1 < bytes.count, Self.isWord(bytes[index + 1]) else { return nil }
      return (":", index + 1)
    case 0x80...:
      guard let (scalar, length) = UTF8Decoder.scalar(in: bytes.span, at: index) else {
        return ("\u{FFFD}", index + 1)
      }
      return (scalar, index + length)
    default: return (Unicode.Scalar(byte), index + 1)
    }
  }

  // MARK: - Values

  /// The value of the name that ends at an offset, as far as it may go.
  func value(from nameEnd: Int) -> TextRange {
    if !isYAML, let range = wholeValue(from: nameEnd) { return range }
    return brokenValue(from: nameEnd)
  }

  /// A well-formed value of JSON with something well formed behind it, comments beside it included.
  private func wholeValue(from nameEnd: Int) -> TextRange? {
    var index = nameEnd
    let quote = index < bytes.count && Self.isQuote(bytes[index]) ? bytes[index] : nil
    if quote != nil { index += 1 }
    let (colon, hasCommentBefore) = triviaEnd(from: index)
    guard colon < bytes.count, bytes[colon] == UInt8(ascii: ":") else { return nil }
    let (start, hasCommentBehind) = triviaEnd(from: colon + 1)
    guard let end = valueEnd(from: start) else { return nil }
    let isContainer = bytes[start] == UInt8(ascii: "{") || bytes[start] == UInt8(ascii: "[")
    guard var last = memberEnd(from: end, quote: quote, knownOnly: isContainer) else { return nil }
    while last > end, Self.isBlank(bytes[last - 1]) { last -= 1 }
    let hasComment = hasCommentBefore || hasCommentBehind
    return TextRange(hasComment ? nameEnd : start, last)
  }

  /// The end of a value that is well formed by itself.
  private func valueEnd(from start: Int) -> Int? {
    guard start < bytes.count else { return nil }
    switch bytes[start] {
    case UInt8(ascii: "\""), UInt8(ascii: "'"): return stringEnd(from: start)
    case UInt8(ascii: "{"), UInt8(ascii: "["):
      guard let end = containerEnd(from: start),
        JSONReader.read(bytes, in: TextRange(start, end)).errors.isEmpty
      else { return nil }
      return end
    default:
      for word in ["true", "false", "null"] where bytes[start...].starts(with: word.utf8) {
        let end = start + word.utf8.count
        return end >= bytes.count || !Self.isWord(bytes[end]) ? end : nil
      }
      var end = start
      while end < bytes.count, isNumberByte(bytes[end]) { end += 1 }
      guard end > start, end >= bytes.count || !Self.isWord(bytes[end]) else { return nil }
      return end
    }
  }

  private func isNumberByte(_ byte: UInt8) -> Bool {
    switch byte {
    case UInt8(ascii: "0")...UInt8(ascii: "9"), UInt8(ascii: "."), UInt8(ascii: "+"),
      UInt8(ascii: "-"), UInt8(ascii: "e"), UInt8(ascii: "E"):
      true
    default: false
    }
  }

  /// The end of a string without line breaks and other control characters.
  func stringEnd(from start: Int) -> Int? {
    var index = start + 1
    while index < bytes.count, bytes[index] != bytes[start] {
      guard bytes[index] >= 0x20 else { return nil }
      index += bytes[index] == UInt8(ascii: "\\") ? 2 : 1
    }
    return index < bytes.count ? index + 1 : nil
  }

  private func containerEnd(from start: Int) -> Int? {
    var depth = 0
    var index = start
    while index < bytes.count {
      switch bytes[index] {
      case UInt8(ascii: "{"), UInt8(ascii: "["): depth += 1
      case UInt8(ascii: "}"), UInt8(ascii: "]"):
        depth -= 1
        if depth == 0 { return index + 1 }
      case UInt8(ascii: "\""):
        guard let end = stringEnd(from: index) else { return nil }
        index = end
        continue
      default: break
      }
      index += 1
    }
    return nil
  }

  /// The end of a member whose value ends at an offset, with the comments behind it; nil unless it
  /// is clear that the value ends there.
  ///
  /// With `knownOnly`, none but a member of a model makes it clear: a bracket too many may have
  /// closed an object early.
  private func memberEnd(from end: Int, quote: UInt8?, knownOnly: Bool) -> Int? {
    var (index, hasComment) = triviaEnd(from: end)
    // Nothing follows in a text that is cut off.
    guard index < bytes.count else { return bytes.count }
    var last = hasComment ? index : end
    switch bytes[index] {
    case UInt8(ascii: ","):
      (index, hasComment) = triviaEnd(from: index + 1)
      if hasComment { last = lineEndOfComments(from: end, to: index) }
      if index < bytes.count, isCloser(bytes[index]) {
        return objectEnd(at: index, behind: end, last)
      }
      let isClear = knownOnly ? isOtherMember(at: index) : beginsMember(at: index, quote: quote)
      return isClear ? last : nil
    case UInt8(ascii: "}"), UInt8(ascii: "]"): return objectEnd(at: index, behind: end, last)
    // A comma is missing before a member of the model.
    case UInt8(ascii: "\""), UInt8(ascii: "'"): return isOtherMember(at: index) ? last : nil
    default: return nil
    }
  }

  /// The end of a member whose object is closed at an offset, with the comments behind the value and on
  /// its line behind the brackets; nil unless it is clear that the object ends there.
  private func objectEnd(at closer: Int, behind value: Int, _ last: Int) -> Int? {
    // A member is in an object: no other bracket closes it.
    guard bytes[closer] == UInt8(ascii: "}"), endsContainers(from: closer) else { return nil }
    let line = lineEnd(from: value)
    var index = closer
    while index < line, isCloser(bytes[index]) || Self.isBlank(bytes[index]) { index += 1 }
    guard index < line else { return last }
    let (end, hasComment) = triviaEnd(from: index)
    return hasComment ? max(end, last) : last
  }

  /// Where comments between two offsets end that begin on the first one's line.
  private func lineEndOfComments(from start: Int, to end: Int) -> Int {
    guard bytes[start..<end].contains(where: { $0 == 0x0A || $0 == 0x0D }) else { return end }
    let line = lineEnd(from: start)
    let hasComment = bytes[start..<line].contains {
      $0 == UInt8(ascii: "/") || $0 == UInt8(ascii: "#")
    }
    return hasComment ? end : start
  }

  private func isCloser(_ byte: UInt8) -> Bool {
    byte == UInt8(ascii: "}") || byte == UInt8(ascii: "]")
  }

  /// Whether brackets are closed at an offset and what follows them is in order.
  private func endsContainers(from start: Int) -> Bool {
    var index = start
    // A name may be in each of the comments between them.
    var commented: [Int] = []
    while index < bytes.count, isCloser(bytes[index]) {
      if let known = cache.containerEnds[index] {
        for closer in commented { cache.containerEnds[closer] = known }
        return known
      }
      let (next, hasComment) = triviaEnd(from: index + 1)
      if hasComment { commented.append(next) }
      index = next
    }
    let isEnd = isInOrder(behindContainersAt: index)
    for closer in commented { cache.containerEnds[closer] = isEnd }
    return isEnd
  }

  private func isInOrder(behindContainersAt end: Int) -> Bool {
    guard end < bytes.count else { return true }
    guard bytes[end] == UInt8(ascii: ",") else { return bytes[end...].starts(with: "```".utf8) }
    let index = triviaEnd(from: end + 1).end
    guard index < bytes.count else { return true }
    switch bytes[index] {
    case UInt8(ascii: "{"), UInt8(ascii: "["): return true
    default: return beginsMember(at: index, quote: nil)
    }
  }

  /// Whether a member begins at an offset: one of a model, or one with a well-formed value.
  private func beginsMember(at index: Int, quote: UInt8?) -> Bool {
    guard index < bytes.count else { return true }
    if isOtherMember(at: index) { return true }
    guard Self.isQuote(bytes[index]), quote == nil || bytes[index] == quote,
      let end = stringEnd(from: index), case let colon = triviaEnd(from: end).end,
      colon < bytes.count, bytes[colon] == UInt8(ascii: ":")
    else { return false }
    // A name that no model has may be a part of the value before: its own value tells.
    let start = triviaEnd(from: colon + 1).end
    guard start < bytes.count, bytes[start] != UInt8(ascii: "{"), bytes[start] != UInt8(ascii: "[")
    else { return true }
    guard let end = valueEnd(from: start) else { return false }
    let next = triviaEnd(from: end).end
    return next >= bytes.count || bytes[next] == UInt8(ascii: ",") || isCloser(bytes[next])
  }

  /// Whether a member of a model that is not sensitive begins at an offset, with its colon.
  func isOtherMember(at start: Int) -> Bool {
    var index = start
    if index < bytes.count, Self.isQuote(bytes[index]) { index += 1 }
    let nameStart = index
    while index < bytes.count, index - nameStart <= 256,
      Self.isWord(bytes[index]) || bytes[index] == UInt8(ascii: ".")
    { index += 1 }
    let name = NearestName.foldedScalars(String(decoding: bytes[nameStart..<index], as: UTF8.self))
    guard names.isOther(name) else { return false }
    if index < bytes.count, Self.isQuote(bytes[index]) { index += 1 }
    index = blankEnd(from: index)
    return index < bytes.count && bytes[index] == UInt8(ascii: ":")
  }

  /// A part of a text that holds something sensitive, with all that may belong to it: nothing where the
  /// string that it is ends as a member does.
  func stretch(from part: TextRange) -> TextRange {
    let quote = part.upperBound
    guard quote < bytes.count, Self.isQuote(bytes[quote]),
      let end = memberEnd(from: quote + 1, quote: nil, knownOnly: false)
    else { return TextRange(part.lowerBound, brokenValue(from: part.lowerBound).upperBound) }
    return TextRange(part.lowerBound, end > quote + 1 ? end : quote)
  }

  /// All that may belong to a value that is not well formed.
  func brokenValue(from start: Int) -> TextRange {
    var isOpen = opensContainer(after: start) || isYAML && hasOpenQuote(after: start)
    let indentation = indentation(at: start)
    var end = start
    var next = lineEnd(from: start)
    while true {
      let line = TextRange(end, next)
      // What is before a bracket may be a part of the fault.
      isOpen = isOpen || leavesOpen(line)
      end = next
      guard end < bytes.count else { break }
      guard isYAML || !isOpen else { return TextRange(start, bytes.count) }
      next = lineEnd(from: end + 1)
      if isYAML, beginsWithDocumentMark(end + 1) { break }
      let isParted = isYAML || parts(line, TextRange(end + 1, next))
      if !isOpen, isParted, beginsAnew(TextRange(end + 1, next), within: indentation) { break }
    }
    return TextRange(start, end)
  }

  /// Whether a comma or a closing brace parts two lines of JSON: without one, the bracket of an object
  /// may be missing, of which the second line has a member.
  private func parts(_ line: TextRange, _ next: TextRange) -> Bool {
    let lead = (next.lowerBound..<next.upperBound).first { !Self.isBlank(bytes[$0]) }
    if let lead, bytes[lead] == UInt8(ascii: ",") || bytes[lead] == UInt8(ascii: "}") {
      return true
    }
    let text = TextRange(line.lowerBound, comment(in: line)?.lowerBound ?? line.upperBound)
    let last = bytes[text.lowerBound..<text.upperBound].last { !Self.isBlank($0) }
    return last == UInt8(ascii: ",") || last == UInt8(ascii: "}")
  }

  /// Whether a line of a broken value has more brackets that open than such that close.
  private func leavesOpen(_ line: TextRange) -> Bool {
    var depth = 0
    for byte in bytes[line.lowerBound..<line.upperBound] {
      if byte == UInt8(ascii: "{") || byte == UInt8(ascii: "[") { depth += 1 }
      if isCloser(byte), depth > 0 { depth -= 1 }
    }
    return depth > 0
  }

  /// Whether a line is a mark between documents of YAML, or begins with one; no value has such a line.
  private func beginsWithDocumentMark(_ start: Int) -> Bool {
    let end = start + 3
    guard end <= bytes.count,
      bytes[start..<end].elementsEqual("---".utf8) || bytes[start..<end].elementsEqual("...".utf8)
    else { return false }
    return end == bytes.count || Self.isBlank(bytes[end])
  }

  /// Whether a line begins with another member of a model, no deeper than the value before it.
  func beginsAnew(_ line: TextRange, within indentation: Int = .max) -> Bool {
    var index = line.lowerBound
    while index < line.upperBound, bytes[index] == UInt8(ascii: " ") || bytes[index] == 0x09 {
      index += 1
    }
    guard index - line.lowerBound <= indentation else { return false }
    while index < line.upperBound, isLead(bytes[index]) { index += 1 }
    return isOtherMember(at: index) && !closesQuote(TextRange(index, line.upperBound))
  }

  /// Whether a line has a quotation mark without its partner: it may close one from before the line.
  private func closesQuote(_ line: TextRange) -> Bool {
    var isOpen = false
    var index = line.lowerBound
    while index < line.upperBound {
      if bytes[index] == UInt8(ascii: "\\") {
        index += 1
      } else if bytes[index] == UInt8(ascii: "\"") {
        isOpen.toggle()
      }
      index += 1
    }
    return isOpen
  }

  /// Whether a byte may come before the first name of a line.
  private func isLead(_ byte: UInt8) -> Bool {
    switch byte {
    case UInt8(ascii: " "), 0x09, UInt8(ascii: ","), UInt8(ascii: "}"), UInt8(ascii: "]"): true
    case UInt8(ascii: "-"): isYAML
    default: false
    }
  }

  /// How many bytes the line of an offset is indented by.
  private func indentation(at offset: Int) -> Int {
    let start = lineStart(of: offset)
    var index = start
    while index < bytes.count, bytes[index] == UInt8(ascii: " ") || bytes[index] == 0x09 {
      index += 1
    }
    return index - start
  }

  /// Whether the value behind a name begins with a bracket, in quotes or not.
  func opensContainer(after start: Int) -> Bool {
    let index = valueStart(after: start, passingQuotes: true)
    return index < bytes.count
      && (bytes[index] == UInt8(ascii: "{") || bytes[index] == UInt8(ascii: "["))
  }

  /// Whether the value behind a key begins with a quote that is not closed at the end of its line.
  private func hasOpenQuote(after start: Int) -> Bool {
    var index = start
    if index < bytes.count, Self.isQuote(bytes[index]) { index += 1 }
    index = valueStart(after: index, passingQuotes: false)
    guard index < bytes.count, Self.isQuote(bytes[index]) else { return false }
    guard let end = stringEnd(from: index) else { return true }
    let next = blankEnd(from: end, acrossLines: false)
    return next < bytes.count && bytes[next] != 0x0A && bytes[next] != 0x0D
      && bytes[next] != UInt8(ascii: "#")
  }

  func valueStart(after start: Int, passingQuotes: Bool) -> Int {
    var index = start
    while index < bytes.count {
      switch bytes[index] {
      case UInt8(ascii: " "), 0x09, 0x0A, 0x0D, UInt8(ascii: ":"), UInt8(ascii: "="),
        UInt8(ascii: ">"), UInt8(ascii: "\\"):
        index += 1
      case UInt8(ascii: "\""), UInt8(ascii: "'"), UInt8(ascii: "`"):
        guard passingQuotes else { return index }
        index += 1
      default: return index
      }
    }
    return index
  }

  /// The name of the alias that a value of YAML begins with.
  func aliasName(in value: TextRange) -> ArraySlice<UInt8>? {
    var index = value.lowerBound
    if index < bytes.count, Self.isQuote(bytes[index]) { index += 1 }
    index = valueStart(after: index, passingQuotes: false)
    guard index < value.upperBound, bytes[index] == UInt8(ascii: "*") else { return nil }
    let name = Self.anchorName(at: index + 1, in: bytes)
    return name.isEmpty ? nil : name
  }

  /// The name of an anchor or an alias behind its sign.
  static func anchorName(at index: Int, in bytes: [UInt8]) -> ArraySlice<UInt8> {
    bytes[index...].prefix { byte in
      byte > 0x20 && byte != UInt8(ascii: ",") && byte != UInt8(ascii: "[")
        && byte != UInt8(ascii: "]") && byte != UInt8(ascii: "{") && byte != UInt8(ascii: "}")
    }
  }

  // MARK: - Bytes

  static func isBlank(_ byte: UInt8) -> Bool {
    byte == UInt8(ascii: " ") || byte == 0x09 || byte == 0x0A || byte == 0x0D
  }

  static func isQuote(_ byte: UInt8) -> Bool {
    byte == UInt8(ascii: "\"") || byte == UInt8(ascii: "'") || byte == UInt8(ascii: "`")
  }

  /// Whether a byte can be part of a word.
  static func isWord(_ byte: UInt8) -> Bool {
    switch byte {
    case UInt8(ascii: "a")...UInt8(ascii: "z"), UInt8(ascii: "A")...UInt8(ascii: "Z"),
      UInt8(ascii: "0")...UInt8(ascii: "9"), UInt8(ascii: "_"), UInt8(ascii: "-"):
      true
    default: byte >= 0x80
    }
  }

  func blankEnd(from start: Int, acrossLines: Bool = true) -> Int {
    var index = start
    while index < bytes.count,
      acrossLines ? Self.isBlank(bytes[index]) : bytes[index] == 0x20 || bytes[index] == 0x09
    { index += 1 }
    return index
  }

  /// The offset of the next line end, or the end of the text.
  func lineEnd(from start: Int) -> Int {
    var end = min(start, bytes.count)
    while end < bytes.count, bytes[end] != 0x0A, bytes[end] != 0x0D { end += 1 }
    return end
  }

  func lineStart(of offset: Int) -> Int {
    var start = min(offset, bytes.count)
    while start > 0, bytes[start - 1] != 0x0A, bytes[start - 1] != 0x0D { start -= 1 }
    return start
  }
}
