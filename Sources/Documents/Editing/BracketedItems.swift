package import SourceText

/// Takes items out of bracketed text and puts others in: `{…}` and `[…]` of JSON and of YAML.
///
/// An item that goes takes exactly one comma with it; one that comes copies what is between its
/// neighbours. Where anything but blanks and one comma is in the way, there is no edit.
package struct BracketedItems {
  private let source: [UInt8]
  /// The bytes between the brackets.
  private let inside: TextRange
  /// The items that are there, and whether each goes.
  private var old: [(range: TextRange, goes: Bool)] = []
  /// The new items, by how many old ones are before them.
  private var new: [Int: [NewItem]] = [:]

  /// A name, for a member, and a value.
  package typealias NewItem = (name: [UInt8]?, value: JSONValue)

  /// Reads the steps of a container that has a bracket at either end.
  package init?(_ container: NodeID, _ steps: [ItemStep], in document: Document) {
    source = document.source
    let range = document.range(of: container)
    guard range.count >= 2 else { return nil }
    inside = TextRange(range.lowerBound + 1, range.upperBound - 1)
    for step in steps {
      switch step {
      case .keep(let node): old.append((Self.range(ofItem: node, in: document), false))
      case .remove(let node): old.append((Self.range(ofItem: node, in: document), true))
      case .insert(let name, let value): new[old.count, default: []].append((name, value))
      }
    }
    // Items lie within the brackets, in order: an alias of YAML has the place of its anchor.
    var end = inside.lowerBound
    for (range, _) in old {
      guard range.lowerBound >= end else { return nil }
      end = range.upperBound
    }
    guard end <= inside.upperBound else { return nil }
  }

  /// The bytes of an element, or of a member from its name to its value.
  package static func range(ofItem node: NodeID, in document: Document) -> TextRange {
    let range = document.range(of: node)
    guard document.kind(of: node) == .name else { return range }
    return TextRange(
      range.lowerBound,
      max(range.upperBound, document.range(of: NodeID(node.index + 1)).upperBound))
  }

  /// The edits, or nil where they would not be safe.
  ///
  /// `text` writes an item whose line is indented by the given bytes; nil stands for an item that
  /// shares its line.
  package func edits(
    layout: TextLayout, interior: ([NewItem]) -> [UInt8],
    text: (NewItem, _ indentation: [UInt8]?) -> [UInt8]
  ) -> [TextEdit]? {
    guard !old.isEmpty else {
      guard let items = new[0] else { return [] }
      guard source[inside.lowerBound..<inside.upperBound].allSatisfy(TextLayout.isBlank) else {
        return nil
      }
      return [TextEdit(inside, interior(items))]
    }
    if old.allSatisfy(\.goes) {
      guard new.isEmpty, isClear(from: 0, to: old.count - 1),
        isPlain(inside.lowerBound, old[0].range.lowerBound),
        isPlain(old[old.count - 1].range.upperBound, inside.upperBound)
      else { return nil }
      return [TextEdit(inside, [])]
    }
    var edits: [TextEdit] = []
    guard addRemovals(to: &edits) else { return nil }
    for (place, items) in new.sorted(by: { $0.key < $1.key }) {
      edits.append(insertion(of: items, at: place, layout, text))
    }
    return edits
  }

  private func addRemovals(to edits: inout [TextEdit]) -> Bool {
    var first = 0
    while first < old.count {
      guard old[first].goes else {
        first += 1
        continue
      }
      var last = first
      while last + 1 < old.count, old[last + 1].goes { last += 1 }
      if last + 1 < old.count {
        guard isClear(from: first, to: last + 1) else { return false }
        edits.append(
          TextEdit(TextRange(old[first].range.lowerBound, old[last + 1].range.lowerBound), []))
      } else {
        guard isClear(from: first - 1, to: last) else { return false }
        edits.append(
          TextEdit(TextRange(old[first - 1].range.upperBound, old[last].range.upperBound), []))
      }
      first = last + 1
    }
    return true
  }

  /// Whether nothing but blanks and a comma is between neighbours, from one item to another.
  private func isClear(from first: Int, to last: Int) -> Bool {
    (first..<last).allSatisfy {
      isPlain(old[$0].range.upperBound, old[$0 + 1].range.lowerBound)
    }
  }

  private func isPlain(_ start: Int, _ end: Int) -> Bool {
    let text = source[start..<end]
    return text.allSatisfy { $0 == UInt8(ascii: ",") || TextLayout.isBlank($0) }
      && text.count { $0 == UInt8(ascii: ",") } <= 1
  }

  private func insertion(
    of items: [NewItem], at place: Int, _ layout: TextLayout,
    _ text: (NewItem, [UInt8]?) -> [UInt8]
  ) -> TextEdit {
    let separator = separator(at: place, layout)
    // A comma may begin the line.
    let indentation = separator.lastIndex { $0 == 0x0A || $0 == 0x0D }
      .map { Array(separator[($0 + 1)...].prefix(while: TextLayout.isBlank)) }
    var bytes: [UInt8] = []
    for item in items {
      if place > 0 { bytes += separator }
      bytes += text(item, indentation)
      if place == 0 { bytes += separator }
    }
    let offset = place > 0 ? old[place - 1].range.upperBound : old[0].range.lowerBound
    return TextEdit(TextRange(at: offset), bytes)
  }

  /// What is between a new item and its neighbour: what is between others nearby.
  private func separator(at place: Int, _ layout: TextLayout) -> [UInt8] {
    for gap in [place - 2, place - 1] where gap >= 0 && gap + 1 < old.count {
      if let text = TextLayout.separator(
        source, old[gap].range.upperBound, old[gap + 1].range.lowerBound, UInt8(ascii: ","))
      {
        return Self.withoutEmptyLines(text)
      }
    }
    if place == 0, old.count > 1,
      let text = TextLayout.separator(
        source, old[0].range.upperBound, old[1].range.lowerBound, UInt8(ascii: ","))
    {
      return Self.withoutEmptyLines(text)
    }
    let lead = source[inside.lowerBound..<old[0].range.lowerBound]
    guard let feed = lead.lastIndex(where: { $0 == 0x0A || $0 == 0x0D }) else {
      return layout.comma
    }
    return [UInt8(ascii: ",")] + layout.lineBreak + lead[(feed + 1)...].filter(TextLayout.isBlank)
  }

  /// Keeps one of several line ends behind a comma.
  private static func withoutEmptyLines(_ text: [UInt8]) -> [UInt8] {
    guard let comma = text.firstIndex(of: UInt8(ascii: ",")) else { return text }
    let rest = text[(comma + 1)...]
    guard let last = rest.lastIndex(where: { $0 == 0x0A || $0 == 0x0D }) else { return text }
    let feedStart = last > rest.startIndex && rest[last] == 0x0A && rest[last - 1] == 0x0D
    let start = feedStart ? last - 1 : last
    return Array(text[...comma]) + rest[start...]
  }
}
