import Findings
import SourceText

/// The number of findings of each rule, and of the files with the most findings.
struct FindingDistribution: Sendable {
  /// The number of findings of each severity.
  struct Counts: Sendable {
    private var errors = 0
    private var warnings = 0
    private var infos = 0

    /// The number of findings of a severity.
    subscript(severity: Severity) -> Int {
      get {
        switch severity {
        case .error: errors
        case .warning: warnings
        case .info: infos
        }
      }
      set {
        switch severity {
        case .error: errors = newValue
        case .warning: warnings = newValue
        case .info: infos = newValue
        }
      }
    }

    /// The number of findings of all severities.
    var total: Int { errors + warnings + infos }
  }

  /// The number of files whose counts are known at the end.
  static let fileLimit = 10

  /// A file with findings.
  struct File {
    /// The number of files with findings before it.
    let number: Int
    let path: String
    var counts = Counts()
  }

  /// The counts of all findings.
  private(set) var counts = Counts()
  /// The rules with findings, in the order of their first findings.
  private(set) var rules: [(id: RuleID, counts: Counts)] = []
  private var places: [RuleID: Int] = [:]
  /// The largest files so far, and files that came since they were last picked.
  private var files: [File] = []
  /// The number of files with findings.
  private(set) var fileCount = 0

  /// Counts a finding.
  ///
  /// The findings of a file must be consecutive.
  ///
  /// - Returns: The index of its rule in `rules`.
  mutating func add(_ finding: Finding) -> Int {
    let severity = finding.severity
    counts[severity] += 1
    if files.last?.path.hasSameBytes(as: finding.artifactPath) != true {
      if files.count >= 4 * Self.fileLimit { files = largestFiles }
      files.append(File(number: fileCount, path: finding.artifactPath))
      fileCount += 1
    }
    files[files.count - 1].counts[severity] += 1
    let place = places[finding.rule] ?? rules.count
    if place == rules.count {
      places[finding.rule] = place
      rules.append((finding.rule, Counts()))
    }
    rules[place].counts[severity] += 1
    return place
  }

  /// The files with the most findings, in descending order; equal ones in the order of the findings.
  var largestFiles: [File] {
    let order = files.indices.sorted { left, right in
      let (first, second) = (files[left].counts.total, files[right].counts.total)
      return first == second ? left < right : first > second
    }
    return order.prefix(Self.fileLimit).map { files[$0] }
  }

  /// The indices of the rules in descending order of their findings.
  var rulesBySize: [Int] {
    rules.indices.sorted { left, right in
      let (first, second) = (rules[left].counts.total, rules[right].counts.total)
      return first == second ? rules[left].id < rules[right].id : first > second
    }
  }
}
