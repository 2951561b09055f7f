package import Documents
package import Evaluation
package import Findings
package import SourceText

/// Holds the two ways of evaluating a plan to one another: reading by its table of places, and reading
/// first and evaluating then.
///
/// The second way is the authority. What the first one says must be the same, and so must the tree be that
/// it leaves.
package struct PlaceComparison: ~Copyable {
  /// How often what came of reading by places.
  package struct Counts: Sendable, CustomStringConvertible {
    /// How many requests satisfy the plan, and by places too.
    package var clean = 0
    /// How many requests were evaluated in the parts that may not hold.
    package var told = 0
    /// How many requests were left to the plain evaluator.
    package var open = 0
    /// How many texts were not read.
    package var unread = 0
    /// How many failures the two ways agreed on, of requests that were told.
    package var failures = 0
    /// How many of these requests have the failures of an earlier one, which are not looked for anew.
    package var recalled = 0

    /// Creates counts of nothing.
    package init() {}

    /// How many texts were compared.
    package var total: Int { clean + told + open + unread }

    package static func += (left: inout Counts, right: Counts) {
      left.clean += right.clean
      left.told += right.told
      left.open += right.open
      left.unread += right.unread
      left.failures += right.failures
      left.recalled += right.recalled
    }

    package var description: String {
      "\(total) comparisons: \(clean) clean, \(told) told with \(failures) failures (\(recalled) recalled), \(open) open, \(unread) unread"
    }
  }

  /// What was compared so far.
  package private(set) var counts = Counts()
  private var fused: Evaluator
  private var plain: Evaluator
  private var document = Document()
  /// By the check that says that a member of the root is missing, what there was to say where it alone did.
  private var alike: [Int32: [RuleFailure]] = [:]
  private let depthLimit: Int

  /// Creates a comparison for a plan.
  package init(
    _ plan: Plan, casing: Casing = .auto, depthLimit: Int = JSONReader.defaultDepthLimit
  ) {
    fused = Evaluator(plan: plan, casing: casing)
    plain = Evaluator(plan: plan, casing: casing)
    self.depthLimit = depthLimit
  }

  /// Compares the two ways on a text.
  ///
  /// - Throws: A `Fault` where they differ.
  package mutating func compare(_ text: [UInt8]) throws {
    try compare(text, in: TextRange(0, text.count))
  }

  /// Compares the two ways on a part of a text.
  ///
  /// - Throws: A `Fault` where they differ.
  package mutating func compare(
    _ source: [UInt8], in range: TextRange, applicability: Applicability = .always
  ) throws {
    JSONReader.replaceSource(of: &document, with: source)
    let reading = fused.read(
      range, into: &document, depthLimit: depthLimit, applicability: applicability)
    var told: [String]?
    if reading.isTold { told = try toldFailures(applicability) }
    guard reading != .unread else {
      counts.unread += 1
      return
    }
    var expected = Document(source: source)
    let isRead = JSONReader.read(
      into: &expected, in: range, depthLimit: depthLimit, from: .logLine)
    try require(isRead, "\(reading) is said of what is no JSON: \(shown(source[range]))")
    try TreeReference.requireSame(expected, document, shown(source[range]))
    switch reading {
    case .clean:
      counts.clean += 1
      let found = failures(of: expected, applicability)
      try require(found == [], "clean, but \(found as Any): \(shown(source[range]))")
    case .told, .toldUnbound:
      counts.told += 1
      let found = failures(of: expected, applicability)
      try require(found == told, "\(told as Any), but \(found as Any): \(shown(source[range]))")
      counts.failures += found?.count ?? 0
    case .open: counts.open += 1
    case .unread: break
    }
  }

  /// What does not hold of the text at hand, of which nothing else can fail; nil where it is no request of
  /// the plan's.
  ///
  /// What is recalled from another text must be the same.
  private mutating func toldFailures(_ applicability: Applicability) throws -> [String]? {
    let check = fused.missingRootMember
    let recalled = check.flatMap { alike[$0] }
    let request = fused.bind(document)
    defer { fused.recycle(request) }
    var steps = 0
    let evaluation = fused.evaluate(
      request, applicability: applicability, steps: &steps, isTold: true)
    guard case .failed(let unmet) = evaluation else {
      try require(recalled == nil, "recalled, though all holds")
      return evaluation.isApplicable ? [] : nil
    }
    let explained = Self.explained(unmet, of: request, by: &fused)
    if let check, !explained.isOverBudget { alike[check] = explained.failures }
    let isOverBudget = explained.isOverBudget || unmet.isOverBudget
    let told = Self.texts(explained.failures, isOverBudget, of: request)
    if let recalled {
      counts.recalled += 1
      let texts = Self.texts(recalled, false, of: request)
      try require(texts == told, "recalled \(texts), but \(told)")
    }
    return told
  }

  /// What does not hold of a document; nil where it is no request of the plan's.
  private mutating func failures(
    of document: Document, _ applicability: Applicability
  ) -> [String]? {
    let request = plain.bind(document)
    defer { plain.recycle(request) }
    var steps = 0
    switch plain.evaluate(request, applicability: applicability, steps: &steps) {
    case .notApplicable: return nil
    case .clean: return []
    case .failed(let unmet):
      let explained = Self.explained(unmet, of: request, by: &plain)
      return Self.texts(
        explained.failures, explained.isOverBudget || unmet.isOverBudget, of: request)
    }
  }

  private static func explained(
    _ unmet: Unmet, of request: Request, by evaluator: inout Evaluator
  ) -> Explained {
    let values = ValueText(sensitive: evaluator.sensitiveNodes(in: request), in: request)
    return evaluator.explain(unmet, of: request, values: values)
  }

  /// Failures as texts: rule, pointer, range and message.
  private static func texts(
    _ failures: [RuleFailure], _ isOverBudget: Bool, of request: Request
  ) -> [String] {
    var texts = failures.map { failure in
      let anchor = failure.failure.anchor
      return """
        \(failure.rule) \(request.document.pointer(to: anchor)) \(request.document.range(of: anchor)) \
        \(failure.message ?? failure.failure.message)
        """
    }
    if isOverBudget { texts.append("over budget") }
    return texts.sorted()
  }
}

extension [UInt8] {
  fileprivate subscript(range: TextRange) -> ArraySlice<UInt8> {
    self[range.lowerBound..<range.upperBound]
  }
}
