/// Reads the inlines of a block.
///
/// Time is linear in the text: nothing is looked for twice where it was not found.
struct MarkdownInlineParser {
  /// A part of the result, or a mark that may yet become one.
  struct Piece {
    var content: Markdown.Inline.Content?
    var range: Range<Int>
    /// The marks that found no partner, as text before what begins and behind what ends here.
    var marks: [UInt8] = []
    /// Spans that begin here, innermost first.
    var begins: [Markdown.Span] = []
    /// Spans that end here, innermost first.
    var ends: [Markdown.Span] = []
  }

  /// A bracket that may begin a link.
  private struct Bracket {
    var piece: Int
    var isImage: Bool
    /// Where the text of the link begins in `bytes`.
    var start: Int
    /// How many runs of marks were before the bracket.
    var runs: Int
  }

  let bytes: [UInt8]
  /// The place of each byte in the source.
  private let offsets: [Int]
  private var index = 0
  private var pieces: [Piece] = []
  private var plain: [UInt8] = []
  private var plainStart = 0
  /// For each length of a run of backticks, where the last such run begins.
  private var lastBackticks: [Int: Int] = [:]
  private var emphasis = EmphasisMatcher()
  private var brackets: [Bracket] = []
  /// Brackets before this one begin no link, since links contain no links.
  private var firstLink = 0
  /// Where the text has no `>` from, once one was looked for.
  private var noAngleFrom = Int.max

  /// The inlines of a text whose bytes are at these offsets of the source.
  static func inlines(of bytes: [UInt8], at offsets: [Int]) -> [Markdown.Inline] {
    var parser = MarkdownInlineParser(bytes: bytes, offsets: offsets)
    parser.run()
    return parser.finished()
  }

  private init(bytes: [UInt8], offsets: [Int]) {
    self.bytes = bytes
    self.offsets = offsets
    var index = 0
    while index < bytes.count {
      let count = bytes.runLength(at: index, before: bytes.count)
      if bytes[index] == UInt8(ascii: "`") { lastBackticks[count] = index }
      index += count
    }
  }

  // MARK: Parts

  /// The range in the source of a range that is not empty.
  private func range(_ range: Range<Int>) -> Range<Int> {
    offsets[range.lowerBound]..<(offsets[range.upperBound - 1] + 1)
  }

  private mutating func flush(at end: Int) {
    guard !plain.isEmpty else { return }
    pieces.append(
      Piece(content: .text(String(decoding: plain, as: UTF8.self)), range: range(plainStart..<end)))
    plain.removeAll(keepingCapacity: true)
  }

  /// Adds text up to an index.
  private mutating func text(_ text: some Sequence<UInt8>, to end: Int) {
    if plain.isEmpty { plainStart = index }
    plain.append(contentsOf: text)
    index = end
  }

  private mutating func part(_ content: Markdown.Inline.Content?, to end: Int) {
    flush(at: index)
    pieces.append(Piece(content: content, range: range(index..<end)))
    index = end
  }

  private mutating func run() {
    while index < bytes.count {
      switch bytes[index] {
      case UInt8(ascii: "\\"): escape()
      case UInt8(ascii: "`"): codeSpan()
      case UInt8(ascii: "*"), UInt8(ascii: "_"): marks()
      case UInt8(ascii: "["): openBracket(isImage: false)
      case UInt8(ascii: "!") where byte(at: index + 1) == UInt8(ascii: "["):
        openBracket(isImage: true)
      case UInt8(ascii: "]"): closeBracket()
      case UInt8(ascii: "<"): autolink()
      case UInt8(ascii: "&"):
        let (text, end) = MarkdownReference.read(bytes, at: index)
        self.text(text, to: end)
      case UInt8(ascii: "\n"): lineEnd()
      default: text(CollectionOfOne(bytes[index]), to: index + 1)
      }
    }
    flush(at: index)
  }

  private func byte(at index: Int) -> UInt8? { index < bytes.count ? bytes[index] : nil }

  private mutating func escape() {
    switch byte(at: index + 1) {
    case UInt8(ascii: "\n"): part(.hardBreak, to: index + 2)
    case let next? where next.isMarkdownPunctuation: text(CollectionOfOne(next), to: index + 2)
    default: text(CollectionOfOne(bytes[index]), to: index + 1)
    }
  }

  private mutating func lineEnd() {
    let spaces = plain.reversed().prefix { $0 == 0x20 }.count
    while plain.last?.isMarkdownBlank ?? false { plain.removeLast() }
    part(spaces >= 2 ? .hardBreak : .softBreak, to: index + 1)
  }

  private mutating func codeSpan() {
    let count = bytes.runLength(at: index, before: bytes.count)
    let begin = index + count
    guard let last = lastBackticks[count], last >= begin else {
      text(bytes[index..<begin], to: begin)
      return
    }
    var end = begin
    while end < bytes.count {
      let run = bytes.runLength(at: end, before: bytes.count)
      if bytes[end] == UInt8(ascii: "`"), run == count { break }
      end += run
    }
    var code = bytes[begin..<end].map { $0 == UInt8(ascii: "\n") ? 0x20 : $0 }
    if code.first == 0x20, code.last == 0x20, code.contains(where: { $0 != 0x20 }) {
      code = Array(code.dropFirst().dropLast())
    }
    part(.code(String(decoding: code, as: UTF8.self)), to: end + count)
  }

  private mutating func autolink() {
    guard noAngleFrom > index else {
      text(CollectionOfOne(bytes[index]), to: index + 1)
      return
    }
    let rest = bytes[(index + 1)...]
    if let end = rest.firstIndex(where: { $0 == UInt8(ascii: ">") || $0 == UInt8(ascii: "<") }) {
      let address = String(decoding: bytes[(index + 1)..<end], as: UTF8.self)
      if bytes[end] == UInt8(ascii: ">"), Markdown.isWebAddress(address) {
        part(.autolink(address), to: end + 1)
        return
      }
    } else {
      noAngleFrom = index
    }
    text(CollectionOfOne(bytes[index]), to: index + 1)
  }

  private mutating func marks() {
    let count = bytes.runLength(at: index, before: bytes.count)
    let run = EmphasisRun(
      in: bytes, index..<(index + count), piece: pieces.count + (plain.isEmpty ? 0 : 1))
    part(nil, to: index + count)
    emphasis.runs.append(run)
  }

  // MARK: Links

  private mutating func openBracket(isImage: Bool) {
    let end = index + (isImage ? 2 : 1)
    let mark = isImage ? "![" : "["
    part(.text(mark), to: end)
    brackets.append(
      Bracket(
        piece: pieces.count - 1, isImage: isImage, start: end, runs: emphasis.runs.count))
  }

  private mutating func closeBracket() {
    guard let bracket = brackets.popLast() else {
      text(CollectionOfOne(bytes[index]), to: index + 1)
      return
    }
    let isActive = bracket.isImage || brackets.count >= firstLink
    firstLink = min(firstLink, brackets.count)
    guard isActive, let link = MarkdownDestination.read(bytes, at: index + 1) else {
      text(CollectionOfOne(bytes[index]), to: index + 1)
      return
    }
    let span: Markdown.Span = bracket.isImage ? .image(link.address) : .link(link.address)
    flush(at: index)
    emphasis.match(from: bracket.runs, in: &pieces)
    pieces[bracket.piece].content = .begin(span)
    part(.end(span), to: link.end)
    if !bracket.isImage { firstLink = brackets.count }
  }

  // MARK: Result

  private mutating func finished() -> [Markdown.Inline] {
    emphasis.match(from: 0, in: &pieces)
    var inlines: [Markdown.Inline] = []
    inlines.reserveCapacity(pieces.count)
    for piece in pieces {
      func add(_ content: Markdown.Inline.Content) {
        inlines.append(Markdown.Inline(content: content, range: piece.range))
      }
      if let content = piece.content { add(content) }
      for span in piece.ends { add(.end(span)) }
      if !piece.marks.isEmpty { add(.text(String(decoding: piece.marks, as: UTF8.self))) }
      for span in piece.begins.reversed() { add(.begin(span)) }
    }
    return inlines
  }
}
