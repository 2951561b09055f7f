/// Rewrites Markdown so that raw HTML in it is text for whatever renders it, and links lead to the web or
/// nowhere.
///
/// Renderers differ: some know no tables or more of them, read definitions of links and footnotes, nest
/// deeper, or take addresses without marks for links. So code stays as it is only where all of them take
/// it for code, and nothing else depends on more than its own line: a code span is written in one line,
/// and backticks that begin no code are escaped, as is a row of tildes. HTML that would interrupt a
/// paragraph never begins a line.
struct MarkdownDisarming {
  private let markdown: Markdown
  /// The ranges that are written as they are, in order: code and autolinks.
  private var verbatim: [Range<Int>] = []
  /// For each line whose text is written at the end of the line before: that text.
  private var joined: [Int: Range<Int>] = [:]
  /// The first line from which renderers may disagree about where blocks begin and end.
  private var firstDoubt = Int.max
  /// Whether a renderer may see a table where there is none for us.
  private let hasForeignTable: Bool
  /// Whether there may be definitions of links.
  private let hasDefinitions: Bool

  init(_ markdown: Markdown) {
    self.markdown = markdown
    let leaves = markdown.leaves
    hasForeignTable = leaves.contains { markdown.mayBeForeignTable($0) }
    hasDefinitions = markdown.source[...].contains("]", ":")
    for leaf in leaves {
      if markdown.isDoubtful(leaf) { firstDoubt = min(firstDoubt, leaf.lines.lowerBound) }
      switch leaf.kind {
      case .paragraph, .heading: keepCode(of: leaf, markdown.inlines(of: leaf))
      case .table: markdown.rows(of: leaf).joined().forEach { keepCode(of: leaf, $0) }
      case .code where keepsCode(leaf) && !leaf.lines.isEmpty:
        verbatim.append(
          markdown.lines[leaf.lines.lowerBound]
            .lowerBound..<markdown.lines[leaf.lines.upperBound - 1].upperBound)
      case .code, .rule: break
      }
    }
  }

  /// Whether a block of code is one for every renderer, and written as it is.
  func keepsCode(_ leaf: Markdown.Leaf) -> Bool { leaf.lines.lowerBound < firstDoubt }

  /// The lines; nil for those that became a part of the line before.
  func lines() -> [String?] {
    var lines: [String?] = []
    var last = 0
    for (number, line) in markdown.lines.enumerated() {
      if let part = joined[number], lines.indices.contains(last) {
        lines[last]?.append(" " + text(part))
        lines.append(nil)
      } else {
        last = number
        lines.append(text(line))
      }
    }
    return lines
  }

  // MARK: Code

  /// Keeps the code spans and autolinks of a text, if the code is code for every renderer.
  private mutating func keepCode(of leaf: Markdown.Leaf, _ inlines: [Markdown.Inline]) {
    let keepsCode = !isDoubtful(inlines, in: leaf)
    for inline in inlines {
      switch inline.content {
      case .autolink: verbatim.append(inline.range)
      case .code where keepsCode:
        verbatim.append(inline.range)
        // In code, the end of a line is a space.
        let first = markdown.line(at: inline.range.lowerBound)
        let last = markdown.line(at: inline.range.upperBound - 1)
        for line in first..<last {
          let place = line + 1 - leaf.lines.lowerBound
          guard leaf.content.indices.contains(place) else { continue }
          joined[line + 1] = leaf.content[place].range
        }
      default: break
      }
    }
  }

  /// Whether a renderer may see other code in a text than we do, to an effect.
  private func isDoubtful(_ inlines: [Markdown.Inline], in leaf: Markdown.Leaf) -> Bool {
    let isBlockInDoubt = leaf.lines.lowerBound >= firstDoubt
    var isDoubtful = false
    var hasMarks = isBlockInDoubt
    /// Whether what is before, up to a blank, may be an address that a renderer makes a link.
    var isInAddress = false
    for inline in inlines {
      let text = markdown.source[inline.range]
      switch inline.content {
      case .code:
        let hasBracket = text.contains(UInt8(ascii: "[")) || text.contains(UInt8(ascii: "]"))
        // A bar would end the cell of a table, a bracket the name of a definition.
        if text.contains(UInt8(ascii: "|")), leaf.kind != .table {
          isDoubtful = isDoubtful || hasForeignTable || isBlockInDoubt
        }
        isDoubtful = isDoubtful || isInAddress || hasBracket && hasDefinitions
        hasMarks =
          hasMarks || text.contains(UInt8(ascii: "<")) || hasBracket
      case .softBreak, .hardBreak: isInAddress = false
      default:
        // What is no link for us may be one for others.
        if case .text = inline.content, text.contains("]", "(") { isDoubtful = true }
        for index in text.indices {
          isInAddress = markdown.isAddress(at: index, before: text.endIndex, after: isInAddress)
        }
      }
    }
    return isDoubtful && hasMarks
  }

  // MARK: Text

  /// A part of the text without HTML.
  func text(_ part: Range<Int>) -> String {
    var (low, high) = (0, verbatim.count)
    while low < high {
      let middle = low + (high - low) / 2
      if verbatim[middle].upperBound <= part.lowerBound { low = middle + 1 } else { high = middle }
    }
    var result: [UInt8] = []
    var index = part.lowerBound
    var isInAddress = false
    while index < part.upperBound {
      isInAddress = markdown.isAddress(at: index, before: part.upperBound, after: isInAddress)
      if low < verbatim.count, verbatim[low].lowerBound <= index {
        let end = min(max(verbatim[low].upperBound, index), part.upperBound)
        result += markdown.source[index..<end]
        for index in index..<end {
          isInAddress = markdown.isAddress(at: index, before: end, after: isInAddress)
        }
        index = end
        low += 1
      } else {
        append(
          markdown.source[..<part.upperBound], from: &index, isInAddress: isInAddress, to: &result)
      }
    }
    return String(decoding: result, as: UTF8.self)
  }

  /// Writes a character, with what an escape or a row of marks has more.
  private func append(
    _ source: ArraySlice<UInt8>, from index: inout Int, isInAddress: Bool,
    to result: inout [UInt8]
  ) {
    let byte = source[index]
    let rest = source[(index + 1)...]
    let isEscaped = byte == UInt8(ascii: "\\") && rest.first == UInt8(ascii: "<")
    let opensTag = byte == UInt8(ascii: "<") && (rest.first.map(Self.opensTag) ?? false)
    if isInAddress, isEscaped || opensTag {
      // A backslash would be a part of the address.
      result += "&lt;".utf8
      index += isEscaped ? 2 : 1
      return
    }
    var count = 1
    switch byte {
    case UInt8(ascii: "\\"):
      if rest.first?.isMarkdownPunctuation ?? false { count = 2 }
    case UInt8(ascii: "`"): result.append(UInt8(ascii: "\\"))
    case UInt8(ascii: "~"):
      count = markdown.source.runLength(at: index, before: source.endIndex)
      if count >= 3 {
        for _ in 0..<count { result += [UInt8(ascii: "\\"), byte] }
        index += count
        return
      }
    case UInt8(ascii: "<"):
      if opensTag { result.append(UInt8(ascii: "\\")) }
    // What is behind a bracket is an address: of a link, or, with a colon, of a definition.
    case UInt8(ascii: "("), UInt8(ascii: ":"):
      guard index > 0, source[index - 1] == UInt8(ascii: "]") else { break }
      let address = rest.drop { $0.isMarkdownBlank }
      let leadsToWeb = ["https://", "http://"].contains { address.starts(with: $0.utf8) }
      if !leadsToWeb { result.append(UInt8(ascii: "\\")) }
    default: break
    }
    result += source[index..<(index + count)]
    index += count
  }

  /// Whether a `<` before this byte may begin HTML.
  private static func opensTag(_ byte: UInt8) -> Bool {
    switch byte {
    case UInt8(ascii: "a")...UInt8(ascii: "z"), UInt8(ascii: "A")...UInt8(ascii: "Z"),
      UInt8(ascii: "/"), UInt8(ascii: "!"), UInt8(ascii: "?"):
      true
    default: false
    }
  }
}

// MARK: Doubt

extension Markdown {
  /// Whether the byte at an index may be in an address that a renderer makes a link, as it ends at a blank.
  fileprivate func isAddress(at index: Int, before end: Int, after isInAddress: Bool) -> Bool {
    switch source[index] {
    case 0x20, 0x09: false
    case UInt8(ascii: ":"): isInAddress || source[index..<end].starts(with: "://".utf8)
    case UInt8(ascii: "w"): isInAddress || source[index..<end].starts(with: "www.".utf8)
    default: isInAddress
    }
  }

  /// Whether renderers may disagree about the blocks from this one on.
  fileprivate func isDoubtful(_ leaf: Leaf) -> Bool {
    // What is deeper is text for us alone.
    if leaf.depth >= MarkdownBlockParser.depthLimit { return true }
    if case .code = leaf.kind, leaf.depth > 0, leaf.lines.contains(where: hasTabBetweenMarks) {
      return true
    }
    let (first, next) = (leaf.lines.lowerBound, leaf.lines.upperBound)
    switch leaf.kind {
    case .table:
      // Where tables are unknown, it is a paragraph that goes on.
      return !mayBeBlank(next) || hasFootnote(leaf)
    case .code:
      // Some look for tables first, whatever begins their header.
      return hasBar(first) && mayMarkColumns(first + 1)
    case .rule: return hasBar(first - 1) && !mayBeBlank(next)
    case .heading(_, isUnderlined: true):
      return hasBar(next - 2) && !mayBeBlank(next) || mayDefineMore(leaf)
    case .paragraph: return mayBeForeignTable(leaf) || mayDefineMore(leaf)
    case .heading: return false
    }
  }

  private func hasBar(_ number: Int) -> Bool {
    lines.indices.contains(number) && source[lines[number]].contains(UInt8(ascii: "|"))
  }

  /// Whether a line has nothing but marks of quotes, or is none.
  private func mayBeBlank(_ number: Int) -> Bool {
    !lines.indices.contains(number)
      || source[lines[number]].allSatisfy { $0.isMarkdownBlank || $0 == UInt8(ascii: ">") }
  }

  /// Whether a footnote may begin in a block.
  private func hasFootnote(_ leaf: Leaf) -> Bool {
    leaf.content.contains {
      source[$0.range].starts(with: "[^".utf8) && source[$0.range].contains("]", ":")
    }
  }

  /// Whether a tab is before the text of a line: not all count its columns in the same way.
  private func hasTabBetweenMarks(_ number: Int) -> Bool {
    source[lines[number]].prefix { " \t>-+*.)0123456789".utf8.contains($0) }.contains(0x09)
  }

  /// Whether a block has a line that marks the columns of a table, but is none.
  fileprivate func mayBeForeignTable(_ leaf: Leaf) -> Bool {
    leaf.kind == .paragraph && leaf.lines.contains { hasBar($0) && mayMarkColumns($0) }
  }

  /// Whether a line may mark the columns of a table, in containers or not.
  private func mayMarkColumns(_ number: Int) -> Bool {
    lines.indices.contains(number)
      && source[lines[number]].allSatisfy { " \t|:->+*.)0123456789".utf8.contains($0) }
  }

  /// Whether a block begins with what may be a definition, and may be more blocks where it is one.
  fileprivate func mayDefineMore(_ leaf: Leaf) -> Bool {
    func begins(_ segment: Segment) -> Bool {
      source[segment.range].first == UInt8(ascii: "[")
    }
    if hasFootnote(leaf) { return true }
    guard let first = leaf.content.first, begins(first),
      leaf.content.contains(where: { source[$0.range].contains("]", ":") })
    else { return false }
    return leaf.kind != .paragraph || !leaf.content.allSatisfy(begins)
  }
}

extension ArraySlice<UInt8> {
  /// Whether these two characters are in it side by side.
  fileprivate func contains(_ first: Unicode.Scalar, _ second: Unicode.Scalar) -> Bool {
    let (first, second) = (UInt8(ascii: first), UInt8(ascii: second))
    return zip(self, dropFirst()).contains { $0 == first && $1 == second }
  }
}
