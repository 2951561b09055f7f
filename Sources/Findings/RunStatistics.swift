/// The counts of each rule of a run, which distinguish an unused rule from one that holds.
package struct RunStatistics: Sendable, Hashable {
  /// One rule.
  package struct Rule: Sendable, Hashable {
    /// The rule's full id.
    package var id: RuleID
    /// The severity of its findings; nil for a rule that is off.
    package var severity: Severity?
    /// The number of requests of the run that the rule's pack applies to.
    package var seenRequestCount: Int
    /// The number of requests in which the rule checked a value.
    package var requestCount: Int
    /// The number of values that satisfy the rule.
    package var heldCount: Int
    /// The number of values that violate the rule.
    package var failedCount: Int
    /// The number of values that `when` skipped.
    package var skippedCount: Int

    /// The number of values that the rule checked.
    package var evaluatedCount: Int { heldCount + failedCount }
    /// Whether the rule is on and yet looked at nothing.
    package var isInert: Bool { severity != nil && evaluatedCount == 0 }

    /// Creates an entry.
    package init(
      id: RuleID, severity: Severity?, seenRequestCount: Int = 0, requestCount: Int = 0,
      heldCount: Int = 0, failedCount: Int = 0, skippedCount: Int = 0
    ) {
      self.id = id
      self.severity = severity
      self.seenRequestCount = seenRequestCount
      self.requestCount = requestCount
      self.heldCount = heldCount
      self.failedCount = failedCount
      self.skippedCount = skippedCount
    }
  }

  /// The model of one pack's requests.
  package struct Model: Sendable, Hashable {
    /// The pack's name.
    package var pack: String
    /// The number of requests that satisfy the model.
    package var heldCount: Int
    /// The number of requests that violate the model.
    package var failedCount: Int

    /// Creates an entry.
    package init(pack: String, heldCount: Int = 0, failedCount: Int = 0) {
      self.pack = pack
      self.heldCount = heldCount
      self.failedCount = failedCount
    }
  }

  private var countsByRule: [RuleID: Rule] = [:]
  private var countsByPack: [String: Model] = [:]

  /// The rules, sorted by id.
  package var rules: [Rule] { countsByRule.values.sorted { $0.id < $1.id } }
  /// The models, sorted by their packs' names.
  package var models: [Model] {
    countsByPack.values.sorted { $0.pack.utf8.lexicographicallyPrecedes($1.pack.utf8) }
  }

  /// Creates statistics of nothing.
  package init() {}

  /// The rules that are on and looked at nothing.
  package var inertRules: [Rule] { rules.filter(\.isInert) }

  /// Adds what was counted of a rule; one that is on anywhere is on.
  package mutating func add(_ rule: Rule) {
    var counts = countsByRule[rule.id] ?? Rule(id: rule.id, severity: nil)
    counts.severity = [counts.severity, rule.severity].compactMap { $0 }.max()
    counts.seenRequestCount += rule.seenRequestCount
    counts.requestCount += rule.requestCount
    counts.heldCount += rule.heldCount
    counts.failedCount += rule.failedCount
    counts.skippedCount += rule.skippedCount
    countsByRule[rule.id] = counts
  }

  /// Adds all that was counted elsewhere.
  package mutating func add(_ other: RunStatistics) {
    for rule in other.countsByRule.values { add(rule) }
    for model in other.countsByPack.values { add(model) }
  }

  /// Adds what was counted of a model.
  package mutating func add(_ model: Model) {
    var counts = countsByPack[model.pack] ?? Model(pack: model.pack)
    counts.heldCount += model.heldCount
    counts.failedCount += model.failedCount
    countsByPack[model.pack] = counts
  }
}
