package import Documents
package import Findings
package import SourceText

/// Reads texts and finds out on the way who has something to say about them.
///
/// One for each task.
struct GuidedEvaluator: ~Copyable {
  private let table: PlaceTable
  private var reader: GuidedReader
  /// What of the plan may not hold of the text that was read last; all else holds.
  private(set) var suspects: Suspects

  /// The parts of a plan that may not hold of a request.
  struct Suspects {
    var hasDetect = false
    var hasModel = false
    /// For each rule of the plan, whether it is one.
    var rules: [Bool]
    /// How many rules are.
    var ruleCount = 0
    /// How many steps the plain evaluator takes at most for all that is told without it.
    var stepsOfOthers = 0
    /// Where in the request the model may not hold; it holds of every value apart from these.
    var doubts = Doubts()
    /// The names that the model does not list; what is told holds only if the plan knows none of them.
    var unlisted: [NodeID] = []
    /// The check that fails, where all that is wrong is that one member of the root is missing by one rule.
    var missingRootMember: Int32?

    mutating func insert(_ owner: PlaceTable.Owner) {
      switch owner {
      case .detect: hasDetect = true
      case .model: hasModel = true
      case .rule(let rule):
        guard !rules[rule] else { return }
        rules[rule] = true
        ruleCount += 1
      }
    }

    /// Whether what was told by spelling is told of a request as its names are bound.
    func areFaithful(to request: Request) -> Bool {
      unlisted.isEmpty
        || request.binding.isClean && request.binding.casing == .wire
          && unlisted.allSatisfy { request.symbol(of: $0) == .unknown }
    }

    mutating func removeAll() {
      hasDetect = false
      hasModel = false
      doubts.removeAll()
      if !unlisted.isEmpty { unlisted.removeAll(keepingCapacity: true) }
      missingRootMember = nil
      guard ruleCount > 0 else { return }
      ruleCount = 0
      for index in rules.indices { rules[index] = false }
    }
  }

  init(_ table: PlaceTable, ruleCount: Int) {
    self.table = table
    reader = GuidedReader(table)
    suspects = Suspects(rules: [Bool](repeating: false, count: ruleCount))
  }

  /// What became of a text.
  enum Outcome {
    /// It is no JSON, or nests deeper than this reader goes.
    case unread
    /// It is read; everything holds of it, except perhaps what the checks ask that are the plain
    /// evaluator's.
    case holds(questions: Int)
    /// It is read, and has names that the model lists, each once, and perhaps `unlisted` ones; nobody but
    /// `suspects` has anything to say about it.
    case suspect
    /// It is read, and all is to be evaluated.
    case open
  }

  /// Reads a range of a document's source, which begins behind any byte-order mark.
  ///
  /// `stepLimit` is how many steps the plain evaluator may take.
  mutating func read(
    _ range: TextRange, into document: inout Document, depthLimit: Int, stepLimit: Int
  ) -> Outcome {
    suspects.missingRootMember = nil
    let isRead = unsafe JSONFastReader.read(range, into: &document) { source, nodes in
      unsafe reader.read(
        source, from: range.lowerBound, to: range.upperBound, into: nodes,
        depthLimit: min(depthLimit, table.depthLimit))
    }
    guard isRead else { return .unread }
    // The plain evaluator must not come to a limit of steps either. What is left to it is counted apart.
    let (steps, overflows) = (document.nodeCount + range.count / 8 + 1)
      .multipliedReportingOverflow(by: table.valueCost)
    if reader.isUnusual || overflows || steps > stepLimit { return .open }
    suspects.stepsOfOthers = steps
    if reader.noteCount == 0 { return .holds(questions: reader.askedCount) }
    findSuspects()
    return .suspect
  }

  private mutating func findSuspects() {
    suspects.removeAll()
    for index in 0..<reader.noteCount {
      let note = reader.note(at: index)
      let node = NodeID(Int(note.node))
      if note.isUnlistedName {
        suspects.unlisted.append(node)
      } else if note.isCheck {
        suspect(table.checks[Int(note.number)].owner, at: node, reachesDown: true)
      } else {
        for owner in table.owners[Int(note.number)] {
          suspect(owner, at: node, reachesDown: false)
        }
      }
    }
    for index in 0..<reader.askedCount {
      let (check, node) = question(at: index)
      suspect(check.owner, at: node, reachesDown: true)
    }
    if reader.noteCount == 1, reader.askedCount == 0 {
      let note = reader.note(at: 0)
      if note.isCheck, note.node == NodeID.root.index, suspects.ruleCount == 1,
        table.checks[Int(note.number)].failsAlike
      {
        suspects.missingRootMember = note.number
      }
    }
  }

  /// Notes who may have something to say about a node, and whether about the values within as well.
  private mutating func suspect(_ owner: PlaceTable.Owner, at node: NodeID, reachesDown: Bool) {
    suspects.insert(owner)
    if owner == .model { suspects.doubts.add(node, reachesDown: reachesDown) }
  }

  /// A check that is the plain evaluator's, and the node that it is about.
  func question(at index: Int) -> (check: PlaceTable.Check, node: NodeID) {
    let note = reader.question(at: index)
    return (table.checks[Int(note.number)], NodeID(Int(note.node)))
  }
}

/// The nodes of a request at which a schema may not hold.
struct Doubts {
  /// The nodes, each with whether what may not hold is about the values within as well.
  private var nodes: [(node: NodeID, reachesDown: Bool)] = []

  /// So many nodes are compared with each value.
  private static let fewNodes = 8

  /// Whether there are so many that they are not told apart.
  private var areMany: Bool { nodes.count > Self.fewNodes }

  mutating func removeAll() {
    if !nodes.isEmpty { nodes.removeAll(keepingCapacity: true) }
  }

  mutating func add(_ node: NodeID, reachesDown: Bool) {
    if areMany || nodes.contains(where: { $0.node == node && $0.reachesDown == reachesDown }) {
      return
    }
    nodes.append((node, reachesDown))
  }

  /// Whether something may not hold of a value, or of what it holds.
  func meet(_ value: NodeID, in request: Request) -> Bool {
    areMany
      || nodes.contains { doubt in
        doubt.node >= value && doubt.node.index < request.end(of: value)
          || doubt.reachesDown && doubt.node < value && value.index < request.end(of: doubt.node)
      }
  }
}

extension Evaluator {
  /// What became of a text that was read and evaluated in one pass.
  package enum Reading: Sendable {
    /// It was not read: it is malformed, or not for this way of reading.
    case unread
    /// It is a request of which everything holds.
    case clean
    /// It was read, and is to be evaluated; `evaluate` need not ask anew what was found out.
    case told
    /// The same, if the names that the model does not list are no other spellings of its own: its names
    /// are to be bound.
    case toldUnbound
    /// It was read, and is to be evaluated.
    case open

    /// Whether it was read.
    package var isRead: Bool { if case .unread = self { false } else { true } }

    /// Whether `evaluate` is to hear of it.
    package var isTold: Bool { self == .told || self == .toldUnbound }
  }

  /// Reads a range of a document's source and evaluates it on the way, where the plan can be told by
  /// places.
  ///
  /// `clean` says what `evaluate` would say. For any other outcome that has to be asked; `unread` says
  /// nothing about the text.
  package mutating func read(
    _ range: TextRange, into document: inout Document, depthLimit: Int,
    applicability: Applicability = .always
  ) -> Reading {
    // What is no request by any sign is none for a plan that asks for one.
    guard applicability == .always || plan.ruleTable.detect != nil, makeGuide() else {
      return .unread
    }
    let outcome = guide?.read(
      range, into: &document, depthLimit: depthLimit, stepLimit: plan.limits.steps)
    switch outcome {
    case nil, .unread?: return .unread
    case .open?: return .open
    case .suspect?: return guide?.suspects.unlisted.isEmpty ?? false ? .told : .toldUnbound
    case .holds(let questions)?:
      return questions == 0 || answer(questions, document) ? .clean : .open
    }
  }

  /// Whether everything holds that only the plain evaluator can tell.
  private mutating func answer(_ count: Int, _ document: Document) -> Bool {
    let questions = (0..<count).compactMap { guide?.question(at: $0) }
    let needsNames = questions.contains { $0.check.readsNames }
    let request = needsNames ? bind(document) : Request(document)
    defer { if needsNames { recycle(request) } }
    checker.reset()
    checker.stepLimit = plan.limits.steps
    for question in questions {
      let isHeld: Bool =
        switch question.check.plain {
        case .schema(let schema): checker.holds(schema, question.node, in: request)
        case .rule(let condition, let assertion):
          holds(condition, assertion, question.node, in: request)
        case .entry(let number): holds(entry: number, in: request)
        }
      if !isHeld || checker.isOverLimit { return false }
    }
    let stepsOfOthers = guide?.suspects.stepsOfOthers ?? 0
    return stepsOfOthers <= plan.limits.steps - checker.steps
  }
}
