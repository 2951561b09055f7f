package import Documents
package import SourceText

/// Finds what sensitive names mark in text that cannot be read as a tree, or that is inside a string.
///
/// The value of a sensitive name is hidden by itself where it is well formed and what follows it is a
/// member of an object or the end of one. Otherwise nobody can say where it ends: then all is hidden up
/// to a line that begins with another member of a model and is indented no deeper than the name.
package final class SensitiveText: Sendable {
  /// The names.
  package let names: SensitiveNames

  /// Creates a finder of the names of plans.
  package init(_ plans: [Plan]) { names = SensitiveNames(plans) }

  /// What follows each sensitive name in a malformed text, as far as it may belong to its value.
  package func ranges(in bytes: [UInt8], _ syntax: Syntax) -> [TextRange] {
    if names.coversAll { return [TextRange(0, bytes.count)] }
    guard !names.isEmpty else { return [] }
    let scan = TextScan(bytes: bytes, names: names, syntax)
    var comments = NearbyComments(in: scan)
    var aliases: Set<ArraySlice<UInt8>> = []
    var ranges: [TextRange] = []
    var floor = 0
    var index = 0
    while index < bytes.count {
      guard scan.isNameStart(index), let end = scan.nameEnd(from: index) else {
        index += 1
        continue
      }
      ranges += comments.ranges(before: index, notBefore: floor)
      let value = scan.value(from: end)
      ranges.append(value)
      // YAML may be read as JSON by accident.
      if let alias = scan.aliasName(in: value) { aliases.insert(alias) }
      index = max(value.upperBound, end)
      floor = index
    }
    if !aliases.isEmpty { ranges += anchors(named: aliases, in: scan) }
    return ranges
  }

  /// How a sensitive value may go on behind a malformed line of a log, as in a request on several lines.
  package enum Continuation: Sendable {
    /// It does not: the line is a whole object, or shows where the value ends.
    case none
    /// Behind what may be a whole value.
    case value
    /// In a quote or in brackets that are not closed, or it has not begun.
    case container
  }

  /// How a value may go on behind a malformed line with these ranges.
  package func continuation(after ranges: [TextRange], in bytes: [UInt8]) -> Continuation {
    let end = (bytes.lastIndex { $0 > 0x20 } ?? -1) + 1
    let last = ranges.filter { $0.upperBound >= end }
    guard !last.isEmpty else { return .none }
    let scan = TextScan(bytes: bytes, names: names, .json)
    if scan.isRecord { return .none }
    return last.contains { scan.isOpen($0) } ? .container : .value
  }

  /// Whether a line surely is no part of a value that may go on in it.
  ///
  /// `isContainer` is true for an object or array that is well formed by itself.
  package func ends(
    _ continuation: Continuation, with bytes: [UInt8], isContainer: Bool
  ) -> Bool {
    let scan = TextScan(bytes: bytes, names: names, .json)
    switch continuation {
    case .none: return true
    case .value where isContainer: return true
    case .value:
      return scan.beginsAnew(TextRange(0, bytes.count)) || scan.beginsWithObject || scan.isRecord
    case .container:
      // An object may be a part of the value, but not a request. Without a model, nobody can tell.
      return isContainer && (scan.beginsWithObject || names.hasNoOther)
    }
  }

  /// The values of sensitive members in a document that no pack selects in, such as embedded JSON,
  /// and the strings in it that hold such members; the whole document where a name holds one.
  package func parts(
    in document: Document, depth: Int = 0
  ) -> (nodes: [NodeID], strings: [NodeID]) {
    var strings: [NodeID] = []
    for index in 0..<document.nodeCount {
      let node = NodeID(index)
      let kind = document.kind(of: node)
      guard kind == .string || kind == .name,
        !ranges(inString: document.utf8(of: node), depth: depth + 1).isEmpty
      else { continue }
      // What a name holds cannot be taken out of it: all is hidden.
      if kind == .name { return ([.root], []) }
      strings.append(node)
    }
    return (names.values(in: document), strings)
  }

  // MARK: - YAML

  /// The comments beside values and their keys, which may repeat them.
  package func comments(beside values: [NodeID], in document: Document) -> [TextRange] {
    let bytes = document.source
    var comments = NearbyComments(
      in: TextScan(bytes: bytes, names: names, .yaml))
    var found: [TextRange] = []
    var starts: [Int] = []
    var ends: [Int] = []
    for value in values {
      let range = document.range(of: value)
      let hasName = value.index > 0 && document.kind(of: NodeID(value.index - 1)) == .name
      let name = hasName ? document.range(of: NodeID(value.index - 1)) : range
      starts.append(name.lowerBound)
      ends.append(range.upperBound)
      guard name.upperBound < range.lowerBound else { continue }
      let between = TextRange(name.upperBound, range.lowerBound)
      if bytes[between.lowerBound..<between.upperBound].contains(where: Self.beginsRemark) {
        found.append(between)
      }
    }
    var floor = 0
    for start in starts.sorted() {
      found += comments.ranges(before: start, notBefore: floor)
      floor = start
    }
    for end in ends.sorted() { found += comments.ranges(behind: end) }
    return found
  }

  /// Whether a byte can begin a comment, an anchor or a tag, which may repeat a value beside them.
  package static func beginsRemark(_ byte: UInt8) -> Bool {
    byte == UInt8(ascii: "#") || byte == UInt8(ascii: "&") || byte == UInt8(ascii: "!")
  }

  /// The aliases of anchors that are in hidden parts: the name of an anchor may repeat what it marks.
  package func aliases(ofAnchorsIn ranges: [TextRange], of bytes: [UInt8]) -> [TextRange] {
    guard bytes.contains(UInt8(ascii: "*")) else { return [] }
    var names: Set<ArraySlice<UInt8>> = []
    var index = 0
    for range in ranges.sorted() {
      index = max(index, range.lowerBound)
      while index < min(range.upperBound, bytes.count) {
        if bytes[index] == UInt8(ascii: "&") {
          let name = TextScan.anchorName(at: index + 1, in: bytes)
          names.insert(name)
          index = name.endIndex
        } else {
          index += 1
        }
      }
    }
    names.remove([])
    guard !names.isEmpty else { return [] }
    var found: [TextRange] = []
    index = 0
    while index < bytes.count {
      guard bytes[index] == UInt8(ascii: "*") else {
        index += 1
        continue
      }
      let name = TextScan.anchorName(at: index + 1, in: bytes)
      if names.contains(name) { found.append(TextRange(index, name.endIndex)) }
      index = name.endIndex
    }
    return found
  }

  /// What anchors mark whose aliases are values of sensitive names.
  private func anchors(named names: Set<ArraySlice<UInt8>>, in scan: TextScan) -> [TextRange] {
    var ranges: [TextRange] = []
    var index = 0
    while index < scan.bytes.count {
      guard scan.bytes[index] == UInt8(ascii: "&") else {
        index += 1
        continue
      }
      let name = TextScan.anchorName(at: index + 1, in: scan.bytes)
      index = name.endIndex
      guard names.contains(name) else { continue }
      let range = scan.brokenValue(from: index)
      ranges.append(range)
      index = max(range.upperBound, index)
    }
    return ranges
  }
}
