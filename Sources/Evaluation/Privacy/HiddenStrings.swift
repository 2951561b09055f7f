package import Documents
import SourceText

/// Which strings of a document hold something sensitive.
///
/// Most findings show one string or none, so strings can be searched when somebody asks about them. Where
/// much is asked, all are searched once: the work stays in proportion to the document.
package final class HiddenStrings {
  /// Searches strings; nil once all are known.
  private var search: SensitiveText?
  /// The nodes of all such strings, in order.
  private var all: [Int] = []
  /// What was asked about so far.
  private var answers: [(node: Int, isHidden: Bool)] = []

  /// So many strings are searched one by one.
  private static let fewAnswers = 16

  /// Creates a list of strings that are known.
  package init(_ strings: [NodeID]) {
    all = strings.map(\.index).sorted()
  }

  /// Creates a list of strings that are searched as somebody asks about them.
  package init(searchedBy text: SensitiveText) { search = text }

  /// Whether any of the nodes in a stretch of the tree is such a string.
  package func meets(_ range: Range<Int>, in document: Document) -> Bool {
    if let search {
      if range.count == 1, answers.count < Self.fewAnswers {
        return answer(NodeID(range.lowerBound), in: document, search)
      }
      searchAll(of: document, search)
    }
    var (low, high) = (0, all.count)
    while low < high {
      let middle = low + (high - low) / 2
      if all[middle] < range.lowerBound { low = middle + 1 } else { high = middle }
    }
    return low < all.count && all[low] < range.upperBound
  }

  private func answer(_ node: NodeID, in document: Document, _ search: SensitiveText) -> Bool {
    guard document.kind(of: node) == .string else { return false }
    if let known = answers.first(where: { $0.node == node.index }) { return known.isHidden }
    let isHidden = !search.ranges(inString: document.utf8(of: node)).isEmpty
    answers.append((node.index, isHidden))
    return isHidden
  }

  private func searchAll(of document: Document, _ search: SensitiveText) {
    self.search = nil
    for index in 0..<document.nodeCount
    where document.kind(of: NodeID(index)) == .string
      && !search.ranges(inString: document.utf8(of: NodeID(index))).isEmpty
    {
      all.append(index)
    }
  }
}
