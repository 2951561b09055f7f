package import Documents
package import Evaluation
package import Findings
import SourceText
import YAML

/// Finds what of a document must not be shown, by the word of all packs of a run.
///
/// What one pack calls sensitive, no other pack shows either, whether or not a document is its request.
package final class Redactor {
  private let plans: [Plan]
  private let depthLimit: Int
  private let select: (inout Document) -> [NodeID]
  /// Made for the first document with something to report.
  private(set) lazy var text = SensitiveText(plans)

  /// Creates a redactor; `select` gives the nodes that the packs select.
  init(plans: [Plan], depthLimit: Int, select: @escaping (inout Document) -> [NodeID]) {
    self.plans = plans
    self.depthLimit = depthLimit
    self.select = select
  }

  /// Creates a redactor with evaluators of its own.
  package convenience init(packs: [LoadedPack]) {
    final class Box {
      var evaluator: Evaluator
      init(_ pack: LoadedPack) { evaluator = Evaluator(plan: pack.plan) }
    }
    let boxes = packs.map { Box($0) }
    self.init(plans: packs.map(\.plan), depthLimit: JSONReader.defaultDepthLimit) { document in
      var nodes: [NodeID] = []
      for box in boxes { nodes += box.evaluator.sensitiveNodes(in: &document) }
      return nodes
    }
  }

  /// Whether any pack calls anything sensitive.
  package var hidesAnything: Bool { plans.contains { !$0.sensitive.isEmpty } }

  /// What of a document is hidden; binds its names.
  ///
  /// `continuation` is about a line of a log: how a sensitive value of a line before may go on in it,
  /// as in a request on several lines.
  package func hiddenParts(
    of document: inout Document, isBroken: Bool, isYAML: Bool,
    continuing continuation: SensitiveText.Continuation = .none
  ) -> HiddenParts {
    guard hidesAnything else { return HiddenParts() }
    if continuation != .none {
      let range = document.range
      let bytes = Array(document.source[range.lowerBound..<range.upperBound])
      let isContainer = !isBroken && isContainer(document)
      guard text.ends(continuation, with: bytes, isContainer: isContainer) else {
        return .everything(in: document, continuation)
      }
    }
    return HiddenParts(
      select(&document), text, in: document, isBroken: isBroken, isYAML: isYAML)
  }

  /// How a sensitive value may go on behind a malformed line of a log of which nothing else is asked.
  func continuation(
    afterBroken bytes: [UInt8], _ continuation: SensitiveText.Continuation
  ) -> SensitiveText.Continuation {
    guard hidesAnything, !text.names.isEmpty,
      text.ends(continuation, with: bytes, isContainer: false)
    else { return continuation }
    return text.continuation(after: text.ranges(in: bytes, isYAML: false), in: bytes)
  }

  private func isContainer(_ document: Document) -> Bool {
    !document.isEmpty && [.object, .array].contains(document.kind(of: .root))
  }

  /// What of a log's line is hidden in which no value of a line before goes on: all of a malformed one.
  package func redactions(ofLine bytes: [UInt8]) -> Redactions {
    guard hidesAnything, !bytes.allSatisfy({ $0 <= 0x20 }) else { return [] }
    var document = Document(source: bytes)
    guard JSONReader.read(into: &document, depthLimit: depthLimit), isContainer(document) else {
      return [TextRange(0, bytes.count)]
    }
    return Redactions(hiddenParts(of: &document, isBroken: false, isYAML: false).ranges)
  }

  /// What of a text is hidden.
  package func redactions(of bytes: [UInt8], isYAML: Bool) -> Redactions {
    let reading = Linter.reading(of: bytes, isYAML: isYAML, depthLimit: depthLimit)
    var document = reading.document
    return Redactions(
      hiddenParts(of: &document, isBroken: !reading.errors.isEmpty, isYAML: isYAML).ranges)
  }
}

extension SyntaxError {
  /// The message of the error in a text of which parts are hidden, and what of the text its excerpt hides.
  package func shown(
    in bytes: [UInt8], hiding redactions: Redactions
  ) -> (message: String, redactions: Redactions) {
    if hidesText { return (message, [TextRange(0, bytes.count)]) }
    return (
      cover(in: bytes, redactions) == nil
        ? sentence.text(hiding: redactions.meets)
        : "text of a value that is not shown is not well formed", redactions
    )
  }

  /// The hidden part that the error is in; one at the end of the text belongs to what is before it.
  func cover(in bytes: [UInt8], _ redactions: Redactions) -> TextRange? {
    if let cover = redactions.cover(at: range.lowerBound) { return cover }
    return range.lowerBound >= bytes.count ? redactions.cover(at: range.lowerBound - 1) : nil
  }
}
