import Reporting

/// Renders the marks within a line of Markdown.
///
/// Time is linear in the text: emphasis is matched by a stack, the end of a code span or link is
/// looked for within bounds.
struct MarkdownInline {
  /// How long the label and the target of a link may be.
  private static let linkLimit = 2_000
  /// How deep links' labels are rendered within each other; beyond, they are text.
  private static let depthLimit = 3

  /// How many runs of marks may wait for a partner.
  private static let openLimit = 64

  /// The HTML of a text.
  static func html(of text: String, depth: Int = 0) -> String {
    var inline = MarkdownInline(bytes: Array(text.utf8), depth: depth)
    inline.run()
    return inline.finished()
  }

  /// A stretch of the result, or a run of marks that may yet become emphasis.
  private enum Piece {
    case html([UInt8])
    case marks(byte: UInt8, count: Int, opens: Bool, closes: Bool)
  }

  private let bytes: [UInt8]
  private let depth: Int
  private var pieces: [Piece] = []
  private var plain: [UInt8] = []
  /// For each length of a run of backticks, where the last such run begins.
  private var lastRuns: [Int: Int] = [:]

  private init(bytes: [UInt8], depth: Int) {
    self.bytes = bytes
    self.depth = depth
    var index = 0
    while index < bytes.count {
      let count = Self.runLength(of: UInt8(ascii: "`"), at: index, in: bytes)
      if count > 0 { lastRuns[count] = index }
      index += max(1, count)
    }
  }

  private static func runLength(of byte: UInt8, at index: Int, in bytes: [UInt8]) -> Int {
    var end = index
    while end < bytes.count, bytes[end] == byte { end += 1 }
    return end - index
  }

  private mutating func flush() {
    guard !plain.isEmpty else { return }
    var html: [UInt8] = []
    Markup.appendHTML(String(decoding: plain, as: UTF8.self), to: &html)
    pieces.append(.html(html))
    plain.removeAll(keepingCapacity: true)
  }

  private mutating func add(html: String) {
    flush()
    pieces.append(.html(Array(html.utf8)))
  }

  private mutating func run() {
    var index = 0
    while index < bytes.count {
      let byte = bytes[index]
      switch byte {
      case UInt8(ascii: "\\"):
        let next = index + 1 < bytes.count ? bytes[index + 1] : 0
        if next == UInt8(ascii: "\n") {
          add(html: "<br>\n")
          index += 2
        } else if MarkdownSyntax.isPunctuation(next) {
          plain.append(next)
          index += 2
        } else {
          plain.append(byte)
          index += 1
        }
      case UInt8(ascii: "`"): index = codeSpan(at: index)
      case UInt8(ascii: "*"), UInt8(ascii: "_"): index = marks(at: index)
      case UInt8(ascii: "["): index = link(at: index)
      case UInt8(ascii: "<"): index = autolink(at: index)
      case UInt8(ascii: "\n"):
        if plain.suffix(2).elementsEqual("  ".utf8) {
          while plain.last == UInt8(ascii: " ") { plain.removeLast() }
          add(html: "<br>\n")
        } else {
          plain.append(byte)
        }
        index += 1
      default:
        plain.append(byte)
        index += 1
      }
    }
    flush()
  }

  // MARK: Code and links

  private mutating func codeSpan(at start: Int) -> Int {
    let count = Self.runLength(of: UInt8(ascii: "`"), at: start, in: bytes)
    let begin = start + count
    guard let last = lastRuns[count], last > start else {
      plain.append(contentsOf: bytes[start..<begin])
      return begin
    }
    var index = begin
    while index < bytes.count {
      let run = Self.runLength(of: UInt8(ascii: "`"), at: index, in: bytes)
      if run == count {
        var text = bytes[begin..<index].map { $0 == UInt8(ascii: "\n") ? UInt8(ascii: " ") : $0 }
        let isPadded = text.first == UInt8(ascii: " ") && text.last == UInt8(ascii: " ")
        if isPadded, text.contains(where: { $0 != UInt8(ascii: " ") }) {
          text = Array(text.dropFirst().dropLast())
        }
        add(html: "<code>\(Markup.html(String(decoding: text, as: UTF8.self)))</code>")
        return index + run
      }
      index += max(1, run)
    }
    plain.append(contentsOf: bytes[start..<begin])
    return begin
  }

  private mutating func link(at start: Int) -> Int {
    guard depth < Self.depthLimit,
      let labelEnd = end(of: UInt8(ascii: "["), UInt8(ascii: "]"), from: start),
      labelEnd + 1 < bytes.count, bytes[labelEnd + 1] == UInt8(ascii: "("),
      let targetEnd = end(of: UInt8(ascii: "("), UInt8(ascii: ")"), from: labelEnd + 1)
    else {
      plain.append(bytes[start])
      return start + 1
    }
    let label = String(decoding: bytes[(start + 1)..<labelEnd], as: UTF8.self)
    let target = String(decoding: bytes[(labelEnd + 2)..<targetEnd], as: UTF8.self)
    let content = Self.html(of: label, depth: depth + 1)
    // The text of a link that leads elsewhere than to the web is shown, without the link.
    add(
      html: Markup.isAddress(target)
        ? "<a href=\"\(Markup.html(target))\">\(content)</a>" : content)
    return targetEnd + 1
  }

  /// The offset of the bracket that closes the one at an offset, if it is not far.
  private func end(of open: UInt8, _ close: UInt8, from start: Int) -> Int? {
    var nesting = 0
    var index = start
    while index < min(bytes.count, start + Self.linkLimit) {
      if bytes[index] == UInt8(ascii: "\\") {
        index += 2
        continue
      }
      if bytes[index] == open { nesting += 1 }
      if bytes[index] == close {
        nesting -= 1
        if nesting == 0 { return index }
      }
      index += 1
    }
    return nil
  }

  private mutating func autolink(at start: Int) -> Int {
    let limit = min(bytes.count, start + Self.linkLimit)
    if let end = bytes[start..<limit].firstIndex(of: UInt8(ascii: ">")) {
      let target = String(decoding: bytes[(start + 1)..<end], as: UTF8.self)
      if Markup.isAddress(target) {
        add(html: "<a href=\"\(Markup.html(target))\">\(Markup.html(target))</a>")
        return end + 1
      }
    }
    plain.append(bytes[start])
    return start + 1
  }

  // MARK: Emphasis

  private mutating func marks(at start: Int) -> Int {
    let byte = bytes[start]
    let count = Self.runLength(of: byte, at: start, in: bytes)
    let before = start > 0 ? bytes[start - 1] : UInt8(ascii: " ")
    let after = start + count < bytes.count ? bytes[start + count] : UInt8(ascii: " ")
    let leftFlanking =
      !Self.isBlank(after)
      && (!MarkdownSyntax.isPunctuation(after) || Self.isBlank(before)
        || MarkdownSyntax.isPunctuation(before))
    let rightFlanking =
      !Self.isBlank(before)
      && (!MarkdownSyntax.isPunctuation(before) || Self.isBlank(after)
        || MarkdownSyntax.isPunctuation(after))
    var (opens, closes) = (leftFlanking, rightFlanking)
    if byte == UInt8(ascii: "_") {
      opens = leftFlanking && (!rightFlanking || MarkdownSyntax.isPunctuation(before))
      closes = rightFlanking && (!leftFlanking || MarkdownSyntax.isPunctuation(after))
    }
    flush()
    pieces.append(.marks(byte: byte, count: count, opens: opens, closes: closes))
    return start + count
  }

  /// The HTML, with the marks that found a partner as tags and the others as they are.
  private func finished() -> String {
    /// A run that waits for a partner: its piece, and how many of its marks are left.
    struct Open {
      var piece: Int
      var byte: UInt8
      var count: Int
    }
    var open: [Open] = []
    var begins: [Int: [String]] = [:]
    var ends: [Int: [String]] = [:]
    var left: [Int: Int] = [:]
    for (place, piece) in pieces.enumerated() {
      guard case .marks(let byte, var count, let opens, let closes) = piece else { continue }
      if closes {
        while count > 0, let index = open.lastIndex(where: { $0.byte == byte }) {
          // What is open within has found no partner.
          for unmatched in open[(index + 1)...] { left[unmatched.piece] = unmatched.count }
          open.removeSubrange((index + 1)...)
          let taken = min(2, count, open[index].count)
          let tag = taken == 2 ? "strong" : "em"
          begins[open[index].piece, default: []].append("<\(tag)>")
          ends[place, default: []].append("</\(tag)>")
          count -= taken
          open[index].count -= taken
          if open[index].count == 0 { open.removeLast() }
        }
      }
      if count > 0, opens {
        open.append(Open(piece: place, byte: byte, count: count))
        if open.count > Self.openLimit { left[open[0].piece] = open.removeFirst().count }
      } else {
        left[place] = count
      }
    }
    for rest in open { left[rest.piece] = rest.count }
    var html: [UInt8] = []
    for (place, piece) in pieces.enumerated() {
      switch piece {
      case .html(let text): html += text
      case .marks(let byte, _, let opens, _):
        let marks = [UInt8](repeating: byte, count: left[place] ?? 0)
        html += Array((ends[place] ?? []).joined().utf8)
        // Marks that are left stand outside of what the run opens.
        html += marks
        if opens { html += Array((begins[place] ?? []).reversed().joined().utf8) }
      }
    }
    return String(decoding: html, as: UTF8.self)
  }

  private static func isBlank(_ byte: UInt8) -> Bool {
    byte == 0x20 || byte == 0x0A || byte == 0x09
  }
}
