import Documents
import Evaluation
import Findings
import SourceText

/// What of a JSON document is hidden, found out when somebody asks: most findings show no value at all.
///
/// Only members are hidden, never the root. The hidden parts of strings are apart from all else.
final class LaterHiddenParts {
  private let request: Request
  private let names: GuardedNames
  private let text: SensitiveText
  private lazy var nodes = names.hiddenNodes(in: request, text)
  private var redactions: Redactions?

  init(_ request: Request, _ names: GuardedNames, _ text: SensitiveText) {
    self.request = request
    self.names = names
    self.text = text
  }

  /// Shows values of the document.
  var values: ValueText {
    ValueText(sensitive: { ValueText.stretches(of: self.nodes, in: self.request) }, text: text)
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
