package import Documents
import Evaluation
import Findings
package import SourceText

/// Says which values of a document packs call sensitive, for whoever shows documents by themselves.
package struct ValueGuard {
  private let text: SensitiveText
  private let evaluators: [Box]

  /// An evaluator; in a class, since what cannot be copied cannot be listed.
  private final class Box {
    var evaluator: Evaluator

    init(_ pack: LoadedPack) { evaluator = Evaluator(plan: pack.plan) }
  }

  /// Creates a guard by the word of packs; whether a document looks like their request does not
  /// matter.
  package init(packs: [LoadedPack]) {
    text = SensitiveText(packs: packs)
    evaluators = packs.map { Box($0) }
  }

  /// The nodes that are not shown, with all that they hold.
  ///
  /// Binds the document's names.
  package func hiddenNodes(in document: inout Document) -> [NodeID] {
    var nodes: [NodeID] = []
    for box in evaluators { nodes += box.evaluator.sensitiveNodes(in: &document) }
    return nodes
  }

  /// The stretches of a text that could not be read whole, and that are not shown.
  package func hiddenRanges(inBrokenText bytes: [UInt8], isYAML: Bool) -> [TextRange] {
    text.ranges(in: bytes, isYAML: isYAML)
  }
}
