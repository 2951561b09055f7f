/// Writes findings one by one, so that what it writes of one does not depend on those before.
package protocol FindingWriter: Sendable {
  /// Writes a finding.
  mutating func append(_ finding: Finding, into output: inout [UInt8])
}

/// Findings in the text of a report, written by the thread that found them, and what there is to count of
/// them.
package struct WrittenFindings: Sendable {
  /// What a report has of them.
  package private(set) var text: [UInt8] = []
  /// How many there are of each severity and fixability.
  package private(set) var tally = FindingTally()

  /// Writes findings.
  package init(_ findings: [Finding], by writer: inout any FindingWriter) {
    for place in findings.indices {
      let finding = findings[place]
      writer.append(finding, into: &text)
      tally.add(finding)
    }
  }
}

/// How many findings there are, by what a summary says of them.
package struct FindingTally: Sendable, Equatable {
  private var errors = 0
  private var warnings = 0
  private var infos = 0
  private var safelyFixable = 0
  private var unsafelyFixable = 0

  /// Counts nothing.
  package init() {}

  /// Counts a finding.
  package mutating func add(_ finding: Finding) {
    switch finding.severity {
    case .error: errors += 1
    case .warning: warnings += 1
    case .info: infos += 1
    }
    switch finding.fixability {
    case .safe?: safelyFixable += 1
    case .unsafe?: unsafelyFixable += 1
    case nil: break
    }
  }

  /// The counts of both.
  package static func + (left: FindingTally, right: FindingTally) -> FindingTally {
    var sum = left
    sum.errors += right.errors
    sum.warnings += right.warnings
    sum.infos += right.infos
    sum.safelyFixable += right.safelyFixable
    sum.unsafelyFixable += right.unsafelyFixable
    return sum
  }

  /// How many there are of one severity.
  package func count(of severity: Severity) -> Int {
    switch severity {
    case .error: errors
    case .warning: warnings
    case .info: infos
    }
  }

  /// How many have a fix of one kind.
  package func count(of fixability: Finding.Fixability) -> Int {
    switch fixability {
    case .safe: safelyFixable
    case .unsafe: unsafelyFixable
    }
  }

  /// The most that any of them matters; nil where there are none.
  package var worst: Severity? { Severity.allCases.filter { count(of: $0) > 0 }.max() }
}
