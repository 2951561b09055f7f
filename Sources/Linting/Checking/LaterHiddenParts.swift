import Documents
import Evaluation
import Findings
import SourceText

/// What of a JSON document is hidden, found out when somebody asks: most findings show no value at all.
///
/// Only members are hidden, never the root. The hidden parts of strings are apart from all else.
final class LaterHiddenParts: SensitiveFinder {
  private let request: Request
  private let names: GuardedNames
  private let text: SensitiveText
  private lazy var nodes = names.hiddenNodes(in: request, text)
  private lazy var nodeSet = Set(nodes)
  private var redactions: Redactions?
  /// How many paths were asked about.
  private var pathCount = 0

  /// The names of so many paths are looked at one by one; then all names of the document are, once.
  private static let fewPaths = 4

  init(_ request: Request, _ names: GuardedNames, _ text: SensitiveText) {
    self.request = request
    self.names = names
    self.text = text
  }

  /// Shows values of the document.
  var values: ValueText { ValueText(foundBy: self, text: text) }

  var sensitiveStretches: [Range<Int>] { ValueText.stretches(of: nodes, in: request) }

  func isHidden(_ node: NodeID) -> Bool { firstHidden(on: request.document.path(to: node)) != nil }

  /// What of a path from the root is shown, and whether that is all of it.
  ///
  /// What is beside the path need not be looked at.
  func shown(_ path: [NodeID]) -> (path: ArraySlice<NodeID>, isWhole: Bool) {
    guard let (index, isNamed) = firstHidden(on: path) else { return (path[...], true) }
    return isNamed ? (path[...index], index + 1 == path.count) : (path[..<index], false)
  }

  /// The first step of a path that is hidden, and whether its name is shown.
  private func firstHidden(on path: [NodeID]) -> (index: Int, isNamed: Bool)? {
    pathCount += 1
    for index in path.indices.dropFirst() {
      let step = path[index]
      let isName = request.kind(of: step) == .name
      let name = isName ? step : NodeID(step.index - 1)
      guard request.kind(of: name) == .name else { continue }
      let (hidesName, hidesValue) =
        pathCount <= Self.fewPaths
        ? names.hiding(by: name, in: request, text)
        : (nodeSet.contains(name), nodeSet.contains(NodeID(name.index + 1)))
      if hidesName { return (index, false) }
      if hidesValue, !isName { return (index, true) }
    }
    return nil
  }

  /// What is hidden, strings aside, in offsets of a text that the document's are ahead of.
  func redactions(shift: Int) -> Redactions {
    if let redactions { return redactions }
    let made = Redactions(nodes.map { request.range(of: $0).shifted(by: -shift) })
    redactions = made
    return made
  }

  /// The hidden parts of strings that have bytes in a range.
  func strings(meeting range: TextRange, in document: Document) -> [TextRange] {
    HiddenParts.ranges(meeting: range, in: document, foundBy: text)
  }
}
