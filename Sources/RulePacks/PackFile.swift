package import Documents
package import Findings
package import SourceText
import Synchronization
import YAML

/// A file of a pack, read into its positional tree: the pack itself, or the model of its request.
package struct PackFile: Sendable {
  /// The file.
  package let source: SourceFile
  /// The tree of the file's text.
  package internal(set) var document: Document { didSet { index = PackFileIndex() } }
  /// What of the text could not be read, in order.
  private var unreadable: [TextRange] = []
  /// What locations in the file are made from; shared by copies with the same tree.
  private var index = PackFileIndex()

  init(source: SourceFile, document: Document) {
    self.source = source
    self.document = document
  }

  /// Reads a file: as JSON where its name ends in `.json`, else as YAML.
  package static func read(_ source: SourceFile) -> (file: PackFile, reading: Reading) {
    let isJSON = source.path.utf8.suffix(5).elementsEqual(".json".utf8)
    var reading = isJSON ? JSONReader.read(source.bytes) : YAMLReader.read(source.bytes)
    if isJSON { reading.errors += duplicateNames(in: reading.document) }
    var file = PackFile(source: source, document: reading.document)
    // A fault that ends the reading is behind all nodes, and belongs to those that it cuts off.
    let end = file.document.nodeCount > 0 ? file.document.range(of: .root).upperBound : 0
    file.unreadable = reading.errors.filter { $0.category != .duplicateName }
      .map { $0.range.lowerBound > end ? TextRange(at: end) : $0.range }
      .sorted()
    return (file, reading)
  }

  /// The names that stand twice in a mapping; the JSON reader leaves them to its callers.
  private static func duplicateNames(in document: Document) -> [SyntaxError] {
    var errors: [SyntaxError] = []
    for index in 0..<document.nodeCount where document.kind(of: NodeID(index)) == .object {
      var first: [ArraySlice<UInt8>: TextRange] = [:]
      for member in document.members(of: NodeID(index)) {
        let range = document.range(of: member.name)
        if let earlier = first.updateValue(range, forKey: document.utf8(of: member.name)) {
          errors.append(
            SyntaxError(
              .duplicateName, range,
              "duplicate key \(SyntaxMessage.Quote(shortening: document.text(of: member.name), of: range)) in this mapping",
              related: SyntaxError.Related(range: earlier, message: "first used here")))
        }
      }
    }
    return errors
  }
}

extension PackFile {
  /// Whether something of a node could not be read; of a name, something of its value.
  ///
  /// What is wrong with the rest may follow from that alone.
  package func isIncomplete(_ node: NodeID) -> Bool {
    guard !unreadable.isEmpty, node.index < document.nodeCount else { return false }
    if document.kind(of: node) == .absent { return true }
    let range = document.range(of: node)
    let isName = document.kind(of: node) == .name && node.index + 1 < document.nodeCount
    let end = isName ? document.range(of: NodeID(node.index + 1)).upperBound : range.upperBound
    var (low, high) = (0, unreadable.count)
    while low < high {
      let middle = (low + high) / 2
      if unreadable[middle].lowerBound < range.lowerBound {
        low = middle + 1
      } else {
        high = middle
      }
    }
    return low < unreadable.count && unreadable[low].lowerBound <= end
  }

  /// The source bytes of a part of a scalar's decoded text, given as UTF-8 offsets.
  ///
  /// So that a fault inside an expression is at its own characters, through quotes, escapes and
  /// folded lines. All of the scalar where its source does not read as the text does.
  package func sourceRange(of part: Range<Int>, in node: NodeID) -> TextRange {
    ScalarMap(of: node, in: document)
      .sourceRange(ofDecoded: TextRange(part.lowerBound, part.upperBound))
  }

  /// Where a node is shown: a scalar as it is, a list or mapping by its name or first character.
  package func shownRange(of node: NodeID) -> TextRange {
    guard document.nodeCount > 0 else { return TextRange(at: 0) }
    switch document.kind(of: node) {
    case .array, .object:
      let before = NodeID(node.index - 1)
      if node.index > 0, document.kind(of: before) == .name { return document.range(of: before) }
      let start = document.range(of: node).lowerBound
      return TextRange(start, min(start + 1, source.bytes.count))
    case .null, .boolean, .number, .string, .name, .absent: return document.range(of: node)
    }
  }

  /// The line index of the file; made when it is asked for first, and once for all copies.
  package func lineIndex() -> LineIndex { source.lineIndex() }

  /// The pointer of a node.
  package func pointer(to node: NodeID) -> JSONPointer {
    index.paths(of: document).pointer(to: node, in: document)
  }

  /// The location of a node or, if given, of a part of the file that belongs to it.
  package func location(
    of node: NodeID, part: TextRange? = nil, lines: LineIndex? = nil
  ) -> Location {
    let lines = lines ?? lineIndex()
    guard node.index < document.nodeCount else {
      return source.location(of: part ?? TextRange(at: 0), lines: lines)
    }
    let kind: Location.Kind =
      switch document.kind(of: node) {
      case .object: .object
      case .array: .array
      case .name: .name
      case .null, .boolean, .number, .string, .absent: .value
      }
    return source.location(
      of: part ?? shownRange(of: node), pointer: pointer(to: node),
      kind: kind, lines: lines)
  }
}

/// The paths of a pack's file: made once, however many locations are asked for.
private final class PackFileIndex: Sendable {
  private let known = Mutex<DocumentPaths?>(nil)

  func paths(of document: Document) -> DocumentPaths {
    known.withLock { known in
      let paths = known ?? DocumentPaths(document)
      known = paths
      return paths
    }
  }
}
