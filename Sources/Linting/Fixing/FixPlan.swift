import BasicContainers
import Documents
import Evaluation
import Findings
import SourceText
import YAML

/// Something of a document that there may be a fix for.
struct FixCandidate: Sendable {
  /// The number of the finding that a fix of it resolves.
  var finding: Int
  /// The pack that knows it, by its place in the run.
  var run: Int
  /// What it is.
  var source: FixSource
}

extension FixCandidate {
  /// The findings that there may be fixes for, by their places, each with its candidate.
  static func pairs(
    of findings: [Finding], _ candidates: [FixCandidate]
  ) -> [(index: Int, candidate: FixCandidate)] {
    guard !candidates.isEmpty else { return [] }
    let byFinding = Dictionary(candidates.map { ($0.finding, $0) }) { first, _ in first }
    return findings.enumerated().compactMap { index, finding in
      finding.number.flatMap { byFinding[$0] }.map { (index, $0) }
    }
  }
}

/// A fix that can be made in the text.
struct PlannedFix: Sendable {
  var evaluated: EvaluatedFix
  /// What changes in the tree.
  var changes: [TreeEdit]
  /// What changes in the text.
  var edits: [TextEdit]
  /// Whether nothing of it must be kept back.
  var isTellable: Bool
}

/// The fixes that one pack has for one document, and how they are tried.
struct FixPlan {
  let tree: ValueTree
  let syntax: Syntax
  let depthLimit: Int
  /// How many faults the text has, which no fix may add to.
  let errorCount: Int
  /// The fixes by their candidates.
  private(set) var fixes: [FixSource: PlannedFix] = [:]
  let redactions: Redactions
  private let values: ValueText
  /// The suppression comments, which fixes must leave about the same values.
  private let comments: CommentSubjects?

  init(
    _ tree: ValueTree, _ comments: CommentSubjects?, errorCount: Int, values: ValueText,
    redactions: Redactions, syntax: Syntax,
    depthLimit: Int
  ) {
    self.tree = tree
    self.comments = comments
    self.syntax = syntax
    self.depthLimit = depthLimit
    self.errorCount = errorCount
    self.redactions = redactions
    self.values = values
  }

  /// Adds the fix of a candidate, if it can be made in the text.
  mutating func add(_ fix: EvaluatedFix, for source: FixSource) {
    guard fixes[source] == nil, let changes = treeEdits(of: fix.change) else { return }
    guard let edits = syntax.textEdits(for: changes, in: tree, comments?.comments ?? []),
      !edits.isEmpty
    else { return }
    fixes[source] = PlannedFix(
      evaluated: fix, changes: changes, edits: edits.sorted { $0.range < $1.range },
      isTellable: fix.isTellable && edits.allSatisfy { !meetsRedaction($0.range) }
        && changes.allSatisfy { !holdsSensitive($0) })
  }

  private func treeEdits(of change: EvaluatedFix.Change) -> [TreeEdit]? {
    switch change {
    case .value(let node, let value): return TreeDifference.edits(from: node, to: value, in: tree)
    case .rename(let name, let text): return [.rename(name: name, text)]
    case .remove(let name):
      let path = tree.document.path(to: name)
      guard path.count >= 2 else { return nil }
      let object = path[path.count - 2]
      return [
        .items(
          of: object,
          tree.document.allNames(of: object).map { $0 == name ? .remove($0) : .keep($0) })
      ]
    }
  }

  private func meetsRedaction(_ range: TextRange) -> Bool {
    redactions.meets(range) || redactions.cover(at: range.lowerBound) != nil
  }

  private func holdsSensitive(_ edit: TreeEdit) -> Bool {
    switch edit {
    case .replace(_, let value): holdsSensitive(value)
    case .rename, .cut: false
    case .items(_, let steps):
      steps.contains { if case .insert(_, let value) = $0 { holdsSensitive(value) } else { false } }
    }
  }

  /// Recursion is as deep as the value nests, which patches limit.
  private func holdsSensitive(_ value: JSONValue) -> Bool {
    switch value {
    case .node(let node):
      // Its text may have a comment that repeats a sensitive value beside it.
      values.holdsSensitive(node, in: tree.request)
        || meetsRedaction(tree.document.range(of: node))
    case .null, .boolean, .number, .string: false
    case .array(let elements): elements.contains { holdsSensitive($0) }
    case .object(let members, _): members.contains { holdsSensitive($0.value) }
    }
  }

  // MARK: - Trying

  /// The text with fixes made in it; nil where they meet, or where it does not read as was meant.
  func text(with fixes: [PlannedFix]) -> [UInt8]? {
    var edits = TextEdits()
    var intended = IntendedTree(tree)
    for fix in fixes {
      guard edits.add(fix.edits) else { return nil }
      switch fix.evaluated.change {
      case .value(let node, let value): intended.replace(node, by: value)
      case .rename(let name, let text): intended.rename(name, to: text)
      case .remove(let name): intended.remove(memberNamed: name)
      }
    }
    let text = edits.applied(to: tree.document.source)
    let reading = syntax.read(text, depthLimit: depthLimit)
    guard reading.isFaithful, reading.errors.count <= errorCount,
      intended.matches(reading.document),
      comments?.areKept(by: fixes.flatMap(\.changes), edits.edits, in: reading.document) ?? true
    else { return nil }
    return text
  }

  /// How many single fixes are tried where those of one text do not work together.
  static let singleLimit = 100

  /// What must not be shown of the text with fixes made in it: what was hidden before, and what the
  /// fixes make of hidden values.
  ///
  /// A comment stays hidden though a fix takes the sensitive member beside it away.
  func hidden(after sources: [FixSource], from before: [TextRange]) -> [TextRange] {
    var edits = TextEdits()
    var secret: Set<TextEdit> = []
    for fix in sources.compactMap({ fixes[$0] }) where edits.add(fix.edits) {
      if !fix.isTellable { secret.formUnion(fix.edits) }
    }
    return (before + redactions.ranges).map { edits.moved($0) } + edits.places(of: secret)
  }

  /// The fixes that can be made at once, in the given order, and the text with them.
  func compatible(
    _ sources: [FixSource]
  ) -> (sources: [FixSource], text: [UInt8])? {
    func fitting(_ sources: [FixSource]) -> [FixSource] {
      var edits = TextEdits()
      return sources.filter { source in fixes[source].map { edits.add($0.edits) } ?? false }
    }
    func tried(_ sources: [FixSource]) -> [UInt8]? {
      text(with: sources.compactMap { fixes[$0] })
    }
    let first = fitting(sources)
    guard !first.isEmpty else { return nil }
    if let text = tried(first) { return (first, text) }
    // One of them is at fault, or two do not go together: each by itself, then the sound ones.
    let sound = fitting(sources.prefix(Self.singleLimit).filter { tried([$0]) != nil })
    guard let one = sound.first else { return nil }
    if let text = tried(sound) { return (sound, text) }
    return tried([one]).map { ([one], $0) }
  }
}

extension Linter {
  /// The fixes of a text by pack; a text that cannot be made out has none.
  mutating func fixPlans(
    for candidates: [FixCandidate], in bytes: [UInt8], _ syntax: Syntax, hiding ranges: [TextRange]
  ) -> [(run: Int, plan: FixPlan)] {
    guard !candidates.isEmpty else { return [] }
    let reading = syntax.read(bytes, depthLimit: options.depthLimit)
    guard reading.isFaithful else { return [] }
    let document = reading.document
    // Those of the same text as it was read before are of other offsets.
    forgetRequests()
    defer { forgetRequests() }
    var hidden = hiddenParts(
      of: document, isBroken: !reading.errors.isEmpty, syntax)
    hidden.hide(ranges, in: document)
    let redactions = Redactions(hidden.ranges)
    let comments = syntax.suppressionComments(of: document)
    var plans: [(run: Int, plan: FixPlan)] = []
    for index in runs.indices {
      let own = candidates.filter { $0.run == index }
      guard !own.isEmpty else { continue }
      let request = runs[index].request(in: document)
      let tree = runs[index].evaluator.valueTree(of: request)
      let values = ValueText(
        sensitive: hidden.nodes, strings: hidden.hiddenStrings, in: request)
      var plan = FixPlan(
        tree, comments, errorCount: reading.errors.count, values: values, redactions: redactions,
        syntax: syntax, depthLimit: options.depthLimit)
      var seen: Set<FixSource> = []
      for candidate in own where seen.insert(candidate.source).inserted {
        if let fix = runs[index].evaluator.evaluatedFix(candidate.source, in: tree, values: values)
        {
          plan.add(fix, for: candidate.source)
        }
      }
      if !plan.fixes.isEmpty { plans.append((index, plan)) }
    }
    return plans
  }

  /// How often fixes that do not go together are tried apart from one another for a report.
  private static let roundLimit = 10

  /// Marks the findings that can be fixed and, if the report has fixes, adds these as far as they may be
  /// shown.
  ///
  /// A fix is in a report only if the text with it reads as was meant.
  ///
  /// `document` is a well-formed text in JSON as it was read, where that is at hand.
  mutating func attachFixes(
    _ candidates: [FixCandidate], to findings: inout [Finding], of bytes: [UInt8],
    _ lines: LineIndex, _ syntax: Syntax, readAs document: Document? = nil,
    hiding hidden: [TextRange] = []
  ) {
    guard options.fixes != .none, !candidates.isEmpty, !isInterrupted else { return }
    // A fix shows values: without them there is nothing to show.
    let showsFixes = options.fixes.areAttached && options.disclosure == .full
    let paired = FixCandidate.pairs(of: findings, candidates)
    if !showsFixes, let document {
      for (index, candidate) in paired {
        findings[index].fixability = fixability(of: candidate, in: document, syntax)
      }
      return
    }
    let wanted = paired.map(\.candidate)
    for (run, plan) in fixPlans(for: wanted, in: bytes, syntax, hiding: hidden) {
      let sources = wanted.filter { $0.run == run }.map(\.source)
      let sound = showsFixes ? soundFixes(sources, plan) : []
      for (index, candidate) in paired where candidate.run == run {
        guard let fix = plan.fixes[candidate.source] else { continue }
        findings[index].fixability = fix.evaluated.isSafe ? .safe : .unsafe
        guard sound.contains(candidate.source), fix.isTellable else { continue }
        findings[index].fix = Fix(
          description: fix.evaluated.description, isSafe: fix.evaluated.isSafe,
          edits: fix.edits.map {
            Fix.Edit(
              region: lines.region(of: $0.range, in: bytes),
              text: String(decoding: $0.text, as: UTF8.self))
          })
        if options.needs.contains(.fixHunks) {
          findings[index].fix?.hunks = FixHunks(bytes, lines, hiding: plan.redactions)
            .hunks(of: fix.edits)
        }
      }
    }
  }

  /// Which option fixes a candidate; nil where there is no way.
  private mutating func fixability(
    of candidate: FixCandidate, in document: Document, _ syntax: Syntax
  ) -> Finding.Fixability? {
    // A name can be written anew wherever it is.
    if case .respelling = candidate.source { return .safe }
    let run = candidate.run
    let request = runs[run].request(in: document)
    let tree = runs[run].evaluator.valueTree(of: request)
    // Nothing of the fix is shown.
    let values = ValueText(sensitive: [], in: request)
    guard
      let fix = runs[run].evaluator.evaluatedFix(candidate.source, in: tree, values: values)
    else { return nil }
    var plan = FixPlan(
      tree, nil, errorCount: 0, values: values, redactions: .nothing, syntax: syntax,
      depthLimit: options.depthLimit)
    plan.add(fix, for: candidate.source)
    return plan.fixes.isEmpty ? nil : fix.isSafe ? .safe : .unsafe
  }

  /// The fixes of a plan after which the text reads as was meant.
  private func soundFixes(_ sources: [FixSource], _ plan: FixPlan) -> Set<FixSource> {
    var waiting = sources.filter { plan.fixes[$0] != nil }
    var sound: Set<FixSource> = []
    for _ in 0..<Self.roundLimit {
      guard let (sources, _) = plan.compatible(waiting) else { break }
      sound.formUnion(sources)
      waiting.removeAll { sound.contains($0) }
    }
    return sound
  }
}
