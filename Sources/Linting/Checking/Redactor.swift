import BasicContainers
package import Documents
package import Evaluation
package import Findings
package import SourceText
import YAML

/// Finds what of a document must not be shown, by the word of all packs of a run.
///
/// What one pack calls sensitive, no other pack shows either, whether or not a document is its request.
package final class Redactor {
  private let plans: [Plan]
  private let casing: Casing
  private let depthLimit: Int
  /// Made for the first document with something to report.
  private(set) lazy var text = SensitiveText(plans)
  /// Made for the first document of which nobody has the sensitive nodes.
  private var evaluators = UniqueArray<Evaluator>()

  /// Creates a redactor for requests spelled in a style.
  init(plans: [Plan], casing: Casing, depthLimit: Int) {
    self.plans = plans
    self.casing = casing
    self.depthLimit = depthLimit
  }

  /// Creates a redactor for packs.
  package convenience init(packs: [LoadedPack]) {
    self.init(
      plans: packs.map(\.plan), casing: .auto, depthLimit: JSONReader.defaultDepthLimit)
  }

  /// Whether any pack calls anything sensitive.
  package var hidesAnything: Bool { plans.contains { !$0.privacy.sensitive.isEmpty } }

  /// What packs say of a document.
  struct Selection {
    /// The nodes that they call sensitive.
    var nodes: [NodeID] = []
    /// The document as each of them sees it.
    var requests: [Request] = []

    /// Whether a name is one that packs mention, in its own spelling.
    func knows(_ name: NodeID) -> Bool {
      requests.contains { $0.symbol(of: name) != .unknown && !$0.isRespelled(name) }
    }
  }

  /// What of a document is hidden.
  ///
  /// `continuation` is about a line of a log: how a sensitive value of a line before may go on in it,
  /// as in a request on several lines.
  package func hiddenParts(
    of document: Document, isBroken: Bool, _ syntax: Syntax,
    continuing continuation: SensitiveText.Continuation = .none
  ) -> HiddenParts {
    hiddenParts(of: document, isBroken: isBroken, syntax, continuing: continuation) {
      if evaluators.isEmpty {
        for plan in plans { evaluators.append(Evaluator(plan: plan, casing: casing)) }
      }
      var selection = Selection()
      for index in evaluators.indices {
        let request = evaluators[index].bind(document)
        selection.nodes += evaluators[index].sensitiveNodes(in: request)
        selection.requests.append(request)
      }
      return selection
    }
  }

  /// The same where somebody knows what the packs say of the document.
  func hiddenParts(
    of document: Document, isBroken: Bool, _ syntax: Syntax,
    continuing continuation: SensitiveText.Continuation, leavesStrings: Bool = false,
    selecting: () -> Selection
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
      selecting(), text, in: document, isBroken: isBroken, syntax, leavesStrings: leavesStrings)
  }

  /// How a sensitive value may go on behind a malformed line of a log of which nothing else is asked.
  func continuation(
    afterBroken bytes: [UInt8], _ continuation: SensitiveText.Continuation
  ) -> SensitiveText.Continuation {
    guard hidesAnything, !text.names.isEmpty,
      text.ends(continuation, with: bytes, isContainer: false)
    else { return continuation }
    return text.continuation(after: text.ranges(in: bytes, .json), in: bytes)
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
    return Redactions(hiddenParts(of: document, isBroken: false, .jsonLines).ranges)
  }

  /// What of a text is hidden.
  package func redactions(of bytes: [UInt8], _ syntax: Syntax) -> Redactions {
    let reading = syntax.read(bytes, depthLimit: depthLimit)
    return Redactions(
      hiddenParts(of: reading.document, isBroken: !reading.errors.isEmpty, syntax).ranges)
  }
}

extension SyntaxError {
  /// The message of the error in a text of which parts are hidden, and what of the text its excerpt hides.
  package func shown(
    in bytes: [UInt8], hiding redactions: Redactions
  ) -> (message: String, redactions: Redactions) {
    if hidesText { return (message, [TextRange(0, bytes.count)]) }
    let text =
      cover(in: bytes, redactions) == nil
      ? sentence.text(hiding: redactions.meets)
      : "text of a value that is not shown is not well formed"
    return (withHint(text), redactions)
  }

  /// The hidden part that the error is in; one at the end of the text belongs to what is before it.
  func cover(in bytes: [UInt8], _ redactions: Redactions) -> TextRange? {
    if let cover = redactions.cover(at: range.lowerBound) { return cover }
    return range.lowerBound >= bytes.count ? redactions.cover(at: range.lowerBound - 1) : nil
  }
}
