package import Documents
package import SourceText

/// Finds what sensitive names mark in text that cannot be read as a tree, or that is inside a string.
///
/// The value of a sensitive name is hidden by itself where it is well formed and what follows it is a
/// member of an object or the end of one. Otherwise nobody can say where it ends: then all is hidden up
/// to a line that begins with another member of a model and is indented no deeper than the name.
package struct SensitiveText: Sendable {
  /// The names.
  package let names: SensitiveNames

  /// Creates a finder of the names of plans.
  package init(_ plans: [Plan]) { names = SensitiveNames(plans) }

  /// What follows each sensitive name in a malformed text, as far as it may belong to its value.
  package func ranges(in bytes: [UInt8], isYAML: Bool) -> [TextRange] {
    if names.coversAll { return [TextRange(0, bytes.count)] }
    guard !names.isEmpty else { return [] }
    let scan = TextScan(bytes: bytes, names: names, isYAML: isYAML)
    var ranges: [TextRange] = []
    var index = 0
    while index < bytes.count {
      guard scan.isNameStart(index), let end = scan.nameEnd(from: index) else {
        index += 1
        continue
      }
      ranges += scan.comments(before: index)
      let value = scan.value(from: end)
      ranges.append(value)
      if isYAML { ranges += anchors(of: value, in: scan) }
      index = max(value.upperBound, index + 1)
    }
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
    let scan = TextScan(bytes: bytes, names: names, isYAML: false)
    if scan.isRecord { return .none }
    return last.contains { scan.isOpen($0) } ? .container : .value
  }

  /// Whether a line surely is no part of a value that may go on in it.
  ///
  /// `isContainer` is true for an object or array that is well formed by itself.
  package func ends(
    _ continuation: Continuation, with bytes: [UInt8], isContainer: Bool
  ) -> Bool {
    let scan = TextScan(bytes: bytes, names: names, isYAML: false)
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
  /// and the strings in it that hold such members.
  package func parts(
    in document: Document, depth: Int = 0
  ) -> (nodes: [NodeID], strings: [NodeID]) {
    var strings: [NodeID] = []
    for index in 0..<document.nodeCount where document.kind(of: NodeID(index)) == .string {
      let node = NodeID(index)
      if !ranges(inString: document.utf8(of: node), depth: depth + 1).isEmpty {
        strings.append(node)
      }
    }
    return (names.values(in: document), strings)
  }

  // MARK: - YAML

  /// The comments beside a value and its key, which may repeat it.
  package func comments(beside value: NodeID, in document: Document) -> [TextRange] {
    let bytes = document.source
    let scan = TextScan(bytes: bytes, names: names, isYAML: true)
    let range = document.range(of: value)
    let hasName = value.index > 0 && document.kind(of: NodeID(value.index - 1)) == .name
    let name = hasName ? document.range(of: NodeID(value.index - 1)) : range
    var found = scan.comments(before: name.lowerBound) + scan.comments(after: range.upperBound)
    if name.upperBound < range.lowerBound {
      let between = TextRange(name.upperBound, range.lowerBound)
      if bytes[between.lowerBound..<between.upperBound].contains(where: Self.beginsRemark) {
        found.append(between)
      }
    }
    return found
  }

  /// Whether a byte can begin a comment, an anchor or a tag, which may repeat a value beside them.
  package static func beginsRemark(_ byte: UInt8) -> Bool {
    byte == UInt8(ascii: "#") || byte == UInt8(ascii: "&") || byte == UInt8(ascii: "!")
  }

  /// The aliases of anchors that are in hidden parts: the name of an anchor may repeat what it marks.
  package func aliases(ofAnchorsIn ranges: [TextRange], of bytes: [UInt8]) -> [TextRange] {
    func name(at index: Int) -> ArraySlice<UInt8> {
      bytes[index...].prefix { byte in
        byte > 0x20 && byte != UInt8(ascii: ",") && byte != UInt8(ascii: "[")
          && byte != UInt8(ascii: "]") && byte != UInt8(ascii: "{") && byte != UInt8(ascii: "}")
      }
    }
    guard bytes.contains(UInt8(ascii: "*")) else { return [] }
    var names: Set<ArraySlice<UInt8>> = []
    for range in ranges {
      for index in range.lowerBound..<min(range.upperBound, bytes.count)
      where bytes[index] == UInt8(ascii: "&") {
        names.insert(name(at: index + 1))
      }
    }
    names.remove([])
    guard !names.isEmpty else { return [] }
    var found: [TextRange] = []
    for index in bytes.indices where bytes[index] == UInt8(ascii: "*") {
      let name = name(at: index + 1)
      if names.contains(name) { found.append(TextRange(index, name.endIndex)) }
    }
    return found
  }

  /// What an anchor marks whose alias is the value of a sensitive name.
  private func anchors(of value: TextRange, in scan: TextScan) -> [TextRange] {
    guard let name = scan.aliasName(in: value) else { return [] }
    var ranges: [TextRange] = []
    var index = 0
    let anchor = [UInt8(ascii: "&")] + name
    while index + anchor.count <= scan.bytes.count, ranges.count < 16 {
      if scan.bytes[index] == UInt8(ascii: "&"), scan.bytes[index...].starts(with: anchor) {
        let range = scan.brokenValue(from: index + anchor.count)
        ranges.append(range)
        index = max(range.upperBound, index + 1)
      } else {
        index += 1
      }
    }
    return ranges
  }
}
