package import Findings

/// What testing packs gave: whether examples do what they stand under, and what no example notices.
package struct PackTestReport: Sendable {
  /// The packs, in the order in which they were named.
  package var suites: [PackTestSuite]

  /// Creates a report.
  package init(suites: [PackTestSuite] = []) { self.suites = suites }

  /// Whether everything was tested that was to be.
  package var isComplete: Bool {
    !suites.contains { $0.notices.hasErrors }
  }

  /// How much of all changes to rules the examples notice.
  package var score: MutationScore { suites.map(\.score).reduce(MutationScore(), +) }
}

/// One pack's test.
package struct PackTestSuite: Sendable {
  /// The pack's name.
  package var name: String
  /// The pack's file.
  package var path: String
  /// The rules that were tested, in the order of the file.
  package var rules: [RuleTest]
  /// What was not tried, and why.
  package var notices: [Diagnostic]

  /// Creates a suite.
  package init(name: String, path: String, rules: [RuleTest], notices: [Diagnostic] = []) {
    self.name = name
    self.path = path
    self.rules = rules
    self.notices = notices
  }

  /// How much of the changes to the pack's rules its examples notice.
  package var score: MutationScore {
    rules.compactMap(\.mutation).map(\.score).reduce(MutationScore(), +)
  }
}

/// One rule's test.
package struct RuleTest: Sendable {
  /// The rule.
  package var id: RuleID
  /// The rule's name in its file.
  package var location: Location
  /// Whether the pack says what the rule finds, so that its examples should show that.
  package var needsExamples: Bool
  /// Its examples, in the order of the file.
  package var examples: [ExampleTest]
  /// What became of its mutants; nil where none were made, since examples fail or nobody asked.
  package var mutation: MutationTest?

  /// Creates a rule's test.
  package init(
    id: RuleID, location: Location, needsExamples: Bool = true, examples: [ExampleTest],
    mutation: MutationTest? = nil
  ) {
    self.id = id
    self.location = location
    self.needsExamples = needsExamples
    self.examples = examples
    self.mutation = mutation
  }

  /// The sides that have no example, which should have one.
  package var missing: [ExampleTest.Side] {
    guard needsExamples else { return [] }
    return ExampleTest.Side.allCases.filter { side in !examples.contains { $0.side == side } }
  }
}

/// One example's test.
package struct ExampleTest: Sendable {
  /// What an example stands under.
  package enum Side: String, Sendable, CaseIterable {
    /// The rule accepts it.
    case pass
    /// The rule refuses it.
    case fail
  }

  /// What it stands under.
  package var side: Side
  /// Its place among those of its side, from 1.
  package var number: Int
  /// Its name, or else its request in short.
  package var title: String
  /// Where it stands.
  package var location: Location
  /// What it should do and does not; nil where all is well.
  package var fault: Diagnostic?

  /// Creates an example's test.
  package init(
    side: Side, number: Int, title: String, location: Location, fault: Diagnostic? = nil
  ) {
    self.side = side
    self.number = number
    self.title = title
    self.location = location
    self.fault = fault
  }
}

/// What became of the mutants of a rule: of its copies with one small change each.
package struct MutationTest: Sendable {
  /// The number of killed mutants, for which an example contradicts its heading.
  package var noticedCount: Int
  /// The number of mutants that are not valid rules and do not count.
  package var unviableCount: Int
  /// The number of mutants that were not tried, because of the limits.
  package var untriedCount: Int
  /// Those that every example agrees with.
  package var survivors: [Survivor]

  /// Creates the result of a rule without mutants.
  package init() {
    noticedCount = 0
    unviableCount = 0
    untriedCount = 0
    survivors = []
  }

  /// How much of the changes the examples notice.
  package var score: MutationScore {
    MutationScore(
      noticed: noticedCount, survived: survivors.count, unviable: unviableCount,
      untried: untriedCount)
  }

  /// A mutant that no example notices.
  package struct Survivor: Sendable {
    /// What was changed, such as `minimum: 60 → 59`.
    package var change: String
    /// Where.
    package var location: Location
    /// An example that would notice; nil where none was found.
    package var suggestion: Suggestion?

    /// Creates a survivor.
    package init(change: String, location: Location, suggestion: Suggestion? = nil) {
      self.change = change
      self.location = location
      self.suggestion = suggestion
    }
  }

  /// An example that is missing.
  package struct Suggestion: Sendable, Hashable {
    /// What to put it under.
    package var side: ExampleTest.Side
    /// The request, in YAML on one line, as a pack holds it.
    package var request: String

    /// Creates a suggestion.
    package init(side: ExampleTest.Side, request: String) {
      self.side = side
      self.request = request
    }
  }
}

/// How many of the changes to rules their examples notice.
package struct MutationScore: Sendable, Hashable {
  /// How many are noticed.
  package var noticed = 0
  /// How many are not.
  package var survived = 0
  /// How many are no sound rules, which count for nothing.
  package var unviable = 0
  /// How many were not tried, which count for nothing.
  package var untried = 0

  /// Creates a score.
  package init(noticed: Int = 0, survived: Int = 0, unviable: Int = 0, untried: Int = 0) {
    self.noticed = noticed
    self.survived = survived
    self.unviable = unviable
    self.untried = untried
  }

  /// How many mutants were tried.
  package var total: Int { noticed + survived }

  /// The score in tenths of a percent, rounded down: 1000 only where all is noticed.
  package var permille: Int { total == 0 ? 1000 : noticed * 1000 / total }

  /// The sum of two scores.
  package static func + (left: MutationScore, right: MutationScore) -> MutationScore {
    MutationScore(
      noticed: left.noticed + right.noticed, survived: left.survived + right.survived,
      unviable: left.unviable + right.unviable, untried: left.untried + right.untried)
  }
}

/// What a test run asks for beyond that every example does what it stands under.
package struct PackTestDemands: Sendable, Hashable {
  /// Whether a rule must have passing and failing examples.
  package var isStrict: Bool
  /// What part of the mutants of each pack must be noticed, in percent; nil where none must.
  package var minimumScore: Int?

  /// Creates demands.
  package init(isStrict: Bool = false, minimumScore: Int? = nil) {
    self.isStrict = isStrict
    self.minimumScore = minimumScore
  }

  /// Whether a score is less than asked for.
  package func isMissed(by score: MutationScore) -> Bool {
    minimumScore.map { score.permille < $0 * 10 } ?? false
  }

  /// Whether a run fails.
  package func areMissed(by report: PackTestReport) -> Bool {
    report.suites.contains { suite in
      isMissed(by: suite.score)
        || suite.rules.contains { rule in
          rule.examples.contains { $0.fault != nil } || isStrict && !rule.missing.isEmpty
        }
    }
  }
}
